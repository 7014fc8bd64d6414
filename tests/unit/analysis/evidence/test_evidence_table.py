"""The table of published figures, and what is written of it."""

from __future__ import annotations

import json
import re

import numpy as np
import pandas as pd
import pytest

import abm
from xinzhi.analysis.evidence.figures import evidence_figure
from xinzhi.analysis.evidence.files import evidence_record, write_evidence
from xinzhi.analysis.evidence.numbers import CANNOT_SAY, HIT, MISS, evidence_table
from xinzhi.analysis.evidence.published import (
    COUNTRIES,
    checked_figures,
    chinese_texts,
    figures_for,
    load_published,
)
from xinzhi.analysis.evidence.reported import reported_lines
from xinzhi.analysis.evidence.survey_figure import has_surveys, survey_figure
from xinzhi.analysis.evidence.text import counted_hits, evidence_page, evidence_text

pytestmark = pytest.mark.unit

ROW = {
    "code": "one", "figure": "One", "value": "2", "low": "", "high": "", "tolerance": "1", "unit": "per cent",
    "economy": "CHN", "shown": "everywhere", "period": "2025", "source": "a study", "status": "read",
    "measured_by": "fewer_jobs", "imposed": "no", "beside": "", "note": "",
}  # fmt: skip


def evidence_with(economy="china", **values):
    """Evidence of three seeds in which nothing is known but what is given."""
    known = {name: np.array([np.nan] * 3) for name in abm.MEASUREMENTS}
    known |= {name: np.asarray(value, dtype=float) for name, value in values.items()}
    return abm.Evidence(abm.load_scenario("baseline", {"economy": economy}), (1, 2, 3), 2_000, 2034, known)


@pytest.fixture(scope="module")
def evidence():
    return evidence_with(
        tfp_ten_years=[0.03, 0.04, 0.035], fewer_jobs=[0.02, 0.021, 0.019], time_saved_2024=[0.01, 0.04, 0.01],
        plant_yield=[0.009], plant_energy=[0.1], order_of_activities=[0.1, 0.2, 0.1], run_all_2025=[0.1, 0.1, 0.1],
    )  # fmt: skip


def test_at_least_25_figures_are_measured_and_all_say_where_they_are_from():
    figures = load_published()
    assert sum(bool(one.measured_by) for one in figures) >= 25
    assert all(one.source and one.status for one in figures)


