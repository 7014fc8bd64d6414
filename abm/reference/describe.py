"""The reference tables as text for the terminal, which ``xinzhi describe`` prints."""

from __future__ import annotations

import textwrap

from abm.data import DEFAULT_ECONOMY
from abm.reference.tables import ReferenceTable, bounds_text, number_text, phases, tables_in
from abm.text_tables import aligned

__all__ = ["describe", "text_of"]

WIDTH = 118

# Options of `xinzhi describe` and the tables that each prints.
SHOWN = {
    "parameters": ("parameters",), "state": ("state", "plans"), "flows": ("flows", "assets"), "outcomes": ("outcomes",),
    "mechanisms": ("mechanisms",), "closures": ("closures",), "presets": ("presets",),
}  # fmt: skip


def describe(economy: str = DEFAULT_ECONOMY, **asked: bool) -> str:
    """The schedule, the levers and the instruments as text, or the tables asked for instead, in the order of SHOWN.

    Values, units and words are those of an economy.
    """
    tables = tables_in(economy)
    names = [name for option, many in SHOWN.items() if asked.get(option) for name in many]
    if names:
        return "\n\n".join(text_of(tables[name]) for name in names)
    return "\n\n".join([_schedule_text(), _levers_text(economy), text_of(tables["instruments"]), _more()])


def _schedule_text() -> str:
    lines = ["Schedule of a quarter: what happens, what each phase reads and writes"]
    block = ""
    for number, one in enumerate(phases(), start=1):
        if one.block != block:
            block = one.block
            lines += ["", block.capitalize()]
        lines += ["", f"{number:>2}  {one.name}", *_indented("    ", one.meaning)]
        for word in ("reads", "writes", "parameters", "instruments", "flows"):
            lines += _indented(f"    {word:12}", ", ".join(getattr(one, word)))
    return "\n".join(lines)


def _levers_text(economy: str) -> str:
    from abm.levers import levers_in

    lines = ["Levers: set under `levers:` in a scenario or with --set levers.NAME=VALUE"]
    for lever in levers_in(economy).values():
        lines += ["", f"    {lever.name}", *_indented("    ", f"{lever.summary} ({lever.strategy.value})")]
        widest = max(len(one.name) for one in lever.parameters)
        for one in lever.parameters:
            bounds = bounds_text(one.lower, one.upper)
            limits = bounds if bounds == one.unit else f"{bounds} {one.unit}"
            numbers = f"Range {limits}; usual {bounds_text(*one.usual)}; neutral {number_text(one.neutral)}."
            lines += _indented(f"    {one.name:{widest}}  ", f"{one.meaning} {numbers}")
    return "\n".join(lines)


def _indented(start: str, text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=start, subsequent_indent=" " * len(start))


def _more() -> str:
    return f"More: xinzhi describe {', '.join(f'--{option}' for option in SHOWN)}"


def text_of(table: ReferenceTable) -> str:
    """A table for the terminal: columns aligned, the last one left as long as it is."""
    return "\n".join([table.title, "", aligned([table.columns, *table.rows])])
