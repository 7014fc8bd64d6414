"""One unit of a currency is said in the singular, and several in the plural."""

import pytest

from abm.results.currency import in_words_of


@pytest.mark.parametrize(
    ("declared", "there"),
    [
        ("A yuan of income tax costs the yuan.", "A dollar of income tax costs the dollar."),
        ("The yuan itself, per yuan spent, of 5 yuan.", "The dollar itself, per dollar spent, of 5 dollars."),
    ],
)
def test_one_dollar_is_no_dollars(declared, there):
    assert in_words_of(declared, "usa") == there
    assert in_words_of(declared, "china") == declared
