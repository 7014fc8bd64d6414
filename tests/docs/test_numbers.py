"""Numbers that README and the site quote are those that commands gave; those that take seconds are asked again."""

import re
from pathlib import Path

import pytest
from quoted.commands import COMMANDS, ROOT, Run, run
from quoted.pages import PAGES, facts_tables, write_page
from quoted.quotes import CLAIMS, QUOTES
from quoted.stored import filled, missing, place_of, read, renew_documents, write
from quoted.values import VALUES, plain, signed

GUIDES = ("README.md", "docs/reading_results.md", *(f"docs/guides/{name}.md" for name in ("planners", "researchers")))
# Numbers with a unit that are no results of a run: levels of confidence, settings, figures from outside.
OTHERS = ("90 % confidence interval", "80 % intervals", "+0.9 % yield", "−6.7 % energy", "90 %")


@pytest.mark.unit
def test_every_number_that_is_quoted_is_the_stored_one():
    assert missing(read()) == [], "run make numbers"


@pytest.mark.unit
def test_stored_values_are_those_of_the_commands_as_they_stand():
    text = (ROOT / "docs" / "generated" / "numbers.yaml").read_text(encoding="utf-8")
    lines = re.findall(r"^  command: (.*)$", text, re.MULTILINE)
    assert lines == [COMMANDS[name].line for name in COMMANDS if name in VALUES]
    values = read()
    for quote in QUOTES:
        assert filled(quote, values)
    assert all(key in values[name] for name, key in CLAIMS)


@pytest.mark.unit
@pytest.mark.parametrize("name", GUIDES)
def test_no_number_of_a_result_stands_outside_a_quoted_sentence(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    values = read()
    for quote in QUOTES:
        if name in quote.files:
            found = place_of(filled(quote, values), text)
            text = text[: found.start()] + text[found.end() :]
    text = re.sub(r"```.*?```|`[^`]*`", " ", text, flags=re.DOTALL)
    for other in OTHERS:
        text = re.sub(r"\s+".join(map(re.escape, other.split())), " ", text)
    assert re.findall(r"\S*\d\s(?:%|points|trillion|of\s\d+)", text) == []


@pytest.mark.command
@pytest.mark.parametrize("name", [name for name, command in COMMANDS.items() if command.quick])
def test_quick_commands_give_the_stored_numbers(name, tmp_path):
    assert VALUES[name](run(name, tmp_path)) == read()[name], "run make numbers"


@pytest.mark.unit
def test_the_ranges_are_those_that_commands_print():
    assert VALUES["closures"](None) == read()["closures"], "run make numbers"


@pytest.mark.unit
@pytest.mark.parametrize("page", PAGES)
def test_a_generated_page_has_what_its_commands_gave(page):
    text = (ROOT / "docs" / "generated" / f"{page}.md").read_text(encoding="utf-8")
    for name in PAGES[page]:
        shown = re.search(
            rf"<!-- printed by: {re.escape(COMMANDS[name].line)} -->(.*?)<!-- end of what was printed -->",
            text,
            re.DOTALL,
        )
        assert shown and len(shown[1]) > 500, f"run make numbers ONLY={name}"


@pytest.mark.unit
def test_numbers_are_written_as_the_documents_write_them():
    assert [plain(2.04), plain(0.04), plain(-0.26, 2)] == ["2.0", ".0", "−.26"]
    assert [signed(0.38), signed(-0.66), signed(5.1)] == ["+.4", "−.7", "+5.1"]


@pytest.mark.unit
def test_new_values_take_the_place_of_old_ones_and_lines_stay(tmp_path):
    values = read()
    for name in {name for quote in QUOTES for name in quote.files}:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text((ROOT / name).read_text(encoding="utf-8"), encoding="utf-8")
    changed = {name: dict(one) for name, one in values.items()}
    changed["headline"]["gdp"] = "7.7"
    assert renew_documents(values, changed, tmp_path) == []
    before, after = ((place / "README.md").read_text(encoding="utf-8") for place in (ROOT, tmp_path))
    assert "GDP is 7.7 % higher" in " ".join(after.split())
    assert [len(text.splitlines()) for text in (before, after)] == [len(before.splitlines())] * 2
    assert missing(changed, tmp_path) == [] and missing(changed, ROOT) != []


@pytest.mark.unit
def test_a_sentence_that_is_gone_is_reported_and_a_claim_that_no_longer_holds():
    values = read()
    values["headline"]["unemployment_finding"] = "higher"
    assert any("no clear difference in unemployment" in line for line in missing(values))


@pytest.mark.unit
def test_values_are_read_as_they_were_written(tmp_path):
    values = {"first_run": {"line_0": "   it's 12: [3 to 4] # no comment"}}
    write(values, tmp_path / "numbers.yaml")
    assert read(tmp_path / "numbers.yaml") == values


@pytest.mark.unit
def test_facts_become_tables_with_their_sources():
    printed = """Fact   Median   Band   Inside  Verdict  Origin  On record
Emergent: no parameter
Unemployment, highest   6.6 %   at most 14 %   100 %  pass   emergent   [1]
Reported, no band asked
Farm share   15 %   [2]

3 of 4 facts pass.

Sources and choices
[1] One, with
    a second line
[2] Two
"""
    made = facts_tables(Run(COMMANDS["facts"], printed, Path()))
    assert (
        "3 of 4 facts pass." in made and "| Unemployment, highest | 6.6 % | at most 14 % | 100 % | pass | [1] |" in made
    )
    assert "| Farm share | 15 % | [2] |" in made and "1. One, with a second line\n2. Two" in made


@pytest.mark.unit
def test_a_page_without_a_place_for_a_command_is_refused(tmp_path):
    (tmp_path / "evidence.md").write_text("# Evidence\n")
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "evidence.md").write_text("a table\n")
    with pytest.raises(ValueError, match="no place"):
        write_page("evidence", {"evidence": Run(COMMANDS["evidence"], "", folder)}, tmp_path)
