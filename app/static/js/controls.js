// @ts-check
/** The policies: each lever a slider over its usual range, with a number field for all that it can be. */
import { answer } from "./answers.js";
import { catalogue } from "./catalogue.js";
import { Fold, NumberField } from "./fields.js";
import { html } from "./html.js";
import { inYear, isPath, parts, pathPoints, setPart, tidy } from "./settings.js";
import { endGesture, set, state } from "./state.js";
import { plain, t, withUnit } from "./text.js";
import { openCard, openPath } from "./windows.js";
import { effect, signal } from "../vendor/signals.js";
import { PathPreview } from "./charts/path_preview.js";

/** @typedef {import("./types").Lever} Lever @typedef {import("./types").Parameter} Parameter */

const searched = signal("");
/** What a word that is typed stands for too, since no lever has it in its name.
 * @type {Record<string, string>} */
const ALSO = { co2: "carbon", emissions: "carbon", 二氧化碳: "碳", 排放: "碳" };
const OPEN_FIRST = "integration"; // the strategy that is open when nothing is set

/** The range of the slider in shown units: the usual one, with the neutral value and the one that is set.
 * @param {Parameter} parameter @param {number} value */
function sliderRange(parameter, value) {
  const factor = parameter.display.factor, ends = [...parameter.usual, parameter.neutral, value];
  return { min: tidy(Math.min(...ends) * factor), max: tidy(Math.max(...ends) * factor), step: tidy(parameter.step * factor) };
}

/** @param {{lever: Lever, parameter: Parameter, first?: boolean}} given */
function ParameterControl({ lever, parameter, first = false }) {
  const part = parts(state.value.policies[`levers.${lever.key}`], lever)[parameter.key];
  const { text, factor } = parameter.display;
  const value = tidy(inYear(part, state.value.year, parameter.neutral)), shown = tidy(value * factor);
  const name = first ? lever.title : `${lever.title}: ${parameter.title}`;
  const id = `${lever.key}-${parameter.key}`, moved = part !== undefined;
  const fault = faultAt(`levers.${lever.key}`);
  const change = (/** @type {number} */ next, /** @type {string} */ gesture = "") => {
    if (!Number.isFinite(next)) return;
    setPart(lever, parameter, tidy(Math.min(parameter.upper, Math.max(parameter.lower, next / factor))), gesture);
  };
  const head = html`<div class="control-head">
    <label for=${id} class=${first ? "lever-title" : "parameter-title"}>${first ? lever.title : parameter.title}</label>
    ${!isPath(part) && html`<${NumberField} value=${shown} change=${change} aria-label=${t("{name}, exact value", { name })}
      aria-describedby=${id + "-unit"} aria-invalid=${fault ? "true" : null}
      min=${tidy(parameter.lower * factor)} max=${tidy(parameter.upper * factor)} />`}
  </div>`;
  return html`<div class=${`control ${moved ? "moved" : ""}`}>
    ${head}
    ${isPath(part)
      ? html`<button class="path-strip" id=${id} onClick=${() => openPath(lever, parameter)}>
          <span class="hidden">${t("{name}: edit the path", { name })}</span>
          <span aria-hidden="true"><${PathPreview} ...${pathPoints(part, parameter)} unit=${text} /></span></button>`
      : html`<input type="range" id=${id} ...${sliderRange(parameter, value)} value=${shown}
          aria-valuetext=${withUnit(plain(shown), text)} aria-describedby=${id + "-unit"}
          onInput=${(/** @type {any} */ event) => change(event.target.valueAsNumber, id)} onChange=${endGesture} />`}
    <div class="below"><p class="unit" id=${id + "-unit"}>${text}</p>
      <p class="tools">
        ${moved && html`<button class="quiet" onClick=${() => setPart(lever, parameter, null)}
          aria-label=${t("{name}: reset", { name })}>${t("Reset")}</button>`}
        <button class="quiet" onClick=${() => openPath(lever, parameter)} aria-label=${t("{name}: path over time", { name })}>${t("Path")}</button>
        <button class="quiet" onClick=${() => openCard({ kind: "lever", lever, parameter })}
          aria-label=${t("{name}: source", { name })}>${t("Source")}</button></p></div>
  </div>`;
}

