"""Every shipped scenario still gives what it gave when its summary was recorded beside this file."""

import json
import math
import runpy
from pathlib import Path

import pytest

from abm import list_scenarios

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


def test_no_summary_is_left_of_a_scenario_that_is_gone():
    left = {path.stem for path in Path(__file__).parent.glob("*.json")} - set(list_scenarios())
    assert not left, f"run `{UPDATE['COMMAND']}`, which removes them"
