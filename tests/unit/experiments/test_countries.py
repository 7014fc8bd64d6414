"""The same policy in two economies: amounts of money, blocks that are exchanged, and what is left as it is."""

from types import SimpleNamespace

import numpy as np
import pytest

from abm import Model, UserError, load_scenario
from abm.data import load_assumptions, load_tables
from abm.experiments.countries import countries as running
from abm.experiments.countries.abroad import exchange_rate, in_economy
from abm.experiments.countries.blocks import BLOCKS
from abm.experiments.countries.countries import EXCHANGES, questions_of, run_countries
from abm.experiments.countries.mixing import mixed
from abm.experiments.countries.opening import LOW_INCOMES, made_to_open
from abm.experiments.countries.structure import facts_of

YEAR = 2024


def carbon(economy, value):
    return load_scenario("baseline", {"economy": economy, "levers.carbon_price": value})


def test_a_carbon_price_counts_from_the_price_of_allowances_and_is_converted():
    assert exchange_rate("usa", "china", YEAR) == pytest.approx(7.12)
    assert in_economy(carbon("usa", 50), "china").levers["carbon_price"] == pytest.approx(90 + 50 * 7.12)
    assert in_economy(carbon("china", 90), "usa").levers["carbon_price"] == 0.0
    there_and_back = in_economy(in_economy(carbon("usa", 50), "china"), "usa")
    assert there_and_back.levers["carbon_price"] == pytest.approx(50, abs=1e-5)


def test_at_purchasing_power_a_carbon_price_is_lower_in_china():
    assert exchange_rate("usa", "china", YEAR, True) == pytest.approx(3.6)
    assert in_economy(carbon("usa", 50), "china", True).levers["carbon_price"] == pytest.approx(90 + 50 * 3.6)


def test_years_and_shares_of_a_carbon_price_stay_as_they_are():
    value = {"price": {2027: 0, 2035: 50}, "dividend": 0.5}
    assert in_economy(carbon("usa", value), "china").levers["carbon_price"] == {
        "price": {2027: 90.0, 2035: 446.0}, "dividend": 0.5,
    }  # fmt: skip


def test_a_share_of_costs_is_the_same_in_both_and_the_own_economy_is_left_alone():
    own = load_scenario("adoption_subsidy")
    assert in_economy(own, "usa").levers == own.levers and in_economy(own, "usa").tables == "usa"
    assert in_economy(own, "china") is own


def test_both_sides_of_every_question_are_in_the_same_economy():
    asked = questions_of(["adoption_subsidy", "usa_carbon_price"], ["china", "usa"])
    for pairs in asked.questions.values():
        for economy, pair in pairs.items():
            assert pair.twin.tables == pair.subject.tables == economy
    assert not asked.questions["usa_carbon_price"]["china"].twin.levers


@pytest.mark.parametrize("economies", [["china"], ["china", "china"], ["china", "china_20", "usa"], ["china", "mars"]])
def test_other_than_two_economies_are_refused(economies):
    with pytest.raises(UserError):
        questions_of(["adoption_subsidy"], economies)


def test_without_a_block_the_economy_is_the_one_it_was(tmp_path):
    same = mixed("usa", "china", [], YEAR, tmp_path / "same")
    runs = [Model(workers=2000, rng=1, overrides={"economy": one}) for one in ("usa", same)]
    for _ in range(3):
        for one in runs:
            one.step()
    first, second = (one.state.macro for one in runs)
    assert first.nominal_gdp == second.nominal_gdp and first.mean_wage == second.mean_wage


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_is_that_of_the_other_and_the_economy_opens(tmp_path, name):
    path = mixed("china", "usa", [name], YEAR, tmp_path / name)
    tables, own, other = (load_tables(YEAR, one) for one in (path, "china", "usa"))
    assert (tables.staffing == (other if name == "staffing" else own).staffing).all()
    assert (tables.relative_adoption == (other if name == "adoption" else own).relative_adoption).all()
    assert tables.age_adults.sum() == pytest.approx(own.age_adults.sum(), rel=1e-4)
    rules = load_assumptions(YEAR, path)
    theirs = load_assumptions(YEAR, "usa")
    if name == "safety_net":
        assert rules["households.benefit_take_up"] == theirs["households.benefit_take_up"]
    if name == "energy":
        assert rules["energy.coal_price"] == pytest.approx(theirs["energy.coal_price"] * 7.12)
        intensity = [one.co2_mt[4] / (one.gross_output[4] * rate) for one, rate in ((tables, 1.0), (other, 7.12))]
        assert intensity[0] == pytest.approx(intensity[1])
    made_to_open(path, YEAR, [load_scenario("baseline")], 2000, [1])
    model = Model(workers=2000, rng=1, overrides={"economy": path})
    model.step()
    assert model.outcome("real_gdp") > 0


