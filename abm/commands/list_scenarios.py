"""xinzhi list: the shipped scenarios and the names that a scenario may use."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import typer

KINDS = "scenarios", "levers", "mechanisms", "applications", "closures", "presets"


def list_(
    kind: Annotated[str, typer.Argument(metavar="KIND", help=f"One of: {', '.join(KINDS)}.")] = "scenarios",
) -> None:
    """List scenarios, or the names that a scenario may use.

    Without an argument it lists the shipped scenarios with their questions.
    """
    from abm.errors import UserError, nearest
    from abm.text_tables import aligned

    if kind not in KINDS:
        raise UserError(f"list {kind}: there is no such list{nearest(kind, KINDS)}")
    rows = list((_scenarios, _levers, _mechanisms, _applications, _closures, _presets)[KINDS.index(kind)]())
    typer.echo(aligned(rows))


def _scenarios() -> Iterable[tuple[str, ...]]:
    from abm.scenarios.scenario import list_scenarios, load_scenario

    return ((name, load_scenario(name).question) for name in list_scenarios())


def _levers() -> Iterable[tuple[str, ...]]:
    from abm.levers import load_levers

    return ((lever.name, lever.title, lever.strategy.value) for lever in load_levers().values())


def _mechanisms() -> Iterable[tuple[str, ...]]:
    from abm.scenarios.mechanisms import MECHANISMS

    return ((one.family, one.name, one.meaning) for one in MECHANISMS.values())


def _applications() -> Iterable[tuple[str, ...]]:
    from abm.data import load_applications

    return ((one.kind, one.code, one.label) for one in load_applications())


def _closures() -> Iterable[tuple[str, ...]]:
    from abm.scenarios.closures import CLOSURES

    return ((one.name, ", ".join(one.levels), one.meaning) for one in CLOSURES.values())


def _presets() -> Iterable[tuple[str, ...]]:
    from abm.scenarios.presets import PRESETS

    return ((one.name, one.meaning, one.source) for one in PRESETS.values())
