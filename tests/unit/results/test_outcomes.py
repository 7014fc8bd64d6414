"""Every outcome says where its level comes from, and what it says can be held against the parameters."""

import re

import pytest

from abm import run
from abm.parameters import describe_parameters
from abm.results.outcomes import GROUP_OUTCOMES, ORIGINS, OUTCOMES, Display, GroupOutcome, Outcome

pytestmark = pytest.mark.unit

EVERY = [*OUTCOMES, *(one for many in GROUP_OUTCOMES.values() for one in many)]
STATUS = {one.key: one.status for one in describe_parameters()}
COUNTED = {"firm_exit_rate"}  # fractions that are counted in a quarter, so that those of a year add up
each_outcome = pytest.mark.parametrize("one", EVERY, ids=[one.name for one in EVERY])


def named(text):
    """The parameters that a reason names."""
    return re.findall(r"\b[a-z_]+\.[a-z_]+\b", text)


@each_outcome
def test_an_outcome_has_an_origin_and_a_reason(one):
    assert one.origin in ORIGINS
    assert one.because and one.because == one.because.strip() and "\n" not in one.because


@each_outcome
def test_a_reason_names_parameters_that_exist(one):
    assert set(named(one.because)) <= set(STATUS)


@each_outcome
def test_what_is_called_tuned_names_a_tuned_parameter_first(one):
    if one.origin == "tuned":
        assert STATUS[named(one.because)[0]] == "tuned"


def test_nothing_is_marked_by_default():
    for kind in (Outcome, GroupOutcome):
        assert {"origin", "because", "display", "iamc"} <= set(kind._fields) and not kind._field_defaults


@each_outcome
def test_an_outcome_says_how_it_is_shown_and_exported(one):
    display = one.display
    assert isinstance(display, Display) and display.title == display.title.strip() and display.title[0].isupper()
    assert display.factor > 0 and display.decimals >= 0 and display.span >= 0
    assert (display.factor == 100.0) == display.unit.startswith(("per cent", "Gini"))
    assert not (display.flow and display.stock), "a sum of quarters or the last of them"
    if one.unit.startswith("fraction"):
        assert display.factor == 100.0 and (not display.flow or one.name in COUNTED)
    if one.iamc:
        assert re.fullmatch(r"[^|\s][^|]*(\|[^|\s][^|]*)*", one.iamc.name) and one.iamc.factor > 0
        assert ("/yr" in one.iamc.unit) == display.flow


def test_names_of_exports_are_used_once_and_groups_tell_theirs_apart():
    names = [one.iamc.name for one in EVERY if one.iamc]
    assert len(set(names)) == len(names) > 20
    assert all("{group}" in one.iamc.name for many in GROUP_OUTCOMES.values() for one in many if one.iamc)


def test_the_books_are_identities_and_growth_and_carbon_are_imposed():
    origins = {one.name: one.origin for one in OUTCOMES}
    assert {name for name, origin in origins.items() if origin == "identity"} == {
        "sfc_residual",
        "gdp_identity_residual",
    }
    for name in ("real_gdp", "gdp_growth_annual", "co2_per_gdp", "co2_emissions"):
        assert origins[name] == "imposed"


def test_results_carry_the_origins():
    results = run("baseline", workers=2_000, seeds=1, quarters=1)
    origins = {one.name: one.origin for one in OUTCOMES}
    assert results.provenance["origins"] == origins
    for name, variable in results.summary()["variables"].items():
        assert variable["origin"] == origins[name]
