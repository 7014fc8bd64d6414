// @ts-check
/** What has to be known beside every answer; it stays on the page. */
import { answer } from "./answers.js";
import { html } from "./html.js";
import { state } from "./state.js";
import { t } from "./text.js";

/** Assumptions that hold on one side only would pass for an effect of policy. */
function ownCautions() {
  const { assumptions, both } = state.value;
  return Object.keys(assumptions).length && !both
    ? [t("The assumptions differ between the two sides: the difference is not an effect of policy alone.")] : [];
}

export function Cautions() {
  const said = [...ownCautions(), ...(answer.value.start?.cautions ?? [])];
  if (!said.length) return null;
  return html`<section class="cautions" aria-labelledby="cautions-title"><h2 id="cautions-title">${t("Read with care")}</h2>
    <ul>${said.map((text) => html`<li key=${text}>${text}</li>`)}</ul></section>`;
}
