"""The documents say what the code does: tables are those of the code, pages name phases and kernels, links resolve."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from abm.commands import app
from abm.experiments.sweeps.design import load_design
from abm.levers import resolve
from abm.model import BLOCKS
from abm.parameters import Parameters, describe_parameters, with_overrides
from abm.reference import documentation
from abm.reference.blocks import kernels_of, place_of, slug
from abm.reference.documentation import DECISIONS, FOLDER, ROOT, document_tables, documents, main, markdown_of, render
from abm.reference.tables import tables
from abm.scenarios.scenario import load_scenario, parse_settings

pytestmark = pytest.mark.unit

WRITTEN = ("README.md", "MODEL.md", "DECISIONS.md", "CHANGELOG.md", "CONTRIBUTING.md", "CITATION.cff", "LICENSE")
CHANGES = ROOT / "changelog.d"
PAGES = sorted((*FOLDER.rglob("*.md"), *CHANGES.glob("*.md"), *(ROOT / name for name in WRITTEN)))
EQUATIONS = FOLDER / "model" / "equations"
RESULTS = re.compile(r"Results change: (yes|no)\b.*\.$")
MARKER = re.compile(r"<!-- table: (\w+) -->")


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", documents(), ids=named)
def test_the_tables_of_a_document_are_those_of_the_code(path):
    text = path.read_text(encoding="utf-8")
    assert render(text) == text, f"{named(path)} is stale: run python -m abm.reference.documentation"


def test_every_table_stands_in_one_document():
    texts = [path.read_text(encoding="utf-8") for path in documents()]
    assert sorted(name for text in texts for name in MARKER.findall(text)) == sorted(document_tables())
    assert sum(text.count("<!-- end -->") for text in texts) == len(document_tables())


def test_a_stale_table_is_noticed_and_renewed(tmp_path, monkeypatch, capsys):
    stale, other = tmp_path / "reference" / "instruments.md", tmp_path / "prose.md"
    stale.parent.mkdir()
    stale.write_text("before\n<!-- table: instruments -->\nold\n<!-- end -->\nafter\n")
    other.write_text("no table\n")
    monkeypatch.setattr(documentation, "FOLDER", tmp_path)
    assert main(["--check"]) == 1
    assert "reference/instruments.md is stale" in capsys.readouterr().out.replace("\\", "/")
    assert main([]) == 0
    text = stale.read_text()
    assert text.startswith("before\n") and text.endswith("after\n") and "old" not in text
    assert markdown_of(document_tables()["instruments"]) in text and other.read_text() == "no table\n"
    assert main(["--check"]) == 0 and "up to date" in capsys.readouterr().out


def test_an_unknown_table_is_refused():
    with pytest.raises(KeyError, match="nothing"):
        render("<!-- table: nothing -->\n<!-- end -->")


def test_a_record_without_a_status_is_refused(tmp_path, monkeypatch):
    (tmp_path / "0001-one.md").write_text("# 0001. One\n\n* Date: November 2026\n\nText.\n")
    monkeypatch.setattr(documentation, "DECISIONS", tmp_path)
    with pytest.raises(ValueError, match="0001-one"):
        documentation.decisions_table()


def test_records_are_numbered_without_gaps_and_say_what_was_decided():
    records = sorted(DECISIONS.glob("[0-9]*.md"))
    numbers = [f"{number:04d}" for number in range(1, len(records) + 1)]
    assert [path.name[:4] for path in records] == numbers
    for path in records:
        text = path.read_text(encoding="utf-8")
        assert text.startswith(f"# {path.name[:4]}. ") and "\n## Decision\n" in text, path.name
        status = re.search(r"^\* Status: (.*)$", text, flags=re.MULTILINE)[1]
        assert status == "accepted" or status.removeprefix("superseded by ") in numbers, path.name


@pytest.mark.parametrize("block", BLOCKS)
def test_the_page_of_a_block_names_its_phases_and_kernels(block):
    text = (EQUATIONS / f"{slug(block)}.md").read_text(encoding="utf-8")
    for phase in BLOCKS[block]:
        assert f"`{phase.__name__}`" in text and f"`{place_of(phase)}`" in text
        for kernel in kernels_of(phase):
            assert f"`{kernel.__name__}` in `{place_of(kernel)}`" in text, f"{block} without {kernel.__name__}"


def test_the_kernels_of_a_phase_are_found_through_rules_too():
    known = {
        phase.__name__: [kernel.__name__ for kernel in kernels_of(phase)] for many in BLOCKS.values() for phase in many
    }
    assert known["firms_organise_tasks"] == ["pay_with_ai_in_small_firms", "assign_tasks"]
    assert known["workers_quit"] == ["quit_jobs"] and known["books_close"] == ["measure_gdp"]


@pytest.mark.parametrize("block", BLOCKS)
def test_the_page_of_a_block_has_the_equations_that_its_phases_cite(block):
    text = (EQUATIONS / f"{slug(block)}.md").read_text(encoding="utf-8")
    # The generated table repeats the phases' own words, so that it proves nothing.
    written = re.sub(r"<!-- table: \w+ -->.*?<!-- end -->", "", text, flags=re.DOTALL)
    there = cited(" ".join(re.findall(r"eq\. [^):\n`]*", written)))
    for phase in BLOCKS[block]:
        wanted = cited(" ".join(re.findall(r"eq\. [^)]*", phase.__doc__ or "")))
        assert wanted <= there, f"{phase.__name__} cites {sorted(wanted - there)}"


def cited(text):
    """The numbers of equations in such a text: ``eq. 6, 8-10 and 12a``."""
    found = set()
    for first, letter, last in re.findall(r"(\d+)([a-z]?)(?:\s*[-–]\s*(\d+))?", text):
        found |= (
            {str(number) for number in range(int(first), int(last or first) + 1)} if not letter else {first + letter}
        )
    return found


def test_every_document_is_there_and_its_links_lead_somewhere():
    for path in PAGES:
        text = path.read_text(encoding="utf-8")
        assert text.strip(), named(path)
        for target, _, anchor in re.findall(r"\]\(([^)#:]*)(#([^)]*))?\)", text) if path.suffix == ".md" else ():
            page = (path.parent / target) if target else path
            assert page.exists(), f"{named(path)} points to {target}"
            assert not anchor or anchor in anchors(page), f"{named(path)} points to {target}#{anchor}"


def anchors(path):
    """The anchors of the headings of a page, as they are made of them."""
    headings = re.findall(r"^#+ (.*)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_page_of_the_documents_is_reached_from_their_index():
    reached, waiting = set(), [FOLDER / "README.md"]
    while waiting:
        path = waiting.pop()
        if path not in reached and path.suffix == ".md":
            reached.add(path)
            targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
            waiting += [(path.parent / target).resolve() for target in targets]
    assert sorted(map(named, set(FOLDER.rglob("*.md")) - reached)) == []


def test_every_command_and_path_named_in_the_documents_exists():
    commands = set(re.findall(r"^  ([a-z-]+) ", CliRunner().invoke(app, ["--help"]).output, flags=re.MULTILINE))
    for path in PAGES:
        if path.suffix != ".md" or path.name == "CHANGELOG.md":  # history names what is gone
            continue
        text = path.read_text(encoding="utf-8")
        mentioned = set(re.findall(r"`?xinzhi ([a-z][a-z-]+)", text))
        assert mentioned <= commands, f"{named(path)} names {sorted(mentioned - commands)}"
        for place in re.findall(r"`((?:abm|analysis|tests|scenarios)/[\w/.-]*)`", text):
            assert (ROOT / place).exists(), f"{named(path)} names {place}"


def test_every_name_in_the_glossary_is_a_name_of_the_code():
    known = {row[0] for name in ("state", "plans", "levers") for row in tables()[name].rows}
    known |= {one.key for one in describe_parameters()} | {row[1] for row in tables()["outcomes"].rows}
    known |= {row[2] for row in tables()["schedule"].rows}
    text = (FOLDER / "glossary.md").read_text(encoding="utf-8")
    for name in re.findall(r"`([a-z]\w*(?:[._]\w+)+)`", text.partition("| --- |")[2]):
        assert name in known or name.startswith("structure."), name
    terms = re.findall(r"^\| ([^|]+) \|", text, flags=re.MULTILINE)
    assert len(terms) == len(set(terms)) and terms[2:] == sorted(terms[2:], key=str.lower)


def test_every_entry_of_the_change_log_says_whether_results_change():
    entries = re.findall(r"^- .*(?:\n  .*)*", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert entries
    for entry in entries:
        assert RESULTS.search(" ".join(entry.split())), entry


def says_whether_results_change(text):
    """A fragment has a text in its first line and says in its last whether results change."""
    lines = text.strip().splitlines()
    return len(lines) > 1 and bool(RESULTS.match(lines[-1])) and not lines[0].startswith(("Results change", "#"))


@pytest.mark.parametrize("path", sorted(set(CHANGES.glob("*.md")) - {CHANGES / "README.md"}), ids=named)
def test_every_fragment_of_the_change_log_says_whether_results_change(path):
    assert re.fullmatch(r"[a-z0-9-]+\.md", path.name)
    assert says_whether_results_change(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "text", ["A change.", "Results change: no.", "A change.\nResults change: perhaps.", "A. Results"]
)
def test_a_fragment_that_does_not_say_whether_results_change_is_refused(text):
    assert not says_whether_results_change(text)


def blocks(language, *pages):
    """The blocks of code in a language on these pages, in their order."""
    texts = [(FOLDER / page).read_text(encoding="utf-8") for page in pages]
    return [
        block for text in texts for block in re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    ]


def test_what_the_page_on_python_does_with_mesa_works():
    code = next(block for block in blocks("python", "python.md") if "Model(" in block)
    names = {}
    exec(code, names)  # the block is our own
    assert names["model"].quarter == 1 and len(names["workers"]) == names["model"].state.macro.adults


QUICKSTARTS = ("quickstart.md", "quickstart.zh.md")


@pytest.mark.parametrize("page", QUICKSTARTS)
def test_the_scenario_of_a_quickstart_is_valid(page, tmp_path):
    (block,) = blocks("yaml", page)
    path = tmp_path / "mine.yaml"
    path.write_text(block, encoding="utf-8")
    assert resolve(load_scenario(path).levers).policy(44).carbon_price == 400


def test_the_settings_of_the_quickstarts_are_valid():
    lines = [line.split("#")[0].split() for block in blocks("(?:text)?", *QUICKSTARTS) for line in block.splitlines()]
    runs = [words for words in lines if words[:2] == ["xinzhi", "run"]]
    assert len(runs) > 2
    for words in runs:
        settings = [words[place + 1] for place, word in enumerate(words) if word == "--set"]
        scenario = load_scenario(words[2], parse_settings(settings))
        resolve(scenario.levers)
        with_overrides(Parameters(), scenario.assumptions)


def test_the_design_of_the_guide_for_researchers_is_valid(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(blocks("yaml", "guides/researchers.md")[0])
    design = load_design(path)
    assert design.question and design.runs == 50 * 3 * 4 and len(design.axes) == 3
