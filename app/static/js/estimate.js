// @ts-check
/** The dashed estimate of a policy mix while real runs are under way; app/emulator/ has how it is fitted. */

/**
 * @typedef {{key: string, parameter: string, neutral: number, low: number, high: number, span: number}} Lever
 * @typedef {{workers: number, points: number, trials: number, years: number[], outcomes: string[], levers: Lever[],
 *   error: number[][], weights: number[][], components: number[][]}} Emulator
 * @typedef {{mean: number[], low: number[], high: number[]}} Course
 */

const REACH = 1.645; // standard errors on each side of a 90 % interval

/**
 * What each lever is set to, scaled to -1 ... 1; null where the mix is outside what the emulator has learnt: another
 * parameter than the first, a path in time, or a value outside the usual range.
 * @param {Emulator} emulator
 * @param {Object<string, any>} policies dotted settings, such as {"levers.adoption_subsidy": {share: 0.3}}
 * @returns {number[] | null}
 */
export function scaledMix(emulator, policies) {
  const found = new Map(emulator.levers.map((lever) => [lever.key, 0]));
  for (const [dotted, setting] of Object.entries(policies)) {
    const lever = emulator.levers.find((one) => `levers.${one.key}` === dotted);
    if (!lever) return null;
    const parameters = typeof setting === "number" ? { [lever.parameter]: setting } : setting;
    for (const [name, value] of Object.entries(parameters)) {
      const inside = name === lever.parameter && typeof value === "number" && value >= lever.low && value <= lever.high;
      if (!inside) return null;
      found.set(lever.key, (value - lever.neutral) / lever.span);
    }
  }
  return [...found.values()];
}

/**
 * The levers, their squares and signed roots, and the products of two, in the order of app/emulator/regression.py.
 * @param {number[]} mix
 */
export function features(mix) {
  const products = mix.flatMap((value, at) => mix.slice(at + 1).map((other) => value * other));
  const roots = mix.map((value) => Math.sign(value) * Math.sqrt(Math.abs(value)));
  return [...mix, ...mix.map((value) => value * value), ...roots, ...products];
}

/**
 * The estimate with its 90 % band by outcome, null where the emulator has learnt nothing of the kind.
 * @param {Emulator} emulator
 * @param {Object<string, any>} policies
 * @returns {Object<string, Course> | null}
 */
export function estimate(emulator, policies) {
  const mix = scaledMix(emulator, policies);
  if (!mix) return null;
  const drawn = features(mix);
  const scores = emulator.components.map((_, at) =>
    drawn.reduce((sum, value, row) => (value ? sum + value * emulator.weights[row][at] : sum), 0),
  );
  const years = emulator.years.length;
  /** @type {Object<string, Course>} */
  const courses = {};
  emulator.outcomes.forEach((outcome, place) => {
    const mean = emulator.years.map((_, year) =>
      scores.reduce((sum, score, at) => sum + score * emulator.components[at][place * years + year], 0),
    );
    const reach = emulator.error[place].map((error) => REACH * error);
    courses[outcome] = {
      mean,
      low: mean.map((value, at) => value - reach[at]),
      high: mean.map((value, at) => value + reach[at]),
    };
  });
  return courses;
}
