"""Every shipped scenario still gives what it gave when its summary was recorded beside this file."""

import json
import math
import runpy
from pathlib import Path

import pytest

from abm import OUTCOMES, list_scenarios, load_scenario
from abm.levers import resolve
from abm.levers.instruments import Instruments

pytestmark = pytest.mark.golden

UPDATE = runpy.run_path(str(Path(__file__).with_name("update.py")))
TOLERANCE = 1e-6  # relative: a last bit of the C library may differ between machines and grow a little
RESIDUALS = {"sfc_residual", "gdp_identity_residual"}  # rounding, of which no digit is meant to stay
ADVICE = f"if that is meant, run `{UPDATE['COMMAND']}` and commit what it writes"


@pytest.mark.parametrize("scenario", list_scenarios())
def test_the_scenario_gives_its_recorded_summary(scenario):
    path = UPDATE["file_of"](scenario)
    if not path.is_file():
        pytest.fail(
            f"{scenario} has no recorded summary; run `{UPDATE['COMMAND']} {scenario}` and commit what it writes"
        )
    recorded, found = json.loads(path.read_text(encoding="utf-8")), UPDATE["summarise"](scenario)
    assert found.keys() == recorded.keys()
    for key in ("scenario", "workers", "seed"):
        assert found[key] == recorded[key]
    assert list(found["outcomes"]) == list(recorded["outcomes"]), f"other outcomes; {ADVICE}"
    changed = [
        f"{name} in quarter {quarter}: {value!r}, recorded {recorded['outcomes'][name].get(quarter)!r}"
        for name, values in found["outcomes"].items()
        for quarter, value in values.items()
        if not agree(name, value, recorded["outcomes"][name].get(quarter))
    ]
    assert not changed, f"{len(changed)} numbers of {scenario} changed; {ADVICE}\n" + "\n".join(changed[:20])


def agree(name, value, before):
    if value is None or before is None:
        return value is before
    if name in RESIDUALS:
        return value < 1e-9 and before < 1e-9
    return math.isclose(value, before, rel_tol=TOLERANCE, abs_tol=1e-12)


def test_the_outcomes_are_chosen_once_and_recorded():
    assert len(set(UPDATE["CHOSEN"])) == len(UPDATE["CHOSEN"])
    assert set(UPDATE["CHOSEN"]) <= {outcome.name for outcome in OUTCOMES}


@pytest.mark.parametrize("scenario", [name for name in list_scenarios() if load_scenario(name).levers])
def test_its_levers_are_in_force_from_the_fifth_quarter_on(scenario):
    """From quarter 4 on each is in force, one that begins in a line at its neutral value a year later.

    From quarter 8 on at the latest the summary is not the baseline's.
    """
    advanced = UPDATE["advanced"](load_scenario(scenario))
    for name, setting in advanced.levers.items():
        assert resolve({name: setting}).policy(8 if "linear" in str(setting) else 4) != Instruments(), name
    path, baseline = UPDATE["file_of"](scenario), UPDATE["file_of"]("baseline")
    one, other = (json.loads(file.read_text(encoding="utf-8"))["outcomes"] for file in (path, baseline))
    for quarter in ("8", "16", "24", "32"):
        assert sum(one[name][quarter] != other[name][quarter] for name in one) > len(one) / 2


@pytest.mark.parametrize(
    ("levers", "advanced"),
    [
        ({"carbon_price": 200}, {"carbon_price": {2025: 200}}),
        ({"carbon_price": {2027: 100, 2035: 300}}, {"carbon_price": {2025: 100, 2033: 300}}),
        ({"carbon_price": {2025: 100, 2035: 300}}, {"carbon_price": {2025: 100, 2035: 300}}),
        ({"carbon_price": {2024: 100}}, {"carbon_price": {2024: 100}}),
        (
            {"carbon_price": {"price": {2030: 100}, "dividend": 0.5}, "ai_tax": {2028: 0.1}},
            {"carbon_price": {"price": {2028: 100}, "dividend": {2025: 0.5}}, "ai_tax": {2025: 0.1}},
        ),
    ],
)
def test_levers_are_moved_forward_by_whole_years_to_the_first_quarter_of_2025(levers, advanced):
    scenario = load_scenario("baseline", {f"levers.{name}": setting for name, setting in levers.items()})
    assert UPDATE["advanced"](scenario).levers == advanced


def test_no_summary_is_left_of_a_scenario_that_is_gone():
    left = {path.stem for path in Path(__file__).parent.glob("*.json")} - set(list_scenarios())
    assert not left, f"run `{UPDATE['COMMAND']}`, which removes them"
