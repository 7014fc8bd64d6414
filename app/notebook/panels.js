// @ts-check
/** The panels of the page within a notebook: outcomes over the years, as differences or levels, and one year to read. */
import { useState } from "../static/vendor/hooks.js";
import { render } from "../static/vendor/preact.js";
import { catalogue } from "../static/js/catalogue.js";
import { BandKey } from "../static/js/charts/figure.js";
import { Lines } from "../static/js/charts/lines.js";
import { Segments, Years } from "../static/js/choice.js";
import { html } from "../static/js/html.js";
import { brief, joined, needed, number, t, withUnit } from "../static/js/text.js";

/** @typedef {import("../static/js/types").Values} Values */
/**
 * @typedef {object} Difference of one scenario from the reference
 * @property {string} label
 * @property {import("../static/js/types").Change} change
 * @property {Record<string, import("../static/js/types").Verdict>} verdicts by year
 */
/**
 * @typedef {object} Level
 * @property {string} label
 * @property {Values} mean
 * @property {Values} low ends of the middle 80 % of single histories
 * @property {Values} high
 */
/**
 * @typedef {object} Outcome
 * @property {string} key
 * @property {string} title
 * @property {string} unit of its levels
 * @property {number} decimals
 * @property {boolean} from_zero
 * @property {Level[]} levels
 * @property {Difference[]} differences
 */
/**
 * @typedef {object} Content
 * @property {string} language
 * @property {Record<string, string>} strings
 * @property {number[]} years
 * @property {number} year that is read first
 * @property {number} reference place of the reference among the levels
 * @property {Outcome[]} outcomes
 */

const HEIGHT = 150; // pixels of a panel's chart

/** Draw the panels into an element, and take them away again.
 * @param {Content} content @param {HTMLElement} element @returns {() => void} */
export function draw(content, element) {
  const { language, strings } = content;
  catalogue.value = /** @type {any} */ ({ language, strings, outcomes: [], counting: {} });
  render(html`<${Panels} ...${content} />`, element);
  return () => render(null, element);
}

/** @param {Content} content */
function Panels({ outcomes, years, year: first, reference }) {
  const [year, setYear] = useState(first);
  const [show, setShow] = useState("difference");
  const name = outcomes[0]?.levels[reference]?.label ?? "";
  return html`<div class="bar">
      <${Segments} name="show" label=${t("What the panels show")} value=${show} change=${setShow}
        choices=${[["difference", t("Difference")], ["levels", t("Levels")]]} />
      <${Years} from=${years[0]} to=${years[years.length - 1]} year=${year} change=${setYear} />
      <p class="against">${t("Compared with: {name}", { name })}</p>
    </div>
    <div class="panels">${outcomes.map((one) => {
      const panel = { key: one.key, one, years, year, reference, change: setYear };
      return show === "difference" ? html`<${Differences} ...${panel} />` : html`<${Levels} ...${panel} />`;
    })}</div>
    ${show === "difference" && html`<${BandKey} />`}`;
}

/** @typedef {{one: Outcome, years: number[], year: number, reference: number, change: (year: number) => void}} Given */

/** @param {Given} given */
function Differences({ one, years, year, change }) {
  const [only, ...others] = one.differences, of = only?.verdicts[year];
  if (!only) return null;
  const { unit, decimals } = only.change, alone = others.length === 0;
  const series = one.differences.map(({ label, change: by }) => ({
    key: label, label: alone ? undefined : label, values: by.mean, low: by.low, high: by.high, outerLow: alone ? by.p10 : null,
    outerHigh: alone ? by.p90 : null,
  }));
  const amount = alone && html`<span class="amount">${withUnit(number(of?.mean, of?.decimals, true), unit)}</span>`;
  return html`<article class=${`panel ${alone ? (of?.word ?? "") : ""}`}>
    <${Lines} title=${one.title} extra=${amount} years=${years} unit=${unit} decimals=${decimals} zero=${true} mark=${year} onYear=${change}
      height=${HEIGHT} series=${series} sentence=${alone ? joined([brief(of, unit), needed(of)]) : ""} /></article>`;
}

/** @param {Given} given */
function Levels({ one, years, year, reference, change }) {
  const series = one.levels.map(({ label, mean, low, high }, at) => ({
    key: label, label, values: mean, outerLow: low, outerHigh: high, dashed: at === reference, colour: at === reference ? 4 : undefined,
  }));
  return html`<article class="panel"><${Lines} title=${one.title} years=${years} unit=${one.unit} decimals=${one.decimals}
    fromZero=${one.from_zero} mark=${year} onYear=${change} height=${HEIGHT} series=${series} sentence="" /></article>`;
}