@pytest.mark.parametrize("base, donor", [("china", "usa"), ("usa", "china")])
@pytest.mark.parametrize("name", ["production", "rest", "all_blocks"])
def test_accounts_of_sectors_close_with_blocks_of_the_other(tmp_path, base, donor, name):
    path = mixed(base, donor, EXCHANGES[name], YEAR, tmp_path / name)
    tables, own = load_tables(YEAR, path), load_tables(YEAR, base)
    made, inputs = tables.gross_output, tables.domestic + tables.imported
    np.testing.assert_allclose(tables.value_added, made * (1 - inputs.sum(axis=0)), rtol=1e-8)
    uses = (
        tables.household_consumption + tables.government_consumption + tables.fixed_investment
        + tables.inventory_change + tables.exports - tables.final_imports
    )  # fmt: skip
    np.testing.assert_allclose(made, tables.domestic @ made + uses, rtol=1e-8)
    assert tables.value_added.sum() == pytest.approx(own.value_added.sum())
    imports = [(one.imported @ one.gross_output).sum() + one.final_imports.sum() for one in (tables, own)]
    if name != "rest":
        assert imports[0] == pytest.approx(imports[1], rel=1e-4)  # trade is not of the block of sectors
    made_to_open(path, YEAR, [load_scenario("baseline")], 2000, [1])
    model = Model(workers=2000, rng=1, overrides={"economy": path})
    for _ in range(4):
        model.step()  # raises where money is not conserved
    assert model.outcome("real_gdp") > 0


def test_with_every_block_the_sectors_are_those_of_the_other(tmp_path):
    path = mixed("china", "usa", list(BLOCKS), YEAR, tmp_path / "all")
    tables, other = load_tables(YEAR, path), load_tables(YEAR, "usa")
    shares = [one.value_added / one.value_added.sum() for one in (tables, other)]
    np.testing.assert_allclose(*shares, rtol=3e-3)  # published tables balance to rounding
    assert tables.allowance_price == load_tables(YEAR, "china").allowance_price  # from which a carbon price counts


def test_every_seed_opens_where_saving_was_fitted(tmp_path):
    path = mixed("usa", "china", ["growth"], YEAR, tmp_path / "growth")
    scenario, seeds = load_scenario("baseline"), (403, 404)
    with pytest.raises(UserError, match="owe money"):
        Model(workers=10_000, rng=404, overrides={"economy": path})
    fitted = made_to_open(path, YEAR, [scenario], 10_000, seeds)
    assert fitted == pytest.approx(load_assumptions(YEAR, path)[LOW_INCOMES])
    for seed in seeds:
        Model(workers=10_000, rng=seed, overrides={"economy": path})


def stand_in(stops_at):
    """An ensemble that runs nothing, and is interrupted in one of its runs."""
    done = []

    def run(scenario, workers, seeds, quarters, progress=None):
        done.append(scenario)
        return SimpleNamespace(failures={}, interrupted=len(done) == stops_at, scenario=scenario)

    return run


def test_an_interrupt_keeps_what_is_finished_in_both(monkeypatch):
    monkeypatch.setattr(running, "run_ensemble", stand_in(7))
    done = run_countries(questions_of(["adoption_subsidy", "usa_carbon_price"], ["china", "usa"]), 2000, [1], 4)
    assert done.interrupted and done.finished == ["adoption_subsidy"]
    assert ("usa_carbon_price", "china") in done.pairs and done.facts


def test_an_interrupt_during_exchanges_keeps_the_pairs_and_the_exchanges_before(monkeypatch):
    monkeypatch.setattr(running, "run_ensemble", stand_in(7))
    done = run_countries(questions_of(["adoption_subsidy"], ["china", "usa"]), 2000, [1], 4, exchange=True)
    assert done.interrupted and done.finished == ["adoption_subsidy"] and len(done.exchanged) == 1


def test_an_interrupt_before_both_are_finished_ends_the_command(monkeypatch):
    monkeypatch.setattr(running, "run_ensemble", stand_in(3))
    with pytest.raises(KeyboardInterrupt):
        run_countries(questions_of(["adoption_subsidy"], ["china", "usa"]), 2000, [1], 4)


def test_other_sectors_are_refused(tmp_path):
    with pytest.raises(UserError, match="other sectors"):
        mixed("china", "china_20", ["ages"], YEAR, tmp_path / "mixed")


def test_an_economy_without_a_rate_is_refused(tmp_path):
    path = mixed("usa", "china", [], YEAR, tmp_path / "mine")
    macro = tmp_path / "mine" / "macro.csv"
    lines = [line for line in macro.read_text().splitlines() if not line.startswith("currency_per_usd")]
    macro.write_text("\n".join(lines) + "\n")
    with pytest.raises(UserError, match="currency_per_usd"):
        in_economy(carbon("usa", 50), path)


def test_facts_are_those_of_the_tables():
    facts = {one.title: one.values for one in facts_of(["china", "usa"], YEAR)}
    assert facts["CO2 per GDP"] == pytest.approx((11974 / (134806.62 / 7.12), 4882 / 29298))
    assert sum(facts[f"jobs in {one}"][1] for one in ("farming", "industry", "services")) == pytest.approx(100)
