// @ts-check
/** Who gains, who loses: one measure for every group of one kind, in one year. */
import { answer } from "../answers.js";
import { catalogue } from "../catalogue.js";
import { Bars } from "../charts/bars.js";
import { Choice, Segments } from "../choice.js";
import { groupMessage, missing } from "../group_message.js";
import { html } from "../html.js";
import { pulled, set, state } from "../state.js";
import { joined, t } from "../text.js";
import { YearSlider } from "./what_if.js";

/** @typedef {import("../types").Measure} Measure @typedef {import("../types").GroupDifference} Row */

const OWN_ORDER = ["deciles", "firm_sizes", "regions", "screened"]; // have an order of their own; the others are sorted

/** @param {string} table */
function tableTitle(table) {
  const titles = {
    deciles: t("By income"), occupations: t("By occupation"), sectors: t("By sector"), firm_sizes: t("By size of firm"),
    regions: t("By region"), screened: t("By exposure to screening"),
  };
  return titles[/** @type {keyof typeof titles} */ (table)] ?? table;
}

/** Kinds of groups to choose from, each with its first measure; a click on one is all that is needed to see it. */
function Kinds() {
  const all = catalogue.value?.measures ?? [], now = chosen()?.table ?? "";
  const tables = [...new Set(all.map((one) => one.table))];
  const change = (/** @type {string} */ table) => set({ measure: all.find((one) => one.table === table)?.key ?? "" });
  return html`<${Segments} name="kind" label=${t("Groups")} value=${now} change=${change}
    choices=${tables.map((table) => [table, tableTitle(table)])} />`;
}

/** The measure chosen, else the first. */
function chosen() {
  const all = catalogue.value?.measures ?? [];
  return all.find((one) => one.key === state.value.measure) ?? all[0];
}

/** Whether the groups are sorted by their difference.
 * @param {Measure} measure */
const sorted = (measure) => (state.value.order || (OWN_ORDER.includes(measure.table) ? "own" : "size")) === "size";

/**
 * Groups in the order asked for; those too small to read come last when sorted.
 * @param {Row[]} rows @param {boolean} bySize
 */
export function ordered(rows, bySize) {
  if (!bySize) return rows;
  const place = (/** @type {Row} */ row) => row.mean ?? -Infinity;
  return [...rows].sort((one, other) => Number(one.small) - Number(other.small) || place(other) - place(one));
}

function Bar() {
  const measure = chosen(), all = catalogue.value?.measures ?? [];
  if (!measure) return null;
  return html`<div class="bar"><${Kinds} />
    <${Choice} label=${t("Measure")} value=${measure.key} change=${(/** @type {string} */ key) => set({ measure: key })}
      options=${all.map(({ key, title, table }) => ({ key, title, group: tableTitle(table) }))} />
    <${Segments} name="order" label=${t("Order of the groups")} value=${sorted(measure) ? "size" : "own"}
      change=${(/** @type {string} */ order) => set({ order })} choices=${[["size", t("Sorted")], ["own", t("In order")]]} />
    <${YearSlider} />
  </div>`;
}

/** @param {{measure: Measure, rows: Row[]}} given */
function Groups({ measure, rows }) {
  const { year } = state.value, titles = catalogue.value?.group_titles[measure.table] ?? {};
  const small = rows.filter((row) => row.small).length;
  const reference = answer.value.start?.scenarios[0]?.title ?? "";
  const notes = [
    t("Dot: mean of the pairs. Bar: 90 % interval of that mean; a hollow dot has an interval that holds zero."),
    measure.better && t("Blue gains, orange loses."),
    missing(rows.length - small),
    measure.table === "regions" && t("Regions are alike but for random draws, so that they neither gain nor lose."),
  ];
  return html`<div class=${`groups ${answer.value.stale ? "stale" : ""}`} aria-busy=${answer.value.busy}>
    <${Bars} title=${groupMessage(measure, rows, titles, year)} better=${measure.better} decimals=${1}
      sentence=${t("{title} in {year}, compared with: {reference}", { title: measure.title, year, reference })}
      unit=${measure.relative ? t("per cent") : t("percentage points")}
      rows=${ordered(rows, sorted(measure)).map((row) => ({ ...row, key: row.group, label: titles[row.group] ?? row.group }))} />
    <p class="note">${joined(notes)}</p>
  </div>`;
}

export function Who() {
  const measure = chosen(), now = answer.value;
  if (!pulled(state.value)) {
    const said = t("Who gains and who loses shows once a policy is moved.");
    return html`<div class="answer"><p class="lead-sentence">${said}</p></div>`;
  }
  const rows = measure && now.update?.groups?.[1]?.[measure.key];
  const none = now.update?.groups ? t("This year has no values of this measure.") : t("The first pair is being run.");
  return html`<${Bar} />
    ${measure && rows?.length ? html`<${Groups} measure=${measure} rows=${rows} />` : html`<p class="note">${none}</p>`}`;
}
