// @ts-check
/** A list to choose from, with its label beside it. */
import { html } from "./html.js";

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
