// @ts-check
/** What the policies cost and who pays, and what becomes of jobs, in the chosen year. */
import { answer } from "../answers.js";
import { RAISED, SPENT } from "../budget_outcomes.js";
import { outcomes } from "../catalogue.js";
import { html } from "../html.js";
import { verdictOf } from "../sentence.js";
import { state } from "../state.js";
import { joined, list, number, t, verdict, withUnit } from "../text.js";

const LEAST = 1e-5; // trillion CNY: less is rounding
const LEAST_PART = 0.05; // of the net cost: a smaller part is not named
const EXACT = 10; // smaller amounts have a decimal

/** The level of an outcome in the chosen year, in shown units.
 * @param {string} key @param {number} [side] */
function level(key, side = 1) {
  const { start, update } = answer.value;
  return update?.sides[side]?.level[key]?.[start?.years.indexOf(state.value.year) ?? -1] ?? null;
}

/** @param {string} key */
const amountOf = (key) => level(key) ?? 0;

/** Chinese counts in 万 and 亿, so that its texts hold other powers of ten.
 * @param {number} english @param {number} chinese */
const power = (english, chinese) => (state.value.language === "zh" ? chinese : english);

/** Trillions of CNY as they are said: in billions, in Chinese in 亿.
 * @param {number} trillion */
function money(trillion) {
  const amount = trillion * power(1_000, 10_000);
  return number(amount, Math.abs(amount) < EXACT ? 1 : 0);
}

/** Who meets the net cost, or receives the net revenue: households, users of public services, the state. */
function parties() {
  const net = amountOf("policy_cost"), tax = amountOf("policy_income_tax"), saved = amountOf("policy_saving");
  return { net, tax, saved, debt: net - tax - saved };
}

/** The ends of the 90 % interval of the net cost in the chosen year, as they are said; null before the second pair.
 * @param {number} [sign] of the cost, or of the revenue that it is without it */
function costInterval(sign = 1) {
  const { start, update } = answer.value, of = update?.sides[1]?.interval.policy_cost, at = start?.years.indexOf(state.value.year) ?? -1;
  const low = of?.low[at] ?? null, high = of?.high[at] ?? null;
  if (low === null || high === null) return null;
  return sign > 0 ? { low: money(low), high: money(high) } : { low: money(-high), high: money(-low) };
}

/** The cost in the chosen year, who pays and how exactly it is known, in sentences; empty before the first pair. */
export function costSentence() {
  const { year } = state.value, share = level("policy_cost_ratio"), { net, ...parts } = parties();
  if (share === null || level("policy_cost") === null) return "";
  if (Math.abs(net) < LEAST) return t("In {year}, the policies neither cost the budget nor bring it revenue.", { year });
  const words = { year, amount: money(Math.abs(net)), share: withUnit(number(Math.abs(share), 2), "per cent") };
  const named = Object.entries(parts).filter(([, part]) => part / net > LEAST_PART).map(([key, part]) => ({ key, part: part / net }));
  const who = (/** @type {Record<string, string>} */ titles) => list(named.map(({ key, part }) => (named.length > 1
    ? t("{what} ({amount})", { what: titles[key] ?? "", amount: withUnit(number(100 * part, 0), "per cent") }) : titles[key] ?? "")));
  if (net > 0) {
    const payers = who({ tax: t("households through a higher income tax"), saved: t("lower public consumption"), debt: t("higher public debt") });
    const said = t("In {year}, the policies cost the budget {amount} billion CNY at current prices ({share} of GDP), met by {payers}.", { ...words, payers });
    const ends = costInterval();
    return joined([said, ends && t("90 % interval of the cost: {low} to {high} billion CNY.", ends)]);
  }
  const receivers = who({ tax: t("households through a lower income tax"), saved: t("higher public consumption"), debt: t("lower public debt") });
  const said = t("In {year}, the policies bring the budget {amount} billion CNY at current prices ({share} of GDP), which goes to {receivers}.", { ...words, receivers });
  const ends = costInterval(-1);
  return joined([said, ends && t("90 % interval of the revenue: {low} to {high} billion CNY.", ends)]);
}

/** @param {{title: string, trillion: number, total?: boolean, ends?: {low: string, high: string} | null}} given */
function Line({ title, trillion, total = false, ends = null }) {
  const gdp = level("nominal_gdp");
  return html`<tr class=${total ? "total" : ""}><th scope="row">${title}</th>
    <td>${money(trillion)}${ends && html` <span class="interval">${t("{low} to {high}", ends)}</span>`}</td>
    <td>${gdp ? number((100 * trillion) / gdp, 2) : "–"}</td></tr>`;
}

