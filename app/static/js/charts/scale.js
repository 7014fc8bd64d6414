// @ts-check
/** Numbers of a chart without any drawing: scales, round ticks, paths, and labels kept apart. */

/** @typedef {number | null | undefined} Value */

const STEPS = [1, 2, 5, 10];
const FEWEST_PIXELS_OF_YEAR = 42;
const LATIN_WIDTH = 0.56; // of a letter, in parts of its size
const CJK_WIDTH = 1.02;

/** @param {Value} value @returns {value is number} */
export const known = (value) => typeof value === "number" && Number.isFinite(value);

/**
 * A straight scale from numbers to pixels.
 * @param {readonly [number, number]} from
 * @param {readonly [number, number]} to
 * @returns {(value: number) => number}
 */
export function linear(from, to) {
  const slope = from[1] === from[0] ? 0 : (to[1] - to[0]) / (from[1] - from[0]);
  return (value) => to[0] + slope * (value - from[0]);
}

/**
 * The round step (1, 2 or 5 times a power of ten) that makes about ``count`` intervals of a span.
 * @param {number} span
 * @param {number} count
 */
export function roundStep(span, count) {
  const rough = (span > 0 ? span : 1) / Math.max(count, 1);
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = STEPS.find((one) => one * power >= rough * 0.999) ?? 10;
  return factor * power;
}

/** How many decimals the multiples of a step need.
 * @param {number} step */
export function decimalsOf(step) {
  for (let places = 0; places < 10; places += 1) {
    const scaled = step * 10 ** places;
    if (Math.abs(scaled - Math.round(scaled)) < 1e-6 * Math.max(scaled, 1)) return places;
  }
  return 10;
}

/**
 * Round numbers within ``low`` to ``high``, about ``count`` or a given ``step`` apart.
 * @param {number} low
 * @param {number} high
 * @param {number} count
 * @param {number} [step]
 * @returns {{values: number[], step: number, decimals: number}}
 */
export function ticks(low, high, count, step = roundStep(high - low, count)) {
  const values = [];
  for (let at = Math.ceil(low / step - 1e-9); at <= high / step + 1e-9; at += 1) values.push(at * step || 0);
  return { values, step, decimals: decimalsOf(step) };
}

/**
 * Ends of an axis that holds all values, at round numbers or half way between two, and the step between those.
 * @param {Value[]} values
 * @param {{zero?: boolean, least?: number, count?: number}} [options] ``zero``: the axis holds zero; ``least``: its
 *   least span, so that noise does not fill a chart
 * @returns {[number, number, number]}
 */
export function limits(values, options = {}) {
  const { zero = false, least = 0, count = 4 } = options;
  const finite = values.filter(known);
  if (zero) finite.push(0);
  if (!finite.length) return [0, Math.max(least, 1), roundStep(Math.max(least, 1), count)];
  let low = Math.min(...finite);
  let high = Math.max(...finite);
  const short = Math.max(least, 1e-9) - (high - low);
  if (short > 0) {
    const above = zero && low >= 0 ? 1 : zero && high <= 0 ? 0 : 0.5;
    [low, high] = [low - short * (1 - above), high + short * above];
  }
  const step = roundStep(high - low, count);
  const half = step / 2;
  return [Math.floor(low / half + 1e-9) * half || 0, Math.ceil(high / half - 1e-9) * half || 0, step];
}

/**
 * Years below an axis: round numbers, as many as have room; the first and the last where few have.
 * @param {number} first
 * @param {number} last
 * @param {number} pixels
 * @returns {number[]}
 */
export function yearTicks(first, last, pixels) {
  const most = Math.max(Math.floor(pixels / FEWEST_PIXELS_OF_YEAR), 1);
  const step = [1, 2, 5, 10].find((one) => (last - first) / one <= most);
  if (!step) return last > first ? [first, last] : [first];
  const found = [];
  for (let year = Math.ceil(first / step) * step; year <= last; year += step) found.push(year);
  return found.length > 1 || last === first ? found : [first, last];
}

/**
 * Places as near to the wanted ones as keeps neighbours ``gap`` apart, within ``low`` to ``high``; in the order given.
 * Places that would overlap form a block around the mean of what they want, and blocks that meet become one.
 * @param {number[]} wanted
 * @param {number} gap
 * @param {number} low
 * @param {number} high
 * @returns {number[]}
 */
