// @ts-check
/** Why: the difference in one outcome and year as a sum of parts, by lever or by mechanism of the model. */
import { headline, outcomes } from "../catalogue.js";
import { Waterfall } from "../charts/waterfall.js";
import { within } from "../group_message.js";
import { html } from "../html.js";
import { pulled, set, state } from "../state.js";
import { inSentence, number, t, withUnit } from "../text.js";
import { begin, cancel, currentJob, isCurrent, pulledLevers } from "../why_job.js";
import { Segments, YearSlider } from "./what_if.js";

/** @typedef {import("../why_job.js").Account} Account */

const MAJOR = 0.6; // of a total, from which a part is most of it
const MOST_EXACT = 6; // levers whose orders are all run

/** The account of the outcome chosen, else of the first there is. */
function shown() {
  const found = currentJob().value.update?.outcomes ?? {}, key = state.value.outcome in found ? state.value.outcome : Object.keys(found)[0];
  const account = key ? found[key] : undefined;
  return key && account ? { key, account } : null;
}

function Choice() {
  const found = currentJob().value.update?.outcomes;
  const listed = found ? Object.keys(found).map((key) => ({ key, title: outcomes.value.get(key)?.title ?? key })) : headline.value;
  return html`<div class="bar">
    <${Segments} name="by" label=${t("What the difference is divided by")} value=${state.value.by === "mechanisms" ? "mechanisms" : "levers"}
      change=${(/** @type {string} */ by) => set({ by })} choices=${[["levers", t("By lever")], ["mechanisms", t("By mechanism")]]} />
    <label class="choice"><span>${t("Outcome")}</span>
      <select value=${shown()?.key ?? state.value.outcome} onChange=${(/** @type {any} */ event) => set({ outcome: event.target.value })}>
        ${listed.map(({ key, title }) => html`<option value=${key} key=${key} selected=${key === (shown()?.key ?? state.value.outcome)}>${title}</option>`)}</select></label>
    <${YearSlider} />
  </div>`;
}

function Running() {
  const { busy, progress, error, update } = currentJob().value, mechanisms = state.value.by === "mechanisms";
  const levers = pulledLevers(state.value).length;
  if (busy) {
    const left = progress?.seconds_left;
    return html`<div class="job" data-busy="true"><label>${t("Working it out")} <progress max=${progress?.of ?? 1} value=${progress ? progress.done : null}></progress></label>
      <span class="note" role="status">${!progress ? t("Waiting for the first runs")
        : t("{done} of {of} runs", { done: number(progress.done, 0), of: number(progress.of, 0) })}${left ? `, ${remaining(left)}` : ""}</span>
      <button onClick=${cancel}>${t("Cancel")}</button></div>`;
  }
  const why = mechanisms ? t("This takes minutes: the families of mechanisms are switched on in every order. The first parts show after the first pair.")
    : levers > MOST_EXACT ? t("More than six levers: each is run alone, and all but each.")
      : t("The levers are pulled in every order, on the same random draws.");
  return html`<div class="job">
    ${error && html`<p class="fault" role="alert">${error.message || t("The model does not answer. Is it still running?")}</p>`}
    ${!isCurrent() && html`${update && html`<p class="note"><strong>${t("The question has changed since these parts were worked out.")}</strong></p>`}
      <button class="main" onClick=${begin}>${update ? t("Work it out again") : t("Work it out")}</button> <span class="note">${why}</span>`}
  </div>`;
}

/** @param {number} seconds */
function remaining(seconds) {
  if (seconds < 90) return t("about {count} seconds left", { count: Math.max(1, Math.round(seconds)) });
  return t("about {count} minutes left", { count: Math.round(seconds / 60) });
}

/** @param {number | null} amount @param {Account} account */
const sized = (amount, account) => withUnit(number(amount, account.decimals, true), shortUnit(account.unit));

/** A unit as titles have it; other languages have short ones. @param {string} unit */
const shortUnit = (unit) => (unit === "per cent" ? "%" : unit === "percentage points" ? t("points") : unit);

