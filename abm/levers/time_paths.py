"""What a scenario says of a lever, read and checked: numbers and time paths by parameter, in one normal form.

A lever is set by one of

    carbon_price: 200                                               a number, from FIRST_QUARTER on
    carbon_price: {2027: 100, 2035: 400}                            a time path in steps
    carbon_price: {path: {2027: 100, 2035: 400}, shape: linear}     one that moves evenly from year to year
    carbon_price: {price: ..., dividend: 1}                         its parameters by name, each as above
    carbon_price: {replace: ...}                                    any of these instead of what the scenario below has

A setting that is laid over another adds its years to the path below and its parameters to the others; a number takes
the place of a path, ``replace`` of everything.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeAlias

from abm.errors import UserError, brief, located, nearest, placed, refusal, shown, template
from abm.levers.declaration import Lever, LeverParameter
from abm.values import Choice, plain_number

__all__ = ["FIRST_QUARTER", "RESERVED", "SHAPES", "Setting", "TimePath", "laid_over", "read_setting"]

FIRST_QUARTER = 12  # 2027Q1 where quarter 0 is 2024Q1; from which a bare number holds
SHAPES = ("step", "linear")
PATH, SHAPE, REPLACE = RESERVED = ("path", "shape", "replace")  # words that cannot be names of parameters
EXAMPLE = "{2027: 100, 2035: 200}"
LINEAR = "{path: {2027: 100, 2035: 200}, shape: linear}"
SHAPE_KIND = Choice(SHAPES, template("{key} should be step or linear, not {value}"))

At: TypeAlias = Callable[..., str]  # the place of the keys below a lever, for messages; empty where there is none
Span: TypeAlias = tuple[int, int] | None  # the first and the last year that a path may have


class TimePath(NamedTuple):
    """What one parameter is set to: a ``number`` from FIRST_QUARTER on, or values by year.

    As it is read, ``shape`` is None where it was not given, and ``replaces`` says that nothing below is kept.
    """

    number: float | None = None
    years: Mapping[int, float] = {}
    shape: str | None = None
    replaces: bool = False

    def in_year(self, year: int) -> float | None:
        """The value that the path has in a year; None before the first."""
        known = sorted(self.years)
        position = bisect_right(known, year)
        if not position:
            return None
        before = known[position - 1]
        if self.shape != "linear" or position == len(known) or before == year:
            return self.years[before]
        after, low = known[position], self.years[before]
        return low + (self.years[after] - low) * ((year - before) / (after - before))

    def changes(self, opening_year: int) -> list[tuple[int, float]]:
        """(first quarter, value) of every change; a year's value holds for its four quarters."""
        if self.number is not None:
            return [(FIRST_QUARTER, self.number)]
        years = range(min(self.years), max(self.years) + 1) if self.shape == "linear" else self.years
        return [((year - opening_year) * 4, value) for year in years if (value := self.in_year(year)) is not None]

    def written(self) -> Any:
        """The path in its normal form, as a scenario holds it."""
        if self.number is not None:
            return self.number
        years = dict(sorted(self.years.items()))
        return {PATH: years, SHAPE: self.shape} if self.shape == "linear" else years


class Setting(NamedTuple):
    """What is set of a lever: a path for each parameter; ``replaces`` says that nothing below it is kept."""

    paths: dict[str, TimePath]
    replaces: bool = False


def nowhere(*_: Any) -> str:
    """The place of what stands in no file."""
    return ""


def read_setting(lever: Lever, value: Any, at: At = nowhere, span: Span = None) -> Setting:
    """The setting behind what is written for a lever. Raises UserError with the place and the remedy.

    ``at`` gives the place of the keys below the lever, ``span`` the years that a path may have.
    """
    label, first = f"levers.{lever.name}", lever.parameters[0]
    if not isinstance(value, Mapping):
        return Setting({first.name: _read_path(first, value, label, at, span)})
    names = ", ".join(one.name for one in lever.parameters)
    if not value:
        raise _fault(at(), refusal("{label} is empty; give a number or {names}", label=label, names=names))
    if REPLACE in value:
        inner = _alone(value, label, at)
        return Setting(read_setting(lever, inner, lambda *keys: at(REPLACE, *keys), span).paths, replaces=True)
    timed = [key for key in value if _is_of_a_path(key)]
    if len(timed) == len(value):
        return Setting({first.name: _read_path(first, value, label, at, span)})
    if timed:
        raise _mixed(lever, value, timed, at)
    paths = {}
    for key, item in value.items():
        parameter = lever.parameter(key)
        if parameter is None:
            known = [one.name for one in lever.parameters]
            unknown = refusal(
                "{label} has no parameter '{key}'{nearest}", label=label, key=key, nearest=nearest(key, known)
            )
            raise _fault(at(key), _no_year(label, key) or unknown)
        place_of_key = _below(at, key)
        paths[key] = _read_path(parameter, item, f"{label}.{key}", place_of_key, span)
    return Setting(paths)


def laid_over(lever: Lever, below: Any, above: Setting, first_year: int) -> Any:
    """The normal form of what a lever is set to when ``above`` is laid over the normal form ``below``, None if nothing.

    ``first_year`` is the one from which a number below holds. Raises UserError for a shape that has no path.
    """
    paths = {} if above.replaces or below is None else dict(read_setting(lever, below).paths)
    for name, path in above.paths.items():
        paths[name] = _joined(f"levers.{lever.name}", paths.get(name), path, first_year)
    written = {name: path.written() for name, path in paths.items()}
    first = lever.parameters[0].name
    return written[first] if set(written) == {first} else written


