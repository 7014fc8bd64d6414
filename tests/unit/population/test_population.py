"""The agents of quarter 0 add up to the targets, and everybody's budget closes."""

import numpy as np
import pytest

from abm.codes import Owner
from abm.data import load_tables
from abm.economics.log_odds import as_decided_in
from abm.errors import UserError
from abm.parameters import Parameters, with_overrides
from abm.population import FEWEST_WORKERS, budgets, populate
from abm.population.adoption import path_to_opening
from abm.state import Status

pytestmark = pytest.mark.unit

ECONOMIES = [(2_000, 1), (2_000, 2), (3_217, 1), (10_000, 7), (10_000, 7, "china")]


class Opened:
    """One economy of quarter 0 and what tests read of it."""

    def __init__(self, workers, seed, economy=None):
        self.parameters = Parameters()
        self.state, self.structure, self.opening = populate(self.parameters, workers, seed, economy=economy)
        self.w, self.f, self.a = self.state.workers, self.state.firms, self.state.macro
        self.money = self.parameters.money
        self.employed = int((self.w.status == Status.EMPLOYED).sum())

    @property
    def deposit_rate(self):
        return max(0.0, self.money.policy_rate - self.money.deposit_spread)

    @property
    def growth(self):
        """Of all nominal stocks, per quarter."""
        rules = self.parameters.growth
        return (1 + rules.trend_opening) * (1 + rules.inflation_target) - 1

    @property
    def growth_of_deposits(self):
        """As all stocks, and by what foreign assets grow beyond them, since a creditor earns no less than nothing."""
        a, structure = self.a, self.structure
        balance = structure.trade_balance - self.opening.tables.macro["foreign_income_ratio"]
        abroad = structure.foreign_rate * a.foreign_assets + balance * a.nominal_gdp
        return self.growth + (abroad - self.growth * a.foreign_assets) / self.w.deposits.sum()

    def by_sector(self, values):
        return np.bincount(self.f.sector, weights=values, minlength=len(self.opening.codes))

    def taxes(self):
        """Income tax of every adult: nothing below the threshold, 1.6 times the rate above the upper limit."""
        government, wage = self.parameters.government, self.a.mean_wage
        base = self.w.wage + self.deposit_rate * self.w.deposits + self.w.property_income
        above = np.maximum(base - government.income_tax_threshold * wage, 0)
        rich = np.maximum(base - government.income_tax_upper * wage, 0)
        return self.structure.income_tax_rate * (above + 0.6 * rich)

    def transfers(self):
        """What is left of disposable income after wages, property, contributions and tax."""
        received = self.w.wage * (1 - self.structure.employee_rate) + self.deposit_rate * self.w.deposits
        return self.w.disposable_income - (received + self.w.property_income - self.taxes())


@pytest.fixture(scope="module", params=ECONOMIES, ids=lambda one: "-".join(map(str, one)))
def opened(request):
    return Opened(*request.param)


def test_every_sector_has_its_employment(opened):
    heads = opened.by_sector(opened.f.headcount)
    target = opened.opening.employment / opened.opening.employment.sum() * opened.employed
    assert heads.sum() == opened.employed
    assert (np.abs(heads - target) <= 1).all()


def test_staff_and_employers_agree(opened):
    w, f = opened.w, opened.f
    assert ((w.employer >= 0) == (w.status == Status.EMPLOYED)).all()
    assert np.array_equal(np.bincount(w.employer[w.employer >= 0], minlength=f.rows), f.headcount)
    assert (f.headcount >= 1).all()
    assert np.array_equal(w.region[w.employer >= 0], f.region[w.employer[w.employer >= 0]])
    payroll = np.bincount(w.employer[w.employer >= 0], weights=w.wage[w.employer >= 0], minlength=f.rows)
    assert np.allclose(payroll, f.payroll, rtol=1e-12)
    starts = opened.structure.sector_start
    assert np.array_equal(np.repeat(np.arange(starts.size - 1), np.diff(starts)), f.sector)


def test_no_firm_dominates_employment(opened):
    largest = opened.parameters.firms.largest_share * opened.employed
    assert opened.f.headcount.max() <= max(np.ceil(largest), 2)


