"""Designs of sweeps: the only reader of design files, from YAML or a mapping to a frozen Design.

A design crosses worlds with policies and seeds. A world gives a value to every uncertainty: what nobody controls, such
as a parameter, a closure or a preset of AI. A policy sets levers. Every policy meets the same worlds and draws.
Every fault is one line that names the file, the line and the remedy, said before anything runs.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from abm.errors import UserError, nearest, placed
from abm.experiments.ensembles.funding import RULE, paid_for, payer_words
from abm.experiments.sweeps.axes import Axis, read_axis
from abm.experiments.sweeps.design_checks import DETAILS, DesignFile, checked_file
from abm.experiments.sweeps.policies import read_policies
from abm.experiments.sweeps.sampling import Sampling, draw_worlds, read_sampling
from abm.experiments.sweeps.world_keys import lever_of, scenario_key
from abm.experiments.sweeps.worlds import check_axes, check_points
from abm.experiments.sweeps.yearly_outcomes import UNITS
from abm.results.years import QUARTERS_OF_A_YEAR, last_quarter, whole_years
from abm.scenarios.conversion import conversions_to, other_currency, priced_levers
from abm.scenarios.lever_files import files_used, read_lever_files
from abm.scenarios.places import Place
from abm.scenarios.scenario import Scenario, find_scenario, load_scenario, with_settings

__all__ = ["DETAILS", "Design", "load_design", "opened_in", "with_draws"]

LEAST_QUARTERS = QUARTERS_OF_A_YEAR - 1  # that hold a whole year, counting the opening


@dataclass(frozen=True)
class Design:
    """What a sweep runs: every point (a world under a policy) with every seed.

    ``worlds`` are dictionaries {uncertainty: value}, ``policies`` map a name to lever settings {lever: setting}. Points
    are numbered by world, then policy; runs by point, then seed. ``financing`` maps a policy that does not say who pays
    for it to the lever that makes the income tax pay; it is empty where debt is to take the cost. With ``own_seeds``
    each world has seeds of its own, which count on from those of the world before it, so that chance is averaged out
    over the worlds; without, all worlds share the seeds.
    """

    name: str
    question: str
    scenario: Scenario
    axes: tuple[Axis, ...]
    sampling: Sampling
    worlds: tuple[dict[str, Any], ...]
    policies: dict[str, dict[str, Any]]
    seeds: tuple[int, ...]
    workers: int
    quarters: int
    detail: str = "years"
    problem: dict[str, Any] = field(default_factory=dict)
    financing: dict[str, dict[str, Any]] = field(default_factory=dict)
    own_seeds: bool = False

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
        seed = self.seeds[run % len(self.seeds)]
        return seed + len(self.seeds) * (self.point_of(run) // len(self.policies)) if self.own_seeds else seed

    def policy_of(self, point: int) -> str:
        """The policy at a point."""
        return list(self.policies)[point % len(self.policies)]

    def world_of(self, point: int) -> dict[str, Any]:
        """The values of the uncertainties at a point."""
        return self.worlds[point // len(self.policies)]

    def overrides_of(self, point: int) -> dict[str, Any]:
        """{dotted scenario key: value} of a point, to be laid over the scenario."""
        settings = {scenario_key(key): value for key, value in self.world_of(point).items()}
        policy = self.policy_of(point)
        for lever, setting in (self.policies[policy] | self.financing.get(policy, {})).items():
            settings[f"levers.{lever}"] = setting
        return settings

    def described(self) -> dict[str, Any]:
        """The design as plain values for design.json; ``problem`` is what SALib needs to analyse it.

        ``until`` is the last whole year, ``units`` says what the numbers of the outcomes are.
        """
        whole = whole_years(self.scenario.opening_year, self.quarters)
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
            "first_year": self.scenario.opening_year,
            "until": whole[-1] if whole else None,
            "detail": self.detail,
            "units": UNITS[self.detail],
            "financing": self.financing,
            "who_pays": self.payer,
            "points": self.points,
            "runs": self.runs,
            "problem": self.problem,
            "digest": self.digest(),
        }

    def digest(self) -> str:
        """SHA-256 of all that the numbers depend on, their units included."""
        content: list[Any] = [
            self.scenario.digest(), self.worlds, self.policies, self.seeds, self.workers, self.quarters, self.detail,
            self.financing, UNITS[self.detail],
        ]  # fmt: skip
        if self.own_seeds:
            content.append("own seeds")
        if self.scenario.levers_from:
            content.append(sorted(self.scenario.levers_from.values()))
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

    @property
    def span(self) -> str:
        """``2024 to 2050``, or ``2024 to 2026Q3`` where the last year is not whole."""
        first, (years, quarter) = self.scenario.opening_year, divmod(self.quarters, QUARTERS_OF_A_YEAR)
        part = "" if quarter == QUARTERS_OF_A_YEAR - 1 else f"Q{quarter + 1}"
        return f"{first} to {first + years}{part}" if years or part else str(first)

    @property
    def payer(self) -> str:
        """Who pays for the policies, as a sentence; empty where no policy sets a lever."""
        return payer_words(not self.financing) if any(self.policies.values()) else ""

    def in_words(self) -> str:
        """How many runs there are, and why so many."""
        worlds, policies, seeds = len(self.worlds), len(self.policies), len(self.seeds)
        parts = f"{_many(worlds, 'world')} x {_many(policies, 'policy', 'policies')} x {_many(seeds, 'seed')}"
        size = f"{self.workers:,} workers each, {self.span}"
        return f"{_many(self.runs, 'run')}: {parts}, {size}. {self.payer}".rstrip()


def load_design(source: str | os.PathLike[str] | Mapping[str, Any] | Design) -> Design:
    """The design in a YAML file, in a mapping of the same keys, or given as one already. Raises UserError."""
    if isinstance(source, Design):
        return source
    if isinstance(source, Mapping):
        return _built(dict(source), Place("design", None), "sweep", Path())
    from abm.yaml_reader import read_mapping

    path = _found(os.fspath(source))
    document = read_mapping(path, str(source))
    return _built(document.data, Place(str(source), document.lines), path.stem, path.parent)


def with_draws(design: Design, posterior: str | None) -> Design:
    """The design over a scenario whose seeds take draws of a posterior. What an uncertainty sets is not drawn."""
    if posterior is None:
        return design
    return replace(design, scenario=with_settings(design.scenario, {"posterior": posterior}))


def opened_in(design: Design, economy: str | None) -> Design:
    """The design over its scenario in another economy, the amounts of money of its policies converted.

    Raises UserError where an amount of money is uncertain: its range was given in the currency of the scenario.
    """
    if economy is None:
        return design
    base = with_settings(design.scenario, {"economy": economy})
    if not other_currency(design.scenario.tables, base.tables):
        return replace(design, scenario=base)
    levers = {lever: 0 for world in design.worlds for key in world if (lever := lever_of(key)) is not None}
    if priced := priced_levers(levers):
        raise UserError(
            f"--economy {economy}: {design.name} has ranges of {next(iter(priced))} in the currency of "
            f"{design.scenario.tables}; write `economy: {economy}` into its scenario and the ranges in its currency"
        )
    policies = {
        name: one | {
            made.lever: made.after
            for made in conversions_to(one, design.scenario.tables, base.tables, base.opening_year)
        }
        for name, one in design.policies.items()
    }  # fmt: skip
    financing = {name: _financing(one, base) if design.financing else {} for name, one in policies.items()}
    return replace(design, scenario=base, policies=policies, financing=financing if design.financing else {})


def _found(reference: str) -> Path:
    """The file of that name, with or without its suffix, else the shipped design of that name."""
    from abm.scenarios.scenario import scenario_library

    shipped = scenario_library() / "sweeps"
    for folder in (Path(), shipped):
        for suffix in ("", ".yaml", ".yml"):
            path = folder / f"{reference}{suffix}"
            if os.path.isfile(path):  # noqa: PTH113 - Path.is_file raises for over-long names
                return path
    if os.path.isdir(reference):  # noqa: PTH112
        raise UserError(f"'{reference}' is a folder; give the design file in it")
    hint = nearest(reference, [path.stem for path in shipped.glob("*.yaml")])
    raise UserError(f"no design '{reference}': neither a file nor a shipped one{hint}")


def _built(data: dict[Any, Any], place: Place, name: str, folder: Path) -> Design:
    file = checked_file(data, place)
    read_lever_files(file.levers_from, folder, place.of("levers_from"))
    with placed(place.of("scenario")):
        base = load_scenario(find_scenario(file.scenario, folder))
    axes = tuple(read_axis(key, value, base, place) for key, value in file.uncertainties.items())
    policies = read_policies(file, base, folder, place)
    quarters = _length(file, base, place)
    check_axes(axes, policies, base, quarters, place)
    check_points(file.points, policies, base, quarters, place)
    base = _with_lever_files(base, file, policies)
    sampling = read_sampling(file.sampling, axes, file.points, place)
    _check_number_of_runs(file, sampling.count(axes, file.points) * len(policies), place)
    worlds, problem = draw_worlds(sampling, axes, file.points)
    return Design(
        name, file.question, base, axes, sampling, worlds, policies, _seeds(file, place), file.workers, quarters,
        file.detail, problem, {} if file.on_debt else {name: _financing(one, base) for name, one in policies.items()},
    )  # fmt: skip


def _length(file: DesignFile, base: Scenario, place: Place) -> int:
    """The quarters of every run: to the end of the year ``until``, as many as written, or those of the scenario."""
    if file.until is not None and file.quarters is not None:
        raise UserError(f"{place.of('until')}: until and quarters are both set; remove one of them")
    if file.until is not None:
        if file.until < base.opening_year:
            raise UserError(
                f"{place.of('until')}: until {file.until} is before {base.opening_year}, when the economy opens"
            )
        return last_quarter(base.opening_year, file.until)
    quarters = file.quarters or base.quarters
    if quarters < LEAST_QUARTERS and file.detail == "years":
        raise UserError(f"{place.of('quarters')}: no whole year in {quarters} quarters; take at least {LEAST_QUARTERS}")
    return quarters


def _financing(levers: dict[str, Any], base: Scenario) -> dict[str, Any]:
    """The income tax as what pays for the levers of a policy, as in every comparison; empty where nothing need pay."""
    pulled = with_settings(base, {f"levers.{name}": setting for name, setting in levers.items()})
    rule = paid_for(pulled).levers.get(RULE)
    return {} if rule is None or RULE in pulled.levers else {RULE: rule}


def _check_number_of_runs(file: DesignFile, points: int, place: Place) -> None:
    runs = points * (file.seeds if isinstance(file.seeds, int) else len(file.seeds))
    if runs > file.most_runs:
        raise UserError(
            f"{place.of('most_runs')}: {runs:,} runs, more than the {file.most_runs:,} that are allowed; take fewer "
            f"levels, samples or seeds, or write `most_runs: {runs}`"
        )


def _with_lever_files(base: Scenario, file: DesignFile, policies: dict[str, dict[str, Any]]) -> Scenario:
    """The scenario with the files of all levers that a point may pull, for the processes that run it."""
    keys = [str(key) for world in (file.uncertainties, *file.points) for key in world]
    pulled = {lever for levers in policies.values() for lever in levers}
    pulled |= {lever for key in keys if (lever := lever_of(key))}
    return replace(base, levers_from={**base.levers_from, **files_used(pulled)})


def _seeds(file: DesignFile, place: Place) -> tuple[int, ...]:
    seeds = tuple(range(1, file.seeds + 1)) if isinstance(file.seeds, int) else tuple(file.seeds)
    if len(set(seeds)) < len(seeds):
        raise UserError(f"{place.of('seeds')}: seeds should be a number of seeds or a list of different whole numbers")
    return seeds


def _many(count: int, one: str, more: str | None = None) -> str:
    return f"{count:,} {one if count == 1 else more or one + 's'}"
