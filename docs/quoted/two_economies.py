"""The values and sentences of the page that compares the same policies in China and in the United States."""

from __future__ import annotations

from quoted.commands import Run
from quoted.numbers import named_in, plain, signed
from quoted.values_usa import only_named, table_of

__all__ = ["CLAIMS_COUNTRIES", "SENTENCES_COUNTRIES", "VALUES_COUNTRIES"]

POLICIES = {"ai": "baseline", "subsidy": "adoption_subsidy", "carbon": "usa_carbon_price"}
OUTCOMES = {
    "gdp": "real_gdp", "consumption": "real_consumption", "unemployment": "unemployment_rate", "wage": "real_wage_mean",
    "co2": "co2_emissions", "users": "ai_adoption_share",
}  # fmt: skip


def _countries(run: Run) -> dict[str, str]:
    """Effects in 2035 by policy, outcome and economy, their sizes, and what exchanging energy or adoption closes."""
    effects = {
        (row["scenario"], row["variable"], row["economy"]): row for row in table_of(run.folder / "countries.csv")
    }
    found = {}
    for policy, scenario in POLICIES.items():
        for name, variable in OUTCOMES.items():
            for economy in ("china", "usa", "gap"):
                row = effects.get((scenario, variable, economy))
                if row is None:
                    continue
                key, effect, clear = f"{policy}_{name}_{economy}", float(row["effect"]), row["clear"] == "True"
                found[key] = signed(effect) if clear else "not clear"
                found[f"{key}_size"] = plain(abs(effect))
    exchanged = run.folder / "exchange.csv"
    for row in table_of(exchanged) if exchanged.is_file() else ():
        for policy, name, block in (
            ("carbon", "co2", "energy"),
            ("carbon", "wage", "energy"),
            ("ai", "users", "adoption"),
        ):
            if (row["scenario"], row["variable"], row["block"]) == (POLICIES[policy], OUTCOMES[name], block):
                closed = (
                    f"{100 * float(row['closed']):.0f}" if row["closed"] and row["clear"] == "True" else "no clear part"
                )
                found[f"{policy}_{name}_{row['economy']}_{block}"] = closed.replace("-", "−")
    return found


SENTENCES_COUNTRIES = (
    "A carbon price of 50 dollars a tonne lowers emissions by {countries.carbon_co2_china_size} per cent in China and"
    " by {countries.carbon_co2_usa_size} per cent in the United States.",
    "| Carbon price of 50 dollars a tonne: CO2, per cent | {countries.carbon_co2_china} | {countries.carbon_co2_usa} "
    "| energy and its prices |",
    "| the same: real wage, per cent | {countries.carbon_wage_china} | {countries.carbon_wage_usa} | energy and its "
    "prices in part, and the exchange rate |",
    "| the same: household consumption, per cent | {countries.carbon_consumption_china} | "
    "{countries.carbon_consumption_usa} | no single cause |",
    "| the same: real GDP, per cent | {countries.carbon_gdp_china} | {countries.carbon_gdp_usa} | too uncertain to "
    "say |",
    "| Subsidy of 30 % of what integrating AI costs: firms that use AI, points | {countries.subsidy_users_china} | "
    "{countries.subsidy_users_usa} | no clear difference |",
    "| the same: real GDP, per cent | {countries.subsidy_gdp_china} | {countries.subsidy_gdp_usa} | no clear "
    "difference |",
    "| the same: household consumption, per cent | {countries.subsidy_consumption_china} | "
    "{countries.subsidy_consumption_usa} | no clear difference |",
    "| AI against no AI: real GDP, per cent | {countries.ai_gdp_china} | {countries.ai_gdp_usa} | no clear difference"
    " |",
    "| the same: firms that use AI, points | {countries.ai_users_china} | {countries.ai_users_usa} | how readily "
    "firms take AI up |",
    "with American energy and its prices {countries.carbon_co2_china_energy} per cent of the difference in emissions "
    "closes, and with Chinese energy in the United States {countries.carbon_co2_usa_energy} per cent.",
    "Wages in China are {countries.carbon_wage_china_size} per cent lower in 2035, American ones "
    "{countries.carbon_wage_usa_size} per cent; energy closes {countries.carbon_wage_china_energy} and "
    "{countries.carbon_wage_usa_energy} per cent of this difference.",
    "at purchasing power China's emissions fall by {countries_power.carbon_co2_china_size} per cent and wages by "
    "{countries_power.carbon_wage_china_size}, and there is no clear difference in output and consumption any more.",
)  # fmt: skip


def _claims(command: str, wanted: str, words: str, *keys: str) -> dict[tuple[str, str], tuple[str, str]]:
    return {(command, key): (wanted, words) for key in keys}


CLAIMS_COUNTRIES = {
    **_claims(
        "countries", "not clear", "two economies: no clear difference", "subsidy_users_gap", "subsidy_gdp_gap",
        "subsidy_consumption_gap", "ai_gdp_gap", "ai_unemployment_gap",
    ),
    **_claims(
        "countries_power", "not clear", "two economies: no clear difference at purchasing power", "carbon_gdp_gap",
        "carbon_consumption_gap",
    ),
}  # fmt: skip


VALUES_COUNTRIES = {
    name: only_named(_countries, named_in(SENTENCES_COUNTRIES, CLAIMS_COUNTRIES, name))
    for name in ("countries", "countries_power")
}
