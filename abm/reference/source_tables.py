"""How well the parameters are known, as tables of docs/reference/: the screening that is kept, and kinds of sources."""

from __future__ import annotations

from collections import Counter

from abm.data.screening import MOST, kept_screening, screening_about
from abm.parameters import ParameterInformation, describe_parameters
from abm.parameters.plausible import KINDS, kinds_of_all, plausible_range
from abm.reference.tables import ReferenceTable, number_text
from abm.scenarios.posteriors import find_posterior, shipped_posteriors

__all__ = ["kinds_now", "source_tables"]


def source_tables() -> dict[str, ReferenceTable]:
    """Every table of sources, by the name in its marker."""
    return {"screening": _screening(), "source_kinds": _kinds(), "ranges": _ranges()}


def kinds_now() -> dict[str, str]:
    """{parameter: kind of its source}, those of the shipped posteriors being estimates."""
    return kinds_of_all({key for name in shipped_posteriors() for key in find_posterior(name).keys})


def _screening() -> ReferenceTable:
    """The parameters that move the headlines most: what their range is, and how much of all effects is theirs."""
    known, kinds = {one.key: one for one in describe_parameters()}, kinds_now()
    headlines = len(screening_about()["floor"])
    rows = []
    for rank, one in enumerate(kept_screening()[:MOST], start=1):
        found = known.get(one.parameter)
        rows.append((
            str(rank), one.parameter, f"{one.share:.1%}", f"{one.headlines} of {headlines}",
            "" if found is None else number_text(found.default), "" if found is None else _range_text(found),
            one.source_before, kinds.get(one.parameter, "gone"), "" if found is None else found.source,
        ))  # fmt: skip
    columns = ("", "parameter", "share of effects", "headlines", "default", "range", "before", "now", "source")
    return ReferenceTable("Parameters that move the headlines most", columns, tuple(rows))


def _range_text(one: ParameterInformation) -> str:
    found = plausible_range(one)
    return f"{number_text(found.low)} to {number_text(found.high)}" if found else ""


def _kinds() -> ReferenceTable:
    """How many parameters have what kind of source, before the sources were looked for and now."""
    first = [one.parameter for one in kept_screening()[:MOST]]
    before = dict(screening_about()["sources_before"])
    before.update({one.parameter: one.source_before for one in kept_screening()})
    now = kinds_now()
    counts = [
        Counter(before[key] for key in first), Counter(now[key] for key in first if key in now),
        Counter(before.values()), Counter(now.values()),
    ]  # fmt: skip
    rows = tuple((kind, *(str(count[kind]) for count in counts)) for kind in KINDS)
    columns = ("kind of source", f"the {MOST}, before", f"the {MOST}, now", "all, before", "all, now")
    return ReferenceTable("Kinds of sources", columns, rows)


def _ranges() -> ReferenceTable:
    """The plausible range of each number whose source names none, with the reason."""
    rows = tuple(
        (one.key, number_text(one.default), _range_text(one), found.reason)
        for one in describe_parameters()
        if (found := plausible_range(one)) and found.reason
    )
    return ReferenceTable("Plausible ranges", ("parameter", "default", "range", "reason"), rows)
