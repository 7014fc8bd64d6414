"""Where a result comes from: what is written into provenance.json so that anyone can repeat the run.

Nothing in it names the machine, its user or its folders.
"""

from __future__ import annotations

import json
import os
import platform
import shlex
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import abm
from abm.arguments import DISCOUNT_RATE
from abm.data import digest_of, economy_for, find_economy
from abm.errors import UserError, placed
from abm.languages import ENGLISH
from abm.levers.finding import require_files
from abm.scenarios.checks import check, opening_year_in
from abm.scenarios.places import Place
from abm.scenarios.posteriors import find_posterior, not_drawn
from abm.scenarios.presets import CENTRAL
from abm.scenarios.resolution import settled_assumptions
from abm.scenarios.scenario import Scenario

__all__ = [
    "NOTES", "command_line", "command_to_repeat", "comparison_command", "describe_run", "read_provenance",
    "recorded_scenario", "scenario_to_repeat",
]  # fmt: skip

NOTES = (
    "China's adoption of artificial intelligence has no representative official rate: its path here is a scenario "
    "between the curves of the European Union and the United States.",
)
NEEDED = ("scenario", "seeds", "workers", "quarters")  # of a provenance.json, to repeat the run
BEFORE_ECONOMIES = "china_20"  # what results open with that name no economy
LIBRARIES = ("mesa", "numpy", "numba")


def describe_run(
    scenario: Scenario,
    seeds: Sequence[int],
    requested: Sequence[int],
    workers: int,
    quarters: int,
    threads: int,
    processes: int,
    started: datetime,
    interrupted: bool = False,
) -> dict[str, Any]:
    """All of it as plain values for JSON; ``seeds`` are those that finished of those ``requested``.

    ``tables`` names the economy with a hash of its tables, ``origins`` says of each outcome whether its level is
    imposed, tuned or emergent.
    """
    from abm.results.outcomes import OUTCOMES

    economy = find_economy(scenario.tables)
    return {
        "scenario": {
            "name": scenario.name,
            "reference": scenario.reference,
            "extends": list(scenario.extends),
            "overrides": scenario.overrides,
            "digest": scenario.digest(),
            "resolved": scenario.resolved(),
            "settled": settled_assumptions(scenario),
        },
        "tables": {"economy": economy.name, "sha256": digest_of(economy)},
        **_posterior(scenario, seeds),
        "seeds": list(seeds),
        "seeds_requested": list(requested),
        "interrupted": interrupted,
        "workers": workers,
        "quarters": quarters,
        "threads": threads,
        "processes": processes,
        "started": started.astimezone(UTC).isoformat(timespec="seconds"),
        "seconds": round((datetime.now(UTC) - started).total_seconds(), 3),
        "command": command_to_repeat(scenario, requested, workers, quarters),
        "xinzhi": abm.__version__,
        **_checkout(),
        "python": platform.python_version(),
        **{name: version(name) for name in LIBRARIES},
        "machine": {"system": platform.system(), "architecture": platform.machine(), "cores": os.cpu_count()},
        "origins": {outcome.name: outcome.origin for outcome in OUTCOMES},
        "notes": [economy.adoption[ENGLISH]] if economy.adoption else list(NOTES),
    }


def read_provenance(path: Path) -> dict[str, Any]:
    """The content of a provenance.json that describes one run. Raises UserError for anything else."""
    remedy = "give the provenance.json that `xinzhi run` writes, or its folder"
    try:
        recorded = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UserError(f"{path}: cannot be read ({error.strerror}); {remedy}") from None
    except (ValueError, RecursionError):
        raise UserError(f"{path}: is no JSON; {remedy}") from None
    missing = [key for key in NEEDED if not isinstance(recorded, dict) or key not in recorded]
    scenario = None if missing else recorded["scenario"]
    if not missing and not (isinstance(scenario, dict) and isinstance(scenario.get("resolved"), dict)):
        missing = ["resolved scenario"]
    if missing:
        raise UserError(f"{path}: does not describe a run, since it has no {missing[0]}; {remedy}")
    return dict(recorded)


def recorded_scenario(recorded: Mapping[str, Any]) -> Scenario:
    """The Scenario that provenance.json describes. Raises UserError where something of it is not there."""
    try:
        return _as_recorded(recorded, recorded["resolved"])
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        lacks = f"it has no {error}" if isinstance(error, KeyError) else "a part of it is of another kind"
        raise UserError(f"the scenario in provenance.json is damaged: {lacks}; restore the file") from None


def scenario_to_repeat(recorded: Mapping[str, Any], label: str) -> Scenario:
    """The same Scenario, checked as a file is, since somebody may have changed it or this version may know it less."""
    with placed(label):
        scenario = recorded_scenario(recorded)
        require_files(scenario.levers_from)
        data = _years_as_numbers(recorded["resolved"])
        check(data, Place("its scenario", None), opening_year_in([data]))
    return scenario


