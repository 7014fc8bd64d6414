// @ts-check
/** What has to be known beside every answer; it stays on the page. */
import { answer } from "./answers.js";
import { catalogue } from "./catalogue.js";
import { html } from "./html.js";
import { shared, state } from "./state.js";
import { t } from "./text.js";

const FEWEST = 10_000; // workers of an economy that is not coarse

/** Assumptions that hold on one side only would pass for an effect of policy. */
function ownCautions() {
  const { assumptions, precision } = state.value;
  const chosen = catalogue.value?.precisions.find((one) => one.key === precision);
  const coarse = chosen && chosen.workers < FEWEST ? [chosen.note] : [];
  return Object.keys(assumptions).length && !shared(state.value)
    ? [t("The assumptions differ between the two sides: the difference is not an effect of policy alone."), ...coarse] : coarse;
}

export function Cautions() {
  const said = [...ownCautions(), ...(answer.value.start?.cautions ?? [])];
  if (!said.length) return null;
  return html`<section class="cautions" aria-labelledby="cautions-title"><h2 id="cautions-title">${t("Read with care")}</h2>
    <ul>${said.map((text) => html`<li key=${text}>${text}</li>`)}</ul></section>`;
}
