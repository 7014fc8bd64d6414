// @ts-check
/** What the page is about: one signal, kept in the address, with undo and redo. Nothing else remembers a choice. */
import { signal } from "../vendor/signals.js";

/** @typedef {import("./types").State} State */

/** @type {State} */
export const DEFAULT = {
  tab: "what", economy: "china", base: "baseline", reference: "baseline", policies: {}, assumptions: {}, both: true, onDebt: false,
  title: "", question: "", pins: [], year: 2035, show: "difference", measure: "deciles.income_mean", order: "", by: "levers",
  outcome: "real_gdp", precision: "quick", language: "en", weights: {}, round: "",
};
export const LONGEST_TITLE = 40; // letters, of a scenario
const STEPS = 500; // how many moves can be undone
const REST = 150; // milliseconds between two writings of the address while something is dragged
const KEPT = "xinzhi.page"; // the name in the session's storage
/** What undo brings back: the question asked, not the way it is looked at. */
const UNDONE = /** @type {(keyof State)[]} */ (
  ["economy", "base", "reference", "policies", "assumptions", "both", "onDebt", "title", "question", "pins"]
);

/** @param {unknown} one @param {unknown} other */
export const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/**
 * The part of the address after #: each field that differs from the default, as JSON where it is no plain word.
 * @param {State} now @param {string} version
 */
export function written(now, version) {
  const fields = new URLSearchParams();
  for (const [name, value] of Object.entries(now)) {
    if (same(value, DEFAULT[/** @type {keyof State} */ (name)])) continue;
    fields.set(name, typeof value === "string" ? value : JSON.stringify(value));
  }
  if (version && fields.toString()) fields.set("version", version);
  if (token) fields.set("token", token);
  return fields.toString();
}

/**
 * The state that an address names; fields that are unknown or of another kind are left out.
 * @param {string} hash @returns {{state: State, version: string}}
 */