def _as_recorded(recorded: Mapping[str, Any], resolved: Mapping[str, Any]) -> Scenario:
    return Scenario(
        name=recorded["name"],
        title=resolved.get("title", ""),
        question=resolved["question"],
        expected_channels=tuple(resolved["expected_channels"]),
        leaves_out=tuple(resolved["leaves_out"]),
        against=resolved.get("against", ""),
        measured_by=tuple(resolved.get("measured_by", ())),
        extends=tuple(recorded["extends"]),
        levers=dict(_years_as_numbers(resolved["levers"])),
        assumptions={
            f"{group}.{name}": value for group, of in resolved["assumptions"].items() for name, value in of.items()
        },
        quarters=resolved["quarters"],
        overrides=_years_as_numbers(recorded["overrides"]),
        reference=recorded["reference"],
        ai=resolved.get("ai") or CENTRAL,  # results of version 0.1 know neither presets nor closures nor mechanisms
        closures=dict(resolved.get("closures", {})),
        mechanisms={name: switch == "on" for name, switch in resolved.get("mechanisms", {}).items()},
        applications={name: switch == "on" for name, switch in resolved.get("applications", {}).items()},
        levers_from=dict(resolved.get("levers_from", {})),
        economy=_economy(resolved),
        posterior=str(resolved.get("posterior", "")),
    )


def _posterior(scenario: Scenario, seeds: Sequence[int]) -> dict[str, Any]:
    """The posterior of a scenario that has one: its name, a hash, how it came about, and what each seed has drawn."""
    if not scenario.posterior:
        return {}
    found, fixed = find_posterior(scenario.posterior), settled_assumptions(scenario)
    drawn = {str(seed): {key: one for key, one in found.draw(seed).items() if key not in fixed} for seed in seeds}
    about = {"name": found.name, "sha256": found.sha256, "about": dict(found.about)}
    return {"posterior": about | {"set_by_the_scenario": not_drawn(scenario, fixed), "drawn": drawn}}


def _economy(resolved: Mapping[str, Any]) -> str:
    """The economy of the record, or none where it is the one that opens anyway."""
    economy = str(resolved.get("economy", BEFORE_ECONOMIES))
    return "" if economy == economy_for(opening_year_in([resolved])) else economy


def _years_as_numbers(value: Any) -> Any:
    """JSON turns the years of a time path into texts; this turns them back."""
    if not isinstance(value, dict):
        return value
    return {int(key) if key.isdecimal() else key: _years_as_numbers(item) for key, item in value.items()}


def command_to_repeat(scenario: Scenario, seeds: Sequence[int], workers: int, quarters: int) -> str:
    """The command line that gives the same rows; for seeds that do not follow one another, the call in Python."""
    first = min(seeds)
    if sorted(seeds) != list(range(first, first + len(seeds))):
        call = f"load_scenario({scenario.reference!r}, {scenario.overrides!r})"
        return f"abm.run(abm.{call}, workers={workers}, seeds={list(seeds)}, quarters={quarters})"
    return command_line("run", [scenario], workers, seeds, quarters)


def command_line(
    command: str,
    scenarios: Sequence[Scenario],
    workers: int,
    seeds: Sequence[int],
    quarters: int | None,
    years: Sequence[int] = (),
) -> str:
    """A command over scenarios that share their overrides and seeds, which follow one another."""
    words = ["xinzhi", command, *(scenario.reference or scenario.name for scenario in scenarios)]
    words += ["--workers", str(workers), "--seeds", str(len(seeds)), "--first-seed", str(min(seeds))]
    words += ["--quarters", str(quarters)] if quarters else []
    for year in years:
        words += ["--year", str(year)]
    for key, value in scenarios[0].overrides.items():
        words += ["--set", f"{key}={_as_yaml(value)}"]
    return shlex.join(words)


def comparison_command(
    scenarios: Sequence[str],
    workers: int,
    seeds: Sequence[int],
    until: int | None,
    quarters: int | None,
    years: Sequence[int],
    overrides: Mapping[str, Any],
    on_debt: bool,
    discount_rate: float = DISCOUNT_RATE,
) -> str:
    """The command line of a comparison, with the scenarios as they were asked for."""
    words = ["xinzhi", "compare", *map(str, scenarios), "--workers", str(workers)]
    words += ["--seeds", str(len(seeds)), "--first-seed", str(min(seeds))]
    words += ["--until", str(until)] if until else []
    words += ["--quarters", str(quarters)] if quarters else []
    for year in years:
        words += ["--year", str(year)]
    words += ["--discount-rate", f"{discount_rate:g}"] if discount_rate != DISCOUNT_RATE else []
    for key, value in overrides.items():
        words += ["--set", f"{key}={_as_yaml(value)}"]
    return shlex.join([*words, *(["--on-debt"] if on_debt else [])])


def _as_yaml(value: Any) -> str:
    """A value as YAML reads it: true and false in small letters, mappings in braces."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_as_yaml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_as_yaml(item) for item in value) + "]"
    return str(value)


def _checkout() -> dict[str, Any]:
    """The commit of the checkout this abm lies in and whether files differ from it; None for an installed abm."""
    root = Path(__file__).resolve().parents[2]
    commit = changes = None
    if (root / ".git").exists() and (root / "pyproject.toml").is_file():
        commit = _git(root, "rev-parse", "--verify", "HEAD")
        changes = _git(root, "status", "--porcelain", "--untracked-files=no") if commit else None
    return {"git_commit": commit, "git_uncommitted_changes": None if changes is None else bool(changes)}


def _git(root: Path, *arguments: str) -> str | None:
    try:
        # Without locks: a run that is killed while git refreshes its index would leave .git/index.lock behind.
        command = ["git", "--no-optional-locks", "-C", str(root), *arguments]
        finished = subprocess.run(command, capture_output=True, text=True, timeout=10, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return finished.stdout.strip()
