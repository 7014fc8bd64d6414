"""datapackage.json: what the columns of the CSV files in a folder are, by the rules of Frictionless Data.

The profile is the Tabular Data Package of version 1 (specs.frictionlessdata.io); tools that know it can check
and load the tables without asking anybody.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

__all__ = ["FIELDS", "Resource", "describe_package"]

CONTRIBUTORS = "The Xinzhi contributors"

# What the columns hold that several tables share.
FIELDS = {
    "scenario": "name of the scenario",
    "seed": "seed of the run; the same seed gives the same random draws in two scenarios",
    "quarter": "quarters since the opening, which is 0 (the first quarter of 2024 unless a scenario says otherwise)",
    "period": "the quarter as a date: 2030Q1",
    "group": "sector code, occupation, tenth of incomes, class of firm sizes or region",
    "variable": "name of the outcome; defined in docs/reference/outcomes.md and in `xinzhi describe --outcomes`",
    "value": "value of the outcome",
    "unit": "unit of the value",
    "model": "name and version of the model",
    "region": "region of the world",
}


class Resource(NamedTuple):
    """One CSV file: its name, the table in it, and what it is; ``key`` are the columns that tell its rows apart."""

    file: str
    table: pd.DataFrame
    description: str
    key: Sequence[str] = ()


def describe_package(
    name: str, title: str, description: str, resources: Sequence[Resource], fields: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The content of datapackage.json for the files; ``fields`` describes columns beside those in FIELDS.

    Types follow the columns of the tables. A column of numbers named by a year holds the values of that year.
    """
    import abm

    known = {**FIELDS, **(fields or {})}
    return {
        "profile": "tabular-data-package",
        "name": _slug(name),
        "title": title,
        "description": description,
        "contributors": [{"title": CONTRIBUTORS, "role": "author"}],
        "sources": [{"title": f"Xinzhi {abm.__version__}, an agent-based model; simulated, not observed"}],
        "resources": [_resource(resource, known) for resource in resources],
    }


def _resource(resource: Resource, known: Mapping[str, str]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column, resource.table[column], known) for column in resource.table.columns],
        "missingValues": [""],
    }
    if resource.key:
        schema["primaryKey"] = list(resource.key)
    return {
        "profile": "tabular-data-resource",
        "name": _slug(resource.file.removesuffix(".csv")),
        "path": resource.file,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "description": resource.description,
        "schema": schema,
    }


def _field(column: str, values: pd.Series, known: Mapping[str, str]) -> dict[str, Any]:
    described = known.get(column) or (f"value in {column}" if re.fullmatch(r"\d{4}", column) else column)
    field: dict[str, Any] = {"name": column, "type": _type(values), "description": described}
    if len(values) and not _has_gaps(values):
        field["constraints"] = {"required": True}
    return field


def _type(values: pd.Series) -> str:
    if pd.api.types.is_bool_dtype(values):
        return "boolean"
    if pd.api.types.is_integer_dtype(values):
        return "integer"
    return "number" if pd.api.types.is_numeric_dtype(values) else "string"


def _has_gaps(values: pd.Series) -> bool:
    """Whether a cell is empty in the file: not defined, or an empty text."""
    return bool(values.isna().any()) or (_type(values) == "string" and "" in set(values.unique()))


def _slug(text: str) -> str:
    """Small letters, digits, dots, hyphens and underscores, as names of packages must be."""
    return re.sub(r"[^a-z0-9._-]+", "-", text.lower()).strip("-") or "results"
