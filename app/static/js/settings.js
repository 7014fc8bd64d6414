// @ts-check
/** What a lever is set to, in the forms that a scenario knows: a number, a path by year, parameters by name. */

import { catalogue } from "./catalogue.js";
import { set, state } from "./state.js";

/** @typedef {import("./types").Value} Value @typedef {import("./types").Lever} Lever */
/** @typedef {import("./types").Parameter} Parameter */
/** @typedef {{path: Record<string, number>, shape: string}} Path */
/** @typedef {Record<string, number | Path>} Parts */

const FIRST_YEAR = 2027; // from which a bare number holds
const YEAR = /^\d{4}$/;

/** @param {Value | undefined} value @returns {number | Path | null} */
function partOf(value) {
  if (typeof value === "number") return value;
  if (typeof value !== "object" || value === null) return null;
  if ("replace" in value) return partOf(value.replace);
  if (value.path && typeof value.path === "object") {
    return { path: /** @type {Record<string, number>} */ (value.path), shape: value.shape === "linear" ? "linear" : "step" };
  }
  const keys = Object.keys(value);
  if (keys.length && keys.every((key) => YEAR.test(key))) {
    return { path: /** @type {Record<string, number>} */ (value), shape: "step" };
  }
  return null;
}

/**
 * The parameters that a setting gives a value, by name.
 * @param {Value | undefined} setting @param {Lever} lever @returns {Parts}
 */
export function parts(setting, lever) {
  const first = lever.parameters[0], whole = partOf(setting);
  if (whole !== null) return first ? { [first.key]: whole } : {};
  if (typeof setting !== "object" || setting === null) return {};
  const named = /** @type {Record<string, Value>} */ ("replace" in setting ? setting.replace : setting);
  /** @type {Parts} */
  const found = {};
  for (const [key, value] of Object.entries(named)) {
    const one = partOf(value);
    if (one !== null) found[key] = one;
  }
  return found;
}

/**
 * A setting with one parameter changed; ``null`` or the neutral number takes it away. Undefined where nothing is left.
 * @param {Value | undefined} setting @param {Lever} lever @param {string} key @param {number | Path | null} value
 * @returns {Value | undefined}
 */
export function withPart(setting, lever, key, value) {
  const all = parts(setting, lever), parameter = lever.parameters.find((one) => one.key === key);
  if (value === null || value === parameter?.neutral) delete all[key];
  else all[key] = value;
  const names = Object.keys(all), first = lever.parameters[0]?.key ?? "";
  if (!names.length) return undefined;
  return /** @type {Value} */ (names.length === 1 && names[0] === first ? all[first] : all);
}

/** @param {number | Path | undefined} part @returns {part is Path} */
export const isPath = (part) => typeof part === "object";

/**
 * What a parameter is in a year.
 * @param {number | Path | undefined} part @param {number} year @param {number} neutral
 */
export function inYear(part, year, neutral) {
  if (part === undefined) return neutral;
  if (!isPath(part)) return year < FIRST_YEAR ? neutral : part;
  const years = Object.keys(part.path).map(Number).sort((one, other) => one - other);
  const at = years.filter((one) => one <= year).length;
  const before = years[at - 1], after = years[at];
  if (before === undefined) return neutral;
  const low = part.path[before] ?? neutral;
  if (part.shape !== "linear" || after === undefined || before === year) return low;
  return low + ((part.path[after] ?? low) - low) * ((year - before) / (after - before));
}

/** The nearest number that a person would write: no 0.30000000000000004.
 * @param {number} value */
export const tidy = (value) => Number(value.toPrecision(10));

/** @param {Path} part @param {Parameter} parameter */
export function pathPoints(part, parameter) {
  const { opening_year: from = 2024, last_year: to = 2050 } = catalogue.value ?? {};
  const years = Array.from({ length: to - from + 1 }, (_, at) => from + at);
  return { years, values: years.map((year) => tidy(inYear(part, year, parameter.neutral) * parameter.display.factor)) };
}

/**
 * Set one parameter of a lever.
 * @param {Lever} lever @param {Parameter} parameter @param {number | Path | null} value
 * @param {string} [gesture]
 */
export function setPart(lever, parameter, value, gesture) {
  const key = `levers.${lever.key}`, policies = { ...state.value.policies };
  const setting = withPart(policies[key], lever, parameter.key, value);
  if (setting === undefined) delete policies[key];
  else policies[key] = setting;
  set({ policies }, { undoable: true, gesture });
}
