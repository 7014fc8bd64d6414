"""The keys of a file that says what to fit, and their types, checked by pydantic; faults name line and remedy."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from abm.errors import UserError
from abm.scenarios.checks import LONGEST_RUN
from abm.scenarios.faults import in_one_line
from abm.scenarios.places import Place

__all__ = ["BOUNDS", "EXPECTED", "FitFile", "checked_file"]

# The effort of a fit, from the least that makes sense to the most.
BOUNDS = {"trials": (2, 100_000), "seeds": (1, 10_000), "workers": (2_000, 2**31 - 1)}

# What to write for each key, said when something else was found there.
EXPECTED = {
    "scenario": "the name of a shipped scenario or the path of a file",
    "parameters": "`key: [low, high]` lines, or a list of keys",
    "targets": "`target: weight` lines, or a list of targets",
    "workers": "a whole number of at least 2000",
    "seeds": "a whole number from 1 to 10000",
    "first_seed": "a whole number from 0",
    "quarters": f"a whole number from 1 to {LONGEST_RUN}",
    "trials": "a whole number from 2 to 100000",
}

Several = Annotated[dict[str, Any], Field(min_length=1)] | Annotated[list[str], Field(min_length=1)]


class FitFile(BaseModel):
    """The keys of the file; all of them are optional."""

    model_config = ConfigDict(extra="forbid", strict=True)

    scenario: str = "baseline"
    parameters: Several | None = None
    targets: Several | None = None
    workers: int = Field(10_000, ge=BOUNDS["workers"][0], le=BOUNDS["workers"][1])
    seeds: int = Field(4, ge=BOUNDS["seeds"][0], le=BOUNDS["seeds"][1])
    first_seed: int = Field(1, ge=0)
    quarters: int | None = Field(None, ge=1, le=LONGEST_RUN)
    trials: int = Field(150, ge=BOUNDS["trials"][0], le=BOUNDS["trials"][1])


def checked_file(data: dict[Any, Any], place: Place) -> FitFile:
    """The file's content if its keys and types are right, else UserError with the place and the remedy."""
    try:
        return FitFile.model_validate(data)
    except ValidationError as error:
        raise UserError(in_one_line(error, data, place, EXPECTED)) from None
