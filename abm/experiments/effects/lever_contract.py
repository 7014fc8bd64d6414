"""What every lever must keep, as clauses that run small economies: for the levers of the package in the tests, for one
from a file with ``check_lever`` or ``xinzhi check-lever``.

A clause is a function of a lever and of economies made once; its first sentence is what it holds. It returns nothing
where the clause is met, else the reason why not.
"""

from __future__ import annotations

import inspect
import os
import pickle
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from abm.compiling.tables import Record
from abm.errors import AccountingError
from abm.levers.checking import documentation_faults, flow_faults, instrument_faults
from abm.levers.declaration import Lever
from abm.levers.finding import load_lever, shipped_levers
from abm.levers.instruments import Instruments
from abm.levers.settings import FIRST_QUARTER, resolve
from abm.scenarios.economies import settable
from abm.scenarios.scenario import list_scenarios, load_scenario

if TYPE_CHECKING:
    from abm.model import Model

__all__ = ["CLAUSES", "Economies", "Finding", "LeverCheck", "check_lever", "everything", "findings"]

WORKERS, SEED = 2_000, 1  # the smallest economy
OPENING_YEAR = 2024
QUARTERS = 16
LONG = 40  # rare events, such as breaches and heirs, need some years in a small economy
LAST = 104  # of the shipped scenarios
PARTS = (0.25, 1.0)  # of full strength, at which the books are looked at
RESIDUALS = ("sfc_residual", "gdp_identity_residual")
TOLERANCE = 1e-9

Setting = Mapping[str, float] | Mapping[str, dict[int, float]]  # {parameter: value or {year: value}}


class Economies:
    """Small economies after some quarters under levers, each made once; ``after`` may share those of others.

    What is returned is never to be changed.
    """

    def __init__(self, make: Callable[..., Model] | None = None):
        self._make, self._kept = make or _grown, dict[Any, Any]()

    def after(self, quarters: int, levers: Mapping[str, Any]) -> Model:
        """The economy after so many quarters under {lever: setting}."""
        key = (quarters, repr(sorted(levers.items())))
        if key not in self._kept:
            self._kept[key] = self._make(quarters, **{f"levers.{name}": setting for name, setting in levers.items()})
        return self._kept[key]


def _grown(quarters: int, **overrides: Any) -> Model:
    from abm.model import Model

    model = Model(WORKERS, rng=SEED, overrides=overrides)
    for _ in range(quarters):
        model.step()
    return model


def everything(model: Model) -> dict[str, np.ndarray]:
    """Every array and number of an economy's state, and what has been recorded of it, by name, as copies."""
    found = dict(_walk("state", model.state))
    found["recorder.values"] = np.array(model.recorder.values)
    return found | {f"recorder.{table}": np.array(values) for table, values in model.recorder.groups.items()}


def _walk(label: str, held: Any) -> Iterator[tuple[str, np.ndarray]]:
    if isinstance(held, np.ndarray):
        yield label, held.copy()
    elif isinstance(held, (bool, int, float)):
        yield label, np.array(held)
    elif isinstance(held, Record):
        yield label, np.frombuffer(memoryview(held)).copy()
    else:
        for name, value in getattr(held, "__dict__", {}).items():
            if name != "view":
                yield from _walk(f"{label}.{name}", value)


def _different(one: Model, other: Model, only: str = "") -> list[str]:
    """The names of what is not the same to the last bit."""
    first, second = everything(one), everything(other)
    names = [name for name in first if name.startswith(only)]
    return [name for name in names if first[name].tobytes() != second[name].tobytes()]


def full(lever: Lever, part: float = 1.0, year: int = OPENING_YEAR) -> dict[str, dict[int, float]]:
    """Every parameter as far from neutral as its bounds allow, or a part of the way, from a year on."""
    return {
        one.name: {year: one.farthest if part == 1.0 else one.neutral + part * (one.farthest - one.neutral)}
        for one in settable(lever)
    }


def neutral(lever: Lever, year: int = OPENING_YEAR) -> dict[str, dict[int, float]]:
    """Every parameter at its neutral value from a year on."""
    return {one.name: {year: one.neutral} for one in settable(lever)}


