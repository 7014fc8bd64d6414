"""abm.compare: one answer for Python, the command and the report; what is set for one side; who pays."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

import abm
from abm.comparing import quarters_until, sides_of
from abm.errors import UserError
from abm.scenarios.scenario import load_scenario

pytestmark = pytest.mark.unit

WORKERS, SEEDS, UNTIL = 2_000, 2, 2028
PAIRS = (
    ("no_ai", "baseline"),
    ("baseline", "adoption_subsidy"),
    ("baseline", "carbon_price"),
    ("baseline", "safety_net"),
    ("adoption_subsidy", "subsidy_with_retraining"),
)


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_python_command_and_report_give_the_same_number_to_the_last_digit(pair, tmp_path, command_in):
    both = abm.compare(*pair, workers=WORKERS, seeds=SEEDS, until=UNTIL)
    words = ["compare", *pair, "--workers", str(WORKERS), "--seeds", str(SEEDS), "--until", str(UNTIL)]
    done = command_in(tmp_path, *words, "--out", "here")
    assert done.returncode == 0, done.stderr
    from xinzhi.analysis.reading.as_read import change_in_table
    from xinzhi.analysis.reading.changes import cell_text
    from xinzhi.analysis.reading.summary import HEADLINE

    written = pd.read_csv(tmp_path / "here" / "headline.csv", keep_default_na=False)
    report = re.sub(r"\s+", " ", (tmp_path / "here" / "report.html").read_text(encoding="utf-8"))
    at = next(iter(both.pairs))
    compared = 0
    for variable in HEADLINE:
        change = both.change_in_levels(at, variable, UNTIL)
        if change is None or change.difference.same:
            continue
        rows = written[(written["scenario"] == both.labels[at]) & (written["year"] == UNTIL)]
        title = both.panels[at].unit(variable) and _title(both, variable)
        row = rows[rows["measure"] == title].iloc[0]
        found = [float(row[column]) for column in ("difference", "low", "high")]
        # A CSV file keeps the shortest text that reads as the same double.
        assert found == [change.difference.mean, change.difference.low, change.difference.high]
        # Files have the cost of policies in trillions, tables to be read in billions.
        cell = cell_text(change_in_table(both.pairs[at], variable, UNTIL - both.opening_year))
        assert cell in done.stdout and cell.replace("+", "&#43;") in report.replace("+", "&#43;")
        compared += 1
    assert compared >= 8


def _title(both, variable):
    from xinzhi.analysis.reading.display import display_of

    return display_of(both.panels[0], variable).title


def test_the_levels_of_the_table_subtract_to_the_difference():
    both = abm.compare("no_ai", "baseline", workers=WORKERS, seeds=SEEDS, until=UNTIL)
    at = next(iter(both.pairs))
    for variable in ("real_gdp", "unemployment_rate", "gini_disposable_income"):
        levels = [both.level(place, variable, UNTIL).mean() for place in (at, both.base)]
        change = both.change_in_levels(at, variable, UNTIL)
        assert change.difference.mean == pytest.approx(levels[0] - levels[1], rel=1e-9)
        relative = both.change(at, variable, UNTIL)
        assert relative.difference.clear == change.difference.clear
    gdp = both.change(at, "real_gdp", UNTIL).difference.mean
    levels = [both.level(place, "real_gdp", UNTIL).mean() for place in (at, both.base)]
    assert gdp == pytest.approx(100 * (levels[0] / levels[1] - 1), rel=1e-9)


def test_a_policy_without_a_budget_rule_is_paid_for_by_the_income_tax_unless_on_debt():
    taxed = abm.compare("baseline", "adoption_subsidy", workers=WORKERS, seeds=1, until=2027)
    indebted = abm.compare("baseline", "adoption_subsidy", workers=WORKERS, seeds=1, until=2027, on_debt=True)
    rules = [both.results[1].scenario.levers.get("budget_rule") for both in (taxed, indebted)]
    assert rules == [{"surcharge": {2024: 1.0}}, None]
    assert "budget_rule" not in taxed.results[0].scenario.levers
    values = [both.level(1, "real_gdp", 2027) for both in (taxed, indebted)]
    assert not np.array_equal(*values)
    assert any(sentence.startswith("Who pays: the income tax") for sentence in taxed.answer())
    assert any("public debt" in sentence for sentence in indebted.answer() if sentence.startswith("Who pays"))


def test_a_setting_may_be_for_one_side_only():
    one, other = sides_of(["adoption_subsidy", "adoption_subsidy"], {"B:levers.adoption_subsidy": 0.5})
    assert one.levers != other.levers and other.levers["adoption_subsidy"] == 0.5
    assert [side.quarters for side in sides_of(["baseline", "no_ai"], {"quarters": 8})] == [8, 8]


def test_a_setting_that_leaves_nothing_to_compare_is_refused_with_the_remedy():
    with pytest.raises(UserError, match=r"A \(baseline\) and B \(adoption_subsidy\) the same .*--set B:levers"):
        sides_of(["baseline", "adoption_subsidy"], {"levers.adoption_subsidy": 0.5})
    with pytest.raises(UserError, match="'C:' names no scenario; write one of A, B"):
        sides_of(["baseline", "adoption_subsidy"], {"C:levers.adoption_subsidy": 0.5})


def test_a_run_ends_with_a_whole_year():
    baseline = load_scenario("baseline")
    assert quarters_until(baseline, None, None) == baseline.quarters == 107
    assert quarters_until(baseline, 2050, None) == 107 and quarters_until(baseline, 2024, None) == 3
    assert quarters_until(baseline, None, 5) == 5
    with pytest.raises(UserError, match="not both"):
        quarters_until(baseline, 2030, 5)
    with pytest.raises(UserError, match="opens in 2024"):
        quarters_until(baseline, 2023, None)
    with pytest.raises(UserError, match="2100"):
        quarters_until(baseline, 2101, None)


def test_arguments_of_python_are_checked_as_those_of_the_command():
    for wrong in ("12", [1.5], True, 0, [-1], [], [2**63]):
        with pytest.raises(UserError, match="seeds"):
            abm.compare("baseline", "no_ai", workers=WORKERS, seeds=wrong, until=2024)
    many = abm.compare("baseline", "no_ai", workers=WORKERS, seeds=np.int64(2), until=2024)
    assert many.seeds == (1, 2)
    with pytest.raises(UserError, match="whole years 2024 to 2025"):
        abm.compare("baseline", "no_ai", workers=WORKERS, seeds=1, until=2025, years=[2030])
    for wrong in ({"years": "2024"}, {"years": [2024.5]}, {"until": "2025"}):
        with pytest.raises(UserError, match="give a whole number"):
            abm.compare("baseline", "no_ai", **({"workers": WORKERS, "seeds": 1, "until": 2024} | wrong))
    with pytest.raises(UserError, match="scenarios, not 5"):
        abm.compare(*["baseline"] * 5)
