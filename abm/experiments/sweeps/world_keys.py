"""The keys of a world: what an uncertainty or a point may set, so that every one of them can matter."""

from __future__ import annotations

from functools import cache
from typing import Any

from abm.errors import UserError, nearest, placed
from abm.levers import load_levers
from abm.parameters import describe_parameters, parameter_named
from abm.parameters.renamed import RENAMED
from abm.scenarios.opening_year import OPENING_YEAR_KEY
from abm.scenarios.switches import switch_keys

__all__ = ["lever_of", "scenario_key", "world_key"]

SECTIONS = ("levers", "closures", "mechanisms", "applications", "assumptions")
# Keys of a scenario that are none of a world, and what to do instead.
REFUSED = {
    **dict.fromkeys(("until", "quarters"), "every run of a sweep is equally long; write it beside the uncertainties"),
    "levers_from": "the files of levers are the same in every run; write `levers_from` beside the uncertainties",
    "posterior": "every run of a sweep draws from the same one; give it with --posterior",
    "against": "a sweep compares nothing; remove it",
    "extends": "a world is laid over one scenario; write `scenario` beside the uncertainties",
    **dict.fromkeys(("question", "expected_channels", "leaves_out"), "no result depends on a text; remove it"),
    "measured_by": "it says what is shown, not what is run; remove it",
    **{name: f"name what is to vary, such as {name}.NAME" for name in SECTIONS},
}
OPENING = "the years of a sweep are counted from one opening; write a design for each, with a scenario that sets it"


def world_key(key: Any, here: str) -> str:
    """The dotted key of a scenario for that of an uncertainty or a point. Raises UserError for one that is none."""
    text = str(key)
    with placed(here):
        if text in REFUSED:
            raise UserError(f"{text} is no key of a world: {REFUSED[text]}")
        if not _is_known(text):
            words = (*_parameter_keys(), "ai", *switch_keys(), *(f"levers.{name}" for name in load_levers()))
            raise UserError(f"unknown parameter '{text}'{nearest(text, words)}")
        dotted = scenario_key(text)
        if dotted == f"assumptions.{OPENING_YEAR_KEY}":
            raise UserError(f"{text} is no key of a world: {OPENING}")
    return dotted


def scenario_key(key: str) -> str:
    """The dotted key of a scenario for a key of a world, which has parameters with or without ``assumptions``."""
    head, _, rest = key.partition(".")
    if key == "ai" or head in SECTIONS[:-1]:
        return key
    return f"assumptions.{parameter_named(rest if head == 'assumptions' else key).key}"


def lever_of(key: str) -> str | None:
    """The lever that a key of a world pulls, None for another key."""
    head, _, rest = key.partition(".")
    return rest.partition(".")[0] if head == "levers" else None


def _is_known(text: str) -> bool:
    """Whether a scenario has the key; the names of levers, closures and mechanisms are checked with their values."""
    head, _, rest = text.partition(".")
    if head == "assumptions":
        text = rest
    return text == "ai" or head in SECTIONS[:-1] or text in _parameter_keys() or text in RENAMED


@cache
def _parameter_keys() -> frozenset[str]:
    return frozenset(one.key for one in describe_parameters())
