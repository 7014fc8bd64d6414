"""What titles may claim: unemployment that falls because people sit in courses is told as courses."""

import numpy as np
import pytest

from xinzhi.analysis.figures.messages import pair_message
from xinzhi.analysis.reading.paired import Pair
from xinzhi.analysis.reading.panel import Panel

pytestmark = pytest.mark.unit

SEEDS = (1, 2, 3)
RATES = np.array([0.05, 0.052, 0.048])[:, None] * np.ones(8)
COURSES = np.array([3.0, 3.1, 2.9])[:, None] * np.ones(8)


@pytest.mark.parametrize(
    ("more", "said"),
    [(5.0, "Retraining: people in retraining 5.0"), (0.0, "Retraining: unemployment 0.70 points lower")],
)
def test_fewer_unemployed_are_told_as_courses_where_these_have_more_people(results_of, more, said):
    scatter = np.array([-0.1, 0.0, 0.1])[:, None]
    base = results_of({"unemployment_rate": RATES, "trainees": COURSES}, "baseline", SEEDS)
    changed = {"unemployment_rate": RATES - 0.007 + 1e-4 * scatter, "trainees": COURSES + more + scatter}
    pair = Pair(Panel(results_of(changed, "retraining", SEEDS)), Panel(base))
    message = pair_message("Retraining", pair, ["unemployment_rate"], 1)
    assert message.startswith(said), message
    assert ("unemployment" in message) == (more == 0.0)
