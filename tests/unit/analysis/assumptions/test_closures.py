"""The closure grid in numbers and as a figure, on grids whose answer is known."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest

import xinzhi.analysis.reading.closure_ranges
import xinzhi.analysis.reading.summary
from abm import UserError, __version__
from xinzhi.analysis.assumptions.closure_figures import closures_figure
from xinzhi.analysis.reading.closure_ranges import (
    ClosureRange,
    Size,
    closure_effects,
    closures_of,
    closures_text,
    load_ranges,
    main_effects,
    save_ranges,
)
from xinzhi.analysis.reading.summary import HEADLINE, summary_table

pytestmark = pytest.mark.unit

ENDS = {"pass_through": ("full", "half"), "fiscal_rule": ("debt_rule_only", "stabilising")}
YEARS = (2035, 2050)
SEEDS = (1, 2, 3)
SIZE = Size(10_000, 1, 2)


def row(levels, seed, year, variable, gap):
    base = {"unemployment_rate": 5.0, "real_gdp": 80.0}[variable]
    luck = 0.001 * seed * base
    return {
        "corner": "central" if "central" in levels.values() else " ".join(levels.values()),
        **levels,
        "seed": seed,
        "year": year,
        "variable": variable,
        "with_ai": base + luck + gap,
        "without_ai": base + luck,
        "unit": "per cent",
    }


@pytest.fixture(scope="module")
def grid():
    """Half pass-through adds two points of unemployment, stabilising takes one away, doubled in 2050."""
    corners = [dict(zip(ENDS, levels, strict=True)) for levels in product(*ENDS.values())]
    rows = []
    for levels in [dict.fromkeys(ENDS, "central"), *corners]:
        moved = 2.0 * (levels["pass_through"] == "half") - 1.0 * (levels["fiscal_rule"] == "stabilising")
        for seed, year in product(SEEDS, YEARS):
            times = 1 + (year == 2050)
            rows.append(row(levels, seed, year, "unemployment_rate", times * (0.5 + moved)))
            rows.append(row(levels, seed, year, "real_gdp", times * 8.0))
    return pd.DataFrame(rows)


@pytest.fixture(scope="module")
def effects(grid):
    return closure_effects(grid)


def test_effects_are_paired_so_that_luck_cancels(grid, effects):
    assert closures_of(grid) == closures_of(effects) == list(ENDS)
    assert len(effects) == 5 * len(YEARS) * 2
    chosen = effects.query("corner == 'half debt_rule_only' and year == 2050 and variable == 'unemployment_rate'")
    (found,) = chosen.itertuples()
    assert (found.effect, found.low, found.high) == pytest.approx((5.0, 5.0, 5.0))
    assert found.level == pytest.approx(5.0 * 1.002 + 5.0)
    assert found.relative == pytest.approx(5.0 / (5.0 * 1.002))


def test_main_effects_say_what_moves_an_outcome(effects):
    assert main_effects(effects, 2035, "unemployment_rate") == pytest.approx({"pass_through": 2.0, "fiscal_rule": -1.0})
    assert main_effects(effects, 2050, "unemployment_rate") == pytest.approx({"pass_through": 4.0, "fiscal_rule": -2.0})
    assert main_effects(effects, 2035, "real_gdp") == pytest.approx({"pass_through": 0.0, "fiscal_rule": 0.0}, abs=1e-9)


def test_the_text_has_every_corner_the_range_and_the_mover(effects):
    text = closures_text(effects, len(SEEDS))
    assert text.count("central") == 4 and text.count("debt rule only  ") >= 4
    assert "2035\n" in text and "2050\n" in text
    assert "Unemployment: moved most by pass through" in text and "pass through from full to half +4.00" in text
    lowest, highest = (
        next(line for line in text.split("2050\n")[1].splitlines() if line.startswith(word))
        for word in ("Lowest", "Highest")
    )
    assert "% (-1.00 pt)" in lowest and "(+5.00 pt)" in highest and "trillion CNY (+20.0 %)" in highest
    assert "mean of 3 paired seeds" in text and max(map(len, text.splitlines())) <= 118


def test_an_unfinished_grid_still_has_a_text_and_a_figure(grid):
    for corners in (1, 2, 3):
        kept = grid["corner"].unique()[:corners]
        effects = closure_effects(grid[grid["corner"].isin(kept)])
        assert "Lowest" in closures_text(effects, 3)
        assert len(closures_figure(effects, 2_000, SEEDS).axes) == 2
        assert all(np.isnan(value) for value in main_effects(effects, 2035, "real_gdp").values()) == (corners < 3)


def test_the_figure_has_a_dot_for_every_corner(effects, tmp_path):
    figure = closures_figure(effects, 10_000, SEEDS)
    unemployment = next(axes for axes in figure.axes if any("Unemployment" in text.get_text() for text in axes.texts))
    dots = [line for line in unemployment.lines if line.get_marker() in "oD" and line.get_marker()]
    drawn = np.concatenate([line.get_xdata() for line in dots])
    wanted = effects.loc[effects["variable"] == "unemployment_rate", "effect"]
    assert np.allclose(np.sort(drawn), np.sort(wanted))
    assert any("depends most on pass through" in text.get_text() for text in unemployment.texts)
    title = " ".join(text.get_text() for text in figure.texts[:2]).replace("\u00a0", " ")
    assert title.startswith(
        "AI by 2050, depending on assumptions: real GDP +20.0 to +20.0 %, unemployment -1.00 to +5.00 points"
    )
    assert any("Pass through: share of the cost saving" in text.get_text() for text in figure.texts)
    figure.savefig(tmp_path / "closures.png")
    assert (tmp_path / "closures.png").stat().st_size > 10_000


def test_ranges_are_saved_with_a_stamp_and_read_again(effects, tmp_path):
    path = save_ranges(effects, SIZE, "xinzhi closures --seeds 3 --save", tmp_path / "ranges.csv")
    ranges, stamp = load_ranges(path)
    assert stamp == f"xinzhi {__version__}, xinzhi closures --seeds 3 --save"
    size, found = ranges["unemployment_rate", 2050, "effect"]
    assert size == SIZE and found == pytest.approx(ClosureRange(-1.0, 1.0, 5.0))
    assert ranges["real_gdp", 2035, "effect"][1] == pytest.approx(ClosureRange(8.0, 8.0, 8.0))
    assert load_ranges(tmp_path / "nowhere.csv") == ({}, "")
    with pytest.raises(UserError, match="ranges.csv: cannot write beside the program"):
        save_ranges(effects, SIZE, "xinzhi closures --save", tmp_path / "nowhere" / "ranges.csv")


def test_the_shipped_ranges_cover_jobs_inequality_and_the_labour_share():
    ranges, stamp = load_ranges()
    assert "xinzhi closures" in stamp and "--save" in stamp
    subjects = ("unemployment_rate", "gini_disposable_income", "labour_share")
    for variable, year, measure in product(subjects, YEARS, ("level", "effect")):
        _, one = ranges[variable, year, measure]
        assert one.lowest <= one.central <= one.highest and one.lowest < one.highest
        assert variable in HEADLINE


@pytest.fixture
def shipped(invent):
    """``shipped(name, ...)``: invented results that say which shipped scenario they are of."""

    def make(name="baseline", seeds=2, workers=10_000, **overrides):
        results = invent(name, seeds=seeds, workers=workers)
        results.provenance["scenario"] = {"reference": name, "overrides": overrides}
        results.provenance["origins"] = {"real_gdp": "imposed", "labour_share": "emergent"}
        return results

    return make


@pytest.fixture
def known(monkeypatch):
    """Ranges of a grid of SIZE that are known: unemployment in 2050 from 6 to 9 per cent, AI's effect -1 to +2."""
    ranges = {
        ("unemployment_rate", 2050, "level"): (SIZE, ClosureRange(6.0, 7.0, 9.0)),
        ("unemployment_rate", 2050, "effect"): (SIZE, ClosureRange(-1.0, 0.5, 2.0)),
    }
    for module in (xinzhi.analysis.reading.summary, xinzhi.analysis.reading.closure_ranges):
        monkeypatch.setattr(module, "load_ranges", lambda: (ranges, "xinzhi 9.9, xinzhi closures --save"))


