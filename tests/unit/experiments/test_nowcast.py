"""The published figures and how they are read off the model's runs."""

import shutil

import numpy as np
import pytest

from abm import UserError, nowcast
from abm.data import find_economy
from abm.data.manifest import digest_of
from abm.experiments.validation import published
from abm.experiments.validation.nowcast import nowcast_plan
from abm.experiments.validation.published import base_of, load_past, load_published
from abm.experiments.validation.published_variables import END, GROWTH, POPULATION_GROWTH, PUBLISHED_VARIABLES

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def found():
    return nowcast("no_ai", workers=2_000, seeds=2)


@pytest.fixture
def table(tmp_path, monkeypatch):
    """A copy of the economy of which the published figures can be changed."""
    folder = tmp_path / "china"
    shutil.copytree(find_economy("china").folder, folder)
    place = folder / "published.csv"
    monkeypatch.setattr(published, "_table", lambda economy, name: folder / name)
    return place


def value_of(found, variable, period):
    return next(
        values
        for one, values in zip(found.figures, found.values, strict=True)
        if (one.variable, one.period) == (variable, period)
    )


def test_the_shipped_tables_are_whole():
    figures, past = load_published("china", 2024), load_past("china", 2024)
    assert len(figures) > 100 and {one.used for one in figures} <= {"no", "opening", "tuned"}
    assert all(one.source for one in figures)
    everywhere = {one.variable for economy in ("china", "usa") for one in load_published(economy, 2024)}
    assert everywhere == set(PUBLISHED_VARIABLES)
    assert all(year < 2024 for name, series in past.items() if name != POPULATION_GROWTH for year, _ in series)


def test_levels_of_the_year_before_give_the_growth_published_for_the_opening(found):
    for name in ("real_gdp_growth", "consumer_prices", "exports_growth"):
        published_growth = next(
            one.value for one in found.figures if (one.variable, one.period) == (name, f"{found.opening}Q1")
        )
        assert value_of(found, name, "2024Q1") == pytest.approx(published_growth)


def test_growth_of_the_first_year_by_hand(found):
    """The level of the opening, taken back by its growth and along the course of the year before."""
    growth = found.paths["real_gdp_growth"] / 100.0
    base = np.array(base_of(found.past, "real_gdp_growth", 2023))
    before = base / base[0] / (1.0 + 0.053)  # of the level at the opening
    levels = (1.0 + growth[:, :4]) * before
    assert levels[:, 0] == pytest.approx(1.0)
    expected = 100.0 * (levels.sum(axis=1) / before.sum() - 1.0)
    assert value_of(found, "real_gdp_growth", "2024") == pytest.approx(expected)


def test_deflator_and_real_growth_make_nominal_growth(found):
    real, prices, nominal = (
        found.paths[name][:, 4:] / 100.0 for name in ("real_gdp_growth", "gdp_deflator_growth", "nominal_gdp_growth")
    )
    assert (1.0 + real) * (1.0 + prices) - 1.0 == pytest.approx(nominal)


def test_a_year_of_a_stock_is_its_last_quarter(found):
    assert PUBLISHED_VARIABLES["public_debt"].kind == END
    assert value_of(found, "public_debt", "2025") == pytest.approx(found.paths["public_debt"][:, 7])
    assert value_of(found, "unemployment_rate", "2025") == pytest.approx(
        found.paths["unemployment_rate"][:, 4:8].mean(axis=1)
    )


def test_a_newer_quarter_lengthens_the_run(table):
    before = nowcast_plan("baseline", 2_000, 1).quarters
    table.write_text(f"{table.read_text()}real_gdp_growth,2026Q1,5.0,per cent,an office,no\n")
    plan = nowcast_plan("baseline", 2_000, 1)
    assert plan.quarters == before + 1 and plan.figures[-1].period == "2026Q1"


def test_a_new_figure_changes_no_run():
    """The tables are no part of what the numbers of a run depend on."""
    manifest = find_economy("china")
    before, place = digest_of(manifest), manifest.folder / "published.csv"
    assert place.is_file()
    from abm.experiments.ensembles.seed_store import is_unrelated

    assert is_unrelated("data/economies/china/published.csv") and is_unrelated("data/economies/china/history.csv")
    assert digest_of(manifest) == before


@pytest.mark.parametrize(
    "line, told",
    [
        ("real_gdp,2025Q1,5,per cent,an office,no", "unknown variable"),
        ("real_gdp_growth,2025Q5,5,per cent,an office,no", "period should be"),
        ("real_gdp_growth,2023Q4,5,per cent,an office,no", "before the opening"),
        ("real_gdp_growth,2250,5,per cent,an office,no", "more than 25 years"),
        ("real_gdp_growth,2025Q1,5,per cent,an office,no", "given twice"),
        ("real_gdp_growth,2026Q1,five,per cent,an office,no", "should be a number"),
        ("real_gdp_growth,2026Q1,5,fraction,an office,no", "unit of real_gdp_growth"),
        ("real_gdp_growth,2026Q1,5,per cent,,no", "source is empty"),
        ("real_gdp_growth,2026Q1,5,per cent,an office,perhaps", "unknown used"),
        ("real_gdp_growth,2026Q1,5,per cent,an office", "wrong number of cells"),
        ("co2_growth,2024Q2,5,per cent,an office,no", "needs the year before"),
    ],
)
def test_a_clear_error_is_refused_in_one_line(table, line, told):
    table.write_text(f"{table.read_text()}{line}\n")
    with pytest.raises(UserError) as raised:
        nowcast_plan("baseline", 2_000, 1)
    assert told in str(raised.value) and "\n" not in str(raised.value)


def test_an_economy_without_published_figures_is_refused():
    with pytest.raises(UserError, match="china_20: there are no published figures.*take an economy.*china, usa"):
        nowcast_plan("baseline", 2_000, 1, {"economy": "china_20"})


def test_draws_of_parameters_widen_the_run(found):
    draws = [{"assumptions.growth.trend_opening": value} for value in (0.007, 0.015)]
    drawn = nowcast("no_ai", workers=2_000, seeds=2, draws=draws)
    assert drawn.draws and drawn.seeds == found.seeds
    low, high = value_of(drawn, "real_gdp_growth", "2025") - value_of(found, "real_gdp_growth", "2025")
    assert low < high
    with pytest.raises(UserError, match="draws="):
        nowcast("no_ai", workers=2_000, seeds=2, draws="no")


@pytest.mark.parametrize("economy", ["china", "usa"])
def test_every_variable_of_its_table_is_read_from_every_run(found, economy):
    made = found if economy == "china" else nowcast("no_ai", workers=2_000, seeds=2, overrides={"economy": economy})
    assert set(made.paths) == {one.variable for one in made.figures}
    for name, paths in made.paths.items():
        assert paths.shape == (2, made.quarters + 1)
        known = paths[:, 4 if PUBLISHED_VARIABLES[name].kind == GROWTH else 0 :]
        assert np.isfinite(known).all(), name
