"""The model as its declarations have it, as tables: schedule, levers, instruments, parameters, columns, payments,
outcomes, mechanisms, closures and presets.

The command ``xinzhi describe`` prints them as text, docs/reference/ holds them; both are read off the code.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from inspect import cleandoc
from typing import TYPE_CHECKING, Any, NamedTuple

from abm.data import DEFAULT_ECONOMY, find_economy, latest_year, load_sourced_assumptions, load_tables

if TYPE_CHECKING:
    from abm.levers import Lever
    from abm.parameters import ParameterInformation

__all__ = [
    "TABLES", "Phase", "ReferenceTable", "bounds_text", "number_text", "parameters_in", "phases", "tables", "tables_in",
]  # fmt: skip


class Phase(NamedTuple):
    """One entry of the schedule; what it touches is derived from its code, names are such as ``firms.price``."""

    block: str
    name: str
    meaning: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    parameters: tuple[str, ...]
    instruments: tuple[str, ...]
    flows: tuple[str, ...]


class ReferenceTable(NamedTuple):
    """Rows of words under a title."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def phases() -> tuple[Phase, ...]:
    """The quarter in its order; the meaning is the first paragraph of the phase's documentation."""
    from abm.couplings import couplings_of
    from abm.model import BLOCKS

    return tuple(
        Phase(
            block,
            one.__name__,
            cleandoc(one.__doc__ or "").split("\n\n")[0].replace("\n", " "),
            *couplings_of(one),
        )
        for block, listed in BLOCKS.items()
        for one in listed
    )


