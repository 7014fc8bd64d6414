"""Attributions of an invented explanation, whose parts are known, and of a real one, whose parts must add up."""

from __future__ import annotations

import json
import math
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

import abm
from abm.experiments.attribution.incomes import SOURCES
from abm.experiments.attribution.observation import EnergyYear, FirmYear, RunObservation
from abm.scenarios.mechanisms import FAMILIES
from xinzhi.analysis.attribution.attribution import attribute
from xinzhi.analysis.attribution.figures import waterfall_message
from xinzhi.analysis.attribution.text import attribution_text
from xinzhi.analysis.attribution.words import FAMILY_TITLES, SOURCE_TITLES

pytestmark = pytest.mark.unit

SEEDS = (1, 2, 3)
OUTCOMES = ("real_gdp", "unemployment_rate")
ACCOUNTS = [*OUTCOMES, "productivity_by_firms", "co2_by_factor", "gini_by_source"]
LUCK = np.array([-0.1, 0.0, 0.1])


def observation(luck, ai):
    """One sector, one firm that stays, a year of one quarter; with AI the firm makes more and saves energy."""
    firms = FirmYear(
        sector=np.array([0]),
        value_added=np.array([[20.0], [30.0 + luck + 5.0 * ai]]),
        staff=np.array([[10.0], [10.0]]),
        replaced=np.zeros((2, 1), dtype=bool),
    )
    one = np.ones(1)
    energy = EnergyYear(
        adults=100 * one, employed=50 * one, gdp=(10.0 + luck) * one, output=np.array([[20.0]]),
        fuel=np.array([[40.0 - 4.0 * ai]]), process=np.array([[5.0]]), electricity=np.array([[30.0]]),
        household_fuel=3.0 * one, household_electricity=2.0 * one, ai_electricity=4.0 * ai * one, grid=0.5 * one,
    )  # fmt: skip
    parts = np.array([[0.5, 0.05, 0.0, -0.02, -0.01, 0.0, -0.03, -0.04]])
    return RunObservation(firms, energy, parts + np.array([0.01 + 0.01 * luck] + 7 * [0.0]) * ai)


