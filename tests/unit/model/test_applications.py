"""What applications of AI do in sectors: the arrays against a naive version, reliability, and the switch."""

from dataclasses import replace
from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pytest

import abm
from abm import applications as subject
from abm.applications import CARRYING_COST, NOT_FROM_RIVALS, apply, bases_of, passed, reliability
from abm.data import Family, load_applications, load_families, load_tables
from abm.errors import UserError
from abm.scenarios.resolution import without_applications
from abm.scenarios.scenario import load_scenario

pytestmark = pytest.mark.unit

YEARS = (2021.0, 2024.0, 2030.0, 2040.0, 2050.0)


def frontier(year):
    """The path of the parameters: .35 at the beginning of 2024, .032 a quarter in log odds."""
    odds = 0.35 / 0.65 * np.exp(0.128 * (year - 2024))
    return odds / (1 + odds)


@pytest.fixture
def three():
    """A farm, a plant and a bank, with two occupations; made by hand so that every share can be counted."""
    return SimpleNamespace(
        codes=("FAR", "PLA", "BAN"),
        activities=(frozenset({"agriculture"}), frozenset({"chemicals", "utilities"}), frozenset({"finance"})),
        roles=(frozenset({"farming"}), frozenset({"energy_power"}), frozenset()),
        occupation_names=("office", "computer"),
        occupation_relative_wage=np.array([1.0, 3.0]),
        staffing=np.array([[1.0, 0.0], [0.5, 0.5], [0.75, 0.25]]),
        compensation=np.array([10.0, 5.0, 20.0]),
        value_added=np.array([12.0, 9.0, 40.0]),
        operating_surplus=np.array([1.0, 2.0, 15.0]),
        depreciation=np.array([1.0, 1.0, 5.0]),
        gross_output=np.array([20.0, 40.0, 60.0]),
        rd_intensity=np.array([0.0, 0.02, 0.01]),
        storable=np.array([1.0, 1.0, 0.0]),
        domestic=np.array([[0.1, 0.2, 0.0], [0.05, 0.3, 0.01], [0.02, 0.02, 0.2]]),
        imported=np.array([[0.0, 0.1, 0.0], [0.01, 0.0, 0.0], [0.0, 0.0, 0.1]]),
    )


def naive(tables, stock):
    """Value, decision and plant from the definition, sector by sector."""
    value, decision, plant = {}, {}, np.ones(3)
    for s in range(3):
        pay, output = tables.compensation[s], tables.gross_output[s]
        bought = [(tables.domestic[i, s] + tables.imported[i, s]) * output for i in range(3)]
        base = {
            "materials": bought[0] + bought[2], "energy": bought[1],
            "downtime": tables.operating_surplus[s] + tables.depreciation[s],
            "stock": CARRYING_COST * stock * output * tables.storable[s], "demand": tables.value_added[s],
            "quality": tables.value_added[s], "research": tables.rd_intensity[s] * output, "losses": output,
        }  # fmt: skip
        wages = [tables.staffing[s, o] * tables.occupation_relative_wage[o] for o in range(2)]
        for one in load_applications():
            here = bool(one.activities & tables.activities[s])
            size = one.touched * one.saving if here else 0.0
            if one.channel == "tasks":
                pay_of = sum(wages[o] for o, name in enumerate(tables.occupation_names) if name in one.occupations)
                worth = size * pay_of / sum(wages)
            else:
                worth = size * base.get(one.channel, 0.0) / pay
            decision[one.code, s] = worth
            value[one.code, s] = worth * (NOT_FROM_RIVALS if one.channel == "demand" else 1)
            if here and one.kind == "process" and one.channel in ("materials", "energy"):
                plant[s] *= 1 - one.touched
    return value, decision, 1 - plant


def test_values_are_those_of_the_definition(three):
    applied = apply(three, stock=0.1)
    value, decision, plant = naive(three, 0.1)
    for a, code in enumerate(applied.codes):
        for s in range(3):
            assert applied.value[a, s] == pytest.approx(value[code, s]), (code, s)
            assert applied.decision[a, s] == pytest.approx(decision[code, s]), (code, s)
    np.testing.assert_allclose(applied.plant, plant)
    assert applied.plant[1] == 1.0 > applied.plant[0] > applied.plant[2] == 0.0


