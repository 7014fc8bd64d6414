// @ts-check
/** The tables of Compare: the differences in chosen years, and in what the scenarios differ. */
import { catalogue, headline } from "../catalogue.js";
import { spoken } from "../charts/figure.js";
import { changeOf, differenceOf } from "../compared.js";
import { html } from "../html.js";
import { settingRows } from "../settings_text.js";
import { state } from "../state.js";
import { number, range, t } from "../text.js";

/** @typedef {import("../compared.js").Compared} Compared @typedef {import("../types").Outcome} Outcome */

const YEARS = [2030, 2035, 2050]; // of the table, beside the one chosen

/** @param {{one: Compared}} given */
export const Letter = ({ one }) => html`<span class=${`letter tone-${one.colour}`}>${one.letter}</span>`;

/** The head of a column for each scenario.
 * @param {Compared[]} all */
const heads = (all) =>
  all.map((one) => html`<th scope="col" key=${one.letter}><${Letter} one=${one} /> ${one.title}</th>`);

/** @param {{all: Compared[]}} given */
export function Numbers({ all }) {
  const { opening_year: from = 2024, last_year: to = 2050 } = catalogue.value ?? {};
  const every = [...new Set([...YEARS, state.value.year])].sort((one, other) => one - other);
  const years = every.filter((year) => year >= from && year <= to);
  return html`<section class="figures" aria-labelledby="numbers-title">
    <h2 id="numbers-title">${t("The numbers")}</h2>
    <div class="chart-scroll wide" tabindex="0" role="group" aria-labelledby="numbers-title"><table class="numbers">
      <caption class="note">${t("Difference from the reference with its 90 % interval; grey: no clear difference")}</caption>
      <thead><tr><th scope="col">${t("Outcome")}</th><th scope="col">${t("Year")}</th>${heads(all)}</tr></thead>
      ${headline.value.map((one) => html`<${OutcomeRows} key=${one.key} outcome=${one} years=${years} all=${all} />`)}
    </table></div></section>`;
}

/** @param {{outcome: Outcome, years: number[], all: Compared[]}} given */
function OutcomeRows({ outcome, years, all }) {
  const unit = all.map((one) => changeOf(one, outcome.key)?.unit).find(Boolean) ?? "";
  return html`<tbody>${years.map((year, row) => html`<tr key=${year}>
    ${row === 0 && html`<th scope="rowgroup" rowspan=${years.length}>${outcome.title}<span class="unit">${unit}</span></th>`}
    <th scope="row" class=${year === state.value.year ? "chosen" : ""}>${year}</th>
    ${all.map((one) => html`<${Cell} key=${one.letter} of=${differenceOf(one, outcome.key, year)} />`)}
  </tr>`)}</tbody>`;
}

/** @param {{of: import("../types").Verdict | null}} given */
function Cell({ of }) {
  if (!of || of.mean === null) return html`<td>–</td>`;
  const clear = of.word === "higher" || of.word === "lower";
  const interval = of.low !== null && html`<span class="interval">${range(of.low, of.high, of.decimals)}</span>`;
  return html`<td class=${clear ? "" : "soft"} aria-label=${spoken(of, of.decimals)}>
    <strong>${number(of.mean, of.decimals, true)}</strong> ${interval}</td>`;
}

/** Levers and assumptions that are not the same in all.
 * @param {{all: Compared[]}} given */
export function Differing({ all }) {
  const lists = all.map((one) => {
    const rows = settingRows({ ...one.of.policies, ...one.of.assumptions });
    return new Map(rows.map((row) => [row.key, row]));
  });
  const every = [...new Set(lists.flatMap((rows) => [...rows.keys()]))];
  const keys = every.filter((key) => new Set(lists.map((rows) => rows.get(key)?.text ?? "")).size > 1);
  const bases = all.map((one) => one.of.base), apart = new Set(bases).size > 1;
  const none = html`<p class="note">${t("Nothing: the same levers and assumptions.")}</p>`;
  return html`<section class="figures" aria-labelledby="differing-title">
    <h2 id="differing-title">${t("What differs between them")}</h2>
    ${!keys.length && !apart ? none : html`
    <div class="chart-scroll wide" tabindex="0" role="group" aria-labelledby="differing-title"><table class="numbers">
      <thead><tr><th scope="col">${t("Lever or assumption")}</th>${heads(all)}</tr></thead>
      <tbody>
        ${apart && html`<tr><th scope="row">${t("Starts from")}</th>${bases.map(baseTitle).map(textCell)}</tr>`}
        ${keys.map((key) => {
          const row = lists.map((rows) => rows.get(key)).find(Boolean);
          const usual = row?.assumption ? t("as in the baseline") : t("as today");
          const unset = html`<span class="soft">${usual}</span>`;
          return html`<tr key=${key} class=${row?.assumption ? "assumption" : ""}>
            <th scope="row">${row?.title}</th>${lists.map((rows) => rows.get(key)?.text ?? unset).map(textCell)}</tr>`;
        })}
      </tbody>
    </table></div>`}</section>`;
}

/** @param {unknown} text @param {number} at */
const textCell = (text, at) => html`<td class="text" key=${at}>${text}</td>`;

/** @param {string} base */
function baseTitle(base) {
  const all = catalogue.value;
  const kept = all?.library.find((one) => one.name === base)?.title;
  return kept ?? all?.references.find((one) => one.key === base)?.title ?? base;
}
