// @ts-check
/** The answer in one sentence: the verdicts of one year on those headline outcomes of which more or less is better. */
import { headline } from "./catalogue.js";
import { inSentence, list, number, t, withUnit } from "./text.js";

/** @typedef {import("./types").Answer} Answer @typedef {import("./types").Verdict} Verdict */

/**
 * What the pairs say of an outcome in any year: the server's verdict, or the same rule for a year that it leaves out.
 * @param {Answer} answer @param {number} side @param {string} outcome @param {number} year @returns {Verdict | null}
 */
export function verdictOf(answer, side, outcome, year) {
  const { update, start } = answer, change = update?.changes[side]?.[outcome];
  if (!update || !change) return null;
  const said = update.verdicts[side]?.[outcome]?.[String(year)];
  if (said) return { ...said, unit: change.unit };
  const at = start?.years.indexOf(year) ?? -1;
  const mean = change.mean[at] ?? null, low = change.low?.[at] ?? null, high = change.high?.[at] ?? null;
  return { mean, low, high, pairs: update.pairs, word: wordOf(mean, low, high), likely: change.likely[at] ?? false, decimals: change.decimals, pairs_needed: null, unit: change.unit };
}

/** @param {number | null} mean @param {number | null} low @param {number | null} high */
function wordOf(mean, low, high) {
  if (low === null || high === null) return "one_pair";
  if (low === 0 && high === 0 && mean === 0) return "same";
  return low > 0 ? "higher" : high < 0 ? "lower" : "unclear";
}

/**
 * "In 2035, this mix raises real GDP (+1.5 %) and lowers CO2 emissions (−6.0 %).", and a second one on what is open.
 * @param {Answer} answer @param {number} side @param {number} year @param {string} subject
 */
export function sentence(answer, side, year, subject) {
  const found = headline.value.filter((one) => one.better !== 0).map((one) => ({ key: one.key, of: verdictOf(answer, side, one.key, year) })).filter((one) => one.of);
  const of = (/** @type {string} */ word, likely = false) => found.filter((one) => one.of?.word === word && one.of.likely === likely);
  const things = (/** @type {typeof found} */ some) => list(some.map(({ key, of: one }) => t("{what} ({amount})", {
    what: inSentence(key), amount: withUnit(number(one?.mean, one?.decimals, true), one?.unit ?? ""),
  })));
  if (!found.length) return { clear: "", open: "" };
  if (of("one_pair").length) return { clear: t("One pair is in. A second one will give the first intervals."), open: "" };
  const up = of("higher"), down = of("lower"), unclear = of("unclear");
  const perhaps = [of("higher", true), of("lower", true)];
  const verbs = [
    ...(up.length ? [t("raises {things}", { things: things(up) })] : []),
    ...(down.length ? [t("lowers {things}", { things: things(down) })] : []),
    ...(perhaps[0]?.length ? [t("likely raises {things}", { things: things(perhaps[0]) })] : []),
    ...(perhaps[1]?.length ? [t("likely lowers {things}", { things: things(perhaps[1]) })] : []),
  ];
  const clear = verbs.length ? t("In {year}, {subject} {verbs}.", { year, subject, verbs: verbs.join(t("; it ")) })
    : t("In {year}, {subject} makes no clear difference to growth, jobs, incomes, emissions or debt.", { year, subject });
  const open = verbs.length && unclear.length
    ? t("No clear difference for {things}.", { things: list(unclear.map(({ key }) => inSentence(key))) }) : "";
  return { clear, open };
}
