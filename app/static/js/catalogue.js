// @ts-check
/** What can be chosen and shown, as the server says it, and where to find one thing in it. */
import { computed, signal } from "../vendor/signals.js";

/** @typedef {import("./types").Catalogue} Catalogue */

/** @type {import("../vendor/signals.js").Signal<Catalogue | null>} */
export const catalogue = signal(/** @type {Catalogue | null} */ (null));

/** @template {{key: string}} T @param {T[] | undefined} list @returns {Map<string, T>} */
const byKey = (list) => new Map((list ?? []).map((one) => [one.key, one]));

export const outcomes = computed(() => byKey(catalogue.value?.outcomes));
export const levers = computed(() => byKey(catalogue.value?.levers));
/** Parameters of the world by the key of their setting. */
export const parameters = computed(
  () => new Map((catalogue.value?.parameters ?? []).map((one) => [`assumptions.${one.key}`, one])),
);
export const closures = computed(() => byKey(catalogue.value?.closures));
export const mechanisms = computed(() => byKey(catalogue.value?.mechanisms));
/** The eight panels, in order. */
export const headline = computed(() => (catalogue.value?.outcomes ?? []).filter((one) => one.headline));

const PLAIN = ["ai", "quarters"]; // settings that have no parts

/**
 * Settings without those that this version does not know, and the names of what was dropped.
 * @param {import("./types").Settings} settings
 */
export function known(settings) {
  /** @type {import("./types").Settings} */
  const left = {};
  const dropped = [];
  for (const [key, value] of Object.entries(settings)) {
    const [head, ...rest] = key.split("."), name = rest.join(".");
    const lists = { levers: levers.value, closures: closures.value, mechanisms: mechanisms.value };
    const list = /** @type {Record<string, Map<string, unknown>>} */ (lists)[head ?? ""];
    const fine = list ? list.has(name) : head === "assumptions" ? parameters.value.has(key) : PLAIN.includes(key);
    if (fine && partsKnown(head ?? "", name, value)) left[key] = value;
    else dropped.push(name || key);
  }
  return { left, dropped };
}

/** @param {string} head @param {string} name @param {import("./types").Value} value */
function partsKnown(head, name, value) {
  if (head !== "levers" || typeof value !== "object" || value === null) return true;
  const names = new Set([...(levers.value.get(name)?.parameters ?? []).map((one) => one.key), "path", "shape", "replace"]);
  return Object.keys(value).every((key) => names.has(key) || /^\d{4}$/.test(key));
}
