"""What docs/papers.md says of the two source papers: all that it names exists and acts.

The claims are in docs/papers.csv; what its things do is measured by abm/reference/papers_effects.py and stored. Here
each is run once in a small economy: a mechanism, an application, a lever and a scenario change what is recorded, a
parameter matters at one of its bounds, an outcome is finite and varies.
"""

from collections import Counter

import numpy as np
import pytest

from abm import list_scenarios, load_scenario
from abm.commands import app
from abm.data import CHANNELS, load_applications
from abm.levers import shipped_levers
from abm.parameters import describe_parameters
from abm.reference.papers import KINDS, PAPERS, VERDICTS, command_of, load_claims, load_effects
from abm.reference.papers_effects import found_in, pair_of
from abm.results.outcomes import GROUP_OUTCOMES, OUTCOMES
from abm.scenarios.mechanisms import MECHANISMS
from abm.scenarios.presets import PRESETS
from abm.scenarios.scenario import parse_settings

pytestmark = pytest.mark.unit

QUARTERS = 24  # levers and scenarios begin in 2027, with the twelfth
# Artificial intelligence that has spread already, so that a short run of a small economy shows what it does.
SPREAD = {
    "assumptions.artificial_intelligence.algorithm_opening": 0.8,
    "assumptions.adoption.office_constant": 0.0,
    "assumptions.adoption.process_constant": 1.0,
    "assumptions.artificial_intelligence.breach_rate": 0.05,
}
RESIDUALS = ("sfc_residual", "gdp_identity_residual")
CLAIMS = load_claims()
NAMED = sorted({thing for claim in CLAIMS for thing in (*claim.where, *(one.of for one in claim.effects))})
EFFECTS = sorted({effect for claim in CLAIMS for effect in claim.effects})
# Of the review: full, thin and left out.
BEFORE = {"W": (22, 33, 33), "N": (17, 6, 9)}

each_claim = pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.code)


def of_kind(kind):
    names = [thing.name for thing in NAMED if thing.kind == kind]
    assert names
    return pytest.mark.parametrize("name", names)


def commands():
    return {one.name or one.callback.__name__.replace("_", "-") for one in app.registered_commands}


def group_outcomes():
    return {f"{table}.{one.name}" for table, outcomes in GROUP_OUTCOMES.items() for one in outcomes}


def known(kind):
    return {
        "lever": shipped_levers,
        "mechanism": lambda: MECHANISMS,
        "application": lambda: {one.code for one in load_applications()},
        "scenario": list_scenarios,
        "outcome": lambda: {one.name for one in OUTCOMES} | group_outcomes(),
        "parameter": lambda: {one.key for one in describe_parameters()},
        "preset": lambda: PRESETS,
        "command": commands,
    }[kind]()


@pytest.fixture(scope="module")
def recorded(grown):
    """``recorded(scenario, overrides)``: all outcomes of a small economy, in a row for each quarter."""

    def after(scenario="baseline", overrides=None):
        return grown(QUARTERS, policy=scenario, **{**SPREAD, **(overrides or {})}).recorder

    return after


def same(one, other):
    kept = [place for place, name in enumerate(one.names) if name not in RESIDUALS]
    return np.array_equal(one.values[:, kept], other.values[:, kept], equal_nan=True)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_named_exists(kind):
    missing = {thing.name for thing in NAMED if thing.kind == kind} - set(known(kind))
    assert not missing


@pytest.mark.parametrize(
    "thing", [one for one in NAMED if one.kind in ("mechanism", "application", "lever", "scenario")], ids=":".join
)
def test_it_acts(thing, recorded):
    """Two runs differ; a use of AI whose channel has no account acts on nothing, and no row may count it."""
    without, within = (recorded(*side) for side in pair_of(thing))
    if thing.kind == "application":
        (channel,) = (one.channel for one in load_applications() if one.code == thing.name)
        assert same(without, within) != CHANNELS[channel][1]
    elif thing != ("scenario", "baseline"):
        assert not same(without, within)


@of_kind("parameter")
def test_a_parameter_matters_at_one_of_its_bounds(name, recorded):
    (one,) = (one for one in describe_parameters() if one.key == name)
    values = (not one.default,) if isinstance(one.default, bool) else (one.lower, one.upper)
    assert not all(same(recorded(), recorded("baseline", {f"assumptions.{name}": value})) for value in values)


@of_kind("preset")
def test_a_preset_is_not_the_baseline(name, recorded):
    assert not same(recorded(), recorded("baseline", {"ai": name}))


@of_kind("outcome")
def test_an_outcome_is_finite_and_varies(name, grown):
    """In an economy with policies; a ratio over nobody is not defined in some quarters of a small one."""
    policies = {"levers.retraining": 0.006, "levers.regulatory_clarity": 1.0}
    values = found_in(grown(QUARTERS, **SPREAD, **policies), name)
    assert np.isfinite(values[8:]).mean() > 0.8
    assert (np.nanmax(values[8:], axis=0) > np.nanmin(values[8:], axis=0)).any()


@each_claim
def test_a_row_says_all_that_it_should(claim):
    assert claim.code[0] in PAPERS and claim.section and claim.statement.endswith(".")
    if claim.verdict == "left out":
        assert claim.reason and not claim.effects
    else:
        assert claim.where and command_of(claim).startswith("xinzhi ")
        assert claim.reason or claim.verdict == "full"
    assert claim.reason == "" or claim.reason.endswith(".")


@each_claim
def test_its_command_is_one_and_reads_its_scenario(claim):
    if command := command_of(claim):
        _, name, *words = command.split()
        assert name in commands()
        settings = [words[place + 1] for place, word in enumerate(words) if word == "--set"]
        if settings:
            load_scenario(words[0], parse_settings(settings))


@each_claim
def test_what_is_full_was_measured_and_is_clear(claim):
    """A full row shows its effects, each clear of zero and of the sign that the paper says, but for methods."""
    found = [(load_effects()[one.key], one.sign) for one in claim.effects]
    if claim.verdict == "full":
        assert found or claim.part == "methods"
        assert all(one.clear and one.difference * sign > 0 for one, sign in found)


def test_every_effect_is_measured_once_and_no_other():
    assert set(load_effects()) == {one.key for one in EFFECTS}


def test_there_are_120_statements_and_the_review_is_told_as_it_was():
    assert len(CLAIMS) == len({one.code for one in CLAIMS}) == 120
    for paper, counts in BEFORE.items():
        found = Counter(one.before for one in CLAIMS if one.code.startswith(paper))
        assert tuple(found[verdict] for verdict in VERDICTS) == counts