def explanation(seeds=SEEDS):
    """Labour adds 1 to a GDP of 10 and energy 0.1, which may be luck; unemployment is the same."""
    count = len(seeds)
    luck = LUCK[:count]
    with_labour, with_energy = np.array([0, 1, 0, 1])[:, None], np.array([0, 0, 1, 1])[:, None]
    gdp = 10.0 + luck + (1.0 + 0.1 * luck) * with_labour + (0.01 + luck) * with_energy
    levels = np.empty((2, 4, count, 2))
    levels[..., 1] = 0.05
    levels[0, ..., 0], levels[1, ..., 0] = 10.0 + luck, gdp
    sides = tuple([observation(one, ai) for one in luck] for ai in (0.0, 1.0))
    named = tuple(SimpleNamespace(name=name, opening_year=2024, tables="china") for name in ("no_ai", "baseline"))
    return SimpleNamespace(
        scenarios=named, families=("labour", "plant"), outcomes=OUTCOMES, seeds=seeds, workers=2_000, year=2030,
        levels=levels, observations=sides, with_ai=(False, True), provenance={}, interrupted=False, failures={},
        all_families=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def found():
    return attribute(explanation())


def test_the_words_cover_every_family_and_source():
    assert list(FAMILY_TITLES) == list(FAMILIES)
    assert list(SOURCE_TITLES) == list(SOURCES)


def test_the_parts_of_an_outcome_are_shapley_values_in_shown_units(found):
    account = found.accounts["real_gdp"]
    assert list(found.accounts) == ACCOUNTS
    parts = {part.key: part.values for part in account.parts}
    assert parts["labour"] == pytest.approx(4 * (1.0 + 0.1 * LUCK))  # four quarters a year
    assert parts["plant"] == pytest.approx(4 * (0.01 + LUCK))
    assert parts["policy"] == pytest.approx(np.zeros(3))
    assert account.before == pytest.approx(40 + 4 * LUCK)
    labour, energy = account.parts[:2]
    assert labour.difference.clear and not energy.difference.clear


def test_every_account_adds_up(found):
    for account in found.accounts.values():
        assert account.residual < 1e-9
        assert account.difference.mean == pytest.approx(sum(part.difference.mean for part in account.parts), abs=1e-9)


def test_where_the_difference_shows(found):
    firms = {part.key: part.difference.mean for part in found.accounts["productivity_by_firms"].parts}
    assert firms.pop("within_firms") == pytest.approx(4 * 0.5) and set(firms.values()) == {0.0}
    factors = {part.key: part.difference.mean for part in found.accounts["co2_by_factor"].parts}
    assert factors["energy_intensity"] == pytest.approx(-4.0) and factors["ai_electricity"] == pytest.approx(2.0)
    assert sum(abs(value) for key, value in factors.items() if key not in ("energy_intensity", "ai_electricity")) == 0
    sources = {part.key: part.difference.mean for part in found.accounts["gini_by_source"].parts}
    assert sources.pop("wages") == pytest.approx(1.0) and set(sources.values()) == {0.0}


def test_tables_hold_every_part_with_its_interval(found):
    table = found.table().set_index(["account", "part"])
    row = table.loc[("real_gdp", "labour")]
    assert row["mean"] == pytest.approx(4.0) and row["low"] < row["mean"] < row["high"] and row["clear"]
    assert table.loc[("real_gdp", "level_b"), "mean"] == pytest.approx(44.04)
    seeds = found.by_seed()
    parts = seeds[(seeds["account"] == "real_gdp") & ~seeds["part"].str.startswith("level")]
    totals = parts.groupby("seed")["value"].sum().to_numpy()
    assert totals == pytest.approx(4 * (1.01 + 1.1 * LUCK))
    runs = found.combinations()
    assert len(runs) == 2 * 4 * 3 * 2 and set(runs["families_on"]) == {"none", "labour", "plant", "labour plant"}


def test_the_text_says_what_is_clear_and_what_is_not(found):
    text = " ".join(attribution_text(found).split())
    assert (
        "Real GDP in 2030, trillion CNY a year, prices of 2024: 40.0 without AI, 44.0 with AI, difference +4.0" in text
    )
    assert (
        "Of this: AI in tasks, jobs and pay +4.0 [+3.9 to +4.1]. Not clear: AI in plants, and the electricity that AI "
        "uses -0." in text
    )
    assert "5.0 without AI, 5.0 with AI" in text.replace("5.00", "5.0") and "the same in every seed" in text
    assert text.count("Shapley value") == 1 and "not a forecast" in text


def test_a_single_seed_claims_nothing():
    one = attribute(explanation((1,)))
    text = " ".join(attribution_text(one).split())
    assert "One pair of seeds" in text and "[" not in text
    assert math.isnan(one.accounts["real_gdp"].difference.low)
    assert one.plot("real_gdp") is not None


def test_each_account_has_a_waterfall_that_holds_its_bars(found):
    for key, account in found.accounts.items():
        figure = found.plot(key)
        axes = figure.axes[0]
        low, high = axes.get_xlim()
        assert low < account.before.mean() < high and low < account.after.mean() < high
        told = [part for part in account.parts if (part.values != 0.0).any()]
        assert [label.get_text() for label in axes.get_yticklabels()] == [
            "Without AI", *(part.title for part in told), "With AI",
        ]  # fmt: skip
        bars = [(bar.get_x(), bar.get_width()) for bar in axes.patches]
        assert [width for _, width in bars] == pytest.approx([part.difference.mean for part in told])
        if bars:
            assert bars[0][0] == pytest.approx(account.before.mean())
            assert sum(bars[-1]) == pytest.approx(account.after.mean())
    with pytest.raises(abm.UserError, match="no account 'gdp'"):
        found.plot("gdp")


def test_the_title_of_a_waterfall_says_the_difference_and_its_largest_part(found):
    assert waterfall_message(found, found.accounts["real_gdp"]) == (
        "With AI: real GDP 4.0 trillion CNY a year higher in 2030, most by AI in tasks, jobs and pay (+4.0)"
    )
    same = waterfall_message(found, found.accounts["unemployment_rate"])
    assert same == "With AI: no difference in unemployment in 2030"
    titled = " ".join(text.get_text() for text in found.plot("real_gdp").texts)
    assert "With AI: real GDP 4.0 trillion CNY" in titled and "Real GDP in 2030, from without AI to with AI" in titled


def test_what_is_written_can_be_read(found, tmp_path):
    written = found.write(tmp_path / "why", "xinzhi explain no_ai baseline")
    assert all(path.is_file() for path in written)
    assert {path.name for path in written} == {
        "parts.csv", "parts_by_seed.csv", "combinations.csv", "explain.txt", "explain.json",
        *(f"why_{key}.png" for key in ACCOUNTS),
    }  # fmt: skip
    record = json.loads((tmp_path / "why" / "explain.json").read_text())
    parts = record["accounts"]["real_gdp"]["parts"]
    assert parts["labour"]["mean"] == pytest.approx(4.0) and record["command"] == "xinzhi explain no_ai baseline"
    assert record["accounts"]["real_gdp"]["largest_residual"] < 1e-9
    assert len(pd.read_csv(tmp_path / "why" / "parts.csv")) == len(found.table())
    (tmp_path / "file").write_text("")
    with pytest.raises(abm.UserError, match="cannot write"):
        found.write(tmp_path / "file")


@pytest.fixture(scope="module")
def real():
    """A policy in an economy with AI against the same without the policy: both have every combination."""
    policy = abm.load_scenario("baseline", {"levers.carbon_price": 300.0, "levers.adoption_subsidy": 0.4})
    return abm.explain("baseline", policy, workers=2_000, seeds=[4, 5], year=2028, families=["labour", "plant"])


def test_the_parts_of_real_runs_add_up(real):
    found = attribute(real)
    assert real.with_ai == (True, True)
    for key, account in found.accounts.items():
        total = account.after - account.before
        assert (total != 0.0).all()
        assert np.abs(sum(part.values for part in account.parts) - total).max() < 1e-9, key
    for key, recorded in (("co2_by_factor", "co2_emissions"), ("gini_by_source", "gini_disposable_income")):
        one, other = found.accounts[key], found.accounts[recorded]
        within = 1e-3 if key.startswith("gini") else 1e-6  # the recorded Gini counts in bins, here times 100
        assert one.before == pytest.approx(other.before, abs=within)
        assert one.after == pytest.approx(other.after, abs=within)
    carbon = {part.key: part.difference.mean for part in found.accounts["co2_by_factor"].parts}
    assert carbon["energy_intensity"] < 0 and carbon["carbon_intensity"] < 0