def test_each_application_acts_in_its_own_channel_only(three):
    applied = apply(three)
    for a, one in enumerate(applied.applications):
        acting = {name for name in subject.SHARES if getattr(applied, name)[a].any()}
        acting |= {"tasks"} if applied.tasks[a].any() else set()
        assert acting <= {one.channel}
        assert one.acts or (not acting and not applied.value[a].any())
        assert one.family == applied.families[applied.family[a]].code
        assert applied.office[a] == (one.kind == "office")


def test_tasks_are_those_of_the_occupations(three):
    applied = apply(three)
    a = applied.codes.index("programming")
    expected = 0.45 * 0.2 * np.array([[0.0, 1.0]] * 3)
    np.testing.assert_allclose(applied.tasks[a], expected)


def test_an_application_that_is_off_is_left_out(three):
    whole, less = apply(three), apply(three, ("credit", "process_control_yield"))
    kept = [code not in ("credit", "process_control_yield") for code in whole.codes]
    np.testing.assert_array_equal(less.value, whole.value[kept])
    assert less.codes == tuple(np.array(whole.codes)[kept])
    nothing = apply(three, whole.codes)
    assert nothing.value.shape == (0, 3) and nothing.tasks.shape == (0, 3, 2) and not nothing.plant.any()
    assert nothing.passed(0.5, 2030).shape == (0,)


@pytest.mark.parametrize("economy", ["china", "china_20"])
def test_office_work_is_worth_most_where_most_of_it_is_done(economy):
    tables = load_tables(economy=economy)
    applied = apply(tables)
    office = dict(zip(tables.codes, applied.value[applied.office].sum(axis=0), strict=True))
    assert office["FIN"] > max(office["ICT"], office["BUS"]) and min(office["ICT"], office["BUS"]) > office["RES"]
    assert office["RES"] > office["TRD"] > office["HOS"] > office["AGR"]
    assert 0.1 < office["FIN"] < 0.2 and office["AGR"] < 0.01
    assert (applied.decision >= applied.value).all() and (applied.value >= 0).all()
    np.testing.assert_allclose(bases_of(tables).occupations.sum(axis=1), 1)


def test_a_sector_split_in_two_has_the_applications_of_both(three):
    halves = SimpleNamespace(**vars(three) | {"activities": (*three.activities[:2], frozenset({"finance", "health"}))})
    before, after = apply(three), apply(halves)
    more = {code for code, was, now in zip(before.codes, before.present[:, 2], after.present[:, 2], strict=True)
            if now and not was}  # fmt: skip
    assert more == {"diagnosis", "medical_notes", "research_assistance", "buildings"}
    np.testing.assert_array_equal(before.value[:, :2], after.value[:, :2])


def test_reliability_is_the_frontier_ahead_by_the_lead():
    family = Family("any", "Any", "任", 1.0, 0.0, 2.0, 2023.0, 2.75, 0.0, "own", "assumed")
    slow = family._replace(years=0.5)
    odds = 0.35 / 0.65
    for one, year, lead in (
        (family, 2022.75, -1.75), (family, 2023.0, 1.0),
        (slow, 2022.75, -1.75), (slow, 2023.25, 1.0 - 2.75 / 2), (slow, 2023.5, 1.0),
    ):  # fmt: skip
        expected = odds * np.exp(lead) / (1 + odds * np.exp(lead))
        assert reliability([one], 0.35, year)[0] == pytest.approx(expected)
    assert reliability([family], 0.0, 2030)[0] == 0 and reliability([family], 1.0, 2030)[0] == 1


