"""The tables of docs/, written from the code between markers: ``python -m abm.reference.documentation``.

A marker is a line ``<!-- table: NAME -->``, closed by ``<!-- end -->``; what lies between is replaced, in every
document. With ``--check`` nothing is written and the exit code is 1 where a table is stale. A test holds the same.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from abm.reference.application_tables import application_tables
from abm.reference.blocks import block_tables
from abm.reference.papers import paper_tables
from abm.reference.source_tables import source_tables
from abm.reference.tables import ReferenceTable, tables
from abm.results.outcomes import ORIGINS

__all__ = ["DECISIONS", "FOLDER", "ROOT", "document_tables", "documents", "main", "markdown_of", "render", "stale"]

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs"
DECISIONS = FOLDER / "decisions"
TARGETS = ROOT / "analysis" / "moments" / "targets.yaml"
MARKED = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
RECORD = re.compile(r"# (?P<title>.+)\n\n\* Date: (?P<date>.+)\n\* Status: (?P<status>.+)\n\* Part: (?P<part>.+)\n")
LIMITS = {"at_least": "at least", "above": "above", "at_most": "at most", "below": "below"}


def facts_table(facts: Mapping[str, Mapping[str, Any]]) -> ReferenceTable:
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
    return ReferenceTable("Outcomes by origin", ("origin", "outcome", "band", "on record", "source"), tuple(rows))


def _band(fact: Mapping[str, Any]) -> str:
    if fact["shown_as"] == "yes":
        return "yes"
    limits = fact.get("band", {})
    return " and ".join(f"{LIMITS[name]} {_shown(bound, fact['shown_as'])}" for name, bound in limits.items())


def _shown(value: float | None, shown_as: str) -> str:
    if value is None:
        return ""
    return f"{100 * value:g} %" if shown_as == "per cent" else f"{value:g}"


def statuses_table() -> ReferenceTable:
    """How many parameters are of which status."""
    from abm.parameters import describe_parameters
    from abm.parameters.declaration import STATUSES

    known = describe_parameters()
    meanings = {
        "empirical": "read or derived from data", "assumed": "remembered, transferred or chosen",
        "tuned": "chosen so that the model meets a target", "policy": "a rule of the state",
    }  # fmt: skip
    rows = [(status, str(sum(one.status == status for one in known)), meanings[status]) for status in STATUSES]
    return ReferenceTable("Status of parameters", ("status", "parameters", "meaning"), tuple(rows))


def decisions_table() -> ReferenceTable:
    """The records of decisions by number. ValueError for a record without date, status or part."""
    rows = []
    for path in sorted(DECISIONS.glob("[0-9]*.md")):
        record = RECORD.match(path.read_text(encoding="utf-8"))
        if record is None:
            raise ValueError(f"{path.name}: a record begins with its title, date, status and part")
        title = record["title"].removeprefix(f"{path.name[:4]}. ")
        rows.append((path.name[:4], f"[{title}]({path.name})", record["part"], record["date"], record["status"]))
    return ReferenceTable("Decisions", ("number", "decision", "part", "date", "status"), tuple(rows))


def document_tables() -> dict[str, ReferenceTable]:
    """Every table that a document may hold, by the name in its marker."""
    from ruamel.yaml import YAML

    def facts_of(path: Path) -> ReferenceTable:
        return facts_table(YAML(typ="safe").load(path.read_text(encoding="utf-8"))["facts"])

    facts = {"facts": facts_of(TARGETS), "facts_usa": facts_of(TARGETS.with_name("targets_usa.yaml"))}
    written = {**facts, "statuses": statuses_table(), "decisions": decisions_table()}
    made = {**tables(), **block_tables(), **application_tables(), **paper_tables(), **source_tables()}
    return {**made, **written}


def markdown_of(table: ReferenceTable) -> str:
    """A table in Markdown; names of code are set as code."""
    lines = ["| " + " | ".join(table.columns) + " |", "|" + " --- |" * len(table.columns)]
    lines += ["| " + " | ".join(map(_cell, row)) + " |" for row in table.rows]
    return "\n".join(lines)


def _cell(text: str) -> str:
    words = text.replace("|", "\\|").split(", ")
    if all(re.fullmatch(r"[a-z]\w*(\.[a-z]\w*)+|[a-z0-9]+(_[a-z0-9]+)+", word) for word in words):
        return ", ".join(f"`{word}`" for word in words)
    return ", ".join(words)


def documents() -> list[Path]:
    """Every document that holds a generated table, in the order of the names."""
    return [path for path in sorted(FOLDER.rglob("*.md")) if MARKED.search(path.read_text(encoding="utf-8"))]


def render(text: str) -> str:
    """The document with every marked table renewed. KeyError for a marker of no known table."""
    known = document_tables()
    return MARKED.sub(lambda found: f"{found[1]}\n{markdown_of(known[found[2]])}\n\n{found[3]}", text)


def stale() -> dict[Path, str]:
    """The documents with a table that is no longer that of the code, and the text that they should have."""
    held = {path: path.read_text(encoding="utf-8") for path in documents()}
    return {path: fresh for path, text in held.items() if (fresh := render(text)) != text}


def main(arguments: list[str]) -> int:
    """Renew the documents, or with --check name those that are stale."""
    found = stale()
    if "--check" in arguments:
        for path in found:
            print(f"{path.relative_to(FOLDER.parent)} is stale: run python -m {__package__}.documentation")
        if not found:
            print("the tables of docs/ are up to date")
        return int(bool(found))
    for path, fresh in found.items():
        path.write_text(fresh, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
