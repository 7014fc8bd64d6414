"""The JSON Schema for editors: fresh, true to what is accepted, and met by every shipped file."""

from __future__ import annotations

import json

import jsonschema
import pytest

from abm.levers import load_levers
from abm.parameters import describe_parameters
from abm.reference.schema import KINDS, schema_of, schema_text
from abm.scenarios.checks import EARLIEST_YEAR, LAST_YEAR
from abm.scenarios.scenario import scenario_library
from abm.yaml_reader import read_mapping

pytestmark = pytest.mark.unit

SCENARIOS = sorted(scenario_library().glob("*.yaml"))
SWEEPS = sorted((scenario_library() / "sweeps").glob("*.yaml"))
FILES = [*(("scenario", path) for path in SCENARIOS), *(("sweep", path) for path in SWEEPS)]
VALIDATORS = {kind: jsonschema.Draft202012Validator(schema_of(kind)) for kind in KINDS}


def accepts(kind, data):
    """Whether the schema accepts it; keys are texts in JSON."""
    return VALIDATORS[kind].is_valid(json.loads(json.dumps(data)))


@pytest.mark.parametrize("kind", KINDS)
def test_each_schema_is_a_schema_of_the_draft_it_names(kind):
    jsonschema.Draft202012Validator.check_schema(schema_of(kind))
    assert schema_of(kind)["$schema"] == jsonschema.Draft202012Validator.META_SCHEMA["$id"]


@pytest.mark.parametrize(("kind", "folder"), [("scenario", "."), ("sweep", "sweeps")])
def test_the_committed_schema_is_fresh(kind, folder):
    path = scenario_library() / folder / "schema.json"
    assert path.read_text(encoding="utf-8") == schema_text(kind), f"renew it: xinzhi schema --kind {kind} --out {path}"


@pytest.mark.parametrize(("kind", "path"), FILES, ids=lambda one: getattr(one, "stem", one))
def test_a_shipped_file_meets_the_schema_that_its_first_line_names(kind, path):
    first = path.read_text(encoding="utf-8").splitlines()[0]
    named = first.removeprefix("# yaml-language-server: $schema=")
    assert (path.parent / named).resolve() == path.with_name("schema.json").resolve()
    data = json.loads(json.dumps(read_mapping(path, path.name).data))
    assert [error.message for error in VALIDATORS[kind].iter_errors(data)] == []


def test_the_bounds_are_those_of_the_declarations():
    for one in describe_parameters():
        group, _, name = one.key.partition(".")
        assert accepts("scenario", {"assumptions": {group: {name: one.default}}}), one.key
        if one.lower is not None:
            for value, good in ((one.lower, True), (one.upper, True), (one.lower - 1, False), (one.upper + 1, False)):
                assert accepts("scenario", {"assumptions": {group: {name: value}}}) is good, (one.key, value)
    for name, lever in load_levers().items():
        one = lever.parameters[0]
        for value, good in ((one.lower, True), (one.upper, True), (one.lower - 1, False), (one.upper + 1, False)):
            for setting in (value, {2030: value}, {one.name: value}, {one.name: {2030: value}}):
                assert accepts("scenario", {"levers": {name: setting}}) is good, (name, setting)


def test_the_years_of_a_time_path_are_those_of_the_model():
    for year, good in ((EARLIEST_YEAR, True), (LAST_YEAR, True), (EARLIEST_YEAR - 1, False), (LAST_YEAR + 1, False)):
        assert accepts("scenario", {"levers": {"carbon_price": {year: 200}}}) is good


@pytest.mark.parametrize(
    ("kind", "data", "good"),
    [
        ("scenario", {"levres": {}}, False),
        ("scenario", {"levers": {"carbon": 1}}, False),
        ("scenario", {"levers": {"mine": 1}, "levers_from": "mine.py"}, True),
        ("scenario", {"levers": {"mine": 1}, "extends": "other/mine.yaml"}, True),
        ("scenario", {"levers": {"mine": 1}, "extends": "baseline"}, False),
        ("scenario", {"levers": None, "ai": None}, True),
        ("scenario", {"closures": {"pass_through": "some"}}, False),
        ("scenario", {"mechanisms": {"augmentation": "off", "all": False}}, True),
        ("scenario", {"assumptions": {"labour": {"separation": 1}}}, False),
        ("sweep", {"uncertainties": {"labour.search_share": {"low": 0.7, "high": 0.9}, "ai": ["none"]}}, True),
        ("sweep", {"uncertainties": {"labour.search": [1, 2]}}, False),
        ("sweep", {"uncertainties": {"closures.pass_through": []}}, False),
        ("sweep", {"policies": {"mine": {"mine": 1}, "none": None, "green": "green_ai"}}, False),
        ("sweep", {"policies": {"mine": {"mine": 1}}, "levers_from": ["mine.py"]}, True),
        ("sweep", {"sampling": {"method": "sobol", "samples": 64}, "seeds": [1, 2]}, True),
        ("sweep", {"sampling": "dice"}, False),
        ("fit", {"parameters": {"firms.demand_gain": [0.5, 0.9], "energy.fuel_trend": None}}, True),
        ("fit", {"parameters": ["firms.demand_gain"], "targets": {"okun_slope": 2}}, True),
        ("fit", {"parameters": {"firms.demand_gain": [0.5, 90.0]}}, False),
        ("fit", {"parameters": ["firms.nothing"]}, False),
        ("fit", {"trials": 1}, False),
    ],
)
def test_what_is_accepted_and_what_is_not(kind, data, good):
    assert accepts(kind, data) is good
