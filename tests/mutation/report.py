"""What the planted bugs say about the tests: a table by group and operator, the score, every bug that was missed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from mutation.trial import CAUGHT, GOLDEN_ONLY, NOT_VIABLE, SURVIVED, Finding

__all__ = ["FLOOR", "progress", "score", "text_of", "verdict_of"]

FLOOR = 0.8  # part of the bugs that something other than golden files must catch


def score(findings: Iterable[Finding]) -> float:
    """Part of the bugs that can run which tests of behaviour caught; 1 where there are none."""
    counted = [one for one in findings if one.verdict != NOT_VIABLE]
    return sum(one.verdict == CAUGHT for one in counted) / len(counted) if counted else 1.0


def verdict_of(findings: Sequence[Finding], known: bool) -> list[str]:
    """What is not as it should be, in sentences; nothing where all is well."""
    missed = [one for one in findings if one.verdict in (GOLDEN_ONLY, SURVIVED)]
    if known:
        return [f"known bug {one.identity} is not caught by a test of behaviour" for one in missed]
    reached = score(findings)
    return [] if reached >= FLOOR else [f"{reached:.0%} of the bugs are caught, which is less than {FLOOR:.0%}"]


def progress(finding: Finding, done: int, wanted: int) -> str:
    """A line while the work goes on."""
    by = f"  {finding.by}" if finding.by else ""
    return f"[{done}/{wanted}] {finding.verdict:11} {finding.seconds:6.1f} s  {finding.identity}{by}"


def text_of(findings: Sequence[Finding], heading: str) -> str:
    """The report."""
    counted = [one for one in findings if one.verdict != NOT_VIABLE]
    caught = Counter(one.verdict for one in counted)
    lines = [heading, "", *_table(counted), ""]
    lines.append(
        f"{caught[CAUGHT]} of {len(counted)} caught by tests of behaviour ({score(counted):.0%}), "
        f"{caught[GOLDEN_ONLY]} by golden files only, {caught[SURVIVED]} by none; "
        f"{len(findings) - len(counted)} more could not run and were replaced."
    )
    kinds = Counter(_kind(one.by) for one in counted if one.verdict == CAUGHT)
    lines.append("Caught by: " + ", ".join(f"{kind} {number}" for kind, number in kinds.most_common()) + ".")
    for verdict, title in ((GOLDEN_ONLY, "Caught by golden files only"), (SURVIVED, "Caught by nothing")):
        missed = [one for one in counted if one.verdict == verdict]
        if missed:
            lines += ["", f"{title}:"]
            for one in sorted(missed, key=lambda one: (one.group, one.identity)):
                lines += [
                    f"  {one.identity} ({one.group}), {one.path}:{one.line} in {one.function or 'the module'}",
                    f"    before  {one.before}",
                    f"    after   {one.after}",
                ]
    return "\n".join(lines) + "\n"


def _kind(by: str) -> str:
    """Kernel tests, unit tests and so on: the folder of the test that caught it."""
    parts = by.partition("::")[0].split("/")
    return "/".join(parts[1:-1]) if parts[0] == "tests" else by.partition(" (")[0]


def _table(findings: Sequence[Finding]) -> list[str]:
    """Caught over planted, by group and operator."""
    operators = list(dict.fromkeys(one.operator for one in findings))
    groups = list(dict.fromkeys(sorted(one.group for one in findings)))
    rows = [["", *operators, "all"]]
    for group in (*groups, None):
        held = [one for one in findings if group in (one.group, None)]
        cells = [_cell([one for one in held if one.operator == operator]) for operator in operators]
        rows.append([group or "all", *cells, _cell(held)])
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) for row in rows]


def _cell(findings: Sequence[Finding]) -> str:
    return f"{sum(one.verdict == CAUGHT for one in findings)}/{len(findings)}" if findings else "·"
