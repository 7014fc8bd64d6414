// @ts-check
/** Compare: up to four scenarios on the same axes, in one table, and what differs between them. */
import { answer, pinned } from "../answers.js";
import { catalogue, headline } from "../catalogue.js";
import { BandKey, spoken } from "../charts/figure.js";
import { Lines } from "../charts/lines.js";
import { Spread } from "../charts/spread.js";
import { changeOf, compared, differenceOf, MOST_PINS, openPin, pinEntry, pinMix, removePin, renamePin } from "../compared.js";
import { html } from "../html.js";
import { settingRows } from "../settings_text.js";
import { pulled, same, set, state } from "../state.js";
import { number, range, t } from "../text.js";
import { YearSlider } from "./what_if.js";

/** @typedef {import("../compared.js").Compared} Compared @typedef {import("../types").Outcome} Outcome */

const YEARS = [2030, 2035, 2050]; // of the table, beside the one chosen

/** @param {{one: Compared}} given */
const Letter = ({ one }) => html`<span class=${`letter tone-${one.colour}`}>${one.letter}</span>`;

/** @param {{one: Compared}} given */
function Card({ one }) {
  const { pin } = one;
  if (pin === null) return html`<li class=${`pin tone-${one.colour}`}><${Letter} one=${one} /><span class="pin-name">${one.title}</span>
    <span class="pin-note">${t("on this page")}</span></li>`;
  return html`<li class=${`pin tone-${one.colour}`}><${Letter} one=${one} />
    <input class="pin-name" aria-label=${t("Name of scenario {letter}", { letter: one.letter })} value=${one.title} maxlength="40"
      onChange=${(/** @type {any} */ event) => { renamePin(pin, event.target.value); event.target.value = state.value.pins[pin]?.title ?? ""; }} />
    <span class="pin-tools"><button class="quiet" onClick=${() => openPin(pin)} aria-label=${t("Open {name}", { name: one.title })}>${t("Open")}</button>
    <button class="quiet" onClick=${() => removePin(pin)} aria-label=${t("Remove {name}", { name: one.title })}>${t("Remove")}</button></span></li>`;
}

/** Scenarios of the library that can be pinned; the references are what all are compared with. */
function FromLibrary() {
  const references = new Set((catalogue.value?.references ?? []).map((one) => one.key));
  const found = (catalogue.value?.library ?? []).filter((one) => !references.has(one.name));
  return html`<label class="choice"><span>${t("or one of the library")}</span>
    <select value="" onChange=${(/** @type {any} */ event) => {
      const entry = found.find((one) => one.name === event.target.value);
      event.target.value = "";
      if (entry) pinEntry(entry);
    }}><option value="">${t("Choose")}</option>
      ${found.map((one) => html`<option value=${one.name} key=${one.name}>${one.title}</option>`)}</select></label>`;
}

/** @param {{all: Compared[]}} given */
function Scenarios({ all }) {
  const full = state.value.pins.length >= MOST_PINS, here = pulled(state.value);
  const { policies, assumptions, base } = state.value;
  const already = state.value.pins.some((one) => same([one.base, one.policies, one.assumptions], [base, policies, assumptions]));
  return html`<section class="pins" aria-labelledby="scenarios-title"><h2 id="scenarios-title">${t("Scenarios")}</h2>
    <ul>${all.map((one) => html`<${Card} key=${one.letter} one=${one} />`)}</ul>
    <div class="pinning"><button onClick=${pinMix} disabled=${full || !here || already}>${t("Pin this mix")}</button>${!full && html`<${FromLibrary} />`}
      <span class="note">${full ? t("Three are pinned; remove one to pin another.")
        : !here ? t("Move a policy, then pin the mix to keep it beside the next one.")
          : already ? t("This mix is pinned. Change it to compare another with it.") : t("A pinned mix stays while you go on changing the policies.")}</span></div>
  </section>`;
}

/** What makes the scenarios no clean comparison. @param {{all: Compared[]}} given */
function Notes({ all }) {
  const own = all.filter((one) => Object.keys(one.of.assumptions).length).map((one) => one.letter);
  const fault = pinned.value.error?.message;
  return html`${own.length > 0 && html`<p class="note">${t("Other assumptions than the baseline: {letters}. Such a scenario differs by them as well as by policy.", { letters: own.join(", ") })}</p>`}
    ${fault && html`<p class="fault">${fault}</p>`}`;
}