def test_half_of_an_application_works_at_its_floor():
    floor, start = np.array([0.4, 0.4]), np.array([0.25, 0.0])
    np.testing.assert_allclose(passed(floor, floor, start), 0.5)
    np.testing.assert_allclose(passed(np.array([0.25, 0.1]), floor, start), [0.0, 0.125])
    np.testing.assert_allclose(passed(np.array([0.55, 0.9]), floor, start), 1.0)


def test_what_was_measured_in_practice_works_in_2024_and_cars_drive_alone_in_the_forties():
    applied = apply(load_tables(economy="china"))
    works = {year: dict(zip(applied.codes, applied.passed(frontier(year), year), strict=True)) for year in YEARS}
    for code in ("process_control_yield", "process_control_energy", "maintenance", "routing", "credit", "forecasting"):
        assert works[2024.0][code] == 1.0, code
    assert works[2030.0]["autonomous_driving"] == 0 < works[2040.0]["autonomous_driving"] < 0.1
    assert 0.3 < works[2050.0]["autonomous_driving"] < 1
    for before, after in pairwise(YEARS):
        assert all(works[before][code] <= works[after][code] for code in applied.codes)
    assert 5 < works[2024.0]["writing"] / works[2021.0]["writing"] < 8, "the step of language models"


def test_nothing_works_before_it_can_be_bought():
    applied = apply(load_tables(economy="china"))
    at = applied.codes.index("autonomous_driving")
    assert applied.passed(1.0, 2025.75)[at] == 0 < applied.passed(1.0, 2026.0)[at]


def test_a_scenario_switches_applications_off(tmp_path):
    path = tmp_path / "less.yaml"
    path.write_text("applications:\n  office: off\n  tutoring: on\n  routing: off\n")
    scenario = load_scenario(path)
    off = without_applications(scenario)
    assert "routing" in off and "writing" in off and "tutoring" not in off and "maintenance" not in off
    opening = abm.Model(2_000, rng=1, policy=str(path)).economy.opening
    assert not set(opening.applied.codes) & set(off) and "tutoring" in opening.applied.codes
    assert len(opening.applied.codes) + len(off) == len(load_applications())


def test_switches_are_kept_resolved_and_counted(tmp_path):
    (tmp_path / "below.yaml").write_text("applications: {process: off}\n")
    (tmp_path / "top.yaml").write_text("extends: below\napplications: {routing: on, tutoring: off}\n")
    scenario = load_scenario(tmp_path / "top.yaml")
    assert "routing" not in without_applications(scenario) and "tutoring" in without_applications(scenario)
    assert scenario.resolved()["applications"]["tutoring"] == "off"
    base = load_scenario("baseline")
    assert load_scenario("baseline", {"applications.tutoring": "on"}).digest() == base.digest()
    assert load_scenario("baseline", {"applications.tutoring": "off"}).digest() != base.digest()
    again = replace(base, applications={"tutoring": False})
    assert again.digest() == load_scenario("baseline", {"applications.tutoring": "off"}).digest()


def test_switches_are_recorded_with_a_result_and_repeated():
    result = abm.run("baseline", workers=2_000, seeds=1, overrides={"applications.tutoring": "off", "quarters": 2})
    from abm.results.provenance import recorded_scenario

    assert recorded_scenario(result.provenance["scenario"]).applications == {"tutoring": False}
    assert "--set applications.tutoring=off" in result.provenance["command"]


@pytest.mark.parametrize(
    ("overrides", "told"),
    [
        ({"applications.tutorin": "off"}, "unknown application 'tutorin'; nearest valid: tutoring"),
        ({"applications.tutoring": 3}, "applications.tutoring should be on or off, not"),
        ({"applications": ["tutoring"]}, "applications should be a mapping, `application: off`"),
        ({"application.tutoring": "off"}, "unknown key 'application.tutoring'; nearest valid: applications.tutoring"),
    ],
)
def test_a_name_that_is_none_is_refused_with_the_nearest(overrides, told):
    with pytest.raises(UserError, match=told):
        load_scenario("baseline", overrides)


def test_families_are_in_the_order_of_their_table():
    assert [one.code for one in load_families()] == ["language", "vision", "tabular", "control"]
