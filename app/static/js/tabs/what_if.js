// @ts-check
/** What if: the answer in a sentence, eight outcomes over the years with their uncertainty, and how they were run. */
import { answer } from "../answers.js";
import { catalogue, headline } from "../catalogue.js";
import { BandKey } from "../charts/figure.js";
import { Lines } from "../charts/lines.js";
import { Segments, Years } from "../choice.js";
import { isPinned, MOST_PINS, pinMix } from "../compared.js";
import { estimated, runsOfEstimate } from "../estimated.js";
import { html } from "../html.js";
import { abroad, openEntry } from "../library.js";
import { sentence, verdictOf } from "../sentence.js";
import { settingRows } from "../settings_text.js";
import { endGesture, pinsHere, pulled, set, shared, state } from "../state.js";
import { brief, counted, joined, needed, number, t, withUnit } from "../text.js";
import { openCard } from "../windows.js";
import { Budget, costSentence } from "./budget.js";

const EXAMPLES = ["usa_carbon_price", "usa_safety_net", "subsidy_with_retraining", "green_ai", "all_strategies"], MOST_EXAMPLES = 3; // first questions
const MOST_CHIPS = 6; // settings that are named under the sentence
const HEIGHT = 150; // pixels of a panel's chart

/** What the sentence speaks of. */
export function subject() {
  const { base, policies, assumptions, reference } = state.value;
  if (base === "no_ai") return t("an economy without AI");
  if (Object.keys(policies).length) return reference === "no_ai" ? t("AI with this mix") : t("this mix");
  if (Object.keys(assumptions).length && !shared(state.value)) return t("this change of assumptions");
  return t("AI under today's policies");
}

function Examples() {
  const found = EXAMPLES.flatMap((name) => (catalogue.value?.library ?? []).filter((one) => one.name === name)).slice(0, MOST_EXAMPLES);
  return html`<ul class="examples">${found.map((one) => html`<li key=${one.name}>
    <button onClick=${() => openEntry(one)}><span class="question">${one.question}</span><span class="go">${t("Show the answer")}</span></button></li>`)}</ul>`;
}

/** What is set, in a line: policies in their colour, assumptions in theirs. */
function Chips() {
  const rows = settingRows({ ...state.value.policies, ...state.value.assumptions }), shown = rows.slice(0, MOST_CHIPS);
  return html`<ul class="chips" aria-label=${t("What is set")}>
    ${shown.map((row) => html`<li key=${row.key} class=${row.assumption ? "assumption" : "policy"}>${t("{name}: {amount}", { name: row.title, amount: row.text })}</li>`)}
    ${rows.length > shown.length && html`<li>${t("and {count} more", { count: rows.length - shown.length })}</li>`}</ul>`;
}

function Headline() {
  const { year, title } = state.value, now = answer.value;
  if (!pulled(state.value)) {
    return html`<div class="answer"><p class="lead-sentence">${t("Move a policy on the left, or start from a question.")}</p>
      <${Examples} /><p class="open-sentence">${t("Until then: how the economy develops under today's policies.")}</p></div>`;
  }
  const two = (now.update?.sides.length ?? 0) > 1, said = two ? sentence(now, 1, year, subject()) : { clear: "", open: "" };
  return html`<div class=${`answer ${now.stale || !two ? "stale" : ""}`}>
    ${title && html`<p class="mix-title">${title}</p>`}
    <p class="lead-sentence">${said.clear || (now.error && !now.waiting ? t("This mix cannot be run as it is set.") : t("The first pair is being run."))}</p>
    ${said.open && html`<p class="open-sentence">${said.open}</p>`}
    ${two && moved() && html`<p class="open-sentence cost">${costSentence()}</p>`}
    <${Chips} /><${Next} />
  </div>`;
}

/** Whether any policy is set, so that there is a cost to speak of. */
const moved = () => Object.keys(state.value.policies).length > 0;

/** What one does with an answer. */
function Next() {
  const pins = pinsHere(state.value), already = isPinned();
  return html`<p class="next">
    <button onClick=${pinMix} disabled=${pins.length >= MOST_PINS || already}>${already ? t("Pinned") : t("Pin this mix")}</button>
    ${pins.length > 0 && html`<button class="quiet" onClick=${() => set({ tab: "compare" })}>${t("Compare with what is pinned ({count})", { count: pins.length })}</button>`}
    <button class="quiet" onClick=${() => set({ tab: "who" })}>${t("Who gains, who loses")}</button>
    <button class="quiet" onClick=${() => set({ tab: "why" })}>${t("Why?")}</button>
    <button class="quiet" onClick=${() => set({ tab: "scenario" })}>${t("Send it on")}</button></p>`;
}

export function YearSlider() {
  const { opening_year: from = 2024, last_year: to = 2050 } = catalogue.value ?? {}, { year } = state.value;
  return html`<${Years} from=${from} to=${to} year=${year} end=${endGesture} change=${(/** @type {number} */ now) => set({ year: now }, { gesture: "year" })} />`;
}

const referenceTitle = () => {
  const { reference } = state.value;
  return catalogue.value?.references.find((one) => one.key === reference)?.title ?? reference;
};

/** What the mix is held against, in words. */
export function against() {
  const { assumptions } = state.value, name = referenceTitle();
  return Object.keys(assumptions).length && shared(state.value) ? t("Compared with: {name}, under the same assumptions", { name }) : t("Compared with: {name}", { name });
}

