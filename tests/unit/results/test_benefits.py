"""What a policy is judged by beside GDP: net product, consumption at opening prices, and hours."""

from types import SimpleNamespace

import numpy as np
import pytest

import abm
from abm.codes import Use
from abm.kernels.production import overtime_staff
from abm.languages import translated
from abm.results.judged import FIRST_SEEN, JUDGED_BY, SHOWN_OVER_TIME
from abm.results.outcomes import OUTCOMES
from abm.results.scales import THOUSAND_TO_TRILLION, normal_hours

pytestmark = pytest.mark.unit

QUARTERS = 6


@pytest.fixture(scope="module")
def economy():
    """A small model, what its stocks lose by wear in each quarter, by hand, and the goods its households get."""
    model = abm.Model(workers=2_000, rng=3)
    worn, eaten, dwellings_rate = [], [], model.economy.parameters.households.dwelling_depreciation
    of_software = model.economy.parameters.integration.depreciation
    for _ in range(QUARTERS):
        state = model.state
        wear = state.sectors.wear[state.firms.sector]
        of_firms, public = float((wear * state.firms.capital).sum()), state.macro.public_capital
        before = of_firms, public, float(state.workers.dwellings.sum())
        intangible = float(state.firms.intangible.sum())
        model.step()
        built = float(model.economy.plans.paid[Use.PUBLIC, 2])
        public = before[1] + built - model.state.macro.public_capital  # by the change of the stock
        worn.append(of_software * intangible + before[0] + public + dwellings_rate * before[2])
        eaten.append(float(model.economy.plans.paid[Use.CONSUMPTION, 2]))
    return model, np.array(worn), np.array(eaten)


def national(model, amounts):
    return amounts * model.economy.structure.persons_per_worker * THOUSAND_TO_TRILLION


def test_net_domestic_product_is_gdp_less_what_wears_out(economy):
    model, worn, _ = economy
    gdp, net, wear = (model.recorder.series(name) for name in ("real_gdp", "real_ndp", "capital_consumption"))
    np.testing.assert_allclose(wear[1:], national(model, worn), rtol=1e-9)
    np.testing.assert_allclose(net, gdp - wear, rtol=1e-12)
    assert wear[0] == pytest.approx(wear[1], rel=1e-9), "the opening has the wear of the stocks as they stand"
    assert (wear / gdp).min() > 0.1 and (wear / gdp).max() < 0.35


def test_consumption_is_counted_at_opening_prices(economy):
    model, _, eaten = economy
    real, nominal = (model.recorder.series(name) for name in ("real_consumption", "consumption"))
    np.testing.assert_allclose(real[1:], national(model, eaten), rtol=1e-12)
    assert real[0] == nominal[0] and not np.allclose(real[1:], nominal[1:], rtol=1e-4)


def firms(headcount, output, productivity, labour, research):
    wide = np.array
    return SimpleNamespace(
        rows=len(headcount), sector=np.zeros(len(headcount), dtype=int), headcount=wide(headcount),
        efficiency_units=wide(headcount, dtype=float), output=wide(output), productivity=wide(productivity),
        labour_per_unit=wide(labour), labour_factor=np.ones(len(headcount)), research_share=wide(research),
    )  # fmt: skip


def test_overtime_is_what_is_made_beyond_normal_hours():
    # Of 10 persons: made as much as normal, 4 % more, idle by a fifth, and with AI that halves labour 2 % more.
    some = firms(
        [10, 10, 10, 10, 0], [20.0, 20.8, 16.0, 40.8, 0.0], [2.0] * 5, [1.0, 1.0, 1.0, 0.5, 1.0], [0.2] * 5
    )  # fmt: skip
    found = overtime_staff.py_func(some, SimpleNamespace(research_staff=np.array([0.2])))
    assert found == pytest.approx(10 * 0.04 + 10 * 0.02)


def test_hours_are_normal_hours_of_the_employed_and_overtime(economy):
    model, _, _ = economy
    hours, employed = model.recorder.series("hours_worked"), model.recorder.series("employment")
    each = 1000 * hours / employed  # billion hours over million persons
    highest = 1 + model.economy.parameters.firms.overtime
    usual = normal_hours(49.0)
    assert each[0] == pytest.approx(usual) and pytest.approx(49 * 52.18 / 4, rel=1e-3) == usual
    assert (each[1:] > usual).all() and (each <= usual * highest * (1 + 1e-12)).all()
    last = model.economy.plans.overtime / model.state.macro.employed
    assert each[-1] == pytest.approx(usual * (1 + last))


@pytest.mark.parametrize(
    ("name", "year", "per_year"),
    [("china", 2024, 2557), ("china_20", 2015, 2557), ("usa", 2024, 1800), ("usa", 2019, 1800)],
)
def test_hours_are_those_of_the_economy(name, year, per_year):
    model = abm.Model(workers=2_000, rng=1, overrides={"economy": name, "assumptions.growth.opening_year": year})
    each = 4 * 1000 * model.outcome("hours_worked", 0) / model.outcome("employment", 0)
    assert each == pytest.approx(per_year, abs=1)


def test_hours_are_described_with_the_source_of_the_economy():
    from abm.reference.describe_one import describe_one
    from abm.results.currency import in_words_of
    from abm.results.outcomes import OUTCOMES

    assert "49 a week each (NBS 2023, staff of enterprises)" in describe_one("hours_worked")
    other = describe_one("hours_worked", "usa")
    assert "34.5 a week each (OECD 2023" in other and "NBS" not in other
    (definition,) = (one.definition for one in OUTCOMES if one.name == "hours_worked")
    assert in_words_of(definition, "china") == definition
    chinese = translated(definition, "zh")
    assert in_words_of(chinese, "china", "zh") == chinese and "每人每周49小时" in chinese
    assert "每人每周34.5小时（经合组织2023年" in in_words_of(chinese, "usa", "zh")


def test_every_list_of_what_a_policy_is_judged_by_comes_from_one():
    from xinzhi.analysis.brief.sentences import ANSWERED
    from xinzhi.analysis.reading.display import HEADLINE
    from xinzhi.app.asking import HEADLINE as PANELS

    assert set(JUDGED_BY) <= {one.name for one in OUTCOMES} and len(set(JUDGED_BY)) == len(JUDGED_BY)
    assert HEADLINE is JUDGED_BY and ANSWERED is FIRST_SEEN and PANELS is SHOWN_OVER_TIME
    assert JUDGED_BY[:3] == ("real_gdp", "real_consumption", "real_ndp") and len(FIRST_SEEN) == 10
    assert JUDGED_BY[3:7] == ("unemployment_rate", "employment", "hours_worked", "trainees")
