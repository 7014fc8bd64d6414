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
SOURCES = ("pyproject.toml", "README.md", "LICENSE", "abm", "analysis", "app", "xinzhi", "scenarios")
INSIDE = ("analysis", "app")  # of the package xinzhi, where they are installed


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


def test_the_wheel_holds_abm_xinzhi_and_the_scenarios_and_nothing_else(wheel):
    """The folders analysis and app lie inside xinzhi, so that no file of a user's own of that name hides them."""
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    tops = {name.partition("/")[0] for name in held}
    assert {name for name in tops if not name.endswith(".dist-info")} == {"abm", "xinzhi"}
    assert len(tops) == 3 and all(name.startswith("xinzhi-") for name in tops - {"abm", "xinzhi"})
    for package in ("abm", "analysis", "app", "xinzhi"):
        modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / package).rglob("*.py")}
        place = f"xinzhi/{package}" if package in INSIDE else package
        found = {name for name in held if name.startswith(f"{place}/") and name.endswith(".py")}
        inside = {name for name in found if name.split("/")[1] in INSIDE} if package == "xinzhi" else set()
        assert {name.removeprefix("xinzhi/") if package in INSIDE else name for name in found - inside} == modules
    page = {path.relative_to(ROOT).as_posix() for path in (ROOT / "app" / "static").rglob("*") if path.is_file()}
    assert {f"xinzhi/{name}" for name in page} <= held
    files = ("comparison/report.html.j2", "comparison/report.css", "moments/targets.yaml", "reading/closure_ranges.csv")
    assert {f"xinzhi/analysis/{name}" for name in files} <= held
    scenarios = ROOT / "scenarios"
    files = [path for path in scenarios.rglob("*") if path.suffix in {".yaml", ".json"}]
    shipped = {path.relative_to(scenarios).as_posix() for path in files}
    library = "abm/scenario_library/"
    assert shipped == {name.removeprefix(library) for name in held if name.startswith(library)}
    data = ROOT / "abm" / "data"
    tables = {path.relative_to(data).as_posix() for path in data.rglob("*") if path.suffix in {".csv", ".md", ".yaml"}}
    assert tables <= {name.removeprefix("abm/data/") for name in held if name.startswith("abm/data/")}


def test_every_package_is_named():
    with (ROOT / "pyproject.toml").open("rb") as file:
        named = set(tomllib.load(file)["tool"]["setuptools"]["packages"])
    found = {path.parent.relative_to(ROOT).as_posix().replace("/", ".") for path in ROOT.glob("[ax]*/**/__init__.py")}
    assert {name.removeprefix("xinzhi.") for name in named - {"abm.scenario_library"}} == found
    inside = {name for name in named if name.removeprefix("xinzhi.").split(".")[0] in INSIDE}
    assert {name for name in named if name.startswith("xinzhi.")} == inside


def test_the_installed_command_works_away_from_the_checkout(installed, tmp_path):
    where = run(installed / "bin" / "python", "-c", "import abm; print(abm.__file__)", cwd=tmp_path).strip()
    assert Path(where).is_relative_to(installed)
    xinzhi = installed / "bin" / "xinzhi"
    names = [line.split()[0] for line in run(xinzhi, "list", cwd=tmp_path).splitlines()]
    assert names == sorted(path.stem for path in (ROOT / "scenarios").glob("*.yaml"))
    run(xinzhi, "run", "no_ai", "--workers", 2_000, "--until", 2025, "--figures", "--out", "out", cwd=tmp_path)
    provenance = json.loads((tmp_path / "out" / "provenance.json").read_text())
    assert provenance["scenario"]["extends"] == ["baseline"] and provenance["git_commit"] is None
    assert (tmp_path / "out" / "series.csv").stat().st_size > 1_000
    assert list((tmp_path / "out").glob("*.png"))


def test_the_public_names_are_found_under_both_names_and_no_file_of_the_user_is_in_the_way(installed, tmp_path):
    (tmp_path / "analysis.py").write_text("raise SystemExit('the file of the user')\n")
    code = (
        "import abm, xinzhi; from xinzhi.analysis import gini; assert xinzhi.Model is abm.Model; "
        "assert set(abm.__all__) <= set(dir(xinzhi)); print(xinzhi.__version__, gini([1.0, 1.0]))"
    )
    said = run(installed / "bin" / "python", "-c", code, cwd=tmp_path).split()
    assert said[0] and float(said[1]) == 0.0
