"""Records the summaries that test_golden.py compares with: ``python tests/golden/update.py [SCENARIO ...]``.

Run it after a change that is meant to change results, look at the difference, and commit it with its reason.

A summary holds the outcomes in CHOSEN, as the model records them and to the last digit, in a few quarters of a run of
eight years. Most shipped scenarios put their levers into force in 2027, when the twelfth quarter is over; so that the
run is one of the scenario and not of the baseline, the settings of every lever that begins later than EARLIEST are
moved forward by whole years until its first step is in the first quarter of that year. A lever that begins by itself
in EARLIEST or before stays as it is.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from abm import Scenario

FOLDER = Path(__file__).resolve().parent
QUARTERS, SHOWN = 32, (0, 4, 8, 16, 24, 32)
WORKERS, SEED = 2_000, 1
EARLIEST = 2025  # the year whose first quarter is quarter 4
BARE = 2027  # from which a number without a year holds
COMMAND = "python tests/golden/update.py"

# At least one of each part of the economy; a new outcome does not belong here unless it is of a part that has none.
CHOSEN = (
    "real_gdp",
    "inflation_annual",
    "tfp_ai_contribution",
    "unemployment_rate",
    "labour_share",
    "real_wage_mean",
    "gini_disposable_income",
    "gini_wealth",
    "co2_emissions",
    "electricity_use",
    "ai_adoption_share",
    "ai_use_intensity",
    "public_debt_ratio",
    "policy_cost_ratio",
    "investment",
    "imports",
    "sfc_residual",
)


def advanced(scenario: Scenario) -> Scenario:
    """The scenario with every lever in force from EARLIEST on at the latest."""
    return replace(scenario, levers={name: _advanced(setting) for name, setting in scenario.levers.items()})


def _advanced(setting: Any) -> Any:
    """A lever's number, time path or {parameter: number or path}, moved so that it begins in EARLIEST or before."""
    named = _has_names(setting)
    paths = {key: _path(value) for key, value in (setting.items() if named else [("", setting)])}
    shift = max(0, min(min(path) for path in paths.values()) - EARLIEST)
    given = setting if named else {"": setting}
    moved = {
        key: _moved(given[key], {year - shift: value for year, value in path.items()}) for key, path in paths.items()
    }
    return moved if named else moved[""]


def _moved(value: Any, path: dict[int, float]) -> Any:
    """A path that has a shape keeps it."""
    return value | {"path": path} if _has_shape(value) else path


def _has_names(setting: Any) -> bool:
    return isinstance(setting, dict) and not _has_shape(setting) and not all(isinstance(key, int) for key in setting)


def _has_shape(value: Any) -> bool:
    return isinstance(value, dict) and "path" in value


def _path(value: Any) -> dict[int, float]:
    if _has_shape(value):
        return value["path"]
    return value if isinstance(value, dict) else {BARE: value}


def summarise(scenario: str) -> dict[str, Any]:
    """The chosen outcomes of a small run in a few quarters, {outcome: {quarter: value or None}}."""
    from abm import Model, load_scenario

    model = Model(WORKERS, rng=SEED, policy=advanced(load_scenario(scenario)))
    for _ in range(QUARTERS):
        model.step()
    outcomes = {name: {str(quarter): _number(model.outcome(name, quarter)) for quarter in SHOWN} for name in CHOSEN}
    return {"scenario": scenario, "workers": WORKERS, "seed": SEED, "outcomes": outcomes}


def _number(value: float) -> float | None:
    """JSON has no NaN, which says that an outcome is not defined."""
    return None if value != value else value


def file_of(scenario: str) -> Path:
    """Where the summary of a scenario is recorded."""
    return FOLDER / f"{scenario}.json"


def main(scenarios: list[str]) -> None:
    """Record the summaries of the scenarios named, by default of all, and remove those of scenarios that are gone."""
    from abm import list_scenarios

    known = list_scenarios()
    for name in scenarios or known:
        if name not in known:
            sys.exit(f"no shipped scenario '{name}'; known: {', '.join(known)}")
        file_of(name).write_text(json.dumps(summarise(name), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        print(f"wrote {file_of(name).name}")
    if not scenarios:
        for path in FOLDER.glob("*.json"):
            if path.stem not in known:
                path.unlink()
                print(f"removed {path.name}, whose scenario is gone")


if __name__ == "__main__":
    main(sys.argv[1:])
