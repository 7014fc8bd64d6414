// @ts-check
/** What policies raise and spend, line by line, and who meets the net: of these the page needs the levels only. */

export const RAISED = ["carbon_price_revenue", "ai_tax_revenue"];
export const SPENT = [
  "subsidies_to_firms", "policy_programmes", "policy_support", "carbon_dividends", "basic_income_paid", "forgone_taxes",
];
export const BUDGET = [
  "policy_cost", "policy_cost_ratio", "policy_spending", "policy_revenue", "policy_income_tax", "policy_saving", "trainees",
  "nominal_gdp",
  ...RAISED, ...SPENT,
];
