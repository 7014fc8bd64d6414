"""The sentences that quote American results, on the pages of validation and of limits, and what they say in words."""

from __future__ import annotations

__all__ = ["CLAIMS_USA", "LIMITS_USA", "SENTENCES_USA"]

SENTENCES_USA = (
    # Facts
    "On seeds 421 to 436, on which nothing was chosen, {facts_usa.all_passed} of {facts_usa.all_asked} pass; of those"
    " that are emergent or tuned, which is what counts, {facts_usa.passed} of {facts_usa.asked}.",
    "The autocorrelation of quarterly growth is {facts_usa.growth_persistence} (on record .38), that of the GDP cycle"
    " {facts_usa.cycle_persistence} (.87)",
    "Consumption varies {facts_usa.consumption_relative_deviation} times as much as GDP (.74), investment "
    "{facts_usa.investment_relative_deviation} times (3)",
    "its correlation with the GDP cycle is {facts_usa.unemployment_cycle} (−.83) and Okun's slope "
    "{facts_usa.okun_slope} (−.55).",
    "They are {facts_usa.vacancy_rate_mean} % of jobs (4.5)",
    "{facts_usa.firm_exits_a_year} % of firms leave a year (8)",
    "The Gini of wealth is {facts_usa.gini_wealth} (.85)",
    "The facts that pass are: {facts_usa.passing}.",
    # Evidence
    "Of {evidence_usa.free} American figures that are not imposed and were not in view the model meets "
    "{evidence_usa.hits}.",
    "Jobs at 22 to 25 in the most exposed work change by {evidence_usa.young_exposed_payroll} % "
    "[{evidence_usa.young_exposed_payroll_low} to {evidence_usa.young_exposed_payroll_high}] beside less exposed "
    "work, with AI against without (on record −13 to −16), and those at 22 to 24 by "
    "{evidence_usa.young_exposed_census} % [{evidence_usa.young_exposed_census_low} to "
    "{evidence_usa.young_exposed_census_high}] (−12); over time, as the record has it, by "
    "{evidence_usa.us_young_payroll} [{evidence_usa.us_young_payroll_low} to {evidence_usa.us_young_payroll_high}] "
    "and {evidence_usa.us_young_census} [{evidence_usa.us_young_census_low} to {evidence_usa.us_young_census_high}].",
    "Users have {evidence_usa.us_jobs_wide} % of jobs at the end of 2025 and save {evidence_usa.time_saved} % of "
    "working time in 2024",
    "At the end of 2025 {evidence_usa.us_use_wide} % of firms with {evidence_usa.us_jobs_wide} % of jobs use AI, "
    "where the wide question found 18 and 32: the opening knows the narrow question only.",
    "{evidence_usa.us_use_1_4} % of firms with 1 to 4 persons use AI (10.3 on record)",
    "with 40,000 adults {evidence_usa_large.us_use_250} % [{evidence_usa_large.us_use_250_low} to "
    "{evidence_usa_large.us_use_250_high}] by any department and {evidence_usa_large.us_use_250_department} % "
    "[{evidence_usa_large.us_use_250_department_low} to {evidence_usa_large.us_use_250_department_high}] by one of "
    "them, where 11.7 to 13.4 were counted.",
    "{evidence_usa.us_use_2023} % of firms in September 2023 (3.7 on record), {evidence_usa.us_use_2024} at the "
    "beginning of 2024 (5.0, imposed), {evidence_usa.us_use_2024q4} in December 2024 (5.7) and "
    "{evidence_usa.us_use_2025q2} in 2025Q2 (9.2).",
    "Output per head of firms that begin changes by {evidence_usa.first_years} % in the first year, on record by −1.33",
    "productivity of {evidence_usa.productivity_expected} % in three years, where executives expect 1.4",
    "GDP in 2050 changes by {headline_usa.gdp_2050} % [{headline_usa.gdp_2050_low} to {headline_usa.gdp_2050_high}], "
    "household consumption by {headline_usa.consumption_2050} %, the Gini by {headline_usa.gini_2050} points and CO2 "
    "by {headline_usa.co2_2050} %; there is no clear difference in unemployment ({headline_usa.unemployment_2050_low}"
    " to {headline_usa.unemployment_2050_high} points). In 2030 GDP changes by {headline_usa.gdp_2030} %.",
    # Responses
    "Of {responses_usa.asked} responses with a band in the literature {responses_usa.inside} lie inside; outside lie:"
    " {responses_usa.outside}.",
    # Back-test
    "The model is nearer than the three naive forecasts in {backtest_usa_2017.won} of {backtest_usa_2017.of} "
    "comparisons from 2017 ({backtest_usa_2017.won_without} without 2020–21) and in {backtest_usa_2019.won} of "
    "{backtest_usa_2019.of} from 2019 ({backtest_usa_2019.won_without}).",
    *(
        f"| {title} | {{backtest_usa_2017.{name}_model}} ({{backtest_usa_2017.{name}_drift}}) | "
        f"{{backtest_usa_2019.{name}_model}} ({{backtest_usa_2019.{name}_drift}}) |"
        for title, name in (
            ("growth of GDP, points", "growth"),
            ("GDP deflator, points", "deflator"),
            ("unemployment, points", "unemployment"),
            ("value added by sector, points", "value_added"),
            ("investment over GDP, points", "investment"),
            ("labour share, points", "labour_share"),
            ("electricity, per cent", "electricity"),
            ("CO2, per cent", "co2"),
            ("employment by sector, points (not counted)", "employment"),
            ("Gini, points (not counted)", "gini"),
        )
    ),
    "growth to 2025 differs from the record by {backtest_usa_2017.growth_last_error} points a year from 2017 and by "
    "{backtest_usa_2019.growth_last_error} from 2019.",
    "electricity of 2025 differs from the record by {backtest_usa_2017.electricity_last_error} % from 2017 and by "
    "{backtest_usa_2019.electricity_last_error} % from 2019.",
    "Those of 80 % hold {backtest_usa_2017.inside_80} % of the observations from 2017 and "
    "{backtest_usa_2019.inside_80} % from 2019",
    "the Gini opens at {opening_usa_2017.gini} ({opening_usa_2017.gini_published} on record) and at "
    "{opening_usa_2019.gini} ({opening_usa_2019.gini_published}). Over eight quarters without shocks growth is "
    "{opening_usa_2017.growth} and {opening_usa_2019.growth} points a year from its trend (limit .5), and "
    "unemployment moves by up to {opening_usa_2017.unemployment} and {opening_usa_2019.unemployment} points (limit "
    "1).",
    # Duel
    "**Growth of real GDP** is nearer than an AR(1) {duel_usa.growth_ahead_of_ar1} ahead, than US_BeforeIT "
    "{duel_usa.growth_ahead_of_abm} and than Smets and Wouters {duel_usa.growth_ahead_of_smets_wouters}. One quarter "
    "ahead the AR(1) is better with a probability of error of {duel_usa.growth_probability} (Diebold and Mariano), "
    "and the mean error of the model is {duel_usa.growth_first_error} points.",
    "**The deflator** is nearer than an AR(1) {duel_usa.deflator_ahead_of_ar1}, than US_BeforeIT "
    "{duel_usa.deflator_ahead_of_abm} and than Smets and Wouters {duel_usa.deflator_ahead_of_smets_wouters}.",
    "**Unemployment** is nearer than an AR(1) {duel_usa.unemployment_ahead_of_ar1}, than US_BeforeIT "
    "{duel_usa.unemployment_ahead_of_abm} and than Smets and Wouters {duel_usa.unemployment_ahead_of_smets_wouters}. "
    "One quarter ahead its mean error is {duel_usa.unemployment_first_error} points.",
    "the 80 % interval of growth holds {duel_usa.growth_inside_80} % of the forecasts 1, 2, 4, 8 and 12 quarters "
    "ahead, that of the deflator {duel_usa.deflator_inside_80}, that of unemployment "
    "{duel_usa.unemployment_inside_80}.",
    # Nowcast
    "It holds {nowcast_usa.inside} of {nowcast_usa.counted} unused figures since 2024Q1 inside its 80 % interval, "
    "with errors {nowcast_usa.to_ar1} times those of an AR(1) and {nowcast_usa.to_no_change} times those of no "
    "change.",
    "Growth of 2025 is {nowcast_usa.real_gdp_growth_2025} % ({nowcast_usa.real_gdp_growth_2025_published} published),"
    " consumer prices rise by {nowcast_usa.consumer_prices_2025} ({nowcast_usa.consumer_prices_2025_published}), "
    "unemployment is {nowcast_usa.unemployment_rate_2025} ({nowcast_usa.unemployment_rate_2025_published}).",
    "Mean errors: consumption {nowcast_usa.consumer_spending_growth_error} points, employment "
    "{nowcast_usa.employment_growth_error}, electricity {nowcast_usa.electricity_growth_error}, CO2 "
    "{nowcast_usa.co2_growth_error}.",
)

