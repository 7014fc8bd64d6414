"""MODEL.md says what the code does: its tables are those of the code, and the other documents keep their promises."""

import re

import pytest
from typer.testing import CliRunner

from abm.commands import app
from abm.experiments.sweeps.design import load_design
from abm.levers import resolve
from abm.parameters import Parameters, with_overrides
from abm.reference import documentation
from abm.reference.documentation import DOCUMENT, ROOT, document_tables, main, markdown_of, render
from abm.scenarios.scenario import load_scenario, parse_settings

pytestmark = pytest.mark.unit

DOCUMENTS = ("README.md", "MODEL.md", "DECISIONS.md", "CHANGELOG.md", "CONTRIBUTING.md", "CITATION.cff", "LICENSE")
TEXT = DOCUMENT.read_text(encoding="utf-8")


def test_the_tables_of_the_model_document_are_those_of_the_code():
    assert render(TEXT) == TEXT, "MODEL.md is stale: run python -m abm.reference.documentation"


def test_every_table_stands_in_the_document_once():
    assert sorted(re.findall(r"<!-- table: (\w+) -->", TEXT)) == sorted(document_tables())
    assert TEXT.count("<!-- end -->") == len(document_tables())


def test_a_stale_table_is_noticed_and_renewed(tmp_path, monkeypatch, capsys):
    stale = tmp_path / "MODEL.md"
    stale.write_text("before\n<!-- table: instruments -->\nold\n<!-- end -->\nafter\n")
    monkeypatch.setattr(documentation, "DOCUMENT", stale)
    assert main(["--check"]) == 1 and "stale" in capsys.readouterr().out
    assert main([]) == 0
    text = stale.read_text()
    assert text.startswith("before\n") and text.endswith("after\n") and "old" not in text
    assert markdown_of(document_tables()["instruments"]) in text
    assert main(["--check"]) == 0 and "up to date" in capsys.readouterr().out


def test_an_unknown_table_is_refused():
    with pytest.raises(KeyError, match="nothing"):
        render("<!-- table: nothing -->\n<!-- end -->")


def test_every_document_is_there_and_its_links_lead_somewhere():
    for name in DOCUMENTS:
        text = (ROOT / name).read_text(encoding="utf-8")
        assert text.strip(), name
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text) if name.endswith(".md") else ():
            assert (ROOT / target).exists(), f"{name} points to {target}"


def test_every_command_and_path_named_in_the_documents_exists():
    commands = set(re.findall(r"^  ([a-z-]+) ", CliRunner().invoke(app, ["--help"]).output, flags=re.MULTILINE))
    for name in ("README.md", "MODEL.md", "CONTRIBUTING.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        named = set(re.findall(r"`?xinzhi ([a-z][a-z-]+)", text))
        assert named <= commands, f"{name} names {sorted(named - commands)}"
        for path in re.findall(r"`((?:abm|analysis|tests|scenarios)/[\w/.-]*)`", text):
            assert (ROOT / path).exists(), f"{name} names {path}"


def test_every_entry_of_the_change_log_says_whether_results_change():
    entries = re.findall(r"^- .*(?:\n  .*)*", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert entries
    for entry in entries:
        assert re.search(r"Results change: (yes|no)\.$", " ".join(entry.split())), entry


def blocks(language):
    return re.findall(
        rf"^```{language}\n(.*?)^```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )


def test_what_the_readme_does_with_mesa_works():
    code = next(block for block in blocks("python") if "Model(" in block)
    names = {}
    exec(code, names)  # the block is our own
    assert names["model"].quarter == 1 and len(names["workers"]) == names["model"].state.macro.adults


def test_the_scenario_and_settings_of_the_readme_are_valid(tmp_path):
    block, _ = blocks("yaml")
    path = tmp_path / "mine.yaml"
    path.write_text(block)
    assert resolve(load_scenario(path).levers).policy(44).carbon_price == 400
    lines = [line.split("#")[0].split() for line in blocks("")[1].splitlines()]
    runs = [words for words in lines if words[1] == "run"]
    assert len(runs) > 2
    for words in runs:
        settings = [words[place + 1] for place, word in enumerate(words) if word == "--set"]
        scenario = load_scenario(words[2], parse_settings(settings))
        resolve(scenario.levers)
        with_overrides(Parameters(), scenario.assumptions)


def test_the_design_of_the_readme_is_valid(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(blocks("yaml")[1])
    design = load_design(path)
    assert design.question and design.runs == 50 * 3 * 4 and len(design.axes) == 3
