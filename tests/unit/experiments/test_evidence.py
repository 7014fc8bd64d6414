"""Every measurement behind the published figures on AI, against panels made by hand."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
import pytest

import abm
from abm.errors import UserError
from abm.experiments.evidence import firm_measures as firm
from abm.experiments.evidence import path_measures as path
from abm.experiments.evidence import people_measures as people
from abm.experiments.evidence import stand_alone
from abm.experiments.evidence import survey_measures as survey
from abm.experiments.evidence.measures import ACROSS_SEEDS, OF_RUNS, WITHOUT_RUNS, measured_in, measured_without_runs
from abm.experiments.evidence.panel import FirmPanel, PersonPanel, RunPanel, Totals, _process_part, activities, panel_of
from abm.scenarios.scenario import load_scenario

pytestmark = pytest.mark.unit

QUARTERS, CODES = 12, ("FOD", "CON", "TRD", "HOS", "ICT", "RES", "BUS")


def panel_with(quarters=QUARTERS, sector=(0, 0, 0, 0), persons=4, **columns):
    """A panel in which nothing happens, with some columns replaced: (firms,), (quarters + 1, firms) or a number."""
    sector = np.array(sector)
    shape, people_shape = (quarters + 1, sector.size), (quarters + 1, persons)

    def filled(name, usual, shape):
        return np.array(np.broadcast_to(columns.get(name, usual), shape), dtype=float)

    firms = {
        name: filled(name, usual, shape)
        for name, usual in (
            ("stage", 0), ("process", np.nan), ("heads", 20), ("output", 100), ("revenue", 100), ("saved", 0),
            ("paid", 0), ("department", 0),
        )
    }  # fmt: skip
    age = filled("age", 30, people_shape) + np.arange(quarters + 1)[:, None] / 4
    kept = PersonPanel(
        age, filled("employer", 0, people_shape).astype(int), filled("occupation", 0, people_shape).astype(int),
        filled("wage", 10, people_shape),
    )  # fmt: skip
    names = ("real_gdp", "nominal_gdp", "level")
    recorded = np.stack([filled(name, 1, (quarters + 1,)) for name in names], axis=1)
    return RunPanel(
        2024, CODES, sector, np.array(columns.get("exposure", (0.9, 0.5, 0.1, 0.1))), names, recorded,
        FirmPanel(entered=filled("entered", 0, shape) > 0, **firms), kept,
        Totals(
            *(filled(*one, (quarters + 1,)) for one in (
                ("spending", 0), ("income", 1), ("process_part", np.nan), ("helped", np.nan),
            ))
        ),
        0.0,
    )  # fmt: skip


def from_quarter(first, value=1.0, quarters=QUARTERS):
    """(quarters + 1, 1): 0 before a quarter and the value from it on."""
    return np.where(np.arange(quarters + 1) >= first, value, 0.0)[:, None]


BEGINS = from_quarter(2) * np.array([1.0, 0.0, 0.0, 0.0])


def test_a_firm_begins_once_and_is_compared_with_those_of_its_sector_and_size_that_do_not():
    panel = panel_with(sector=(0, 0, 1, 0), stage=BEGINS, heads=np.array([20.0, 20, 20, 60]))
    (one,) = firm.adoptions(panel, 4)
    assert (one.firm, one.quarter) == (0, 2) and list(one.controls) == [1]
    again = panel_with(stage=BEGINS * (np.arange(QUARTERS + 1) != 5)[:, None])  # gives AI up for a quarter
    assert [one.quarter for one in firm.adoptions(again, 4)] == [2]
    opening = panel_with(stage=np.array([1.0, 0, 0, 0]))
    assert not list(firm.adoptions(opening, 4))
    assert not list(firm.adoptions(panel, QUARTERS))  # nobody is there for so long
    assert not list(firm.adoptions(panel, 4, last=1))


@pytest.mark.parametrize("quarter", [2, 4, 6])
def test_a_row_that_another_firm_takes_over_is_left_out(quarter):
    entered = np.zeros((QUARTERS + 1, 4))
    entered[quarter, 0] = 1
    assert not list(firm.adoptions(panel_with(stage=BEGINS, entered=entered), 4))
    entered = np.roll(entered, 1, axis=1)  # of a firm it would be compared with
    (one,) = firm.adoptions(panel_with(stage=BEGINS, entered=entered), 4)
    assert list(one.controls) == [2, 3]
    before = np.zeros((QUARTERS + 1, 4))
    before[1, 0] = 1  # an entrant may begin in its second quarter
    assert list(firm.adoptions(panel_with(stage=BEGINS, entered=before), 4))


def test_jobs_count_where_they_change_by_a_twentieth_beside_comparable_firms():
    heads = np.full((QUARTERS + 1, 4), 20.0)
    heads[10, 0], heads[10, 1] = 19.0, 25.0
    panel = panel_with(stage=BEGINS, heads=heads)
    assert firm.jobs_changed(panel, -1) == pytest.approx(1.0)
    assert firm.jobs_changed(panel, 1) == pytest.approx(-1 / 3)
    assert firm.jobs_changed(panel_with(stage=BEGINS, heads=heads.clip(19.5)), -1) == 0.0
    assert firm.jobs_changed(panel_with(), -1) is None


def test_productivity_of_the_first_year_is_beside_comparable_firms():
    output = np.full((QUARTERS + 1, 4), 100.0)
    output[3:7, 0] *= np.exp(-0.02)
    output[3:7, 1:] *= np.exp(0.01)
    assert firm.first_years_productivity(panel_with(stage=BEGINS, output=output)) == pytest.approx(-0.03)
    assert firm.first_years_productivity(panel_with()) is None


def test_how_firms_that_begin_differ_anyhow_is_taken_away():
    heads = np.full((QUARTERS + 1, 4), 20.0)
    heads[10, 0] = 19.0
    panel, without = panel_with(stage=BEGINS, heads=heads), panel_with(heads=heads)
    fewer = partial(firm.jobs_changed, sign=-1)
    assert fewer(panel) == 1.0 and firm.beyond_selection(panel, without, fewer) == 0.0
    assert firm.beyond_selection(panel, panel_with(), fewer) == 1.0
    entered = np.zeros((QUARTERS + 1, 4))
    entered[4, 0] = 1  # in the run without AI another firm takes the row over
    assert firm.beyond_selection(panel, panel_with(entered=entered), fewer) is None


def test_shares_of_users_are_by_firms_by_jobs_and_by_size():
    stage, heads = np.array([1.0, 0, 0, 1]), np.array([90.0, 5, 15, 10])
    panel = panel_with(stage=stage, heads=heads)
    assert firm.users_by_jobs(panel, 2024) == pytest.approx((100 / 120) / 0.5)
    assert firm.users_of_size(panel, "small", 2024) == pytest.approx(0.5)
    assert firm.users_of_size(panel, "all", 2024) == pytest.approx(2 / 3)
    assert firm.users_of_size(panel, "large", 2024) is None
    assert firm.ratio_of_sizes(panel, 2024) == pytest.approx(2.0)
    assert firm.users_by_jobs(panel_with(), 2024) is None and firm.users_by_jobs(panel, 2030) is None


def test_the_place_of_information_counts_who_is_ahead_of_it():
    stage = np.array([1.0, 0, 1, 0, 0, 0, 0])
    panel = panel_with(sector=range(len(CODES)), stage=stage)
    assert firm.place_of_information(panel, 2024, 2025) == 3.0
    assert firm.place_of_information(panel_with(sector=range(len(CODES))), 2024, 2025) == 1.0
    assert firm.place_of_information(panel_with(), 2024, 2025) is None


def test_the_order_of_means_is_that_of_all_seeds_together():
    values = {f"{name}_five_years": np.array([share, 2 * share]) for name, share in firm.ORDER.items()}
    values["information_five_years"] = np.array([0.0, 1_000.0])  # last in one seed, first in the mean
    assert ACROSS_SEEDS["order_of_means"](values) == pytest.approx(1.0)
    assert np.isnan(ACROSS_SEEDS["order_of_means"](values | {"trade_five_years": np.array([np.nan, 0.1])}))


def test_the_part_of_process_ai_is_a_mean_of_the_year():
    part = np.linspace(0.1, 0.5, QUARTERS + 1)
    assert path.process_part(panel_with(process_part=part), 2025) == pytest.approx(part[4:8].mean())
    assert path.process_part(panel_with(), 2025) is None and path.process_part(panel_with(), 2040) is None


def test_the_two_kinds_of_ai_and_the_services_they_take_are_hulten_s_sum():
    model = abm.Model(workers=2_000, rng=3)
    for _ in range(4):
        model.step()
    economy, part = model.economy, _process_part(model.economy)
    assert 0 < part < 1
    firms = economy.firms
    firms.process_use[:] = 0.0
    assert _process_part(economy) == 0.0
    firms.office_use[:] = firms.assistance[:] = 0.0
    firms.displaced_share[:] = firms.new_task_share[:] = 0.0
    assert np.isnan(_process_part(economy))


def test_manufacturers_above_designated_size_are_those_of_twenty_million_yuan_a_year():
    revenue = np.array([5_000.0, 5_000.0, 4_999.0, 90_000.0])
    panel = panel_with(sector=(0, 0, 0, 1), stage=np.array([1.0, 0, 1, 1]), revenue=revenue)
    assert firm.large_manufacturers(panel, 2024) == pytest.approx(0.5)
    assert firm.large_manufacturers(panel_with(), 2024) is None


def test_the_order_of_activities_is_a_rank_correlation():
    record = [firm.ORDER[name] for name in ("manufacturing", "construction", "trade", "hospitality", "information")]
    record += [firm.ORDER["real_estate"], firm.ORDER["business_services"]]

    def panel(uses):
        """Ten firms in each of the sectors, so many of which use AI."""
        stage = np.concatenate([np.arange(10) < many for many in uses])
        return panel_with(sector=np.repeat(range(len(CODES)), 10), stage=stage)

    ranks = np.argsort(np.argsort(record))
    assert firm.order_of_activities(panel(ranks), 2024, 2025) == pytest.approx(1.0)
    assert firm.order_of_activities(panel(6 - ranks), 2024, 2025) == pytest.approx(-1.0)
    assert firm.order_of_activities(panel(np.full(7, 3)), 2024, 2025) == 0.0
    assert firm.order_of_activities(panel_with(), 2024, 2025) is None  # an activity without a firm
    assert firm.information_over_all(panel(ranks), 2024, 2024) == pytest.approx(0.6 / 0.3)
    assert set(activities()) == set(firm.ORDER)


def test_savings_are_weighted_by_the_staff_of_users():
    stage, heads = np.array([1.0, 1, 0, 0]), np.array([10.0, 30, 99, 99])
    panel = panel_with(
        stage=stage, heads=heads, saved=np.array([0.04, 0.02, 0.5, 0.5]), paid=np.array([0.004, 0, 9, 9])
    )
    assert firm.time_saved(panel, 2024) == pytest.approx(0.025)
    assert firm.share_in_pay(panel, 2024) == pytest.approx(0.001 / 0.025)
    assert firm.time_saved(panel_with(), 2024) is None and firm.share_in_pay(panel_with(), 2024) is None


def test_users_in_processes_need_a_model_with_two_kinds_of_ai():
    stage = np.array([1.0, 1, 1, 0])
    assert firm.users_in_processes(panel_with(stage=stage), 2024) is None
    assert firm.users_in_processes(panel_with(stage=stage, process=np.array([1, 0, 0, 0])), 2024) == pytest.approx(
        1 / 3
    )


def test_the_young_in_exposed_work_are_counted_beside_the_same_ages_elsewhere():
    occupation = np.repeat([0, 1, 2, 3], [2, 4, 2, 2])
    age = np.where(np.arange(10) == 1, 22.5, 40.0)
    age[[6, 7, 8]] = 22.0
    usual = {"persons": 10, "occupation": occupation, "exposure": (0.9, 0.5, 0.1, 0.1)}
    employer = np.zeros((QUARTERS + 1, 10))
    without = panel_with(age=np.repeat(age[None], 13, 0) - np.arange(13)[:, None] / 4, **usual)
    employer[9:, 1] = -1  # the only young person in exposed work loses the job
    panel = replace(without, person=replace(without.person, employer=employer.astype(int)))
    top, rest = people.most_exposed(without)
    assert list(top) == [True, False, False, False] and list(rest) == [False, False, True, True]
    assert people.employment_in_exposed(panel, without, 22, 26) == pytest.approx(-1.0)
    assert people.employment_in_exposed(without, without, 22, 26) == pytest.approx(0.0)
    assert people.employment_in_exposed(panel, without, 35, 50) == pytest.approx(0.0)
    employer[9:, [6, 7]] = -1  # and two of three elsewhere
    both = replace(without, person=replace(without.person, employer=employer.astype(int)))
    assert people.employment_in_exposed(without, both, 22, 26) is None
    employer[9:, 1] = 0
    fewer = replace(without, person=replace(without.person, employer=employer.astype(int)))
    assert people.employment_in_exposed(fewer, without, 22, 26) == pytest.approx(2.0)
    assert people.employment_in_exposed(fewer, without, 22, 26, against_rest=False) == pytest.approx(0.0)
    assert people.employment_in_exposed(panel_with(quarters=8), panel_with(quarters=8), 22, 26) is None


def test_the_young_in_exposed_work_are_counted_over_time_too():
    occupation = np.repeat([0, 1, 2, 3], [4, 8, 4, 4])
    age = np.full((13, 20), 40.0)
    age[:, [0, 1, 12, 13]] = 23.0  # two in the most exposed work, two in the least
    employer = np.zeros((13, 20))
    employer[9:, 0] = -1  # one of the two loses the job
    panel = panel_with(
        age=age - np.arange(13)[:, None] / 4, persons=20, occupation=occupation, employer=employer,
        exposure=(0.9, 0.5, 0.1, 0.1),
    )  # fmt: skip
    assert people.change_in_exposed(panel, 22, 25, against_rest=False) == pytest.approx(-0.5)
    assert people.change_in_exposed(panel, 22, 26) == pytest.approx(-0.5)
    employer[9:, 12] = -1  # and one elsewhere
    alike = replace(panel, person=replace(panel.person, employer=employer.astype(int)))
    assert people.change_in_exposed(alike, 22, 26) == pytest.approx(0.0)
    assert people.change_in_exposed(panel_with(quarters=8), 22, 26) is None


def test_surveys_of_a_quarter_ask_employers_by_size():
    stage = from_quarter(4) * np.array([1.0, 0, 1, 0, 1])
    heads = np.array([2.0, 4, 300, 260, 0])  # the last one has no staff and is not asked
    panel = panel_with(sector=(4, 0, 0, 0, 0), stage=stage, heads=heads, department=stage / 4)
    assert survey.use_by_heads(panel, "all", 2024, 4) == 0.0
    assert survey.use_by_heads(panel, "all", 2025, 1) == pytest.approx(0.5)
    assert survey.use_by_heads(panel, "250", 2025, 1) == pytest.approx(0.5)
    assert survey.use_by_department(panel, "250", 2025, 1) == pytest.approx(0.125)
    assert survey.use_by_heads(panel, "5_9", 2025, 1) is None and survey.use_by_heads(panel, "all", 2028, 1) is None
    assert survey.jobs_with_users(panel, 2025, 1) == pytest.approx(302 / 566)
    assert survey.use_in_activity(panel, "information", 2025, 1) == pytest.approx(2.0)
    assert survey.use_in_activity(panel, "trade", 2025, 1) is None
    assert survey.use_in_activity(panel, "information", 2024, 1) is None  # nobody uses AI yet
    assert survey.use_of_heads(panel, "1_4", 2024, 2025) == pytest.approx(0.25)
    assert survey.growth_of_use(panel, 2025, 2) is None  # nobody used it at the opening
    doubled = panel_with(stage=np.array([1.0, 0, 0, 0]) + from_quarter(4) * np.array([0.0, 1, 0, 0]))
    assert survey.growth_of_use(doubled, 2025, 2) == pytest.approx(2.0)


def test_the_order_of_sizes_is_of_the_classes_that_have_firms():
    as_surveyed = dict(survey.AMERICAN_ORDER[2021])
    assert survey.order_of_american_sizes(as_surveyed, 2021) == pytest.approx(1.0)
    assert survey.order_of_american_sizes({name: -use for name, use in as_surveyed.items()}, 2021) == pytest.approx(
        -1.0
    )
    few = {name: as_surveyed[name] for name in ("1_4", "5_9", "10_19", "20_49")}
    assert survey.order_of_american_sizes(few, 2021) is None
    values = {f"heads_{name}_two_years": np.array([np.nan, use]) for name, use in as_surveyed.items()}
    assert ACROSS_SEEDS["order_of_sizes_2021"](values) == pytest.approx(1.0)
    assert np.isnan(ACROSS_SEEDS["order_of_sizes_2021"]({name: values[name] * np.nan for name in values}))


def test_use_before_the_opening_is_on_the_path_that_departments_came_by():
    usa = {"economy": "usa"}
    panel = panel_of(load_scenario("baseline", usa), 2_000, 3, 2)
    opening = survey.use_by_heads(panel, "all", 2024, 1)
    assert 0.03 < panel.used_before < 0.065 and panel.used_before < opening + 0.02
    assert panel_of(load_scenario("no_ai", usa), 2_000, 3, 1).used_before == 0.0
    assert panel.firm.department.min() >= 0.0 and panel.firm.department.max() <= 1.0
    assert np.array_equal(panel.firm.department > 0, panel.firm.stage > 0)
    helped = panel.totals.helped
    assert ((helped > 0.0) & (helped < 1.0)).all()


def test_pay_in_exposed_work_is_beside_pay_elsewhere():
    occupation = np.repeat([0, 1, 2, 3], [2, 4, 2, 2])
    usual = {"persons": 10, "occupation": occupation}
    paid = np.where(occupation == 0, 11.0, np.where(occupation >= 2, 10.5, 10.0))
    found = people.pay_of_exposed(panel_with(wage=paid, **usual), panel_with(**usual))
    assert found == pytest.approx(1.1 / 1.05 - 1)


def test_earnings_are_of_the_same_persons_beside_others_of_their_occupation():
    wage = np.full((QUARTERS + 1, 6), 10.0)
    wage[10] = [10.3, 10.0, 10.1, 99.0, 10.0, 10.0]
    usual = {
        "stage": BEGINS, "persons": 6, "occupation": np.array([0, 1, 0, 2, 0, 0]),
        "employer": np.array([0, 0, 1, 1, 3, 0]),
    }  # fmt: skip
    age = np.full((QUARTERS + 1, 6), 30.0)
    age[5:, 5] = 50.0  # another person in the row
    found = people.earnings_of_staff(panel_with(wage=wage, age=age, **usual))
    # Person 0 beside 2 and 4; nobody is like person 1; who has no wage at the end is left out.
    assert found == pytest.approx(np.log(1.03) - np.log(1.01) / 2, rel=1e-6)
    wage[10, 0] = 0.0
    assert people.earnings_of_staff(panel_with(wage=wage, age=age, **usual)) is None


def test_paths_are_read_by_calendar_years():
    years = np.array([1.0] * 4 + [1.05] * 4 + [1.2] * 4 + [9.0])
    panel = panel_with(real_gdp=years, nominal_gdp=years**2, level=years, income=years, spending=years / 100)
    assert path.real_growth(panel, 2025) == pytest.approx(0.05)
    assert path.growth_of_prices(panel, 2025) == pytest.approx(0.05)
    assert path.growth_of_income(panel, 2025) == pytest.approx(0.05)
    assert path.change_in_sum(panel, "level", 2024, 2026) == pytest.approx(0.8)
    assert path.added(panel, "level", 2026) == pytest.approx(0.2)
    assert path.mean_of(panel, "level", 2026) == pytest.approx(1.2) and path.mean_of(panel, "level", 2027) is None
    assert path.spending_on_ai(panel, 2024) == pytest.approx(0.01)
    assert path.growth(panel, "level", 2024) is None and path.growth(panel, "level", 2027) is None


def test_what_ai_adds_is_the_pair_of_runs():
    years = np.array([1.0] * 4 + [1.02] * 4 + [1.05] * 4 + [9.0])
    panel, without = panel_with(level=years), panel_with()
    assert path.added_by_ai(panel, without, "level", 2026) == pytest.approx(0.05)
    assert path.added_by_ai(panel, without, "level", 2026, 2025) == pytest.approx(1.05 / 1.02 - 1)
    assert path.added_by_ai(panel, without, "level", 2026, relative=False) == pytest.approx(0.05)
    assert path.yearly_gain(panel, without, "level", 2026) == pytest.approx(1.05**0.5 - 1)
    assert path.added_by_ai(panel, without, "level", 2030) is None


def test_what_needs_no_run_comes_from_the_model_and_from_the_fit(monkeypatch):
    found = measured_without_runs()
    assert set(found) == set(WITHOUT_RUNS)
    assert 0.003 < found["plant_yield"] < 0.009  # of the saving at full use, a year after the pilot is scaled up
    assert found["research_months_with"] == pytest.approx(12.0) and found["research_months_without"] == 36.0
    monkeypatch.setattr(stand_alone, "adoption_fit_values", lambda: {"eu_small_2025": 0.17})
    assert measured_without_runs()["eu_small_2025"] == 0.17
    assert stand_alone.fit_name("EU27", 2025.0, "all_10_plus") == "eu_all_2025"
    assert stand_alone.fit_name("USA", 2025.75, "all") == "us_all_2025"
    assert stand_alone.application_saving("no_such_application") is None


def test_a_run_that_is_looked_at_has_the_same_bits():
    scenario = load_scenario("baseline")
    panel = panel_of(scenario, 2_000, 3, 5)
    model = abm.Model(workers=2_000, rng=3)
    for _ in range(5):
        model.step()
    assert np.array_equal(panel.recorded, model.recorder.values, equal_nan=True)
    assert np.array_equal(panel.firm.heads[-1], model.economy.firms.headcount)
    assert len(panel.person.wage) == 6 and set(activities()["trade"]) <= set(panel.codes)


def test_a_run_without_ai_has_nobody_that_begins():
    panel = panel_of(load_scenario("no_ai"), 2_000, 3, 12)
    assert not list(firm.adoptions(panel, 1))
    found = measured_in(panel, panel)
    assert set(found) == set(OF_RUNS)
    assert found["young_beside_others"] == 0.0 and np.isnan(found["fewer_jobs"]) and np.isnan(found["tfp_ten_years"])


def test_the_evidence_has_a_value_of_each_measurement_for_each_seed():
    found = abm.evidence(workers=2_000, seeds=[3, 4], until=2025)
    assert found.seeds == (3, 4) and not found.failures and not found.interrupted
    assert tuple(found.values) == abm.MEASUREMENTS
    assert all(len(found.values[name]) == 2 for name in OF_RUNS)
    assert np.isfinite(found.values["spending_2025"]).all() and np.isnan(found.values["tfp_ten_years"]).all()


@pytest.mark.parametrize(
    "arguments, message",
    [
        ({"until": 2024}, "until=2024"),
        ({"until": 2500}, "until=2500"),
        ({"until": "soon"}, "until"),
        ({"seeds": 0}, "seeds"),
        ({"scenario": "nowhere"}, "nowhere"),
    ],
)
def test_bad_input_is_refused(arguments, message):
    with pytest.raises(UserError, match=message):
        abm.evidence(**arguments)
