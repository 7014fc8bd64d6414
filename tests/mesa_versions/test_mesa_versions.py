"""The same answers on every version of Mesa at hand.

Each ``check_*.py`` beside this file prints what must not depend on Mesa's version. It runs with this interpreter and
with every other one that has another version of Mesa: those named in XINZHI_MESA_PYTHONS (paths joined like PATH),
those of virtual environments beside ``pyproject.toml`` and those on the PATH.
"""

import json
import os
import shutil
import subprocess
import sys
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import pytest

pytestmark = pytest.mark.unit

ROOT = Path(__file__).resolve().parents[2]
CHECKS = sorted(Path(__file__).parent.glob("check_*.py"))
PROBE = "import sys, mesa, numpy; assert sys.version_info >= (3, 11); print(mesa.__version__)"
ADVICE = (
    "no interpreter with another Mesa: make one, for instance with python3.12 -m venv .venv-mesa and "
    ".venv-mesa/bin/pip install -e ., or name one in XINZHI_MESA_PYTHONS"
)


def run(python, *arguments):
    """Result of a Python process that sees this checkout and treats warnings as errors."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    command = [python, "-W", "error", *map(str, arguments)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)


@lru_cache(maxsize=1)
def other_interpreters():
    """Paths of interpreters by the version of Mesa they hold, this one's version left out."""
    named = os.environ.get("XINZHI_MESA_PYTHONS", "").split(os.pathsep)
    beside = [str(path) for path in sorted(ROOT.glob(".venv*/bin/python"))]
    on_path = [shutil.which(f"python3.{minor}") for minor in range(11, 15)]
    found = {}
    for python in filter(None, [*named, *beside, *on_path]):
        probe = run(python, "-c", PROBE)
        if probe.returncode == 0:
            found.setdefault(probe.stdout.strip(), python)
        elif python in named:
            pytest.fail(f"XINZHI_MESA_PYTHONS names {python}, which cannot import mesa: {probe.stderr[-500:]}")
    found.pop(version("mesa"), None)
    return found


def answers(python, script):
    """The facts a check prints; its own text if it fails."""
    result = run(python, script)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


@pytest.mark.parametrize("script", CHECKS, ids=lambda script: script.stem)
def test_other_versions_of_mesa_give_the_same_answers(script):
    expected = answers(sys.executable, script)
    others = other_interpreters()
    if not others:
        pytest.skip(ADVICE)
    for mesa_version, python in others.items():
        assert answers(python, script) == expected, f"Mesa {mesa_version} of {python} differs from {version('mesa')}"


def test_there_is_something_to_check():
    assert CHECKS