def _under(economies: Economies, quarters: int, lever: Lever, setting: Setting | None = None) -> Model:
    """The economy under a setting of the lever, or without it, with what the lever needs beside it in either case."""
    pulled = {} if setting is None else {lever.name: setting}
    return economies.after(quarters, {**lever.beside, **pulled})


def every_field_is_documented(lever: Lever, economies: Economies) -> str:
    """Every field is documented, bounds and ranges fit, and every flow it books is one of the ledger's."""
    return "; ".join(fault.text for fault in (*documentation_faults(lever), *flow_faults(lever)))


def it_sets_declared_instruments(lever: Lever, economies: Economies) -> str:
    """It sets declared instruments from its parameters, and none of them at the neutral values."""
    return "; ".join(fault.text for fault in instrument_faults(lever))


def full_strength_is_recorded(lever: Lever, economies: Economies) -> str:
    """At full strength it changes something that is recorded."""
    changed = _different(
        _under(economies, LONG, lever, full(lever)), _under(economies, LONG, lever), only="recorder."
    )  # fmt: skip
    return "" if changed else f"no outcome differs from the baseline in {LONG} quarters; is its instrument read?"


def every_parameter_matters(lever: Lever, economies: Economies) -> str:
    """Every parameter matters, alone or beside the others."""
    return "; ".join(text for one in checked_singly(lever) if (text := parameter_matters(lever, one, economies)))


def parameter_matters(lever: Lever, name: str, economies: Economies) -> str:
    """One parameter matters, alone or beside the others."""
    at_full, at_neutral = full(lever), neutral(lever)
    alone = {**at_neutral, name: at_full[name]}
    others = {**at_full, name: at_neutral[name]}
    if _different(_under(economies, LONG, lever, alone), _under(economies, LONG, lever)):
        return ""
    if _different(_under(economies, LONG, lever, others), _under(economies, LONG, lever, at_full)):
        return ""
    return f"{name} changes nothing in {LONG} quarters; remove it or use it in set_instruments"


def checked_singly(lever: Lever) -> list[str]:
    """All parameters but those taken together by ``**``, of which the first stands for all."""
    taken = inspect.signature(lever.set_instruments).parameters
    generated = [one.name for one in lever.parameters if one.name not in taken]
    return [one.name for one in lever.parameters if one.name not in generated[1:]]


def the_neutral_value_is_the_baseline(lever: Lever, economies: Economies) -> str:
    """At its neutral values every number equals the baseline's to the last bit."""
    parts = _different(_under(economies, QUARTERS, lever, neutral(lever)), _under(economies, QUARTERS, lever))
    number = {lever.name: lever.parameters[0].neutral}
    parts += _different(economies.after(QUARTERS, number), economies.after(QUARTERS, {}))
    return _named(parts)


def before_it_is_in_force_it_is_the_baseline(lever: Lever, economies: Economies) -> str:
    """Before it is in force every number equals the baseline's to the last bit, and afterwards not."""
    setting: dict[str, Any] = {one.name: one.farthest for one in settable(lever)}  # bare numbers: from 2027Q1 on
    levers = resolve({lever.name: setting})
    if levers.policy(FIRST_QUARTER - 1) != Instruments() or levers.policy(FIRST_QUARTER) == Instruments():
        return f"it is not in force from quarter {FIRST_QUARTER} on"
    waiting = _under(economies, FIRST_QUARTER - 1, lever, setting)
    parts = _different(waiting, _under(economies, FIRST_QUARTER - 1, lever))
    if parts:
        return _named(parts)
    model = pickle.loads(pickle.dumps(waiting))
    for _ in range(LONG - FIRST_QUARTER + 1):
        model.step()
    changed = _different(model, _under(economies, LONG, lever))
    return "" if changed else "once in force, it still changes nothing"