def test_there_are_large_and_small_firms(opened):
    assert opened.f.headcount.min() <= 3
    assert opened.f.headcount.max() > 3 * opened.f.headcount.mean()


def test_the_balance_sheet_closes(opened):
    owed = opened.w.deposits.sum() + opened.f.deposits.sum() + opened.a.bank_equity
    owned = opened.f.loans.sum() + opened.a.bonds + opened.a.foreign_assets
    assert owed == pytest.approx(owned, rel=1e-12)
    assert opened.a.bank_equity > 0


def test_nobody_owes_what_nobody_can_owe(opened):
    for values in (opened.w.deposits, opened.f.deposits, opened.f.loans, opened.f.inventory, opened.w.dwellings):
        assert (values >= 0).all()
    assert (opened.f.capital > 0).all()
    assert ((opened.w.consumption > 0) == (opened.w.status != Status.ABSENT)).all()
    assert (opened.w.equity_weight >= 0).all() and opened.w.equity_weight.sum() == pytest.approx(1, rel=1e-12)


def test_households_spend_and_keep_what_they_receive(opened):
    spent = opened.w.consumption + opened.w.housing_outlay
    kept = opened.growth_of_deposits * opened.w.deposits
    assert (spent + kept).sum() == pytest.approx(opened.w.disposable_income.sum(), rel=1e-9)
    assert np.allclose(spent + kept, opened.w.disposable_income, rtol=1e-6)


def test_households_spend_what_the_tables_say(opened):
    # To a thousandth: what is left over anywhere in the opening accounts ends here.
    scale = opened.structure.money_scale
    assert opened.w.consumption.sum() == pytest.approx(opened.opening.consumption.sum() * scale, rel=1e-3)
    dwellings = (1 - opened.structure.land_fee_share) * opened.w.housing_outlay.sum()
    assert dwellings == pytest.approx(opened.opening.residential_investment.sum() * scale, rel=1e-3)


def test_income_of_every_adult_is_accounted_for(opened):
    transfers, status = opened.transfers(), opened.w.status
    scale = opened.a.mean_wage
    assert np.abs(transfers[status == Status.EMPLOYED]).max() < 1e-6 * scale
    assistance = opened.parameters.households.assistance * scale
    assert np.allclose(transfers[status == Status.INACTIVE], assistance, rtol=1e-5, atol=1e-6 * scale)
    assert (transfers[status == Status.UNEMPLOYED] >= assistance * (1 - 1e-5)).all()
    h, w, retired = opened.parameters.households, opened.w, status == Status.RETIRED
    own = h.pension_own_weight * w.reference_wage + (1 - h.pension_own_weight) * scale
    pensions = np.where(w.insured, opened.structure.pension_rate * own, h.pension_residents * scale)[retired]
    assert pensions.sum() == pytest.approx(load_tables().macro["pension_share"] * opened.a.nominal_gdp, rel=1e-9)
    assert np.allclose(transfers[retired], np.maximum(pensions, assistance), rtol=1e-5, atol=1e-6 * scale)


def test_employees_draw_nearly_half_their_wage_and_residents_little(opened):
    retired = opened.w.status == Status.RETIRED
    assert opened.w.insured[retired].mean() == pytest.approx(opened.parameters.households.insured_share, abs=0.04)
    assert 0.4 < opened.structure.pension_rate < 0.55
    farmers = load_tables().occupation_names.index("farming")
    insured = opened.w.insured[: opened.employed] > 0
    assert insured[opened.w.occupation[: opened.employed] == farmers].mean() < 0.15


def test_few_of_the_unemployed_draw_a_benefit(opened):
    jobless = opened.w.status == Status.UNEMPLOYED
    assistance = opened.parameters.households.assistance * opened.a.mean_wage
    drawing = opened.transfers()[jobless] > assistance * (1 + 1e-4)
    assert drawing.mean() < 0.3


