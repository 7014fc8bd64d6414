// @ts-check
/** What matters to whom: weights on goals rank the scenarios. */
import { answer, pinned } from "./answers.js";
import { compared } from "./compared.js";
import { GOALS, ranked } from "./goals.js";
import { html } from "./html.js";
import { set, state } from "./state.js";
import { number, t } from "./text.js";

/** @typedef {import("./goals.js").Option} Option */

export const MOST_WEIGHT = 10;

/** @type {() => Record<string, string>} */
export const goalTitles = () => ({
  growth: t("Growth"), jobs: t("Jobs"), equality: t("Equality"), emissions: t("Lower emissions"), debt: t("Lower public debt"),
});

/** A slider for each goal.
 * @param {{weights: Record<string, number>, change: (weights: Record<string, number>) => void}} given */
export function Weights({ weights, change }) {
  const titles = goalTitles();
  return html`<div class="weights">${Object.keys(GOALS).map((goal) => html`<label key=${goal}><span>${titles[goal]}</span>
    <input type="range" min="0" max=${MOST_WEIGHT} step="1" value=${weights[goal] ?? 5} aria-label=${titles[goal]}
      aria-valuetext=${t("{weight} of {most}", { weight: weights[goal] ?? 5, most: MOST_WEIGHT })}
      onInput=${(/** @type {any} */ event) => change({ ...weights, [goal]: Number(event.target.value) })} />
    <output>${weights[goal] ?? 5}</output></label>`)}</div>`;
}

/** Weights with the middle where none was chosen.
 * @param {Record<string, number>} chosen */
export const whole = (chosen) => Object.fromEntries(Object.keys(GOALS).map((goal) => [goal, chosen[goal] ?? 5]));

/** The scenarios on the page and the reference, with their mean change in the chosen year.
 * @returns {Option[]} */
function options() {
  const at = ((answer.value.start ?? pinned.value.start)?.years ?? []).indexOf(state.value.year);
  const found = compared().flatMap((one) => {
    const changes = one.side ? one.answer.update?.changes[one.side] : null;
    if (!changes || at < 0) return [];
    const means = Object.values(GOALS).map(({ outcome }) => [outcome, changes[outcome]?.mean[at] ?? 0]);
    return [{ title: `${one.letter} ${one.title}`, changes: Object.fromEntries(means) }];
  });
  return found.length ? [{ title: t("No policy"), changes: {} }, ...found] : [];
}

/** Scenarios with their scores, the parts of each goal side by side.
 * @param {{options: Option[], weights: Record<string, number>}} given */
export function Ranking({ options: all, weights }) {
  const titles = goalTitles();
  return html`<ol class="ranking">${ranked(all, weights).map((one) => html`<li key=${one.at}>
    <span class="rank-name">${one.title}</span>
    <span class="rank-bar" aria-hidden="true">${Object.entries(one.parts).map(([goal, part]) => html`<i key=${goal}
      class=${`goal-${goal}`} style=${{ width: `${part}%` }} title=${`${titles[goal]} ${number(part, 0)}`}></i>`)}</span>
    <span class="rank-score">${number(one.score, 0)}</span></li>`)}</ol>
    <p class="legend">${Object.keys(GOALS).map((goal) => html`<span key=${goal}><i class=${`goal-${goal}`}></i>${titles[goal]}</span>`)}</p>`;
}

export function GoalsPanel() {
  const all = options(), weights = state.value.weights;
  if (all.length < 2) return null;
  return html`<section class="goals" aria-labelledby="goals-title"><h2 id="goals-title">${t("What matters to you?")}</h2>
    <p class="note">${t("Weights rank the scenarios by their changes in {year}: 100 is best on every goal, 0 worst. A weight says what the step from the worst to the best of these scenarios is worth to you.", { year: state.value.year })}</p>
    <div class="goals-both"><${Weights} weights=${weights} change=${(/** @type {Record<string, number>} */ next) => set({ weights: next })} />
      <div><${Ranking} options=${all} weights=${whole(weights)} /></div></div>
    <p class="note">${t("The ranking takes the means; scenarios whose intervals overlap may change places.")}
      <button class="quiet" onClick=${() => set({ tab: "round" })}>${t("Let a group decide")}</button></p>
  </section>`;
}
