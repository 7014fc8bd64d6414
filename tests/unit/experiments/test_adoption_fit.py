"""Adoption without an economy: the equations against a naive recursion, the fit, its scores and China's scenarios."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from abm.applications import apply
from abm.data import load_tables
from abm.economics.adoption import FIRST_YEAR, department_path, firms_using, frontier, in_reach, quarter_of
from abm.experiments.adoption_fit.estimate import AT_ONCE, FREE, estimate, expected, log_odds
from abm.experiments.adoption_fit.predictions import (
    VARIANTS,
    adoption_scores,
    american_elasticity,
    bass_curve,
    last_step,
    logit_line,
    own_terms,
    rank_correlation,
)
from abm.experiments.adoption_fit.record import EU, US, designs, heads_between, record
from abm.experiments.adoption_fit.scenarios import PLAN, chinese_share, cost_level, scenarios, spending
from abm.experiments.adoption_fit.search import least_squares
from abm.experiments.adoption_fit.uses import ECONOMY, EUROPE, assumptions, opening_uses

pytestmark = pytest.mark.unit

EUROPE_NOW = assumptions(**EUROPE)


@pytest.fixture(scope="module")
def uses():
    return opening_uses()


@pytest.fixture(scope="module")
def found(uses):
    return estimate(uses)


@pytest.fixture(scope="module")
def scores(found, uses):
    return adoption_scores(found, uses)


# The equations


def worth_of(adoption, kind, sector, time):
    """What the applications of a sector save, one after the other."""
    total = 0.0
    for row in range(kind.floor.size):
        odds = 0.35 / 0.65 * math.exp(4 * adoption.frontier_speed * (time - 2024)) * math.exp(kind.lead[row])
        if kind.held_back[row]:
            to_come = 1 - (time - kind.arrival) / adoption.arrival_years if adoption.arrival_years else 0.0
            odds *= math.exp(-adoption.arrival * (1 if time < kind.arrival else max(0, to_come)))
        reliable = odds / (1 + odds)
        works = min(max((reliable - kind.start[row]) / (2 * (kind.floor[row] - kind.start[row])), 0), 1)
        total += kind.worth[row, sector] * works * (time >= kind.arrives[row])
    return total


@pytest.mark.parametrize("adoption", [AT_ONCE, EUROPE_NOW])
@pytest.mark.parametrize("activity", ["information", "chemicals", "trade"])
def test_departments_follow_the_equations_step_by_step(uses, adoption, activity):
    sector = uses.activities[activity]
    path = department_path(adoption, uses, 2026.0)
    mean = sum(worth_of(adoption, uses.office, one, 2024.0) * uses.weight[one] for one in range(uses.weight.size))
    none, pilot, scaled = (
        {"office": 1.0, "process": 1.0},
        {"office": 0.0, "process": 0.0},
        {"office": 0.0, "process": 0.0},
    )
    for quarter in range(quarter_of(2026.0) + 1):
        time = FIRST_YEAR + quarter / 4
        returns = worth_of(adoption, uses.process, sector, time) / adoption.plant_cost
        odds = {
            "office": math.exp(adoption.office_constant) * worth_of(adoption, uses.office, sector, time) / mean,
            "process": math.exp(adoption.process_constant) * 12 * returns,
        }
        for kind, value in odds.items():
            hazard = 0.1 * value / (1 + value) * (1 if kind == "office" else uses.plant[sector])
            begun, ended, given_up = hazard * none[kind], pilot[kind] / 4, 0.018 * scaled[kind]
            pilot[kind] += begun - ended
            scaled[kind] += 0.54 * ended - given_up
            none[kind] += 0.46 * ended + given_up - begun
            assert pilot[kind] + scaled[kind] + none[kind] == pytest.approx(1)
    assert path.office_pilot[-1, sector] == pytest.approx(pilot["office"])
    assert path.office_scaled[-1, sector] == pytest.approx(scaled["office"])
    assert path.process[-1, sector] == pytest.approx(pilot["process"] + scaled["process"])
    assert 0 < path.office[-1, sector] < path.either[-1, sector] < 1 or path.process[-1, sector] == 0


def test_what_works_agrees_with_the_applications(uses):
    """The two places that say what part of an application works, for a year after the arrival."""
    applied, adoption = apply(load_tables(economy=ECONOMY)), EUROPE_NOW
    for year in (2024.0, 2030.25):
        best = float(frontier(adoption, np.array([year]))[0])
        works = applied.passed(best, year)
        assert in_reach(adoption, uses.office, np.array([year]))[0] == pytest.approx(
            works[applied.office] @ applied.decision[applied.office]
        )


def test_a_survey_finds_what_the_quarter_begins_with(uses):
    path = department_path(AT_ONCE, uses, 2024.0)
    assert len(path.office) == quarter_of(2024.0) + 1 == 4 * (2024 - FIRST_YEAR)
    # Language arrives in the first quarter of 2023: the survey of that quarter does not see it yet.
    starts = path.office_starts[:, uses.activities["information"]]
    assert starts[quarter_of(2023.0) + 1] > 2 * starts[quarter_of(2023.0)]


def test_a_firm_uses_ai_if_a_department_does():
    adoption = assumptions(departments_elasticity=0.5)
    heads, share = np.array([5.0, 20.0, 80.0, 125.0]), 0.1
    chances = firms_using(adoption, heads, np.array(share))
    assert chances[:3] == pytest.approx([0.1, 0.1, 1 - 0.9**2])
    assert chances[3] == pytest.approx(1 - (0.5 * 0.9**2 + 0.5 * 0.9**3))  # two or three departments, 2.5 in the mean


def test_a_path_can_leave_another(uses):
    before = department_path(AT_ONCE, uses, 2030.0)
    same = department_path(AT_ONCE, uses, 2030.0, begins=(before, 2025.5))
    other = department_path(replace(AT_ONCE, office_constant=2.0), uses, 2030.0, begins=(before, 2025.5))
    assert same.office == pytest.approx(before.office) and same.process == pytest.approx(before.process)
    row = quarter_of(2025.5)
    assert other.office[: row + 1] == pytest.approx(before.office[: row + 1])
    assert (other.office[row + 1 :] >= before.office[row + 1 :]).all() and other.office[-1].mean() > before.office[
        -1
    ].mean()


# Record and designs


def test_the_designs_are_whole(uses):
    for economy in (EU, US):
        design = designs()[economy]
        assert sum(share for share, _ in design.sizes.values()) == pytest.approx(1, abs=0.002)
        assert {one for group in design.groups.values() for one in group} <= set(uses.activities)
        assert design.weights(uses.activities).sum() == pytest.approx(1)
    kinds = {one.kind for one in record()}
    assert kinds == {"size", "activity", "process_share", "spending"}
    assert {one.status for one in record()} <= {"read", "derived", "assumed"}
    heads = heads_between(10, 49)
    assert heads.min() >= 10 and heads.max() <= 50 and all(one < other for one, other in pairwise(heads))


def test_the_sizes_give_the_published_totals():
    """Europe's weights by size are derived from its totals."""
    weights = np.array([share for share, _ in designs()[EU].sizes.values()])
    for year in (2023.0, 2024.0, 2025.0):
        shares = {one.code: one.value for one in record() if (one.economy, one.time, one.kind) == (EU, year, "size")}
        total = float(weights @ [shares[name] for name in designs()[EU].sizes])
        assert total == pytest.approx(shares["all_10_plus"], abs=0.001)


