// @ts-check
/** The estimate that is drawn dashed until enough pairs of runs are in; see estimate.js for what it is. */
import { computed, signal } from "../vendor/signals.js";
import { answer } from "./answers.js";
import { look } from "./api.js";
import { estimate } from "./estimate.js";
import { DEFAULT, state } from "./state.js";

const ENOUGH = 4; // pairs, from which the runs speak for themselves

/** What the server has fitted for this version of the model; null where it has not. */
const emulator = signal(/** @type {import("./estimate.js").Emulator | null} */ (null));

export async function fetchEmulator() {
  try { emulator.value = await look("/api/emulator"); } catch { /* there is none; the runs come anyway */ }
}

/** How many runs it was fitted to. */
export const runsOfEstimate = () => emulator.value?.points ?? 0;

/** The courses by outcome; null where the runs are in, or the mix is outside what was learnt. */
export const estimated = computed(() => {
  const { economy, base, reference, onDebt, assumptions, policies } = state.value;
  const plain = economy === DEFAULT.economy && base === "baseline" && reference === "baseline" && !onDebt && !Object.keys(assumptions).length;
  if (!emulator.value || !plain || !Object.keys(policies).length) return null;
  const pairs = answer.value.stale ? 0 : answer.value.update?.changes[1] ? answer.value.update.pairs : 0;
  return pairs >= ENOUGH ? null : estimate(emulator.value, policies);
});
