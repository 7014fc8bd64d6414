// @ts-check
/** Markup as tagged templates: html`<p>${text}</p>` makes what Preact draws. */
import htm from "../vendor/htm.js";
import { h } from "../vendor/preact.js";

/** @type {(strings: TemplateStringsArray, ...values: any[]) => any} */
export const html = htm.bind(h);
