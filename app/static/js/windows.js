// @ts-check
/** Which window lies over the page, and the frame that all of them share. */
import { useEffect, useRef } from "../vendor/hooks.js";
import { signal } from "../vendor/signals.js";
import { html } from "./html.js";
import { t } from "./text.js";

/** @typedef {import("./types").Lever} Lever @typedef {import("./types").Parameter} Parameter */
/**
 * @typedef {{kind: "lever", lever: Lever, parameter: Parameter} | {kind: "preset", preset?: import("./types").Preset}
 *   | {kind: "closure", closure: import("./types").Closure} | {kind: "parameter", parameter: import("./types").WorldParameter}
 *   | {kind: "outcome", outcome: import("./types").Outcome}} Card
 */

export const card = signal(/** @type {Card | null} */ (null));
export const path = signal(/** @type {{lever: Lever, parameter: Parameter} | null} */ (null));

/** @param {Card} of */
export const openCard = (of) => { card.value = of; };
/** @param {Lever} lever @param {Parameter} parameter */
export const openPath = (lever, parameter) => { path.value = { lever, parameter }; };

/**
 * A modal window; Escape and a click beside it close it, and the focus goes back to where it was.
 * @param {{title: string, note?: string, close: () => void, children?: any}} given
 */
export function Window({ title, note, close, children }) {
  const box = useRef(/** @type {HTMLDialogElement | null} */ (null));
  useEffect(() => {
    const before = /** @type {HTMLElement | null} */ (document.activeElement);
    box.current?.showModal();
    return () => before?.focus();
  }, []);
  return html`<dialog ref=${box} aria-labelledby="window-title" onClose=${close}
    onClick=${(/** @type {any} */ event) => { if (event.target === box.current) box.current?.close(); }}>
    <div class="window">
      <header><h2 id="window-title">${title}</h2>
        <button class="quiet close" onClick=${() => box.current?.close()} aria-label=${t("Close")}>×</button></header>
      ${note && html`<p class="lead">${note}</p>`}
      ${children}
    </div>
  </dialog>`;
}

