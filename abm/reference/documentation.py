"""The tables of MODEL.md, written from the code between markers: ``python -m abm.reference.documentation``.

A marker is a line ``<!-- table: NAME -->``, closed by ``<!-- end -->``; what lies between is replaced. With ``--check``
nothing is written and the exit code is 1 where a table is stale. A test holds the same.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from abm.reference.describe import Table, tables
from abm.results.outcomes import ORIGINS

__all__ = ["DOCUMENT", "document_tables", "main", "markdown_of", "render"]

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "MODEL.md"
TARGETS = ROOT / "analysis" / "moments" / "targets.yaml"
MARKED = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
LIMITS = {"at_least": "at least", "above": "above", "at_most": "at most", "below": "below"}


def facts_table(facts: Mapping[str, Mapping[str, Any]]) -> Table:
    """The outcomes that the model is held against: where each comes from and its band, grouped by origin."""
    rows = [
        (
            fact["origin"],
            fact["label"],
            _band(fact),
            _shown(fact.get("value"), fact["shown_as"]),
            fact.get("source", ""),
        )
        for origin in ORIGINS
        for fact in facts.values()
        if fact["origin"] == origin
    ]
    return Table("Outcomes by origin", ("origin", "outcome", "band", "on record", "source"), tuple(rows))


def _band(fact: Mapping[str, Any]) -> str:
    if fact["shown_as"] == "yes":
        return "yes"
    limits = fact.get("band", {})
    return " and ".join(f"{LIMITS[name]} {_shown(bound, fact['shown_as'])}" for name, bound in limits.items())


def _shown(value: float | None, shown_as: str) -> str:
    if value is None:
        return ""
    return f"{100 * value:g} %" if shown_as == "per cent" else f"{value:g}"


def statuses_table() -> Table:
    """How many parameters are of which status."""
    from abm.parameters import describe_parameters
    from abm.parameters.declaration import STATUSES

    known = describe_parameters()
    meanings = {
        "empirical": "read or derived from data", "assumed": "remembered, transferred or chosen",
        "tuned": "chosen so that the model meets a target", "policy": "a rule of the state",
    }  # fmt: skip
    rows = [(status, str(sum(one.status == status for one in known)), meanings[status]) for status in STATUSES]
    return Table("Status of parameters", ("status", "parameters", "meaning"), tuple(rows))


def document_tables() -> dict[str, Table]:
    """Every table that MODEL.md may hold, by the name in its marker."""
    from ruamel.yaml import YAML

    facts = YAML(typ="safe").load(TARGETS.read_text(encoding="utf-8"))["facts"]
    return {**tables(), "facts": facts_table(facts), "statuses": statuses_table()}


def markdown_of(table: Table) -> str:
    """A table in Markdown; names of code are set as code."""
    lines = ["| " + " | ".join(table.columns) + " |", "|" + " --- |" * len(table.columns)]
    lines += ["| " + " | ".join(map(_cell, row)) + " |" for row in table.rows]
    return "\n".join(lines)


def _cell(text: str) -> str:
    words = text.replace("|", "\\|").split(", ")
    if all(re.fullmatch(r"[a-z]\w*(\.[a-z]\w*)+|[a-z0-9]+(_[a-z0-9]+)+", word) for word in words):
        return ", ".join(f"`{word}`" for word in words)
    return ", ".join(words)


def render(text: str) -> str:
    """The document with every marked table renewed. KeyError for a marker of no known table."""
    known = document_tables()
    return MARKED.sub(lambda found: f"{found[1]}\n{markdown_of(known[found[2]])}\n\n{found[3]}", text)


def main(arguments: list[str]) -> int:
    """Renew MODEL.md, or with --check say whether it is stale."""
    text = DOCUMENT.read_text(encoding="utf-8")
    fresh = render(text)
    if "--check" in arguments:
        verdict = "up to date" if fresh == text else f"stale: run python -m {__package__}.documentation"
        print(f"{DOCUMENT.name} is {verdict}")
        return int(fresh != text)
    DOCUMENT.write_text(fresh, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