def test_the_budget_of_the_government_closes(opened):
    f, a, structure, opening = opened.f, opened.a, opened.structure, opened.opening
    government, money, scale = opened.parameters.government, opened.parameters.money, structure.money_scale
    wages = opened.w.wage.sum()
    owner = structure.owner[f.sector]
    profit_tax = (
        structure.corporate_tax_rate
        * np.maximum(f.profit[(owner != Owner.OWN_WORKERS) & (owner != Owner.STATE)], 0).sum()
    )
    bank_profit = (
        (money.policy_rate + money.loan_spread) * f.loans.sum()
        + (money.policy_rate + money.bond_spread) * a.bonds
        + structure.foreign_rate * a.foreign_assets
        - opened.deposit_rate * (opened.w.deposits.sum() + f.deposits.sum())
    )
    bank_tax = structure.corporate_tax_rate * max(bank_profit, 0.0)
    bank_dividend = bank_profit - bank_tax - opened.growth * a.bank_equity
    owned = government.state_ownership * (f.dividends[owner == Owner.SHAREHOLDERS].sum() + bank_dividend)
    revenue = (
        # Production taxes are levied on sales.
        (structure.production_tax_rate * (opening.output - opening.inventory_change)).sum() * scale
        + (structure.employer_rate + structure.employee_rate) * wages
        + profit_tax + bank_tax + opened.taxes().sum() + owned + f.dividends[owner == Owner.STATE].sum()
        + structure.land_fee_share * opened.w.housing_outlay.sum()
    )  # fmt: skip
    spending = (
        (opening.government_consumption.sum() + opening.public_investment.sum()) * scale
        + opened.transfers().sum() + (money.policy_rate + money.bond_spread) * a.bonds
    )  # fmt: skip
    assert revenue - spending == pytest.approx(a.government_balance, abs=1e-6 * a.nominal_gdp)
    assert a.government_balance == pytest.approx(-opened.growth * a.bonds, rel=1e-9)


def test_the_totals_are_those_of_china(opened):
    macro, persons = opened.opening.tables.macro, opened.structure.persons_per_worker
    national = opened.a.nominal_gdp * 1e3 * persons * 4 / 1e12  # thousand yuan a quarter to trillions a year
    assert national == pytest.approx(macro["nominal_gdp_trn_cny"], rel=0.02)
    assert opened.a.unemployment_rate == pytest.approx(macro["unemployment_rate"], rel=0.02)
    assert opened.a.bonds / (4 * opened.a.nominal_gdp) == pytest.approx(macro["public_debt_ratio"], rel=0.02)
    assert opened.employed * persons / 1e6 == pytest.approx(macro["employment_million"], rel=0.02)
    for flow in ("exports", "imports", "consumption", "government_consumption"):
        target = getattr(opened.opening, flow).sum() / opened.opening.gdp
        assert getattr(opened.a, flow) / opened.a.nominal_gdp == pytest.approx(target, rel=0.02)
    uses = opened.a.consumption + opened.a.government_consumption + opened.a.investment
    assert uses + opened.a.exports - opened.a.imports == pytest.approx(opened.a.nominal_gdp, rel=1e-9)


def test_unemployment_counts_persons(opened):
    jobless = (opened.w.status == Status.UNEMPLOYED).sum()
    assert opened.a.labour_force == opened.employed + jobless
    assert opened.a.unemployment_rate == pytest.approx(jobless / (jobless + opened.employed), rel=1e-12)
    assert opened.a.employed == opened.employed


def test_output_of_every_sector_is_its_target(opened):
    assert np.allclose(opened.by_sector(opened.f.output), opened.opening.output * opened.structure.money_scale)
    assert np.allclose(opened.by_sector(opened.f.market_share), 1.0)
    assert np.allclose(opened.by_sector(opened.f.capital), opened.opening.capital * opened.structure.money_scale)


def test_wages_of_every_sector_are_its_target(opened):
    paid = opened.by_sector(opened.f.payroll) * (1 + opened.structure.employer_rate)
    assert np.allclose(paid, opened.opening.wages * opened.structure.money_scale)


def test_the_first_users_of_artificial_intelligence_are_few(opened):
    uses = opened.f.ai_stage > 0
    assert 0.01 < uses.mean() < 0.2  # 4 to 8 % of firms, of a few hundred drawn
    f = opened.f
    assert ((f.office_pilots + f.office_scaled + f.process_pilots + f.process_scaled > 0) == uses).all()
    for kind in ("office", "process"):
        inside = getattr(f, f"{kind}_pilots") + getattr(f, f"{kind}_scaled")
        assert (inside <= f.departments).all() and ((getattr(f, f"{kind}_cover") > 0) == (inside > 0)).all()
        strength = f.ai_capability / opened.structure.usual_capability
        use = np.minimum(1, getattr(f, f"{kind}_cover") * strength)
        assert getattr(f, f"{kind}_use") == pytest.approx(use, rel=1e-12)
    assert np.average(f.ai_capability, weights=f.headcount) == pytest.approx(opened.structure.usual_capability)