/** Rows of one kind; those that are nil are left out, what no row names comes last.
 * @param {string[]} keys @param {string} whole @param {string} rest */
function rowsOf(keys, whole, rest) {
  const rows = keys.map((key) => ({ key, title: outcomes.value.get(key)?.title ?? key, trillion: amountOf(key) }));
  const named = rows.reduce((sum, one) => sum + one.trillion, 0);
  return [...rows, { key: rest, title: rest, trillion: amountOf(whole) - named }].filter((one) => Math.abs(one.trillion) >= LEAST);
}

function Money() {
  const raised = rowsOf(RAISED, "policy_revenue", t("Other taxes of the policies")), spent = rowsOf(SPENT, "policy_spending", t("Other payments of the policies"));
  const { net, tax, saved, debt } = parties();
  const met = [
    { title: t("Income tax of households"), trillion: tax }, { title: t("Saved in public consumption"), trillion: saved },
    { title: t("Added to public debt"), trillion: debt },
  ].filter((one) => Math.abs(one.trillion) >= LEAST);
  if (!raised.length && !spent.length) return null;
  /** @param {{title: string, trillion: number}[]} rows */
  const body = (rows) => rows.map((one) => html`<${Line} key=${one.title} ...${one} />`);
  return html`<table class="numbers budget">
    <thead><tr><th scope="col">${t("In {year}", { year: state.value.year })}</th><th scope="col">${t("billion CNY a year, current prices")}</th>
      <th scope="col">${outcomes.value.get("policy_cost_ratio")?.unit}</th></tr></thead>
    <tbody>${body(spent)}<${Line} title=${t("Spent together")} trillion=${amountOf("policy_spending")} total=${true} /></tbody>
    ${raised.length > 0 && html`<tbody>${body(raised)}<${Line} title=${t("Raised together")} trillion=${amountOf("policy_revenue")} total=${true} /></tbody>`}
    <tbody><${Line} title=${t("Net cost, below zero net revenue")} trillion=${net} total=${true} ends=${costInterval()} />${body(met)}</tbody>
  </table>`;
}

/** @param {{name: string, words: string, more?: string}} given */
const Fact = ({ name, words, more = "" }) => html`<div><dt>${outcomes.value.get(name)?.title ?? name}</dt><dd>${words}${more && html` <span class="note">${more}</span>`}</dd></div>`;

function Jobs() {
  const now = answer.value, { year } = state.value, trainees = level("trainees");
  const employed = verdictOf(now, 1, "employment", year), idle = verdictOf(now, 1, "unemployment_rate", year);
  const people = (/** @type {number} */ million) => number(million * power(1, 100), power(1, 0), true);
  const more = (level("employment", 1) ?? NaN) - (level("employment", 0) ?? NaN);
  return html`<dl class="facts">
    ${employed && html`<${Fact} name="employment" words=${verdict(employed, employed.unit ?? "")}
      more=${Number.isFinite(more) ? t("{amount} million people", { amount: people(more) }) : ""} />`}
    ${idle && html`<${Fact} name="unemployment_rate" words=${verdict(idle, idle.unit ?? "")} />`}
    ${trainees !== null && html`<${Fact} name="trainees" words=${t("{amount} million people", { amount: number(trainees * power(1, 100), power(1, 0)) })} />`}
  </dl>`;
}

/** Beneath the panels: the books of the policies, and jobs. */
export function Budget() {
  if ((answer.value.update?.sides.length ?? 0) < 2) return null;
  const cost = costSentence();
  return html`<div class=${`beneath ${answer.value.stale ? "stale" : ""}`}>
    ${cost && html`<section aria-labelledby="cost-title"><h2 id="cost-title">${t("What it costs and who pays")}</h2>
      <p class="cost-sentence">${cost}</p><${Money} />
      <p class="note">${t("Means of the pairs: what the policies themselves pay and raise. Other taxes and spending change with incomes, prices and jobs; that shows in public debt.")}</p></section>`}
    <section aria-labelledby="jobs-title"><h2 id="jobs-title">${t("Jobs in {year}", { year: state.value.year })}</h2><${Jobs} /></section></div>`;
}
