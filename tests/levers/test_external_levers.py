"""A lever from a file outside the package acts, is taken into other processes, and keeps the same contract."""

import json
import pickle
import sys
from pathlib import Path

import pytest

import abm
from abm import Model, UserError, check_lever, load_lever, load_levers, load_scenario, run, sweep
from abm.experiments.effects.effects import documented_strengths
from abm.experiments.effects.lever_contract import CLAUSES, Economies
from abm.experiments.sweeps.design import load_design
from abm.levers import shipped_levers
from abm.levers.finding import require_files
from abm.reference.tables import TABLES

pytestmark = pytest.mark.levers

NAME = "night_schools"
FROM_THE_START = {"share": {2024: 0.8}}
SCENARIO = """extends: baseline
question: What do night schools do?
levers_from: {file}
levers:
  night_schools: {{share: {{2024: 0.8}}}}
"""


@pytest.fixture
def scenario(file, tmp_path):
    """The path of a scenario beside a lever file that it uses."""
    file()
    path = tmp_path / "courses.yaml"
    path.write_text(SCENARIO.format(file=f"{NAME}.py"), encoding="utf-8")
    return path


def test_a_loaded_lever_is_one_of_the_levers_and_acts(file):
    lever = load_lever(file())
    assert lever.name == NAME and load_levers()[NAME] is lever and NAME not in shipped_levers()
    model, usual = (Model(2_000, rng=1, overrides=keys) for keys in ({f"levers.{NAME}": FROM_THE_START}, None))
    for _ in range(4):
        model.step()
        usual.step()
    assert model.outcome("policy_cost_ratio") > 0.0005 > usual.outcome("policy_cost_ratio") == 0.0
    assert pickle.loads(pickle.dumps(model)).economy.levers.policy(4).ai_literacy == 0.8


def test_it_keeps_the_same_contract(file):
    check = check_lever(str(file()))
    assert check.met and len(check.findings) == len(CLAUSES)
    assert str(check).count("\n") == len(CLAUSES) - 1 and "NOT" not in str(check)


def test_a_scenario_brings_its_lever_beside_it(scenario):
    loaded = load_scenario(scenario)
    assert loaded.levers == {NAME: FROM_THE_START["share"]}
    assert [*loaded.levers_from] == [str(scenario.with_name(f"{NAME}.py").resolve())]
    listed = scenario.with_name("listed.yaml")
    listed.write_text(SCENARIO.format(file=f"[{NAME}.py]"), encoding="utf-8")
    assert load_scenario(listed).digest() == loaded.digest()


def test_a_scenario_above_uses_what_one_below_it_brings(scenario):
    top = scenario.with_name("top.yaml")
    top.write_text(f"extends: courses\nlevers:\n  {NAME}: {{2030: 0.1}}\n", encoding="utf-8")
    assert load_scenario(top).levers == {NAME: {2024: 0.8, 2030: 0.1}}, "a path adds its years"
    assert load_scenario(top).levers_from == load_scenario(scenario).levers_from


def test_the_digest_depends_on_the_content_of_the_file_and_on_nothing_else_of_it(scenario, source, tmp_path):
    first = load_scenario(scenario).digest()
    file = scenario.with_name(f"{NAME}.py")
    file.write_text(source.replace("0.002", "0.003"), encoding="utf-8")
    assert load_scenario(scenario).digest() != first
    file.write_text(source, encoding="utf-8")
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    file.rename(moved / file.name)
    scenario.rename(moved / scenario.name)
    assert load_scenario(moved / scenario.name).digest() == first
    assert load_scenario("baseline").levers_from == {}


def test_a_resolved_scenario_loads_again_and_takes_that_very_file(scenario, source, tmp_path, nothing_known):
    loaded = load_scenario(scenario)
    resolved = tmp_path / "resolved.yaml"
    resolved.write_text(json.dumps(loaded.resolved()), encoding="utf-8")
    nothing_known()
    assert load_scenario(resolved).digest() == loaded.digest()
    nothing_known()
    scenario.with_name(f"{NAME}.py").write_text(source.replace("0.002", "0.003"), encoding="utf-8")
    with pytest.raises(UserError, match=r"resolved.yaml, line 1: .*night_schools.py: the file has changed since"):
        load_scenario(resolved)


def test_a_process_that_does_not_know_the_file_reads_it(scenario, nothing_known):
    loaded = load_scenario(scenario)
    nothing_known()
    assert Model(2_000, rng=1, policy=loaded).economy.levers.policy(0).ai_literacy == 0.8
    nothing_known()
    scenario.with_name(f"{NAME}.py").unlink()
    with pytest.raises(UserError, match="night_schools.py: there is no such file"):
        Model(2_000, rng=1, policy=loaded)


def test_an_edited_file_is_read_again(file, source):
    before = load_lever(file())
    after = load_lever(file(source.replace('"Night schools"', '"Evening courses"')))
    assert (before.title, after.title) == ("Night schools", "Evening courses")
    require_files({before.file.path: after.file.sha256})
    with pytest.raises(UserError, match="has changed since the scenario was loaded; load it again"):
        require_files({before.file.path: before.file.sha256})


