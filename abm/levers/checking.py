"""What a lever's file must declare, and whether what it declares holds together; nothing is run but its own function.

The same checks serve a file from outside the package when it is read, and the contract of every lever in the tests.
"""

from __future__ import annotations

import ast
import inspect
import math
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from abm.accounting import FLOWS
from abm.errors import UserError, nearest, shown
from abm.levers.declaration import Lever, LeverFile, LeverParameter, Spending, Strategy
from abm.levers.instruments import INSTRUMENTS, Instruments
from abm.levers.time_paths import RESERVED

__all__ = ["Fault", "checked_lever", "documentation_faults", "flow_faults", "instrument_faults", "lever_of"]

LONGEST_TITLE = 26  # so that it fits beside a figure
WHERE_TO_READ = 'see "A lever" in CONTRIBUTING.md'

# What a file must hold: the type of each constant, and what to write where it is missing or something else.
REQUIRED: dict[str, tuple[type, str]] = {
    "TITLE": (str, 'its name for a planner, `TITLE = "..."`'),
    "STRATEGY": (Strategy, "the strategy it belongs to, `STRATEGY = Strategy.DATA`"),
    "SUMMARY": (str, "one sentence for the planner"),
    "PARAMETERS": (tuple, "a tuple of LeverParameter"),
    "DOCUMENTED_STRENGTH": (Mapping, "what a government might do, `{parameter: value}`"),
    "SPENDS": (Spending, 'SPENDING, or not_spending("why not")'),
}
OPTIONAL: dict[str, tuple[type, str]] = {
    "COSTS": (tuple, 'flows of the ledger that it pays, `("adoption_subsidies",)`'),
    "REVENUE": (tuple, 'flows of the ledger that it raises, `("ai_tax",)`'),
    "UNCERTAIN": (Mapping, "on what its effect depends and nothing fixes, `{parameter: (low, high)}`"),
    "BESIDE": (Mapping, "levers that must be in force for it to act, `{lever: setting}`"),
}
FUNCTION = "set_instruments"
ENDS = 2
NAMES = frozenset(one.name for one in INSTRUMENTS)


class _Strict(Instruments):
    """Instruments of which none can be set that is not declared."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name not in NAMES:
            raise AttributeError(name=name, obj=self)
        super().__setattr__(name, value)


class Fault(NamedTuple):
    """What is wrong with a constant or function of a lever's file; ``line`` where it is known better."""

    where: str
    text: str
    line: int | None = None


def lever_of(namespace: Mapping[str, Any], name: str, label: str, content: bytes | None = None) -> Lever:
    """The lever that a file defines, if each constant is there and of its type, else UserError in one line."""
    for constant, (kind, words) in {**REQUIRED, **OPTIONAL}.items():
        if constant not in namespace:
            if constant in REQUIRED:
                raise UserError(f"{label}: {constant} is missing; add {words} ({WHERE_TO_READ})")
        elif not isinstance(namespace[constant], kind):
            raise UserError(f"{_place(label, constant, content)}: {constant} should be {words}")
    parameters = namespace["PARAMETERS"]
    if not parameters or not all(isinstance(one, LeverParameter) for one in parameters):
        raise UserError(f"{_place(label, 'PARAMETERS', content)}: PARAMETERS should be {REQUIRED['PARAMETERS'][1]}")
    if not callable(namespace.get(FUNCTION)):
        raise UserError(f"{label}: the function {FUNCTION}(instruments, ...) is missing; add it ({WHERE_TO_READ})")
    return Lever(
        name=name,
        title=namespace["TITLE"],
        strategy=namespace["STRATEGY"],
        summary=namespace["SUMMARY"],
        documentation=(namespace.get("__doc__") or "").strip().split("\n\n")[0].replace("\n", " "),
        parameters=parameters,
        documented_strength=namespace["DOCUMENTED_STRENGTH"],
        spending=namespace["SPENDS"],
        set_instruments=namespace[FUNCTION],
        costs=namespace.get("COSTS", ()),
        revenue=namespace.get("REVENUE", ()),
        uncertain=namespace.get("UNCERTAIN", {}),
        beside=namespace.get("BESIDE", {}),
    )


def checked_lever(lever: Lever, file: LeverFile, label: str, content: bytes) -> Lever:
    """The lever with its file if nothing is wrong with it, else UserError that names the line and the remedy."""
    for faults in (documentation_faults, flow_faults, instrument_faults):
        for fault in faults(lever):
            raise UserError(f"{_place(label, fault.where, content, fault.line)}: {fault.text}")
    return replace(lever, file=file)


