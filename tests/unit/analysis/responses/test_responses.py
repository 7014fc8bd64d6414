"""Tables, verdicts and words of invented responses whose numbers are known."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

import abm
from xinzhi.analysis.responses.bands import NO_BAND, Band, bands_of, checked_bands, load_bands
from xinzhi.analysis.responses.figures import bands_figure, overview_figure, shock_figure, shock_message
from xinzhi.analysis.responses.files import write_responses
from xinzhi.analysis.responses.numbers import (
    bands_for,
    calm_table,
    ratio_by_seed,
    response_of,
    response_table,
    verdict_table,
)
from xinzhi.analysis.responses.outcomes import ALSO, OUTCOMES
from xinzhi.analysis.responses.text import responses_text

pytestmark = pytest.mark.unit

NAMES = (*OUTCOMES, "volume_transfers")
START, AFTER = 2, 12
ROW = {
    "shock": "policy_rate", "outcome": "volume_gdp", "first": "4", "last": "8", "reading": "lowest", "low": "-1.5",
    "high": "-0.3", "unit": "per cent", "source": "Somebody 2000", "status": "read",
}  # fmt: skip


def invented(seeds=(1, 2), shocks=("public_demand", "policy_rate"), sizes=None, calm=False):
    """Without a shock all is 100 and rates .05; the first seed responds by .9 and the second by 1.1 of the mean."""
    quarters = START + AFTER + 1
    without = np.full((len(seeds), quarters, len(NAMES)), 100.0)
    for name in ("unemployment_rate", "policy_rate", "gini_disposable_income"):
        without[..., NAMES.index(name)] = 0.05
    without[..., NAMES.index("volume_transfers")] = 0.0
    share = np.linspace(0.9, 1.1, len(seeds))[:, None] if len(seeds) > 1 else np.ones((1, 1))
    runs = {}
    for shock in shocks:
        runs[shock] = without.copy()
        runs[shock][:, START:, NAMES.index("volume_gdp")] += (-1 if shock == "policy_rate" else 0.8) * share
        runs[shock][:, START:, NAMES.index("volume_consumption")] += 0.2
        runs[shock][:, START:, NAMES.index("unemployment_rate")] += 0.003
        runs[shock][:, START : START + 4, NAMES.index("volume_public_consumption")] += 1.0 * share
        runs[shock][:, START : START + 4, NAMES.index("volume_transfers")] += 2.0
    declared = {name: abm.SHOCKS[name] for name in shocks}
    for name, size in (sizes or {}).items():
        declared[name] = declared[name].of_size(size)
    scenario = SimpleNamespace(name="baseline", opening_year=2024, tables="china")
    return abm.Responses(
        scenario=scenario,
        shocks=declared, names=NAMES, seeds=seeds, workers=2_000, start=START, after=AFTER, without=without,
        runs=runs, calm=without if calm else None,
    )  # fmt: skip


def test_a_response_is_the_mean_of_the_pairs_with_its_interval():
    found = response_of(invented(), "policy_rate", "volume_gdp")
    assert found.mean == pytest.approx(np.full(AFTER + 1, -1.0))
    # two pairs: a standard error of .1 and Student's t of 6.31 at one degree of freedom
    assert found.low == pytest.approx(np.full(AFTER + 1, -1.0 - 0.6314), abs=1e-3)
    points = response_of(invented(), "policy_rate", "unemployment_rate")
    assert points.mean == pytest.approx(np.full(AFTER + 1, 0.3))


def test_the_table_has_a_row_for_each_quarter_and_outcome():
    table = response_table(invented())
    assert len(table) == 2 * len(OUTCOMES) * (AFTER + 1)
    one = table[(table["shock"] == "policy_rate") & (table["outcome"] == "volume_gdp")]
    assert list(one["quarters_after"]) == list(range(AFTER + 1)) and set(one["unit"]) == {"per cent"}


def test_a_multiplier_is_gdp_over_spending_summed_over_its_quarters():
    responses = invented()
    assert ratio_by_seed(responses, "public_demand", "multiplier_impact") == pytest.approx([0.8, 0.8])
    assert ratio_by_seed(responses, "public_demand", "multiplier_year") == pytest.approx([0.8, 0.8])
    assert ratio_by_seed(responses, "public_demand", "multiplier_two_years") == pytest.approx([1.6, 1.6])
    transfers = invented(shocks=("transfers",))
    assert ratio_by_seed(transfers, "transfers", "propensity_year") == pytest.approx([0.1, 0.1])
    assert np.isnan(ratio_by_seed(invented(seeds=(1,), sizes=None), "public_demand", "multiplier_impact")).sum() == 0


def test_verdicts_say_where_a_response_lies():
    table = verdict_table(invented()).set_index(["shock", "outcome"])
    assert table.loc[("policy_rate", "volume_gdp"), "verdict"] == "inside"
    assert table.loc[("policy_rate", "volume_consumption"), "verdict"] == "above"
    assert table.loc[("policy_rate", "consumer_price"), "verdict"] == "above"
    assert not table.loc[("policy_rate", "consumer_price"), "interval_reaches"]
    assert table.loc[("policy_rate", "volume_investment"), "verdict"] == NO_BAND
    assert table.loc[("public_demand", "multiplier_year"), "verdict"] == "inside"
    band = Band(**{**ROW, "first": 4, "last": 8, "low": -1.5, "high": -0.3})
    assert [band.verdict(value) for value in (-2.0, -1.5, 0.0)] == ["below", "inside", "above"]
    assert band.verdict(float("nan")) == "not defined"


def test_a_band_is_that_of_the_size_of_the_shock():
    half = invented(sizes={"policy_rate": -0.005})
    (band,) = bands_for(half, "policy_rate", "volume_gdp")
    assert (band.low, band.high, band.reading) == (0.15, 0.75, "highest")
    assert bands_for(invented(sizes={"policy_rate": 0.0}), "policy_rate", "volume_gdp") == []
    doubled = bands_for(invented(sizes={"public_demand": 0.02}), "public_demand", "multiplier_year")
    assert doubled == list(bands_of("public_demand", "multiplier_year", "China"))


def test_every_band_has_a_shock_an_outcome_that_is_shown_and_a_source():
    for band in load_bands():
        assert band.shock in abm.SHOCKS
        shown = {*OUTCOMES, "multiplier_impact", "multiplier_year", "multiplier_two_years", "propensity_year"}
        assert band.outcome in shown
    assert set(ALSO) == set(abm.SHOCKS)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"outcome": "gdp"}, "unknown outcome gdp"),
        ({"unit": "yuan"}, "unit yuan"),
        ({"reading": "least"}, "reading least"),
        ({"status": "guess"}, "status guess"),
        ({"source": " "}, "no source"),
        ({"low": "0.3"}, "ends 0.3 and -0.3"),
        ({"first": "9"}, "quarters 9 to 8"),
    ],
)
def test_a_faulty_band_is_refused(change, told):
    assert len(checked_bands([ROW])) == 1
    with pytest.raises(ValueError, match=f"line 3: {told}"):
        checked_bands([ROW, {**ROW, **change}])


def test_the_text_has_every_shock_the_verdicts_and_the_path_without_shocks():
    text = responses_text(invented(calm=True))
    for words in (
        "POLICY RATE +100 BASIS POINTS",
        "Compared with the literature",
        "above",
        "No band found",
        "NO SHOCK",
    ):
        assert words in text
    assert "responses with a band in the literature" in text.splitlines()[-1]
    single = responses_text(invented(seeds=(1,)))
    assert "One pair of runs" in single and "±" not in single and "nan" not in single
    assert list(calm_table(invented(calm=True))["quarter"]) == [0, 10, 14]


def test_figures_and_files_are_written(tmp_path):
    responses = invented(calm=True)
    assert shock_message(responses, "policy_rate").startswith("Policy rate +100 basis points: GDP is up to 1.0 % lower")
    assert len(shock_figure(responses, "policy_rate").axes) == 8
    assert len(overview_figure(responses).axes) == 2 and len(bands_figure(responses).axes) == 1
    written = write_responses(responses, tmp_path, "xinzhi responses")
    assert {path.name for path in written} == {path.name for path in tmp_path.iterdir()}
    assert (tmp_path / "response_bands.png").stat().st_size > 10_000


def test_a_band_found_in_one_country_is_not_held_against_another():
    countries = {band.country for band in load_bands()}
    assert countries == {"", "China", "the United States"}
    for country in ("China", "the United States", "Austria"):
        found = bands_of("public_demand", "multiplier_year", country)
        assert [band.country for band in found] == ([country] if country in countries else [])
        assert bands_of("policy_rate", "volume_gdp", country)
