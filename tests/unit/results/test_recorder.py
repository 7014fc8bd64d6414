"""Every outcome once more, read naively from the arrays; and how the recorder keeps them."""

import math

import numpy as np
import pytest

from abm import GROUP_LABELS, GROUP_OUTCOMES, OUTCOMES, Firm, Model, Worker
from abm.errors import UserError
from abm.results.recorder import Recorder
from abm.results.scales import SIZE_LIMITS
from abm.state import Status

pytestmark = pytest.mark.unit

NAMES = [outcome.name for outcome in OUTCOMES]
UNDEFINED_IN_THE_FIRST_YEAR = {"gdp_growth_annual", "inflation_annual"}
UNDEFINED_WITHOUT_SUCH_FIRMS = {f"ai_adoption_share_{size}" for size in ("small", "medium", "large")}
QUARTERS = 6
DISTRIBUTION = 1e-4  # the recorder sorts nobody: amounts in one bin, half a per cent wide, count as alike


def test_the_outcomes_are_recorded_in_the_order_of_their_declarations():
    assert list(Recorder.names) == NAMES and len(set(NAMES)) == len(NAMES)
    for outcome in OUTCOMES:
        assert outcome.unit and outcome.definition
    for table, outcomes in GROUP_OUTCOMES.items():
        assert len(set(GROUP_LABELS[table])) == len(GROUP_LABELS[table])
        assert len({outcome.name for outcome in outcomes}) == len(outcomes)
        assert all(outcome.unit and outcome.definition for outcome in outcomes)


@pytest.fixture(scope="module", params=[0, QUARTERS])
def model(request, grown):
    return grown(request.param)


@pytest.fixture(scope="module")
def recorded(model):
    """The last quarter by name."""
    return dict(zip(NAMES, model.recorder.values[-1].tolist()))


@pytest.fixture(scope="module")
def groups(model):
    """The last quarter by table and name."""
    return {
        table: {outcome.name: model.recorder.groups[table][-1, :, column] for column, outcome in enumerate(outcomes)}
        for table, outcomes in GROUP_OUTCOMES.items()
    }


def naive_gini(values):
    """Half the mean absolute difference over the mean of absolute values."""
    differences = sum(np.abs(values - value).sum() for value in values)
    return differences / (2 * values.size * np.abs(values).sum())


def national(model, amount):
    """Thousand yuan in memory as national trillions."""
    return amount * model.economy.structure.persons_per_worker * 1e3 / 1e12


def people(model, workers):
    return workers * model.economy.structure.persons_per_worker / 1e6


def incomes(model):
    w = model.state.workers
    return np.sort(w.disposable_income[w.status != Status.ABSENT])


