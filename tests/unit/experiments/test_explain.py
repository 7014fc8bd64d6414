"""The runs behind an explanation, and what is read off them: looking changes nothing and misses nothing."""

from __future__ import annotations

import numpy as np
import pytest

import abm.experiments.attribution.explain_runs as explain_runs
import abm.experiments.attribution.observation as observation
from abm.errors import AccountingError, UserError
from abm.experiments.attribution.explain import EXPLAINED, combinations, explain
from abm.experiments.attribution.incomes import SOURCES, gini_by_source, incomes_by_source
from abm.experiments.attribution.observation import WatchedModel, observe
from abm.model import Model
from abm.phases.consumption import households_plan_spending
from abm.scenarios.mechanisms import FAMILIES
from xinzhi.analysis.statistics.measures import gini

pytestmark = pytest.mark.unit

WORKERS, YEAR = 2_000, 2025
QUARTERS = range(4, 8)
POLICY = {"levers.basic_income": 0.02, "levers.income_tax_progressivity": {"step": 1.0}}


@pytest.fixture(scope="module")
def watched():
    return observe(QUARTERS, workers=WORKERS, rng=1)


def recorded(model, name):
    return model.recorder.series(name)[QUARTERS.start : QUARTERS.stop]


def test_a_model_that_is_watched_has_the_same_bits(watched, grown, assert_same_bits):
    assert_same_bits(watched[0], grown(QUARTERS[-1]))


def test_value_added_of_firms_is_gdp_and_their_staff_all_employed(watched):
    model, seen = watched
    made, staff = seen.firms.value_added, seen.firms.staff
    persons = model.economy.structure.persons_per_worker
    assert made.shape == staff.shape == seen.firms.replaced.shape == (1 + len(QUARTERS), model.state.firms.rows)
    assert 1e-9 * persons * made[1:].sum(axis=1) == pytest.approx(recorded(model, "real_gdp"), rel=1e-9)
    assert made[1:].sum(axis=1) / staff[1:].sum(axis=1) == pytest.approx(
        recorded(model, "labour_productivity"), rel=1e-9
    )
    assert made[0].sum() / staff[0].sum() == pytest.approx(model.outcome("labour_productivity", 1), rel=1e-9)


def test_a_place_is_replaced_from_the_quarter_after_an_entry():
    """The firm that leaves at the end of a quarter has produced in it for the last time."""
    many = {"assumptions.firms.smallest_share": 0.3}
    _, seen = observe(QUARTERS, workers=WORKERS, rng=1, overrides=many)
    model = Model(WORKERS, rng=1, overrides=many)
    entered = [np.zeros(model.state.firms.rows, dtype=bool)]
    for _ in range(QUARTERS[-1]):
        model.step()
        entered.append(entered[-1] | (model.state.firms.entrant > 0))
    assert not seen.firms.replaced[0].any() and seen.firms.replaced[1].any()
    for row, quarter in enumerate(QUARTERS, start=1):
        assert (seen.firms.replaced[row] == entered[quarter - 1]).all()
    late = [seen.firms.replaced[row] != entered[quarter] for row, quarter in enumerate(QUARTERS, start=1)]
    assert np.any(late)


def test_the_sources_of_carbon_dioxide_are_all_there_is(watched):
    model, seen = watched
    e = seen.energy
    burnt = e.electricity.sum(axis=1) + e.household_electricity + e.ai_electricity
    total = e.fuel.sum(axis=1) + e.process.sum(axis=1) + e.household_fuel + e.grid * burnt
    assert total == pytest.approx(recorded(model, "co2_emissions"), rel=1e-9)
    assert burnt == pytest.approx(recorded(model, "electricity_use"), rel=1e-9)
    assert e.employed == pytest.approx(recorded(model, "employment"), rel=1e-12)
    assert e.adults == pytest.approx(recorded(model, "adult_population"), rel=1e-12)
    assert e.gdp == pytest.approx(recorded(model, "real_gdp"), rel=1e-9)


@pytest.mark.parametrize("policy", [{}, POLICY], ids=["plain", "policy"])
def test_the_sources_of_income_are_what_was_paid(policy):
    paid, seen = [], []

    def look(economy):
        paid.append(
            {name: getattr(economy.plans.household_totals, name) for name in economy.plans.household_totals.declared}
        )
        incomes, total = incomes_by_source(economy)
        seen.append(dict(zip(SOURCES, incomes.sum(axis=1), strict=True)))
        assert incomes.sum(axis=0) == pytest.approx(total, rel=1e-9, abs=1e-9)

    model = WatchedModel({households_plan_spending: look}, workers=WORKERS, rng=2, overrides=policy)
    for _ in range(13):  # policies act from 2027 on
        model.step()
    for sources, totals in zip(seen, paid, strict=True):
        assert sources["wages"] == pytest.approx(totals["wages"], rel=1e-9)
        assert sources["interest"] == pytest.approx(totals["interest"], rel=1e-9, abs=1e-9)
        assert sources["income_tax"] == pytest.approx(-totals["income_tax"], rel=1e-9)
        assert sources["contributions"] == pytest.approx(-totals["contributions"], rel=1e-9)
        assert sources["basic_income"] == pytest.approx(totals["basic_income"], rel=1e-9)
        assert sources["pensions"] == pytest.approx(totals["pensions"] + totals["old_age_help"], rel=1e-9)
        others = totals["benefits"] + totals["assistance"] - totals["old_age_help"]
        assert sources["benefits"] == pytest.approx(others, rel=1e-9)
    assert (seen[-1]["basic_income"] > 0) == bool(policy)


