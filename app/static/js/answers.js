// @ts-check
/** The answers of the server: one for the mix, one for the pinned scenarios; a newer request always wins. */
import { effect, signal, untracked } from "../vendor/signals.js";
import { PAGE, events, isFault } from "./api.js";
import { BUDGET } from "./budget_outcomes.js";
import { catalogue, headline } from "./catalogue.js";
import { ready } from "./library.js";
import { dragging, mixOf, pinsHere, pulled, referenceOf, state, where } from "./state.js";

/** @typedef {import("./types").Answer} Answer @typedef {import("./types").Request} Request */
/** @typedef {import("./types").State} State */

const PAUSE = 120; // milliseconds without a further move before runs start
const LONGEST = 30_000; // milliseconds between two attempts to reach the server

/** @type {Answer} */
const NOTHING = {
  key: "", start: null, update: null, stale: false, busy: false, error: null, faults: [], done: null, waiting: false,
};

/** For [reference, mix]; for the mix alone where it is its own reference. */
export const answer = signal(NOTHING);
/** For [reference, pinned scenarios]. */
export const pinned = signal(NOTHING);

/** A title changes no number, so it is no reason to ask again.
 * @param {State} of @param {import("./types").Mix[]} scenarios @returns {Request | null} */
function request(of, scenarios) {
  const all = catalogue.value;
  if (!all || !ready.value) return null;
  const precision = all.precisions.find((one) => one.key === of.precision) ?? all.precisions[0];
  if (!precision) return null;
  return {
    page: PAGE, scenarios: scenarios.map((one) => ({ ...one, title: "" })), reference: 0,
    workers: precision.workers, seeds: precision.seeds, first_seed: 1,
    until: all.last_year, on_debt: of.onDebt, group_year: of.tab === "who" ? of.year : null,
    language: of.language, outcomes: [...headline.value.map((one) => one.key), "employment"], levels: BUDGET,
  };
}

/** What is asked for the mix.
 * @param {State} of */
export const requestOf = (of) => request(of, pulled(of) ? [referenceOf(of), mixOf(of)] : [mixOf(of)]);

/** What is asked for the pinned scenarios; null where none is pinned or nobody looks.
 * @param {State} of */
export function requestOfPins(of) {
  const pins = pinsHere(of);
  if (!pins.length || of.tab !== "compare") return null;
  return request(of, [{ base: of.reference, settings: {}, title: "", ...where(of) }, ...pins.map(mixOf)]);
}

/**
 * Keep ``target`` at the answer to what ``asked`` says.
 * @param {import("../vendor/signals.js").Signal<Answer>} target @param {(of: State) => Request | null} asked
 */
function follow(target, asked) {
  let serial = 0, timer = 0, failures = 0;
  let running = new AbortController();

  /** @param {Request} body @param {string} key @param {number} mine */
  async function run(body, key, mine) {
    /** @type {import("./types").Start | null} */
    let start = null;
    let finished = false;
    for await (const { event, data } of events("/api/stream", body, running.signal)) {
      if (mine !== serial) return;
      if (event === "start") { start = data; target.value = { ...target.value, error: null, waiting: false }; }
      else if (event === "update") {
        failures = 0;
        const faults = target.value.key === key ? target.value.faults : [];
        target.value = { ...target.value, key, start, update: data, stale: false, error: null, done: null, faults };
      } else if (event === "fault") target.value = { ...target.value, faults: [...target.value.faults, data.message] };
      else if (event === "done") { finished = true; target.value = { ...target.value, done: data, busy: false }; }
    }
    if (mine === serial && !finished) throw { status: 0, message: "" };
  }

  /** @param {Request} body @param {string} key */
  async function begin(body, key) {
    const mine = ++serial;
    running.abort();
    running = new AbortController();
    try { await run(body, key, mine); }
    catch (error) {
      if (mine !== serial) return;
      const fault = isFault(error) ? error : { status: -1, message: String(error) };
      const again = fault.status === 0 || fault.status === 429 || fault.status === 503;
      target.value = { ...target.value, busy: again, stale: true, error: fault, waiting: again };
      if (!again) return;
      const pause = Math.max((fault.wait ?? 0) * 1000, Math.min(LONGEST, 1000 * 2 ** failures++));
      timer = window.setTimeout(() => begin(body, key), pause);
    }
  }

  let asking = "";
  effect(() => {
    const body = asked(state.value), key = body ? JSON.stringify(body) : "";
    if (key === asking) return;
    asking = key;
    untracked(() => {
      // A run that is being given up holds its place at the server for a moment, so that many quick moves wait too.
      const pause = dragging() || target.value.busy ? PAUSE : 0;
      clearTimeout(timer);
      serial++;
      running.abort();
      if (!body) { target.value = NOTHING; return; }
      target.value = { ...target.value, busy: true, stale: target.value.update !== null, error: null, waiting: false };
      timer = window.setTimeout(() => begin(body, key), pause);
    });
  });
}

follow(answer, requestOf);
follow(pinned, requestOfPins);
