"""Capital wanted and ordered by a few firms.

Worked out from docs/model/equations/production_and_demand.md.
"""

import math
from dataclasses import replace
from types import SimpleNamespace as Few

import numpy as np
import pytest

from abm.economics.bank_lending import lending_factor
from abm.economics.interest import real_rate_gap
from abm.kernels.investment import measure_capital_gaps, plan_investment
from abm.levers.instruments import Instruments
from abm.parameters import Parameters

pytestmark = pytest.mark.kernels

RULES = Parameters()
FIRMS = replace(RULES.firms, substitution=0.5)
CAPITAL = replace(RULES.investment, lump=0.0)  # a little every quarter, until the tests of lumps
DEPRECIATION, RATE_GAP, LENT = 0.0125, 0.001, 0.6
SHARES, USUAL, WAGES = (0.4, 0.3), (0.6, 0.5), (2.0, 3.0)  # of two sectors
CONTRIBUTIONS, CAPITAL_PRICE = 0.25, 1.15


def numbers(*values):
    return np.array(values, dtype=float)


def economy(**columns):
    """Two sectors; in the first one firm has far too little capital and one has too much."""
    firms = {
        "sector": np.array([0, 0, 0, 1, 1], dtype=np.uint8), "entrant": np.zeros(5, dtype=np.uint8),
        "expected_demand": numbers(30, 10, 20, 40, 9), "capital": numbers(80, 75, 90, 200, 25),
        "capital_productivity": numbers(0.3, 0.25, 0.3, 0.25, 0.25), "deposits": numbers(90, 90, 90, 500, 90),
        "loans": numbers(10, 10, 10, 10, 10), "investment_rate": numbers(0.02, 0.03, 0.01, 0.02, 0.02),
        "investment": np.zeros(5), "investment_backlog": np.zeros(5), "market_share": numbers(0.5, 0.2, 0.3, 0.8, 0.2),
        "productivity": numbers(10, 12, 9, 14, 11), "labour_per_unit": numbers(0.9, 1.0, 0.95, 1.0, 0.8),
    }  # fmt: skip
    structure = Few(
        sector_start=np.array([0, 3, 5]), corporate_tax_rate=0.2,
        capital_basket=numbers(0.7, 0.3), employer_rate=CONTRIBUTIONS, capital_share=numbers(*SHARES),
        usual_factor_costs=numbers(*USUAL) / 10,
    )  # fmt: skip
    sectors = Few(
        trend_growth=numbers(0.004, 0.012), unit_wage=numbers(*WAGES), wear=numbers(DEPRECIATION, DEPRECIATION)
    )
    plans = Few(
        **{name: np.zeros(2) for name in ("capital_gap", "capital_expansion", "capital_intensity", "capital")},
        expected_final_price=numbers(1.2, 1.0),
    )  # fmt: skip
    return Few(**firms | columns), sectors, plans, structure


def planned(plain, rules=CAPITAL, instruments=None, shock=0.02, rate_gap=RATE_GAP, lent=LENT, **columns):
    firms, sectors, plans, structure = economy(**columns)
    macro = Few(
        long_run_growth=0.008, workforce_growth=-0.002, investment_shock=shock, capital_price=CAPITAL_PRICE
    )  # fmt: skip
    plain(measure_capital_gaps)(firms, sectors, plans, structure, [macro], FIRMS, rules)
    plain(plan_investment)(
        firms, sectors, plans, structure, [macro], instruments or Instruments(), FIRMS, rules, rate_gap, lent
    )
    return firms, plans


def intensities():
    """Capital wanted for a unit of output in both sectors, against the opening, by the price of labour and capital."""
    firms, *_ = economy()
    found = []
    for s, part in enumerate((slice(0, 3), slice(3, 5))):
        share = firms.market_share[part]
        labour = (1 + CONTRIBUTIONS) * WAGES[s] * share @ (firms.labour_per_unit / firms.productivity)[part]
        capital = CAPITAL_PRICE * share @ (1 / firms.capital_productivity[part])
        dearer = labour / capital / (USUAL[s] / 10)
        power = 1 - FIRMS.substitution
        found.append((SHARES[s] + (1 - SHARES[s]) * dearer**power) ** (FIRMS.substitution / power))
    return found


def gaps():
    """(gap of each firm, gap of each sector) of capital wanted over capital held, less 1."""
    firms, *_ = economy()
    wanted = firms.expected_demand / (FIRMS.normal_utilisation * firms.capital_productivity)
    wanted *= np.array(intensities())[firms.sector]
    return wanted / firms.capital - 1, [
        wanted[part].sum() / firms.capital[part].sum() - 1 for part in (slice(0, 3), slice(3, 5))
    ]