export function read(hash) {
  const fields = new URLSearchParams(hash.replace(/^#/, ""));
  const found = /** @type {Record<string, unknown>} */ ({ ...DEFAULT });
  for (const [name, text] of fields) {
    const usual = found[name];
    if (usual === undefined) continue;
    if (typeof usual === "string") { found[name] = text; continue; }
    try {
      const value = JSON.parse(text);
      if (typeof value === typeof usual && value !== null && Array.isArray(value) === Array.isArray(usual)) found[name] = value;
    } catch { /* a damaged field keeps its default */ }
  }
  return { state: /** @type {State} */ (/** @type {unknown} */ (found)), version: fields.get("version") ?? "" };
}

/** @returns {{hash: string, past: State[], future: State[]}} */
function kept() {
  try { return { hash: "", past: [], future: [], ...JSON.parse(sessionStorage.getItem(KEPT) ?? "{}") }; }
  catch { return { hash: "", past: [], future: [] }; }
}

/** The secret that a server for others asks for; the link that it printed has it, and so must one that is sent on. */
export const token = new URLSearchParams(location.hash.slice(1)).get("token") ?? "";
/** What the link of the facilitator has besides. It is kept for this tab and is in no link that is sent on. */
export const facilitator = keptForTab("facilitator");

/** @param {string} name */
function keptForTab(name) {
  const found = new URLSearchParams(location.hash.slice(1)).get(name);
  try {
    if (found) sessionStorage.setItem(`xinzhi.${name}`, found);
    return found ?? sessionStorage.getItem(`xinzhi.${name}`) ?? "";
  } catch { return found ?? ""; }
}

const before = kept();
const opened = location.hash.length > 1 && !/^#token=[^&]*(&facilitator=[^&]*)?$/.test(location.hash) ? location.hash : before.hash;
const first = read(opened);
if (opened.length <= 1 && /^zh/i.test(navigator.language)) first.state.language = "zh";

export const state = signal(first.state);
/** The version that wrote the link that was opened; empty where it says none. */
export const linkVersion = signal(first.version);
export const moves = signal(
  before.hash.replace(/^#/, "") === opened.replace(/^#/, "")
    ? { past: before.past, future: before.future } : { past: /** @type {State[]} */ ([]), future: /** @type {State[]} */ ([]) },
);
let version = "";
let gesture = ""; // what is being dragged: its moves are one step of undo
let waiting = 0; // until the address is written

/** @param {string} now */
export function setVersion(now) { version = now; keep(); }

/** Into the address and the session's storage; while something is dragged only now and then, since browsers count. */
function keep() {
  if (!gesture) write();
  else if (!waiting) waiting = window.setTimeout(write, REST);
}

function write() {
  clearTimeout(waiting);
  waiting = 0;
  const hash = written(state.value, version), address = location.pathname + location.search + (hash ? "#" + hash : "");
  try {
    if (address !== location.pathname + location.search + location.hash) history.replaceState(null, "", address);
    sessionStorage.setItem(KEPT, JSON.stringify({ hash: "#" + hash, ...moves.value }));
  } catch { /* too often, full or forbidden: the next move writes both again */ }
}

/**
 * Change the state. With ``undoable`` it is a step of undo; moves of one ``gesture`` are one step until it ends.
 * @param {Partial<State>} patch @param {{undoable?: boolean, gesture?: string}} [how]
 */
export function set(patch, how = {}) {
  const last = state.value, next = { ...last, ...patch };
  if (same(last, next)) return;
  if (how.undoable && !(how.gesture && how.gesture === gesture)) {
    moves.value = { past: [...moves.value.past, last].slice(-STEPS), future: [] };
  }
  if (how.undoable || how.gesture) gesture = how.gesture ?? "";
  state.value = next;
  keep();
}

export const dragging = () => gesture !== "";
/** The thing that was dragged is let go. */
export function endGesture() {
  gesture = "";
  if (waiting) write();
}

/** @param {State} past @param {State} now @returns {State} the question of one with the view of the other */
const questionOf = (past, now) =>
  /** @type {State} */ ({ ...now, ...Object.fromEntries(UNDONE.map((name) => [name, past[name]])) });

export function undo() {
  const { past, future } = moves.value, last = past[past.length - 1], now = state.value;
  if (!last) return;
  endGesture();
  moves.value = { past: past.slice(0, -1), future: [...future, now] };
  state.value = questionOf(last, now);
  keep();
}

export function redo() {
  const { past, future } = moves.value, next = future[future.length - 1], now = state.value;
  if (!next) return;
  endGesture();
  moves.value = { past: [...past, now], future: future.slice(0, -1) };
  state.value = questionOf(next, now);
  keep();
}

/** Everything back to the baseline, but the country and the way it is looked at; one step of undo. */
export const reset = () => set({ ...questionOf(DEFAULT, state.value), economy: state.value.economy }, { undoable: true });

/** The economy of a scenario, as it is sent and kept: nothing for the usual one.
 * @param {{economy?: string}} of */
export const where = ({ economy = DEFAULT.economy }) => (economy === DEFAULT.economy ? {} : { economy });

/** The pinned scenarios of the country that is looked at; the others wait until it is chosen again.
 * @param {State} of */
export const pinsHere = (of) => of.pins.filter((one) => same(where(one), where(of)));

/** The address that brings all of this back. */
export function link() {
  const hash = written(state.value, version);
  return location.origin + location.pathname + location.search + (hash ? "#" + hash : "");
}

/** The address of a round without anything that is set here, so that nobody starts from the facilitator's mix. */
export function roundLink() {
  const { round, language, economy } = state.value;
  return `${location.origin}${location.pathname}${location.search}#${written({ ...DEFAULT, tab: "round", round, language, economy }, version)}`;
}

/** Whether the page comes from this very machine, so that its address leads nowhere from another. */
export const local = ["127.0.0.1", "localhost", "[::1]"].includes(location.hostname);

/** @param {import("./types").Pin} of @returns {import("./types").Mix} */
export const mixOf = (of) =>
  ({ base: of.base, settings: { ...of.policies, ...of.assumptions }, title: of.title.slice(0, LONGEST_TITLE), ...where(of) });

/**
 * Whether the assumptions hold on both sides. Without any policy it is they that are asked about, so that the baseline
 * under them is compared with the baseline as it is.
 * @param {State} of
 */
export const shared = (of) => of.both && (of.base !== of.reference || Object.keys(of.policies).length > 0);

/** What the mix is compared with.
 * @param {State} of @returns {import("./types").Mix} */
export const referenceOf = (of) => ({ base: of.reference, settings: shared(of) ? { ...of.assumptions } : {}, title: "", ...where(of) });

/** Whether there is nothing to compare: the mix is its own reference.
 * @param {State} of */
export function pulled(of) {
  const subject = mixOf(of), reference = referenceOf(of);
  return !(subject.base === reference.base && same(subject.settings, reference.settings));
}

window.addEventListener("hashchange", () => {
  const found = read(location.hash);
  linkVersion.value = found.version;
  set(found.state, { undoable: true });
});
window.addEventListener("pagehide", write);
