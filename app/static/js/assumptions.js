// @ts-check
/** How the world works, apart from policy: the power of AI, open questions, mechanisms, and every other parameter. */
import { faultAt } from "./controls.js";
import { catalogue, parameters } from "./catalogue.js";
import { Fold, NumberField } from "./fields.js";
import { html } from "./html.js";
import { set, state } from "./state.js";
import { plain, t } from "./text.js";
import { openCard } from "./windows.js";
import { signal } from "../vendor/signals.js";

const MOST = 12; // parameters that a search shows
const searched = signal("");

/** @param {string} key @param {import("./types").Value | undefined} value undefined: as in the baseline */
export function assume(key, value) {
  const assumptions = { ...state.value.assumptions };
  if (value === undefined) delete assumptions[key];
  else assumptions[key] = value;
  set({ assumptions }, { undoable: true });
}

/** @param {{id: string, label: string, note: string, value: string, choices: {key: string, title: string}[], usual: string, settingKey: string, card: any}} given */
function Choice({ id, label, note, value, choices, usual, settingKey, card }) {
  return html`<div class=${`control ${value === usual ? "" : "moved"}`}>
    <div class="control-head"><label for=${id}>${label}</label>
      <button class="quiet" aria-label=${t("{name}: source", { name: label })} onClick=${() => openCard(card)}>${t("Source")}</button></div>
    <select id=${id} aria-describedby=${id + "-note"} value=${value}
      onChange=${(/** @type {any} */ event) => assume(settingKey, event.target.value === usual ? undefined : event.target.value)}>
      ${choices.map((one) => html`<option value=${one.key} selected=${one.key === value}>${one.title}</option>`)}
    </select>
    <p class="unit" id=${id + "-note"}>${note}</p>
  </div>`;
}

function PowerOfAi() {
  const all = /** @type {import("./types").Catalogue} */ (catalogue.value);
  const value = String(state.value.assumptions.ai ?? "central"), chosen = all.presets.find((one) => one.key === value);
  return html`<${Choice} id="ai" label=${t("How much AI can do")} note=${chosen?.summary ?? ""} value=${value} usual="central"
    choices=${all.presets} settingKey="ai" card=${{ kind: "preset", preset: chosen }} />`;
}

function Closures() {
  const all = /** @type {import("./types").Catalogue} */ (catalogue.value);
  return all.closures.map((one) => html`<${Choice} key=${one.key} id=${"closure-" + one.key} label=${one.title}
    note=${one.question} value=${String(state.value.assumptions[`closures.${one.key}`] ?? one.central)} usual=${one.central}
    choices=${one.levels} settingKey=${`closures.${one.key}`} card=${{ kind: "closure", closure: one }} />`);
}

/** @param {string} key */
const isOff = (key) => ["off", false].includes(/** @type {any} */ (state.value.assumptions[`mechanisms.${key}`]));

function Mechanisms() {
  const all = /** @type {import("./types").Catalogue} */ (catalogue.value);
  const off = all.mechanisms.filter((one) => isOff(one.key)).length;
  const count = off ? t("{off} of {count} off", { off, count: all.mechanisms.length }) : all.mechanisms.length;
  return html`<${Fold} kind="more" open=${off > 0} summary=${html`${t("Switch mechanisms off")} <span class="count">${count}</span>`}
    content=${() => all.families.map((family) => html`<fieldset key=${family.key}><legend>${family.title}</legend>
      ${all.mechanisms.filter((one) => one.family === family.key).map((one) => html`<label class="switch" key=${one.key} title=${one.summary}>
        <input type="checkbox" checked=${!isOff(one.key)} onChange=${() => assume(`mechanisms.${one.key}`, isOff(one.key) ? undefined : "off")} />
        ${one.title}</label>`)}
    </fieldset>`)} />`;
}