def the_books_close(lever: Lever, economies: Economies) -> str:
    """The books close in every quarter, at a quarter of full strength and at full strength."""
    for part in PARTS:
        try:
            recorder = _under(economies, LONG, lever, full(lever, part)).recorder
        except AccountingError as error:
            return f"at {part:g} of full strength: {error}"
        for name in RESIDUALS:
            if not (largest := recorder.series(name).max()) < TOLERANCE:
                return f"at {part:g} of full strength {name} is {largest:g}"
    return ""


def what_it_books_is_declared(lever: Lever, economies: Economies) -> str:
    """Every flow that exists for policies alone and that it brings about is declared in COSTS or REVENUE."""
    known = {**shipped_levers(), lever.name: lever}.values()
    for_policies = {name for one in known for name in (*one.costs, *one.revenue)}
    paid = _under(economies, QUARTERS, lever, full(lever)).ledger.amounts
    before = _under(economies, QUARTERS, lever).ledger.amounts
    brought = {name for name in for_policies if paid[name] != 0.0 and before[name] == 0.0}
    missing = sorted(brought - {*lever.costs, *lever.revenue})
    return f"it books {', '.join(missing)}, which it does not declare" if missing else ""


def a_scenario_uses_it(lever: Lever, economies: Economies) -> str:
    """A scenario uses it: a shipped one, or for a lever from a file one that takes it from there."""
    if lever.file is None:
        scenarios = [load_scenario(name).levers for name in list_scenarios()]
        settings = [levers[lever.name] for levers in scenarios if lever.name in levers]
    else:
        strength = lever.documented_strength or {lever.parameters[0].name: lever.parameters[0].farthest}
        scenario = load_scenario("baseline", {"levers_from": lever.file.path, f"levers.{lever.name}": dict(strength)})
        settings = [scenario.levers[lever.name]] if lever.file.path in scenario.levers_from else []
    pulled = [resolve({lever.name: setting}) for setting in settings]
    if any(levers.policy(quarter) != Instruments() for levers in pulled for quarter in range(LAST)):
        return ""
    return "no scenario puts it into force; add one to scenarios/"


def _named(parts: list[str]) -> str:
    if not parts:
        return ""
    more = f" and {len(parts) - 3} more" if len(parts) > 3 else ""
    return f"{', '.join(parts[:3])}{more} differ from the baseline"


Clause = Callable[[Lever, Economies], str]

CLAUSES: tuple[Clause, ...] = (
    every_field_is_documented,
    it_sets_declared_instruments,
    full_strength_is_recorded,
    every_parameter_matters,
    the_neutral_value_is_the_baseline,
    before_it_is_in_force_it_is_the_baseline,
    the_books_close,
    what_it_books_is_declared,
    a_scenario_uses_it,
)


class Finding(NamedTuple):
    """What one clause found; ``reason`` is empty where it is met."""

    clause: str
    reason: str

    @property
    def met(self) -> bool:
        """Whether the lever keeps the clause."""
        return not self.reason

    def __str__(self) -> str:
        return f"met      {self.clause}" if self.met else f"NOT met  {self.clause}: {self.reason}"


class LeverCheck(NamedTuple):
    """A lever and what every clause of the contract found; printed, a line for each."""

    lever: Lever
    findings: tuple[Finding, ...]

    @property
    def met(self) -> bool:
        """Whether every clause is met."""
        return all(finding.met for finding in self.findings)

    def __str__(self) -> str:
        return "\n".join(map(str, self.findings))


def findings(lever: Lever) -> Iterator[Finding]:
    """What each clause finds, one after the other."""
    economies = Economies()
    for clause in CLAUSES:
        sentence = (clause.__doc__ or "").split("\n\n")[0].replace("\n", " ").rstrip(".")
        try:
            reason = clause(lever, economies)
        except AccountingError as error:
            reason = f"the accounts do not close: {error}"
        yield Finding(sentence, reason)


def check_lever(path: str | os.PathLike[str]) -> LeverCheck:
    """Read a lever from a file and hold it to the contract of the levers of the package; some seconds.

    Raises UserError where the file is no lever.
    """
    lever = load_lever(path)
    return LeverCheck(lever, tuple(findings(lever)))