function Bar() {
  const { show } = state.value, comparable = pulled(state.value);
  return html`<div class="bar">
    ${comparable && html`<${Segments} name="show" label=${t("What the panels show")} value=${show} change=${(/** @type {string} */ key) => set({ show: key })}
      choices=${[["difference", t("Difference")], ["levels", t("Levels")]]} />`}
    <${YearSlider} />
    ${comparable && html`<p class="against">${[...abroad(state.value), against()].join(" · ")}</p>`}
  </div>`;
}

/** What stands beside the title of a panel: its source, and the amount in the chosen year.
 * @param {import("../types").Outcome} one @param {string} amount */
const beside = (one, amount) => html`<button class="quiet source" onClick=${() => openCard({ kind: "outcome", outcome: one })}
  aria-label=${t("{name}: source", { name: one.title })}>${t("Source")}</button><span class="amount">${amount}</span>`;

/** @param {number} year */
const toYear = (year) => set({ year });

/** @param {{one: import("../types").Outcome}} given */
function Difference({ one }) {
  const { start, update } = answer.value, change = update?.changes[1]?.[one.key];
  if (!start || !change) return null;
  const of = verdictOf(answer.value, 1, one.key, state.value.year);
  const settles = needed(of), guess = estimated.value?.[one.key];
  return html`<article class=${`panel ${of?.word ?? ""}`}>
    <${Lines} title=${one.title} extra=${beside(one, withUnit(number(of?.mean, of?.decimals, true), change.unit))}
      years=${start.years} unit=${change.unit} decimals=${change.decimals} zero=${true} mark=${state.value.year} onYear=${toYear} height=${HEIGHT}
      sentence=${joined([brief(of, change.unit), settles])}
      series=${[
        { key: "difference", label: guess && t("Runs"), values: change.mean, low: change.low, high: change.high, outerLow: change.p10, outerHigh: change.p90 },
        ...(guess ? [{ key: "estimate", label: t("Estimate"), values: guess.mean, dashed: true, colour: 4 }] : []),
      ]} />
  </article>`;
}

/** What is estimated while the runs are under way, dashed and with the band of its error.
 * @param {{one: import("../types").Outcome}} given */
function Estimate({ one }) {
  const guess = estimated.value?.[one.key], all = catalogue.value, unit = answer.value.update?.changes[1]?.[one.key]?.unit ?? one.change_unit;
  if (!guess || !all) return html`<${Waiting} one=${one} />`;
  const years = guess.mean.map((_, at) => all.opening_year + at), at = years.indexOf(state.value.year), decimals = one.change_decimals;
  return html`<article class="panel estimate">
    <${Lines} title=${one.title} extra=${beside(one, withUnit(number(guess.mean[at], decimals, true), unit))}
      years=${years} unit=${unit} decimals=${decimals} zero=${true} mark=${state.value.year} onYear=${toYear} height=${HEIGHT}
      sentence=${t("An estimate from {runs} other runs, with its error; the runs of this mix are under way.", { runs: runsOfEstimate() })}
      series=${[{ key: "estimate", values: guess.mean, outerLow: guess.low, outerHigh: guess.high, dashed: true, colour: 4 }]} />
  </article>`;
}

/** @param {{one: import("../types").Outcome}} given */
function Level({ one }) {
  const { start, update } = answer.value, sides = update?.sides ?? [];
  if (!start || !sides[0]?.level[one.key]) return null;
  const name = referenceTitle(), at = start.years.indexOf(state.value.year), last = sides.length - 1, { unit, decimals, scaled } = counted(one);
  const amountOf = (/** @type {number} */ place) => number(scaled(sides[place]?.level[one.key])?.[at], decimals);
  const words = sides.length < 2 ? "" : t("{name}: {amount}", { name, amount: amountOf(0) });
  const series = sides.map((side, place) => ({
    key: String(place), label: sides.length > 1 ? (place ? t("Mix") : name) : undefined, colour: place === last ? 0 : 4, dashed: place !== last,
    values: scaled(side.level[one.key]), outerLow: scaled(side.low[one.key]), outerHigh: scaled(side.high[one.key]),
  }));
  return html`<article class="panel"><${Lines} title=${one.title} extra=${beside(one, amountOf(last))} years=${start.years} unit=${unit}
    decimals=${decimals} fromZero=${one.from_zero} mark=${state.value.year} onYear=${toYear} height=${HEIGHT} series=${series} sentence=${words} /></article>`;
}

/** A panel before its first numbers.
 * @param {{one: import("../types").Outcome}} given */
const Waiting = ({ one }) => html`<article class="panel waiting"><p class="chart-title">${one.title}</p><p class="amount">–</p></article>`;

/** @param {{one: import("../types").Outcome, differences: boolean}} given */
function Panel({ one, differences }) {
  const { update, stale } = answer.value;
  if (differences && estimated.value && (stale || !update?.changes[1])) return html`<${Estimate} one=${one} />`;
  if (!update || (differences && !update.changes[1]) || !update.sides[0]?.level[one.key]) return html`<${Waiting} one=${one} />`;
  return differences ? html`<${Difference} one=${one} />` : html`<${Level} one=${one} />`;
}

export function WhatIf() {
  const now = answer.value, differences = pulled(state.value) && state.value.show === "difference";
  const world = differences && !Object.keys(state.value.policies).length && state.value.base === state.value.reference;
  return html`<${Headline} /><${Bar} />
    <div class=${`panels ${now.stale ? "stale" : ""} ${world ? "of-assumptions" : ""}`} aria-busy=${now.busy}>
      ${headline.value.map((one) => html`<${Panel} key=${one.key} one=${one} differences=${differences} />`)}
    </div>
    ${differences && html`<${BandKey} />`}
    ${pulled(state.value) && moved() && html`<${Budget} />`}`;
}