def test_firms_invest_what_the_equation_says(plain):
    instruments = Instruments(investment_deduction=0.5)
    firms, plans = planned(plain, instruments=instruments)
    before, sectors, *_ = economy()
    firm_gaps, sector_gaps = gaps()
    mood = math.exp(0.02 - 4 * CAPITAL.rate_response * RATE_GAP) * (1 - 0.2 * 0.5) ** -CAPITAL.tax_elasticity
    assert plans.capital_intensity == pytest.approx(intensities())
    assert plans.capital_gap == pytest.approx(sector_gaps)
    for i in range(5):
        s = before.sector[i]
        own = CAPITAL.reallocation * min(CAPITAL.largest_gap, firm_gaps[i] - sector_gaps[s])
        own *= plans.capital_expansion[s] if own > 0 else 1.0
        trend = 0.5 * (0.008 - 0.002) + 0.5 * sectors.trend_growth[s]
        wanted = (DEPRECIATION + trend + CAPITAL.accelerator * sector_gaps[s]) * mood + own
        rate = before.investment_rate[i]
        rate += CAPITAL.smoothing * (np.clip(wanted, 0, CAPITAL.highest_rate) - rate)
        assert firms.investment_rate[i] == pytest.approx(rate)
        assert firms.investment[i] == pytest.approx(rate * before.capital[i])
    assert plans.capital == pytest.approx(firms.investment.sum() * numbers(0.7, 0.3))


def test_capital_moves_inside_a_sector_without_adding_demand(plain):
    """What short firms add is what the others hold back, which is no more than replacement."""
    firms, plans = planned(plain)
    firm_gaps, sector_gaps = gaps()
    for s, part in enumerate((slice(0, 3), slice(3, 5))):
        own = CAPITAL.reallocation * np.minimum(CAPITAL.largest_gap, firm_gaps[part] - sector_gaps[s])
        up = (firms.capital[part] * own)[own > 0].sum()
        down = (firms.capital[part] * np.minimum(-own, DEPRECIATION))[own < 0].sum()
        assert plans.capital_expansion[s] == pytest.approx(min(1, down / up))
        assert up > 0 and up * plans.capital_expansion[s] <= down * (1 + 1e-12)
    assert 0 < plans.capital_expansion[0] < 1


def test_short_firms_expand_in_full_where_others_release_more(plain):
    rules = replace(CAPITAL, reallocation=0.01)
    assert planned(plain, rules)[1].capital_expansion == pytest.approx([1.0, 1.0])


def test_dearer_money_and_bad_mood_lower_investment_within_limits(plain):
    def total(**changed):
        return planned(plain, **changed)[0].investment.sum()

    assert total(rate_gap=0.003) < total() < total(rate_gap=-0.001)
    assert total(shock=-0.1) < total() < total(shock=0.1)
    assert total(shock=-9.0) == total(shock=-0.6, rate_gap=0.0) and total(shock=9.0) == total(shock=0.6, rate_gap=0.0)
    assert total() < total(instruments=Instruments(investment_deduction=0.3))


def test_investment_stays_within_cash_and_what_the_bank_lends(plain):
    deposits, loans, price = numbers(0.5, 0, 0.1, 0, 0.2), numbers(0, 60, 0, 1e3, 0), 0.7 * 1.2 + 0.3 * 1.0
    capital = economy()[0].capital
    for lent in (0.0, LENT):
        firms, _ = planned(plain, deposits=deposits, loans=loans, lent=lent)
        room = np.maximum(0.0, CAPITAL.highest_leverage * price * capital - loans)
        finance = (CAPITAL.cash_share * deposits + CAPITAL.credit_share * room * lent) / price
        assert firms.investment == pytest.approx(np.minimum(firms.investment_rate * capital, finance))
        assert firms.investment[3] == 0.0 and (firms.investment < firms.investment_rate * capital).any()


def test_an_entrant_fills_its_gap_at_once(plain):
    firms, _ = planned(plain, entrant=np.array([1, 0, 0, 0, 0], dtype=np.uint8), deposits=np.full(5, 1e3))
    gap = gaps()[0][0]
    assert firms.investment[0] == pytest.approx(min(gap, 1.0) * 80) and firms.investment_rate[0] < 0.1


def test_the_bank_lends_in_full_until_its_equity_is_low():
    money = replace(RULES.money, lending_ratio=0.05)
    assert lending_factor(Few(bank_equity=6.0), 100.0, money) == 1.0
    assert lending_factor(Few(bank_equity=2.0), 100.0, money) == pytest.approx(0.4)
    assert lending_factor(Few(bank_equity=-2.0), 100.0, money) == 0.0


def test_rates_that_people_react_to():
    growth, money = RULES.growth, RULES.money
    usual = growth.trend_opening + growth.expected_growth_above_frontier
    macro = Few(
        policy_rate=0.01, expected_inflation=0.007, long_run_growth=usual - 0.004,
        usual_real_rate=money.policy_rate - growth.inflation_target,
    )  # fmt: skip
    gap = real_rate_gap(Few(macro=macro, parameters=RULES))
    natural = money.policy_rate - 0.004 / 2
    assert gap == pytest.approx((0.01 - natural) - (0.007 - growth.inflation_target))