def _joined(label: str, below: TimePath | None, above: TimePath, first_year: int) -> TimePath:
    if above.number is not None:
        return TimePath(above.number)
    old = TimePath() if below is None or above.replaces else below
    start = {first_year: old.number} if old.number is not None and above.years else {}
    years = {**start, **old.years, **above.years}
    if not years:
        raise UserError(refusal("{label} has a shape but no time path; write {linear}", label=label, linear=LINEAR))
    return TimePath(years=years, shape=above.shape or old.shape)


def _read_path(parameter: LeverParameter, value: Any, label: str, at: At, span: Span) -> TimePath:
    if not isinstance(value, Mapping):
        with placed(at()):
            return TimePath(parameter.kind.checked(plain_number(value), label))
    if REPLACE in value:
        inner = _alone(value, label, at)
        return _read_path(parameter, inner, label, _below(at, REPLACE), span)._replace(replaces=True)
    if not value:
        raise _fault(
            at(), refusal("{label} is empty; give a number or a time path, {example}", label=label, example=EXAMPLE)
        )
    if PATH not in value and SHAPE not in value:
        return TimePath(years=_read_years(parameter, value, label, at, span))
    for key in value:
        if key not in (PATH, SHAPE):
            text = refusal(
                "{label} has '{key}' beside its path; write the years inside, {linear}",
                label=label,
                key=key,
                linear=LINEAR,
            )
            raise _fault(at(key), text)
    shape = None
    if SHAPE in value:
        with placed(at(SHAPE)):
            shape = SHAPE_KIND.checked(value[SHAPE], f"{label}.{SHAPE}")
    if PATH not in value:
        return TimePath(shape=shape)
    if not isinstance(value[PATH], Mapping) or not value[PATH]:
        raise _fault(
            at(PATH),
            refusal(
                "{label}.{path} should be values by year, {example}, not {value}",
                label=label,
                path=PATH,
                example=EXAMPLE,
                value=shown(value[PATH]),
            ),
        )
    return TimePath(years=_read_years(parameter, value[PATH], label, _below(at, PATH), span), shape=shape)


def _read_years(
    parameter: LeverParameter, value: Mapping[Any, Any], label: str, at: At, span: Span
) -> dict[int, float]:
    years: dict[int, float] = {}
    for key, item in value.items():
        year = _year(key)
        if year is None:
            text = _no_year(label, key) or refusal(
                "{label} mixes years with '{key}'; a time path has years only, {example}",
                label=label, key=key, example=EXAMPLE,
            )  # fmt: skip
            raise _fault(at(key), text)
        if span is not None and not span[0] <= year <= span[1]:
            raise _fault(
                at(key),
                refusal(
                    "{label} has the year {year}; years run from {span} to {span_2}",
                    label=label,
                    year=year,
                    span=span[0],
                    span_2=span[1],
                ),
            )
        if year in years:
            raise _fault(
                at(key),
                refusal(
                    "{label} has the year {year} twice, once as a number and once as a text; remove one",
                    label=label,
                    year=year,
                ),
            )
        with placed(at(key)):
            years[year] = parameter.kind.checked(plain_number(item), f"{label}.{year}")
    return dict(sorted(years.items()))


def _year(key: Any) -> int | None:
    """The year that a key is, a whole number or the text of one; None for anything else."""
    key = plain_number(key)
    if isinstance(key, int) and not isinstance(key, bool):
        return key
    return int(key) if isinstance(key, str) and re.fullmatch(r"[0-9]{1,6}", key) else None


def _is_of_a_path(key: Any) -> bool:
    return _year(key) is not None or key in (PATH, SHAPE)


def _no_year(label: str, key: Any) -> str:
    """What to say of a key that is meant as a year and is none, such as 2027Q1 or 2027.0; empty for other keys."""
    if isinstance(key, (bool, float)) or (isinstance(key, str) and re.match(r"\s*[0-9]", key)):
        return refusal(
            "{label} has '{key}', which is no year; write whole years, {example}", label=label, key=key, example=EXAMPLE
        )
    return ""


def _mixed(lever: Lever, value: Mapping[Any, Any], timed: list[Any], at: At) -> UserError:
    """The fault of a mapping with years and names, which says how the two are written together."""
    label, first = f"levers.{lever.name}", lever.parameters[0].name
    names = [one.name for one in lever.parameters]
    others = {key: item for key, item in value.items() if key not in timed}
    odd = next((key for key in others if key not in names), next(iter(others)))
    start = refusal("{label} mixes years with '{key}'", label=label, key=odd)
    if odd in names:
        path = {key: value[key] for key in timed}
        if timed == [SHAPE] and isinstance(others.get(first), Mapping):  # the shape belongs to the years beside it
            path = {PATH: others[first], **path}
        right = {first: path, **{key: item for key, item in others.items() if key != first}}
        return _fault(
            at(odd), refusal("{start}; write `{name}: {inline}`", start=start, name=lever.name, inline=_inline(right))
        )
    hint = refusal("{start}; a time path has years only, {example}{nearest}",
                   start=start, example=EXAMPLE, nearest=nearest(odd, names))  # fmt: skip
    return _fault(at(odd), _no_year(label, odd) or hint)


def _inline(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_inline(item)}" for key, item in value.items()) + "}"
    return brief(value)


def _alone(value: Mapping[Any, Any], label: str, at: At) -> Any:
    """What ``replace`` holds; it leaves nothing for keys beside it to change."""
    for key in value:
        if key != REPLACE:
            raise _fault(
                at(key),
                refusal(
                    "{label} has '{key}' beside replace; write it inside, {{replace: {{...}}}}", label=label, key=key
                ),
            )
    return value[REPLACE]


def _below(at: At, key: Any) -> At:
    return lambda *keys: at(key, *keys)


def _fault(here: str, text: str) -> UserError:
    return UserError(located(here, text) if here else text)
