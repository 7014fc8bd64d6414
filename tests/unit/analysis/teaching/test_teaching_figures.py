"""The figure of intervals shows each row where it lies, and says which are unclear."""

import numpy as np
import pytest

from abm import UserError
from xinzhi.analysis.reading.changes import Change
from xinzhi.analysis.reading.paired import Difference, mean_of_pairs
from xinzhi.analysis.teaching.figures import READING, intervals_figure

pytestmark = pytest.mark.unit

UP = Change(mean_of_pairs(np.array([1.0, 1.1, 1.2])), "per cent", 1)
DOWN = Change(mean_of_pairs(np.array([-1.0, -1.1, -1.2])), "per cent", 1)


def test_each_row_has_its_name_its_bar_and_its_dot():
    rows = {"up": UP, "down": DOWN, "range": (-1.0, 0.5, 2.0)}
    figure = intervals_figure("What happens", "per cent of GDP", rows)
    (axes,) = figure.axes
    assert [label.get_text() for label in axes.get_yticklabels()] == list(rows)
    _, bar_up, dot_up, bar_down, dot_down, bar_range, dot_range = axes.lines
    assert list(bar_up.get_xdata()) == [UP.difference.low, UP.difference.high]
    assert list(dot_down.get_xdata()) == [DOWN.difference.mean]
    assert list(bar_range.get_xdata()) == [-1.0, 2.0] and dot_range.get_markerfacecolor() == "white"
    assert len({bar.get_color() for bar in (bar_up, bar_down, bar_range)}) == 3
    assert dot_up.get_markerfacecolor() == bar_up.get_color()
    words = " ".join(text.get_text() for text in figure.texts)
    assert "What happens" in words and READING.split(";")[0] in words


def test_one_pair_has_a_dot_and_no_bar():
    one = Change(Difference(2.0, np.nan, np.nan, 1), "points", 1)
    bar = intervals_figure("One", "points", {"a": one}).axes[0].lines[1]
    assert list(bar.get_xdata()) == [2.0, 2.0]


def test_nothing_to_draw_is_refused():
    with pytest.raises(UserError, match="needs a row"):
        intervals_figure("None", "points", {})