export function spreadOut(wanted, gap, low, high) {
  const order = wanted.map((_, at) => at).sort((a, b) => wanted[a] - wanted[b]);
  /** @type {{middle: number, members: number[]}[]} */
  const blocks = [];
  for (const at of order) {
    blocks.push(held({ middle: wanted[at], members: [at] }, gap, low, high));
    for (;;) {
      const upper = blocks[blocks.length - 1];
      const lower = blocks[blocks.length - 2];
      const many = upper.members.length + (lower?.members.length ?? 0);
      if (!lower || upper.middle - lower.middle >= (gap * many) / 2 - 1e-9) break;
      blocks.splice(-2);
      const members = [...lower.members, ...upper.members];
      const middle = members.reduce((sum, one) => sum + wanted[one], 0) / members.length;
      blocks.push(held({ middle, members }, gap, low, high));
    }
  }
  /** @type {number[]} */
  const places = Array(wanted.length).fill(0);
  for (const { middle, members } of blocks)
    members.forEach((one, at) => (places[one] = middle + gap * (at - (members.length - 1) / 2)));
  return places;
}

/** @param {{middle: number, members: number[]}} block @param {number} gap @param {number} low @param {number} high */
function held(block, gap, low, high) {
  const reach = (gap * (block.members.length - 1)) / 2;
  block.middle = Math.max(Math.min(block.middle, high - reach), low + reach);
  return block;
}

/**
 * The path of a line; a value that is not known interrupts it.
 * @param {number[]} across
 * @param {Value[]} down
 */
export function linePath(across, down) {
  let path = "";
  let pen = "M";
  across.forEach((x, at) => {
    const y = down[at];
    if (known(y)) path += `${pen}${short(x)} ${short(y)}`;
    pen = known(y) ? "L" : "M";
  });
  return path;
}

/**
 * The outline of a band between two lines, one shape for each stretch in which both are known.
 * @param {number[]} across
 * @param {Value[]} lower
 * @param {Value[]} upper
 */
export function bandPath(across, lower, upper) {
  let path = "";
  /** @type {number[]} */
  let stretch = [];
  const close = () => {
    if (stretch.length > 1) {
      const there = stretch.map((at) => `${short(across[at])} ${short(/** @type {number} */ (upper[at]))}`);
      const back = [...stretch].reverse();
      const home = back.map((at) => `${short(across[at])} ${short(/** @type {number} */ (lower[at]))}`);
      path += `M${there.join("L")}L${home.join("L")}Z`;
    }
    stretch = [];
  };
  across.forEach((_, at) => (known(lower[at]) && known(upper[at]) ? stretch.push(at) : close()));
  close();
  return path;
}

/** @param {number} pixels */
const short = (pixels) => Math.round(pixels * 10) / 10;

/** About how wide a text is, in pixels.
 * @param {string} text @param {number} size of its letters */
export function textWidth(text, size) {
  let width = 0;
  for (const letter of text) width += letter > "\u2e7f" ? CJK_WIDTH : LATIN_WIDTH;
  return width * size;
}

/**
 * Lines of at most ``pixels``; the last ends in dots where more than ``most`` would be needed.
 * @param {string} text
 * @param {number} size
 * @param {number} pixels
 * @param {number} most
 * @returns {string[]}
 */
export function wrapped(text, size, pixels, most) {
  const pieces = text.match(/[\u2e80-\uffff]|[^\s\u2e80-\uffff]+\s*/gu) ?? [text];
  const lines = [""];
  for (const piece of pieces) {
    const last = lines.length - 1;
    if (lines[last] && textWidth((lines[last] + piece).trimEnd(), size) > pixels) lines.push(piece);
    else lines[last] += piece;
  }
  const kept = lines.slice(0, most).map((line) => line.trimEnd());
  const cut = lines.length > most;
  const end = kept.length - 1;
  let letters = [...kept[end]];
  if (!cut && textWidth(kept[end], size) <= pixels) return kept;
  while (letters.length > 1 && textWidth(`${letters.join("")}…`, size) > pixels) letters = letters.slice(0, -1);
  kept[end] = `${letters.join("").trimEnd()}…`;
  return kept;
}
