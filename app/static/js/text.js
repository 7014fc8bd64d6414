// @ts-check
/** Words and numbers in the language chosen: the English text is the key to the table that the server sends. */
import { catalogue, outcomes } from "./catalogue.js";

/** @typedef {import("./types").Verdict} Verdict */

/**
 * A text of the page. ``english`` is a plain literal, so that a test can list all of them; {names} are filled in.
 * @param {string} english @param {Record<string, string | number>} [values]
 */
export function t(english, values = {}) {
  const text = catalogue.value?.strings[english] ?? english;
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

const locale = () => (catalogue.value?.language === "zh" ? "zh-CN" : "en-GB");
/** @type {Map<string, Intl.NumberFormat>} */
const formats = new Map();

/**
 * A number with fixed decimals and the true minus sign; with a sign always where ``signed``.
 * @param {number | null | undefined} value @param {number} [decimals] @param {boolean} [signed]
 */
export function number(value, decimals = 1, signed = false) {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  const name = `${locale()} ${decimals} ${signed}`;
  let format = formats.get(name);
  if (!format) {
    const signDisplay = /** @type {"exceptZero"} */ (signed ? "exceptZero" : "negative"); // both are known to browsers
    format = new Intl.NumberFormat(locale(), { minimumFractionDigits: decimals, maximumFractionDigits: decimals, signDisplay });
    formats.set(name, format);
  }
  return format.format(value).replace("-", "−");
}

/** A number as short as it can be written, for values that a planner set.
 * @param {number} value */
export const plain = (value) =>
  new Intl.NumberFormat(locale(), { maximumSignificantDigits: 6 }).format(value).replace("-", "−");

/** An interval.
 * @param {number | null} low @param {number | null} high @param {number} [decimals] */
export const range = (low, high, decimals = 1) =>
  t("{low} to {high}", { low: number(low, decimals, true), high: number(high, decimals, true) });

/** "real GDP and wages".
 * @param {string[]} things */
export const list = (things) => new Intl.ListFormat(locale(), { type: "conjunction" }).format(things);

/** Sentences one after the other, without a space between them in Chinese.
 * @param {unknown[]} sentences */
export const joined = (sentences) => sentences.filter(Boolean).join(locale() === "zh-CN" ? "" : " ");

/** A unit as short as it can be said, in the language chosen.
 * @param {string} unit */
function shortUnit(unit) {
  if (unit === "per cent") return "%";
  if (unit === "percentage points") return t("pp");
  return catalogue.value?.strings[unit] ?? unit;
}

/**
 * A number and its unit; the per cent sign stands close in Chinese and after a space in English.
 * @param {string} shown @param {string} unit
 */
export function withUnit(shown, unit) {
  const short = shortUnit(unit);
  if (!short) return shown;
  return locale() === "zh-CN" && /^[%\u4e00-\u9fff]/.test(short) ? shown + short : `${shown}\u00a0${short}`;
}

/**
 * How the language counts the levels of an outcome: those of Chinese statistics are in 万 and 亿.
 * @param {import("./types").Outcome} one
 */
export function counted(one) {
  const { unit, factor } = catalogue.value?.counting[one.unit] ?? { unit: one.unit, factor: 1 };
  const decimals = Math.max(0, one.decimals - Math.round(Math.log10(factor)));
  const scaled = (/** @type {import("./types").Values | undefined} */ values) => values?.map((value) => (value === null ? null : factor * value));
  return { unit, decimals, scaled };
}

/**
 * What the pairs say of one outcome in one year, in a full sentence.
 * @param {Verdict | null | undefined} of @param {string} unit
 */
export function verdict(of, unit) {
  if (!of || of.mean === null) return t("Not computed yet.");
  const amount = withUnit(number(of.mean, of.decimals, true), unit);
  const interval = withUnit(range(of.low, of.high, of.decimals), unit);
  if (of.likely && of.word === "higher") return t("Likely higher: {amount}, 90 % interval {interval}.", { amount, interval });
  if (of.likely && of.word === "lower") return t("Likely lower: {amount}, 90 % interval {interval}.", { amount, interval });
  if (of.word === "higher") return t("Higher: {amount}, 90 % interval {interval}.", { amount, interval });
  if (of.word === "lower") return t("Lower: {amount}, 90 % interval {interval}.", { amount, interval });
  if (of.word === "same") return t("The same in all pairs.");
  if (of.word === "one_pair") return t("One pair so far: {amount}; no interval yet.", { amount });
  return t("No clear difference: {amount}, 90 % interval {interval}.", { amount, interval });
}

/** The same beside the amount, which it leaves out.
 * @param {Verdict | null | undefined} of @param {string} unit */
export function brief(of, unit) {
  if (!of || of.low === null || of.high === null || of.word === "same") return verdict(of, unit);
  const interval = withUnit(range(of.low, of.high, of.decimals), unit);
  if (of.likely && of.word === "higher") return t("Likely higher: {interval} (90 % interval).", { interval });
  if (of.likely && of.word === "lower") return t("Likely lower: {interval} (90 % interval).", { interval });
  if (of.word === "higher") return t("Higher: {interval} (90 % interval).", { interval });
  if (of.word === "lower") return t("Lower: {interval} (90 % interval).", { interval });
  return t("No clear difference: {interval} (90 % interval).", { interval });
}

/** How many further pairs would settle it, where that is known.
 * @param {Verdict | null | undefined} of */
export function needed(of) {
  if (!of || of.word !== "unclear" || of.pairs_needed === null) return "";
  const more = of.pairs_needed - of.pairs;
  if (more === 1) return t("About one more pair would settle it.");
  return more > 1 ? t("About {count} more pairs would settle it.", { count: more }) : "";
}

/** The title of an outcome within a sentence: "real GDP".
 * @param {string} key */
export function inSentence(key) {
  const title = outcomes.value.get(key)?.title ?? key;
  return /^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}
