// @ts-check
/** What every chart shares: its title and sentence, the picture with its description, reading by keys, the table. */
import { useEffect, useId, useRef, useState } from "../../vendor/hooks.js";
import { html } from "../html.js";
import { number, range, t } from "../text.js";
import { known } from "./scale.js";

/** @typedef {import("./scale.js").Value} Value */
/**
 * @typedef {object} Table
 * @property {string[]} columns the first names the rows
 * @property {string[][]} rows
 */
/**
 * @typedef {object} Shell
 * @property {string} title
 * @property {unknown} sentence what the chart says, as text or marked up
 * @property {string} [kind] class of the figure
 * @property {Table} table
 * @property {number} count of the places that keys go through
 * @property {number | null} focus the place that is read
 * @property {(at: number | null) => void} onFocus
 * @property {number} first the place that the first key goes to
 * @property {(at: number) => string} reading one place in words
 * @property {(width: number) => {height: number, marks: unknown}} draw
 * @property {(x: number, y: number) => number | null} nearest the place below the pointer, in pixels of the picture
 * @property {(at: number) => void} [onChoose] a place is clicked, or Enter pressed on it
 * @property {unknown} [extra] beside the title, such as a source card
 */

const FIRST_WIDTH = 320; // until the page knows how wide the chart is

/**
 * How wide an element is; a chart is drawn again when that changes.
 * @returns {[import("../../vendor/hooks.js").Ref<any>, number]}
 */
export function useWidth() {
  const box = useRef(/** @type {any} */ (null));
  const [width, setWidth] = useState(FIRST_WIDTH);
  useEffect(() => {
    const measure = () => box.current?.clientWidth && setWidth(box.current.clientWidth);
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  return [box, width];
}

/** A chart within its figure.
 * @param {Shell} props */
export function Figure(props) {
  const { title, sentence, table, focus, onFocus } = props;
  const id = useId();
  const [box, width] = useWidth();
  const { height, marks } = props.draw(width);
  /** @param {KeyboardEvent} event */
  const press = (event) => {
    if (event.key === "Enter" && focus !== null) props.onChoose?.(focus);
    const next = stepped(event.key, focus, props.first, props.count);
    if (next === undefined) return;
    event.preventDefault();
    onFocus(next);
  };
  /** @param {PointerEvent} event */
  const point = (event) => {
    const place = box.current.getBoundingClientRect();
    onFocus(props.nearest(event.clientX - place.left, event.clientY - place.top));
  };
  /** @param {MouseEvent} event */
  const choose = (event) => {
    const place = box.current.getBoundingClientRect(), at = props.nearest(event.clientX - place.left, event.clientY - place.top);
    if (at !== null) props.onChoose?.(at);
  };
  const hint = props.onChoose
    ? t("Arrow keys read it year by year, Enter chooses the year.") : t("Arrow keys read it value by value.");
  const keyed = box.current !== null && box.current === box.current.getRootNode().activeElement; // a notebook has a root of its own
  return html`<figure class=${`chart ${props.kind ?? ""}`}>
    <figcaption id=${`${id}-caption`}>
      <strong class="chart-title">${title}</strong>${props.extra}
      ${sentence && html`<span class="chart-sentence">${sentence}</span>`}
    </figcaption>
    <div class=${`chart-box ${props.onChoose ? "choosing" : ""}`} ref=${box} tabindex="0" role="application"
      aria-label=${`${title}. ${hint}`}
      onClick=${choose} onKeyDown=${press} onBlur=${() => onFocus(null)} onPointerMove=${point} onPointerDown=${point}
      onPointerLeave=${() => onFocus(null)}>
      <svg role="img" aria-labelledby=${`${id}-title`} aria-describedby=${`${id}-desc`} viewBox=${`0 0 ${width} ${height}`}
        width=${width} height=${height}>
        <title id=${`${id}-title`}>${title}</title>
        <desc id=${`${id}-desc`}>${typeof sentence === "string" && sentence ? sentence : props.reading(props.first)}</desc>
        ${marks}
      </svg>
    </div>
    <p class="chart-live" aria-live="polite">${keyed && focus !== null ? props.reading(focus) : ""}</p>
    <${DataTable} title=${title} table=${table} />
  </figure>`;
}

/**
 * The place a key goes to: null leaves the chart, undefined is another key.
 * @param {string} key
 * @param {number | null} focus
 * @param {number} first
 * @param {number} count
 * @returns {number | null | undefined}
 */
export function stepped(key, focus, first, count) {
  if (key === "Escape") return null;
  const ends = { Home: 0, End: count - 1 }[key];
  if (ends !== undefined) return ends;
  const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[key];
  if (step === undefined) return undefined;
  return focus === null ? first : Math.max(0, Math.min(count - 1, focus + step));
}

/** The same numbers as a table, folded.
 * @param {{title: string, table: Table}} props */
export function DataTable({ title, table }) {
  return html`<details class="chart-data">
    <summary>${t("Table")}<span class="chart-live">${`: ${title}`}</span></summary>
    <div class="chart-scroll" tabindex="0" role="region" aria-label=${title}>
      <table>
        <thead><tr>${table.columns.map((name) => html`<th scope="col" key=${name}>${name}</th>`)}</tr></thead>
        <tbody>${table.rows.map(
          ([name, ...cells]) => html`<tr key=${name}>
            <th scope="row">${name}</th>${cells.map((cell, at) => html`<td key=${at}>${cell}</td>`)}
          </tr>`,
        )}</tbody>
      </table>
    </div>
  </details>`;
}

/**
 * ``+1.3, 90 % interval +0.9 to +1.7``; without ends the value alone, a dash where there is none.
 * @param {{mean: Value, low?: Value, high?: Value}} found
 * @param {number} decimals
 * @param {boolean} [signed]
 */
export function spoken({ mean, low, high }, decimals, signed = true) {
  if (!known(mean)) return t("no value");
  const text = number(mean, decimals, signed);
  if (!known(low) || !known(high)) return text;
  return t("{mean}, 90 % interval {range}", { mean: text, range: between(low, high, decimals, signed) });
}

/**
 * An interval of differences, signed, or of levels.
 * @param {Value} low
 * @param {Value} high
 * @param {number} decimals
 * @param {boolean} [signed]
 */
export function between(low, high, decimals, signed = true) {
  if (!known(low) || !known(high)) return "–";
  if (signed) return range(low, high, decimals);
  return t("{low} to {high}", { low: number(low, decimals), high: number(high, decimals) });
}

/** @param {string} unit */
export const differenceIn = (unit) => t("difference, {unit}", { unit });

/** What the two bands mean, once for many charts. */
export function BandKey() {
  return html`<p class="chart-key">
    <span class="chart-key-item"><span class="chart-swatch swatch-line"></span>${t("mean")}</span>
    <span class="chart-key-item"><span class="chart-swatch swatch-inner"></span>${t("90 % interval of the mean")}</span>
    <span class="chart-key-item"><span class="chart-swatch swatch-outer"></span>${t("10 to 90 % of single histories")}</span>
    <span class="chart-key-item"><span class="chart-swatch swatch-hollow"></span>${t("no clear difference")}</span>
  </p>`;
}