def test_the_part_of_departments_that_uses_ai_does_not_depend_on_the_number_of_simulated_workers():
    """Firms of more workers have more departments, and each is as likely to use AI: expected parts are a sector's."""
    found = []
    for workers in (10_000, 40_000):
        opened = Opened(workers, 1)
        office, process, _ = path_to_opening(opened.structure, opened.opening, opened.parameters)
        f = opened.f
        found.append(np.concatenate([office.pilots, office.scaled, process.pilots, process.scaled]))
        for kind, path in (("office", office), ("process", process)):
            inside, chance = getattr(f, f"{kind}_pilots") + getattr(f, f"{kind}_scaled"), path.pilots + path.scaled
            expected = (f.departments * chance[f.sector]).sum()
            error = np.sqrt((f.departments * (chance * (1 - chance))[f.sector]).sum())
            assert inside.sum() == pytest.approx(expected, abs=4 * error), (workers, kind)
    assert found[0] == pytest.approx(found[1], rel=1e-9)


def test_assumptions_of_adoption_hold_from_a_year_on():
    """Before it departments decide as in the central case, so that a faster spread later opens as the baseline does."""
    faster = {
        "adoption.evaluation": 0.3, "adoption.office_constant": 1.0, "adoption.process_constant": -2.0,
        "adoption.pilot_failure": 0.2, "adoption.abandonment": 0.0, "artificial_intelligence.algorithm_speed": 0.1,
    }  # fmt: skip
    paths = {}
    for name, changes in (("central", {}), ("later", faster | {"adoption.holds_from": 2025.0}), ("always", faster)):
        parameters = with_overrides(Parameters(), changes)
        _, structure, opening = populate(parameters, 2_000, 1)
        office, process, _ = path_to_opening(structure, opening, parameters)
        paths[name] = np.concatenate([office.pilots, office.scaled, office.cover, process.pilots, process.cover])
    assert (paths["later"] == paths["central"]).all() and (paths["always"] > paths["central"]).any()
    parameters = with_overrides(Parameters(), faster | {"adoption.holds_from": 2025.5})
    assert as_decided_in(2025.5, parameters) is parameters
    before = as_decided_in(2025.25, parameters).adoption
    assert before == with_overrides(Parameters(), {"adoption.holds_from": 2025.5}).adoption


def test_the_first_users_of_artificial_intelligence_are_rather_large():
    """Each department may use AI: of a sector's firms those with more departments use it more often."""
    parameters = with_overrides(
        Parameters(),
        {
            "adoption.office_constant": 2.0,
            "adoption.departments_from": 5.0,
            "adoption.departments_elasticity": 0.5,
        },
    )
    state, structure, opening = populate(parameters, 20_000, 1)
    f, uses = state.firms, state.firms.ai_stage > 0
    office, process, _ = path_to_opening(structure, opening, parameters)
    without = (1 - office.pilots - office.scaled) * (1 - process.pilots - process.scaled)
    chance = 1 - without[f.sector] ** f.departments
    for group in (f.departments == 1, f.departments == 2, f.departments > 2):
        error = np.sqrt((chance * (1 - chance))[group].sum())
        assert uses[group].sum() == pytest.approx(chance[group].sum(), abs=3 * error)
    assert uses[f.departments > 2].mean() > uses[f.departments == 1].mean() + 0.1


def test_the_same_seed_gives_the_same_bits_and_another_one_does_not():
    def bits(seed):
        state, _, _ = populate(Parameters(), 2_000, seed)
        return [
            getattr(state.workers, name).tobytes() for name in ("wage", "age", "employer", "deposits", "occupation")
        ]

    first = bits(1)
    assert bits(1) == first
    assert all(other != own for other, own in zip(bits(2), first))


