// @ts-check
/** Why: the difference in one outcome and year as a sum of parts, by lever or by mechanism of the model. */
import { headline, outcomes } from "../catalogue.js";
import { Waterfall } from "../charts/waterfall.js";
import { Choice, Segments } from "../choice.js";
import { within } from "../group_message.js";
import { html } from "../html.js";
import { pulled, set, state } from "../state.js";
import { inSentence, number, t, withUnit } from "../text.js";
import { begin, cancel, currentJob, isCurrent, pulledLevers } from "../why_job.js";
import { YearSlider } from "./what_if.js";

/** @typedef {import("../why_job.js").Account} Account */

const MAJOR = 0.6; // of a total, from which a part is most of it
const MOST_EXACT = 6; // levers whose orders are all run

/** The account of the outcome chosen, else of the first there is. */
function shown() {
  const { language, update } = currentJob().value; // parts are named in the language in which they were asked for
  const found = (language === state.value.language && update?.outcomes) || {};
  const key = state.value.outcome in found ? state.value.outcome : Object.keys(found)[0];
  const account = key ? found[key] : undefined;
  return key && account ? { key, account } : null;
}

function Bar() {
  const found = currentJob().value.update?.outcomes, { by, outcome } = state.value;
  const listed = found ? Object.keys(found).map((key) => ({ key, title: outcomes.value.get(key)?.title ?? key })) : headline.value;
  return html`<div class="bar">
    <${Segments} name="by" label=${t("What the difference is divided by")} value=${by === "mechanisms" ? by : "levers"}
      change=${(/** @type {string} */ key) => set({ by: key })}
      choices=${[["levers", t("By lever")], ["mechanisms", t("By mechanism")]]} />
    <${Choice} label=${t("Outcome")} value=${shown()?.key ?? outcome} options=${listed}
      change=${(/** @type {string} */ key) => set({ outcome: key })} />
    <${YearSlider} />
  </div>`;
}

/** What will be run, and how long that takes. */
function outlook() {
  if (state.value.by === "mechanisms") {
    return t("This takes minutes: the families of mechanisms are switched on in every order. The first parts show after the first pair.");
  }
  if (pulledLevers(state.value).length > MOST_EXACT) return t("More than six levers: each is run alone, and all but each.");
  return t("The levers are pulled in every order, on the same random draws.");
}

function Progress() {
  const { progress } = currentJob().value, left = progress?.seconds_left;
  const done = progress && t("{done} of {of} runs", { done: number(progress.done, 0), of: number(progress.of, 0) });
  return html`<div class="job" data-busy="true">
    <label>${t("Working it out")} <progress max=${progress?.of ?? 1} value=${progress?.done}></progress></label>
    <span class="note" role="status">${done ?? t("Waiting for the first runs")}${left ? `, ${remaining(left)}` : ""}</span>
    <button onClick=${cancel}>${t("Cancel")}</button></div>`;
}

function Running() {
  const { busy, error, update } = currentJob().value;
  if (busy) return html`<${Progress} />`;
  const old = !isCurrent(), whole = update && update.pairs >= update.of;
  const fault = error && (error.message || t("The model does not answer. Is it still running?"));
  const changed = html`<p class="note"><strong>${t("The question has changed since these parts were worked out.")}</strong></p>`;
  return html`<div class="job">
    ${fault && html`<p class="fault" role="alert">${fault}</p>`}
    ${update && old && changed}
    ${(old || !whole) && html`
      <button class="main" onClick=${begin}>${update ? t("Work it out again") : t("Work it out")}</button>
      <span class="note">${outlook()}</span>`}
  </div>`;
}

/** @param {number} seconds */
function remaining(seconds) {
  if (seconds < 90) return t("about {count} seconds left", { count: Math.max(1, Math.round(seconds)) });
  return t("about {count} minutes left", { count: Math.round(seconds / 60) });
}

/** @param {number | null} amount @param {Account} account */
const sized = (amount, account) => withUnit(number(amount, account.decimals, true), account.unit);

/**
 * What the parts say in one line: the total, what makes most of it, and what works against it; only what is clear.
 * @param {string} key @param {Account} account @param {number} year
 */
