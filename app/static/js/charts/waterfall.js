// @ts-check
/** Parts of a difference that add up: each bar begins where the one before ends; pale ones may be chance. */
import { useState } from "../../vendor/hooks.js";
import { html } from "../html.js";
import { number, t } from "../text.js";
import { wordOf } from "./bars.js";
import { between, differenceIn, Figure, spoken } from "./figure.js";
import { rowAt, rowName, rowsAxis, rowsPlot } from "./rows.js";
import { known, limits } from "./scale.js";

/** @typedef {import("./scale.js").Value} Value */
/**
 * @typedef {object} Part
 * @property {string} [key]
 * @property {string} label
 * @property {Value} mean
 * @property {Value} low
 * @property {Value} high
 * @property {string} word
 */
/**
 * @typedef {object} WaterfallProps
 * @property {string} title
 * @property {unknown} sentence
 * @property {Part[]} parts
 * @property {{label?: string, mean: Value, low: Value, high: Value, word?: string}} total
 * @property {string} unit
 * @property {number} decimals
 * @property {unknown} [extra]
 */
/** @typedef {Part & {from: number, to: number, whole: boolean}} Step */
const THICK = 14;
const MOST_REACH = 2; // of the bars: how far an interval may stretch the axis

/** @param {WaterfallProps} props */
export function Waterfall(props) {
  const [focus, setFocus] = useState(/** @type {number | null} */ (null));
  const { decimals } = props;
  const steps = stepsOf(props);
  /** @type {import("./rows.js").RowsPlot | undefined} */
  let plot;
  const values = steps.map(({ mean }) => (known(mean) ? number(mean, decimals, true) : "–"));
  const reading = (/** @type {number} */ at) => `${steps[at].label}: ${spoken(steps[at], decimals)}, ${wordOf(steps[at].word)}`;
  const domain = domainOf(steps, decimals);
  /** @type {import("./figure.js").Shell} */
  const shell = {
    title: props.title,
    sentence: props.sentence,
    extra: props.extra,
    kind: "chart-waterfall",
    table: {
      columns: [t("part"), props.unit, t("90 % interval"), t("verdict")],
      rows: steps.map(({ label, low, high, word }, at) => [
        label, values[at], between(low, high, decimals), wordOf(word),
      ]),
    },
    count: steps.length,
    focus,
    onFocus: setFocus,
    first: 0,
    reading,
    nearest: (_, y) => rowAt(plot, y, steps.length),
    draw: (width) => {
      const found = rowsPlot(width, steps.map((step) => step.label), values, domain);
      plot = found;
      const marks = html`${rowsAxis(found, focus === null ? differenceIn(props.unit) : reading(focus), true)}
        ${steps.map((step, at) => html`<g key=${step.key ?? step.label}>
          ${rowName(found, at, values[at], { focused: at === focus, strong: step.whole, soft: pale(step) })}
          ${bar(found, step, at)}${whisker(found, step, at)}${at + 1 < steps.length && link(found, step, at)}
        </g>`)}`;
      return { height: found.height, marks };
    },
  };
  return html`<${Figure} ...${shell} />`;
}

/**
 * Where each bar begins and ends; the total begins at zero.
 * @param {Pick<WaterfallProps, "parts" | "total">} props
 * @returns {Step[]}
 */
export function stepsOf({ parts, total }) {
  let reached = 0;
  const steps = parts.map((part) => {
    const from = reached;
    reached += part.mean ?? 0;
    return { ...part, from, to: reached, whole: false };
  });
  const whole = { key: "total", word: clearWord(total), ...total, label: total.label ?? t("Together") };
  return [...steps, { ...whole, from: 0, to: total.mean ?? reached, whole: true }];
}

/** @param {{mean: Value, low: Value, high: Value}} found */
function clearWord({ low, high }) {
  if (!known(low) || !known(high)) return "one_pair";
  return low > 0 ? "higher" : high < 0 ? "lower" : "unclear";
}

/** @param {Step} step */
const pale = ({ word }) => word === "unclear" || word === "one_pair" || word === "same";

/** @param {import("./rows.js").RowsPlot} plot @param {Step} step @param {number} at */
function bar(plot, step, at) {
  const [a, b] = [plot.x(step.from), plot.x(step.to)];
  const way = (step.mean ?? 0) >= 0 ? "tone-up" : "tone-down";
  const name = `block ${step.whole ? "tone-total" : way} ${pale(step) ? "pale" : ""}`;
  const width = Math.max(Math.abs(b - a), 1.5);
  return html`<rect class=${name} x=${Math.min(a, b)} y=${plot.middle(at) - THICK / 2} width=${width} height=${THICK} />`;
}

/** An axis for all bars, and for intervals as far as those do not dwarf them.
 * @param {Step[]} steps @param {number} decimals */
function domainOf(steps, decimals) {
  const ends = steps.flatMap(({ from, to }) => [from, to]);
  const reach = MOST_REACH * Math.max(...ends.map(Math.abs), 2 * 10 ** -decimals);
  const held = steps.flatMap(whiskerOf).map((value) => Math.max(-reach, Math.min(reach, value)));
  return limits([...ends, ...held], { zero: true, least: 4 * 10 ** -decimals, count: 5 });
}

/** Where the end of a bar might be as well: its interval.
 * @param {Step} step */
const whiskerOf = ({ from, low, high }) => (known(low) && known(high) ? [from + low, from + high] : []);

/** @param {import("./rows.js").RowsPlot} plot @param {Step} step @param {number} at */
function whisker(plot, step, at) {
  const ends = whiskerOf(step);
  if (!ends.length) return null;
  const y = plot.middle(at), [first = 0, last = 0] = plot.domain;
  const [low, high] = ends.map((value) => plot.x(Math.max(first, Math.min(last, value))));
  const caps = ends.filter((value) => value > first && value < last).map((value) => `M${plot.x(value)} ${y - 3}V${y + 3}`);
  const path = `M${low} ${y}H${high}${caps.join("")}`;
  return html`<path class="whisker-rim" d=${path} /><path class="whisker" d=${path} />`;
}

/**
 * From the end of a bar to the beginning of the next.
 * @param {import("./rows.js").RowsPlot} plot @param {Step} step @param {number} at
 */
function link(plot, step, at) {
  const x = plot.x(step.to);
  return html`<line class="link" x1=${x} x2=${x} y1=${plot.middle(at) + THICK / 2} y2=${plot.middle(at + 1) - THICK / 2} />`;
}
