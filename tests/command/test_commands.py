"""The xinzhi command as a user runs it: what it writes, what it says to bad input, and how it ends."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import abm
from abm.results.outcomes import OUTCOMES
from abm.scenarios.closures import CLOSURES, GRID
from abm.scenarios.mechanisms import MECHANISMS
from abm.scenarios.presets import PRESETS
from abm.scenarios.scenario import list_scenarios

pytestmark = pytest.mark.command

PROGRAM = [sys.executable, "-m", "abm"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(abm.__file__).resolve().parents[1])}
SMALL = ("--workers", "2000", "--quarters", "3")
TABLES = ("series", "sectors", "occupations", "deciles", "firm_sizes", "regions", "screened")


@pytest.fixture
def xinzhi(command_in, tmp_path):
    """A command in this process."""
    return lambda *words: command_in(tmp_path, *words)


@pytest.fixture
def program(tmp_path):
    """The program as a user starts it."""

    def command(*arguments):
        return subprocess.run(
            [*PROGRAM, *map(str, arguments)], cwd=tmp_path, env=ENVIRONMENT, capture_output=True, text=True, timeout=300
        )

    return command


def assert_done(finished):
    assert finished.returncode == 0, finished.stderr
    assert "Traceback" not in finished.stderr and "Warning" not in finished.stderr
    return finished.stdout


HEAVY = ("numba", "pandas", "matplotlib", "mesa", "scipy", "ruamel")


def test_help_names_the_commands_and_loads_nothing_heavy(program):
    text = assert_done(program("--help"))
    for name in (
        "run",
        "compare",
        "headline",
        "closures",
        "presets",
        "list",
        "describe",
        "check",
        "opening",
        "sector",
        "facts",
        "fit",
        "plant-year",
    ):
        assert f"\n  {name} " in text
    assert assert_done(program()) == text
    assert assert_done(program("--version")) == f"xinzhi {abm.__version__}\n"
    # A time would depend on the machine; what takes the time does not.
    code = (
        f"import sys; from abm.__main__ import main; main(['--help']); print([n for n in {HEAVY} if n in sys.modules])"
    )
    finished = subprocess.run([sys.executable, "-c", code], env=ENVIRONMENT, capture_output=True, text=True, timeout=60)
    assert finished.stdout.splitlines()[-1] == "[]", finished.stderr


def test_list_names_every_shipped_scenario_with_its_question(xinzhi):
    lines = assert_done(xinzhi("list")).splitlines()
    assert [line.split()[0] for line in lines] == list(list_scenarios())
    assert all(line.endswith("?") for line in lines)


def test_list_names_mechanisms_closures_and_presets(xinzhi):
    for kind, known in (("mechanisms", MECHANISMS), ("closures", CLOSURES), ("presets", PRESETS)):
        lines = assert_done(xinzhi("list", kind)).splitlines()
        assert len(lines) == len(known)
        for line, name in zip(lines, known, strict=True):
            assert name in line.split()
    assert assert_done(xinzhi("list", "scenarios")) == assert_done(xinzhi("list"))


def test_run_writes_every_file_with_the_rows_it_promises(program, tmp_path):
    assert_done(program("run", "baseline", *SMALL, "--seeds", 2, "--first-seed", 7, "--out", "out"))
    out = tmp_path / "out"
    expected = {f"{table}.csv" for table in TABLES} | {
        "years.csv",
        "iamc.csv",
        "summary.json",
        "datapackage.json",
        "provenance.json",
    }
    assert {path.name for path in out.iterdir() if not path.name.startswith(".")} == expected
    for name in TABLES:
        table = pd.read_csv(out / f"{name}.csv")
        group = [] if name == "series" else ["group"]
        assert list(table.columns) == ["scenario", "seed", "quarter", *group, "variable", "value", "unit"]
        assert set(table["scenario"]) == {"baseline"} and set(table["seed"]) == {7, 8}
        assert table["quarter"].dtype.kind == "i" and set(table["quarter"]) == {0, 1, 2, 3}
        assert np.isfinite(table["value"]).all() and table["unit"].notna().all()
        assert not table.duplicated(["seed", "quarter", *group, "variable"]).any()
    assert set(pd.read_csv(out / "series.csv")["variable"]) <= {outcome.name for outcome in OUTCOMES}
    summary = json.loads((out / "summary.json").read_text())
    assert summary["seeds"] == 2 and set(summary["variables"]["real_gdp_per_year"]["years"]) == {"2024"}
    years = pd.read_csv(out / "years.csv")
    assert set(years["year"]) == {2024} and set(years["table"]) == {"economy", *TABLES} - {"series"}
    provenance = json.loads((out / "provenance.json").read_text())
    assert provenance["command"] == "xinzhi run baseline --workers 2000 --seeds 2 --first-seed 7 --quarters 3"


def test_the_recorded_command_gives_the_same_rows(xinzhi, tmp_path):
    settings = ("--set", "assumptions.artificial_intelligence.enabled=false")
    assert_done(xinzhi("run", "baseline", *SMALL, *settings, "--out", "once"))
    command = json.loads((tmp_path / "once" / "provenance.json").read_text())["command"].split()
    assert command[0] == "xinzhi"
    assert_done(xinzhi(*command[1:], "--out", "again"))
    for name in TABLES:
        assert (tmp_path / "once" / f"{name}.csv").read_bytes() == (tmp_path / "again" / f"{name}.csv").read_bytes()


def test_run_takes_the_path_of_a_file_and_writes_to_results_by_default(xinzhi, tmp_path):
    (tmp_path / "mine.yaml").write_text("extends: no_ai\nquarters: 2\n")
    assert_done(xinzhi("run", "mine.yaml", "--workers", 2000, "--threads", 2))
    table = pd.read_csv(tmp_path / "results" / "mine" / "series.csv")
    assert set(table["scenario"]) == {"mine"} and set(table["quarter"]) == {0, 1, 2}


def test_run_draws_figures_when_asked_and_takes_them_away_when_they_are_of_another_run(xinzhi, tmp_path, monkeypatch):
    monkeypatch.setattr("xinzhi.analysis.figures.style.DOTS_PER_INCH", 30)  # figures of few dots are drawn sooner
    said = assert_done(xinzhi("run", "baseline", *SMALL, "--figures", "--out", "out"))
    assert {"headline.png", "growth.png", "structure.png"} <= {path.name for path in (tmp_path / "out").glob("*.png")}
    assert "--figures" not in said
    said = assert_done(xinzhi("run", "no_ai", *SMALL, "--out", "out", "--overwrite"))
    assert not list((tmp_path / "out").glob("*.png")) and "--figures draws them" in said
    assert said.index("GDP") < said.index("--figures")  # results come first


def test_the_program_ends_with_the_code_of_its_command(program):
    finished = program("run", "nowhere")
    assert finished.returncode == 2 and finished.stdout == ""
    assert finished.stderr.startswith("xinzhi: no scenario 'nowhere'") and finished.stderr.count("\n") == 1


@pytest.mark.usefixtures("undrawn")
def test_headline_compares_the_baseline_with_its_twin(xinzhi, tmp_path, monkeypatch):
    monkeypatch.setattr("xinzhi.analysis.figures.style.DOTS_PER_INCH", 30)  # figures of few dots are drawn sooner
    text = assert_done(xinzhi("headline", *SMALL, "--seeds", 2, "--out", "both"))
    assert "Without AI" in text and "GDP" in text and "2 paired seeds" in text
    assert list((tmp_path / "both").glob("*.png"))
    for name in ("baseline", "no_ai"):
        assert set(pd.read_csv(tmp_path / "both" / name / "series.csv")["seed"]) == {1, 2}


@pytest.mark.usefixtures("undrawn")
def test_headline_of_the_united_states_is_in_dollars(xinzhi, tmp_path, monkeypatch):
    monkeypatch.setattr("xinzhi.analysis.figures.style.DOTS_PER_INCH", 30)
    text = assert_done(xinzhi("headline", *SMALL, "--economy", "usa", "--seeds", 2, "--out", "both"))
    assert "USD" in text and "CNY" not in text and "yuan" not in text
    assert set(pd.read_csv(tmp_path / "both" / "no_ai" / "series.csv")["seed"]) == {1, 2}


def test_closures_prints_and_writes_the_grid(xinzhi, tmp_path):
    text = assert_done(xinzhi("closures", *SMALL, "--seeds", 1, "--out", "grid"))
    combined = 1 + 2 ** len(GRID)
    assert f"{combined} combinations of assumptions" in text and "moved most by" in text
    out = tmp_path / "grid"
    shown = {path.name for path in out.iterdir() if not path.name.startswith(".")}
    assert shown == {"closures.csv", "closure_effects.csv", "closures.png"}
    assert pd.read_csv(out / "closures.csv")["corner"].nunique() == combined
    effects = pd.read_csv(out / "closure_effects.csv")
    assert set(GRID) < set(effects.columns) and np.isfinite(effects["effect"]).all()


def test_presets_prints_each_beside_its_target(xinzhi):
    lines = assert_done(xinzhi("presets", *SMALL, "--seeds", 1)).splitlines()
    assert [line.split()[0] for line in lines[1 : 1 + len(PRESETS)]] == list(PRESETS)


def test_describe_check_opening_and_plant_year_say_what_they_promise(xinzhi):
    assert "workers" in assert_done(xinzhi("describe"))
    checked = assert_done(xinzhi("check", "no_ai", "--workers", 2000))
    assert checked.startswith("no_ai: the file is valid; quarter 1 of seed 1") and len(checked.splitlines()) > 10
    assert "value_added" in assert_done(xinzhi("opening", "--workers", 2000)).replace(" ", "_").lower()
    assert "yield" in assert_done(xinzhi("plant-year")).lower()


@pytest.mark.slow
def test_facts_prints_every_moment_with_its_verdict(xinzhi):
    text = assert_done(xinzhi("facts", "--seeds", 2, "--workers", 2000)).lower()
    assert "pass" in text and "unemployment" in text


BAD_FILES = {
    "empty.yaml": b"",
    "binary.yaml": bytes(range(256)),
    "unknown.yaml": b"question: Why?\nlevres: {carbon_price: 200}\n",
    "misspelt.yaml": b"levers:\n  carbon_prise: 200\n",
    "type.yaml": b"assumptions:\n  artificial_intelligence:\n    enabled: 3.5\n",
    "bounds.yaml": b"levers:\n  carbon_price: -1.0e+12\n",
    "nan.yaml": b"levers:\n  carbon_price: .nan\n",
    "infinite.yaml": b"levers:\n  carbon_price: {2027: .inf}\n",
    "early.yaml": b"levers:\n  carbon_price: {2023: 100}\n",
    "late.yaml": b"levers:\n  carbon_price: {2030: 100, 2101: 100}\n",
    "orphan.yaml": b"extends: nowhere\n",
    "circle.yaml": b"extends: circle.yaml\n",
    "tag.yaml": b"question: !!python/name:os.system x\n",
    "bomb.yaml": b"a: &a [x, x]\nb: &b [*a, *a]\nlevers: [*b, *b]\n",
}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("run nowhere", "no scenario 'nowhere'"),
        ("run baselin", "nearest valid: baseline"),
        ("run empty.yaml", "empty.yaml: the file is empty"),
        ("run binary.yaml", "binary.yaml: not a text file"),
        (
            "run unknown.yaml",
            "unknown.yaml, line 2: unknown key 'levres.carbon_price'; nearest valid: levers.carbon_price",
        ),
        ("check misspelt.yaml", "misspelt.yaml, line 2: unknown lever 'carbon_prise'; nearest valid: carbon_price"),
        ("run type.yaml", "type.yaml, line 3: "),
        ("run bounds.yaml", "bounds.yaml, line 2: "),
        ("run nan.yaml", "nan.yaml, line 2: levers.carbon_price should be a finite number"),
        ("run infinite.yaml", "infinite.yaml, line 2: levers.carbon_price.2027 should be a finite number"),
        ("run early.yaml", "the year 2023; years run from 2024 to 2100"),
        ("run late.yaml", "the year 2101; years run from 2024 to 2100"),
        ("run orphan.yaml", "orphan.yaml, line 1: no scenario 'nowhere'"),
        ("check circle.yaml", "circle.yaml, line 1: circular extends"),
        ("run tag.yaml", "tag.yaml, line 1: YAML tags"),
        ("run bomb.yaml", "bomb.yaml, line 1: YAML anchors and aliases"),
        ("run baseline --set levers.carbon_prise=200", "nearest valid: carbon_price"),
        ("run baseline --set levers.carbon_price=nan", "should be a finite number"),
        ("run baseline --set levers.carbon_price=much", "should be a number, not 'much'"),
        ("run baseline --set carbon_price=200", "nearest valid: levers.carbon_price"),
        ("run baseline --set levers.carbon_price", "write --set KEY=VALUE"),
        ("run baseline --set ai=acemoglou", "unknown preset 'acemoglou'; nearest valid: acemoglu"),
        ("run baseline --set closures.pass_through=ful", "no level 'ful'; nearest valid: full"),
        ("run baseline --set mechanisms.augmentaton=off", "nearest valid: augmentation"),
        ("run baseline --set mechanisms.augmentation=maybe", "should be on or off, not 'maybe'"),
        ("list mechanism", "there is no such list; nearest valid: mechanisms"),
        ("closures --out empty.yaml/below", "--out empty.yaml/below: cannot write there"),
        ("presets --quarters 308", "should be a whole number from 1 to 307"),
        ("run baseline --workers 1999", "--workers"),
        ("run baseline --workers many", "--workers"),
        ("run baseline --workers 1e4", "--workers"),
        ("run baseline --seeds 0", "--seeds"),
        ("run baseline --first-seed -1", "--first-seed"),
        ("run baseline --quarters 0", "--quarters"),
        ("run baseline --quarters 308", "--quarters 308: should be a whole number from 1 to 307"),
        ("run baseline --threads 0", "--threads"),
        ("run baseline --out empty.yaml", "--out empty.yaml: cannot write there"),
        ("run baseline --out empty.yaml/below", "--out empty.yaml/below: cannot write there"),
        ("headline --out empty.yaml/below", "--out empty.yaml/below: cannot write there"),
        ("run baseline --speed 3", "--speed"),
        ("run", "SCENARIO"),
        ("rum baseline", "rum"),
    ],
)
def test_bad_input_gets_one_clear_line_and_exit_code_2(xinzhi, tmp_path, arguments, said):
    for name, content in BAD_FILES.items():
        (tmp_path / name).write_bytes(content)
    finished = xinzhi(*arguments.split())
    assert finished.returncode == 2
    assert finished.stdout == ""
    assert finished.stderr.startswith("xinzhi: ") and finished.stderr.count("\n") == 1
    assert said in finished.stderr
    assert {path.name for path in tmp_path.rglob("*")} == set(BAD_FILES), "a run that does not begin leaves no files"


def wait_for_seeds(folder, quarters, seeds):
    """Wait until so many seeds have simulated all their quarters, by the counters that the progress is read from."""
    ended = time.monotonic() + 240
    while time.monotonic() < ended:
        for counters in folder.glob("xinzhi-*/quarters_done"):
            if (np.fromfile(counters, dtype=np.int32) == quarters).sum() >= seeds:
                return
        time.sleep(0.02)
    raise TimeoutError("no seed finished")


def test_ctrl_c_keeps_the_finished_seeds(tmp_path, interruptible):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    command = [*PROGRAM, "run", "baseline", *SMALL, "--seeds", "5000", "--out", "out"]
    process = subprocess.Popen(
        command,
        cwd=tmp_path,
        env={**ENVIRONMENT, "TMPDIR": str(temporary)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,  # the processes of this group get the signal together, as those of a terminal do
    )
    try:
        wait_for_seeds(temporary, quarters=3, seeds=6)
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=120)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
    assert process.returncode == 130
    assert said.splitlines()[-1].startswith("xinzhi: interrupted") and "Traceback" not in said
    provenance = json.loads((tmp_path / "out" / "provenance.json").read_text())
    assert provenance["interrupted"] is True
    assert 1 <= len(provenance["seeds"]) < 5000
    table = pd.read_csv(tmp_path / "out" / "series.csv")
    assert set(table["seed"]) == set(provenance["seeds"])
    assert (table.groupby("seed")["quarter"].max() == 3).all()
    assert list(temporary.glob("xinzhi-*")) == []


def test_schema_prints_or_writes_the_schema_of_each_kind_of_file(xinzhi, tmp_path):
    for kind in ("scenario", "sweep", "fit"):
        printed = assert_done(xinzhi("schema", "--kind", kind))
        assert json.loads(printed)["$schema"].endswith("2020-12/schema")
        assert_done(xinzhi("schema", "--kind", kind, "--out", tmp_path / f"{kind}.json"))
        assert (tmp_path / f"{kind}.json").read_text(encoding="utf-8") == printed
    missing = xinzhi("schema", "--out", tmp_path / "nowhere" / "schema.json")
    assert missing.returncode == 2 and "cannot write the schema" in missing.stderr