# The fit


def test_2025_is_not_in_the_loss(found, monkeypatch, uses):
    """Nothing but Europe's surveys to 2024 enters; with other figures of 2025 the fit is the same."""
    assert {(one.economy, one.time) for one in found.figures} == {(EU, 2021.0), (EU, 2023.0), (EU, 2024.0)}
    assert all(one.kind in {"size", "process_share"} and one.use == "fit" for one in found.figures)
    assert list(FREE) == ["office_constant", "departments_elasticity", "arrival"]
    invented = tuple(one if one.time < 2025 else one._replace(value=0.5) for one in record())
    monkeypatch.setattr("abm.experiments.adoption_fit.estimate.record", lambda: invented)
    assert estimate(uses).adoption == found.adoption


def test_the_fit_meets_what_it_is_fitted_to(found, uses):
    shares = expected(found.adoption, uses, found.figures)
    by_size = [(one, share) for one, share in zip(found.figures, shares, strict=True) if one.kind == "size"]
    assert all(abs(share - one.value) <= 0.03 for one, share in by_size if one.time > 2021)
    assert found.error < 0.15
    assert all(0 < deviation < 1 for deviation in found.deviations.values())


def test_the_fit_is_where_no_small_step_improves_it(found, uses):
    on_record = log_odds(np.array([one.value for one in found.figures]))
    weight = np.array([{"read": 1.0, "derived": 0.5, "assumed": 0.25}[one.status] for one in found.figures])

    def loss(adoption):
        return float(weight @ (log_odds(expected(adoption, uses, found.figures)) - on_record) ** 2)

    best = loss(found.adoption)
    for name in FREE:
        for step in (-0.02, 0.02):
            assert loss(replace(found.adoption, **{name: getattr(found.adoption, name) + step})) >= best


