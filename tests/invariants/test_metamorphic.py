"""Laws of change: what must follow when the same economy is written down in another way.

Money counted in another unit changes nothing real; nor does another order of the workers or of the firms of a sector;
nor does it matter to a sector how one of its firms is divided into two.
"""

import numpy as np
import pytest
from laboratory import Owner, Status, before, schedule

pytestmark = pytest.mark.invariants

EXACT = 1e-9
MONEY = ("thousand CNY", "thousand CNY per unit")
PRICE = "index, 2024Q1 = 1"
# Indices of quantities and of quality, and the price abroad, which is in foreign money: the exchange rate doubles.
NO_MONEY = {"world_demand", "compute_quality", "world_price"}
QUARTERS = 4
OF_NET_WAGES = ("net_wage_response", "search_net_wage")


def tables(lab):
    """{name: table} of every table of columns."""
    return {name: getattr(lab, name) for name in ("workers", "firms", "sectors", "occupations")}


def is_nominal(name, unit):
    return unit in MONEY or (unit == PRICE and name not in NO_MONEY)


def rewrite(lab, factor):
    """Count money in another unit: every amount of money and every domestic price, by its declared unit.

    That is all columns and numbers in thousand yuan (not those at the prices of 2024Q1, which are quantities), all
    price indices but those of NO_MONEY, and the ledger's stocks and payments.
    """
    for table in tables(lab).values():
        for column in type(table).columns():
            if is_nominal(column.name, column.unit):
                getattr(table, column.name)[:] *= factor
    for name, declared in type(lab.macro).declared.items():
        if is_nominal(name, declared.unit):
            setattr(lab.macro, name, getattr(lab.macro, name) * factor)
    ledger = lab.economy.ledger
    for held in (ledger.stocks, ledger.before, ledger.amounts):
        held.update({name: factor * amount for name, amount in held.items()})
    ledger.bank_equity *= factor


def run(lab, quarters=QUARTERS):
    """Whole quarters, without the record."""
    for _ in range(quarters):
        lab.economy.open_quarter(lab.quarter + 1)
        lab.do(*schedule())
    return lab


def differences(one, other, factor=1.0):
    """Columns and numbers of which the second economy's are not the first's, nominal ones times a factor."""
    found = []
    for label, table in tables(one).items():
        for column in type(table).columns():
            scale = factor if is_nominal(column.name, column.unit) else 1.0
            values, expected = getattr(tables(other)[label], column.name), scale * getattr(table, column.name)
            if not np.allclose(values, expected, rtol=EXACT, atol=EXACT * np.abs(expected).max()):
                found.append(f"{label}.{column.name}")
    for name, declared in type(one.macro).declared.items():
        scale = factor if is_nominal(name, declared.unit) else 1.0
        value, expected = getattr(other.macro, name), scale * getattr(one.macro, name)
        if not np.isclose(value, expected, rtol=EXACT, atol=1e-12):
            found.append(f"macro.{name}")
    return found


POLICIES = {
    "none": {},
    "lively": {
        "levers__basic_income": {2024: 0.03}, "levers__adoption_subsidy": {2024: 0.3},
        "levers__compute_voucher": {2024: 0.3}, "levers__hiring_subsidy": {2024: 0.5},
        "levers__rd_tax_credit": {2024: 0.2}, "levers__data_market": {2024: 0.5},
        "levers__public_compute": {2024: 0.002}, "levers__investment_tax_incentive": {2024: 0.3},
        "levers__budget_rule": {"surcharge": {2024: 0.5}, "spending_cut": {2024: 0.3}},
    },
    "carbon": {"levers__carbon_price": {2024: 300}},
}  # fmt: skip


@pytest.mark.parametrize("factor", [2.0, 1000.0])
@pytest.mark.parametrize("policy", ["none", "lively", "carbon"])
def test_money_counted_in_another_unit_changes_nothing_real(policy, factor):
    lab = before("exogenous_trends_move", **POLICIES[policy])
    lab.economy.quarter -= 1  # the quarter that was opened is begun again, with money in the other unit
    other = lab.copy()
    rewrite(other, factor)
    assert not differences(lab, other, factor)
    assert not differences(run(lab), run(other), factor)
    assert (lab.firms.ai_stage > 0).sum() > 50 and lab.macro.exits > 0


def test_rewriting_only_a_part_of_the_money_is_noticed():
    """The law has teeth: a trend of GDP in the old unit is a different economy.

    Labour supply is kept from income taxes, which public debt over that trend moves within the quarter.
    """
    lab = before("exogenous_trends_move", **{f"assumptions__labour__{name}": 0.0 for name in OF_NET_WAGES})
    lab.economy.quarter -= 1
    other = lab.copy()
    rewrite(other, 2.0)
    other.macro.trend_gdp /= 2
    found = differences(run(lab, 1), run(other, 1), 2.0)
    assert "sectors.demand" in found and "macro.trend_gdp" in found


# Another order of rows. Draws are keyed by row, so that the phases are those in which the workers draw nothing.

WITHOUT_DRAWS = {
    "assumptions__artificial_intelligence__learning_on_the_job": 0.0,
    "assumptions__households__benefit_take_up": 1.0,
    "assumptions__labour__review_persistence": 1.0,
}


