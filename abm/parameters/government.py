"""The government and the effects of its policies."""

from __future__ import annotations

from dataclasses import dataclass

from abm.compiling.tables import Viewed
from abm.parameters.declaration import parameter

__all__ = ["GovernmentRules", "PolicyEffects"]


@dataclass(frozen=True)
class GovernmentRules(Viewed):
    """Revenue, spending and the rules of the budget."""

    state_ownership: float = parameter(0.30, "share", 0.0, 1.0, "own; state share of corporate equity", "dividends that go to the government", "policy")
    public_investment: float = parameter(0.06, "share of GDP", 0.01, 0.2, "from memory", "public investment at the opening", "policy")
    employee_contribution_share: float = parameter(0.35, "share", 0.0, 1.0, "about a third", "part of social contributions that employees pay", "policy")
    income_tax_threshold: float = parameter(0.6, "mean wages", 0.0, 3.0, "60 000 CNY a year", "income free of tax", "policy")
    income_tax_upper: float = parameter(2.0, "mean wages", 0.0, 10.0, "own", "income above which the rate rises by 60 %", "policy")
    land_fees: bool = parameter(True, "switch", None, None, "China: sales of land are a tenth of revenue or more; false: the level of the income tax", "whether fees for land under new dwellings close the budget of the opening", "policy")
    debt_target: float = parameter(0.84, "years of GDP", 0.0, 3.0, "IMF 2023, from memory", "debt that the rules aim at", "policy")
    spending_brake: float = parameter(0.25, "elasticity", 0.0, 2.0, "own", "cut of spending per year of GDP of excess debt", "policy")
    brake_limit: float = parameter(0.2, "share", 0.0, 1.0, "own", "largest cut or rise of spending that debt brings about", "policy")
    tax_response: float = parameter(0.6, "elasticity", 0.0, 5.0, "own", "rise of the income tax per year of GDP of excess debt", "policy")
    lowest_tax_factor: float = parameter(0.5, "factor", 0.0, 1.0, "own", "lowest income tax that low debt brings about, against that of the opening", "policy")
    highest_tax_factor: float = parameter(2.5, "factor", 1.0, 10.0, "own", "highest income tax that high debt brings about, against that of the opening", "policy")
    highest_income_tax: float = parameter(0.7, "share", 0.05, 1.0, "own", "highest rate of the income tax in the top bracket, however much policies cost", "policy")
    counter_cycle: float = parameter(2.5, "elasticity", 0.0, 10.0, "own", "rise of public demand with unemployment", "policy")
    investment_cycle: float = parameter(2.0, "factor", 0.0, 10.0, "own", "response of public investment to unemployment against that of public consumption", "policy")
    lowest_gap: float = parameter(-0.05, "share", -0.2, 0.0, "own", "unemployment against its natural rate, as far down as counter_cycle reacts", "policy")
    highest_gap: float = parameter(0.10, "share", 0.0, 0.5, "own", "unemployment against its natural rate, as far up as counter_cycle reacts", "policy")
    demand_support: float = parameter(0.04, "per quarter", 0.0, 0.5, "own; fiscal closure", "slow rise of the public demand share while unemployment stays high", "policy")
    support_gap: float = parameter(0.05, "share", 0.0, 0.5, "own", "unemployment against its natural rate, as far up and down as demand_support reacts", "policy")
    support_fading: float = parameter(0.1, "share", 0.0, 1.0, "own", "fading of demand_support, share of what has come together, at the speed at which it rises", "policy")
    stabilisation: float = parameter(1.0, "factor", 0.0, 3.0, "own; fiscal closure, a range must be shown", "strength of counter_cycle and demand_support; 0 leaves the debt rule alone", "policy")
    demand_indexation: float = parameter(0.0, "share", 0.0, 1.0, "own; fiscal closure, a range must be shown; range 0 to 1", "part of public demand that follows trend GDP and not people, productivity without AI and prices")
    saving_returned: float = parameter(1.0, "share", 0.0, 1.0, "own; fiscal closure, a range must be shown", "part of the public demand saved against trend GDP, by which employees' contributions are lower")
    needs_growth: float = parameter(0.0007, "per quarter", -0.01, 0.01, "own; without AI public consumption keeps its share of GDP: structural change less dearer services", "growth of needed public consumption beyond that of people and productivity without AI", "tuned")
    needs_growth_investment: float = parameter(0.0016, "per quarter", -0.01, 0.01, "own; without AI public investment keeps its share of GDP: structural change and cheaper works", "growth of needed public investment beyond that of people and productivity without AI", "tuned")
    public_capital_elasticity: float = parameter(0.106, "elasticity", 0.0, 0.3, "Bom and Ligthart 2014: .106 on average over studies, .05-.17, from memory", "rise of all firms' productivity with public capital against the usual one")
    largest_cut: float = parameter(0.5, "share", 0.0, 1.0, "own", "largest part of public consumption that is saved to pay for policies", "policy")
    trend_gain: float = parameter(0.15, "share", 0.01, 1.0, "own; one to five years; range .05 to .3", "speed of learning about trend GDP")


