// @ts-check
/** The page: its header and tabs, the controls beside the answer, and what it says of itself. */
import { h, render } from "../vendor/preact.js";
import { effect, signal } from "../vendor/signals.js";
import { answer } from "./answers.js";
import { catalogueIn, health, isFault } from "./api.js";
import { Assumptions } from "./assumptions.js";
import { catalogue, known } from "./catalogue.js";
import { Cautions } from "./cautions.js";
import { Policies } from "./controls.js";
import { Dialogs } from "./dialogs.js";
import { fetchEmulator } from "./estimated.js";
import { copiedLink } from "./files.js";
import { html } from "./html.js";
import { abroad, apart, moveTo, notices, ready } from "./library.js";
import { DEFAULT, link, linkVersion, moves, pinsHere, redo, reset, set, setVersion, state, undo } from "./state.js";
import { StatusLine } from "./status.js";
import { WhatIf } from "./tabs/what_if.js";
import { t } from "./text.js";

const LANGUAGES = { en: "English", zh: "中文" };
/** @typedef {() => import("../vendor/preact.js").VNode} View */

/** The tabs that a page does not open with are loaded when it can be used, or when one of them is opened before.
 * @type {Record<string, () => Promise<View>>} */
const LATER = {
  who: async () => (await import("./tabs/who.js")).Who, compare: async () => (await import("./tabs/compare.js")).Compare,
  why: async () => (await import("./tabs/why.js")).Why, scenario: async () => (await import("./tabs/scenario.js")).Scenario,
  round: async () => (await import("./tabs/round.js")).RoundTab,
};
const loaded = signal(/** @type {Record<string, View>} */ ({ what: WhatIf }));
const REST = 300; // milliseconds after which the page loads what it may need later
const LONGEST = 30_000; // milliseconds between two attempts to reach the server

const gone = signal(false); // the catalogue cannot be had
const warming = signal(false);
const controls = signal(false); // whether a narrow page shows the controls

/** @type {() => Record<string, string>} */
const titles = () => ({
  what: t("What if"), who: t("Who gains, who loses"), compare: t("Compare"), why: t("Why"), scenario: t("Scenario"),
  round: t("Round"),
});

/** The tabs that are there: that of a round only for those who take part in one. */
const names = () => ["what", ...Object.keys(LATER)].filter((key) => key !== "round" || state.value.round || state.value.tab === "round");

/** @param {KeyboardEvent & {currentTarget: any}} event */
function alongTabs(event) {
  const all = names(), at = all.indexOf(state.value.tab), last = all.length - 1;
  const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at ? at - 1 : last, Home: 0, End: last }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  set({ tab: all[to] });
  event.currentTarget.children[to].focus();
}

function Tabs() {
  return html`<div class="tabs" role="tablist" aria-label=${t("Views")} onKeyDown=${alongTabs}>
    ${names().map((key) => [key, titles()[key]]).map(([key, title]) => html`<button role="tab" id=${"tab-" + key} key=${key} aria-controls="view"
      aria-selected=${state.value.tab === key} tabindex=${state.value.tab === key ? 0 : -1} onClick=${() => set({ tab: key })}>${title}</button>`)}
  </div>`;
}

function Header() {
  const { past, future } = moves.value;
  return html`<header class="top">
    <div class="brand"><h1>Xinzhi</h1><span>${t("A policy laboratory for the AI economy")}</span></div>
    <${Tabs} />
    <div class="commands">
      <label class="country"><span>${t("Country")}</span><select value=${state.value.economy}
        onChange=${(/** @type {any} */ event) => moveTo(event.target.value)}>
        ${catalogue.value?.economies.map(({ key, title }) => html`<option value=${key} selected=${state.value.economy === key}>${title}</option>`)}
      </select></label>
      <button onClick=${undo} disabled=${!past.length} title="Ctrl+Z">${t("Undo")}</button>
      <button onClick=${redo} disabled=${!future.length} title="Ctrl+Shift+Z">${t("Redo")}</button>
      <button onClick=${reset}>${t("Reset")}</button>
      <button onClick=${() => copiedLink(link())}>${t("Copy link")}</button>
      <label><span class="hidden">${t("Language")}</span><select value=${state.value.language}
        onChange=${(/** @type {any} */ event) => set({ language: event.target.value })}>
        ${Object.entries(LANGUAGES).map(([key, name]) => html`<option value=${key} lang=${key} selected=${state.value.language === key}>${name}</option>`)}
      </select></label>
    </div>
  </header>`;
}

/** @param {string} id */
function goTo(id) {
  const place = document.getElementById(id);
  place?.scrollIntoView({ block: "start" });
  place?.focus({ preventScroll: true });
}

function Notices() {
  return html`<div class="notices" role="alert">
    ${(gone.value || answer.value.error?.status === 0) && html`<p class="notice gone">${t("The model does not answer. Is `xinzhi app` still running? The page asks again by itself.")}</p>`}
    ${notices.value.map((text, at) => html`<p class="notice" key=${text}>${text} <button class="quiet" aria-label=${t("Close")}
      onClick=${() => { notices.value = notices.value.filter((_, place) => place !== at); }}>×</button></p>`)}
  </div>`;
}

