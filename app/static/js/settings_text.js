// @ts-check
/** What a scenario sets, in words: a row for each parameter of a lever and for each assumption. */
import { catalogue, closures, levers, mechanisms, parameters } from "./catalogue.js";
import { isPath, parts, tidy } from "./settings.js";
import { list, plain, t, withUnit } from "./text.js";

/** @typedef {import("./types").Value} Value @typedef {import("./types").Settings} Settings */
/** @typedef {{key: string, title: string, text: string, assumption: boolean}} SettingRow */

/** @param {Settings} settings @returns {SettingRow[]} */
export const settingRows = (settings) => Object.entries(settings).flatMap(([key, value]) => rowsOf(key, value));

/** @param {string} key @param {Value} value @returns {SettingRow[]} */
function rowsOf(key, value) {
  const name = key.split(".").slice(1).join(".");
  if (key.startsWith("levers.")) return leverRows(key, name, value);
  return [{ key, title: assumptionTitle(key, name), text: assumptionText(key, name, value), assumption: true }];
}

/** @param {string} key @param {string} name @param {Value} value @returns {SettingRow[]} */
function leverRows(key, name, value) {
  const lever = levers.value.get(name);
  if (!lever) return [{ key, title: name, text: JSON.stringify(value), assumption: false }];
  const first = lever.parameters[0]?.key;
  const rows = Object.entries(parts(value, lever)).map(([part, set]) => {
    const parameter = lever.parameters.find((one) => one.key === part);
    const words = { lever: lever.title, parameter: parameter?.title ?? part };
    const title = part === first ? lever.title : t("{lever}: {parameter}", words);
    const { text: unit = "", factor = 1 } = parameter?.display ?? {};
    return { key: `${key}.${part}`, title, text: partText(set, unit, factor), assumption: false };
  });
  return rows.length ? rows : [{ key, title: lever.title, text: JSON.stringify(value), assumption: false }];
}

/**
 * ``100 in 2027, 400 in 2035 (ramp)``.
 * @param {number | import("./settings.js").Path} part @param {string} unit @param {number} factor
 */
function partText(part, unit, factor) {
  const shown = (/** @type {number} */ value) => plain(tidy(value * factor));
  if (!isPath(part)) return withUnit(shown(part), unit);
  const points = Object.entries(part.path).sort(([one], [other]) => Number(one) - Number(other));
  const course = list(points.map(([year, value]) => t("{value} in {year}", { value: shown(value), year })));
  return `${withUnit(course, unit)} ${part.shape === "linear" ? t("(ramp)") : t("(steps)")}`;
}

/** @param {string} key @param {string} name */
function assumptionTitle(key, name) {
  if (key === "ai") return t("How much AI can do");
  const found = closures.value.get(name) ?? mechanisms.value.get(name) ?? parameters.value.get(key);
  return found?.title ?? key;
}

/** @param {string} key @param {string} name @param {Value} value */
function assumptionText(key, name, value) {
  if (key === "ai") return catalogue.value?.presets.find((one) => one.key === value)?.title ?? String(value);
  const level = closures.value.get(name)?.levels.find((one) => one.key === value);
  if (level) return level.title;
  if (value === "off" || value === false) return t("off");
  if (value === "on" || value === true) return t("on");
  if (typeof value === "number") return withUnit(plain(value), parameters.value.get(key)?.unit ?? "");
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** What a scenario without a name is called: its first levers.
 * @param {Settings} policies @param {Settings} assumptions */
export function nameOf(policies, assumptions) {
  const titles = Object.keys(policies).map((key) => levers.value.get(key.slice(7))?.title ?? key);
  if (!titles.length) return Object.keys(assumptions).length ? t("Other assumptions") : t("No policy");
  return titles.length > 2 ? t("{name} and {count} more", { name: titles[0] ?? "", count: titles.length - 1 }) : list(titles);
}
