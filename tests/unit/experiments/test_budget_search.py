"""The search for the strength that costs a budget, on costs that are known."""

import math

import pytest

from abm.errors import UserError
from abm.experiments.effects.budget_search import MOST_TRIALS, TOLERANCE, StrengthSearch, parse_budget

pytestmark = pytest.mark.unit

BUDGET = 0.005


def sought(cost, neutral=0.0, bound=1.0, first=0.3, budget=BUDGET):
    """The ended search on ``cost(strength)``, with a check that it tries nothing beyond its ends and nothing twice."""
    search = StrengthSearch(neutral, bound, budget, first)
    while not search.ended:
        assert min(neutral, bound) <= search.strength <= max(neutral, bound)
        assert search.strength not in [strength for strength, _ in search.trials]
        search.learn(cost(search.strength))
    return search


COSTS = {
    "in proportion": lambda x: 0.01 * x,
    "more than in proportion": lambda x: 0.05 * x**3,
    "less than in proportion": lambda x: 0.006 * x**0.4,
    "far too strong at first": lambda x: 4.0 * x,
    "far too weak at first": lambda x: 0.0051 * x**6,
    "from a threshold on": lambda x: 0.02 * max(0.0, x - 0.6),
    "saturating": lambda x: 0.0056 * (1 - math.exp(-5 * x)),
    "in small steps": lambda x: 0.01 * round(x, 2),
}


@pytest.mark.parametrize("name", COSTS)
def test_the_strength_found_costs_the_budget_within_the_tolerance(name):
    search = sought(COSTS[name])
    strength, cost = search.best
    assert search.met and not search.at_bound and len(search.trials) <= MOST_TRIALS
    assert cost == COSTS[name](strength) and abs(cost / BUDGET - 1) <= TOLERANCE


def test_proportional_costs_need_two_trials_and_powers_three():
    assert len(sought(COSTS["in proportion"]).trials) == 2
    assert len(sought(COSTS["more than in proportion"]).trials) <= 3


def test_strength_is_counted_from_the_neutral_one_and_may_fall():
    rising = sought(lambda x: 0.02 * (x - 1.0), neutral=1.0, bound=2.0, first=1.2)
    assert rising.best[0] == pytest.approx(1.25)
    falling = sought(lambda x: 0.02 * (1.0 - x), neutral=1.0, bound=0.0, first=0.9)
    assert falling.best[0] == pytest.approx(0.75)


@pytest.mark.parametrize("most", [0.0, -0.01, 0.002, 0.00474])
def test_what_cannot_spend_the_budget_ends_at_its_bound(most):
    search = sought(lambda x: most * x)
    assert search.at_bound and not search.met and search.trials[-1] == (1.0, most) and len(search.trials) <= 3


def test_a_bound_that_costs_the_budget_meets_it():
    search = sought(lambda x: 0.0049 * x)
    assert search.met and not search.at_bound


def test_a_cost_that_jumps_over_the_budget_ends_with_the_nearest_trial():
    search = sought(lambda x: 0.0040 * x if x < 0.7 else 0.0200, first=0.9)
    assert len(search.trials) == MOST_TRIALS and not search.met and not search.at_bound
    assert search.best[1] == max(cost for _, cost in search.trials if cost < BUDGET)


@pytest.mark.parametrize("text", ["0.5%gdp", "0.5%GDP", "0.5 % of GDP", "0.5%", "0.005", "5e-3"])
def test_a_budget_is_a_share_of_output_in_several_spellings(text):
    assert parse_budget(text) == pytest.approx(0.005)


@pytest.mark.parametrize("text", ["", "much", "%", "0.5%gnp", "1%%", "0", "-0.1%", "0.5", "5.1%", "nan", "inf"])
def test_what_is_no_budget_is_refused_in_one_line(text):
    with pytest.raises(UserError, match="^--budget .*0.5%gdp or 0.005$") as refused:
        parse_budget(text)
    assert "\n" not in str(refused.value)