def test_incomes_are_unequal_as_recorded(model, recorded, groups):
    income = incomes(model)
    tenths = [income[income.size * part // 10 : income.size * (part + 1) // 10] for part in range(10)]
    poorest = sum(part.sum() for part in tenths[:4])
    assert recorded["gini_disposable_income"] == pytest.approx(naive_gini(income), rel=DISTRIBUTION)
    assert recorded["palma_ratio"] == pytest.approx(tenths[9].sum() / poorest, rel=DISTRIBUTION)
    assert recorded["top10_income_share"] == pytest.approx(tenths[9].sum() / income.sum(), rel=DISTRIBUTION)
    shares = [part.sum() / income.sum() for part in tenths]
    assert groups["deciles"]["income_share"] == pytest.approx(shares, rel=DISTRIBUTION)
    means = [part.mean() / model.state.macro.consumer_price for part in tenths]
    assert groups["deciles"]["income_mean"] == pytest.approx(means, rel=DISTRIBUTION)


def test_wages_and_wealth_are_unequal_as_recorded(model, recorded):
    w, a = model.state.workers, model.state.macro
    assert recorded["gini_wage"] == pytest.approx(naive_gini(w.wage[w.employer >= 0]), rel=DISTRIBUTION)
    wealth = w.deposits + a.dwelling_price * w.dwellings + a.equity_value * w.equity_weight
    wealth = np.sort(wealth[w.status != Status.ABSENT])
    assert recorded["gini_wealth"] == pytest.approx(naive_gini(wealth), rel=DISTRIBUTION)
    top = wealth[wealth.size * 9 // 10 :].sum() / wealth.sum()
    assert recorded["top10_wealth_share"] == pytest.approx(top, rel=DISTRIBUTION)
    assert recorded["equity_value"] == pytest.approx(national(model, a.equity_value), rel=1e-12)


def test_persons_are_counted_by_age(model, recorded):
    adults = list(model.agents_by_type[Worker])
    assert recorded["adult_population"] == pytest.approx(people(model, len(adults)), rel=1e-12)
    assert recorded["old_age_share"] == pytest.approx(np.mean([one.age >= 60 for one in adults]), rel=1e-12)


def test_work_is_counted_person_by_person(model, recorded, groups):
    workers = model.agents_by_type[Worker]
    status = [worker.status for worker in workers]
    employed, jobless, trainees = (status.count(one) for one in (Status.EMPLOYED, Status.UNEMPLOYED, Status.TRAINING))
    assert recorded["unemployment_rate"] == pytest.approx(jobless / (employed + jobless + trainees), rel=1e-12)
    assert recorded["employment"] == pytest.approx(people(model, employed), rel=1e-12)
    assert recorded["trainees"] == pytest.approx(people(model, trainees), rel=1e-12)
    assert recorded["labour_productivity"] == pytest.approx(model.state.macro.real_gdp / employed, rel=1e-12)
    wages = [worker.wage for worker in workers if worker.status is Status.EMPLOYED]
    mean = sum(wages) / len(wages) / model.state.macro.consumer_price
    assert recorded["real_wage_mean"] == pytest.approx(mean, rel=1e-9)
    firms = model.agents_by_type[Firm]
    jobs = np.zeros(len(GROUP_LABELS["sectors"]))
    for firm in firms:
        jobs[firm.sector] += firm.headcount
    assert groups["sectors"]["employment"] == pytest.approx(people(model, jobs), rel=1e-12)
    assert groups["sectors"]["employment"].sum() == pytest.approx(recorded["employment"], rel=1e-12)


def test_occupations_and_regions_add_up(model, recorded, groups):
    w = model.state.workers
    for table, column in (("occupations", w.occupation), ("regions", w.region)):
        number = len(GROUP_LABELS[table])
        counts = {one: np.bincount(column[w.status == one], minlength=number) for one in Status}
        assert groups[table]["employment"] == pytest.approx(people(model, counts[Status.EMPLOYED]), rel=1e-12)
        assert groups[table]["employment"].sum() == pytest.approx(recorded["employment"], rel=1e-12)
        force = counts[Status.EMPLOYED] + counts[Status.UNEMPLOYED] + counts[Status.TRAINING]
        without_job = counts[Status.UNEMPLOYED] + (counts[Status.TRAINING] if table == "occupations" else 0)
        rates = [out / all_ if all_ else math.nan for out, all_ in zip(without_job, force)]
        assert groups[table]["unemployment_rate"] == pytest.approx(rates, rel=1e-12, nan_ok=True)


def test_vacancies_are_unfilled_jobs(model, recorded):
    if model.quarter == 0:
        assert math.isnan(recorded["vacancy_rate"])
        return
    unfilled = model.economy.plans.vacancies_offered - model.economy.plans.hires
    employed = (model.state.workers.employer >= 0).sum()
    assert recorded["vacancy_rate"] == pytest.approx(unfilled / (employed + unfilled), rel=1e-12)


def test_the_move_off_the_land_is_counted_person_by_person(model, recorded):
    w, f, structure = model.state.workers, model.state.firms, model.economy.structure
    at_work = w.employer >= 0
    farm = structure.own_account[f.sector]
    on_farms = at_work & farm[np.maximum(w.employer, 0)]
    assert recorded["agricultural_employment_share"] == pytest.approx(on_farms.sum() / at_work.sum(), rel=1e-12)
    net = w.wage * (1 - structure.employee_rate)
    farmers = (net[on_farms].sum() + f.dividends[farm].sum()) / on_farms.sum()
    assert recorded["farm_income_gap"] == pytest.approx(net[at_work & ~on_farms].mean() / farmers, rel=1e-9)
    assert recorded["farm_leavers"] == pytest.approx(people(model, model.state.macro.migrants), rel=1e-12)
    assert (recorded["farm_leavers"] > 0) == (model.quarter > 0)
    assert recorded["farm_returners"] == pytest.approx(people(model, model.state.macro.returners), rel=1e-12)
    basket = structure.consumption_basket
    if model.quarter:
        basket = model.economy.plans.consumption * model.economy.plans.expected_final_price
    assert recorded["food_share"] == pytest.approx(basket[0] / basket.sum(), rel=1e-12)
    assert recorded["services_share"] == pytest.approx(basket[12:].sum() / basket.sum(), rel=1e-12)


def test_output_and_its_uses(model, recorded, groups):
    a, ledger = model.state.macro, model.ledger
    assert recorded["nominal_gdp"] == pytest.approx(national(model, model.state.sectors.value_added.sum()), rel=1e-9)
    assert groups["sectors"]["value_added"].sum() == pytest.approx(recorded["nominal_gdp"], rel=1e-9)
    uses = sum(recorded[name] for name in ("consumption", "investment", "government_consumption", "exports"))
    assert uses - recorded["imports"] == pytest.approx(recorded["nominal_gdp"], rel=1e-9)
    assert recorded["real_gdp"] == pytest.approx(national(model, a.real_gdp), rel=1e-12)
    firms = model.state.firms
    assert groups["sectors"]["output"] == pytest.approx(
        [national(model, firms.output[firms.sector == s].sum()) for s in range(model.state.sectors.rows)], rel=1e-9
    )
    if model.quarter == 0:
        assert recorded["real_gdp"] == recorded["nominal_gdp"]
        return
    paid = ledger.amounts
    assert recorded["consumption"] == pytest.approx(
        national(model, paid["consumption"] + paid["consumption_imports"]), rel=1e-12
    )
    assert recorded["consumption"] == pytest.approx(national(model, model.state.workers.consumption.sum()), rel=1e-9)
    assert recorded["exports"] == pytest.approx(national(model, paid["exports"]), rel=1e-12)
    imports = sum(amount for name, amount in paid.items() if name.endswith("imports"))
    assert recorded["imports"] == pytest.approx(national(model, imports), rel=1e-12)
    labour = paid["wages"] + paid["employer_contributions"] + paid["mixed_income"]
    assert recorded["labour_share"] == pytest.approx(labour / a.nominal_gdp, rel=1e-9)


def test_rates_of_the_state_and_the_bank(model, recorded):
    a = model.state.macro
    assert recorded["public_debt_ratio"] == pytest.approx(model.government.debt / (4 * a.nominal_gdp), rel=1e-12)
    assert recorded["government_balance_ratio"] == pytest.approx(model.government.balance / a.nominal_gdp, rel=1e-12)
    assert recorded["policy_cost_ratio"] == 0.0  # nothing but the neutral policy is in force
    assert recorded["policy_rate"] == pytest.approx(4 * model.bank.policy_rate, rel=1e-12)
    if model.quarter:
        net = model.ledger.received("government") - model.ledger.paid("government")
        assert recorded["government_balance_ratio"] == pytest.approx(net / a.nominal_gdp, rel=1e-9)


def test_carbon_dioxide_and_electricity_are_sectors_and_households(model, recorded, groups):
    state, persons = model.state, model.economy.structure.persons_per_worker
    tonnes = sum(state.sectors.co2.tolist()) + state.macro.household_co2
    assert recorded["co2_emissions"] == pytest.approx(tonnes * persons / 1e6, rel=1e-12)
    of_households = state.macro.household_co2 * persons / 1e6
    assert groups["sectors"]["co2_emissions"].sum() + of_households == pytest.approx(
        recorded["co2_emissions"], rel=1e-9
    )
    megagrams = recorded["co2_emissions"] * 1e6  # tonnes
    million_yuan = recorded["real_gdp"] * 1e6
    assert recorded["co2_per_gdp"] == pytest.approx(megagrams / million_yuan, rel=1e-9)
    used = sum(state.sectors.electricity.tolist()) + state.macro.household_electricity
    used += state.macro.ai_electricity
    assert recorded["electricity_use"] == pytest.approx(used * persons / 1e6, rel=1e-12)
    assert recorded["ai_electricity"] == pytest.approx(state.macro.ai_electricity * persons / 1e6, rel=1e-12)


def test_adoption_is_counted_firm_by_firm(model, recorded, groups):
    firms = list(model.agents_by_type[Firm])
    uses = [firm.ai_stage > 0 for firm in firms]
    assert recorded["ai_adoption_share"] == pytest.approx(sum(uses) / len(firms), rel=1e-12)
    limits = [*SIZE_LIMITS, 10**9]
    for place, size in enumerate(("micro", "small", "medium", "large")):
        members = [firm for firm in firms if limits[place] <= firm.headcount < limits[place + 1]]
        share = sum(firm.ai_stage > 0 for firm in members) / len(members) if members else math.nan
        use = sum(firm.office_use for firm in members) / len(members) if members else math.nan
        if size != "micro":
            assert recorded[f"ai_adoption_share_{size}"] == pytest.approx(share, rel=1e-12, nan_ok=True)
        assert groups["firm_sizes"]["ai_adoption_share"][place] == pytest.approx(share, rel=1e-12, nan_ok=True)
        assert groups["firm_sizes"]["ai_use_intensity"][place] == pytest.approx(use, rel=1e-12, nan_ok=True)
        assert groups["firm_sizes"]["firms"][place] == pytest.approx(len(members) / len(firms), rel=1e-12)
    weighted = sum(firm.office_use * firm.output for firm in firms) / sum(firm.output for firm in firms)
    assert recorded["ai_use_intensity"] == pytest.approx(weighted, rel=1e-9)
    sectors = range(model.state.sectors.rows)
    by_sector = [np.mean([firm.ai_stage > 0 for firm in firms if firm.sector == s]) for s in sectors]
    assert groups["sectors"]["ai_adoption_share"] == pytest.approx(by_sector, rel=1e-12)


def test_exits_are_entrants(model, recorded):
    assert recorded["firm_exit_rate"] == pytest.approx(model.state.firms.entrant.mean(), rel=1e-12)


def test_the_gain_from_artificial_intelligence_is_a_small_share_of_gdp(model, recorded):
    assert 0 < recorded["tfp_ai_contribution"] < 0.2


def test_yearly_changes_look_four_quarters_back(grown):
    model = grown(QUARTERS)
    values = dict(zip(NAMES, model.recorder.values.T))
    prices = [grown(quarter).state.macro.consumer_price for quarter in range(QUARTERS + 1)]
    for name, level in (("gdp_growth_annual", values["real_gdp"]), ("inflation_annual", prices)):
        assert np.isnan(values[name][:4]).all()
        for quarter in range(4, QUARTERS + 1):
            assert values[name][quarter] == pytest.approx(level[quarter] / level[quarter - 4] - 1, rel=1e-9)


def test_only_what_is_not_defined_is_missing(grown):
    model = grown(QUARTERS)
    for column, name in enumerate(NAMES):
        missing = set(np.flatnonzero(np.isnan(model.recorder.values[:, column])).tolist())
        if name in UNDEFINED_IN_THE_FIRST_YEAR:
            assert missing == {0, 1, 2, 3}
        elif name == "vacancy_rate":
            assert missing == {0}
        elif name == "talent_gap":  # in an economy so small every technical worker may have a job now and then
            assert 0 in missing and len(missing) < QUARTERS
        elif name not in UNDEFINED_WITHOUT_SUCH_FIRMS:
            assert missing == set(), name
    assert not np.isinf(model.recorder.values).any()
    for values in model.recorder.groups.values():
        assert not np.isinf(values).any()


def test_a_series_is_found_by_its_name(grown):
    model = grown(QUARTERS)
    for column, name in enumerate(NAMES):
        assert model.recorder.series(name).tobytes() == model.recorder.values[:, column].tobytes()
        last = model.outcome(name)
        assert last == model.recorder.values[-1, column] or math.isnan(last)
    assert model.outcome("real_gdp", 0) == model.recorder.values[0, 0] != model.outcome("real_gdp")
    with pytest.raises(UserError, match="no outcome 'real_gpd'; nearest valid: real_gdp; see"):
        model.outcome("real_gpd")
    for quarter in (QUARTERS + 1, -QUARTERS - 2):
        with pytest.raises(UserError, match=f"quarter {quarter}: quarters 0 to {QUARTERS} are recorded"):
            model.outcome("real_gdp", quarter)


def test_it_grows_beyond_the_planned_quarters(assert_same_bits):
    short, long = (Model(2_000, rng=1, overrides={"quarters": quarters}) for quarters in (2, 60))
    for _ in range(9):
        short.step()
        long.step()
    assert short.recorder.values.shape == (10, len(NAMES))
    assert_same_bits(short, long)
    for table, labels in GROUP_LABELS.items():
        assert short.recorder.groups[table].shape == (10, len(labels), len(GROUP_OUTCOMES[table]))


def test_recording_does_not_change_the_economy(grown, arrays):
    import pickle

    model = pickle.loads(pickle.dumps(grown(4)))
    before = arrays(model)
    row = model.recorder.values[-1].copy()
    model.recorder.record(model.economy)
    after = arrays(model)
    changed = {name for name in before if before[name].tobytes() != after[name].tobytes()}
    assert all(name.startswith("recorder.") for name in changed)
    again = dict(zip(NAMES, model.recorder.values[-1]))
    for name, value in zip(NAMES, row):
        if name not in UNDEFINED_IN_THE_FIRST_YEAR:
            assert again[name] == pytest.approx(value, rel=1e-15, nan_ok=True), name


def test_groups_can_be_left_out_and_change_nothing_else():
    from abm import Model

    whole, bare = (Model(2_000, rng=1) for _ in range(2))
    bare.recorder.with_groups = False
    for model in (whole, bare):
        for _ in range(3):
            model.step()
    assert bare.recorder.values.tobytes() == whole.recorder.values.tobytes()
    assert all(np.isnan(values[1:]).all() for values in bare.recorder.groups.values())
