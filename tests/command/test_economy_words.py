"""What every command prints, writes and draws of another economy: its currency and country, and no other's."""

from __future__ import annotations

import json
import re
import zipfile
from html import escape
from pathlib import Path

import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

import abm
from abm.results.currency import QUOTED, speaking_of, spoken_contents

pytestmark = pytest.mark.command

FOREIGN = re.compile(r"\byuan\b|_yuan\b|CNY|\bChin(?:a|ese)\b|(?<![美多单])元(?![素件])|中国")
SIZE = ("--workers", 2_000, "--seeds", 1)
# What names sources, or how a run is told from others: the declared places of yuan and China.
DECLARED_KEYS = {*QUOTED, "provenance", "origins"}
DESCRIBED_SOURCES = re.compile(r"Source: .*?(?=\n\n|\Z)", re.DOTALL)


def foreign(text):
    """The passages of a text that speak of the other country or its money."""
    return [text[max(found.start() - 60, 0) : found.end() + 30] for found in FOREIGN.finditer(text)]


def without_sources(value):
    """The content of a JSON file but for what is quoted."""
    if isinstance(value, dict):
        return {key: without_sources(one) for key, one in value.items() if key not in DECLARED_KEYS}
    return [without_sources(one) for one in value] if isinstance(value, list) else value


def texts_of(path):
    """The text of a file of results, without sources."""
    if path.suffix == ".json":
        return json.dumps(without_sources(json.loads(path.read_text("utf-8"))), ensure_ascii=False)
    if path.suffix == ".csv":
        import pandas as pd

        table = pd.read_csv(path, dtype=str, keep_default_na=False)
        return table.drop(columns=[name for name in QUOTED if name in table]).to_csv(index=False)
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            names = [name for name in book.namelist() if name.endswith(".xml")]
            return "\n".join(book.read(name).decode("utf-8") for name in names)
    return path.read_text("utf-8") if path.suffix in {".txt", ".html", ".md"} else ""


@pytest.fixture
def drawn(monkeypatch):
    """The texts of every figure that is written; the pictures are left out."""
    texts = []

    def keep(figure, file, *given, **named):
        found = [one.get_text() for one in figure.findobj(Text)]
        if named.get("format") == "svg":  # within a page, which is looked at as a whole
            file.write(f'<svg viewBox="0 0 1 1"><text>{escape(" ".join(found), quote=False)}</text></svg>')
        else:
            texts.extend(found)

    monkeypatch.setattr(Figure, "savefig", keep)
    return texts


@pytest.fixture
def speaks(command_in, tmp_path, drawn):
    """Run a command and return all that it says; fails where any of it is of another country."""

    def run(*words, out=True):
        folder = tmp_path / "out"
        done = command_in(tmp_path, *words, *(("--out", folder) if out else ()))
        assert done.returncode == 0, done.stderr
        said = {"what is printed": DESCRIBED_SOURCES.sub("", done.stdout), "figures": "\n".join(drawn)}
        for path in sorted(folder.rglob("*")) if out else ():
            if path.is_file() and path.name != "provenance.json":
                said[path.name] = texts_of(path)
        found = {name: passages for name, text in said.items() if (passages := foreign(text))}
        assert not found, found
        return said

    return run


def test_effects_are_of_dollars_and_equal_policies(speaks):
    levers = ("--lever", "carbon_price", "--lever", "adoption_subsidy")
    said = speaks("effects", "--economy", "usa", "--workers", 2_000, "--seeds", 2, "--quarters", 20, *levers)
    assert "per dollar" in said["what is printed"] and "15.4 USD per tonne" in said["what is printed"]
    assert "consumption_per_dollar" in said["effects.csv"] and "usa" in said["effects.csv"]
    assert "per dollar" in said["figures"]
    assert "xinzhi effects --cost-of-funds --economy usa" in said["what is printed"]


def test_the_cost_of_funds_is_told_in_dollars():
    import numpy as np

    from abm.experiments.effects.cost_of_funds import CostOfFunds
    from abm.experiments.ensembles.variants import Variants
    from xinzhi.analysis.effects.cost_of_funds import cost_of_funds_text

    made = {answer: np.array([1.0, 1.1]) for answer in (0.1, 0.2)}
    with speaking_of("usa"):
        text = cost_of_funds_text(CostOfFunds(2, made, made, made, Variants()))
    assert "A dollar of income tax costs the dollar" in " ".join(text.split()) and not foreign(text)


def test_responses_have_the_bands_of_the_country(speaks):
    shocks = ("--shock", "carbon_price", "--shock", "public_demand")
    run = ("responses", "--economy", "usa", *SIZE, "--year", 2025, "--after", 8, *shocks)
    said = speaks(*run)
    assert "CARBON PRICE +15.4 DOLLARS A TONNE" in said["what is printed"]
    assert "economy of the United States" in said["what is printed"]
    assert "band 0.60 to 1.50" in said["what is printed"] and "Ramey" in said["figures"]
    assert not re.search("Li and Niu|Chen and Chen", said["figures"])


