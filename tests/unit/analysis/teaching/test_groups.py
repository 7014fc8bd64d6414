"""Groups under names that can be read, with what a comparison changes for them."""

import pytest

from abm import GROUP_LABELS, UserError
from xinzhi.analysis.reading.display import group_title
from xinzhi.analysis.teaching.groups import changes_by_group, group_names

pytestmark = pytest.mark.unit


class Compared:
    """What is asked of a Comparison."""

    pairs = {1: None}
    language = "en"

    def groups(self, at, measure, year):
        return {"legal": (at, measure.variable, year), "management": (at, measure.table, year)}


def test_names_are_in_the_order_of_the_codes():
    names = group_names("occupations")
    assert list(names) == [group_title(group) for group in GROUP_LABELS["occupations"]]
    assert "Factory workers" in names


def test_changes_have_readable_names():
    found = changes_by_group(Compared(), "occupations", "employment", 2030)
    assert found == {group_title("legal"): (1, "employment", 2030), group_title("management"): (1, "occupations", 2030)}


def test_what_is_not_compared_is_refused():
    with pytest.raises(UserError, match="no comparison of occupations by height; there are: deciles income_mean"):
        changes_by_group(Compared(), "occupations", "height")