/** @param {{all: Compared[], one: Outcome}} given */
function Panel({ all, one }) {
  const found = all.map((scenario) => ({ scenario, change: changeOf(scenario, one.key) }));
  const first = found.find(({ change }) => change)?.change, { year } = state.value;
  const years = (answer.value.start ?? pinned.value.start)?.years;
  if (!first || !years) return null;
  const series = found.flatMap(({ scenario, change }) => (change ? [{
    key: scenario.letter, label: scenario.letter, values: change.mean, low: change.low, high: change.high, colour: scenario.colour,
  }] : []));
  return html`<article class="panel"><${Lines} title=${one.title} sentence=${ranking(all, one, year)} years=${years} series=${series} unit=${first.unit}
    decimals=${first.decimals} zero=${true} mark=${year} /></article>`;
}

/**
 * ``Highest: B; lowest: C`` among those that are clear.
 * @param {Compared[]} all @param {Outcome} outcome @param {number} year
 */
function ranking(all, outcome, year) {
  const found = all.map((one) => ({ letter: one.letter, of: differenceOf(one, outcome.key, year) })).filter(({ of }) => of && of.mean !== null);
  const named = (/** @type {string} */ word) => found.filter(({ of }) => of?.word === word).map(({ letter }) => letter).join(", ");
  const said = [
    named("higher") && t("higher: {letters}", { letters: named("higher") }),
    named("lower") && t("lower: {letters}", { letters: named("lower") }),
    named("unclear") && t("no clear difference: {letters}", { letters: named("unclear") }),
  ].filter(Boolean);
  return said.length ? t("{year}: {verdicts}", { year, verdicts: said.join("; ") }) : t("{year}: no intervals yet", { year });
}

/** One outcome in one year with both bands. @param {{all: Compared[]}} given */
function Closer({ all }) {
  const { outcome, year } = state.value, years = (answer.value.start ?? pinned.value.start)?.years ?? [];
  const one = headline.value.find(({ key }) => key === outcome) ?? headline.value[0], at = years.indexOf(year);
  const rows = all.flatMap((scenario) => {
    const change = one && changeOf(scenario, one.key);
    return change ? [{ scenario, change }] : [];
  });
  const first = rows[0];
  if (!one || !first || at < 0) return null;
  return html`<section class="closer" aria-labelledby="closer-title"><h2 id="closer-title">${t("One outcome, closer")}</h2>
    <div class="bar"><label class="choice"><span>${t("Outcome")}</span>
      <select value=${one.key} onChange=${(/** @type {any} */ event) => set({ outcome: event.target.value })}>
        ${headline.value.map(({ key, title }) => html`<option value=${key} key=${key} selected=${key === one.key}>${title}</option>`)}</select></label></div>
    <${Spread} title=${t("{outcome} in {year}", { outcome: one.title, year })} decimals=${first.change.decimals} unit=${first.change.unit}
      sentence=${t("Scenarios whose dark bars overlap may not differ from each other.")}
      rows=${rows.map(({ scenario, change }) => ({
        key: scenario.letter, label: `${scenario.letter} ${scenario.title}`, colour: scenario.colour, mean: change.mean[at],
        low: change.low?.[at], high: change.high?.[at], p10: change.p10[at], p90: change.p90[at],
      }))} /><${BandKey} /></section>`;
}

/** @param {{all: Compared[]}} given */
function Numbers({ all }) {
  const { opening_year: from = 2024, last_year: to = 2050 } = catalogue.value ?? {};
  const years = [...new Set([...YEARS, state.value.year])].filter((year) => year >= from && year <= to).sort((a, b) => a - b);
  return html`<section class="figures" aria-labelledby="numbers-title"><h2 id="numbers-title">${t("The numbers")}</h2>
    <div class="chart-scroll wide" tabindex="0" role="group" aria-labelledby="numbers-title"><table class="numbers">
      <caption class="note">${t("Difference from the reference with its 90 % interval; grey: no clear difference")}</caption>
      <thead><tr><th scope="col">${t("Outcome")}</th><th scope="col">${t("Year")}</th>
        ${all.map((one) => html`<th scope="col" key=${one.letter}><${Letter} one=${one} /> ${one.title}</th>`)}</tr></thead>
      ${headline.value.map((outcome) => html`<tbody key=${outcome.key}>${years.map((year, row) => html`<tr key=${year}>
        ${row === 0 && html`<th scope="rowgroup" rowspan=${years.length}>${outcome.title}<span class="unit">${unitOf(all, outcome.key)}</span></th>`}
        <th scope="row" class=${year === state.value.year ? "chosen" : ""}>${year}</th>
        ${all.map((one) => html`<${Cell} key=${one.letter} of=${differenceOf(one, outcome.key, year)} />`)}</tr>`)}</tbody>`)}
    </table></div></section>`;
}

