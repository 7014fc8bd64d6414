"""Arguments of Python that are of no use: UserError in one line from every public function, whatever the value."""

import inspect
import signal

import numpy as np
import pandas as pd
import pytest

import abm
from abm.errors import UserError
from abm.experiments.attribution import explain as explaining
from abm.experiments.effects import effects as effecting
from abm.experiments.ensembles import ensemble, variants

pytestmark = pytest.mark.command

HUGE = 10**5_000  # of which Python refuses to write the digits
VALUES = (
    None, 5, -1, HUGE, True, np.bool_(True), np.int64(3), np.float64(2.5), float("nan"), 1e309, "", "x", "no", b"x", [],
    ["a"],
    [HUGE], (1, 2), {}, {"a": 1}, {"levers.carbon_price": HUGE}, np.array([1, 2]), pd.Series([1]), object(), iter,
)  # fmt: skip
SHARE = {"data": 0.5, "compute": 0.5, "literate_share": 0.5}
USUAL = {
    "run": {}, "run_ensemble": {"scenario": "baseline"}, "compare": {}, "explain": {}, "Model": {}, "responses": {},
    "evidence": {}, "nowcast": {},
    "sweep": {"design": "nowhere.yaml"}, "read_sweep": {"folder": "nowhere"}, "run_closure_grid": {"workers": 2000},
    "load_scenario": {"scenario": "baseline"}, "load_lever": {"path": "nowhere.py"}, "check_lever": {"path": "no.py"},
    "resolved_path": {"lever": "carbon_price"}, "outcome_named": {"name": "real_gdp"}, "measure_plant": {},
    "measure_capability": SHARE, "measure_research": {"use": 0.5},
}  # fmt: skip
SECONDS_OF_A_HANG = 30
SWITCHES = [("run", "fresh"), ("run_ensemble", "fresh"), ("compare", "fresh"), ("compare", "on_debt"),
            ("explain", "on_debt"), ("responses", "calm"), ("sweep", "retry"), ("run", "progress")]  # fmt: skip


@pytest.fixture(autouse=True)
def stubs(monkeypatch, tmp_path):
    """Nothing is simulated, and a call that hangs ends."""

    def never(*_, **__):
        raise UserError("nothing is simulated here")

    def hang(*_):
        raise TimeoutError("hangs")

    for place in ("abm.experiments.sweeps.engines.outcomes_of", "abm.experiments.sweeps.engines.Local.prepare"):
        monkeypatch.setattr(place, never)
    monkeypatch.setattr("abm.model.populate", never)
    monkeypatch.setattr(ensemble, "_run_seeds", never)
    monkeypatch.setattr(explaining, "run_tasks", never)
    monkeypatch.setattr("abm.experiments.responses.responses._run_tasks", never)
    monkeypatch.setattr("abm.experiments.evidence.evidence._run_tasks", never)
    monkeypatch.setenv("XINZHI_SEEDS", "off")
    monkeypatch.chdir(tmp_path)
    before = signal.signal(signal.SIGALRM, hang)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def usual(name):
    """(positional arguments, named ones) of a call in which all but one argument makes sense."""
    named = dict(USUAL[name])
    if name == "run_closure_grid":
        named["seeds"] = 1
    if name == "resolved_path":
        named["scenario"] = abm.load_scenario("carbon_price")
    return (("baseline", "no_ai") if name == "compare" else ()), named


def of_call(name, parameter, value):
    """The fault of a call, or nothing."""
    positional, named = usual(name)
    if parameter == "scenarios":
        positional = (value, "baseline")
    else:
        named[parameter] = value
    signal.alarm(SECONDS_OF_A_HANG)
    try:
        getattr(abm, name)(*positional, **named)
    except UserError as error:
        return "" if len(str(error)) < 400 and "\n" not in str(error) else f"{len(str(error))} characters"
    except BaseException as error:
        return f"{type(error).__name__}: {error}"
    return ""


@pytest.mark.parametrize("name", USUAL)
def test_every_value_of_every_argument_is_used_or_refused_in_one_line(name):
    faults = []
    for parameter in inspect.signature(getattr(abm, name)).parameters:
        for number, value in enumerate(VALUES):
            fault = of_call(name, parameter, value)
            faults += [f"{name}({parameter}=VALUES[{number}]): {fault}"] if fault else []
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(("name", "parameter"), SWITCHES)
@pytest.mark.parametrize("value", ["no", "x", "False", 0, 1, [], {}, np.array([1, 2])])
def test_a_switch_is_true_or_false_and_no_text_counts_as_true(name, parameter, value):
    positional, named = usual(name)
    with pytest.raises(UserError, match=f"^{parameter}=.*: give True or False$"):
        getattr(abm, name)(*positional, **{**named, parameter: value})


def test_switches_of_numpy_are_switches():
    for value in (True, np.True_, np.bool_(False)):
        with pytest.raises(UserError, match="nothing is simulated here"):
            abm.run("baseline", 2000, 1, 8, fresh=value, progress=False)


def test_variants_take_a_number_of_seeds_like_every_other_function():
    with pytest.raises(UserError, match="nothing is simulated here"):
        variants.run_variants("baseline", {"one": {}}, 2_000, 2, 8)
    with pytest.raises(UserError, match="quarters 0: should be|quarters"):
        variants.run_variants("baseline", {"one": {}}, 2_000, 2, 0)
    with pytest.raises(UserError, match="paid_for='no': give True or False"):
        effecting.run_effects(2_000, 2, paid_for="no")


def test_results_and_models_refuse_what_they_cannot_use(tmp_path, monkeypatch):
    monkeypatch.undo()
    results, model = abm.run("baseline", 2_000, 1, 3, progress=False), abm.Model(2_000, rng=1)
    calls = [abm.Results.read, results.write, results.plot, model.outcome, lambda one: model.outcome("real_gdp", one)]
    for call in calls:
        for value in (None, [], {}, HUGE, object()):
            with pytest.raises(UserError) as raised:
                call(value)
            assert len(str(raised.value)) < 400
    assert model.outcome("real_gdp", np.int64(0)) == model.outcome("real_gdp")
    results.write(tmp_path / "out")
    for content in ("[]", "null", "5", '{"scenario": 5}'):
        (tmp_path / "out" / "provenance.json").write_text(content)
        with pytest.raises(UserError, match="no complete results there|is damaged"):
            abm.Results.read(tmp_path / "out")
