// @ts-check
/** The scenario as it will be saved: its question, its YAML, the command that repeats it, files, and the library. */
import { useEffect } from "../../vendor/hooks.js";
import { signal } from "../../vendor/signals.js";
import { requestOf } from "../answers.js";
import { check, isFault, keepInLibrary, report } from "../api.js";
import { catalogue } from "../catalogue.js";
import { copied, copiedLink, saveFile } from "../files.js";
import { html } from "../html.js";
import { countryOf, lookIntoLibrary, notices, openEntry, own } from "../library.js";
import { settingRows } from "../settings_text.js";
import { LONGEST_TITLE, endGesture, link, mixOf, referenceOf, same, set, state, where } from "../state.js";
import { t } from "../text.js";

const checked = signal(/** @type {import("../types").Check | null} */ (null));
const answered = signal(""); // what ``checked`` answers, as ``wanted`` writes it
const fault = signal("");
const working = signal("");
const name = signal("");
const SHORT = 12; // letters of a digest that are enough to tell scenarios apart
const NAME = "[a-z0-9_]{1,64}"; // of a scenario in the library

/** A name for files, from the title. */
const fileName = () => state.value.title.toLowerCase().replace(/[^a-z0-9]+/g, "_").replace(/^_|_$/g, "") || "scenario";

/** The mix with its question.
 * @param {import("../types").State} now */
const asked = (now) => ({ ...mixOf(now), question: now.question });

/** All that the file, the command and the digest depend on.
 * @param {import("../types").State} now */
const wanted = (now) => JSON.stringify([asked(now), referenceOf(now), now.onDebt, now.language, now.precision]);

/** Whether the file that is shown is that of the mix; until then nothing is saved. */
const isCurrent = () => answered.value === wanted(state.value);

/** Ask the server what the mix is in YAML; the last answer stays where a setting is wrong.
 * @param {AbortSignal} signal */
async function look(signal) {
  const now = state.value, { workers, seeds } = requestOf(now) ?? {};
  try {
    const body = { mix: asked(now), reference: referenceOf(now), on_debt: now.onDebt, language: now.language, workers, seeds };
    checked.value = await check(body, signal);
    answered.value = wanted(now);
    fault.value = "";
  } catch (error) {
    if (!signal.aborted) fault.value = isFault(error) ? error.message || t("The model does not answer.") : String(error);
  }
}

/** @param {Event & {target: any}} event */
async function openFile(event) {
  const file = event.target.files?.[0];
  if (!file) return;
  try {
    const found = await check({ yaml: await file.text(), on_debt: state.value.onDebt, language: state.value.language });
    openEntry({ ...found.mix, title: found.title });
    fault.value = "";
  } catch (error) {
    fault.value = isFault(error) ? [error.message, error.nearest && t("Nearest: {name}.", { name: error.nearest })].filter(Boolean).join(" ") : String(error);
  }
  event.target.value = "";
}

/** The mix, which comes last, by its name.
 * @param {import("../types").Mix[]} scenarios */
const titled = (scenarios) => [...scenarios.slice(0, -1), asked(state.value)];

/** @param {string} format */
async function save(format) {
  const body = requestOf(state.value);
  if (!body) return;
  working.value = format;
  try {
    const { name: given, file } = await report({ ...body, scenarios: titled(body.scenarios), format, year: state.value.year });
    saveFile(given ?? `${fileName()}.${format}`, file);
  } catch (error) { notices.value = [...notices.value, isFault(error) ? error.message || t("The model does not answer.") : String(error)]; }
  working.value = "";
}

function About() {
  const { title, question } = state.value;
  return html`<div class="about">
    <label><span class="label">${t("Title")}</span><input type="text" value=${title} maxlength=${LONGEST_TITLE}
      onInput=${(/** @type {any} */ event) => set({ title: event.target.value }, { undoable: true, gesture: "title" })} onChange=${endGesture} /></label>
    <label><span class="label">${t("Question")}</span><textarea rows="2" maxlength="2000" value=${question}
      onInput=${(/** @type {any} */ event) => set({ question: event.target.value }, { undoable: true, gesture: "question" })} onChange=${endGesture}></textarea></label>
  </div>`;
}