# On the page of limits.
LIMITS_USA = (
    "{facts_usa.passed} of {facts_usa.asked} facts that are emergent or tuned pass",
    "The richest tenth has {run_usa.top_tenth} of wealth in 2024, on record .672; the Gini of wealth is "
    "{facts_usa.gini_wealth} (.85).",
    "Vacancies are {facts_usa.vacancy_rate_mean} % of jobs (4.5)",
    "Okun's slope is {facts_usa.okun_slope} (−.55)",
    "its mean error one quarter ahead is {duel_usa.unemployment_first_error} points, and an 80 % interval holds "
    "{duel_usa.unemployment_inside_80} % of the forecasts 1, 2, 4, 8 and 12 quarters ahead",
    "At the end of 2025 {evidence_usa.us_use_wide} % of firms use AI, where the wide question found 18",
    "Investment in compute is {run_usa.compute_2024} % of GDP in 2024 and {run_usa.compute_2025} % in 2025",
    "The mean wage of 2024 is {run_usa.wage_2024} thousand dollars",
)

# What the pages say in words: a value, and what it has to be for the words to be true.
CLAIMS_USA = {
    **{
        ("facts_usa", f"{name}_verdict"): ("fail", f"the American economy fails at {name}")
        for name in (
            "growth_persistence", "cycle_persistence", "consumption_relative_deviation",
            "investment_relative_deviation", "unemployment_cycle", "okun_slope",
            "vacancy_rate_mean", "firm_exits_a_year", "gini_wealth",
        )
    },
    **{
        ("evidence_usa", f"{name}_verdict"): ("miss", f"the American economy misses {name}")
        for name in (
            "young_exposed_payroll", "young_exposed_census", "us_use_wide", "us_jobs_wide", "first_years",
            "productivity_expected", "us_use_2023", "us_use_2024q4",
        )
    },
    ("evidence_usa", "us_use_2025q2_verdict"): ("hit", "use of AI in 2025Q2 is hit"),
    ("evidence_usa_large", "us_use_250_verdict"): ("miss", "large American firms use AI too often"),
    ("opening_usa_2019", "verdict"): ("FAIL", "unemployment leaves its limit after the opening of 2019"),
    ("headline_usa", "gdp_2050_finding"): ("higher", "American GDP is higher in 2050"),
    ("headline_usa", "unemployment_2050_finding"): ("no clear difference", "no clear difference in unemployment"),
    ("headline_usa", "gini_2050_finding"): ("higher", "the American Gini is higher in 2050"),
    ("headline_usa", "co2_2050_finding"): ("higher", "American CO2 is higher in 2050"),
}  # fmt: skip
