"""Calendar years: how quarters become one number, under which name, and how it is asked for."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

import abm
from abm.errors import UserError
from abm.results.groups import GROUP_LABELS
from abm.results.outcome_declaration import Display
from abm.results.outcome_names import SHORT_NAMES, outcome_named
from abm.results.outcomes import GROUP_OUTCOMES, OUTCOMES
from abm.results.results import GROUP_TABLES, Results
from abm.results.years import in_words, last_quarter, of_a_year, spread, whole_years, yearly, yearly_name
from abm.scenarios.scenario import Scenario

pytestmark = pytest.mark.unit
GROWTH = "gdp_growth_annual_per_cent"

FLOW, STOCK, MEAN = Display("Output", flow=True), Display("Debt", stock=True), Display("Rate")
QUARTERS = 18  # four whole years and three quarters
SEEDS = (3, 8)


def test_a_flow_adds_up_a_stock_is_its_last_quarter_and_all_else_is_a_mean():
    quarters = np.array([[1.0, 2, 3, 6, 5, 5, 5, 9, 7, 7], [0.0, 0, 0, 4, 1, 1, 1, 1, 7, 7]])
    assert yearly(quarters, FLOW).tolist() == [[12, 24], [4, 4]]
    assert yearly(quarters, STOCK).tolist() == [[6, 9], [4, 1]]
    assert yearly(quarters, MEAN).tolist() == [[3, 6], [1, 1]]


def test_a_year_that_is_not_whole_has_no_number():
    assert yearly(np.ones((2, 3)), FLOW).shape == (2, 0)
    assert yearly(np.ones((5, 2, 7)), MEAN).shape == (5, 2, 1)
    gap = np.array([np.nan, 1.0, 1, 1, 1, 1, 1, np.nan])
    assert np.isnan(yearly(gap, FLOW)).tolist() == np.isnan(yearly(gap, MEAN)).tolist() == [True, True]
    assert np.isnan(yearly(gap, STOCK)).tolist() == [False, True], "only the last quarter counts"


def test_quarter_0_belongs_to_the_opening_year():
    assert list(whole_years(2024, 107)) == list(range(2024, 2051)) and list(whole_years(2024, 106))[-1] == 2049
    assert list(whole_years(2024, 3)) == [2024] and list(whole_years(2024, 2)) == []
    assert (last_quarter(2024, 2024), last_quarter(2024, 2050), last_quarter(2017, 2018)) == (3, 107, 7)


def test_no_two_outcomes_share_the_name_of_their_years_and_none_takes_that_of_a_quarter():
    names = [yearly_name(one.name, one.display) for one in OUTCOMES]
    assert len(set(names)) == len(names)
    recorded = {one.name: one for one in OUTCOMES}
    for one, name in zip(OUTCOMES, names, strict=True):
        same_unit = not one.display.flow and one.display.factor == 1.0
        assert (name == one.name) == same_unit, name
        assert name == one.name or name not in recorded
    for many in GROUP_OUTCOMES.values():
        assert len({yearly_name(one.name, one.display) for one in many}) == len(many)


@pytest.mark.parametrize(
    ("name", "years", "unit"),
    [
        ("real_gdp", "real_gdp_per_year", "trillion CNY a year, prices of 2024"),
        ("co2_emissions", "co2_emissions_per_year", "million tonnes a year"),
        ("unemployment_rate", "unemployment_rate_per_cent", "per cent of the labour force"),
        ("gini_wage", "gini_wage_of_100", "Gini index, 0 all equal, 100 one has all"),
        ("employment", "employment", "million people"),
        ("equity_value", "equity_value", "trillion CNY"),
    ],
)
def test_names_and_units_of_a_year(name, years, unit):
    outcome = outcome_named(name)
    assert yearly_name(name, outcome.display) == years
    assert of_a_year(outcome.display, outcome.unit, 2024).unit == unit


def test_units_of_a_year_have_no_abbreviations_and_no_quarters():
    for outcome in [*OUTCOMES, *(one for many in GROUP_OUTCOMES.values() for one in many)]:
        unit = of_a_year(outcome.display, outcome.unit, 2024).unit
        assert "Q1" not in unit or unit.startswith("index"), unit
        assert not {"trn", "bn", "kCNY", "Mt", "TWh"} & set(unit.split()), unit
    assert in_words("bn CNY of 2024Q1") == "billion CNY of 2024Q1"


def test_rows_are_spread_wherever_they_stand():
    table = pd.DataFrame({"seed": [7, 3, 3], "quarter": [1, 0, 1], "value": [1.0, 2.0, 3.0], "key": ["a", "a", "b"]})
    found = spread(table, "key", (3, 7), 1)
    assert list(found) == ["a", "b"]
    assert np.array_equal(found["a"], [[2.0, np.nan], [np.nan, 1.0]], equal_nan=True)


@pytest.fixture(scope="module")
def results():
    rng = np.random.default_rng(6)
    recorders = []
    for _ in SEEDS:
        groups = {
            table: rng.normal(size=(QUARTERS + 1, len(GROUP_LABELS[table]), len(many)))
            for table, many in GROUP_OUTCOMES.items()
        }
        values = rng.normal(size=(QUARTERS + 1, len(OUTCOMES)))
        values[2, 3] = np.nan
        recorders.append(SimpleNamespace(names=[one.name for one in OUTCOMES], values=values, groups=groups))
    return Results.from_recorders(Scenario("trial"), SEEDS, recorders)


def by_pandas(frame, declared, keys):
    """The years of a tidy table, made the plain way: a group for each year, one rule for each kind."""
    frame = frame.assign(year=2024 + frame["quarter"] // 4, variable=frame["variable"].astype(str))
    rows = []
    for key, of_year in frame.groupby([*keys, "variable", "year"], observed=True):
        display = declared[key[-2]].display
        ordered = of_year.sort_values("quarter")
        whole = set(ordered["quarter"] % 4) == {0, 1, 2, 3}
        if display.stock and (ordered["quarter"] % 4 == 3).any():
            value = ordered["value"].iloc[-1]
        elif not whole or display.stock:
            continue
        else:
            value = ordered["value"].sum() if display.flow else ordered["value"].mean()
        rows.append((*key[:-2], yearly_name(key[-2], display), key[-1], value * display.factor))
    return pd.DataFrame(rows, columns=[*keys, "variable", "year", "value"])


@pytest.mark.parametrize("table", ["economy", *GROUP_TABLES])
def test_years_are_those_of_an_independent_computation(results, table):
    frame = results.series if table == "economy" else results.groups[table]
    declared = {one.name: one for one in (OUTCOMES if table == "economy" else GROUP_OUTCOMES[table])}
    keys = ["seed"] if table == "economy" else ["seed", "group"]
    wanted = by_pandas(frame, declared, keys)
    wanted = wanted[wanted["year"] <= 2027]
    if table == "economy":  # growth is that of the yearly sums
        gdp = wanted[wanted["variable"] == "real_gdp_per_year"].sort_values(["seed", "year"])
        growth = gdp.assign(variable=GROWTH, value=100 * gdp.groupby("seed")["value"].pct_change()).dropna()
        wanted = pd.concat([wanted[wanted["variable"] != GROWTH], growth])
    found = results.years.query("table == @table")
    names = [*keys, "variable", "year"]
    text = dict.fromkeys([key for key in names if key not in ("seed", "year")], str)
    one, other = (each.astype(text).set_index(names)["value"].sort_index() for each in (found, wanted))
    assert one.index.is_unique and set(one.index) == set(other.index)
    assert one.to_numpy() == pytest.approx(other.loc[one.index].to_numpy())


def test_one_outcome_is_a_table_of_years_and_seeds(results):
    table = results["gdp"]
    assert (list(table.index), list(table.columns)) == ([2024, 2025, 2026, 2027], list(SEEDS))
    assert table.attrs == {"title": "Real GDP", "unit": "trillion CNY a year, prices of 2024", "decimals": 1}
    years = results.years.query("variable == 'real_gdp_per_year'").set_index(["year", "seed"])["value"]
    assert table.stack().to_numpy() == pytest.approx(years.loc[table.stack().index].to_numpy())


@pytest.mark.parametrize("name", sorted(SHORT_NAMES))
def test_a_short_name_is_that_of_an_outcome_and_of_no_other(name):
    recorded = {one.name for one in OUTCOMES}
    assert name not in recorded and outcome_named(name).name == SHORT_NAMES[name]
    assert outcome_named(name.upper().replace("_", " ")).name == SHORT_NAMES[name]


def test_every_outcome_is_found_by_its_own_name_and_that_of_its_years():
    for one in OUTCOMES:
        assert outcome_named(one.name) is outcome_named(yearly_name(one.name, one.display)) is one


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("gpd", "gdp"),
        ("mean_real_wages", "mean_real_wage"),
        ("real_wage_men", "real_wage_mean"),
        ("unemploymet", "unemployment"),
    ],
)
def test_a_near_name_is_guessed(results, asked, near):
    with pytest.raises(UserError, match=f"no outcome '{asked}'; nearest valid: {near}; `xinzhi describe --outcomes`"):
        results[asked]


def test_results_show_themselves(results):
    assert repr(results) == "Results of trial: 2 seeds, 2024 to 2027"
    html = results._repr_html_()
    assert "Real GDP, trillion CNY a year, prices of 2024" in html and "<th>2024</th><th>2027</th>" in html
    stopped = Results(results.scenario, SEEDS[:1], results.series, results.groups, interrupted=True)
    assert repr(stopped) == "Results of trial: 1 seed, 2024 to 2027; interrupted, seeds are missing"
    failed = Results(results.scenario, SEEDS, results.series, results.groups, failures={5: ValueError("no")})
    assert repr(failed).endswith("; failed: 5")


def test_bad_input_is_one_line_in_a_notebook():
    assert UserError("give a year")._render_traceback_() == ["UserError: give a year"]


def test_growth_of_a_year_is_that_of_the_yearly_sums_everywhere():
    results = abm.run("baseline", workers=2000, seeds=1, quarters=11, progress=False)
    gdp, growth = results["gdp"][1], results["growth"][1]
    assert np.isnan(growth[2024])
    assert growth[2026] == pytest.approx(100 * (gdp[2026] / gdp[2025] - 1), rel=1e-12)
    table = results.years
    row = table[(table["variable"] == "gdp_growth_annual_per_cent") & (table["year"] == 2026)]
    assert row["value"].item() == growth[2026]
