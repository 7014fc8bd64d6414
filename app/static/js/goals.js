// @ts-check
/** Weights on goals rank scenarios: swing weighting, where a weight is what the step from the worst to the best of the
 * scenarios is worth (von Winterfeldt and Edwards, Decision Analysis and Behavioral Research, 1986, chapter 8). */

/** What measures a goal, and the sign of an improvement; as in app/deliberation.py. */
export const GOALS = {
  growth: { outcome: "real_gdp", sign: 1 },
  jobs: { outcome: "unemployment_rate", sign: -1 },
  equality: { outcome: "gini_disposable_income", sign: -1 },
  emissions: { outcome: "co2_emissions", sign: -1 },
  debt: { outcome: "public_debt_ratio", sign: -1 },
};

/**
 * @typedef {keyof typeof GOALS} Goal
 * @typedef {Record<string, number>} Weights by goal, from 0 to 10
 * @typedef {{title: string, changes: Record<string, number>}} Option a scenario with its mean change by outcome
 * @typedef {{at: number, title: string, score: number, parts: Record<string, number>}} Ranked
 */

/**
 * The scenarios with their scores from 0 to 100, best first. A goal on which all are alike counts for nothing.
 * @param {Option[]} options
 * @param {Weights} weights
 * @returns {Ranked[]}
 */
export function ranked(options, weights) {
  const goals = Object.entries(GOALS).map(([goal, { outcome, sign }]) => {
    const values = options.map((one) => sign * (one.changes[outcome] ?? 0));
    const low = Math.min(...values);
    return { goal, values, low, swing: Math.max(...values) - low, weight: weights[goal] ?? 0 };
  }).filter((one) => one.swing > 0);
  const total = goals.reduce((sum, one) => sum + one.weight, 0);
  return options
    .map((option, at) => {
      /** @type {Record<string, number>} */
      const parts = {};
      for (const { goal, values, low, swing, weight } of goals)
        parts[goal] = total > 0 ? (100 * weight * (values[at] - low)) / (swing * total) : 0;
      return { at, title: option.title, score: Object.values(parts).reduce((sum, part) => sum + part, 0), parts };
    })
    .sort((one, other) => other.score - one.score || one.at - other.at);
}

/**
 * How many of the weights put each scenario first, in the order of the scenarios: where people agree and differ.
 * @param {Option[]} options
 * @param {Weights[]} given
 */
export function firsts(options, given) {
  const counts = options.map(() => 0);
  for (const weights of given) counts[ranked(options, weights)[0].at] += 1;
  return counts;
}
