// @ts-check
/** A small picture of the course of a setting over the years, beside the table in which it is edited. */
import { useId } from "../../vendor/hooks.js";
import { html } from "../html.js";
import { number, t } from "../text.js";
import { useWidth } from "./figure.js";
import { decimalsOf, known, limits, linear, linePath, textWidth } from "./scale.js";

/** @typedef {import("./scale.js").Value} Value */
const HEIGHT = 84;
const SIZE = 12;
const MOST_DECIMALS = 4;

/** @param {{years: number[], values: Value[], unit: string}} props */
export function PathPreview({ years, values, unit }) {
  const id = useId();
  const [box, width] = useWidth();
  const finite = values.filter(known);
  const decimals = Math.min(MOST_DECIMALS, Math.max(0, ...finite.map((value) => decimalsOf(Math.abs(value)))));
  const [low, high] = limits(values, { zero: true, least: 10 ** -decimals, count: 2 });
  const ends = [finite[0] ?? 0, finite[finite.length - 1] ?? 0].map((value) => number(value, decimals));
  const left = Math.ceil(textWidth(ends[0], SIZE)) + 8;
  const right = width - Math.ceil(textWidth(ends[1], SIZE)) - 8;
  const x = linear([years[0], years[years.length - 1]], [left, right]);
  const y = linear([low, high], [HEIGHT - 22, 8]);
  const down = values.map((value) => (known(value) ? y(value) : null));
  const said = t("From {first} in {start} to {last} in {end}, {unit}", {
    first: ends[0], start: years[0], last: ends[1], end: years[years.length - 1], unit,
  });
  return html`<div class="path-preview" ref=${box}>
    <svg role="img" aria-labelledby=${id} viewBox=${`0 0 ${width} ${HEIGHT}`} width=${width} height=${HEIGHT}>
      <title id=${id}>${said}</title>
      <g class="chart-axis">
        <line class="zero" x1=${left} x2=${right} y1=${y(0)} y2=${y(0)} />
        <text x=${left} y=${HEIGHT - 6}>${years[0]}</text>
        <text x=${right} y=${HEIGHT - 6} text-anchor="end">${years[years.length - 1]}</text>
      </g>
      <path class="line tone-0" d=${linePath(years.map(x), down)} />
      <text class="chart-end tone-0" x=${left - 6} y=${(down.find(known) ?? HEIGHT) + 4} text-anchor="end">${ends[0]}</text>
      <text class="chart-end tone-0" x=${right + 6} y=${([...down].reverse().find(known) ?? HEIGHT) + 4}>${ends[1]}</text>
    </svg>
  </div>`;
}
