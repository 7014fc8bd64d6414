"""Every shipped scenario over 26 years and twenty seeds: all of them end, and the books close in every quarter."""

import numpy as np
import pytest

from abm import list_scenarios, run_ensemble

pytestmark = [pytest.mark.golden, pytest.mark.slow]

WORKERS, SEEDS, QUARTERS = 10_000, range(1, 21), 104
SHARES = ("unemployment_rate", "gini_disposable_income", "labour_share", "ai_adoption_share")


@pytest.mark.parametrize("scenario", list_scenarios())
def test_twenty_seeds_end_with_books_closed(scenario):
    results = run_ensemble(scenario, WORKERS, SEEDS, QUARTERS)
    assert not results.failures and tuple(results.seeds) == tuple(SEEDS)
    series = results.series.pivot_table(index=["seed", "quarter"], columns="variable", values="value")
    assert len(series) == len(SEEDS) * (QUARTERS + 1)
    for residual in ("sfc_residual", "gdp_identity_residual"):
        assert (series[residual].abs() < 1e-9).all()
    assert (series["real_gdp"] > 0).all() and np.isfinite(series["public_debt_ratio"]).all()
    for share in SHARES:
        assert series[share].between(0, 1).all()