def test_the_gini_is_the_sum_over_its_sources(watched):
    model, seen = watched
    assert seen.gini_parts.shape == (len(QUARTERS), len(SOURCES))
    # Recorded in bins, which takes less than 1e-5 from it.
    assert seen.gini_parts.sum(axis=1) == pytest.approx(recorded(model, "gini_disposable_income"), abs=1e-5)


def test_gini_by_source_on_a_few_persons():
    """Two sources, one equal for all: it adds nothing, and takes from what the other would do alone."""
    unequal, equal = np.array([0.0, 1.0, 3.0]), np.ones(3)
    parts = gini_by_source(np.stack([unequal, equal]), unequal + equal)
    assert parts == pytest.approx([gini(unequal) * 4 / 7, 0.0], abs=1e-12)
    luck = np.random.default_rng(1)
    incomes = np.round(luck.lognormal(size=(3, 500)), 1)  # many with the same
    incomes[2] *= -0.2
    total = incomes.sum(axis=0)
    assert gini_by_source(incomes, total).sum() == pytest.approx(gini(total), abs=1e-9)
    shuffled = luck.permutation(500)
    assert gini_by_source(incomes[:, shuffled], total[shuffled]) == pytest.approx(
        gini_by_source(incomes, total), abs=1e-12
    )
    assert gini_by_source(np.zeros((2, 4)), np.zeros(4)).tolist() == [0.0, 0.0]


def test_combinations_are_in_the_order_of_their_bits():
    assert combinations(("one", "two")) == [(), ("one",), ("two",), ("one", "two")]
    assert len(combinations(tuple(FAMILIES))) == 64


@pytest.fixture(scope="module")
def small():
    return explain("no_ai", "baseline", WORKERS, [3], YEAR, ["labour", "plant"])


def test_levels_are_means_over_the_year_of_runs_with_the_families_off(small, grown):
    assert small.levels.shape == (2, 4, 1, len(EXPLAINED)) and small.seeds == (3,)
    assert small.with_ai == (False, True) and not small.interrupted and not small.failures
    assert (small.levels[0] == small.levels[0, 0]).all()  # without AI there is nothing to switch
    for at, off in ((0, ("labour", "plant")), (1, ("plant",)), (3, ())):
        model = grown(QUARTERS[-1], rng=3, **{f"mechanisms.{name}": "off" for name in off})
        expected = [recorded(model, name).mean() for name in EXPLAINED]
        assert small.levels[1, at, 0].tolist() == expected
    twin = grown(QUARTERS[-1], rng=3, policy="no_ai")
    assert small.levels[0, 0, 0].tolist() == [recorded(twin, name).mean() for name in EXPLAINED]


def test_the_same_economy_is_run_once_and_without_any_family_there_is_no_ai(monkeypatch):
    ran = []
    monkeypatch.setattr(observation, "observe", lambda year, **rest: ran.append(rest["policy"]) or _Stopped.stop())
    monkeypatch.setattr(explain_runs, "processes_for", lambda tasks: 1)
    with pytest.raises(AccountingError):
        explain("no_ai", "baseline", WORKERS, [3], YEAR)
    assert len(ran) == 64  # 63 with some family, and one without AI that serves both
    assert len({one.digest() for one in ran}) == 64


class _Stopped:
    @staticmethod
    def stop():
        raise AccountingError("deposits are below zero")


def test_a_seed_that_fails_leaves_the_others_and_an_interrupt_keeps_whole_seeds(monkeypatch):
    run = observation.observe

    def fail_on(seed, error):
        def observe_or_fail(year, **rest):
            if rest["rng"] == seed and rest["policy"].mechanisms:
                raise error
            return run(year, **rest)

        monkeypatch.setattr(observation, "observe", observe_or_fail)
        return explain("no_ai", "baseline", WORKERS, [1, 2], YEAR, ["labour"])

    monkeypatch.setattr(explain_runs, "processes_for", lambda tasks: 1)
    failed = fail_on(1, AccountingError("deposits are below zero"))
    assert failed.seeds == (2,) and list(failed.failures) == [1] and "seed 1" in str(failed.failures[1])
    stopped = fail_on(2, KeyboardInterrupt())
    assert stopped.interrupted and stopped.seeds == (1,) and stopped.levels.shape == (2, 2, 1, len(EXPLAINED))
    with pytest.raises(KeyboardInterrupt):
        fail_on(1, KeyboardInterrupt())


@pytest.mark.parametrize(
    "arguments, message",
    [
        ({"reference": "baseline"}, "same economy"),
        ({"year": 2024}, "after 2024"),
        ({"year": 2101}, "up to 2100"),
        ({"families": ["labor"]}, "unknown family"),
        ({"families": []}, "no family"),
        ({"outcomes": ["gdp"]}, "unknown outcome"),
        ({"seeds": []}, "at least one seed"),
        ({"reference": "no_a"}, "no scenario"),
    ],
)
def test_bad_input_is_refused_before_anything_runs(arguments, message, monkeypatch):
    monkeypatch.setattr(observation, "observe", lambda *_, **__: pytest.fail("it ran"))
    with pytest.raises(UserError, match=message):
        explain(**arguments)
