// @ts-check
/** Fields that keep what is being typed while the page around them is drawn again. */
import { useState } from "../vendor/hooks.js";
import { html } from "./html.js";

/**
 * A number that counts once it is typed: at Enter, or when the field is left.
 * @param {{value: number, change: (value: number) => void, [more: string]: any}} given
 */
export function NumberField({ value, change, ...more }) {
  const [draft, setDraft] = useState(/** @type {string | null} */ (null));
  return html`<input type="number" class="exact" step="any" ...${more} value=${draft ?? value}
    onInput=${(/** @type {any} */ event) => setDraft(event.target.value)} onBlur=${() => setDraft(null)}
    onChange=${(/** @type {any} */ event) => {
      setDraft(null);
      if (Number.isFinite(event.target.valueAsNumber)) change(event.target.valueAsNumber);
    }} />`;
}
