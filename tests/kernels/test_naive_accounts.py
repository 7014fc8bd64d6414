"""Sums for the books against sums that anybody can check."""

from types import SimpleNamespace

import numpy as np
import pytest

from abm.codes import Status
from abm.compiling.kernels import ROWS_WORTH_CHUNKS
from abm.kernels.accounts import add_up, measure_gdp, sum_of, sum_stipends, sum_stocks
from abm.state import Firms, Workers

pytestmark = pytest.mark.kernels


@pytest.mark.parametrize("size", [0, 1, 7, 8, 9, 100])
def test_every_number_is_added_once(plain, size):
    column = np.arange(1.0, 121.0)
    for add in (plain(sum_of), sum_of):
        assert add(column, 5, 5 + size) == sum(range(6, 6 + size))


@pytest.mark.parametrize("size", [0, 1, 7, 8, 24, 127, 128, 129, 136, 257, 1_000, 4_321])
def test_a_vector_adds_up_as_with_numpy_to_the_last_digit(plain, size):
    generator = np.random.default_rng(size)
    values = generator.choice([-1.0, 1.0], size) * np.exp(generator.normal(0, 5, size))
    for add in (plain(add_up), add_up):
        assert add(values) == values.sum()


@pytest.mark.parametrize("rows", [3, 2_001, ROWS_WORTH_CHUNKS + 3])
def test_stocks_are_those_of_every_row(rows):
    generator = np.random.default_rng(1)
    workers, firms = Workers(rows), Firms(rows // 3)
    for column in (workers.deposits, firms.deposits, firms.loans):
        column[:] = np.exp(generator.normal(0, 3, column.size))
    sums = [sum_stocks[threads](workers.view, firms.view) for threads in (1, 2)]
    assert sums[0] == sums[1] == pytest.approx((workers.deposits.sum(), firms.deposits.sum(), firms.loans.sum()))
    assert all(isinstance(value, float) for value in sums[0])
    workers.deposits[-1] += 1.0
    assert sum_stocks[1](workers.view, firms.view)[0] == pytest.approx(sums[0][0] + 1.0, abs=1e-6)


def test_gdp_is_value_added_and_in_real_terms_what_is_bought_less_imports(plain):
    sectors = SimpleNamespace(value_added=np.array([5.0, 7.0]), imports=np.array([0.5, 0.25]))
    paid = np.array([[9.0, 1.0, 8.0], [2.0, 0.5, 2.25]])  # the last column is the quantity
    plans = SimpleNamespace(paid=paid, exports=np.array([1.5, 1.0]))
    assert plain(measure_gdp)(sectors, plans, 0.125) == (12.0, 8.0 + 2.25 + 0.125 + 2.5 - 0.75)


def test_stipends_are_those_of_trainees_and_never_less_than_assistance(plain):
    workers = SimpleNamespace(
        status=np.array([Status.TRAINING, Status.EMPLOYED, Status.TRAINING, Status.TRAINING]),
        reference_wage=np.array([20.0, 30.0, 0.0, 10.0]),
    )
    rules, macro = SimpleNamespace(stipend=0.25, assistance=0.3), SimpleNamespace(mean_wage=20.0)
    usual = [max(0.25 * (wage + 20), 6.0) for wage in (20, 0, 10)]
    dear = [max(1.4 * 0.25 * (wage + 20), 6.0) for wage in (20, 0, 10)]
    assert plain(sum_stipends)(workers, [macro], rules, 1.4) == pytest.approx((3, sum(usual), sum(dear)))
