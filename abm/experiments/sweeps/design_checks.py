"""The keys of a design file and their types, checked by pydantic; faults name the line and what to write instead."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from abm.errors import UserError
from abm.scenarios.faults import in_one_line
from abm.scenarios.places import Place

__all__ = ["MOST_RUNS", "DesignFile", "checked_file"]

MOST_RUNS = 20_000  # an hour or so; more has to be asked for

# What to write for each key, said when something else was found there.
EXPECTED = {
    "question": "a text",
    "scenario": "the name of a shipped scenario or the path of a file",
    "uncertainties": "a mapping, `key: {low: 0.1, high: 0.3}` or `key: [0.1, 0.2, 0.3]`",
    "policies": "a mapping of names to levers, `green: {carbon_price: 300}`, or to the name of a scenario",
    "levers_from": "the path of a lever's Python file, or a list of paths",
    "levers": "a mapping of levers to lists of settings, `carbon_price: [90, 200, 400]`",
    "points": "a list of mappings, `- {labour.separation_rate: 0.03}`",
    "sampling": "grid, latin_hypercube, sobol, morris or list, or `{method: sobol, samples: 64, seed: 1}`",
    "seeds": "a number of seeds or a list of seeds",
    "workers": "a whole number of at least 2000",
    "quarters": "a whole number",
    "detail": "years or quarters",
    "most_runs": "a whole number",
}


class DesignFile(BaseModel):
    """The keys of a design file; all of them are optional."""

    model_config = ConfigDict(extra="forbid", strict=True)

    question: str = ""
    scenario: str = "baseline"
    uncertainties: dict[str, Any] = {}
    policies: dict[str, dict[str, Any] | str | None] = {}
    levers_from: str | list[str] | None = None
    levers: dict[str, list[Any]] = {}
    points: list[dict[str, Any]] = []
    sampling: str | dict[str, Any] | None = None  # list where points are given, else grid
    seeds: int | list[int] = Field(default=4)
    workers: int = Field(default=10_000, ge=2_000, le=2**31 - 1)
    quarters: int | None = Field(default=None, ge=1)
    detail: Literal["years", "quarters"] = "years"
    most_runs: int = Field(default=MOST_RUNS, ge=1)


def checked_file(data: dict[Any, Any], place: Place) -> DesignFile:
    """The file's content if its keys and types are right, else UserError with the place and the remedy."""
    try:
        return DesignFile.model_validate(data)
    except ValidationError as error:
        raise UserError(in_one_line(error, data, place, EXPECTED)) from None