def test_an_explanation(speaks):
    said = speaks("explain", "no_ai", "baseline", "--economy", "usa", *SIZE, "--year", 2025, "--family", "labour")
    assert "trillion USD a year" in said["what is printed"] and "trillion USD a year" in said["parts.csv"]


def test_presets_and_descriptions(speaks):
    said = speaks("presets", "--economy", "usa", *SIZE, "--quarters", 8, out=False)
    assert "The United States, against no AI" in said["what is printed"]
    for option in ("--closures", "--mechanisms", "--outcomes", "--flows"):
        speaks("describe", option, "--economy", "usa", out=False)
    for lever in (*abm.load_levers(), "coal_price", "real_gdp", "co2_per_gdp"):
        speaks("describe", lever, "--economy", "usa", out=False)
    said = speaks("describe", "carbon_price", "--economy", "usa", out=False)["what is printed"]
    assert "economy: usa" in said and "carbon_price: 15.4" in said
    assert "Range 0 to 700; usual 0 to 70; neutral 0 (USD of 2024Q1 per tonne)" in " ".join(said.split())


def test_the_closure_grid(tmp_path, drawn):
    from xinzhi.analysis.assumptions.closure_figures import closures_figure
    from xinzhi.analysis.figures.findings import write_findings
    from xinzhi.analysis.reading.closure_ranges import closure_effects, closures_text

    grid = abm.run_closure_grid(2_000, [1], 7, closures=("world_adoption", "reinstatement"), economy="usa")
    effects = closure_effects(grid.table)
    with speaking_of("usa"):
        write_findings(tmp_path, {"closures": grid.table}, {"closures": closures_figure(effects, 2_000, (1,))}, {})
        text = closures_text(effects, 1)
    assert "trillion USD" in text and "Census Bureau" in "\n".join(drawn)
    for one in (text, "\n".join(drawn), texts_of(tmp_path / "closures.csv")):
        assert not foreign(one)


def test_a_sweep_and_what_is_read_off_it(speaks, command_in, tmp_path):
    pytest.importorskip("SALib")
    design = {
        "scenario": "usa_carbon_price", "workers": 2_000, "quarters": 7, "seeds": 2,
        "sampling": {"method": "morris", "samples": 2, "levels": 4},
        "uncertainties": {
            "artificial_intelligence.compute_growth": {"low": 0.04, "high": 0.06},
            "labour.income_effect": {"low": 0.05, "high": 0.2},
        },
        "policies": {"none": {}, "price": {"carbon_price": {2024: 100}}},
    }  # fmt: skip
    (tmp_path / "mine.yaml").write_text(json.dumps(design))
    speaks("sweep", "mine.yaml", "--processes", 1)
    (tmp_path / "out").rename(tmp_path / "swept")
    said = speaks("robust", "swept", "--need", "gdp>=25")
    assert "trillion USD a year" in said["what is printed"] and "trillion USD a year" in said["robust.json"]
    (tmp_path / "out").rename(tmp_path / "robust")
    said = speaks("sensitivity", "swept", "--outcome", "gdp")
    assert "compute per dollar" in " ".join(said["figures"].split())


def test_a_run_and_a_comparison_in_both_languages(speaks, tmp_path):
    pytest.importorskip("xlsxwriter")
    said = speaks("run", "usa_safety_net", *SIZE, "--quarters", 15, "--figures")
    assert "trillion USD" in said["figures"] and "USD" in said["years.csv"]
    for language in ("en", "zh"):
        said = speaks("compare", "usa_action_plan", *SIZE, "--quarters", 19, "--language", language, "--figures",
                      "--overwrite")  # fmt: skip
        (tmp_path / "out").rename(tmp_path / language)
        assert "美美元" not in "".join(said.values())
        assert ("dollar" if language == "en" else "美元") in said["report.html"]


def test_provenance_says_what_the_use_of_ai_rests_on(command_in, tmp_path):
    done = command_in(tmp_path, "run", "baseline", *SIZE, "--quarters", 3, "--set", "economy=usa", "--out", "out")
    assert done.returncode == 0, done.stderr
    kept = json.loads((tmp_path / "out" / "provenance.json").read_text())
    assert not foreign(json.dumps(kept["notes"])) and "Census Bureau" in kept["notes"][0]


def test_a_text_that_names_the_other_country_is_found(speaks, monkeypatch):
    monkeypatch.setattr("xinzhi.analysis.effects.effects.NO_RANGE", "No range is known for China.")
    with pytest.raises(AssertionError, match="known for China"):
        speaks("effects", "--economy", "usa", *SIZE, "--quarters", 16, "--lever", "carbon_price")
    for text in ("5 yuan", "trn CNY", "3亿元", "中国的税", "cost_per_yuan"):
        assert foreign(text)
    for text in ("5 dollars", "3亿美元", "多元", "元素"):
        assert not foreign(text)


def test_sources_are_quoted_as_they_are():
    with speaking_of("usa"):
        kept = spoken_contents({"unit": "trn CNY", "source": "96 CNY in 2024", "more": [("5 yuan",)]})
    assert kept == {"unit": "trn USD", "source": "96 CNY in 2024", "more": [["5 dollars"]]}
    assert Path(abm.__file__).exists()
