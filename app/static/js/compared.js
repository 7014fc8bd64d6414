// @ts-check
/** The scenarios that are compared: the mix on the page as A, those pinned as B to D, each with its answer. */
import { answer, pinned } from "./answers.js";
import { known } from "./catalogue.js";
import { apart } from "./library.js";
import { verdictOf } from "./sentence.js";
import { nameOf } from "./settings_text.js";
import { mixOf, pinsHere, pulled, same, set, state, where } from "./state.js";
import { t } from "./text.js";

/** @typedef {import("./types").Answer} Answer @typedef {import("./types").Pin} Pin */
/**
 * @typedef {object} Compared
 * @property {string} letter
 * @property {number} colour
 * @property {string} title
 * @property {number | null} pin its place among the pins; null for the mix on the page
 * @property {Pin} of
 * @property {Answer} answer
 * @property {number} side its place in the answer; 0 where that has none yet
 */
export const MOST_PINS = 3;
const LETTERS = "ABCD";

/** @returns {Compared[]} */
export function compared() {
  const now = state.value;
  const mine = pulled(now) ? [{ pin: null, of: pinOf(), answer: answer.value, side: answer.value.update?.changes[1] ? 1 : 0 }] : [];
  const others = pinsHere(now).map((of) => ({ pin: now.pins.indexOf(of), of, answer: pinned.value, side: placeOf(of) }));
  return [...mine, ...others].map((one, place) => {
    const at = place + 1 - mine.length;
    return { ...one, letter: LETTERS[at] ?? "", colour: at, title: one.of.title || nameOf(one.of.policies, one.of.assumptions) };
  });
}

/** The mix on the page as a pin.
 * @returns {Pin} */
const pinOf = () => {
  const { title, base, policies, assumptions } = state.value;
  return { title, base, policies, assumptions, ...where(state.value) };
};

/** Where the latest answer has a pinned scenario: an answer to earlier pins may have them at other places.
 * @param {Pin} pin */
function placeOf(pin) {
  const { key, update } = pinned.value;
  if (!key || !update) return 0;
  const asked = /** @type {import("./types").Request} */ (JSON.parse(key)).scenarios;
  const { base, settings, economy } = mixOf(pin);
  const at = asked.findIndex((one, place) => place > 0 && same([one.base, one.settings, one.economy], [base, settings, economy]));
  return at > 0 && update.changes[at] ? at : 0;
}

/** Whether the mix on the page is pinned already. */
export function isPinned() {
  const { base, policies, assumptions } = state.value;
  return pinsHere(state.value).some((one) => same([one.base, one.policies, one.assumptions], [base, policies, assumptions]));
}

/** Pin the mix on the page; its name is the one it has, or is made of its levers. */
export const pinMix = () => add(pinOf());

/** Pin a scenario of the library.
 * @param {import("./types").Entry} entry */
export const pinEntry = (entry) => add({ title: entry.title, base: entry.base, ...apart(known(entry.settings).left), ...where(state.value) });

/** @param {Pin} pin */
function add(pin) {
  const { pins } = state.value;
  if (pinsHere(state.value).length >= MOST_PINS) return;
  set({ pins: [...pins, { ...pin, title: free(pin.title || nameOf(pin.policies, pin.assumptions), pins) }] }, { undoable: true });
}

/** A name that no other pin has.
 * @param {string} title @param {Pin[]} pins */
function free(title, pins) {
  const taken = new Set(pins.map((one) => one.title));
  if (!taken.has(title)) return title;
  for (let count = 2; ; count += 1) {
    const next = t("{name} ({count})", { name: title, count });
    if (!taken.has(next)) return next;
  }
}

/** @param {number} at @param {string} title */
export function renamePin(at, title) {
  set({ pins: state.value.pins.map((one, place) => (place === at ? { ...one, title } : one)) }, { undoable: true });
}

/** @param {number} at */
export const removePin = (at) => set({ pins: state.value.pins.filter((_, place) => place !== at) }, { undoable: true });

/** A pinned scenario becomes the mix on the page and stays pinned.
 * @param {number} at */
export function openPin(at) {
  const pin = state.value.pins[at];
  if (pin) set({ ...pin }, { undoable: true });
}

/** The difference of one outcome in a year.
 * @param {Compared} one @param {string} outcome @param {number} year */
export const differenceOf = (one, outcome, year) => (one.side ? verdictOf(one.answer, one.side, outcome, year) : null);

/** The course of a difference.
 * @param {Compared} one @param {string} outcome */
export const changeOf = (one, outcome) => (one.side ? one.answer.update?.changes[one.side]?.[outcome] ?? null : null);
