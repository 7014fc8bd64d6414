// @ts-check
/** Groups by their difference: a dot with its 90 % interval, hollow where that holds zero. */
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
 * @property {string} word higher, lower, unclear, same or one_pair
 * @property {boolean} [small] too few of them at this precision to be read
 */
/**
 * @typedef {object} BarsProps
 * @property {string} title
 * @property {unknown} sentence
 * @property {Row[]} rows
 * @property {string} unit
 * @property {number} decimals
 * @property {number} [better] 1: more is a gain, -1: more is a loss, 0: neither
 * @property {unknown} [extra]
 */
const MOST_REACH = 2.5; // of the means: how far an interval may stretch the axis
const THICK = 8;

/** @param {BarsProps} props */
export function Bars(props) {
  const [focus, setFocus] = useState(/** @type {number | null} */ (null));
  const { rows, decimals } = props;
  /** @type {import("./rows.js").RowsPlot | undefined} */
  let plot;
  const reading = (/** @type {number} */ at) =>
    `${rows[at].label}: ${rows[at].small ? tooFew() : `${spoken(rows[at], decimals)}, ${wordOf(rows[at].word)}`}`;
  const values = rows.map((row) => (row.small || !known(row.mean) ? "" : number(row.mean, decimals, true)));
  /** @type {import("./figure.js").Shell} */
  const shell = {
    title: props.title,
    sentence: props.sentence,
    extra: props.extra,
    kind: "chart-bars",
    table: tableOf(props),
    count: rows.length,
    focus,
    onFocus: setFocus,
    first: 0,
    reading,
    nearest: (_, y) => rowAt(plot, y, rows.length),
    draw: (width) => {
      const found = rowsPlot(width, rows.map((row) => row.label), values, domainOf(rows, decimals));
      plot = found;
      const marks = html`${rowsAxis(found, focus === null ? differenceIn(props.unit) : reading(focus), true)}
        ${rows.map((row, at) => html`<g key=${row.key}>
          ${rowName(found, at, values[at], { focused: at === focus, soft: unclear(row) })}
          ${marksOf(found, row, at, props.better ?? 0)}
        </g>`)}`;
      return { height: found.height, marks };
    },
  };
  return html`<${Figure} ...${shell} />`;
}

/** @param {Row} row */
const unclear = (row) => row.word !== "higher" && row.word !== "lower";

/**
 * An axis for what can be read: means and intervals, but no interval far beyond all means.
 * @param {Row[]} rows
 * @param {number} decimals
 */
export function domainOf(rows, decimals) {
  const read = rows.filter((row) => !row.small && known(row.mean));
  const reach = MOST_REACH * Math.max(...read.map((row) => Math.abs(row.mean ?? 0)), 2 * 10 ** -decimals);
  const ends = read.flatMap((row) => [row.low, row.high]).filter(known);
  const held = ends.map((value) => Math.max(-reach, Math.min(reach, value)));
  return limits([...read.map((row) => row.mean), ...held], { zero: true, least: 4 * 10 ** -decimals, count: 5 });
}

/** @param {import("./rows.js").RowsPlot} plot @param {Row} row @param {number} at @param {number} better */
function marksOf(plot, row, at, better) {
  const y = plot.middle(at);
  if (row.small || !known(row.mean)) return note(plot, at, row.small ? tooFew() : t("no value"));
  const good = better * row.mean;
  const tone = unclear(row) ? "tone-unclear" : good > 0 ? "tone-gain" : good < 0 ? "tone-loss" : "tone-0";
  const [zero, x] = [plot.x(0), plot.x(row.mean)];
  return html`<g class=${tone}>
    <line class="stem" x1=${zero} x2=${x} y1=${y} y2=${y} />
    ${known(row.low) && known(row.high) && rowBand(plot, at, row.low, row.high, THICK, "band-row")}
    <circle class=${`dot ${unclear(row) ? "hollow" : ""}`} cx=${x} cy=${y} r="4.5" />
  </g>`;
}

/**
 * A remark in place of the marks, on the side of zero with more room.
 * @param {import("./rows.js").RowsPlot} plot
 * @param {number} at
 * @param {string} text
 */
function note(plot, at, text) {
  const after = plot.right - plot.x(0) >= plot.x(0) - plot.left;
  return html`<text class="chart-note" x=${plot.x(0) + (after ? 6 : -6)} y=${plot.middle(at) + 4}
    text-anchor=${after ? "start" : "end"}>${text}</text>`;
}

const tooFew = () => t("too few at this precision");

/** @param {string} word */
export function wordOf(word) {
  const words = {
    higher: t("higher"), lower: t("lower"), unclear: t("no clear difference"), same: t("the same"),
    one_pair: t("one pair, not known how sure"),
  };
  return words[/** @type {keyof typeof words} */ (word)] ?? word;
}

/** @param {BarsProps} props @returns {import("./figure.js").Table} */
function tableOf({ rows, unit, decimals }) {
  return {
    columns: [t("group"), unit, t("90 % interval"), t("verdict")],
    rows: rows.map((row) => [
      row.label,
      known(row.mean) ? number(row.mean, decimals, true) : "–",
      between(row.low, row.high, decimals),
      row.small ? tooFew() : wordOf(row.word),
    ]),
  };
}