const Loading = () => html`<p role="status">${t("Loading")}</p>`;

/** @param {string} tab */
async function loadTab(tab) {
  const later = loaded.peek()[tab] ? undefined : LATER[tab];
  if (!later) return;
  try { const found = await later(); loaded.value = { ...loaded.peek(), [tab]: found }; }
  catch { setTimeout(loadTab, 1000, tab); } // no server: what it says of that stands above
}

function Page() {
  if (!catalogue.value) return html`<header class="top"><div class="brand"><h1>Xinzhi</h1></div><div class="commands"></div></header>
    <main class="opening"><p role="status">${gone.value ? "The model does not answer. Is `xinzhi app` still running?" : ""}</p></main>`;
  const Tab = loaded.value[state.value.tab in LATER ? state.value.tab : "what"] ?? Loading;
  const moved = Object.keys(state.value.policies).length + Object.keys(state.value.assumptions).length;
  return html`<a class="skip" href="#view" onClick=${(/** @type {Event} */ event) => {
      event.preventDefault(); document.getElementById("view")?.focus(); }}>${t("Skip to the answer")}</a>
    <${Header} /><${Notices} />
    ${!ready.value ? html`<main class="opening"><${Loading} /></main>` : html`<div class=${`layout ${controls.value ? "with-controls" : ""}`}>
      <button class="toggle" aria-expanded=${controls.value} aria-controls="controls" onClick=${() => { controls.value = !controls.value; }}>${
        controls.value ? t("Back to the answer") : moved ? t("Policies and assumptions ({count} set)", { count: moved }) : t("Policies and assumptions")}</button>
      <aside class="controls" id="controls" aria-label=${t("Policies and assumptions")}>
        <p class="jump"><button class="to-policies" onClick=${() => goTo("policies-title")}>${t("Policies")}</button>
          <button class="to-assumptions" onClick=${() => goTo("assumptions-title")}>${t("Assumptions")}</button></p>
        <${Policies} /><${Assumptions} /></aside>
      <main><div id="view" role="tabpanel" tabindex="-1" aria-labelledby=${"tab-" + state.value.tab}>
        <${StatusLine} warming=${warming.value} /><${Tab} /><${Cautions} />
      </div></main>
    </div>`}
    <${Dialogs} />`;
}

/** Leave out what this version does not know, and say so. */
function clean() {
  const { policies, assumptions, pins } = state.value, found = known({ ...policies, ...assumptions });
  const here = pinsHere(state.value), every = (/** @type {import("./types").Pin} */ pin) => ({ ...pin.policies, ...pin.assumptions });
  const kept = pins.map((pin) => ({ pin, ...(here.includes(pin) ? known(every(pin)) : { left: every(pin), dropped: [] }) }));
  const dropped = [...found.dropped, ...kept.flatMap((one) => one.dropped)];
  const version = linkVersion.value, now = catalogue.value?.version ?? "";
  linkVersion.value = "";
  if (version && version !== now) notices.value = [...notices.value, t("This link was made by version {version}; this is version {now}.", { version, now })];
  if (dropped.length) {
    notices.value = [...notices.value, t("Left out, since this version does not know it: {names}.", { names: [...new Set(dropped)].join(", ") })];
    set({ ...apart(found.left), pins: kept.map((one) => ({ ...one.pin, ...apart(one.left) })) });
  }
}

/** @param {string} language @param {string} economy @param {number} [failures] */
async function load(language, economy, failures = 0) {
  const wanted = () => language === state.value.language && economy === state.value.economy;
  try {
    const found = await catalogueIn(language, economy), first = !catalogue.value, moved = catalogue.value?.economy !== economy;
    if (!wanted()) return;
    catalogue.value = found;
    gone.value = false;
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    if (moved) clean();
    if (first) { setVersion(found.version); setTimeout(() => Object.keys(LATER).forEach(loadTab), REST); }
  } catch (error) {
    if (isFault(error) && error.key === "economy") { set({ economy: DEFAULT.economy }); return; }
    gone.value = true;
    setTimeout(() => wanted() && load(language, economy, failures + 1), Math.min(LONGEST, 1000 * 2 ** failures));
  }
}

async function watchWarming() {
  try { warming.value = !(await health()).ready; } catch { /* said elsewhere */ }
  if (warming.value) setTimeout(watchWarming, 1000);
}

window.addEventListener("keydown", (event) => {
  const typing = event.target instanceof HTMLTextAreaElement || (event.target instanceof HTMLInputElement && ["text", "search"].includes(event.target.type));
  if (typing || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
  event.preventDefault();
  (event.shiftKey ? redo : undo)();
});

window.addEventListener("hashchange", () => { if (ready.value) clean(); });

let asked = "";
effect(() => {
  const { language, economy } = state.value, now = `${language} ${economy}`;
  if (now !== asked) { asked = now; load(language, economy); }
});
effect(() => { loadTab(state.value.tab); });
effect(() => {
  document.title = [state.value.title || t("What if"), ...abroad(state.value), "Xinzhi"].join(" · ");
});
watchWarming();
fetchEmulator();
const place = /** @type {Element} */ (document.getElementById("page"));
place.replaceChildren(); // the head of the page, which stood there until now
render(h(Page, null), place);
