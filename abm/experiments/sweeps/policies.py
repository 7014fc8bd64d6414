"""The policies of a design: named packages of levers, crossed with the settings of the lever axes."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from abm.errors import UserError, brief, odd_character, placed, shown
from abm.experiments.sweeps.design_checks import POLICIES, DesignFile
from abm.levers import FIRST_QUARTER, lever_named
from abm.levers.time_paths import laid_over, read_setting
from abm.scenarios.checks import LAST_YEAR
from abm.scenarios.conversion import other_currency
from abm.scenarios.places import Place
from abm.scenarios.plain_values import canonical, plain
from abm.scenarios.presets import CENTRAL
from abm.scenarios.scenario import Scenario, find_scenario, load_scenario

__all__ = ["read_policies"]

AS_IT_IS = "unchanged"  # the policy of a design that names none

Package = dict[str, Any]  # {lever: setting}


def read_policies(file: DesignFile, base: Scenario, folder: Path, place: Place) -> dict[str, Package]:
    """Every named policy crossed with every setting of the lever axes, by name. Raises UserError.

    A setting is what the lever is set to as a whole under the policy: one of a mapping is laid over that of the
    scenario, as that of a child is over its parent's; that of a scenario stands as it is there.
    """
    named: dict[str, Package] = {}
    for given, value in file.policies.items():
        name, here = str(given), place.of("policies", given)
        _check_name(name, named, here)
        named[name] = _package(given, value, base, folder, place)
    axes = {lever: _axis(lever, values, base, place) for lever, values in file.levers.items()}
    return _crossed(named or {AS_IT_IS: {}}, axes, place)


def _crossed(named: Mapping[str, Package], axes: Mapping[str, Mapping[str, Any]], place: Place) -> dict[str, Package]:
    for lever, (name, package) in itertools.product(axes, named.items()):
        if lever in package:
            raise UserError(
                f"{place.of('levers', lever)}: levers.{lever} is also set by the policy '{name}'; remove one"
            )
    crossed: dict[str, Package] = {}
    for name, package in named.items():
        for chosen in itertools.product(*(settings.items() for settings in axes.values())):
            words = ", ".join(f"{lever} {text}" for lever, (text, _) in zip(axes, chosen, strict=True))
            title = ", ".join(part for part in ("" if chosen and name == AS_IT_IS else name, words) if part)
            crossed[title] = package | {lever: one for lever, (_, one) in zip(axes, chosen, strict=True)}
    return crossed


def _check_name(name: str, named: Mapping[str, Package], here: str) -> None:
    odd = odd_character(name)
    if not name.strip() or odd:
        what = f"has {odd}" if name.strip() else "is empty"
        raise UserError(f"{here}: the name of a policy {what}; type it anew")
    if name in named:
        raise UserError(f"{here}: the policy '{name}' is there twice, once as a number and once as a text; remove one")


def _axis(lever: Any, values: Sequence[Any], base: Scenario, place: Place) -> dict[str, Any]:
    """{words for the name of a policy: setting} of a lever axis."""
    if not values:
        raise UserError(f"{place.of('levers', lever)}: levers.{lever} is an empty axis; list its settings")
    settings: list[Any] = []
    for position, value in enumerate(values):
        at = _below(place, "levers", lever, position)
        setting = _setting(lever, value, base, at)
        if canonical(setting) in [canonical(one) for one in settings]:
            raise UserError(f"{at()}: levers.{lever} has the level {brief(value)} twice; remove one")
        settings.append(setting)
    short = [f"{value:g}" if isinstance(value, float) else str(value) for value in values]
    words = short if len(set(short)) == len(short) else [repr(value) for value in values]
    return dict(zip(words, settings, strict=True))


def _package(name: Any, value: Any, base: Scenario, folder: Path, place: Place) -> Package:
    """The levers of a policy: a mapping of them, or those that a scenario pulls."""
    if isinstance(value, str):
        with placed(place.of("policies", name)):
            scenario = load_scenario(find_scenario(value, folder))
            _refuse_other_keys(value, scenario, base)
            if other_currency(scenario.tables, base.tables):
                scenario = load_scenario(scenario, {"economy": base.tables})
            return {lever: _whole(lever, setting, base) for lever, setting in scenario.levers.items()}
    if value is not None and not isinstance(value, Mapping):
        here = place.of("policies", name)
        raise UserError(f"{here}: policies should be {POLICIES}, not {shown(value)}")
    return {
        lever: _setting(lever, setting, base, _below(place, "policies", name, lever))
        for lever, setting in (value or {}).items()
    }


def _refuse_other_keys(name: str, policy: Scenario, base: Scenario) -> None:
    """A policy is a set of levers: whatever else its scenario sets would be left out without a word."""
    others = [f"assumptions.{key}" for key, one in policy.assumptions.items() if base.assumptions.get(key) != one]
    others += [f"closures.{key}" for key, one in policy.closures.items() if base.closures.get(key) != one]
    others += [f"mechanisms.{key}" for key, one in policy.mechanisms.items() if base.mechanisms.get(key) != one]
    others += [f"applications.{key}" for key, one in policy.applications.items() if base.applications.get(key) != one]
    if policy.ai not in (CENTRAL, base.ai):
        others.insert(0, "ai")
    if policy.quarters not in (Scenario("").quarters, base.quarters):
        others.append("quarters")
    if others:
        more = f" and {len(others) - 1} more" if len(others) > 1 else ""
        raise UserError(
            f"the scenario '{name}' sets {others[0]}{more}, and a policy is levers alone; set it in the design's "
            "`scenario` or `uncertainties`, or write the levers of the policy out"
        )


def _setting(lever: Any, value: Any, base: Scenario, at: Callable[..., str]) -> Any:
    with placed(at()):
        known = lever_named(lever)
    setting = read_setting(known, plain(value), at, (base.opening_year, LAST_YEAR))
    with placed(at()):
        below, first_year = base.levers.get(lever), base.opening_year + FIRST_QUARTER // 4
        return _whole(lever, laid_over(known, below, setting, first_year), base)


def _whole(lever: str, setting: Any, base: Scenario) -> Any:
    """The setting, instead of what the scenario has for the lever where it has something."""
    return {"replace": setting} if lever in base.levers else setting


def _below(place: Place, *path: Any) -> Callable[..., str]:
    return lambda *keys: place.of(*path, *keys)
