// @ts-check
/** Scenarios that are kept: the shipped ones, and those of the folder that the server was given. */
import { computed, signal } from "../vendor/signals.js";
import { ownLibrary } from "./api.js";
import { catalogue, known, levers, parameters } from "./catalogue.js";
import { DEFAULT, set, state, where } from "./state.js";
import { t } from "./text.js";

/** @typedef {import("./types").Settings} Settings */

/** Scenarios of the user's own folder; null where the server has none. */
export const own = signal(/** @type {import("./types").Entry[] | null} */ (null));
/** What the page has to say once, such as what a link names that this version does not know. */
export const notices = signal(/** @type {string[]} */ ([]));

/** Whether the catalogue is that of the country that is looked at; until then no number is shown. */
export const ready = computed(() => catalogue.value?.economy === state.value.economy);

/** What the page calls a country.
 * @param {string} [economy] */
export const countryOf = (economy = DEFAULT.economy) => catalogue.value?.economies.find((one) => one.key === economy)?.title ?? economy;

/** The country of a scenario where it is not the usual one.
 * @param {{economy?: string}} of */
export const abroad = (of) => Object.values(where(of)).map(countryOf);

export async function lookIntoLibrary() {
  try { own.value = await ownLibrary(); } catch { own.value = null; }
}

/** Settings apart: policies, and assumptions on how the world works.
 * @param {Settings} settings */
export function apart(settings) {
  const all = Object.entries(settings).filter(([key]) => key !== "quarters");
  return {
    policies: /** @type {Settings} */ (Object.fromEntries(all.filter(([key]) => key.startsWith("levers.")))),
    assumptions: /** @type {Settings} */ (Object.fromEntries(all.filter(([key]) => !key.startsWith("levers.")))),
  };
}

/**
 * Move the controls to a scenario, in one step of undo. Assumptions of its own hold on its side only, as in the files,
 * but where the scenario that it is compared with has them too.
 * @param {{title: string, question?: string, base: string, settings: Settings, both?: boolean, economy?: string}} entry
 */
export function openEntry(entry) {
  const economy = entry.economy ?? DEFAULT.economy;
  const { policies, assumptions } = apart(economy === catalogue.value?.economy ? known(entry.settings).left : entry.settings);
  const both = entry.both ?? Object.keys(assumptions).length === 0;
  set({
    economy, base: entry.base, policies, assumptions, both, title: entry.title, question: entry.question ?? "", reference: "baseline",
  }, { undoable: true });
}

/** Look at another country. Amounts of money and numbers of the world stay behind, since each has its own.
 * @param {string} economy */
export function moveTo(economy) {
  const { policies, assumptions, base } = state.value, all = Object.entries({ ...policies, ...assumptions });
  const lever = (/** @type {string} */ key) => levers.value.get(key.slice(7));
  const own = (/** @type {string} */ key) => parameters.value.has(key) || lever(key)?.parameters.some((one) => one.money);
  const names = all.flatMap(([key]) => (own(key) ? [(lever(key) ?? parameters.value.get(key))?.title ?? key] : []));
  const other = names.length > 0 || !catalogue.value?.references.some((one) => one.key === base);
  if (names.length) notices.value = [...notices.value, t("Left out, since each country has its own currency and numbers: {names}.", { names: names.join(", ") })];
  const left = apart(Object.fromEntries(all.filter(([key]) => !own(key))));
  set({ economy, ...left, ...(other && { base: DEFAULT.base, title: "", question: "" }) }, { undoable: true });
}
