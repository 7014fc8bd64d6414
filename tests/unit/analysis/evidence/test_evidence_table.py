"""The table of published figures, and what is written of it."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

import abm
from xinzhi.analysis.evidence.figures import evidence_figure
from xinzhi.analysis.evidence.files import evidence_record, write_evidence
from xinzhi.analysis.evidence.numbers import CANNOT_SAY, HIT, MISS, evidence_table
from xinzhi.analysis.evidence.published import checked_figures, load_published
from xinzhi.analysis.evidence.reported import reported_lines
from xinzhi.analysis.evidence.text import counted_hits, evidence_page, evidence_text

pytestmark = pytest.mark.unit

ROW = {
    "code": "one", "figure": "One", "value": "2", "low": "", "high": "", "tolerance": "1", "unit": "per cent",
    "economy": "CHN", "period": "2025", "source": "a study", "status": "read", "measured_by": "fewer_jobs",
    "imposed": "no", "beside": "", "note": "",
}  # fmt: skip


def evidence_with(**values):
    """Evidence of three seeds in which nothing is known but what is given."""
    known = {name: np.array([np.nan] * 3) for name in abm.MEASUREMENTS}
    known |= {name: np.asarray(value, dtype=float) for name, value in values.items()}
    return abm.Evidence(abm.load_scenario("baseline"), (1, 2, 3), 2_000, 2034, known)


@pytest.fixture(scope="module")
def evidence():
    return evidence_with(
        tfp_ten_years=[0.03, 0.04, 0.035], fewer_jobs=[0.02, 0.021, 0.019], time_saved_2024=[0.01, 0.04, 0.01],
        plant_yield=[0.009], plant_energy=[0.1], order_of_activities=[0.1, 0.2, 0.1], china_all_2025=[0.1, 0.1, 0.1],
    )  # fmt: skip


def test_at_least_25_figures_are_measured_and_all_say_where_they_are_from():
    figures = load_published()
    assert sum(bool(one.measured_by) for one in figures) >= 25
    assert all(one.source and one.status for one in figures)


@pytest.mark.parametrize(
    "change, fault",
    [
        ({"unit": "yuan"}, "unit yuan"),
        ({"status": "heard"}, "status heard"),
        ({"imposed": "perhaps"}, "imposed perhaps"),
        ({"measured_by": "nothing"}, "unknown measurement"),
        ({"beside": "nothing"}, "unknown measurement"),
        ({"source": " "}, "no source"),
        ({"tolerance": ""}, "no range"),
        ({"low": "1"}, "one end"),
        ({"low": "3", "high": "1"}, "ends"),
        ({"measured_by": "", "note": ""}, "no reason"),
    ],
)
def test_a_wrong_row_is_refused_with_its_line(change, fault):
    with pytest.raises(ValueError, match=f"line 3.*{fault}"):
        checked_figures([ROW, ROW | {"code": "two"} | change], abm.MEASUREMENTS)


def test_a_code_stands_once():
    with pytest.raises(ValueError, match="twice"):
        checked_figures([ROW, ROW], abm.MEASUREMENTS)


def test_misses_come_first_and_the_widest_of_those_not_imposed_on_top(evidence):
    table = evidence_table(evidence)
    assert list(table["verdict"].drop_duplicates()) == [MISS, HIT, CANNOT_SAY]
    assert list(table["code"][:4]) == ["tfp_ten_years", "time_saved", "order_of_activities", "plant_energy"]
    assert list(table["code"][4:6]) == ["fewer_jobs", "plant_yield"]


def test_a_row_has_the_mean_its_interval_and_how_far_it_is_off(evidence):
    table = evidence_table(evidence).set_index("code")
    tfp = table.loc["tfp_ten_years"]
    assert tfp["model"] == pytest.approx(3.5) and tfp["model_low"] < 3.5 < tfp["model_high"] and tfp["seeds"] == 3
    assert tfp["off_by"] == pytest.approx((3.5 - 0.9) / 0.5) and tfp["interval_reaches"] == "no"
    assert tfp["range_is"] == "published" and table.loc["fewer_jobs", "range_is"] == "chosen here"
    assert table.loc["time_saved", "interval_reaches"] == "yes"
    assert np.isnan(table.loc["plant_yield", "model_low"]) and table.loc["plant_yield", "interval_reaches"] == ""
    assert table.loc["eu_all_2025", "beside"] == "the run of the economy gives 10.0"


def test_hits_are_counted_apart_from_those_that_are_imposed(evidence):
    text = counted_hits(evidence_table(evidence))
    assert text.startswith("Of 3 figures that are not imposed the model hits 1 and misses 2; of 1 figure in view")
    assert "of 2 figures that are imposed the model hits 1 and misses 1; it says nothing on " in text


def test_text_and_page_hold_every_figure(evidence):
    text, page = evidence_text(evidence), evidence_page(evidence)
    for one in load_published():
        assert one.figure in " ".join(text.split()) and one.figure in page
    assert text.index("MISSES") < text.index("HITS") < text.index("THE MODEL CANNOT SAY")
    assert all(line.count("|") == 7 for line in page.splitlines() if line.startswith("|"))


def test_all_files_are_written(evidence, tmp_path):
    written = write_evidence(evidence, tmp_path, "xinzhi evidence")
    assert sorted(path.name for path in written) == sorted(path.name for path in tmp_path.iterdir())
    assert len(pd.read_csv(tmp_path / "evidence.csv")) == len(load_published())
    assert len(pd.read_csv(tmp_path / "evidence_by_seed.csv")) == 3 * sum(
        len(values) == 3 for values in evidence.values.values()
    )
    record = json.loads((tmp_path / "evidence.json").read_text())
    assert record["command"] == "xinzhi evidence" and record["figures"][0]["code"] == "tfp_ten_years"
    json.dumps(evidence_record(evidence), allow_nan=False)


def test_the_figure_has_a_dot_for_every_value(evidence):
    (axes,) = evidence_figure(evidence).axes
    assert sum(line.get_marker() == "o" for line in axes.lines) == 6


def test_what_has_no_figure_on_record_is_reported_with_its_interval(evidence):
    assert reported_lines(evidence) == ()
    found = evidence_with(co2_ten_years=[0.001, 0.002, 0.003], place_of_information=[1, 2, 1])
    place, carbon = reported_lines(found)
    assert place.startswith("Place of information and communication among the seven activities: 1.33 [")
    assert carbon.startswith("Carbon dioxide because of AI, 2034: 0.20 [0.03") and carbon.endswith("] %")
    assert carbon in evidence_text(found) and carbon in evidence_page(found)
