// @ts-check
/** Lines over years with two bands: dark is the interval of the mean, light the range of single histories. */
import { useState } from "../../vendor/hooks.js";
import { html } from "../html.js";
import { number, t } from "../text.js";
import { between, differenceIn, Figure, spoken } from "./figure.js";
import { bandPath, known, limits, linear, linePath, spreadOut, textWidth, ticks, wrapped, yearTicks } from "./scale.js";

/** @typedef {import("./scale.js").Value} Value */
/**
 * @typedef {object} Series
 * @property {string} key
 * @property {string} [label] written at the end of the line; needed where there are several
 * @property {Value[]} values
 * @property {Value[] | null} [low] ends of the 90 % interval of the mean
 * @property {Value[] | null} [high]
 * @property {Value[] | null} [outerLow] ends of the middle 80 % of single histories
 * @property {Value[] | null} [outerHigh]
 * @property {boolean} [dashed]
 * @property {number} [colour] 0 to 3, its place among the series by default; 4 is grey
 */
/**
 * @typedef {object} LinesProps
 * @property {string} title
 * @property {unknown} sentence
 * @property {number[]} years
 * @property {Series[]} series
 * @property {string} unit
 * @property {number} decimals
 * @property {boolean} [zero] differences: signed, with a line at zero, hollow where the interval holds it
 * @property {boolean} [fromZero]
 * @property {number} [mark] a year to mark
 * @property {number} [height]
 * @property {number} [least] least span of the axis
 * @property {Value[]} [hold] further values that the axis must hold, so that charts side by side share it
 * @property {(year: number) => void} [onYear] a year is chosen in the chart
 * @property {unknown} [extra]
 */
/**
 * @typedef {object} Plot
 * @property {number} width
 * @property {number} height
 * @property {number} left
 * @property {number} right
 * @property {number} top
 * @property {number} bottom
 * @property {(year: number) => number} x
 * @property {(value: number) => number} y
 * @property {ReturnType<typeof ticks>} ticks
 */
const SIZE = 12; // pixels of the letters
const LINE = 14; // pixels from one line of letters to the next
const TOP = 26; // pixels for the unit, and for what is read
const BELOW = 22;
const TICKS = 4; // about
const WIDEST_LABEL = 0.3; // of the chart

/** @param {LinesProps} props */
export function Lines(props) {
  const [focus, setFocus] = useState(/** @type {number | null} */ (null));
  const { years, series, zero = false, decimals } = props;
  const marked = Math.max(years.indexOf(props.mark ?? years[years.length - 1]), 0);
  /** @type {Plot | undefined} */
  let plot;
  /** @type {import("./figure.js").Shell} */
  const shell = {
    title: props.title,
    sentence: props.sentence,
    extra: props.extra,
    kind: "chart-lines",
    table: tableOf(props),
    count: years.length,
    focus,
    onFocus: setFocus,
    onChoose: props.onYear && ((at) => props.onYear?.(/** @type {number} */ (years[at]))),
    first: marked,
    reading: (at) => {
      const each = series.map((one) => spoken(pointOf(one, at), decimals, zero));
      const named = each.map((text, place) => (series.length > 1 ? `${series[place].label}: ${text}` : text));
      return `${years[at]}: ${named.join("; ")} (${props.unit})`;
    },
    nearest: (x) => {
      if (!plot || x < plot.left - 20) return null;
      const { x: across } = plot;
      return years.reduce((best, year, at) => (Math.abs(across(year) - x) < Math.abs(across(years[best]) - x) ? at : best), 0);
    },
    draw: (width) => {
      plot = plotOf(props, width);
      return { height: plot.height, marks: drawn(props, plot, marked, focus) };
    },
  };
  return html`<${Figure} ...${shell} />`;
}

/** @param {Series} one @param {number} at */
const pointOf = (one, at) => ({ mean: one.values[at], low: one.low?.[at], high: one.high?.[at] });

/** Lines of text at the end of a series.
 * @param {LinesProps} props @param {Series} one @param {number} width */
function endText(props, one, width) {
  const last = [...one.values].reverse().find(known);
  const value = known(last) ? number(last, props.decimals, props.zero) : "";
  if (!one.label) return [value];
  if (textWidth(`${one.label} ${value}`, SIZE) <= WIDEST_LABEL * width * 0.6) return [`${one.label} ${value}`.trim()];
  return [...wrapped(one.label, SIZE, WIDEST_LABEL * width, 2), ...(value ? [value] : [])];
}