/** @param {Compared[]} all @param {string} outcome */
const unitOf = (all, outcome) => all.map((one) => changeOf(one, outcome)?.unit).find(Boolean) ?? "";

/** @param {{of: import("../types").Verdict | null}} given */
function Cell({ of }) {
  if (!of || of.mean === null) return html`<td>–</td>`;
  const clear = of.word === "higher" || of.word === "lower";
  return html`<td class=${clear ? "" : "soft"} aria-label=${spoken(of, of.decimals)}><strong>${number(of.mean, of.decimals, true)}</strong>
    ${of.low !== null && html`<span class="interval">${range(of.low, of.high, of.decimals)}</span>`}</td>`;
}

/** Levers and assumptions that are not the same in all. @param {{all: Compared[]}} given */
function Differing({ all }) {
  const lists = all.map((one) => new Map(settingRows({ ...one.of.policies, ...one.of.assumptions }).map((row) => [row.key, row])));
  const keys = [...new Set(lists.flatMap((rows) => [...rows.keys()]))].filter((key) => new Set(lists.map((rows) => rows.get(key)?.text ?? "")).size > 1);
  const bases = new Set(all.map((one) => one.of.base));
  if (all.length < 2) return null;
  return html`<section class="figures" aria-labelledby="differing-title"><h2 id="differing-title">${t("What differs between them")}</h2>
    ${!keys.length && bases.size < 2 ? html`<p class="note">${t("Nothing: the same levers and assumptions.")}</p>` : html`
    <div class="chart-scroll wide" tabindex="0" role="group" aria-labelledby="differing-title"><table class="numbers">
      <thead><tr><th scope="col">${t("Lever or assumption")}</th>${all.map((one) => html`<th scope="col" key=${one.letter}><${Letter} one=${one} /> ${one.title}</th>`)}</tr></thead>
      <tbody>${bases.size > 1 && html`<tr><th scope="row">${t("Starts from")}</th>${all.map((one) => html`<td class="text" key=${one.letter}>${baseTitle(one.of.base)}</td>`)}</tr>`}
        ${keys.map((key) => {
          const row = lists.map((rows) => rows.get(key)).find(Boolean);
          return html`<tr key=${key} class=${row?.assumption ? "assumption" : ""}><th scope="row">${row?.title}</th>
            ${lists.map((rows, at) => html`<td class="text" key=${at}>${rows.get(key)?.text ?? html`<span class="soft">${row?.assumption ? t("as in the baseline") : t("as today")}</span>`}</td>`)}</tr>`;
        })}</tbody>
    </table></div>`}</section>`;
}

/** @param {string} base */
function baseTitle(base) {
  const all = catalogue.value;
  return all?.library.find((one) => one.name === base)?.title ?? all?.references.find((one) => one.key === base)?.title ?? base;
}

export function Compare() {
  const all = compared(), shown = all.some((one) => one.side);
  const stale = answer.value.stale || pinned.value.stale;
  return html`<${Scenarios} all=${all} /><${Notes} all=${all} />
    ${all.length > 0 && !shown && html`<p class="note">${t("The first pair is being run.")}</p>`}
    ${shown && html`<div class="bar"><${YearSlider} /></div>
      <div class=${`panels compared ${stale ? "stale" : ""}`} aria-busy=${answer.value.busy || pinned.value.busy}>
        ${headline.value.map((one) => html`<${Panel} key=${one.key} all=${all} one=${one} />`)}</div>
      <${Closer} all=${all} /><${Numbers} all=${all} />`}
    <${Differing} all=${all} />`;
}