RANGE = "    across assumptions"


def test_the_range_stands_beside_the_baseline_and_the_effect_of_ai(shipped, known):
    table = summary_table([shipped(), shipped("no_ai")])
    rows = [line for line in table.splitlines() if line.startswith(RANGE)]
    assert [line.removeprefix(RANGE).split() for line in rows] == [["6.00", "to", "9.00"], ["-1.00", "to", "+2.00"]]
    assert "xinzhi 9.9, xinzhi closures --save" in table.replace("\n ", "")
    alone = summary_table([shipped()])
    assert alone.count(RANGE) == 1


def test_no_range_is_claimed_for_what_it_was_not_computed_for(shipped, known, invent):
    for results in ([shipped("carbon_price")], [shipped(**{"mechanisms.all": "off"})], [shipped("no_ai")]):
        table = summary_table(results)
        assert RANGE not in table and "`xinzhi compare --closures` shows how" in table
    changed = summary_table([shipped(), shipped("carbon_price")])
    assert changed.count(RANGE) == 1, "the level of the baseline, not the effect"


@pytest.mark.parametrize("other", [{"seeds": 3}, {"seeds": 1}, {"workers": 2_000}])
def test_a_range_stands_only_beside_runs_of_its_own_size(shipped, known, other):
    """Of another size the central case itself may lie outside the range."""
    assert RANGE in summary_table([shipped()])
    assert RANGE not in summary_table([shipped(**other)])
    moved = shipped(seeds=2)
    moved.series["seed"] += 1  # as many seeds, but others
    assert RANGE not in summary_table([moved])


def test_origins_stand_behind_the_titles(shipped, invent):
    table = summary_table([shipped()])
    assert "prices of 2024 (imposed)" in table and "Labour share, per cent of GDP (emergent)" in table
    assert "Imposed: the path without AI is an input." in table
    assert "(imposed)" not in summary_table([invent(seeds=1)])
