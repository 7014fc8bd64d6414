// @ts-check
/** A group decides: a facilitator opens a round, participants propose mixes and vote, the results name nobody. */
import { signal } from "../../vendor/signals.js";
import { mayOpenRounds } from "../api.js";
import { copied, saveFile } from "../files.js";
import { firsts } from "../goals.js";
import { goalTitles, Ranking, Weights, whole } from "../goals_panel.js";
import { html } from "../html.js";
import { abroad, apart } from "../library.js";
import { advance, fault, keyOf, leaveRound, openRound, options, propose, rankAll, round, vote } from "../rounds.js";
import { nameOf } from "../settings_text.js";
import { DEFAULT, local, mixOf, pulled, roundLink, set, state } from "../state.js";
import { number, t } from "../text.js";

/** @typedef {import("../types").Round} Round @typedef {import("../types").Proposal} Proposal */

const question = signal(""), title = signal(""), chosen = signal(/** @type {number[]} */ ([]));
const weights = signal(/** @type {Record<string, number>} */ ({}));
const sent = signal(""), ranking = signal(false);

function Opening() {
  return html`<section class="opening-round"><h2>${t("Let a group decide")}</h2>
    <p>${t("Open a round: participants propose policy mixes, weigh the goals and vote. Nothing that is kept or exported names anybody. Rounds end with the server.")}</p>
    ${mayOpenRounds ? html`<form onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); openRound(question.value); }}>
      <label class="field"><span>${t("Question")}</span><input type="text" maxlength="300" required value=${question.value}
        placeholder=${t("What should be done about jobs until 2035?")} onInput=${(/** @type {any} */ event) => { question.value = event.target.value; }} /></label>
      <p><button type="submit" class="main">${t("Open a round")}</button></p></form>
    <p class="note">${t("For participants on other devices start xinzhi app --host 0.0.0.0 --token random and use the address that it prints.")}</p>`
    : html`<p>${t("Only the facilitator opens a round; ask for its link.")}</p>`}</section>`;
}

/** @param {{of: Round}} given */
function Facilitator({ of }) {
  const next = of.stage === "proposals" ? "votes" : of.stage === "votes" ? "closed" : "";
  return html`<section class="facilitator"><h3>${t("For the facilitator")}</h3>
    <p><button onClick=${() => copied(roundLink())}>${t("Copy the link for participants")}</button>
      ${next && html`<button class="main" onClick=${() => advance(next)} disabled=${next === "votes" && !of.proposals.length}>${
        next === "votes" ? t("End the proposals and open the votes") : t("Close the round and show the results")}</button>`}
      ${of.stage === "closed" && html`<button onClick=${() => saveFile(`round_${of.round}.json`, new Blob([JSON.stringify(of, null, 1)], { type: "application/json" }))}>${t("Save the results")}</button>`}
    </p>${local && html`<p class="note">${t("This address opens on this computer only. For participants on other devices start xinzhi app --host 0.0.0.0 --token random and use the address that it prints.")}</p>`}</section>`;
}

/** @param {Proposal} one */
function open(one) {
  const { policies, assumptions } = apart(one.mix.settings);
  set({ economy: one.mix.economy ?? DEFAULT.economy, base: one.mix.base, policies, assumptions, title: one.title, tab: "what" }, { undoable: true });
}

/** @param {Proposal} one */
function leversOf(one) {
  const { policies, assumptions } = apart(one.mix.settings);
  return nameOf(policies, assumptions);
}

/** @param {{of: Round}} given */
function Proposals({ of }) {
  const voting = of.stage === "votes";
  if (!of.proposals.length) return html`<p class="note">${t("Nobody has proposed a mix yet.")}</p>`;
  return html`<ul class="proposals">${of.proposals.map((one) => html`<li key=${one.number}>
    ${voting ? html`<label><input type="checkbox" checked=${chosen.value.includes(one.number)} onChange=${(/** @type {any} */ event) => {
      chosen.value = event.target.checked ? [...chosen.value, one.number] : chosen.value.filter((number) => number !== one.number); }} />
      <span>${one.title}</span></label>` : html`<span>${one.title}</span>`}
    ${leversOf(one) !== one.title && html`<span class="note">${leversOf(one)}</span>`}
    <button class="quiet" onClick=${() => open(one)} aria-label=${t("Look at {name}", { name: one.title })}>${t("Look at it")}</button></li>`)}</ul>`;
}