/** @param {LinesProps} props @param {number} width @returns {Plot} */
function plotOf(props, width) {
  const { series, years, zero = false } = props;
  const all = series.flatMap((one) => [one.values, one.low, one.high, one.outerLow, one.outerHigh].flatMap((v) => v ?? []));
  const least = props.least ?? 4 * 10 ** -props.decimals;
  const [low, high, step] = limits([...all, ...(props.hold ?? [])], { zero: zero || props.fromZero, least, count: TICKS });
  const marks = ticks(low, high, TICKS, step);
  const height = props.height ?? Math.round(Math.max(170, Math.min(260, width * 0.55)));
  const widest = Math.max(...marks.values.map((value) => textWidth(number(value, marks.decimals, zero), SIZE)));
  const ends = series.flatMap((one) => endText(props, one, width)).map((text) => textWidth(text, SIZE) * 1.06);
  const left = Math.ceil(widest) + 8;
  const right = width - Math.ceil(Math.max(14, ...ends)) - 10;
  const top = TOP;
  const bottom = height - BELOW;
  const x = linear([years[0], years[years.length - 1]], [left + 2, Math.max(right, left + 40)]);
  return { width, height, left, right, top, bottom, x, y: linear([low, high], [bottom, top + 4]), ticks: marks };
}

/** @param {LinesProps} props @param {Plot} plot @param {number} marked @param {number | null} focus */
function drawn(props, plot, marked, focus) {
  const { years, series, zero } = props;
  const { left, right, top, bottom, x, y } = plot;
  const across = years.map(x);
  const read = focus !== null && series.length === 1 ? readout(props, focus) : "";
  const line = x(years[focus ?? marked]);
  const shown = focus !== null || props.mark !== undefined;
  return html`<g class="chart-axis">
      <text class="chart-unit" x="0" y="12">${read || (zero ? differenceIn(props.unit) : props.unit)}</text>
      ${plot.ticks.values.map(
        (value) => html`<g key=${value}>
          <line class=${zero && value === 0 ? "zero" : "grid"} x1=${left} x2=${right} y1=${y(value)} y2=${y(value)} />
          <text x=${left - 6} y=${y(value) + 4} text-anchor="end">${number(value, plot.ticks.decimals, zero)}</text>
        </g>`,
      )}
      <line class="base" x1=${left} x2=${right} y1=${bottom} y2=${bottom} />
    </g>
    ${series.map((one, at) => bands(one, at, across, y))}
    ${shown && html`<line class="mark" x1=${line} x2=${line} y1=${top} y2=${bottom} />`}
    ${series.map((one, at) => stroke(one, at, across, y))}
    ${shown && series.map((one, at) => dot(props, one, at, focus ?? marked, line, y))}
    ${focus !== null && series.length > 1 && readings(props, plot, focus, line)}
    ${yearLabels(props, plot, focus ?? (props.mark === undefined ? null : marked))}
    ${endLabels(props, plot)}`;
}

/** @param {LinesProps} props @param {number} at */
function readout(props, at) {
  const { mean, low, high } = pointOf(props.series[0], at);
  if (!known(mean)) return `${props.years[at]}: ${t("no value")}`;
  const ends = known(low) && known(high) ? ` (${between(low, high, props.decimals, props.zero)})` : "";
  return `${props.years[at]}: ${number(mean, props.decimals, props.zero)}${ends}`;
}

/** @param {Series} one @param {number} at */
const tone = (one, at) => `tone-${one.colour ?? at}`;

/** @param {Series} one @param {number} at @param {number[]} across @param {(value: number) => number} y */
function bands(one, at, across, y) {
  const down = (/** @type {Value[] | null | undefined} */ values) =>
    (values ?? []).map((value) => (known(value) ? y(value) : null));
  return html`<g class=${tone(one, at)} key=${`band ${one.key}`}>
    <path class="band-outer" d=${bandPath(across, down(one.outerLow), down(one.outerHigh))} />
    <path class="band-inner" d=${bandPath(across, down(one.low), down(one.high))} />
  </g>`;
}

/** @param {Series} one @param {number} at @param {number[]} across @param {(value: number) => number} y */
function stroke(one, at, across, y) {
  const down = one.values.map((value) => (known(value) ? y(value) : null));
  return html`<path key=${one.key} class=${`line ${tone(one, at)} ${one.dashed ? "dashed" : ""}`} d=${linePath(across, down)} />`;
}

/**
 * A dot at one year, hollow where the interval holds zero or is not known.
 * @param {LinesProps} props @param {Series} one @param {number} place @param {number} at @param {number} x
 * @param {(value: number) => number} y
 */
