"""What foreign assets earn at the opening: the position keeps up with GDP, or earns nothing and grows faster."""

import pytest

from abm.data.tables import load_tables
from abm.errors import UserError
from abm.parameters import Parameters, with_overrides
from abm.population import populate

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("economy", ["china", "china_20"])
def test_a_creditor_earns_no_less_than_nothing_and_the_bank_pays_a_dividend(economy):
    parameters = Parameters()
    state, structure, _ = populate(parameters, 5_000, 1, economy=economy)
    macro, rules, money = state.macro, parameters.growth, parameters.money
    growth = (1 + rules.trend_opening) * (1 + rules.inflation_target) - 1
    income = load_tables(economy=economy).macro["foreign_income_ratio"]
    steady = growth - (structure.trade_balance - income) * macro.nominal_gdp / macro.foreign_assets
    assert structure.foreign_rate == pytest.approx(max(steady, 0.0), abs=1e-12)
    assert (steady > 0) == (economy == "china_20")
    loans, deposits = state.firms.loans.sum(), state.workers.deposits.sum() + state.firms.deposits.sum()
    profit = (
        (money.policy_rate + money.loan_spread) * loans + (money.policy_rate + money.bond_spread) * macro.bonds
        + structure.foreign_rate * macro.foreign_assets - max(0.0, money.policy_rate - money.deposit_spread) * deposits
    )  # fmt: skip
    private = macro.dividend_pool / (1 - structure.foreign_ownership)
    assert structure.foreign_ownership * private == pytest.approx(income * macro.nominal_gdp)
    assert profit * (1 - structure.corporate_tax_rate) > growth * macro.bank_equity


def test_foreign_owners_cannot_be_paid_more_than_all_private_dividends():
    parameters = with_overrides(Parameters(), {"government.state_ownership": 1.0})
    with pytest.raises(UserError, match="does not close: foreign owners"):
        populate(parameters, 5_000, 1)