/** @param {{settingKey: string}} given */
function FurtherParameter({ settingKey }) {
  const one = parameters.value.get(settingKey), value = state.value.assumptions[settingKey];
  if (!one) return null;
  const id = "parameter-" + one.key, fault = faultAt(settingKey), plainNumber = typeof value === "number" || value === undefined;
  return html`<div class=${`control ${value === undefined ? "" : "moved"}`}>
    <div class="control-head"><label for=${id}>${one.title}</label>
      ${plainNumber ? html`<${NumberField} id=${id} value=${value ?? one.default} min=${one.lower} max=${one.upper}
        aria-describedby=${id + "-unit"} aria-invalid=${fault ? "true" : null}
        change=${(/** @type {number} */ next) => assume(settingKey, next === one.default ? undefined : next)} />` : html`<span id=${id}>${JSON.stringify(value)}</span>`}</div>
    <p class="unit" id=${id + "-unit"}>${one.unit}${typeof one.default === "number" && ` · ${t("usually {value}", { value: plain(one.default) })}`}</p>
    ${fault && html`<p class="fault">${fault}</p>`}
    <p class="tools"><button class="quiet" aria-label=${t("{name}: source", { name: one.title })}
        onClick=${() => openCard({ kind: "parameter", parameter: one })}>${t("Source")}</button>
      ${value !== undefined && html`<button class="quiet" aria-label=${t("{name}: reset", { name: one.title })}
        onClick=${() => assume(settingKey, undefined)}>${t("Reset")}</button>`}</p>
  </div>`;
}

function FurtherParameters() {
  const all = /** @type {import("./types").Catalogue} */ (catalogue.value), words = searched.value.trim().toLocaleLowerCase();
  const chosen = Object.keys(state.value.assumptions).filter((key) => parameters.value.has(key));
  const found = !words ? [] : all.parameters.filter((one) => typeof one.default === "number"
    && words.split(/\s+/).every((word) => `${one.title} ${one.meaning} ${one.key}`.toLocaleLowerCase().includes(word)));
  const extra = found.map((one) => `assumptions.${one.key}`).filter((key) => !chosen.includes(key)).slice(0, MOST);
  return html`<div>
    ${chosen.map((key) => html`<${FurtherParameter} key=${key} settingKey=${key} />`)}
    <label class="search"><span class="label">${t("A further assumption")}</span>
      <input type="search" placeholder=${t("Search {count} parameters", { count: all.parameters.length })} value=${searched.value}
        onInput=${(/** @type {any} */ event) => { searched.value = event.target.value; }} /></label>
    ${words && html`<p class="note">${found.length ? t("{count} found", { count: found.length }) : t("No parameter has these words.")}</p>`}
    ${extra.map((key) => html`<${FurtherParameter} key=${key} settingKey=${key} />`)}
  </div>`;
}

export function Assumptions() {
  const all = catalogue.value;
  if (!all) return null;
  const count = Object.keys(state.value.assumptions).length;
  return html`<section class="assumptions" aria-labelledby="assumptions-title">
    <h2 id="assumptions-title" tabindex="-1">${t("Assumptions")} ${count > 0 && html`<span class="count set">${t("{count} set", { count })}</span>`}</h2>
    <p class="note">${t("How the world works, whatever the policy. The baseline is run again under them.")}</p>
    <${PowerOfAi} /><${Closures} /><${Mechanisms} /><${FurtherParameters} />
    <label class="switch"><input type="checkbox" checked=${state.value.both}
      onChange=${() => set({ both: !state.value.both }, { undoable: true })} /> ${t("Both sides share these assumptions")}</label>
    <fieldset class="payers"><legend>${t("Compared with")}</legend>
      ${all.references.map((one) => html`<label key=${one.key}><input type="radio" name="reference" checked=${state.value.reference === one.key}
        onChange=${() => set({ reference: one.key }, { undoable: true })} /> ${one.title}</label>`)}
    </fieldset>
  </section>`;
}
