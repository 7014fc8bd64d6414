// @ts-check
/** Who gains and who loses in one line, made from the verdicts on the groups; never from those too small to read. */
import { number, t, withUnit } from "./text.js";

/** @typedef {import("./types").GroupDifference} Row @typedef {import("./types").Measure} Measure */
/** @typedef {{groups: string, count: string, noun: string, most: string, size: string}} Words */

const MASS = ["income_mean", "wage_mean", "output", "unemployment_rate"]; // of what there is less, not fewer

/** Whole sentences for each verb, so that another language can order them its own way.
 * @param {Words} words */
const phrases = (words) => ({
  gain: {
    all: t("All {groups} gain {noun}, {most} most ({size})", words),
    both: t("The {groups} gain {noun}, {most} more ({size})", words),
    some: t("{count} of {groups} gain {noun}, {most} most ({size})", words),
    one: t("One of {groups} gains {noun}: {most} ({size})", words),
    then: "", thenOne: "",
  },
  lose: {
    all: t("All {groups} lose {noun}, {most} most ({size})", words),
    both: t("The {groups} lose {noun}, {most} more ({size})", words),
    some: t("{count} of {groups} lose {noun}, {most} most ({size})", words),
    one: t("One of {groups} loses {noun}: {most} ({size})", words),
    then: t("{count} lose, {most} most ({size})", words),
    thenOne: t("one loses: {most} ({size})", words),
  },
  more: {
    all: t("All {groups} have more {noun}, {most} most ({size})", words),
    both: t("The {groups} have more {noun}, {most} more ({size})", words),
    some: t("{count} of {groups} have more {noun}, {most} most ({size})", words),
    one: t("One of {groups} has more {noun}: {most} ({size})", words),
    then: "", thenOne: "",
  },
  fewer: {
    all: t("All {groups} have fewer {noun}, {most} most ({size})", words),
    both: t("The {groups} have fewer {noun}, {most} more ({size})", words),
    some: t("{count} of {groups} have fewer {noun}, {most} most ({size})", words),
    one: t("One of {groups} has fewer {noun}: {most} ({size})", words),
    then: t("{count} have fewer, {most} most ({size})", words),
    thenOne: t("one has fewer: {most} ({size})", words),
  },
  less: {
    all: t("All {groups} have less {noun}, {most} most ({size})", words),
    both: t("The {groups} have less {noun}, {most} more ({size})", words),
    some: t("{count} of {groups} have less {noun}, {most} most ({size})", words),
    one: t("One of {groups} has less {noun}: {most} ({size})", words),
    then: t("{count} have less, {most} most ({size})", words),
    thenOne: t("one has less: {most} ({size})", words),
  },
});

/** A small number in words.
 * @param {number} count */
export function counted(count) {
  const words = [
    t("none"), t("one"), t("two"), t("three"), t("four"), t("five"), t("six"), t("seven"), t("eight"), t("nine"), t("ten"),
  ];
  return words[count] ?? number(count, 0);
}

/** ``ten tenths``.
 * @param {string} table @param {number} total */
export function groupsOf(table, total) {
  const count = counted(total);
  const named = {
    deciles: t("{count} tenths", { count }), occupations: t("{count} occupations", { count }),
    sectors: t("{count} sectors", { count }), firm_sizes: t("{count} sizes", { count }), regions: t("{count} regions", { count }),
  };
  return named[/** @type {keyof typeof named} */ (table)] ?? t("{count} groups", { count });
}

/** A title within a sentence.
 * @param {string} title */
export const within = (title) => (/^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title);

/** @param {string} text */
const capital = (text) => text.charAt(0).toLocaleUpperCase() + text.slice(1);

/**
 * ``All ten tenths gain income, the poorest tenth most (+2.1 %)``.
 * @param {Measure} measure @param {Row[]} rows @param {Record<string, string>} titles @param {number} year
 */
export function groupMessage(measure, rows, titles, year) {
  const readable = rows.filter((row) => !row.small && row.mean !== null), { noun, table } = measure;
  if (!readable.length) return t("{title}: every group is too small to read", { title: measure.title });
  if (readable.some((row) => row.word === "one_pair")) {
    return t("{title}, {year}: one pair of runs cannot distinguish gains from chance", { title: measure.title, year });
  }
  const every = groupsOf(table, readable.length);
  const groups = readable.length < rows.length ? t("{groups} that can be read", { groups: every }) : every;
  if (readable.every((row) => row.word === "same")) return t("The same {noun} for all {groups}", { noun, groups });
  const up = ranked(readable, "higher"), down = ranked(readable, "lower");
  if (!up.length && !down.length) return t("No clear difference in {noun} for any of {groups}", { noun, groups });
  const mass = MASS.includes(measure.key.split(".")[1] ?? "");
  const [rise, fall] = measure.better > 0 ? ["gain", "lose"] : ["more", mass ? "less" : "fewer"];
  /** @param {Row[]} of @param {string | undefined} verb @param {boolean} first */
  const part = (of, verb, first) => {
    const [most] = of, title = within(titles[most?.group ?? ""] ?? most?.group ?? "");
    const words = phrases({
      groups, noun, count: counted(of.length), size: sizeOf(most, measure),
      most: table === "deciles" ? t("the {group}", { group: title }) : title,
    })[/** @type {keyof ReturnType<typeof phrases>} */ (verb)];
    if (!first) return of.length > 1 ? words.then : words.thenOne;
    return of.length === readable.length && of.length > 1 ? (of.length > 2 ? words.all : words.both) : of.length > 1 ? words.some : words.one;
  };
  const parts = up.length ? [part(up, rise, true)] : [];
  if (down.length) parts.push(part(down, fall, !parts.length));
  return capital(parts.length > 1 ? t("{first}; {then}", { first: parts[0] ?? "", then: parts[1] ?? "" }) : parts[0] ?? "");
}

/** @param {Row[]} rows @param {string} word */
const ranked = (rows, word) =>
  rows.filter((row) => row.word === word && !row.likely).sort((one, other) => Math.abs(other.mean ?? 0) - Math.abs(one.mean ?? 0));

/** @param {Row | undefined} row @param {Measure} measure */
const sizeOf = (row, measure) =>
  withUnit(number(row?.mean, 1, true), measure.relative ? t("per cent") : t("percentage points"));

/** How many intervals miss by chance alone, in words.
 * @param {number} count */
export function missing(count) {
  const most = Math.round(count / 10);
  if (count < 1) return "";
  const misses = most < 1 ? t("fewer than one") : t("about {count}", { count: counted(most) });
  return t("Of {count} intervals that each hold the true value nine times in ten, {misses} can be expected to miss it by chance.", {
    count: counted(count), misses,
  });
}
