"""The pages of validation: what commands printed, as it stands, between two marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from quoted.commands import COMMANDS, ROOT, Run
from quoted.values_usa import HORIZONS, duel_errors, facts_printed

__all__ = ["GENERATED", "PAGES", "facts_tables", "table_row", "write_page"]

GENERATED = ROOT / "docs" / "generated"
MARKED = r"(<!-- printed by: {} -->\n).*?(<!-- end of what was printed -->)"


def _markdown_file(name: str) -> Callable[[Run], str]:
    """A page that the command itself wrote into its folder."""
    return lambda run: (run.folder / name).read_text(encoding="utf-8").strip()


def _as_printed(run: Run) -> str:
    """The lines of the terminal, without those on where files lie."""
    lines = [line for line in run.printed.strip().splitlines() if "build/numbers" not in line]
    return "\n".join(["```text", *lines, "```"]).replace("\n\n```", "\n```")


def facts_tables(run: Run) -> str:
    """The printed table of facts as one Markdown table for each origin, then the counts and the sources."""
    table, _, rest = run.printed.strip().partition("\n\n")
    counts, _, sources = rest.partition("Sources and choices")
    out: list[str] = [" ".join(counts.split())]
    for line in table.splitlines()[1:]:
        cells = re.split(r"\s{2,}", line.strip())
        if len(cells) == 1:
            out += ["", f"## {cells[0]}", "", *_head(cells[0].startswith("Reported"))]
        elif len(cells) < 6:
            out.append(table_row([cells[0], cells[1], cells[2] if len(cells) > 2 else ""]))
        else:
            name, median, band, inside, verdict, _origin, *record = cells
            out.append(table_row([name, median, band, inside, verdict, record[0] if record else ""]))
    notes = re.findall(r"\[(\d+)\] (.*?)(?=\n\[\d+\] |\Z)", sources.strip(), re.DOTALL)
    return "\n".join(
        [*out, "", "## Sources and choices", "", *(f"{n}. {' '.join(words.split())}" for n, words in notes)]
    )


def _head(reported: bool) -> list[str]:
    columns = ["fact", "median"] + ([] if reported else ["band", "seeds inside", "verdict"]) + ["on record"]
    return [table_row(columns), table_row(["---"] * len(columns))]


def table_row(cells: list[str]) -> str:
    """A row of a Markdown table."""
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _facts_and_reasons(run: Run) -> str:
    """The tables of facts, and of those that fail the reason that is on record."""
    from xinzhi.analysis.moments.targets import expected_to_fail, load_targets

    names = {one.label: one.name for one in load_targets("usa")}
    known = expected_to_fail("usa")
    rows = [table_row(["fact", "median", "seeds inside", "why"]), table_row(["---"] * 4)]
    for label, median, inside, verdict, origin in facts_printed(run.printed):
        if verdict.lower() == "fail" and origin in ("emergent", "tuned"):
            least = float(inside.removesuffix(" %"))
            often = ", and more than half of the seeds lie in the band" if least > 50 else ""
            why = known.get(names[label], f"not on the list of known failures{often}").replace("china", "China")
            rows.append(table_row([label, median, inside, why]))
    return "\n".join(["## What fails, and why", "", *rows, "", facts_tables(run)])


def _large_firms(run: Run) -> str:
    """Of the runs with more adults the rows of firms by size, and use by jobs over that by firms."""
    text = (run.folder / "evidence.md").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    head, rule = lines[0], "| " + " | ".join(["---"] * (lines[0].count("|") - 1)) + " |"
    wanted = ("Firms of 1 to 4", "Firms of 250 persons and more that use AI, narrow", "Use of AI weighted by jobs")
    return "\n".join([head, rule, *(line for line in lines if line[2:].startswith(wanted))])


def _duel(run: Run) -> str:
    """Errors beside the published ones, without 2020 and 2021, then all that was printed."""
    shown = {
        "model": "the model", "AR(1)": "AR(1)", "US_BeforeIT, accounts of 2024": "US_BeforeIT, accounts of 2024",
        "US_BeforeIT, accounts of 2017": "US_BeforeIT, accounts of 2017",
        "its Smets-Wouters model": "Smets and Wouters, as published there",
        "number of forecasts": "number of forecasts",
    }  # fmt: skip
    lines = ["## Errors beside the published ones, without 2020 and 2021", ""]
    for title, errors in duel_errors(run.printed).items():
        lines += [table_row([title, *(f"{one} ahead" for one in HORIZONS)]), table_row(["---"] * 6)]
        lines += [table_row([words, *errors[name]]) for name, words in shown.items()]
        lines.append("")
    return "\n".join([*lines, "## All that was printed", "", _as_printed(run)])


# Page -> the commands whose results it shows, and how.
PAGES: dict[str, dict[str, Callable[[Run], str]]] = {
    "facts": {"facts": facts_tables},
    "evidence": {"evidence": _markdown_file("evidence.md")},
    "responses": {"responses": _as_printed},
    "nowcast": {"nowcast": _markdown_file("nowcast.md")},
    "two_economies": {"countries": _markdown_file("countries.md")},
    "facts_usa": {"facts_usa": _facts_and_reasons},
    "evidence_usa": {"evidence_usa": _markdown_file("evidence.md"), "evidence_usa_large": _large_firms},
    "responses_usa": {"responses_usa": _as_printed},
    "nowcast_usa": {"nowcast_usa": _markdown_file("nowcast.md")},
    "backtest_usa": {"backtest_usa_2017": _as_printed, "backtest_usa_2019": _as_printed},
    "duel_usa": {"duel_usa": _duel},
    "backtest": {"backtest_2012": _as_printed, "backtest_2015": _as_printed},
}


def write_page(page: str, runs: Mapping[str, Run], folder: Path = GENERATED) -> None:
    """Renew the parts of a page whose commands were run. ValueError where the page has no place for one."""
    path = folder / f"{page}.md"
    text = path.read_text(encoding="utf-8")
    for name, form in PAGES[page].items():
        if name in runs:
            pattern = MARKED.format(re.escape(COMMANDS[name].line))
            shown = form(runs[name])
            text, found = re.subn(
                pattern, lambda mark, shown=shown: f"{mark[1]}\n{shown}\n\n{mark[2]}", text, flags=re.S
            )
            if not found:
                raise ValueError(f"{path.name} has no place for {COMMANDS[name].line}")
    path.write_text(text, encoding="utf-8")
