// @ts-check
/** The card that says where a control or a figure comes from, and whatever other window is open. */
import { catalogue } from "./catalogue.js";
import { html } from "./html.js";
import { PathEditor } from "./path_editor.js";
import { counted, plain, t, withUnit } from "./text.js";
import { Window, card, path } from "./windows.js";

/** @typedef {import("./types").Lever} Lever @typedef {import("./types").Parameter} Parameter */

/** @param {{lines: [string, string | undefined][]}} given */
const Facts = ({ lines }) => html`<dl class="facts">
  ${lines.filter(([, text]) => text).map(([name, text]) => html`<div key=${name}><dt>${name}</dt><dd>${text}</dd></div>`)}
</dl>`;

/** @param {Parameter} one @param {number} value */
const shown = (one, value) => withUnit(plain(Number((value * one.display.factor).toPrecision(10))), one.display.text);

/** @param {{lever: Lever, parameter: Parameter}} given */
function LeverFacts({ lever, parameter: one }) {
  const factor = one.display.factor;
  const between = (/** @type {number} */ low, /** @type {number} */ high) =>
    t("{low} to {high}", { low: plain(Number((low * factor).toPrecision(10))), high: shown(one, high) });
  return html`<${Facts} lines=${[
    [t("What it does"), lever.summary],
    [one.title, one.meaning],
    [t("In the baseline"), shown(one, one.neutral)],
    [t("Usual range"), between(...one.usual)],
    [t("Can be"), between(one.lower, one.upper)],
    [t("Part that acts"), one.acting],
    [t("Public money"), lever.spends ? t("This lever spends public money.") : lever.not_spending],
    [t("Source"), one.source],
  ]} />`;
}

/** @param {import("./types").WorldParameter} one */
function parameterLines(one) {
  const all = catalogue.value;
  const bounds = one.lower === null || one.upper === null ? "" : t("{low} to {high}", { low: plain(one.lower), high: plain(one.upper) });
  return [
    [t("Meaning"), one.meaning], [t("Unit"), one.unit], [t("In the baseline"), typeof one.default === "number" ? plain(one.default) : ""],
    [t("Can be"), bounds], [t("Status"), all?.statuses[one.status] ?? one.status], [t("Source"), one.source],
  ];
}

/** @param {import("./types").Outcome} one */
const outcomeLines = (one) => [
  [t("Meaning"), one.definition], [t("Unit"), counted(one).unit],
  [t("Where it comes from"), catalogue.value?.origins[one.origin] ?? one.origin], [t("Why"), one.origin_note],
];

function Source() {
  const of = card.value;
  if (!of) return null;
  const close = () => { card.value = null; };
  if (of.kind === "lever") {
    return html`<${Window} title=${of.lever.title} close=${close}><${LeverFacts} ...${of} /><//>`;
  }
  if (of.kind === "parameter") {
    return html`<${Window} title=${of.parameter.title} close=${close}><${Facts} lines=${parameterLines(of.parameter)} /><//>`;
  }
  if (of.kind === "outcome") {
    return html`<${Window} title=${of.outcome.title} close=${close}><${Facts} lines=${outcomeLines(of.outcome)} /><//>`;
  }
  if (of.kind === "closure") {
    const levels = of.closure.levels.map((one) => (one.value === null ? one.title : `${one.title} (${plain(one.value)})`)).join(" · ");
    return html`<${Window} title=${of.closure.title} close=${close}><${Facts} lines=${[
      [t("Meaning"), of.closure.question], [t("Choices"), levels], [t("Source"), of.closure.source],
    ]} /><//>`;
  }
  const presets = catalogue.value?.presets ?? [];
  return html`<${Window} title=${t("How much AI can do")} close=${close}>
    <${Facts} lines=${presets.map((one) => [one.title, `${one.summary} ${t("Source: {source}.", { source: one.source })}`])} /><//>`;
}

export function Dialogs() {
  return html`${card.value && html`<${Source} />`}
    ${path.value && html`<${PathEditor} ...${path.value} close=${() => { path.value = null; }} />`}`;
}
