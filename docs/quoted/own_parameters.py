"""The page of what differs between the two economies: parameters by kind, and what the shared behaviour meets in both.

It is made of the declarations, of ``assumptions.csv`` and of what the other generated pages hold; nothing is run.
"""

from __future__ import annotations

import re
from pathlib import Path

from quoted.kinds import KINDS, OWN, kind_of
from quoted.numbers import within_sentence
from quoted.pages import GENERATED, table_row

__all__ = ["PAGE", "facts_on", "page_text", "renew_own_parameters", "responses_on"]

PAGE = "own_parameters"
MARK = re.compile(r"(<!-- written from assumptions\.csv and the pages of validation -->\n).*?(<!-- end -->)", re.DOTALL)
IDLE = re.compile(r"structural_change\.(migration|return)_\w+")  # nobody moves off the land in the United States
MEASURED = ("labour.search_norm", "growth.expected_growth_above_frontier")
TUNED = ("adoption.office_constant",)
# Whether something is met in China and in the United States.
MET = {
    "met in both": (True, True), "met in China only": (True, False), "met in the United States only": (False, True),
    "met in neither": (False, False),
}  # fmt: skip


def _status(key: str, source: str, status: str) -> str:
    """How the value is known, in one word or two."""
    if key in TUNED or status == "tuned":
        return "tuned"
    if key in MEASURED:
        return "measured in the model"
    if "from memory" in source:
        return "from memory"
    if source.startswith("own"):
        return "chosen"
    return "read" if status in ("derived", "empirical") else "assumed"


def page_text(folder: Path = GENERATED) -> str:
    """Tables and paragraphs between the marks of the page."""
    return "\n".join([*_counts(), "", *_own(), *_met(folder)])


def _counts() -> list[str]:
    from abm.reference.tables import parameters_in

    own = {key for names in OWN.values() for key in names}
    kinds = {one.key: kind_of(one.key, one.status) for one in parameters_in()}
    lines = [table_row(["kind", "parameters", "the same in both", "own values in the United States"])]
    lines.append(table_row(["---"] * 4))
    for kind, title in KINDS.items():
        here = [key for key, one in kinds.items() if one == kind]
        apart = sum(key in own for key in here)
        lines.append(table_row([title, str(len(here)), str(len(here) - apart), str(apart)]))
    lines.append(table_row(["all", str(len(kinds)), str(len(kinds) - len(own)), str(len(own))]))
    behaviour = [key for key, one in kinds.items() if one == "behaviour"]
    idle = sum(bool(IDLE.fullmatch(key)) for key in behaviour)
    served = len([key for key in behaviour if key not in own])
    return [
        f"**{served} of {len(behaviour)} behavioural parameters serve both economies.** Of these, {idle} are of the",
        "move off the land, which the United States do not have, so that they are tested in China alone.",
        "",
        *lines,
    ]


def _own() -> list[str]:
    from abm.reference.tables import number_text, parameters_in

    china, usa = ({one.key: one for one in parameters_in(name)} for name in ("china", "usa"))
    lines = []
    for kind, names in OWN.items():
        title = KINDS[kind]
        lines += [f"## {title[0].upper()}{title[1:]}", ""]
        lines += [table_row(["parameter", "unit", "China", "United States", "status", "source of the American value"])]
        lines += [table_row(["---"] * 6)]
        for key in names:
            here, there = china[key], usa[key]
            known = _status(key, there.source, there.status)
            values = [number_text(here.default), number_text(there.default)]
            lines.append(table_row([f"`{key}`", there.unit.replace("CNY", "CNY; USD"), *values, known, there.source]))
        lines.append("")
    return lines


def _met(folder: Path) -> list[str]:
    """What is met in both, in one and in none."""
    texts = {
        name: (folder / f"{name}.md").read_text(encoding="utf-8")
        for one in ("facts", "responses", "evidence")
        for name in (one, f"{one}_usa")
    }
    asked = {
        "facts, emergent or tuned": (_in_both(facts_on(texts["facts"])), facts_on(texts["facts_usa"])),
        "responses with a band": (responses_on(texts["responses"]), responses_on(texts["responses_usa"])),
        "published figures on AI, neither imposed nor in view": (
            evidence_on(texts["evidence"]), evidence_on(texts["evidence_usa"]),
        ),
    }  # fmt: skip
    lines = ["## What the shared behaviour meets in both", "", table_row(["asked in both", "count", *MET])]
    lines.append(table_row(["---"] * (2 + len(MET))))
    words = []
    for title, (china, usa) in asked.items():
        shared = [name for name in usa if name in china]
        met = {one: [name for name in shared if (china[name], usa[name]) == pair] for one, pair in MET.items()}
        lines.append(table_row([title, str(len(shared)), *(str(len(names)) for names in met.values())]))
        words += ["", f"**{title[0].upper()}{title[1:]}**", ""]
        words += [f"* {one}: {'; '.join(map(within_sentence, names))}." for one, names in met.items() if names]
    return [*lines, *words, ""]


def _in_both(china: dict[str, bool]) -> dict[str, bool]:
    """Facts of China under the label that the same moments have in the United States; one with a band comes first."""
    from xinzhi.analysis.moments.targets import load_targets

    own = [one for one in load_targets() if one.label in china]
    found = {}
    for fact in load_targets("usa"):
        same = [one for one in own if (one.moments, one.of) == (fact.moments, fact.of)]
        if same:
            found[fact.label] = china[min(same, key=lambda one, name=fact.name: one.name != name).label]
    return found


def _rows(text: str) -> list[list[str]]:
    return [
        [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in text.splitlines() if line[:2] == "| "
    ]


def facts_on(text: str) -> dict[str, bool]:
    """{fact that counts: whether it passes}, from the tables under Emergent and Tuned."""
    parts = re.split(r"^## ", text, flags=re.MULTILINE)
    rows = [row for part in parts if part.startswith(("Emergent", "Tuned")) for row in _rows(part)]
    return {row[0]: row[4].lower() == "pass" for row in rows if len(row) > 5 and row[4].lower() in ("pass", "fail")}


def responses_on(text: str) -> dict[str, bool]:
    """{shock: response: whether it lies in its band}, from what the command printed."""
    found, shock = {}, ""
    for line in text.splitlines():
        if re.fullmatch(r"[A-Z][A-Z0-9 +%,.\-]{6,}", line):
            shock = re.split(r"(?: OF)? [+-]?\d", line)[0].capitalize()  # amounts are in the currency of each
        elif row := re.match(r"  (\S.*?)\s{2,}\S+ \[.*?\]\s+band .*?\s{2,}(inside|below|above)", line):
            found[f"{shock}: {within_sentence(row[1])}"] = row[2] == "inside"
    return found


def evidence_on(text: str) -> dict[str, bool]:
    """{figure with its period: whether it is hit}, of the figures that are neither imposed nor in view."""
    found = {}
    for row in _rows(text):
        verdict = next((cell for cell in row if cell in ("hit", "miss")), "")
        if verdict and row[row.index(verdict) + 1] == "no":
            found[re.sub(r" \(([^()]*\d{4}[^()]*)\)$", r", \1", row[0])] = verdict == "hit"
    return found


def renew_own_parameters(folder: Path = GENERATED) -> None:
    """Write the page anew. ValueError where its marks are gone."""
    path = folder / f"{PAGE}.md"
    text, found = MARK.subn(lambda mark: f"{mark[1]}\n{page_text(folder)}\n{mark[2]}", path.read_text(encoding="utf-8"))
    if not found:
        raise ValueError(f"{path.name} has lost its marks")
    path.write_text(text, encoding="utf-8")