def test_ensembles_and_sweeps_take_the_lever_into_their_processes(scenario, tmp_path):
    results = run(str(scenario), 2_000, 2, 4)
    cost = results.series.query("variable == 'policy_cost_ratio' and quarter == 4")["value"]
    assert len(cost) == 2 and (cost > 0.0005).all()
    recorded = results.provenance["scenario"]["resolved"]["levers_from"]
    assert recorded == load_scenario(scenario).levers_from
    design = {
        "scenario": "baseline", "levers_from": str(scenario.with_name(f"{NAME}.py")), "workers": 2_000, "seeds": 1,
        "quarters": 7, "levers": {NAME: [{"share": {2024: 0.0}}, {"share": {2024: 0.8}}]},
    }  # fmt: skip
    swept = sweep(design, tmp_path / "sweep", processes=2)
    assert swept.failures.empty
    costs = swept.outcomes[swept.outcomes["year"] == 2025].sort_values("point")["policy_cost_ratio_per_cent"].tolist()
    assert costs[0] == 0.0 < 0.05 < costs[1]


def test_a_design_differs_by_the_content_of_its_levers(scenario, source):
    design = {"policies": {"courses": str(scenario)}, "seeds": 1, "quarters": 7}
    first = load_design(design)
    assert first.scenario.levers_from == load_scenario(scenario).levers_from
    scenario.with_name(f"{NAME}.py").write_text(source.replace("0.002", "0.003"), encoding="utf-8")
    assert load_design(design).digest() != first.digest()


def test_an_uncertainty_may_be_a_lever_from_a_file(scenario):
    file = str(scenario.with_name(f"{NAME}.py"))
    design = {"levers_from": file, "points": [{f"levers.{NAME}": 0.1}, {f"levers.{NAME}": 0.2}], "seeds": 1}
    assert [*load_design(design).scenario.levers_from] == [str(Path(file).resolve())]


@pytest.fixture
def in_the_folder(source, tmp_path, monkeypatch):
    """The same file as one of the package: its folder is one more in which levers are found."""
    folder = tmp_path / "more_levers"
    folder.mkdir()
    (folder / f"{NAME}.py").write_text(source, encoding="utf-8")
    monkeypatch.setattr(abm.levers, "__path__", [*abm.levers.__path__, str(folder)])
    shipped_levers.cache_clear()
    yield NAME
    sys.modules.pop(f"abm.levers.{NAME}", None)
    monkeypatch.undo()
    shipped_levers.cache_clear()


def test_a_file_in_the_folder_is_a_lever_and_nothing_else_is_edited(in_the_folder):
    assert in_the_folder in shipped_levers()
    assert documented_strengths()[in_the_folder] == {"share": 0.3}
    assert load_scenario("baseline", {f"levers.{in_the_folder}": 0.1}).levers_from == {}
    assert any(row[0] == in_the_folder and "share: 30 % of staff" in row for row in TABLES["levers"]().rows)
    assert f"{in_the_folder}.share" in {row[0] for row in TABLES["lever_parameters"]().rows}
    economies = Economies()
    lever = shipped_levers()[in_the_folder]
    assert [clause.__name__ for clause in CLAUSES if clause(lever, economies)] == ["a_scenario_uses_it"]


def test_the_command_runs_a_scenario_with_a_lever_of_its_own(scenario, tmp_path, command_in, nothing_known):
    small = ("--workers", 2000, "--quarters", 1)
    done = command_in(tmp_path, "run", "courses.yaml", "--seeds", 2, *small)
    assert done.returncode == 0, done.stderr
    nothing_known()
    keys = [f"levers_from={NAME}.py", f"levers.{NAME}={{2024: 0.8}}"]
    words = [word for key in keys for word in ("--set", key)]
    done = command_in(tmp_path, "check", "baseline", *small, *words)
    assert done.returncode == 0 and "baseline: the file is valid" in done.stdout


def test_the_command_prints_a_line_for_each_clause(file, source, tmp_path, command_in):
    file()
    done = command_in(tmp_path, "check-lever", f"{NAME}.py")
    assert done.returncode == 0, done.stderr
    assert sum(line.startswith("met ") for line in done.stdout.splitlines()) == len(CLAUSES)
    file(source.replace("ai_literacy = share", "regulation_lag += share").replace("0.002", "0.0"))
    done = command_in(tmp_path, "check-lever", f"{NAME}.py")
    assert done.returncode == 2 and len(done.stderr.strip().splitlines()) == 1
    assert "NOT met  At full strength it changes something that is recorded: no outcome" in done.stdout
    file(source.replace("PARAMETERS", "OTHERS"))
    done = command_in(tmp_path, "check-lever", f"{NAME}.py")
    assert done.returncode == 2 and done.stderr.startswith(f"xinzhi: {NAME}.py: PARAMETERS is missing")
