// @ts-check
/** The jobs behind "Why": one at a time, with its progress; a newer one ends the older one. */
import { effect, signal, untracked } from "../vendor/signals.js";
import { events, isFault, PAGE } from "./api.js";
import { catalogue } from "./catalogue.js";
import { ready } from "./library.js";
import { mixOf, referenceOf, state } from "./state.js";

/** @typedef {import("./types").State} State @typedef {import("./types").Fault} Fault */
/** @typedef {{key: string, title: string, mean: number | null, low: number | null, high: number | null, word: string}} Part */
/** @typedef {{mean: number | null, low: number | null, high: number | null, word?: string}} Total */
/** @typedef {{unit: string, decimals: number, total: Total, parts: Part[]}} Account */
/** @typedef {{pairs: number, of: number, outcomes: Record<string, Account>}} WhyUpdate */
/**
 * @typedef {object} Job
 * @property {string} key the request that ``update`` answers
 * @property {number} year
 * @property {string} language in which the parts are named
 * @property {boolean} busy
 * @property {{done: number, of: number, seconds_left: number | null} | null} progress
 * @property {WhyUpdate | null} update
 * @property {Fault | null} error
 */
const MOST_AT_ONCE = 3; // levers that are explained without asking for it
const PASSING = [429, 503]; // statuses of a server that has too much to do just now
const PAUSE = 400; // milliseconds without a further move before that begins

/** @type {Job} */
const NOTHING = { key: "", year: 0, language: "", busy: false, progress: null, update: null, error: null };

/** One for each way of asking why, so that turning to the other loses nothing. */
export const jobs = { levers: signal(NOTHING), mechanisms: signal(NOTHING) };

let running = new AbortController();
let serial = 0;

/** The levers that the mix pulls.
 * @param {State} of */
export const pulledLevers = (of) => Object.keys(of.policies).filter((key) => key.startsWith("levers."));

/** @param {State} of */
const kind = (of) => (of.by === "mechanisms" ? "mechanisms" : "levers");

/** The job of the way chosen. */
export const currentJob = () => jobs[kind(state.value)];

/** @param {State} of */
function bodyOf(of) {
  const all = catalogue.value;
  const precision = all?.precisions.find((one) => one.key === of.precision) ?? all?.precisions[0];
  return {
    page: PAGE, mix: { ...mixOf(of), title: "" }, reference: referenceOf(of), by: kind(of), year: of.year,
    workers: precision?.workers, seeds: precision?.seeds, until: all?.last_year, on_debt: of.onDebt, language: of.language,
  };
}

/** Whether what is shown answers what the page asks now. */
export const isCurrent = () => currentJob().value.key === JSON.stringify(bodyOf(state.value));

export function cancel() {
  serial += 1;
  running.abort();
  for (const job of Object.values(jobs)) if (job.value.busy) job.value = { ...job.value, busy: false, progress: null };
}

export async function begin() {
  cancel();
  const mine = serial, job = currentJob(), body = bodyOf(state.value);
  running = new AbortController();
  job.value = { ...job.value, busy: true, progress: null, error: null };
  for (;;) {
    const fault = await run(job, body, mine);
    if (mine !== serial) return;
    if (!fault || !PASSING.includes(fault.status)) {
      job.value = { ...job.value, busy: false, progress: null, error: fault ?? job.value.error };
      return;
    }
    await new Promise((done) => setTimeout(done, Math.max(fault.wait ?? 0, 1) * 1000));
    if (mine !== serial) return;
  }
}

/**
 * One request; what went wrong with it, if anything did.
 * @param {import("../vendor/signals.js").Signal<Job>} job @param {ReturnType<typeof bodyOf>} body @param {number} mine
 * @returns {Promise<Fault | null>}
 */
async function run(job, body, mine) {
  const key = JSON.stringify(body);
  try {
    for await (const { event, data } of events("/api/why", body, running.signal)) {
      if (mine !== serial) return null;
      if (event === "progress") job.value = { ...job.value, progress: data };
      else if (event === "update") job.value = { ...job.value, key, year: body.year, language: body.language, update: data };
      else if (event === "fault") job.value = { ...job.value, error: { status: 422, message: data.message } };
    }
    return null;
  } catch (error) {
    return isFault(error) ? error : { status: -1, message: String(error) };
  }
}

/**
 * A job goes on while other tabs are looked at, and ends when the question changes. A few levers are quick, so that
 * nobody need ask for them.
 */
let timer = 0, question = "";
effect(() => {
  const now = state.value, here = ready.value;
  const asked = here ? JSON.stringify({ ...bodyOf(now), by: "" }) : "";
  const few = pulledLevers(now).length, looked = here && now.tab === "why" && kind(now) === "levers";
  untracked(() => {
    clearTimeout(timer);
    if (asked !== question) cancel();
    question = asked;
    const busy = Object.values(jobs).some((job) => job.value.busy);
    const atOnce = looked && few > 0 && few <= MOST_AT_ONCE && !busy && !isCurrent();
    if (atOnce) timer = window.setTimeout(begin, PAUSE);
  });
});
