"""The same answers on every version of Mesa at hand.

``check_agents.py`` and ``check_model.py`` beside this file print what must not depend on Mesa's version. They run with
this interpreter and with every other one that holds other versions: those named in XINZHI_MESA_PYTHONS (paths joined
like PATH), those of virtual environments beside ``pyproject.toml`` and those on the PATH. ``make mesa-versions`` makes
two environments that differ in Mesa alone.

Where Python, numpy and numba are the same, models must agree to the last bit. Where they are not, a last bit of a
logarithm may differ and, in time, turn a hire: then the opening agrees to 1e-6, and of the quarters after it only
the largest sums, within 2 %.
"""

import json
import os
import shutil
import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

pytestmark = pytest.mark.unit

ROOT = Path(__file__).resolve().parents[2]
AGENTS, MODEL = (Path(__file__).with_name(f"check_{what}.py") for what in ("agents", "model"))
LARGEST_SUMS = ("nominal_gdp", "real_gdp", "employment")
ADVICE = "make mesa-versions makes two where there is a Python >= 3.12, or name some in XINZHI_MESA_PYTHONS"
PROBE = """
import json, platform, sys
from importlib.metadata import PackageNotFoundError, version
import mesa
assert sys.version_info >= (3, 11)
try:
    numba = [version(name) for name in ("numba", "pandas", "ruamel.yaml")][0]
except PackageNotFoundError:
    numba = ""
print(json.dumps([sys.executable, mesa.__version__, platform.python_version(), version("numpy"), numba]))
"""


class Interpreter(NamedTuple):
    """A Python and the versions it holds; ``numba`` is empty where something is missing that models need."""

    path: str
    mesa: str
    python: str
    numpy: str
    numba: str

    @property
    def stack(self):
        """What the last bits depend on."""
        return self.python, self.numpy, self.numba

    def __str__(self):
        return f"{self.path}: Mesa {self.mesa}, Python {self.python}, numpy {self.numpy}, numba {self.numba or 'none'}"


def run(python, *arguments):
    """Result of a Python process that sees this checkout and treats warnings as errors."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    command = [python, "-W", "error", *map(str, arguments)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=600, check=False)


@lru_cache(maxsize=1)
def interpreters():
    """This interpreter and others, one for each combination of versions."""
    named = os.environ.get("XINZHI_MESA_PYTHONS", "").split(os.pathsep)
    beside = [str(path) for path in sorted(ROOT.glob(".venv*/bin/python"))]
    on_path = [shutil.which(f"python3.{minor}") for minor in range(11, 15)]
    found = {}
    for python in filter(None, [sys.executable, *named, *beside, *on_path]):
        probe = run(python, "-c", PROBE)
        if probe.returncode == 0:
            interpreter = Interpreter(*json.loads(probe.stdout))
            found.setdefault(interpreter[1:], interpreter)
        elif python in named:
            pytest.fail(f"XINZHI_MESA_PYTHONS names {python}, which cannot import mesa: {probe.stderr[-500:]}")
    return list(found.values())


@lru_cache
def answers(interpreter, script):
    """What a check prints."""
    result = run(interpreter.path, script)
    assert result.returncode == 0, f"{interpreter}\n{result.stderr}"
    return json.loads(result.stdout)


def able_to_run_models():
    """Interpreters with all that abm depends on."""
    return [interpreter for interpreter in interpreters() if interpreter.numba]


def test_agents_say_the_same_on_every_version_of_mesa():
    this, *others = interpreters()
    expected = answers(this, AGENTS)
    others = [other for other in others if other.mesa != this.mesa]
    if not others:
        pytest.skip(f"no interpreter with another Mesa than {this.mesa}: {ADVICE}")
    for other in others:
        assert answers(other, AGENTS) == expected, f"{other} differs from {this}"


def test_models_run_here():
    """Pickling, batches, collecting, freeing and threads are asserted by the check itself."""
    assert answers(interpreters()[0], MODEL)["facts"]["freed"]


def test_models_are_the_same_to_the_last_bit_on_every_version_of_mesa():
    able = able_to_run_models()
    pairs = [
        (one, other)
        for place, one in enumerate(able)
        for other in able[place + 1 :]
        if one.stack == other.stack and one.mesa != other.mesa
    ]
    if not pairs:
        pytest.skip(f"no two interpreters that differ in Mesa alone: {ADVICE}")
    for one, other in pairs:
        for part in ("facts", "bits"):
            assert answers(other, MODEL)[part] == answers(one, MODEL)[part], f"{other} differs from {one}"


def test_models_are_nearly_the_same_on_every_python_and_numpy():
    this, *others = able_to_run_models()
    expected = answers(this, MODEL)
    others = [other for other in others if other.stack != this.stack]
    if not others:
        pytest.skip(f"no interpreter with other versions of Python, numpy or numba: {ADVICE}")
    columns = [expected["facts"]["outcomes"].index(name) for name in LARGEST_SUMS]
    for other in others:
        found = answers(other, MODEL)
        assert found["facts"] == expected["facts"], f"{other} differs from {this}"
        values, wanted = np.array(found["values"]), np.array(expected["values"])
        np.testing.assert_allclose(values[0], wanted[0], rtol=1e-6, err_msg=str(other))
        np.testing.assert_allclose(values[1:, columns], wanted[1:, columns], rtol=0.02, err_msg=str(other))
