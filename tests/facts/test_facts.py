"""The shipped model against the list of facts that it is known to fail: what newly fails or passes is noticed."""

from __future__ import annotations

import pytest

from abm.experiments.ensembles.ensemble import run_ensemble
from abm.experiments.observation.observation import observe
from xinzhi.analysis import facts_table

pytestmark = [pytest.mark.facts, pytest.mark.slow]

SEEDS, WORKERS = range(401, 421), 10_000  # those of expected_to_fail in analysis/moments/targets.yaml


def test_only_the_facts_that_are_listed_fail():
    runs = [run_ensemble(name, WORKERS, SEEDS) for name in ("baseline", "no_ai")]
    table = facts_table(*runs, observed=observe("baseline", WORKERS, SEEDS))
    assert not table.failed_seeds and not table.unseen
    assert table.unexpected == (), "change expected_to_fail in targets.yaml, with the reason"