@dataclass(frozen=True)
class PolicyEffects(Viewed):
    """How strongly policies act, as far as it is no behaviour that works without them."""

    grants_on_frontier: float = parameter(30.0, "factor per share of GDP", 0.0, 500.0, "own", "faster algorithm frontier with basic research paid by the state")
    cooperation_on_frontier: float = parameter(0.5, "share", 0.0, 1.0, "own; about half of the frontier's progress comes from abroad; range .2 to .8", "part of the frontier's speed that depends on international cooperation")
    procurement_on_frontier: float = parameter(20.0, "use of AI per share of GDP", 0.0, 500.0, "own", "use of AI that public orders are worth to the frontier")
    procurement_on_adoption: float = parameter(220.0, "log odds per share of GDP", 0.0, 5000.0, "own, half of the upper bound at .1 % of GDP: .43 if all of the 7.8 % of EU firms that name expertise would adopt where 20 % use AI (Eurostat 2025)", "adoption by public producers that the state's own orders bring about")
    procurement_at_most: float = parameter(0.43, "log odds", 0.0, 10.0, "the upper bound, as above", "most that the state's own orders add to adoption by public producers")
    grants_on_projects: float = parameter(50.0, "factor per share of GDP", 0.0, 500.0, "own", "larger gain of firms' research projects with basic research paid by the state")
    protection_on_research: float = parameter(0.1, "share", 0.0, 0.9, "own; patents in all are worth a subsidy of 10 to 15 % of research (Schankerman 1998), from memory; range .05 to .15", "fall of the cost of research that would raise it as full protection of findings beyond today's does")
    protection_on_imitation: float = parameter(0.05, "share", 0.0, 1.0, "own; patents raise the cost of imitation by 11 % at the median, 30 % for drugs (Mansfield, Schwartz and Wagner 1981), and about a third of innovations is patented, four fifths of drugs (Arundel and Kabla 1998), from memory; range .02 to .25", "imitation that full protection of findings beyond today's delays")
    protection_quarters: float = parameter(40.0, "quarters", 1.0, 400.0, "own; patents last 20 years at most and are renewed for about half of that (Schankerman and Pakes 1986), from memory; range 20 to 80", "mean time after which a protected finding is imitated")
    compute_replacing: float = parameter(1.0, "share", 0.0, 1.0, "own; a gift in kind smaller than what a firm buys replaces as much of it; range .5 to 1", "part of public compute that a small firm uses in place of services it would have bought, as far as it buys any")
    highest_support: float = parameter(0.9, "share of the integration cost", 0.0, 1.0, "own", "most that all subsidies for adoption together pay")
    learning_from_courses: float = parameter(2.0, "factor", 0.0, 20.0, "own", "faster learning on the job with joint courses of firms and schools at full strength")
    literacy_of_entrants_from_courses: float = parameter(0.5, "factor", 0.0, 5.0, "own", "higher AI literacy of entrants with these courses")
    long_term_quarters: int = parameter(4, "quarters", 1, 40, "own; a year", "time without a job from which a hiring subsidy is paid", "policy")
    subsidised_quarters: float = parameter(2.0, "quarters", 0.0, 40.0, "own", "time for which it pays its part of the wage", "policy")
    programmes_of_administration: float = parameter(0.5, "share", 0.0, 0.6, "own", "part of programme spending that buys administration")
    programmes_of_business: float = parameter(0.25, "share", 0.0, 0.4, "own; a tenth to two fifths; range .1 to .4", "part of programme spending that buys consulting from business services; the rest buys platforms from the sector that sells AI services")
