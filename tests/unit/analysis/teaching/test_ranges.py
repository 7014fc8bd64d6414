"""A picture of ranges shows each row where it lies, and which of them include zero."""

import numpy as np
import pytest

from xinzhi.analysis.reading.changes import Change
from xinzhi.analysis.reading.paired import Difference, mean_of_pairs
from xinzhi.analysis.teaching.pictures import draw_ranges

pytestmark = pytest.mark.unit

UP = Change(mean_of_pairs(np.array([1.0, 1.1, 1.2])), "per cent", 1)
DOWN = Change(mean_of_pairs(np.array([-1.0, -1.1, -1.2])), "per cent", 1)


def test_each_range_has_its_name_its_bar_and_its_dot():
    ranges = {"up": UP, "down": DOWN, "range": (-1.0, 0.5, 2.0)}
    figure = draw_ranges("What happens", "per cent of GDP", ranges)
    (axes,) = figure.axes
    assert [label.get_text() for label in axes.get_yticklabels()] == list(ranges)
    bar_up, dot_up, bar_down, dot_down, bar_range, dot_range, _ = axes.lines
    assert list(bar_up.get_xdata()) == [UP.difference.low, UP.difference.high]
    assert list(dot_down.get_xdata()) == [DOWN.difference.mean]
    assert list(bar_range.get_xdata()) == [-1.0, 2.0] and dot_range.get_markerfacecolor() == "white"
    assert len({bar.get_color() for bar in (bar_up, bar_down, bar_range)}) == 3
    assert dot_up.get_markerfacecolor() == bar_up.get_color()
    assert "What happens" in " ".join(text.get_text() for text in figure.texts)


def test_one_pair_has_a_dot_and_no_bar():
    one = Change(Difference(2.0, np.nan, np.nan, 1), "points", 1)
    bar = draw_ranges("One", "points", {"a": one}).axes[0].lines[0]
    assert list(bar.get_xdata()) == [2.0, 2.0]