def test_deposits_of_every_household_are_kept_up_by_its_saving(opened):
    """What each saves, over what its deposits need to keep growing with consumption out of them, is alike for all."""
    h, w = opened.parameters.households, opened.w
    living = w.status != Status.ABSENT
    income, deposits = w.disposable_income[living] / w.disposable_income[living].mean(), w.deposits[living]
    low, high = h.propensity_low_income, h.propensity_high_income
    propensity = opened.structure.propensity_level * (high + (low - high) / (1 + income / h.propensity_scale))
    fullness = deposits / (h.wealth_scale * w.disposable_income[living].mean())
    consumed = h.wealth_effect * (h.wealth_effect_rich + (1 - h.wealth_effect_rich) / (1 + fullness))
    growth = opened.growth_of_deposits
    needed = (growth + consumed / (1 + opened.growth)) * deposits
    saving = (1 - propensity) * w.disposable_income[living]
    assert np.allclose(saving / needed, saving.sum() / needed.sum(), rtol=1e-8)


def test_many_households_settle_in_fewer_rounds_on_the_same(monkeypatch):
    opened = Opened(5_000, 3)
    monkeypatch.setattr(budgets, "DAMPED", budgets.FAST)
    again = Opened(5_000, 3)
    assert budgets.FAST.size < 25
    assert np.allclose(opened.w.deposits, again.w.deposits, rtol=1e-8)
    assert again.structure.propensity_level == pytest.approx(opened.structure.propensity_level, rel=1e-9)


def test_threads_change_no_bit_of_a_large_opening():
    alone, together = (populate(Parameters(), 60_000, 1, threads)[0] for threads in (1, 2))
    for table in ("workers", "firms", "sectors", "occupations"):
        for name, column in vars(getattr(alone, table)).items():
            if isinstance(column, np.ndarray):
                assert column.tobytes() == getattr(getattr(together, table), name).tobytes(), name
    assert alone.macro == together.macro


@pytest.mark.parametrize("workers", [FEWEST_WORKERS - 1, 1, 0, -5])
def test_too_few_workers_are_refused(workers):
    with pytest.raises(UserError, match=f"at least {FEWEST_WORKERS}"):
        populate(Parameters(), workers, 1)


def test_assumptions_that_do_not_fit_are_told():
    from abm.parameters import with_overrides

    parameters = with_overrides(Parameters(), {"investment.depreciation": 0.1, "growth.trend_opening": 0.03})
    with pytest.raises(UserError, match="does not close"):
        populate(parameters, 2_000, 1)


def test_households_that_would_spend_too_much_out_of_wealth_are_told():
    from abm.parameters import with_overrides

    parameters = with_overrides(Parameters(), {"households.wealth_effect_rich": 0.5})
    with pytest.raises(UserError, match="spend more out of their wealth"):
        populate(parameters, 2_000, 1)


def test_all_seeds_have_the_same_targets_which_a_run_leaves_as_they_are():
    from abm.model import Model

    def kept(opening):
        return {name: one.tobytes() for name, one in vars(opening).items() if isinstance(one, np.ndarray)}

    model = Model(2_000, rng=1, policy="all_strategies")
    before = kept(model.economy.opening)
    for _ in range(6):
        model.step()
    again = Model(2_000, rng=2, policy="all_strategies").economy.opening
    assert again is model.economy.opening and kept(again) == before
    assert Model(2_000, rng=2, overrides={"ai": "none"}).economy.opening is not again


def test_farmers_and_about_half_of_the_others_have_a_claim_to_land(opened):
    w, f = opened.w, opened.state.firms
    at_work = w.employer >= 0
    on_farms = opened.structure.own_account[f.sector[np.maximum(w.employer, 0)]] & at_work
    assert (w.land_claim[on_farms] == 1).all()
    elsewhere = w.land_claim[at_work & ~on_farms]
    insured = w.insured[at_work & ~on_farms] > 0
    rules = opened.parameters.structural_change
    expected = rules.land_of_others + (rules.land_of_insured - rules.land_of_others) * insured.mean()
    assert elsewhere.mean() == pytest.approx(expected, abs=4 * (0.25 / elsewhere.size) ** 0.5)
    assert elsewhere.mean() == pytest.approx(299.7 / 571.4, abs=0.1)  # NBS 2024; these insure more than are
    assert elsewhere[insured].mean() < 0.35 < 0.8 < elsewhere[~insured].mean()
