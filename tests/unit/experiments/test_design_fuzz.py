"""Whatever a design holds, it is read or refused in one line; no value of any type ends in a traceback."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from abm.errors import UserError
from abm.experiments.calibration.design import read_design
from abm.experiments.sweeps.design import load_design
from abm.scenarios.scenario import load_scenario

pytestmark = pytest.mark.unit

SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**30), 10**30), st.floats(), st.text(max_size=6),
    st.sampled_from(["baseline", "no_ai", "on", "off", "2027", "linear", "step", "half", "central", 2027, 0.5, 200]),
)  # fmt: skip
KEYS = st.one_of(
    st.sampled_from(
        ["path", "shape", "replace", "price", "dividend", "carbon_price", "low", "high", "steps", "method", "samples",
         "levers.carbon_price", "labour.search_share", "ai", "closures.pass_through", "mechanisms.all", "quarters",
         "growth.opening_year", "labour.training_quarters", "firms.demand_gain", 2024, 2027, "2027", "labour",
         "search_share", "opening_year", "growth"]
    ),
    st.integers(-5, 3000),
    st.text(max_size=4),
)  # fmt: skip
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)),
    max_leaves=8,
)
SWEEP = ["scenario", "uncertainties", "policies", "levers_from", "levers", "points", "sampling", "seeds", "workers",
         "quarters", "detail", "most_runs", "question"]  # fmt: skip
SCENARIO = ["levers", "assumptions", "closures", "mechanisms", "ai", "quarters", "question", "leaves_out"]
RELAXED = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


def one_line(action, *arguments):
    try:
        action(*arguments)
    except UserError as error:
        assert len(str(error).splitlines()) == 1


@RELAXED
@given(st.dictionaries(st.sampled_from(SWEEP), VALUES, max_size=4))
def test_a_mapping_of_anything_is_a_design_or_refused(data):
    one_line(load_design, data)


@RELAXED
@given(st.dictionaries(st.sampled_from(SCENARIO), VALUES, max_size=3))
@pytest.mark.filterwarnings("ignore::FutureWarning")
def test_overrides_of_anything_are_laid_over_or_refused(data):
    one_line(load_scenario, "baseline", data)


@RELAXED
@given(st.dictionaries(KEYS, VALUES, max_size=3))
def test_a_setting_of_anything_is_a_lever_s_or_refused(setting):
    one_line(load_scenario, "baseline", {"levers.carbon_price": setting})
    one_line(
        load_design, {"uncertainties": {"levers.carbon_price": [setting]}, "policies": {"a": {"pensions": setting}}}
    )


@RELAXED
@given(st.text(max_size=60))
def test_any_text_is_a_fit_or_refused(tmp_path_factory, text):
    path = tmp_path_factory.getbasetemp() / "fit.yaml"
    path.write_text(text, encoding="utf-8", errors="replace")
    one_line(read_design, path)