@pytest.mark.parametrize(
    "change, fault",
    [
        ({"unit": "yuan"}, "unit yuan"),
        ({"economy": "USA|ATL"}, "economy USA|ATL"),
        ({"shown": "abroad"}, "shown abroad"),
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
    with pytest.raises(ValueError, match=f"line 3.*{re.escape(fault)}"):
        checked_figures([ROW, ROW | {"code": "two"} | change], abm.MEASUREMENTS)


def test_a_code_stands_once():
    with pytest.raises(ValueError, match="twice"):
        checked_figures([ROW, ROW], abm.MEASUREMENTS)


def test_own_figures_come_first_and_the_widest_miss_of_those_not_imposed_on_top(evidence):
    table = evidence_table(evidence)
    assert list(table["own"]) == sorted(table["own"], reverse=True)
    others = table[table["own"] == "no"]
    assert list(others["verdict"].drop_duplicates()) == [MISS, HIT, CANNOT_SAY]
    assert list(others["code"][:4]) == ["tfp_ten_years", "time_saved", "order_of_activities", "fewer_jobs"]
    own = table[table["own"] == "yes"]
    assert list(own["code"][:2]) == ["plant_energy", "plant_yield"] and set(own["economy"]) == {"CHN"}


def test_figures_of_a_country_alone_are_shown_beside_its_own_economy():
    china, usa = (figures_for(COUNTRIES[code]) for code in ("CHN", "USA"))
    alone = {one.code for one in load_published() if one.shown == "at home"}
    assert {one.economy for one in china if one.code in alone} == {"CHN"}
    assert {one.economy for one in usa if one.code in alone} == {"USA"}
    everywhere = {one.code for one in china} & {one.code for one in usa}
    assert everywhere == {one.code for one in load_published()} - alone
    assert {one.code for one in figures_for("Atlantis")} == everywhere
    assert "young_exposed_census" in everywhere and "us_use_2025q2" not in everywhere


@pytest.fixture(scope="module")
def american():
    """Two of the surveys' figures are known, one of Denmark and one of several countries."""
    return evidence_with(
        "usa", use_2025q2=[0.09, 0.091, 0.092], use_2024q4=[0.08, 0.081, 0.082], time_saved_2024=[0.01, 0.01, 0.011],
        productivity_three_years=[0.0, -0.001, -0.002], young_in_exposed=[0.0, 0.01, -0.01],
        department_250_2025q3=[np.nan, 0.12, np.nan], heads_1_4_two_years=[0.07, 0.08, 0.09],
    )  # fmt: skip


def test_american_figures_come_first_beside_the_united_states(american):
    table, text = evidence_table(american), evidence_text(american)
    assert set(table.loc[table["own"] == "yes", "economy"]) == {"USA", "USA|GBR|DEU|AUS"}
    assert table["code"].iloc[0] == "productivity_executives" and "real_gdp_2025" not in set(table["code"])
    assert (
        text.index("THE UNITED STATES: MISSES") < text.index("THE UNITED STATES: HITS") < text.index("OTHER COUNTRIES")
    )
    assert "  DNK: Working time saved" in text and "the model's economy of the United States" in " ".join(text.split())
    assert "The United States alone: of 1 figure that are not imposed" in " ".join(text.split())
    assert "Firms of 1-4 persons that use AI, 2024 to 2025: 8.00" in text
    assert "1-4 persons" not in evidence_text(evidence_with(heads_1_4_two_years=[0.07, 0.08, 0.09]))


def test_a_size_of_firm_in_one_seed_alone_has_no_interval(american):
    row = evidence_table(american).set_index("code").loc["us_use_250_department"]
    assert row["seeds"] == 1 and row["model"] == pytest.approx(12.0) and np.isnan(row["model_low"])


def test_surveys_have_a_figure_of_their_own_in_the_united_states_only(american, evidence, tmp_path):
    assert has_surveys(american) and not has_surveys(evidence)
    path, sizes, ages = survey_figure(american).axes
    dots = [line for line in path.lines if line.get_marker() == "o"]
    assert [float(line.get_ydata()[0]) for line in dots] == [3.7, 5.0, 5.7, 7.4, 9.2]
    assert any("no such firm" in text.get_text() for text in sizes.texts) and len(ages.get_xticklabels()) == 3
    assert (tmp_path / "survey.png") in write_evidence(american, tmp_path)
    assert (tmp_path / "survey.png").exists()
    write_evidence(evidence, tmp_path)
    assert not (tmp_path / "survey.png").exists()


def test_every_text_of_the_table_is_there_in_chinese(american):
    texts = {text for one in load_published() for text in (one.figure, one.period, one.note)}
    assert {text for text in texts if re.search("[a-z]", text)} == set(chinese_texts())
    text, page = evidence_text(american, "zh"), evidence_page(american, "zh")
    assert "美国：未命中" in text and "其他国家" in text and "24至2025年" in text
    for shown in (text, page):
        words = set(re.findall(r"[A-Za-z]{3,}", re.sub(r"\|[^|]*\|$", "", shown, flags=re.MULTILINE)))
        assert words <= {"EU27", "DNK", "CHN", "USA", "GBR", "DEU", "AUS", "TWh", "European", "regions"}, words


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
    for one in figures_for("China"):
        assert one.figure in " ".join(text.split()) and one.figure in page
    assert text.index("OTHER COUNTRIES: MISSES") < text.index("OTHER COUNTRIES: HITS")
    assert text.index("CHINA: THE MODEL CANNOT SAY") < text.index("OTHER COUNTRIES: MISSES")
    assert {line.count("|") for line in page.splitlines() if line.startswith("|")} == {7, 8}  # others name a country


def test_all_files_are_written(evidence, tmp_path):
    written = write_evidence(evidence, tmp_path, "xinzhi evidence")
    assert sorted(path.name for path in written) == sorted(path.name for path in tmp_path.iterdir())
    assert len(pd.read_csv(tmp_path / "evidence.csv")) == len(figures_for("China"))
    assert len(pd.read_csv(tmp_path / "evidence_by_seed.csv")) == 3 * sum(
        len(values) == 3 for values in evidence.values.values()
    )
    record = json.loads((tmp_path / "evidence.json").read_text())
    assert record["command"] == "xinzhi evidence" and record["figures"][0]["code"] == "plant_energy"
    assert record["country"] == "China"
    json.dumps(evidence_record(evidence), allow_nan=False)


def test_the_figure_has_a_dot_for_every_value(evidence):
    (axes,) = evidence_figure(evidence).axes
    assert sum(line.get_marker() == "o" for line in axes.lines) == 6
    written = [text.get_text() for text in axes.texts]
    assert "CHINA" in written and "OTHER COUNTRIES" in written


def test_what_has_no_figure_on_record_is_reported_with_its_interval(evidence):
    assert reported_lines(evidence) == ()
    found = evidence_with(co2_ten_years=[0.001, 0.002, 0.003], place_of_information=[1, 2, 1])
    place, carbon = reported_lines(found)
    assert place.startswith("Place of information and communication among the seven activities: 1.33 [")
    assert carbon.startswith("Carbon dioxide because of AI, 2034: 0.20 [0.03") and carbon.endswith("] %")
    assert carbon in evidence_text(found) and carbon in evidence_page(found)
