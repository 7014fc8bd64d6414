// @ts-check
/** Scenarios in one year: how well the mean is known (dark), and how far single histories lie apart (light). */
import { useState } from "../../vendor/hooks.js";
import { html } from "../html.js";
import { number, t } from "../text.js";
import { between, differenceIn, Figure, spoken } from "./figure.js";
import { rowAt, rowBand, rowName, rowsAxis, rowsPlot } from "./rows.js";
import { known, limits } from "./scale.js";

/** @typedef {import("./scale.js").Value} Value */
/**
 * @typedef {object} Row
 * @property {string} key
 * @property {string} label
 * @property {Value} mean
 * @property {Value} low
 * @property {Value} high
 * @property {Value} p10
 * @property {Value} p90
 * @property {number} [colour] 0 to 3
 */
/**
 * @typedef {object} SpreadProps
 * @property {string} title
 * @property {unknown} sentence
 * @property {Row[]} rows
 * @property {string} unit
 * @property {number} decimals
 * @property {unknown} [extra]
 */

/** @param {SpreadProps} props */
export function Spread(props) {
  const [focus, setFocus] = useState(/** @type {number | null} */ (null));
  const { rows, decimals } = props;
  /** @type {import("./rows.js").RowsPlot | undefined} */
  let plot;
  const values = rows.map(({ mean }) => (known(mean) ? number(mean, decimals, true) : "–"));
  const reading = (/** @type {number} */ at) => `${rows[at].label}: ${spoken(rows[at], decimals)} (${props.unit})`;
  const every = rows.flatMap((row) => [row.mean, row.low, row.high, row.p10, row.p90]);
  const domain = limits(every, { zero: true, least: 4 * 10 ** -decimals, count: 5 });
  /** @type {import("./figure.js").Shell} */
  const shell = {
    title: props.title,
    sentence: props.sentence,
    extra: props.extra,
    kind: "chart-spread",
    table: tableOf(props),
    count: rows.length,
    focus,
    onFocus: setFocus,
    first: 0,
    reading,
    nearest: (_, y) => rowAt(plot, y, rows.length),
    draw: (width) => {
      const found = rowsPlot(width, rows.map((row) => row.label), values, domain);
      plot = found;
      const marks = html`${rowsAxis(found, focus === null ? differenceIn(props.unit) : reading(focus), true)}
        ${rows.map((row, at) => html`<g key=${row.key}>
          ${rowName(found, at, values[at], { focused: at === focus, soft: unclear(row) })}${marksOf(found, row, at)}
        </g>`)}`;
      return { height: found.height, marks };
    },
  };
  return html`<${Figure} ...${shell} />`;
}

/** @param {Row} row */
const unclear = ({ low, high }) => !known(low) || !known(high) || (low <= 0 && high >= 0);

/** @param {import("./rows.js").RowsPlot} plot @param {Row} row @param {number} at */
function marksOf(plot, row, at) {
  if (!known(row.mean)) return null;
  return html`<g class=${`tone-${row.colour ?? 0}`}>
    ${known(row.p10) && known(row.p90) && rowBand(plot, at, row.p10, row.p90, 12, "band-outer")}
    ${known(row.low) && known(row.high) && rowBand(plot, at, row.low, row.high, 8, "band-row")}
    <circle class=${`dot ${unclear(row) ? "hollow" : ""}`} cx=${plot.x(row.mean)} cy=${plot.middle(at)} r="4.5" />
  </g>`;
}

/** @param {SpreadProps} props @returns {import("./figure.js").Table} */
function tableOf({ rows, unit, decimals }) {
  return {
    columns: [t("scenario"), unit, t("90 % interval"), t("10 to 90 % of histories")],
    rows: rows.map((row) => [
      row.label,
      known(row.mean) ? number(row.mean, decimals, true) : "–",
      between(row.low, row.high, decimals),
      between(row.p10, row.p90, decimals),
    ]),
  };
}