function Written() {
  const found = checked.value, rows = settingRows({ ...state.value.policies, ...state.value.assumptions });
  if (!found) return html`<p class="note">${fault.value || t("The scenario is being written.")}</p>`;
  const waits = !isCurrent();
  return html`<div class=${waits ? "stale" : ""}>
    ${fault.value && html`<p class="fault" role="alert">${fault.value}</p>`}
    <pre class="yaml" tabindex="0" aria-label=${t("The scenario in YAML")}>${found.yaml}</pre>
    <div class="actions">
      <button disabled=${waits} onClick=${() => saveFile(`${fileName()}.yaml`, new Blob([found.yaml], { type: "application/yaml" }))}>${t("Save YAML")}</button>
      <button disabled=${waits} onClick=${() => copied(found.yaml)}>${t("Copy YAML")}</button>
      <label class="button">${t("Open YAML")}<input class="hidden" type="file" accept=".yaml,.yml" onChange=${openFile} /></label>
    </div>
    <h3>${t("The same by command")}</h3>
    <pre class="command" tabindex="0" aria-label=${t("The same by command")}>${found.command}</pre>
    <button disabled=${waits} onClick=${() => copied(found.command)}>${t("Copy the command")}</button>
    ${rows.length > 0 && html`<h3>${t("What is set")}</h3><dl class="facts">${rows.map((row) =>
      html`<div key=${row.key}><dt>${row.title}</dt><dd>${row.text}</dd></div>`)}</dl>`}
    <p class="note">${t("Digest {digest}. {financing}", { digest: found.digest.slice(0, SHORT), financing: found.financing })}</p>
  </div>`;
}

function Files() {
  const formats = [["brief", t("Report of one page")], ["html", t("Whole report")], ["pdf", t("Report as PDF")], ["xlsx", t("Workbook (XLSX)")], ["csv", t("Table (CSV)")]];
  return html`<section aria-labelledby="files-title"><h2 id="files-title">${t("Send it on")}</h2>
    <div class="actions">
      ${formats.map(([format, title]) => html`<button key=${format} disabled=${working.value !== ""} onClick=${() => save(String(format))}>${
        working.value === format ? t("Being written") : title}</button>`)}
      <button onClick=${() => copiedLink(link())}>${t("Copy link")}</button>
      <button onClick=${() => window.print()}>${t("Print")}</button>
      <button onClick=${() => set({ tab: "round" })}>${t("Let a group decide")}</button>
    </div>
    <h3>${t("Citation")}</h3>
    <p class="citation">${t("The Xinzhi contributors. Xinzhi: a policy laboratory for the AI economy. Version {version}. Scenario “{title}”, digest {digest}.", {
      version: catalogue.value?.version ?? "", title: checked.value?.title ?? "", digest: isCurrent() ? checked.value?.digest.slice(0, SHORT) ?? "" : "–" })}</p>
  </section>`;
}

/** @param {Event} event */
async function keep(event) {
  event.preventDefault();
  try {
    await keepInLibrary(name.value, { mix: asked(state.value) });
    name.value = "";
    await lookIntoLibrary();
  } catch (error) { fault.value = isFault(error) ? error.message : String(error); }
}

/** @param {{entries: import("../types").Entry[]}} given */
const Entries = ({ entries }) => html`<ul class="library">${entries.map((one) => html`<li key=${one.name}>
  <button onClick=${() => openEntry(one)}><strong>${one.title || one.name}${same(where(one), where(state.value)) ? "" : ` (${countryOf(one.economy)})`}</strong><span>${one.question}</span></button>
  ${(one.expected_channels?.length || one.leaves_out?.length) ? html`<details><summary>${t("What is expected, and what is left out")}</summary>
    <ul>${(one.expected_channels ?? []).map((text) => html`<li>${text}</li>`)}${(one.leaves_out ?? []).map((text) => html`<li class="left-out">${t("Left out: {text}", { text })}</li>`)}</ul>
  </details>` : null}</li>`)}</ul>`;

function Library() {
  return html`<section aria-labelledby="library-title"><h2 id="library-title">${t("Library")}</h2>
    ${own.value && html`<h3>${t("Your scenarios")}</h3><${Entries} entries=${own.value} />
      <form class="keep" onSubmit=${keep}><label><span class="label">${t("Keep this scenario as")}</span>
        <input type="text" required pattern=${NAME} value=${name.value} onInput=${(/** @type {any} */ event) => { name.value = event.target.value; }} /></label>
        <button>${t("Keep")}</button></form><h3>${t("Shipped scenarios")}</h3>`}
    <${Entries} entries=${catalogue.value?.library ?? []} />
  </section>`;
}

export function Scenario() {
  const now = state.value;
  const key = wanted(now);
  useEffect(() => {
    const stop = new AbortController();
    look(stop.signal);
    return () => stop.abort();
  }, [key]);
  useEffect(() => { lookIntoLibrary(); }, []);
  return html`<div class="scenario">
    <section aria-labelledby="scenario-title"><h2 id="scenario-title">${t("This scenario")}</h2><${About} /><${Written} /></section>
    <div><${Files} /><${Library} /></div></div>`;
}