export function whyMessage(key, account, year) {
  const { total, parts } = account, mean = total.mean ?? 0;
  const outcome = outcomes.value.get(key)?.title ?? key;
  const clear = parts.filter((one) => one.word === "higher" || one.word === "lower");
  if (total.low === null || total.high === null) {
    return t("{outcome}: one pair of runs cannot distinguish parts from chance", { outcome });
  }
  const ranked = (/** @type {number} */ sign) =>
    clear.filter((one) => sign * (one.mean ?? 0) > 0).sort((one, other) => Math.abs(other.mean ?? 0) - Math.abs(one.mean ?? 0));
  const most = (/** @type {number} */ sign) => ranked(sign)[0];
  if (total.low <= 0 && total.high >= 0) {
    const [up, down] = [most(1), most(-1)];
    if (!up || !down) return t("No clear difference in {outcome} in {year}", { outcome: inSentence(key), year });
    return t("{outcome} in {year}: {up} ({gain}) and {down} ({loss}) offset each other", {
      outcome, year, up: within(up.title), gain: sized(up.mean, account), down: within(down.title), loss: sized(down.mean, account),
    });
  }
  const [along, second] = ranked(Math.sign(mean)), against = most(-Math.sign(mean));
  const words = {
    outcome, year, total: sized(mean, account), part: within(along?.title ?? ""), amount: sized(along?.mean ?? null, account),
    other: within(second?.title ?? ""), size: sized(second?.mean ?? null, account),
  };
  if (!along) return t("{outcome} in {year}: {total}, without any part that is clear", words);
  const mostly = Math.abs(along.mean ?? 0) > MAJOR * Math.abs(mean);
  const message = parts.length === 1 ? t("{outcome} in {year}: {total}, all of it from {part}", words)
    : mostly ? t("{outcome} in {year}: {total}, most of it from {part} ({amount})", words)
      : second ? t("{outcome} in {year}: {total}, mainly from {part} ({amount}) and {other} ({size})", words)
        : t("{outcome} in {year}: {total}, the largest part from {part} ({amount})", words);
  if (!against) return message;
  const loss = sized(against.mean, account);
  return t("{message}; against it {other} ({loss})", { message, other: within(against.title), loss });
}

/** @param {{found: {key: string, account: Account}}} given */
function Parts({ found }) {
  const { key, account } = found, { year, update } = currentJob().value;
  const pairs = update?.pairs ?? 0, words = { outcome: inSentence(key), year, pairs };
  return html`<div class=${`parts ${isCurrent() ? "" : "stale"}`}>
    <${Waterfall} title=${whyMessage(key, account, year)} total=${account.total}
      unit=${account.unit} decimals=${account.decimals + 1}
      sentence=${pairs === 1 ? t("Parts of the difference in {outcome} in {year}, from one pair", words)
        : t("Parts of the difference in {outcome} in {year}, mean of {pairs} pairs", words)}
      parts=${account.parts.filter((one) => one.word !== "same").map((one) => ({ ...one, label: one.title }))} />
    <p class="note">${t("Blue raises it, orange lowers it; the thin line is the 90 % interval. Pale: that interval holds zero, so that the part may be due to chance. The parts add up to the total before rounding.")}</p>
    <p class="note">${state.value.by === "mechanisms"
      ? t("A part is what a family of mechanisms adds when it is switched on, averaged over all orders of switching the families on (Shapley value). The division of joint effects is a convention.")
      : t("A part is what a lever adds when it is pulled, averaged over all orders of pulling the levers (Shapley value). The division of joint effects is a convention.")}</p>
  </div>`;
}

export function Why() {
  if (!pulled(state.value)) {
    const said = t("Why things change shows once a policy is moved.");
    return html`<div class="answer"><p class="lead-sentence">${said}</p></div>`;
  }
  const found = shown(), idle = state.value.by !== "mechanisms" && !pulledLevers(state.value).length;
  const none = t("No lever is pulled; by mechanism tells what else makes the difference.");
  return html`<${Bar} />
    ${idle ? html`<p class="note">${none}</p>` : html`<${Running} />`}
    ${found && html`<${Parts} found=${found} />`}`;
}
