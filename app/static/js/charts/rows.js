// @ts-check
/** Charts of rows: names on the left, or above on a narrow screen, a number on the right, one axis over all. */
import { html } from "../html.js";
import { number } from "../text.js";
import { linear, textWidth, ticks, wrapped } from "./scale.js";

/** @typedef {import("./scale.js").Value} Value */
/**
 * @typedef {object} RowsPlot
 * @property {number} width
 * @property {number} height
 * @property {boolean} narrow names stand above their rows
 * @property {number} left
 * @property {number} right
 * @property {number} top
 * @property {number} row height of a row
 * @property {(value: number) => number} x
 * @property {(at: number) => number} middle of a row's marks
 * @property {readonly number[]} domain its ends
 * @property {ReturnType<typeof ticks>} ticks
 * @property {string[][]} names
 */
export const SIZE = 12;
const NARROW = 460;
const WIDEST_NAME = 0.36; // of the chart
const TOP = 40; // pixels for the unit and the numbers of the axis
const TICK_PIXELS = 70;
const ROW = { wide: 24, narrow: 38 };

/**
 * @param {number} width
 * @param {string[]} labels
 * @param {string[]} values the numbers on the right
 * @param {readonly [number, number, ...number[]]} domain its ends
 * @returns {RowsPlot}
 */
export function rowsPlot(width, labels, values, domain) {
  const narrow = width < NARROW;
  const room = WIDEST_NAME * width;
  const names = labels.map((label) => (narrow ? wrapped(label, SIZE, width * 0.72, 1) : wrapped(label, SIZE, room, 2)));
  const widest = Math.max(...names.flat().map((line) => textWidth(line, SIZE)), 0);
  const left = narrow ? 8 : Math.ceil(Math.min(widest, room)) + 16;
  const beside = Math.max(...values.map((text) => textWidth(text, SIZE)), 0) + 12;
  const right = width - (narrow ? 10 : Math.ceil(beside));
  const two = names.some((lines) => lines.length > 1);
  const row = narrow ? ROW.narrow : ROW.wide + (two ? 8 : 0);
  const x = linear([domain[0], domain[1]], [left, right]);
  const count = Math.max(2, Math.min(6, Math.floor((right - left) / TICK_PIXELS)));
  return {
    width, height: TOP + row * labels.length + 8, narrow, left, right, top: TOP, row, x, domain, names,
    middle: (at) => TOP + row * at + (narrow ? 25 : row / 2),
    ticks: ticks(domain[0], domain[1], count),
  };
}

/** The row below a pointer.
 * @param {RowsPlot | undefined} plot @param {number} y @param {number} count */
export function rowAt(plot, y, count) {
  if (!plot) return null;
  const at = Math.floor((y - plot.top) / plot.row);
  return at >= 0 && at < count ? at : null;
}

/** Unit, numbers and lines of the axis.
 * @param {RowsPlot} plot @param {string} unit @param {boolean} signed */
export function rowsAxis(plot, unit, signed) {
  const { x, ticks: marks, top } = plot;
  return html`<g class="chart-axis">
    <text class="chart-unit" x="0" y="12">${unit}</text>
    ${marks.values.map(
      (value) => html`<g key=${value}>
        <path class=${value === 0 ? "zero" : "grid"} d=${upright(plot, x(value))} />
        <text x=${x(value)} y=${top - 10} text-anchor=${anchorAt(plot, value)}>${number(value, marks.decimals, signed)}</text>
      </g>`,
    )}
  </g>`;
}

/** A line over all rows; where names stand above their rows, it leaves them out.
 * @param {RowsPlot} plot @param {number} x */
function upright(plot, x) {
  if (!plot.narrow) return `M${x} ${plot.top - 4}V${plot.height - 4}`;
  return plot.names.map((_, at) => `M${x} ${plot.middle(at) - 9}V${plot.middle(at) + 12}`).join("");
}

/** Numbers at the edges of a narrow screen stay on it.
 * @param {RowsPlot} plot @param {number} value */
function anchorAt(plot, value) {
  if (plot.narrow && plot.x(value) > plot.right - 8) return "end";
  return plot.narrow && plot.x(value) < 16 ? "start" : "middle";
}

/**
 * Name and number of a row, and a ground behind the one that is read.
 * @param {RowsPlot} plot
 * @param {number} at
 * @param {string} value
 * @param {{focused?: boolean, strong?: boolean, soft?: boolean}} look
 */
export function rowName(plot, at, value, { focused = false, strong = false, soft = false }) {
  const y = plot.narrow ? plot.top + plot.row * at + 12 : plot.middle(at) + 4;
  const lines = plot.names[at];
  const start = y - (plot.narrow ? 0 : (lines.length - 1) * 7);
  const [x, anchor] = plot.narrow ? [0, "start"] : [plot.left - 12, "end"];
  const look = `chart-value ${strong ? "strong" : ""} ${soft ? "soft" : ""}`;
  const ground = html`<rect class="row-focus" x="0" y=${plot.top + plot.row * at} width=${plot.width} height=${plot.row} />`;
  return html`${focused && ground}
    <text class=${`chart-name ${strong ? "strong" : ""}`} y=${start} text-anchor=${anchor}>
      ${lines.map((line, row) => html`<tspan x=${x} dy=${row ? 14 : 0}>${line}</tspan>`)}
    </text>
    <text class=${look} x=${plot.width - 2} y=${y} text-anchor="end">${value}</text>`;
}

/**
 * A bar between two values, cut at the edges of the axis; an arrow says that it goes on.
 * @param {RowsPlot} plot
 * @param {number} at
 * @param {number} low
 * @param {number} high
 * @param {number} thick
 * @param {string} name
 */
export function rowBand(plot, at, low, high, thick, name) {
  const [from, to] = [Math.max(low, plot.domain[0]), Math.min(high, plot.domain[1])];
  if (from > to) return null;
  const y = plot.middle(at);
  const arrow = (/** @type {number} */ x, /** @type {number} */ way) =>
    html`<path class="cut" d=${`M${x} ${y - 4}L${x + 5 * way} ${y}L${x} ${y + 4}`} />`;
  const width = Math.max(plot.x(to) - plot.x(from), 1);
  return html`<rect class=${name} x=${plot.x(from)} y=${y - thick / 2} width=${width} height=${thick} rx=${thick / 4} />
    ${low < plot.domain[0] && arrow(plot.x(from), -1)}${high > plot.domain[1] && arrow(plot.x(to), 1)}`;
}
