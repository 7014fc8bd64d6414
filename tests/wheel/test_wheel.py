"""The wheel, installed alone and used away from the checkout, does what the checkout does."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.wheel

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("pyproject.toml", "README.md", "LICENSE", "abm", "analysis", "scenarios")


def run(*command, cwd):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    finished = subprocess.run(
        [str(word) for word in command], cwd=cwd, env=environment, capture_output=True, text=True, timeout=300
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return finished.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from a copy of the sources so that the checkout stays clean."""
    folder = tmp_path_factory.mktemp("build")
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, folder / name)
    pip = (sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps")
    run(*pip, "--no-build-isolation", "--wheel-dir", "dist", ".", cwd=folder)
    (built,) = (folder / "dist").glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """An environment that has the wheel, and borrows the libraries it depends on from the running one."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--disable-pip-version-check")
    run(*pip, "--no-deps", "--no-index", wheel, cwd=folder)
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip())
    borrowed = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (site / "borrowed.pth").write_text("\n".join(sorted(borrowed)) + "\n")
    return folder


def test_the_wheel_holds_abm_analysis_and_the_scenarios_and_nothing_else(wheel):
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    tops = {name.partition("/")[0] for name in held}
    assert {name for name in tops if not name.endswith(".dist-info")} == {"abm", "analysis"}
    assert len(tops) == 3 and all(name.startswith("xinzhi-") for name in tops - {"abm", "analysis"})
    for package in ("abm", "analysis"):
        modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / package).rglob("*.py")}
        assert modules == {name for name in held if name.startswith(f"{package}/") and name.endswith(".py")}
    assert {"analysis/report.html.j2", "analysis/report.css", "analysis/targets.yaml"} <= held
    shipped = {path.relative_to(ROOT / "scenarios").as_posix() for path in (ROOT / "scenarios").rglob("*.yaml")}
    library = "abm/scenario_library/"
    assert shipped == {name.removeprefix(library) for name in held if name.startswith(library)}
    data = ROOT / "abm" / "data"
    tables = {path.relative_to(data).as_posix() for path in data.rglob("*") if path.suffix in {".csv", ".md"}}
    assert tables <= {name.removeprefix("abm/data/") for name in held if name.startswith("abm/data/")}


def test_every_package_is_named():
    with (ROOT / "pyproject.toml").open("rb") as file:
        named = set(tomllib.load(file)["tool"]["setuptools"]["packages"])
    found = {path.parent.relative_to(ROOT).as_posix().replace("/", ".") for path in ROOT.glob("a*/**/__init__.py")}
    assert named == found | {"abm.scenario_library"}


def test_the_installed_command_works_away_from_the_checkout(installed, tmp_path):
    where = run(installed / "bin" / "python", "-c", "import abm; print(abm.__file__)", cwd=tmp_path).strip()
    assert Path(where).is_relative_to(installed)
    xinzhi = installed / "bin" / "xinzhi"
    names = [line.split()[0] for line in run(xinzhi, "list", cwd=tmp_path).splitlines()]
    assert names == sorted(path.stem for path in (ROOT / "scenarios").glob("*.yaml"))
    run(xinzhi, "run", "no_ai", "--workers", 2_000, "--quarters", 2, "--figures", "--out", "out", cwd=tmp_path)
    provenance = json.loads((tmp_path / "out" / "provenance.json").read_text())
    assert provenance["scenario"]["extends"] == ["baseline"] and provenance["git_commit"] is None
    assert (tmp_path / "out" / "series.csv").stat().st_size > 1_000
    assert list((tmp_path / "out").glob("*.png"))
