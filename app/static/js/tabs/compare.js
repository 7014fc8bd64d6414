// @ts-check
/** Compare: up to four scenarios on the same axes, each outcome with its uncertainty. */
import { answer, pinned } from "../answers.js";
import { catalogue, headline } from "../catalogue.js";
import { BandKey } from "../charts/figure.js";
import { Lines } from "../charts/lines.js";
import { Spread } from "../charts/spread.js";
import { Choice } from "../choice.js";
import {
  changeOf, compared, differenceOf, isPinned, MOST_PINS, openPin, pinEntry, pinMix, removePin, renamePin,
} from "../compared.js";
import { TextField } from "../fields.js";
import { GoalsPanel } from "../goals_panel.js";
import { html } from "../html.js";
import { pinsHere, pulled, set, state } from "../state.js";
import { list, t } from "../text.js";
import { Differing, Letter, Numbers } from "./compare_tables.js";
import { YearSlider } from "./what_if.js";

/** @typedef {import("../compared.js").Compared} Compared @typedef {import("../types").Outcome} Outcome */

/** @param {{one: Compared}} given */
function Card({ one }) {
  const { pin, title } = one;
  if (pin === null) {
    return html`<li class=${`pin tone-${one.colour}`}><${Letter} one=${one} />
      <span class="pin-name">${title}</span><span class="pin-note">${t("on this page")}</span></li>`;
  }
  return html`<li class=${`pin tone-${one.colour}`}><${Letter} one=${one} />
    <${TextField} class="pin-name" value=${title} maxlength="40" change=${(/** @type {string} */ name) => renamePin(pin, name)}
      aria-label=${t("Name of scenario {letter}", { letter: one.letter })} />
    <span class="pin-tools">
      <button class="quiet" onClick=${() => openPin(pin)} aria-label=${t("Open {name}", { name: title })}>${t("Open")}</button>
      <button class="quiet" onClick=${() => removePin(pin)} aria-label=${t("Remove {name}", { name: title })}>
        ${t("Remove")}</button>
    </span></li>`;
}

/** Scenarios of the library that can be pinned; the references are what all are compared with. */
function FromLibrary() {
  const references = new Set((catalogue.value?.references ?? []).map((one) => one.key));
  const found = (catalogue.value?.library ?? []).filter((one) => !references.has(one.name));
  const options = [{ key: "", title: t("Choose") }, ...found.map(({ name, title }) => ({ key: name, title }))];
  const pin = (/** @type {string} */ name) => {
    const entry = found.find((one) => one.name === name);
    if (entry) pinEntry(entry);
  };
  // A new list with each pin, so that it shows "Choose" again.
  return html`<${Choice} key=${state.value.pins.length} label=${t("or one of the library")} value="" options=${options} change=${pin} />`;
}

/** What can be pinned now, in a sentence.
 * @param {boolean} full @param {boolean} already */
function advice(full, already) {
  if (full) return t("Three are pinned; remove one to pin another.");
  if (!pulled(state.value)) return t("Move a policy, then pin the mix to keep it beside the next one.");
  if (already) return t("This mix is pinned. Change it to compare another with it.");
  return t("A pinned mix stays while you go on changing the policies.");
}

/** @param {{all: Compared[]}} given */
function Scenarios({ all }) {
  const full = pinsHere(state.value).length >= MOST_PINS, already = isPinned();
  return html`<section class="pins" aria-labelledby="scenarios-title"><h2 id="scenarios-title">${t("Scenarios")}</h2>
    <ul>${all.map((one) => html`<${Card} key=${one.letter} one=${one} />`)}</ul>
    <div class="pinning">
      <button onClick=${pinMix} disabled=${full || !pulled(state.value) || already}>${t("Pin this mix")}</button>
      ${!full && html`<${FromLibrary} />`}<span class="note">${advice(full, already)}</span>
    </div>
  </section>`;
}

/** What makes the scenarios no clean comparison.
 * @param {{all: Compared[]}} given */
function Notes({ all }) {
  const letters = list(all.filter((one) => Object.keys(one.of.assumptions).length).map((one) => one.letter));
  const fault = pinned.value.error?.message;
  return html`${letters && html`<p class="note">${t(
    "Other assumptions than the baseline: {letters}. Such a scenario differs by them as well as by policy.", { letters },
  )}</p>`}
    ${fault && html`<p class="fault">${fault}</p>`}`;
}

