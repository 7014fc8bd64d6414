"""The kinds of the named assumptions of a scenario: the preset of AI, the closures, mechanisms and applications."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from abm.data import KINDS, load_applications
from abm.errors import UserError, nearest, placed, refusal, template
from abm.scenarios.closures import CLOSURES
from abm.scenarios.mechanisms import ALL, FAMILIES, MECHANISMS, members
from abm.scenarios.places import Place
from abm.scenarios.presets import PRESETS
from abm.values import Choice, OnOff

__all__ = [
    "ON_OFF", "PRESET", "application_switches", "checked_applications", "checked_closures", "checked_mechanisms",
    "closure_kind", "switch_keys", "switches", "written",
]  # fmt: skip

PRESET = Choice(tuple(PRESETS), template("unknown preset {value}"))
ON_OFF = OnOff()


@cache
def closure_kind(name: str) -> Choice:
    """The levels of a closure."""
    return Choice(tuple(CLOSURES[name].levels), template("{key} has no level {value}"))


def switches() -> dict[str, str]:
    """{name: meaning} of everything that can be switched: the mechanisms, their families and all of them."""
    families = {name: f"All of the family: {meaning}." for name, meaning in FAMILIES.items()}
    return {**{name: one.meaning for name, one in MECHANISMS.items()}, **families, ALL: "Every mechanism."}


def application_switches() -> dict[str, str]:
    """{name: what it is} of the applications of AI, both kinds of them and all of them."""
    kinds = {kind: f"Every {kind} application." for kind in KINDS}
    return {one.code: f"{one.label}." for one in load_applications()} | kinds | {ALL: "Every application."}


def checked_closures(levels: Mapping[Any, Any], place: Place) -> dict[str, str]:
    """{closure: level}, both known."""
    for name, level in levels.items():
        with placed(place.of("closures", name)):
            if name not in CLOSURES:
                raise UserError(
                    refusal("unknown closure '{name}'{nearest}", name=name, nearest=nearest(name, CLOSURES))
                )
            closure_kind(name).checked(level, f"closures.{name}")
    return dict(levels)


def checked_mechanisms(given: Mapping[Any, Any], place: Place) -> dict[str, bool]:
    """{mechanism: on}, with `all` and families spelt out; within a file the more specific name wins."""
    wanted: dict[str, bool] = {}
    for name in sorted(given, key=lambda one: -len(members(one))):
        with placed(place.of("mechanisms", name)):
            if not members(name):
                raise UserError(
                    refusal("unknown mechanism '{name}'{nearest}", name=name, nearest=nearest(name, switches()))
                )
            wanted |= dict.fromkeys(members(name), ON_OFF.checked(given[name], f"mechanisms.{name}"))
    return wanted


def checked_applications(given: Mapping[Any, Any], place: Place) -> dict[str, bool]:
    """{application: on}, with `all` and kinds spelt out; within a file the more specific name wins."""
    wanted: dict[str, bool] = {}
    for name in sorted(given, key=lambda one: -len(_applications(one))):
        with placed(place.of("applications", name)):
            if not _applications(name):
                valid = nearest(name, application_switches())
                raise UserError(refusal("unknown application '{name}'{nearest}", name=name, nearest=valid))
            wanted |= dict.fromkeys(_applications(name), ON_OFF.checked(given[name], f"applications.{name}"))
    return wanted


def _applications(name: Any) -> tuple[str, ...]:
    """The applications that a name stands for; none for an unknown name."""
    return tuple(one.code for one in load_applications() if name in (one.code, one.kind, ALL))


def written(switched: Mapping[str, bool]) -> dict[str, str]:
    """Switches as a file writes them."""
    return {name: "on" if on else "off" for name, on in switched.items()}


def switch_keys() -> list[str]:
    """Every dotted key that means something under `closures`, `mechanisms` and `applications`."""
    named: dict[str, Iterable[str]] = {"closures": CLOSURES, "mechanisms": switches()}
    named["applications"] = application_switches()
    return [f"{group}.{name}" for group, names in named.items() for name in names]
