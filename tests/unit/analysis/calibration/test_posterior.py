"""The posterior: the record's moments, the emulator, the sampler and the recovery of what is known."""

import numpy as np
import pytest

from xinzhi.analysis.calibration.emulator import fit_emulator
from xinzhi.analysis.calibration.inference import Likelihood, emulator_of, posterior_of, recovery_of, sample
from xinzhi.analysis.calibration.quarterly import (
    BURN_IN,
    DOUBT,
    MOMENT_NAMES,
    OUTCOMES,
    QUARTERS,
    SERIES,
    QuarterlyRecord,
    growth_rates,
    moments_of,
    record,
    shown,
)

pytestmark = pytest.mark.unit


def test_the_record_is_whole_and_its_moments_are_those_on_file():
    rates = record().rates
    assert rates.shape == (76, len(SERIES)) and np.isfinite(rates).all()
    moments = dict(zip(MOMENT_NAMES, shown(record().moments), strict=True))
    assert moments["cpi: standard deviation"] == pytest.approx(1.61, abs=0.02)
    assert moments["exports with gdp"] == pytest.approx(0.48, abs=0.02)
    covariance = record().covariance
    assert np.linalg.eigvalsh(covariance).min() > 0.0 and (DOUBT >= 1.0).all()
    assert np.sqrt(np.diag(covariance)).min() > 0.02 and np.sqrt(np.diag(covariance)).max() < 1.0


def test_moments_are_of_chance_what_they_should_be():
    generator = np.random.default_rng(1)
    rates = generator.normal(size=(2000, len(SERIES))) * np.arange(1, len(SERIES) + 1)
    rates[1:, 3] += 0.8 * rates[:-1, 0]
    found = dict(zip(MOMENT_NAMES, shown(moments_of(rates)), strict=True))
    assert found["consumption: standard deviation"] == pytest.approx(2.0, rel=0.07)
    assert abs(found["gdp: autocorrelation"]) < 0.08 and abs(found["cpi with gdp"]) < 0.08
    shifted = dict(zip(MOMENT_NAMES, moments_of(rates + 5.0 + 0.1 * np.arange(2000)[:, None]), strict=True))
    plain = dict(zip(MOMENT_NAMES, moments_of(rates), strict=True))
    assert shifted == pytest.approx(plain, abs=1e-6)  # neither the mean nor a straight trend matters


def test_rates_of_a_run_are_of_the_quarters_after_the_burn_in():
    pd = pytest.importorskip("pandas")
    quarters = np.arange(QUARTERS + 1)
    table = pd.DataFrame(dict.fromkeys(OUTCOMES, 1.01**quarters))
    table["inflation_annual"] = 0.02
    rates = growth_rates(table)
    assert rates is not None and rates.shape == record().rates.shape
    assert rates[:, 0] == pytest.approx(400 * np.log(1.01)) and rates[:, 4] == pytest.approx(100 * np.log(1.02))
    assert rates[:, 5] == pytest.approx(0.0, abs=1e-9)  # nominal over real
    table.loc[BURN_IN + 6, "investment"] = np.nan
    assert growth_rates(table) is None


def test_an_emulator_finds_a_quadratic_form():
    generator = np.random.default_rng(2)
    ranges = np.array([[0.0, 2.0], [-1.0, 1.0], [5.0, 6.0]])
    parameters = generator.uniform(*ranges.T, size=(400, 3))
    truth = np.column_stack([parameters[:, 0] * parameters[:, 1], parameters[:, 2] ** 2 - parameters[:, 1]])
    found = fit_emulator(parameters, truth + 0.05 * generator.normal(size=truth.shape), ranges)
    asked = generator.uniform(*ranges.T, size=(50, 3))
    expected = np.column_stack([asked[:, 0] * asked[:, 1], asked[:, 2] ** 2 - asked[:, 1]])
    assert np.abs(found.moments(asked) - expected).max() < 0.06
    assert np.sqrt(np.diag(found.residual)) == pytest.approx(0.05, rel=0.2)
    assert (found.explained > 0.98).all() and np.diag(found.error).max() < 0.001


def test_the_sampler_draws_a_normal_density_and_keeps_within_the_box():
    centre, spread = np.array([0.3, -0.2]), np.array([0.1, 0.4])
    correlation = np.array([[1.0, 0.6], [0.6, 1.0]]) * np.outer(spread, spread)
    inverse = np.linalg.inv(correlation)

    def density(points):
        return -0.5 * np.einsum("pi,ij,pj->p", points - centre, inverse, points - centre)

    found = sample(density, np.array([[-3.0, 3.0], [-3.0, 3.0]]), 2000, 1)
    assert found.draws.mean(axis=0) == pytest.approx(centre, abs=0.03)
    assert np.cov(found.draws.T) == pytest.approx(correlation, abs=0.015)
    assert found.mixing.max() < 1.05 and found.highest == pytest.approx(0.0, abs=0.01)
    cut = sample(density, np.array([[0.3, 3.0], [-3.0, 3.0]]), 500, 1)
    assert cut.draws[:, 0].min() >= 0.3


def _rates(parameters, generator):
    """Runs of a little economy: the deviation and the persistence of the shocks of every series."""
    deviation, persistence = parameters
    length = 76 + 40
    rates = np.zeros((length, len(SERIES)))
    for at in range(1, length):
        rates[at] = persistence * rates[at - 1] + deviation * generator.normal(size=len(SERIES))
    return rates[40:]


@pytest.fixture(scope="module")
def runs():
    generator = np.random.default_rng(3)
    ranges = np.array([[0.5, 3.0], [0.0, 0.9]])
    parameters = generator.uniform(*ranges.T, size=(300, 2))
    return parameters, [_rates(one, generator) for one in parameters], ranges


def test_known_parameters_are_recovered_as_often_as_is_said(runs):
    parameters, rates, ranges = runs
    found = recovery_of(parameters, rates, ranges, 12)
    assert found.trials == 12 and (found.shrunk < 0.6).all()
    assert 0.25 <= found.covered[0.5] <= 0.8 and found.covered[0.9] >= 0.75


def test_variances_are_raised_where_no_parameters_show_the_moments(runs):
    parameters, rates, ranges = runs
    emulator = emulator_of(parameters, rates, ranges)
    own = posterior_of(emulator, QuarterlyRecord(rates[0]), 400)
    foreign = posterior_of(emulator, record(), 400)  # China's series differ in both
    assert own.misfit < 1.5 < foreign.misfit
    assert Likelihood(emulator, record())(ranges.mean(axis=1)[None]).shape == (1,)