/** The years of the answers. */
const yearsShown = () => (answer.value.start ?? pinned.value.start)?.years ?? [];

/** @param {{all: Compared[], one: Outcome}} given */
function Panel({ all, one }) {
  const { year } = state.value, years = yearsShown();
  const found = all.flatMap((scenario) => {
    const change = changeOf(scenario, one.key);
    return change ? [{ scenario, change }] : [];
  });
  const first = found[0]?.change;
  if (!first || !years.length) return null;
  const series = found.map(({ scenario: { letter, colour }, change }) => (
    { key: letter, label: letter, values: change.mean, low: change.low, high: change.high, colour }));
  return html`<article class="panel">
    <${Lines} title=${one.title} sentence=${ranking(all, one, year)} years=${years} series=${series} unit=${first.unit}
      decimals=${first.decimals} zero=${true} mark=${year} onYear=${(/** @type {number} */ to) => set({ year: to })} />
  </article>`;
}

/** ``2035: higher: B and C; lower: A``.
 * @param {Compared[]} all @param {Outcome} outcome @param {number} year */
function ranking(all, outcome, year) {
  const found = all.map((one) => ({ letter: one.letter, word: differenceOf(one, outcome.key, year)?.word }));
  const named = (/** @type {string} */ word) => list(found.filter((one) => one.word === word).map(({ letter }) => letter));
  const said = [
    named("higher") && t("higher: {letters}", { letters: named("higher") }),
    named("lower") && t("lower: {letters}", { letters: named("lower") }),
    named("unclear") && t("no clear difference: {letters}", { letters: named("unclear") }),
  ].filter(Boolean);
  if (!said.length) return t("{year}: no intervals yet", { year });
  return t("{year}: {verdicts}", { year, verdicts: said.reduce((first, then) => t("{first}; {then}", { first, then })) });
}

/** One outcome in one year with both bands.
 * @param {{all: Compared[]}} given */
function Closer({ all }) {
  const { outcome, year } = state.value, at = yearsShown().indexOf(year);
  const one = headline.value.find(({ key }) => key === outcome) ?? headline.value[0];
  const rows = all.flatMap(({ letter, title, colour, ...rest }) => {
    const change = one && changeOf({ letter, title, colour, ...rest }, one.key);
    const value = (/** @type {import("../types").Values | null} */ values) => values?.[at] ?? null;
    return change ? [{
      key: letter, label: `${letter} ${title}`, colour, mean: value(change.mean), low: value(change.low),
      high: value(change.high), p10: value(change.p10), p90: value(change.p90), change,
    }] : [];
  });
  const first = rows[0]?.change;
  if (!one || !first || at < 0) return null;
  return html`<section class="closer" aria-labelledby="closer-title"><h2 id="closer-title">${t("One outcome, closer")}</h2>
    <div class="bar"><${Choice} label=${t("Outcome")} value=${one.key} options=${headline.value}
      change=${(/** @type {string} */ key) => set({ outcome: key })} /></div>
    <${Spread} title=${t("{outcome} in {year}", { outcome: one.title, year })} decimals=${first.decimals}
      unit=${first.unit} rows=${rows} sentence=${t("Scenarios whose dark bars overlap may not differ from each other.")} />
    <${BandKey} /></section>`;
}

export function Compare() {
  const all = compared(), shown = all.some((one) => one.side);
  const stale = answer.value.stale || pinned.value.stale, busy = answer.value.busy || pinned.value.busy;
  return html`<${Scenarios} all=${all} /><${Notes} all=${all} />
    ${all.length > 0 && !shown && html`<p class="note">${t("The first pair is being run.")}</p>`}
    ${shown && html`<div class="bar"><${YearSlider} /></div>
      <div class=${`panels compared ${stale ? "stale" : ""}`} aria-busy=${busy}>
        ${headline.value.map((one) => html`<${Panel} key=${one.key} all=${all} one=${one} />`)}</div>
      <${GoalsPanel} /><${Closer} all=${all} /><${Numbers} all=${all} />`}
    ${all.length > 1 && html`<${Differing} all=${all} />`}`;
}
