"""The kinds of the named assumptions of a scenario: the preset of AI, the closures and the mechanisms."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from abm.errors import UserError, nearest, placed, refusal, template
from abm.scenarios.closures import CLOSURES
from abm.scenarios.mechanisms import ALL, FAMILIES, MECHANISMS, members
from abm.scenarios.places import Place
from abm.scenarios.presets import PRESETS
from abm.values import Choice, OnOff

__all__ = ["ON_OFF", "PRESET", "checked_closures", "checked_mechanisms", "closure_kind", "switch_keys", "switches"]

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


def switch_keys() -> list[str]:
    """Every dotted key that means something under `closures` and `mechanisms`."""
    return [*(f"closures.{name}" for name in CLOSURES), *(f"mechanisms.{name}" for name in switches())]
