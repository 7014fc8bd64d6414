"""A parameter at one of its bounds gives an economy, or a line that says why it cannot."""

import pytest

from abm import Model, UserError
from abm.parameters import describe_parameters

pytestmark = pytest.mark.invariants

BOUNDED = [one for one in describe_parameters() if one.lower is not None]


@pytest.mark.parametrize("group", sorted({one.key.partition(".")[0] for one in BOUNDED}))
def test_bounds_give_an_economy_or_a_reason(group):
    wrong = []
    for one in BOUNDED:
        for bound in (one.lower, one.upper):
            if not one.key.startswith(f"{group}."):
                continue
            try:
                model = Model(2_000, rng=1, overrides={f"assumptions.{one.key}": bound})
                model.step()
                model.step()
            except UserError as error:
                assert "does not close" in str(error)
            except Exception as error:  # warnings of numpy among them
                wrong.append(f"{one.key} = {bound:g}: {type(error).__name__}: {error}")
    assert not wrong, "\n".join(wrong)
