// @ts-check
/** What one chooses by: a list with its label beside it, a row of buttons, a slider over the years. */
import { html } from "./html.js";
import { t } from "./text.js";

/** @typedef {{key: string, title: string, group?: string}} Option */
/**
 * Options that name a ``group`` stand under it.
 * @param {{label: string, value: string, options: Option[], change: (key: string) => void}} given
 */
export function Choice({ label, value, options, change }) {
  const groups = [...new Set(options.map((one) => one.group ?? ""))];
  const listed = (/** @type {string} */ group) => options.filter((one) => (one.group ?? "") === group).map(({ key, title }) =>
    html`<option value=${key} key=${key} selected=${key === value}>${title}</option>`);
  return html`<label class="choice"><span>${label}</span>
    <select value=${value} onChange=${(/** @type {any} */ event) => change(event.target.value)}>
      ${groups.map((group) => (group ? html`<optgroup label=${group} key=${group}>${listed(group)}</optgroup>` : listed(group)))}
    </select></label>`;
}

/** @param {{name: string, label: string, value: string, choices: string[][], change: (key: string) => void}} given */
export const Segments = ({ name, label, value, choices, change }) => html`<fieldset class="segments"><legend class="hidden">${label}</legend>
  ${choices.map(([key, title]) => html`<label key=${key}><input type="radio" name=${name} checked=${value === key}
    onChange=${() => change(String(key))} /><span>${title}</span></label>`)}</fieldset>`;

/** @param {{from: number, to: number, year: number, change: (year: number) => void, end?: () => void}} given */
export const Years = ({ from, to, year, change, end }) => html`<label class="year"><span>${t("Year")}</span>
  <input type="range" min=${from} max=${to} step="1" value=${year} aria-valuetext=${String(year)}
    onInput=${(/** @type {any} */ event) => change(event.target.valueAsNumber)} onChange=${end} /><output>${year}</output></label>`;
