"""The checks on the named assumptions of a scenario: the preset of AI, the closures and the mechanisms."""

from __future__ import annotations

from typing import Any

from abm.errors import UserError, nearest
from abm.scenarios.closures import CLOSURES
from abm.scenarios.mechanisms import ALL, FAMILIES, MECHANISMS, members
from abm.scenarios.places import Place
from abm.scenarios.presets import PRESETS

__all__ = ["checked_closures", "checked_mechanisms", "checked_preset", "switch_keys"]

SWITCHES = {"on": True, "off": False, "true": True, "false": False}


def checked_preset(name: str | None, place: Place) -> str | None:
    """The preset's name, or None where none is given."""
    if name is not None and name not in PRESETS:
        raise UserError(f"{place.of('ai')}: unknown preset '{name}'{nearest(name, PRESETS)}")
    return name


def checked_closures(levels: dict[Any, Any], place: Place) -> dict[str, str]:
    """{closure: level}, both known."""
    for name, level in levels.items():
        here = place.of("closures", name)
        if name not in CLOSURES:
            raise UserError(f"{here}: unknown closure '{name}'{nearest(name, CLOSURES)}")
        valid = CLOSURES[name].levels
        if not isinstance(level, str) or level not in valid:
            raise UserError(f"{here}: closures.{name} has no level '{level}'{nearest(level, valid)}")
    return dict(levels)


def checked_mechanisms(switches: dict[Any, Any], place: Place) -> dict[str, bool]:
    """{mechanism: on}, with `all` and families spelt out; within a file the more specific name wins."""
    wanted: dict[str, bool] = {}
    for name in sorted(switches, key=lambda one: -len(members(one))):
        value, here = switches[name], place.of("mechanisms", name)
        if not members(name):
            known = nearest(name, (*MECHANISMS, *FAMILIES, ALL))
            raise UserError(f"{here}: unknown mechanism '{name}'{known}")
        text = str(value).lower()
        if text not in SWITCHES:
            raise UserError(f"{here}: mechanisms.{name} should be on or off, not '{value}'")
        wanted |= dict.fromkeys(members(name), SWITCHES[text])
    return wanted


def switch_keys() -> list[str]:
    """Every dotted key that means something under `closures` and `mechanisms`."""
    mechanisms = (*MECHANISMS, *FAMILIES, ALL)
    return [*(f"closures.{name}" for name in CLOSURES), *(f"mechanisms.{name}" for name in mechanisms)]
