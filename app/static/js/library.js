// @ts-check
/** Scenarios that are kept: the shipped ones, and those of the folder that the server was given. */
import { signal } from "../vendor/signals.js";
import { ownLibrary } from "./api.js";
import { known } from "./catalogue.js";
import { set } from "./state.js";

/** @typedef {import("./types").Settings} Settings */

/** Scenarios of the user's own folder; null where the server has none. */
export const own = signal(/** @type {import("./types").Entry[] | null} */ (null));
/** What the page has to say once, such as what a link names that this version does not know. */
export const notices = signal(/** @type {string[]} */ ([]));

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
 * @param {{title: string, question?: string, base: string, settings: Settings, both?: boolean}} entry
 */
export function openEntry(entry) {
  const { policies, assumptions } = apart(known(entry.settings).left);
  const both = entry.both ?? Object.keys(assumptions).length === 0;
  set({
    base: entry.base, policies, assumptions, both, title: entry.title, question: entry.question ?? "", reference: "baseline",
  }, { undoable: true });
}
