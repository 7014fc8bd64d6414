// @ts-check
/** Fields that keep what is being typed while the page around them is drawn again, and folds that are drawn when opened. */
import { useEffect, useState } from "../vendor/hooks.js";
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

/**
 * A short text that counts once it is typed: at Enter, or when the field is left. What is empty changes nothing.
 * @param {{value: string, change: (value: string) => void, [more: string]: any}} given
 */
export function TextField({ value, change, ...more }) {
  const [draft, setDraft] = useState(/** @type {string | null} */ (null));
  return html`<input type="text" ...${more} value=${draft ?? value}
    onInput=${(/** @type {any} */ event) => setDraft(event.target.value)} onBlur=${() => setDraft(null)}
    onChange=${(/** @type {any} */ event) => {
      setDraft(null);
      if (event.target.value.trim()) change(event.target.value.trim());
    }} />`;
}

/**
 * A part that opens; what is in it is made when it is first opened, so that a page of many controls is up at once. It
 * opens by itself when ``open`` becomes true and closes by hand only; ``forced`` holds it open as long as it lasts.
 * @param {{kind: string, open: boolean, forced?: boolean, summary: any, content: () => any}} given
 */
export function Fold({ kind, open, forced = false, summary, content }) {
  const [opened, see] = useState(open), shown = opened || forced;
  const [seen, remember] = useState(false);
  useEffect(() => { if (open) see(true); }, [open]);
  return html`<details class=${kind} open=${shown} onToggle=${(/** @type {any} */ event) => {
      if (!forced) see(event.currentTarget.open);
      if (event.currentTarget.open) remember(true);
    }}><summary>${summary}</summary>${(shown || seen) && content()}</details>`;
}