def test_the_shipped_values_are_the_fit_to_2025(uses):
    shipped = estimate(uses, EUROPE_NOW, last=2025.0)
    for name in FREE:
        assert getattr(shipped.adoption, name) == pytest.approx(getattr(EUROPE_NOW, name), abs=0.011)


def test_the_scores_are_those_of_figures_unseen(scores):
    of_2025 = {one.code: (one.value, share) for one, share in scores.unseen if (one.economy, one.time) == (EU, 2025.0)}
    assert {"all_10_plus", "small", "medium", "large", "information", "construction"} <= set(of_2025)
    value, share = of_2025["all_10_plus"]
    # Nearer than the curves that know no arrival; the last step carried on overshoots.
    assert abs(share - value) < abs(scores.curves["bass"] - value) and share > scores.curves["logit_line"]
    assert scores.curves["last_step"] == pytest.approx(0.218, abs=0.001)
    activities = {
        name: share for name, (_, share) in of_2025.items() if name in {"information", "trade", "construction"}
    }
    assert max(activities, key=activities.get) == "information"
    assert scores.sectors >= 0.7  # with no term of a sector's own


def test_curves_and_ranks():
    times, shares = np.array([2021.0, 2023.0, 2024.0]), np.array([0.1, 0.2, 0.3])
    straight = 1 / (1 + np.exp(-(0.3 * (times - 2025) - 1)))
    assert logit_line(times, straight, 2026.0) == pytest.approx(1 / (1 + math.exp(0.7)))
    assert last_step(times, straight, 2025.0) == pytest.approx(1 / (1 + math.exp(1)))
    decay = np.exp(-0.21 * (times - 2008))
    assert bass_curve(times, (1 - decay) / (1 + 20 * decay), 2025.0) == pytest.approx(
        (1 - math.exp(-0.21 * 17)) / (1 + 20 * math.exp(-0.21 * 17)), rel=1e-3
    )
    assert rank_correlation(shares, shares[::-1]) == pytest.approx(-1)
    assert rank_correlation([1, 1, 2, 3], [1, 1, 2, 3]) == pytest.approx(1)
    assert least_squares(lambda x: np.array([x[0] - 3, 2 * (x[1] + 1)]), np.zeros(2), np.ones(2)) == pytest.approx(
        [3, -1]
    )


def test_the_variants_change_one_assumption_that_exists():
    for changes in VARIANTS.values():
        replace(EUROPE_NOW, **changes)
        assert not set(changes) & set(FREE) and len(changes) <= 1


def test_own_terms_meet_the_activities_and_are_shrunk(found, uses, scores):
    own, beside = own_terms(found, uses)
    imposed = adoption_scores(beside, uses, own)
    assert imposed.sectors > scores.sectors
    gaps = {one.code: one.value - share for one, share in imposed.unseen if one.kind == "activity"}
    before = {one.code: one.value - share for one, share in scores.unseen if one.kind == "activity"}
    assert abs(gaps["information"]) < abs(before["information"]) and gaps["information"] > 0
    asked = {uses.activities[name] for group in gaps for name in designs()[EU].groups[group]}
    assert all(own[row] == 0 for row in range(own.size) if row not in asked)


def test_americas_sizes_ask_for_a_lower_elasticity(found, uses):
    assert 0.25 < american_elasticity(found, uses) < found.adoption.departments_elasticity


# China


def test_the_scenarios_of_china(uses):
    paths = scenarios(EUROPE_NOW, uses)
    china, europe = paths["china"][0], paths["diffusion_eu"][0]
    assert (china.departments_elasticity, china.process_constant) == (0.35, europe.process_constant + 1)
    shares = {name: chinese_share(one, path.either[quarter_of(2025.0)], 10) for name, (one, path) in paths.items()}
    assert shares["official_plan"] == pytest.approx(shares["china"])  # the plan is of August 2025
    prompted, path = paths["official_plan"]
    for time, least in PLAN.items():
        assert chinese_share(prompted, path.either[quarter_of(time)], 10) >= least - 0.001


def test_spending_gives_the_cost_of_a_pilot(uses):
    china, path = scenarios(EUROPE_NOW, uses)["china"]
    spent = spending(path, china, uses)
    cost = cost_level(spent)
    assert spent.total(cost["low"]) == pytest.approx(0.003) and spent.total(cost["high"]) == pytest.approx(0.009)
    assert 0.01 < cost["low"] < cost["middle"] < cost["high"] < 0.2
    assert spending(path, china, uses, 2019).integration < 0.5 * spent.integration
