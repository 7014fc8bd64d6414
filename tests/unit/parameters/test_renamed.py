"""Keys that have a new name: the old one works for one version and is told of."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import abm
from abm import Model, load_scenario
from abm.errors import RenamedKeyWarning
from abm.parameters import Parameters, describe_parameters, with_overrides
from abm.parameters.renamed import RENAMED

pytestmark = pytest.mark.unit
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(abm.__file__).resolve().parents[1])}
KNOWN = {one.key: one for one in describe_parameters()}


@pytest.mark.parametrize(("old", "new"), RENAMED.items())
def test_an_old_key_sets_the_parameter_that_has_a_new_name(old, new):
    assert old not in KNOWN and new in KNOWN
    value = KNOWN[new].lower
    with pytest.warns(RenamedKeyWarning, match=f"{old} is called {new} since version 0.2"):
        changed = with_overrides(Parameters(), {old: value})
    assert changed == with_overrides(Parameters(), {new: value})


def test_a_scenario_with_an_old_key_is_that_with_the_new_one(tmp_path):
    for name, key in (("old", "mismatch"), ("new", "occupation_switch_quality")):
        (tmp_path / f"{name}.yaml").write_text(f"assumptions:\n  labour:\n    {key}: 0.8\n")
    with pytest.warns(RenamedKeyWarning, match=r"old\.yaml, line 3: labour\.mismatch is called"):
        old = load_scenario(tmp_path / "old.yaml")
    assert old.assumptions == load_scenario(tmp_path / "new.yaml").assumptions
    with pytest.warns(RenamedKeyWarning):
        model = Model(2_000, rng=1, overrides={"assumptions.labour.mismatch": 0.8})
    assert model.economy.parameters.labour.occupation_switch_quality == 0.8


def test_the_command_tells_the_new_name_in_one_line(tmp_path):
    setting = ("--set", "assumptions.labour.mismatch=0.8")
    asked = (sys.executable, "-m", "abm", "check", "baseline", *setting)
    done = subprocess.run(asked, cwd=tmp_path, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    notes = [line for line in done.stderr.splitlines() if line.startswith("xinzhi: note:")]
    assert done.returncode == 0 and len(notes) == 1 and "occupation_switch_quality" in notes[0], done.stderr