def number_text(value: Any) -> str:
    """A number as short as it can be; true and false in small letters."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, (int, float)) else str(value)


def bounds_text(lower: float | None, upper: float | None) -> str:
    """``0 to 1``; nothing where there are no bounds."""
    return "" if lower is None else f"{number_text(lower)} to {number_text(upper)}"


def schedule_table() -> ReferenceTable:
    """The phases of a quarter."""
    rows = tuple(
        (str(number), one.block, one.name, one.meaning, ", ".join(one.reads), ", ".join(one.writes))
        for number, one in enumerate(phases(), start=1)
    )
    return ReferenceTable("Schedule of a quarter", ("", "block", "phase", "what happens", "reads", "writes"), rows)


def plans_table() -> ReferenceTable:
    """What phases hand on to later ones of the quarter, with the phase that writes it and those that read it."""
    from abm.plans import HANDED_ON

    rows = tuple(
        (
            f"plans.{name}", one.unit, one.meaning,
            ", ".join(phase.name for phase in phases() if f"plans.{name}" in phase.writes),
            ", ".join(phase.name for phase in phases() if f"plans.{name}" in phase.reads),
        )
        for name, one in HANDED_ON.items()
    )  # fmt: skip
    return ReferenceTable("Plans of the quarter", ("hand-off", "unit", "meaning", "writer", "readers"), rows)


def levers_table() -> ReferenceTable:
    """The levers a scenario can set."""
    from abm.levers import shipped_levers

    rows = tuple(
        (
            lever.name, lever.title, lever.strategy.value, _strength(lever),
            "yes" if lever.spending.spends else lever.spending.reason, ", ".join(lever.costs),
            ", ".join(lever.revenue), lever.summary,
        )
        for lever in shipped_levers().values()
    )  # fmt: skip
    columns = (
        "lever", "title", "strategy", "documented strength", "spends", "flows paid", "flows raised", "what it does"
    )  # fmt: skip
    return ReferenceTable("Levers", columns, rows)


def _strength(lever: Lever) -> str:
    """What ``effects`` sets, as a planner reads it."""
    return "; ".join(
        f"{one.name}: {one.shown(lever.documented_strength[one.name])}"
        for one in lever.parameters
        if one.name in lever.documented_strength
    )


def lever_parameters_table() -> ReferenceTable:
    """What can be set of each lever."""
    from abm.levers import shipped_levers

    rows = tuple(
        (
            f"{lever.name}.{one.name}", number_text(one.neutral), bounds_text(one.lower, one.upper),
            bounds_text(*one.usual), one.unit, one.source, one.meaning,
        )
        for lever in shipped_levers().values()
        for one in lever.parameters
    )  # fmt: skip
    columns = ("key", "neutral", "bounds", "usual", "unit", "source", "meaning")
    return ReferenceTable("What can be set of a lever", columns, rows)


def instruments_table(economy: str = DEFAULT_ECONOMY) -> ReferenceTable:
    """What levers set and phases read, as it is in an economy without levers."""
    from abm.levers.instruments import INSTRUMENTS, Instruments

    price = load_tables(latest_year(find_economy(economy)), economy).allowance_price
    neutral = vars(Instruments(carbon_price=price))
    rows = tuple((one.name, _neutral(neutral[one.name]), one.unit, one.meaning) for one in INSTRUMENTS)
    return ReferenceTable("Instruments", ("instrument", "neutral", "unit", "meaning"), rows)


def _neutral(value: float | Mapping[str, float]) -> str:
    """One number, which for sectors or regions holds for each."""
    return number_text(value) if isinstance(value, float) else f"{number_text(0.0)} for each"


def parameters_in(economy: str = DEFAULT_ECONOMY) -> list[ParameterInformation]:
    """Every behavioural parameter with its value, source and status in an economy."""
    from abm.parameters import describe_parameters

    own = {} if economy == DEFAULT_ECONOMY else load_sourced_assumptions(latest_year(find_economy(economy)), economy)
    return [
        one._replace(default=there.value, source=there.source, status=there.status)
        if (there := own.get(one.key))
        else one
        for one in describe_parameters()
    ]


def parameters_table(economy: str = DEFAULT_ECONOMY) -> ReferenceTable:
    """Every behavioural parameter as it is in an economy."""
    rows = tuple(
        (
            one.key,
            number_text(one.default),
            one.unit,
            bounds_text(one.lower, one.upper),
            one.status,
            one.source,
            one.meaning,
        )
        for one in parameters_in(economy)
    )
    return ReferenceTable("Parameters", ("key", "default", "unit", "bounds", "status", "source", "meaning"), rows)


def state_table() -> ReferenceTable:
    """Every array and every single number of the economy."""
    from abm.state import (
        FIRM_COLUMNS,
        MACRO_NUMBERS,
        OCCUPATION_COLUMNS,
        SECTOR_COLUMNS,
        STAFF_COLUMNS,
        WORKER_COLUMNS,
    )

    groups = {
        "workers": WORKER_COLUMNS, "firms": FIRM_COLUMNS, "sectors": SECTOR_COLUMNS, "occupations": OCCUPATION_COLUMNS,
        "staff": STAFF_COLUMNS, "macro": MACRO_NUMBERS,
    }  # fmt: skip
    rows = tuple(
        (f"{group}.{one.name}", one.dtype, one.unit, "stock" if one.stock else "", one.meaning)
        for group, columns in groups.items()
        for one in columns
    )
    return ReferenceTable("State", ("column", "type", "unit", "", "meaning"), rows)


def flows_table() -> ReferenceTable:
    """The transactions-flow matrix: who pays whom for what."""
    from abm.accounting import FLOWS

    rows = tuple((one.name, one.payer, one.payee, one.meaning) for one in FLOWS)
    return ReferenceTable("Payments", ("flow", "payer", "payee", "meaning"), rows)


def assets_table() -> ReferenceTable:
    """The claims of the balance sheet."""
    from abm.accounting import ASSETS

    rows = tuple((one.name, one.holder, one.issuer, one.meaning) for one in ASSETS)
    return ReferenceTable("Claims", ("claim", "holder", "issuer", "meaning"), rows)


def outcomes_table() -> ReferenceTable:
    """The recorded series of the whole economy and of its groups."""
    from abm.results.outcomes import GROUP_OUTCOMES, OUTCOMES, GroupOutcome, Outcome

    every: dict[str, tuple[Outcome | GroupOutcome, ...]] = {"series": OUTCOMES, **GROUP_OUTCOMES}
    rows = tuple(
        (
            table, one.name, one.unit, one.display.title, one.iamc.name if one.iamc else "", one.definition,
            one.origin, one.because,
        )
        for table, many in every.items()
        for one in many
    )  # fmt: skip
    columns = ("table", "variable", "unit", "title", "IAMC name", "definition", "origin", "because")
    return ReferenceTable("Outcomes", columns, rows)


def mechanisms_table() -> ReferenceTable:
    """The mechanisms of AI that a scenario can switch off."""
    from abm.scenarios.mechanisms import MECHANISMS

    rows = tuple((one.family, one.name, one.meaning, _settings(one.off)) for one in MECHANISMS.values())
    return ReferenceTable("Mechanisms", ("family", "mechanism", "what it does", "off means"), rows)


def closures_table() -> ReferenceTable:
    """The unresolved assumptions with their levels."""
    from abm.scenarios.closures import CLOSURES

    rows = tuple(
        (
            one.name,
            level,
            "yes" if one.in_grid and level in one.ends else "",
            _settings(values) or "as it is",
            one.meaning,
            one.source,
        )
        for one in CLOSURES.values()
        for level, values in one.levels.items()
    )
    return ReferenceTable("Closures", ("closure", "level", "in the grid", "sets", "meaning", "source"), rows)


def presets_table() -> ReferenceTable:
    """What AI may become."""
    from abm.scenarios.presets import PRESETS

    rows = tuple(
        (one.name, one.meaning, _settings(one.values), ", ".join(one.without), one.taken, one.matched, one.source)
        for one in PRESETS.values()
    )
    columns = ("preset", "meaning", "sets", "mechanisms off", "taken from the source", "matched by choice", "source")
    return ReferenceTable("Presets of AI", columns, rows)


QUOTED = ("source", "taken from the source", "matched by choice")  # columns with what others published


def _settings(values: Mapping[str, Any]) -> str:
    return "; ".join(f"{key} = {number_text(value)}" for key, value in values.items())


TABLES: dict[str, Callable[[], ReferenceTable]] = {
    "schedule": schedule_table, "levers": levers_table, "lever_parameters": lever_parameters_table,
    "instruments": instruments_table, "parameters": parameters_table, "state": state_table, "plans": plans_table,
    "flows": flows_table, "assets": assets_table,
    "outcomes": outcomes_table, "mechanisms": mechanisms_table, "closures": closures_table, "presets": presets_table,
}  # fmt: skip


@cache
def tables() -> dict[str, ReferenceTable]:
    """Every table by its name."""
    return {name: make() for name, make in TABLES.items()}


def tables_in(economy: str = DEFAULT_ECONOMY) -> dict[str, ReferenceTable]:
    """Every table as it is in an economy: values, units and words; what others published stays as it is."""
    from abm.results.currency import in_words_of

    if economy == DEFAULT_ECONOMY:
        return tables()
    made = tables() | {"parameters": parameters_table(economy), "instruments": instruments_table(economy)}

    def there(table: ReferenceTable) -> ReferenceTable:
        quoted = [column in QUOTED for column in table.columns]
        rows = tuple(
            tuple(cell if known else in_words_of(cell, economy) for cell, known in zip(row, quoted, strict=True))
            for row in table.rows
        )
        return table._replace(rows=rows)

    return {name: there(table) for name, table in made.items()}