/**
 * What the parts say in one line: the total, what makes most of it, and what works against it; only what is clear.
 * @param {string} key @param {Account} account @param {number} year
 */
export function whyMessage(key, account, year) {
  const { total, parts } = account, mean = total.mean ?? 0;
  const outcome = outcomes.value.get(key)?.title ?? key;
  const clear = parts.filter((one) => one.word === "higher" || one.word === "lower");
  if (total.low === null || total.high === null) return t("{outcome}: one pair of runs cannot distinguish parts from chance", { outcome });
  const most = (/** @type {number} */ sign) =>
    clear.filter((one) => sign * (one.mean ?? 0) > 0).sort((one, other) => Math.abs(other.mean ?? 0) - Math.abs(one.mean ?? 0))[0];
  if (total.low <= 0 && total.high >= 0) {
    const [up, down] = [most(1), most(-1)];
    if (!up || !down) return t("No clear difference in {outcome} in {year}", { outcome: inSentence(key), year });
    return t("{outcome} in {year}: {up} ({gain}) and {down} ({loss}) offset each other", {
      outcome, year, up: within(up.title), gain: sized(up.mean, account), down: within(down.title), loss: sized(down.mean, account),
    });
  }
  const along = most(Math.sign(mean)), against = most(-Math.sign(mean));
  const words = { outcome, year, total: sized(mean, account), part: within(along?.title ?? ""), amount: sized(along?.mean ?? null, account) };
  if (!along) return t("{outcome} in {year}: {total}, without any part that is clear", words);
  const mostly = Math.abs(along.mean ?? 0) > MAJOR * Math.abs(mean);
  const start = clear.length === 1 && parts.length === 1 ? t("{outcome} in {year}: {total}, all of it from {part}", words)
    : mostly ? t("{outcome} in {year}: {total}, most of it from {part} ({amount})", words)
      : t("{outcome} in {year}: {total}, the largest part from {part} ({amount})", words);
  return against ? t("{message}; against it {other} ({loss})", { message: start, other: within(against.title), loss: sized(against.mean, account) }) : start;
}

/** @param {{found: {key: string, account: Account}}} given */
function Parts({ found }) {
  const { key, account } = found, { year, update } = currentJob().value, mechanisms = state.value.by === "mechanisms";
  return html`<div class=${`parts ${isCurrent() ? "" : "stale"}`}>
    <${Waterfall} title=${whyMessage(key, account, year)} unit=${account.unit} decimals=${account.decimals + 1} total=${account.total}
      sentence=${t("Parts of the difference in {outcome} in {year}, mean of {pairs} pairs", { outcome: inSentence(key), year, pairs: update?.pairs ?? 0 })}
      parts=${account.parts.filter((one) => one.word !== "same").map((one) => ({ ...one, label: one.title }))} />
    <p class="note">${t("Blue raises it, orange lowers it. Pale: the 90 % interval holds zero, so that the part may be due to chance. The parts add up to the total before rounding.")}</p>
    <p class="note">${mechanisms
      ? t("A part is what a family of mechanisms adds when it is switched on, averaged over all orders of switching the families on (Shapley value). The division of joint effects is a convention.")
      : t("A part is what a lever adds when it is pulled, averaged over all orders of pulling the levers (Shapley value). The division of joint effects is a convention.")}</p>
  </div>`;
}

export function Why() {
  const levers = pulledLevers(state.value).length, byLever = state.value.by !== "mechanisms";
  if (!pulled(state.value)) {
    return html`<div class="answer"><p class="lead-sentence">${t("Why things change shows once a policy is moved.")}</p></div>`;
  }
  const found = shown();
  return html`<${Choice} />
    ${byLever && !levers ? html`<p class="note">${t("No lever is pulled; by mechanism tells what else makes the difference.")}</p>` : html`<${Running} />`}
    ${found && html`<${Parts} found=${found} />`}`;
}