/** The fault of the last request, where it is about a setting.
 * @param {string} key */
export function faultAt(key) {
  const error = answer.value.error;
  return error?.key && (error.key === key || error.key.startsWith(key + ".")) ? error.message : "";
}

/** What the server says of a lever that cannot act.
 * @param {Lever} lever */
function idleText(lever) {
  if (!(`levers.${lever.key}` in state.value.policies)) return "";
  return answer.value.start?.idle_levers[lever.key] ?? "";
}

/** @param {{lever: Lever}} given */
function LeverRow({ lever }) {
  const [first, ...more] = lever.parameters;
  const set_ = parts(state.value.policies[`levers.${lever.key}`], lever);
  const idle = idleText(lever), fault = faultAt(`levers.${lever.key}`);
  return html`<div class="lever">
    <${ParameterControl} lever=${lever} parameter=${first} first=${true} />
    ${fault && html`<p class="fault">${fault}</p>`}
    ${idle && html`<p class="idle"><strong>${t("This lever does not act here.")}</strong> ${idle}</p>`}
    ${more.length > 0 && html`<${Fold} kind="more" open=${more.some((one) => one.key in set_)} summary=${html`${more.length === 1
        ? t("One more setting") : t("{count} more settings", { count: more.length })}<span class="hidden">${`: ${lever.title}`}</span>`}
      content=${() => more.map((one) => html`<${ParameterControl} key=${one.key} lever=${lever} parameter=${one} />`)} />`}
  </div>`;
}

/** Whether a lever has all the words, in its names or in what is said of it.
 * @param {Lever} lever @param {string} words @param {string} group */
function matches(lever, words, group) {
  const said = lever.parameters.flatMap((one) => [one.title, one.meaning, one.display.text]);
  const text = [group, lever.key, lever.title, lever.summary, lever.documentation, ...said].join(" ").toLocaleLowerCase();
  return words.split(/\s+/).every((word) => text.includes(word) || (word in ALSO && text.includes(ALSO[word] ?? "")));
}

effect(() => { if (catalogue.value?.language) searched.value = ""; }); // words of another language find nothing

export function Policies() {
  const all = catalogue.value, words = searched.value.trim().toLocaleLowerCase();
  if (!all) return null;
  const titles = new Map(all.strategies.map((one) => [one.key, one.title]));
  const found = all.levers.filter((lever) => !words || matches(lever, words, titles.get(lever.strategy) ?? ""));
  const groups = all.strategies.map((one) => ({ ...one, members: found.filter((lever) => lever.strategy === one.key) }));
  return html`<section class="policies" aria-labelledby="policies-title">
    <h2 id="policies-title" tabindex="-1">${t("Policies")}</h2>
    <label class="search"><span class="hidden">${t("Search policies")}</span>
      <input type="search" placeholder=${t("Search policies")} value=${searched.value}
        onInput=${(/** @type {any} */ event) => { searched.value = event.target.value; }} /></label>
    ${groups.filter((one) => one.members.length).map((one) => {
      const moved = one.members.filter((lever) => `levers.${lever.key}` in state.value.policies).length;
      const count = moved ? t("{moved} of {count} set", { moved, count: one.members.length }) : one.members.length;
      return html`<${Fold} key=${one.key} kind="group" open=${moved > 0 || one.key === OPEN_FIRST} forced=${words !== ""}
        summary=${html`${one.title} <span class=${moved ? "count set" : "count"}>${count}</span>`}
        content=${() => one.members.map((lever) => html`<${LeverRow} key=${lever.key} lever=${lever} />`)} />`;
    })}
    ${!found.length && html`<p class="note">${t("No policy has these words.")}</p>`}
    <fieldset class="payers"><legend>${t("Who pays")}</legend>
      <label><input type="radio" name="payer" checked=${!state.value.onDebt}
        onChange=${() => set({ onDebt: false }, { undoable: true })} /> ${t("The income tax rises")}</label>
      <label><input type="radio" name="payer" checked=${state.value.onDebt}
        onChange=${() => set({ onDebt: true }, { undoable: true })} /> ${t("Public debt rises")}</label>
      ${answer.value.start && html`<p class="note">${answer.value.start.financing}</p>`}
    </fieldset>
  </section>`;
}