def documentation_faults(lever: Lever) -> Iterator[Fault]:
    """What is missing or unclear in the words and numbers of a lever."""
    if not lever.documentation:
        yield Fault("", "the file should begin with a sentence in triple quotes that says what the lever is")
    if not (lever.set_instruments.__doc__ or "").strip():
        yield Fault(FUNCTION, f"{FUNCTION} should have a sentence in triple quotes that says what it sets")
    if not _is_text(lever.title) or len(lever.title) > LONGEST_TITLE:
        yield Fault("TITLE", f"TITLE should be one line of at most {LONGEST_TITLE} characters")
    if not _is_sentence(lever.summary):
        yield Fault("SUMMARY", "SUMMARY should be one sentence that ends with a full stop")
    if lever.parameters[0].detail:
        yield Fault("PARAMETERS", "the first parameter is what a bare number means, so detail should be False")
    yield from _name_faults([parameter.name for parameter in lever.parameters])
    for parameter in lever.parameters:
        for text in _parameter_faults(parameter):
            yield Fault("PARAMETERS", f"parameter '{parameter.name}': {text}")
    yield from _strength_faults(lever)
    yield from _uncertainty_faults(lever)
    if lever.spending.spends == bool(lever.spending.reason):
        yield Fault("SPENDS", 'SPENDS should be SPENDING, or not_spending("the reason")')


def _name_faults(names: list[str]) -> Iterator[Fault]:
    if len(set(names)) < len(names):
        yield Fault("PARAMETERS", "two parameters have the same name; rename one")
    for word in set(RESERVED) & set(names):
        yield Fault("PARAMETERS", f"'{word}' is a word of time paths; give the parameter another name")


def _parameter_faults(parameter: LeverParameter) -> Iterator[str]:
    if not str(parameter.name).isidentifier():
        yield "the name should be one word of letters, digits and underscores"
    for field in ("unit", "source"):
        if not _is_text(getattr(parameter, field)):
            yield f"{field} should be a text of one line"
    if not _is_sentence(parameter.meaning):
        yield "meaning should be one sentence for the planner, from a capital letter to a full stop"
    yield from _range_faults(parameter)
    if parameter.rests_at and parameter.rests_at not in NAMES:
        yield f"rests_at should be the name of an instrument, not {shown(parameter.rests_at)}"
    if not _is_text(parameter.display.text):
        yield "display should say the unit in words"


def _range_faults(parameter: LeverParameter) -> Iterator[str]:
    lower, upper, neutral = parameter.lower, parameter.upper, parameter.neutral
    numbers = (lower, upper, neutral, *parameter.usual, parameter.step, parameter.display.factor)
    if not all(isinstance(number, (int, float)) and math.isfinite(number) for number in numbers):
        yield "neutral, lower, upper, usual, step and the factor of display should be finite numbers"
    elif not (lower <= neutral <= upper and lower < upper):
        yield "neutral should lie between lower and upper"
    elif not lower <= parameter.usual[0] < parameter.usual[1] <= upper:
        yield "usual should be a range between lower and upper, (from, to)"
    elif not 0 < parameter.step <= upper - lower:
        yield "step should be above zero and no more than from lower to upper"


def _strength_faults(lever: Lever) -> Iterator[Fault]:
    where, strength = "DOCUMENTED_STRENGTH", lever.documented_strength
    if not strength:
        if not lever.beside:
            yield Fault(where, f"{where} is empty; give what a government might do, or in BESIDE what the lever needs")
        return
    for name, value in strength.items():
        parameter = lever.parameter(name)
        if parameter is None:
            yield Fault(where, f"{where} names '{name}', which is no parameter of this lever")
        elif isinstance(value, bool) or not isinstance(value, (int, float)):
            yield Fault(where, f"{where}: {name} should be a number, not {shown(value)}")
        elif not parameter.lower <= value <= parameter.upper or value == parameter.neutral:
            yield Fault(where, f"{where}: {name} should lie within its bounds and differ from the neutral value")
    if lever.parameters[0].name not in strength:
        yield Fault(where, f"{where} should name the first parameter, '{lever.parameters[0].name}'")