function dot(props, one, place, at, x, y) {
  const { mean, low, high } = pointOf(one, at);
  if (!known(mean)) return null;
  const unclear = props.zero && (!known(low) || !known(high) || (low <= 0 && high >= 0));
  const name = `dot ${tone(one, place)} ${unclear ? "hollow" : ""}`;
  return html`<circle key=${`dot ${one.key}`} class=${name} cx=${x} cy=${y(mean)} r="4" />`;
}

/**
 * Values of several series beside the line that reads them.
 * @param {LinesProps} props @param {Plot} plot @param {number} at @param {number} x
 */
function readings(props, plot, at, x) {
  const found = props.series.map((one, place) => ({ one, place, value: one.values[at] })).filter(({ value }) => known(value));
  const wanted = found.map(({ value }) => plot.y(/** @type {number} */ (value)));
  const places = spreadOut(wanted, LINE, plot.top + 8, plot.bottom - 4);
  const before = x > (plot.left + plot.right) / 2;
  return found.map(
    ({ one, place, value }, row) => html`<text key=${`read ${one.key}`} class=${`chart-read ${tone(one, place)}`}
      x=${x + (before ? -8 : 8)} y=${places[row] + 4} text-anchor=${before ? "end" : "start"}>
      ${number(value, props.decimals, props.zero)}</text>`,
  );
}

/** @param {LinesProps} props @param {Plot} plot @param {number | null} chosen */
function yearLabels({ years }, plot, chosen) {
  const last = years[years.length - 1];
  const named = yearTicks(years[0], last, plot.right - plot.left);
  const free = named.filter((year) => chosen === null || Math.abs(plot.x(year) - plot.x(years[chosen])) > 34);
  const every = chosen === null ? free : [...free, years[chosen]];
  return html`<g class="chart-axis">${every.map((year) => {
    const bold = chosen !== null && year === years[chosen];
    return html`<g key=${year}>
      <line class="base" x1=${plot.x(year)} x2=${plot.x(year)} y1=${plot.bottom} y2=${plot.bottom + 4} />
      <text class=${bold ? "chosen" : ""} x=${plot.x(year)} y=${plot.bottom + 17} text-anchor="middle">${year}</text>
    </g>`;
  })}</g>`;
}

/** @param {LinesProps} props @param {Plot} plot */
function endLabels(props, plot) {
  const ends = props.series.map((one, place) => {
    const at = one.values.map(known).lastIndexOf(true);
    return { one, place, y: at < 0 ? null : plot.y(/** @type {number} */ (one.values[at])), text: endText(props, one, plot.width) };
  });
  const drawnEnds = ends.filter(({ y }) => known(y));
  const tallest = Math.max(1, ...drawnEnds.map(({ text }) => text.length));
  const room = tallest * LINE;
  const wanted = drawnEnds.map(({ y }) => /** @type {number} */ (y));
  const places = spreadOut(wanted, room, plot.top + room / 2 - 4, plot.bottom - room / 2 + 6);
  return drawnEnds.map(({ one, place, text }, row) => {
    const start = places[row] + 4 - ((text.length - 1) * LINE) / 2;
    return html`<text key=${`end ${one.key}`} class=${`chart-end ${tone(one, place)}`} y=${start}>
      ${text.map((line, at) => html`<tspan x=${plot.right + 8} dy=${at ? LINE : 0} key=${at}>${line}</tspan>`)}
    </text>`;
  });
}

/** @param {LinesProps} props @returns {import("./figure.js").Table} */
function tableOf({ years, series, decimals, zero }) {
  const several = series.length > 1;
  const parts = series.map((one) => ({
    one,
    ends: [
      { low: one.low, high: one.high, name: t("90 % interval") },
      { low: one.outerLow, high: one.outerHigh, name: t("10 to 90 % of histories") },
    ].filter(({ low }) => low),
  }));
  const head = parts.flatMap(({ one, ends }) => [
    several ? String(one.label) : t("mean"),
    ...ends.map(({ name }) => (several ? `${one.label}, ${name}` : name)),
  ]);
  const rows = years.map((year, at) => [
    String(year),
    ...parts.flatMap(({ one, ends }) => {
      const value = one.values[at];
      const cells = ends.map(({ low, high }) => between(low?.[at], high?.[at], decimals, zero));
      return [known(value) ? number(value, decimals, zero) : "–", ...cells];
    }),
  ]);
  return { columns: [t("year"), ...head], rows };
}
