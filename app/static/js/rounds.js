// @ts-check
/** A round of deliberation as this browser knows it: what the server says of it, and who we are in it. */
import { PAGE, events, isFault, look, send } from "./api.js";
import { effect, signal } from "../vendor/signals.js";
import { catalogue } from "./catalogue.js";
import { GOALS } from "./goals.js";
import { set, state, where } from "./state.js";

/** @typedef {import("./types").Round} Round @typedef {import("./goals.js").Option} Option */

const SECONDS = 3; // between two looks
const PAIRS = 4, AT_ONCE = 3; // of the runs that rank all proposals

/** What the server says; null before it has. */
export const round = signal(/** @type {Round | null} */ (null));
export const fault = signal("");
/** The proposals with their changes, for the ranking of a closed round; null before it is asked for. */
export const options = signal(/** @type {Option[] | null} */ (null));

/** @param {string} name @param {() => string} make */
function kept(name, make) {
  try {
    const found = localStorage.getItem(name) ?? make();
    if (found) localStorage.setItem(name, found);
    return found;
  } catch { return make(); }
}

const participant = () => kept("xinzhi.participant", () => crypto.getRandomValues(new Uint32Array(4)).join("-"));
/** The facilitator's key of a round; empty for participants.
 * @param {string} name */
export const keyOf = (name) => kept(`xinzhi.round.${name}`, () => "");

/** @param {string} path @param {Record<string, unknown>} body @returns {Promise<Round | null>} */
async function tell(path, body) {
  try {
    const found = await send(path, body);
    fault.value = "";
    round.value = found;
    return found;
  } catch (error) {
    fault.value = isFault(error) && error.message ? error.message : String(error);
    return null;
  }
}

/** @param {string} question */
export async function openRound(question) {
  const found = await tell("/api/rounds", { question, ...where(state.value) });
  if (!found) return;
  kept(`xinzhi.round.${found.round}`, () => found.key ?? "");
  set({ round: found.round });
}

/** @param {string} stage */
export const advance = (stage) => tell(`/api/rounds/${state.value.round}/stage`, { key: keyOf(state.value.round), stage });
/** @param {string} title @param {import("./types").Mix} mix */
export const propose = (title, mix) => tell(`/api/rounds/${state.value.round}/proposals`, { participant: participant(), title, mix });
/** @param {number[]} approvals @param {Record<string, number>} weights */
export const vote = (approvals, weights) => tell(`/api/rounds/${state.value.round}/votes`, { participant: participant(), approvals, weights });

export function leaveRound() {
  round.value = null;
  options.value = null;
  set({ round: "" });
}

/** Run the proposals against no policy, a few at a time, and keep what changes by ``year``.
 * @param {number} year */
export async function rankAll(year) {
  const proposals = round.value?.proposals ?? [], all = catalogue.value;
  if (!all) return;
  /** @type {Option[]} */
  const found = [{ title: "", changes: {} }];
  for (let from = 0; from < proposals.length; from += AT_ONCE) {
    const some = proposals.slice(from, from + AT_ONCE);
    const body = {
      page: PAGE, scenarios: [{ base: "baseline", settings: {}, title: "", ...where(some[0]?.mix ?? {}) }, ...some.map((one) => one.mix)], reference: 0,
      workers: all.precisions[0]?.workers, seeds: PAIRS, first_seed: 1, until: all.last_year, on_debt: false, group_year: null,
      language: state.value.language,
    };
    /** @type {import("./types").Update | null} */
    let last = null;
    let at = -1;
    for await (const { event, data } of events("/api/stream", body, new AbortController().signal)) {
      if (event === "start") at = data.years.indexOf(year);
      if (event === "update") last = data;
    }
    some.forEach((one, place) => {
      const changes = last?.changes[place + 1];
      const means = Object.values(GOALS).map(({ outcome }) => [outcome, changes?.[outcome]?.mean[at] ?? 0]);
      found.push({ title: one.title, changes: Object.fromEntries(means) });
    });
  }
  options.value = found;
}

let timer = 0;
effect(() => {
  const { round: name, tab } = state.value;
  clearTimeout(timer);
  if (!name || tab !== "round") return;
  const again = async () => {
    try { round.value = await look(`/api/rounds/${name}`); fault.value = ""; }
    catch (error) { fault.value = isFault(error) && error.message ? error.message : ""; }
    if (state.value.round === name && state.value.tab === "round") timer = window.setTimeout(again, SECONDS * 1000);
  };
  again();
});
