// @ts-check
/** The course of one parameter over the years: a table of years and values, in steps or evenly, with its picture. */
import { useState } from "../vendor/hooks.js";
import { catalogue } from "./catalogue.js";
import { PathPreview } from "./charts/path_preview.js";
import { html } from "./html.js";
import { isPath, parts, pathPoints, setPart, tidy } from "./settings.js";
import { state } from "./state.js";
import { plain, t } from "./text.js";
import { Window } from "./windows.js";

/** @typedef {{year: number, value: number}} Row */

const FIRST_YEAR = 2027; // a first path begins when a bare number would
const LATER = 8; // years to the next row that is added

/** The rows to start from.
 * @param {import("./types").Lever} lever @param {import("./types").Parameter} parameter @returns {{rows: Row[], shape: string}} */
function opening(lever, parameter) {
  const part = parts(state.value.policies[`levers.${lever.key}`], lever)[parameter.key];
  const factor = parameter.display.factor;
  if (part !== undefined && isPath(part)) {
    const rows = Object.entries(part.path).map(([year, value]) => ({ year: Number(year), value: tidy(value * factor) }));
    return { rows, shape: part.shape };
  }
  const value = tidy((part ?? parameter.usual[0]) * factor);
  return {
    rows: [{ year: FIRST_YEAR, value }, { year: FIRST_YEAR + LATER, value: tidy((part ?? parameter.usual[1]) * factor) }],
    shape: "linear",
  };
}

/** @param {Row[]} rows @param {string} shape @param {number} factor @returns {import("./settings.js").Path} */
const pathOf = (rows, shape, factor) => ({
  path: Object.fromEntries(rows.map((one) => [String(one.year), tidy(one.value / factor)])), shape,
});

/** What is wrong with the rows, in one sentence; empty where nothing is.
 * @param {Row[]} rows @param {import("./types").Parameter} parameter */
function wrong(rows, parameter) {
  const { opening_year: from = 2024, last_year: to = 2050 } = catalogue.value ?? {}, factor = parameter.display.factor;
  const low = tidy(parameter.lower * factor), high = tidy(parameter.upper * factor);
  if (!rows.length) return t("A path needs at least one year.");
  if (rows.some((one) => !Number.isInteger(one.year) || one.year < from || one.year > to)) return t("Years go from {from} to {to}.", { from, to });
  if (new Set(rows.map((one) => one.year)).size < rows.length) return t("A year can stand only once.");
  if (rows.some((one) => !(one.value >= low && one.value <= high))) return t("Values go from {low} to {high}.", { low: plain(low), high: plain(high) });
  return "";
}

/** @param {{lever: import("./types").Lever, parameter: import("./types").Parameter, close: () => void}} given */
export function PathEditor({ lever, parameter, close }) {
  const [{ rows, shape }, change] = useState(() => opening(lever, parameter));
  const factor = parameter.display.factor, fault = wrong(rows, parameter);
  const sorted = [...rows].sort((one, other) => one.year - other.year);
  const put = (/** @type {number} */ at, /** @type {Partial<Row>} */ patch) =>
    change({ shape, rows: rows.map((row, place) => (place === at ? { ...row, ...patch } : row)) });
  const add = () => {
    const last = sorted[sorted.length - 1] ?? { year: FIRST_YEAR - LATER, value: tidy(parameter.neutral * factor) };
    change({ shape, rows: [...rows, { year: Math.min(last.year + LATER, catalogue.value?.last_year ?? 2050), value: last.value }] });
  };
  const apply = () => { setPart(lever, parameter, pathOf(sorted, shape, factor)); close(); };
  return html`<${Window} title=${t("{name} over time", { name: lever.title })} note=${parameter.meaning} close=${close}>
    <form class="path-editor" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); if (!fault) apply(); }}>
      ${!fault && html`<${PathPreview} ...${pathPoints(pathOf(sorted, shape, factor), parameter)} unit=${parameter.display.text} />`}
      <fieldset class="segments"><legend class="hidden">${t("Between the years")}</legend>
        ${[["step", t("In steps")], ["linear", t("Evenly from year to year")]].map(([key, title]) => html`<label key=${key}>
          <input type="radio" name="shape" checked=${shape === key} onChange=${() => change({ rows, shape: String(key) })} /><span>${title}</span></label>`)}
      </fieldset>
      <table><thead><tr><th scope="col">${t("From the year")}</th><th scope="col">${parameter.display.text}</th><th><span class="hidden">${t("Remove")}</span></th></tr></thead>
        <tbody>${rows.map((row, at) => html`<tr key=${at}>
          <td><input type="number" step="1" aria-label=${t("Year {count}", { count: at + 1 })} value=${row.year}
            onInput=${(/** @type {any} */ event) => put(at, { year: event.target.valueAsNumber })} /></td>
          <td><input type="number" step="any" aria-label=${t("Value in {year}", { year: row.year })} value=${row.value}
            onInput=${(/** @type {any} */ event) => put(at, { value: event.target.valueAsNumber })} /></td>
          <td><button type="button" class="quiet" aria-label=${t("Remove {year}", { year: row.year })}
            onClick=${() => change({ shape, rows: rows.filter((_, place) => place !== at) })}>${t("Remove")}</button></td></tr>`)}</tbody></table>
      <p class="fault" role="alert">${fault}</p>
      <div class="actions">
        <button type="button" onClick=${add}>${t("Add a year")}</button>
        <button type="submit" class="main" disabled=${fault !== ""}>${t("Use this path")}</button>
        <button type="button" onClick=${() => { setPart(lever, parameter, null); close(); }}>${t("No path")}</button>
      </div>
    </form><//>`;
}
