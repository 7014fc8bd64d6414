"""The same bits whatever the number of threads and whichever process; the same luck whatever the policy."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import abm
from abm import Model
from abm.compiling.kernels import ROWS_WORTH_CHUNKS

pytestmark = pytest.mark.invariants

SHOCKS = (
    "export_shock", "consumption_shock", "investment_shock", "productivity_shock", "harvest_shock", "commodity_shock",
    "world_demand", "world_price",
)  # fmt: skip
OPENED_ALIKE = ("age", "participates", "protected_group", "region", "occupation", "status", "employer", "wage")

PROBE = """
import hashlib
from abm import Model
model = Model(2_000, rng=11, policy="carbon_price")
for _ in range(14):
    model.step()
seen = hashlib.sha256(model.recorder.values.tobytes())
for values in (model.state.workers.deposits, model.state.firms.price, model.state.workers.employer):
    seen.update(values.tobytes())
print(seen.hexdigest())
"""


def test_one_thread_and_two_give_the_same_bits(assert_same_bits):
    import numba

    if numba.config.NUMBA_NUM_THREADS < 2:
        pytest.skip("one core only")
    workers = ROWS_WORTH_CHUNKS + 10_000
    one, two = (Model(workers, rng=3, threads=threads) for threads in (1, 2))
    assert (one.economy.threads, two.economy.threads) == (1, 2)
    for _ in range(2):
        one.step()
        two.step()
    assert_same_bits(one, two)


def test_another_process_gives_the_same_bits():
    environment = {**os.environ, "PYTHONPATH": str(Path(abm.__file__).resolve().parents[1]), "PYTHONHASHSEED": "5"}
    told = {
        subprocess.run(
            [sys.executable, "-W", "error", "-c", PROBE],
            env=environment, capture_output=True, text=True, timeout=300, check=True,
        ).stdout.strip()
    }  # fmt: skip
    model = Model(2_000, rng=11, policy="carbon_price")
    for _ in range(14):
        model.step()
    seen = hashlib.sha256(model.recorder.values.tobytes())
    for values in (model.state.workers.deposits, model.state.firms.price, model.state.workers.employer):
        seen.update(values.tobytes())
    assert told == {seen.hexdigest()}


def test_models_side_by_side_do_not_disturb_each_other(grown, assert_same_bits):
    one, other = Model(2_000, rng=1), Model(3_000, rng=2, policy="no_ai")
    for _ in range(4):
        one.step()
        other.step()
    assert_same_bits(one, grown(4))


@pytest.mark.parametrize("policy", ["no_ai", "carbon_price"])
def test_the_world_has_the_same_luck_under_every_policy(policy, grown):
    for quarter in (0, 4, 16):
        baseline, other = grown(quarter).state.macro, grown(quarter, policy=policy).state.macro
        assert [getattr(baseline, name) for name in SHOCKS] == [getattr(other, name) for name in SHOCKS]


def test_people_open_alike_with_and_without_artificial_intelligence(grown):
    with_it, without = grown(0).state.workers, grown(0, policy="no_ai").state.workers
    for name in OPENED_ALIKE:
        assert np.array_equal(getattr(with_it, name), getattr(without, name)), name


@pytest.mark.parametrize("quarters", [8, 16])
def test_the_same_people_age_retire_and_die(quarters, grown):
    """Work changes with the policy, who lives and who inherits does not."""
    with_it, without = grown(quarters).state.workers, grown(quarters, policy="no_ai").state.workers
    for name in ("age", "protected_group", "participates", "equity_weight"):
        assert np.array_equal(getattr(with_it, name), getattr(without, name)), name
    assert np.array_equal(with_it.status == 4, without.status == 4)
    assert not np.array_equal(with_it.wage, without.wage)


def test_heirs_draw_the_same_talents(grown):
    """Efficiency is drawn at the entry into working life; those still inactive have kept what they drew."""
    with_it, without = grown(16).state.workers, grown(16, policy="no_ai").state.workers
    heirs = (with_it.age < 24) & (with_it.status == 3) & (without.status == 3)
    assert heirs.sum() > 3
    assert np.array_equal(with_it.efficiency[heirs], without.efficiency[heirs])
