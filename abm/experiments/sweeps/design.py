"""Designs of sweeps: the only reader of design files, from YAML or a mapping to a frozen Design.

A design crosses worlds with policies and seeds. A world gives a value to every uncertainty: what nobody controls, such
as a parameter, a closure or a preset of AI. A policy sets levers. Every policy meets the same worlds and draws.
Every fault is one line that names the file, the line and the remedy, said before anything runs.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from abm.errors import UserError, nearest
from abm.experiments.sweeps.axes import Levels, Range, read_axis, scenario_key
from abm.experiments.sweeps.design_checks import DesignFile, checked_file
from abm.experiments.sweeps.sampling import Axis, Sampling, draw_worlds, read_sampling
from abm.scenarios.lever_files import files_used, read_lever_files
from abm.scenarios.places import Place
from abm.scenarios.scenario import Scenario, checked_quarters, load_scenario

__all__ = ["DETAILS", "Design", "load_design"]

DETAILS = ("years", "quarters")  # what is kept of a run: means of whole years, or every quarter
LEAST_QUARTERS = 3  # that hold a whole year, counting the opening
AS_IT_IS = "unchanged"  # the policy of a design that names none
FEWEST_WORKERS = 2_000


@dataclass(frozen=True)
class Design:
    """What a sweep runs: every point (a world under a policy) with every seed.

    ``worlds`` are dictionaries {uncertainty: value}, ``policies`` map a name to lever settings {lever: setting}. Points
    are numbered by world, then policy; runs by point, then seed.
    """

    name: str
    question: str
    scenario: Scenario
    axes: tuple[Range | Levels, ...]
    sampling: Sampling
    worlds: tuple[dict[str, Any], ...]
    policies: dict[str, dict[str, Any]]
    seeds: tuple[int, ...]
    workers: int
    quarters: int
    detail: str = "years"
    problem: dict[str, Any] = field(default_factory=dict)

    @property
    def points(self) -> int:
        """How many worlds under policies there are."""
        return len(self.worlds) * len(self.policies)

    @property
    def runs(self) -> int:
        """How many runs the whole design has."""
        return self.points * len(self.seeds)

    def point_of(self, run: int) -> int:
        """The point that a run belongs to."""
        return run // len(self.seeds)

    def seed_of(self, run: int) -> int:
        """The seed of a run."""
        return self.seeds[run % len(self.seeds)]

    def policy_of(self, point: int) -> str:
        """The policy at a point."""
        return list(self.policies)[point % len(self.policies)]

    def world_of(self, point: int) -> dict[str, Any]:
        """The values of the uncertainties at a point."""
        return self.worlds[point // len(self.policies)]

    def overrides_of(self, point: int) -> dict[str, Any]:
        """{dotted scenario key: value} of a point, to be laid over the scenario."""
        settings = {scenario_key(key): value for key, value in self.world_of(point).items()}
        for lever, setting in self.policies[self.policy_of(point)].items():
            settings[f"levers.{lever}"] = setting
        return settings

    def described(self) -> dict[str, Any]:
        """The design as plain values for design.json; ``problem`` is what SALib needs to analyse it."""
        return {
            "name": self.name,
            "question": self.question,
            "scenario": self.scenario.name,
            "scenario_digest": self.scenario.digest(),
            "scenario_resolved": self.scenario.resolved(),
            "sampling": self.sampling.described(),
            "axes": {axis.key: axis.described() for axis in self.axes},
            "policies": self.policies,
            "seeds": list(self.seeds),
            "workers": self.workers,
            "quarters": self.quarters,
            "detail": self.detail,
            "points": self.points,
            "runs": self.runs,
            "problem": self.problem,
            "digest": self.digest(),
        }

    def digest(self) -> str:
        """SHA-256 of all that the numbers depend on."""
        content: list[Any] = [
            self.scenario.digest(), self.worlds, self.policies, self.seeds, self.workers, self.quarters, self.detail
        ]  # fmt: skip
        if self.scenario.levers_from:
            content.append(sorted(self.scenario.levers_from.values()))
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

    def in_words(self) -> str:
        """How many runs there are, and why so many."""
        worlds, policies, seeds = len(self.worlds), len(self.policies), len(self.seeds)
        parts = f"{_many(worlds, 'world')} x {_many(policies, 'policy', 'policies')} x {_many(seeds, 'seed')}"
        return f"{_many(self.runs, 'run')}: {parts}, {self.workers:,} workers and {self.quarters} quarters each"


def load_design(source: str | os.PathLike[str] | Mapping[str, Any] | Design) -> Design:
    """The design in a YAML file, in a mapping of the same keys, or given as one already. Raises UserError."""
    if isinstance(source, Design):
        return source
    if isinstance(source, Mapping):
        return _built(dict(source), Place("design", None), "sweep", Path())
    from abm.scenarios.yaml_reader import read_mapping

    path = _found(os.fspath(source))
    document = read_mapping(path, str(source))
    return _built(document.data, Place(str(source), document.lines), path.stem, path.parent)


def _found(reference: str) -> Path:
    """The file of that name, with or without its suffix, else the shipped design of that name."""
    from abm.scenarios.scenario import scenario_library

    shipped = scenario_library() / "sweeps"
    for folder in (Path(), shipped):
        for suffix in ("", ".yaml", ".yml"):
            path = folder / f"{reference}{suffix}"
            if path.is_file():
                return path
    hint = nearest(reference, [path.stem for path in shipped.glob("*.yaml")])
    raise UserError(f"no design '{reference}': neither a file nor a shipped one{hint}")


def _built(data: dict[Any, Any], place: Place, name: str, folder: Path) -> Design:
    file = checked_file(data, place)
    read_lever_files(file.levers_from, folder, place.of("levers_from"))
    base = _base_scenario(file, folder, place)
    axes = tuple(read_axis(key, value, base, place) for key, value in file.uncertainties.items())
    policies = _policies(file, base, place)
    base = _with_lever_files(base, file, policies)
    _refuse_overlap(axes, policies, place)
    sampling = read_sampling(file.sampling, axes, file.points, place)
    runs = sampling.count(axes, file.points) * len(policies) * len(_seeds(file, place))
    if runs > file.most_runs:
        raise UserError(
            f"{place.of('most_runs')}: {runs:,} runs, more than the {file.most_runs:,} that are allowed; take fewer "
            f"levels, samples or seeds, or write `most_runs: {runs}`"
        )
    quarters = checked_quarters(file.quarters or base.quarters)
    if quarters < LEAST_QUARTERS and file.detail == "years":
        raise UserError(f"{place.of('quarters')}: no whole year in {quarters} quarters; take at least {LEAST_QUARTERS}")
    worlds, problem = draw_worlds(sampling, axes, file.points, base, place)
    return Design(
        name, file.question, base, axes, sampling, worlds, policies, _seeds(file, place), file.workers, quarters,
        file.detail, problem,
    )  # fmt: skip


def _base_scenario(file: DesignFile, folder: Path, place: Place) -> Scenario:
    beside = folder / file.scenario
    found = any(beside.with_name(beside.name + suffix).is_file() for suffix in ("", ".yaml", ".yml"))
    try:
        return load_scenario(beside if found else file.scenario)
    except UserError as error:
        raise UserError(f"{place.of('scenario')}: {error}") from None


def _with_lever_files(base: Scenario, file: DesignFile, policies: dict[str, dict[str, Any]]) -> Scenario:
    """The scenario with the files of all levers that a point may pull, for the processes that run it."""
    keys = [key.split(".") for world in (file.uncertainties, *file.points) for key in world]
    pulled = {lever for levers in policies.values() for lever in levers}
    pulled |= {parts[1] for parts in keys if parts[0] == "levers" and len(parts) > 1}
    return replace(base, levers_from={**base.levers_from, **files_used(pulled)})


def _seeds(file: DesignFile, place: Place) -> tuple[int, ...]:
    seeds = tuple(range(1, file.seeds + 1)) if isinstance(file.seeds, int) else tuple(file.seeds)
    if not seeds or min(seeds) < 0 or len(set(seeds)) < len(seeds):
        raise UserError(f"{place.of('seeds')}: seeds should be a number of seeds or a list of different whole numbers")
    return seeds


def _policies(file: DesignFile, base: Scenario, place: Place) -> dict[str, dict[str, Any]]:
    """Every named policy crossed with every setting of the lever axes, by name."""
    named = {name: _levers_of(name, value, place) for name, value in file.policies.items()} or {AS_IT_IS: {}}
    for lever, values in file.levers.items():
        if not values:
            raise UserError(f"{place.of('levers', lever)}: levers.{lever} is an empty axis; list its settings")
        for name, package in named.items():
            if lever in package:
                raise UserError(
                    f"{place.of('levers', lever)}: levers.{lever} is also set by the policy '{name}'; remove one"
                )
    settings = [
        dict(zip(file.levers, values, strict=True)) for values in itertools.product(*file.levers.values())
    ]  # fmt: skip
    crossed = {}
    for (name, package), setting in itertools.product(named.items(), settings):
        words = ", ".join(f"{lever} {_short(value)}" for lever, value in setting.items())
        title = ", ".join(part for part in ("" if setting and name == AS_IT_IS else name, words) if part)
        crossed[title] = _checked_levers(package | setting, base, place.of("policies", name))
    return crossed


def _levers_of(name: str, value: Any, place: Place) -> dict[str, Any]:
    """The levers of a policy: a mapping of them, or those that a scenario pulls."""
    if isinstance(value, str):
        try:
            return dict(load_scenario(value).levers)
        except UserError as error:
            raise UserError(f"{place.of('policies', name)}: {error}") from None
    return dict(value or {})


def _checked_levers(levers: dict[str, Any], base: Scenario, here: str) -> dict[str, Any]:
    for lever, setting in levers.items():
        try:
            load_scenario(base, {f"levers.{lever}": setting})
        except UserError as error:
            message = str(error).removeprefix(f"override levers.{lever}={setting}: ")
            raise UserError(f"{here}: {message}") from None
    return levers


def _refuse_overlap(axes: Sequence[Axis], policies: dict[str, dict[str, Any]], place: Place) -> None:
    """A lever cannot be an uncertainty and a policy at once."""
    for axis in axes:
        parts = axis.key.split(".")
        if parts[0] != "levers":
            continue
        for name, levers in policies.items():
            if len(parts) > 1 and parts[1] in levers:
                raise UserError(
                    f"{place.of('uncertainties', axis.key)}: {axis.key} is an uncertainty and also set by the policy "
                    f"'{name}'; remove one of them"
                )


def _short(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _many(count: int, one: str, more: str | None = None) -> str:
    return f"{count:,} {one if count == 1 else more or one + 's'}"
