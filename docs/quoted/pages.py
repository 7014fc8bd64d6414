"""The pages of validation: what commands printed, as it stands, between two marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from quoted.commands import COMMANDS, ROOT, Run

__all__ = ["GENERATED", "PAGES", "facts_tables", "write_page"]

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
            out.append(_row([cells[0], cells[1], cells[2] if len(cells) > 2 else ""]))
        else:
            name, median, band, inside, verdict, _origin, *record = cells
            out.append(_row([name, median, band, inside, verdict, record[0] if record else ""]))
    notes = re.findall(r"\[(\d+)\] (.*?)(?=\n\[\d+\] |\Z)", sources.strip(), re.DOTALL)
    return "\n".join(
        [*out, "", "## Sources and choices", "", *(f"{n}. {' '.join(words.split())}" for n, words in notes)]
    )


def _head(reported: bool) -> list[str]:
    columns = ["fact", "median"] + ([] if reported else ["band", "seeds inside", "verdict"]) + ["on record"]
    return [_row(columns), _row(["---"] * len(columns))]


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


# Page -> the commands whose results it shows, and how.
PAGES: dict[str, dict[str, Callable[[Run], str]]] = {
    "facts": {"facts": facts_tables},
    "evidence": {"evidence": _markdown_file("evidence.md")},
    "responses": {"responses": _as_printed},
    "nowcast": {"nowcast": _markdown_file("nowcast.md")},
    "two_economies": {"countries": _markdown_file("countries.md")},
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