def _uncertainty_faults(lever: Lever) -> Iterator[Fault]:
    where = "UNCERTAIN"
    for name, ends in lever.uncertain.items():
        parameter = lever.parameter(name)
        numbers = isinstance(ends, tuple) and all(isinstance(one, (int, float)) for one in ends)
        if parameter is None and "." not in name:
            yield Fault(where, f"{where} names '{name}', which is neither a parameter nor GROUP.NAME of an assumption")
        elif not numbers or len(ends) != ENDS or not ends[0] < ends[1]:
            yield Fault(where, f"{where}: {name} should be (low, high), not {shown(ends)}")
        elif parameter and not parameter.lower <= ends[0] < ends[1] <= parameter.upper:
            yield Fault(where, f"{where}: {name} should lie within its bounds")


def flow_faults(lever: Lever) -> Iterator[Fault]:
    """Flows that the ledger does not know, or that run the other way."""
    known = {flow.name: flow for flow in FLOWS}
    for constant, names, side in (("COSTS", lever.costs, "payer"), ("REVENUE", lever.revenue, "payee")):
        for name in names:
            if name not in known:
                text = f"{constant} names the flow '{name}', which the ledger does not know{_nearest(name, known)}"
                yield Fault(constant, f"{text}; see `xinzhi describe --flows`")
            elif getattr(known[name], side) != "government":
                yield Fault(constant, f"{constant} names the flow '{name}', of which the government is not the {side}")


def instrument_faults(lever: Lever) -> Iterator[Fault]:
    """What is wrong with the instruments that a lever sets, tried at its neutral values and at full strength."""
    neutral = {parameter.name: parameter.neutral for parameter in lever.parameters}
    full = {parameter.name: parameter.farthest for parameter in lever.parameters}
    try:
        inspect.signature(lever.set_instruments).bind(_Strict(), **neutral)
    except TypeError as error:
        yield Fault(FUNCTION, f"{FUNCTION} should take the instruments and every parameter by name ({error})")
        return
    results = []
    for values in (neutral, full):
        instruments = _Strict()
        try:
            lever.set_instruments(instruments, **values)
        except Exception as error:
            yield _raised(lever, error)
            return
        results.append(instruments)
    if results[0] != _Strict():
        yield Fault(FUNCTION, f"{FUNCTION} sets something at the neutral values, where it should leave the baseline")
    if results[1] == _Strict():
        yield Fault(FUNCTION, f"{FUNCTION} sets nothing at full strength")
    for one in INSTRUMENTS:
        if not _is_like(getattr(results[1], one.name), one.neutral):
            wanted = "{code: a finite number}" if isinstance(one.neutral, Mapping) else "a finite number"
            yield Fault(FUNCTION, f"{FUNCTION} sets the instrument '{one.name}', which should be {wanted}")


def _raised(lever: Lever, error: Exception) -> Fault:
    """The fault behind an exception in ``set_instruments``: an instrument that does not exist, or anything else."""
    file = inspect.getfile(lever.set_instruments)
    frames = traceback.extract_tb(error.__traceback__)
    line = next((frame.lineno for frame in reversed(frames) if frame.filename == file), None)
    if isinstance(error, AttributeError) and isinstance(error.obj, _Strict):
        text = f"{FUNCTION} sets the instrument '{error.name}', which does not exist{_nearest(str(error.name), NAMES)}"
        return Fault(FUNCTION, f"{text}; see `xinzhi describe`", line)
    return Fault(FUNCTION, f"{FUNCTION} fails ({type(error).__name__}: {' '.join(str(error).split())})", line)


def _is_like(value: Any, neutral: float | Mapping[str, float]) -> bool:
    if isinstance(neutral, Mapping):
        named = isinstance(value, Mapping) and all(isinstance(code, str) for code in value)
        return named and all(_is_like(one, 0.0) for one in value.values())
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value) and value == value.strip() and "\n" not in value


def _is_sentence(value: Any) -> bool:
    return _is_text(value) and value.endswith(".") and not value[0].islower()


def _nearest(word: str, known: Any) -> str:
    return nearest(word, known)


def _place(label: str, where: str, content: bytes | None, line: int | None = None) -> str:
    """The file and the line in which a constant is set or a function begins."""
    if line is None and content is not None:
        for statement in ast.parse(content).body:
            names = [getattr(target, "id", "") for target in getattr(statement, "targets", [])]
            names += [getattr(getattr(statement, "target", None), "id", ""), getattr(statement, "name", "")]
            if where and where in names:
                line = statement.lineno
    return label if line is None else f"{label}, line {line}"