def phases_from(first, last=None):
    names = list(schedule())
    return names[names.index(first) : names.index(last) if last else None]


def test_another_order_of_the_workers_changes_no_total():
    """From the setting of wages to the quarter's end: only people themselves change places."""
    lab = before("occupations_set_wages", **WITHOUT_DRAWS)
    order = np.random.default_rng(3).permutation(lab.workers.rows)
    other = lab.copy()
    for column in type(lab.workers).columns():
        getattr(other.workers, column.name)[:] = getattr(lab.workers, column.name)[order]
    names = phases_from("occupations_set_wages")
    lab.do(*names), other.do(*names)
    moved = lab.copy()
    for column in type(lab.workers).columns():
        getattr(moved.workers, column.name)[:] = getattr(lab.workers, column.name)[order]
    assert not differences(moved, other)
    assert other.paid == pytest.approx(lab.paid, rel=EXACT)
    assert (order != np.arange(order.size)).sum() > 1000


def test_another_order_of_the_firms_of_a_sector_changes_no_total():
    """From the cost of inputs to the accounts: no firm draws anything there."""
    lab = before("firms_cost_inputs", **WITHOUT_DRAWS)
    luck, sector = np.random.default_rng(4), lab.firms.sector
    order = np.concatenate([luck.permutation(np.flatnonzero(sector == one)) for one in range(sector.max() + 1)])
    place = np.argsort(order)

    def reordered(one):
        for column in type(one.firms).columns():
            values = getattr(one.firms, column.name)
            values[:] = values[order]
        at_work = one.workers.employer >= 0
        one.workers.employer[at_work] = place[one.workers.employer[at_work]]
        return one

    other, names = reordered(lab.copy()), phases_from("firms_cost_inputs", "firms_exit_and_enter")
    other.do(*names)
    assert not differences(reordered(lab.do(*names).copy()), other)
    assert other.paid == pytest.approx(lab.paid, rel=EXACT)
    assert (order != np.arange(order.size)).sum() > 200


# How a firm is divided. What belongs to its size is divided, what belongs to a unit is the same in both parts.

SIZE = ("thousand CNY", "thousand CNY of 2024Q1", "efficiency units")


def is_size(column):
    """Whether the column of a firm doubles with the firm."""
    return column.name == "market_share" or (column.unit in SIZE and column.name != "unit_wage")


def divided(lab, parts, share):
    """Make two firms of a sector one firm's parts, of ``share`` and the rest of its size."""
    one, other = parts
    for column in type(lab.firms).columns():
        values = getattr(lab.firms, column.name)
        if is_size(column):
            whole = values[one] + values[other]
            values[one], values[other] = share * whole, (1 - share) * whole
        elif values.dtype.kind == "f":
            values[other] = values[one]
    lab.firms.ai_stage[other] = lab.firms.ai_stage[one]
    lab.firms.entrant[[one, other]] = 0
    return lab


def pairs(lab):
    """Two firms of a sector that makes goods, of one that serves, and of the farms."""
    storable, owned = lab.constants.storable, lab.constants.owner == Owner.OWN_WORKERS
    kinds = (storable & ~owned, ~storable, owned)
    number = np.bincount(lab.firms.sector, minlength=lab.sectors.rows)
    sectors = [int(np.flatnonzero(kind & (number > 3))[0]) for kind in kinds]
    return [np.flatnonzero(lab.firms.sector == one)[:2] for one in sectors]


@pytest.mark.parametrize("kind", [0, 1, 2], ids=["goods", "services", "farms"])
@pytest.mark.parametrize(
    "phases", [("firms_organise_tasks", "workers_quit"), ("firms_cost_inputs", "firms_exit_and_enter")]
)
def test_it_does_not_matter_to_a_sector_how_a_firm_is_divided(phases, kind):
    lab = before(phases[0])
    parts = pairs(lab)[kind]
    whole, halves = (divided(lab.copy(), parts, share).do(*phases_from(*phases)) for share in (1 - 1e-6, 0.5))
    f, g = whole.firms, halves.firms
    for column in type(f).columns():
        first, second = getattr(f, column.name), getattr(g, column.name)
        if first.dtype.kind != "f":
            continue
        if is_size(column):
            sums = first[parts].sum(), second[parts].sum()
            assert sums[1] == pytest.approx(sums[0], rel=1e-7, abs=1e-7), column.name
            assert second[parts[0]] == pytest.approx(second[parts[1]], rel=EXACT, abs=EXACT), column.name
        else:
            assert second[parts] == pytest.approx(first[parts[[0, 0]]], rel=1e-7, abs=EXACT), column.name
        others = np.delete(np.arange(f.rows), parts)
        assert np.allclose(second[others], first[others], rtol=1e-7, atol=1e-9), column.name
    for column in type(lab.sectors).columns():
        values = getattr(whole.sectors, column.name), getattr(halves.sectors, column.name)
        assert values[1] == pytest.approx(values[0], rel=1e-7, abs=EXACT), column.name
    assert halves.paid == pytest.approx(whole.paid, rel=1e-7, abs=1e-6)
    assert (lab.workers.status == Status.EMPLOYED).any()
