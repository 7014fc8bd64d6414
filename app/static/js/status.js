// @ts-check
/** How far the answer is: pairs that are in, the time they took, and how exactly it is wanted. */
import { answer, pinned } from "./answers.js";
import { catalogue } from "./catalogue.js";
import { html } from "./html.js";
import { sentence } from "./sentence.js";
import { pinsHere, pulled, set, state } from "./state.js";
import { subject } from "./tabs/what_if.js";
import { number, plain, t } from "./text.js";

/** @param {import("./types").Answer} now @param {boolean} warming */
function progress(now, warming) {
  const { update, start, done, error } = now;
  if (error && error.status === 429) return t("Many people ask at once; the page asks again in a moment.");
  if (error && error.status !== 0) return error.message;
  if (warming) return t("Preparing the model, once; this takes up to two minutes.");
  if (!update || !start || now.stale) return t("Running");
  const told = { pairs: update.pairs, of: update.of, workers: plain(start.workers), seconds: number(done?.seconds ?? update.seconds, 1) };
  if (done?.from_store) return t("{pairs} of {of} pairs of {workers} workers, from the store", told);
  return t("{pairs} of {of} pairs of {workers} workers, {seconds} s", told);
}

/** @param {{warming: boolean}} given */
export function StatusLine({ warming }) {
  const now = state.value.tab === "compare" && pinsHere(state.value).length ? pinned.value : answer.value;
  const { update, done, faults, busy } = now, all = catalogue.value;
  const said = done && pulled(state.value) && state.value.tab === "what" ? sentence(now, 1, state.value.year, subject()) : null;
  return html`<div class="status-line">
    <p class="status" role="status" data-n=${update?.pairs ?? 0} data-busy=${busy} data-stale=${now.stale}>
      <span class="bar-of-pairs" aria-hidden="true"><progress max=${update?.of ?? 1} value=${now.stale ? 0 : update?.pairs ?? 0} tabindex="-1"></progress></span>
      <span aria-hidden=${busy ? "true" : null}>${progress(now, warming)}</span>
      ${said && html`<span class="hidden">${said.clear} ${said.open}</span>`}
    </p>
    ${faults.length > 0 && html`<p class="fault">${faults.join(" ")}</p>`}
    <label class="precision"><span>${t("Precision")}</span><select value=${state.value.precision}
      onChange=${(/** @type {any} */ event) => set({ precision: event.target.value })}>
      ${(all?.precisions ?? []).map((one) => html`<option value=${one.key} selected=${one.key === state.value.precision}>${
        t("{title}: {seeds} pairs of {workers} workers", { title: one.title, seeds: one.seeds, workers: plain(one.workers) })}</option>`)}
    </select></label>
  </div>`;
}