function Propose() {
  const here = pulled(state.value), usual = here ? state.value.title || nameOf(state.value.policies, state.value.assumptions) : "";
  const name = title.value || usual;
  return html`<form class="propose" onSubmit=${async (/** @type {Event} */ event) => {
      event.preventDefault();
      if (await propose(name, mixOf(state.value))) { sent.value = t("Your mix is proposed."); title.value = ""; } }}>
    <h3>${t("Propose the mix on this page")}</h3>
    ${!here && html`<p class="note">${t("Move a policy first; then come back to propose the mix.")}</p>`}
    <label class="field"><span>${t("Name of your mix")}</span><input type="text" maxlength="60" placeholder=${usual} value=${title.value}
      onInput=${(/** @type {any} */ event) => { title.value = event.target.value; }} /></label>
    <p><button type="submit" class="main" disabled=${!here || !name}>${t("Propose")}</button></p></form>`;
}

function Vote() {
  return html`<form class="vote" onSubmit=${async (/** @type {Event} */ event) => {
      event.preventDefault();
      if (await vote(chosen.value, whole(weights.value))) sent.value = t("Your vote is in; you can change it until the round is closed."); }}>
    <h3>${t("What matters to you?")}</h3>
    <${Weights} weights=${weights.value} change=${(/** @type {Record<string, number>} */ next) => { weights.value = next; }} />
    <p class="note">${t("Tick above every mix that you could live with.")}</p>
    <p><button type="submit" class="main">${t("Send the vote")}</button></p></form>`;
}

/** @param {{of: Round}} given */
function Results({ of }) {
  const found = of.results, titles = goalTitles();
  if (!found) return null;
  const counts = options.value && found.given.length ? firsts(options.value, found.given) : null;
  const middle = Object.fromEntries(Object.entries(found.weights).map(([goal, one]) => [goal, one?.median ?? 5]));
  const named = (options.value ?? []).map((one, at) => (at ? one : { ...one, title: t("No policy") }));
  return html`<section><h3>${t("Votes")}</h3>
    ${found.approvals.length > 0 && html`<table class="numbers"><thead><tr><th scope="col">${t("Mix")}</th><th scope="col">${t("Could live with it, of {votes}", { votes: found.votes })}</th></tr></thead>
      <tbody>${found.approvals.map((one) => html`<tr key=${one.number}><th scope="row">${one.title}</th><td>${one.approvals}</td></tr>`)}</tbody></table>`}
    <h3>${t("Where people agree and differ")}</h3>
    ${found.given.length ? html`<table class="numbers"><thead><tr><th scope="col">${t("Goal")}</th><th scope="col">${t("Lowest weight")}</th>
        <th scope="col">${t("Median")}</th><th scope="col">${t("Highest weight")}</th></tr></thead>
      <tbody>${Object.entries(found.weights).map(([goal, one]) => html`<tr key=${goal}><th scope="row">${titles[goal]}</th>
        <td>${number(one?.low, 0)}</td><td>${number(one?.median, 1)}</td><td>${number(one?.high, 0)}</td></tr>`)}</tbody></table>`
      : html`<p class="note">${t("Approvals and weights are shown from three votes on.")}</p>`}
    ${found.given.length > 0 && !options.value && html`<p><button disabled=${ranking.value} onClick=${async () => {
      ranking.value = true; try { await rankAll(state.value.year); } finally { ranking.value = false; } }}>${
        ranking.value ? t("Running") : t("Rank the mixes by everybody's weights, {year}", { year: state.value.year })}</button></p>`}
    ${counts && html`<${Ranking} options=${named} weights=${middle} />
      <ul>${named.map((one, at) => html`<li key=${at}>${t("{name}: first for {count} of {votes} participants", { name: one.title, count: counts[at] ?? 0, votes: found.given.length })}</li>`)}</ul>`}
  </section>`;
}

export function RoundTab() {
  const of = round.value, name = state.value.round;
  if (!name) return html`<${Opening} />${fault.value && html`<p class="fault">${fault.value}</p>`}`;
  if (!of || of.round !== name) return html`<p class="note">${fault.value || t("Looking for the round.")}</p>
    <p><button onClick=${leaveRound}>${t("Leave the round")}</button></p>`;
  const stages = { proposals: t("Proposals are open."), votes: t("Votes are open."), closed: t("The round is closed.") };
  return html`<div class="round"><h2>${[of.question, ...abroad(of)].join(" · ")}</h2>
    <p role="status">${stages[of.stage]} ${t("Participants: {participants}. Votes: {votes}.", { participants: of.participants, votes: of.votes })}</p>
    ${keyOf(name) && html`<${Facilitator} of=${of} />`}
    <h3>${t("Proposed mixes")}</h3><${Proposals} of=${of} />
    ${of.stage === "proposals" && html`<${Propose} />`}${of.stage === "votes" && html`<${Vote} />`}${of.stage === "closed" && html`<${Results} of=${of} />`}
    ${sent.value && of.stage !== "closed" && html`<p class="notice" role="status">${sent.value}</p>`}${fault.value && html`<p class="fault" role="alert">${fault.value}</p>`}
    <p><button class="quiet" onClick=${leaveRound}>${t("Leave the round")}</button></p></div>`;
}
