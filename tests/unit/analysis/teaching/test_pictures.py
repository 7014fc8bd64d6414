"""The pictures of lessons: they show themselves, name what they draw, and say which differences are clear."""

import math

import numpy as np
import pytest

from xinzhi.analysis.teaching.exercises import over_runs
from xinzhi.analysis.teaching.pictures import draw_bars, draw_changes, draw_lines

pytestmark = pytest.mark.unit


def words(figure):
    return figure._repr_html_()


def test_lines_have_their_names_units_and_a_zero():
    figure = draw_lines(
        "Twice as much", "per cent", {"one": ([0, 1], [1.0, 2.0]), "other": ([0, 1], [3, math.nan])}, "x"
    )
    assert all(text in words(figure) for text in ("Twice as much", "per cent", "one", "other"))
    assert figure.axes[0].get_ylim()[0] == 0.0
    assert figure._repr_png_().startswith(b"\x89PNG")


def test_an_axis_that_does_not_start_at_zero_says_so():
    figure = draw_lines("Title", "unit", {"one": ([0, 1], [5.0, 6.0])}, from_zero=False)
    assert figure.axes[0].get_ylim()[0] > 0 and "axis does not start at 0" in words(figure)
    below = draw_lines("Title", "unit", {"one": ([0, 1], [-5.0, -6.0])})
    assert below.axes[0].get_ylim()[1] == 0.0


def test_lines_in_powers_of_ten():
    figure = draw_lines("Title", "unit", {"gap": ([1, 10, 100], [1e-9, 1e-8, 1e-7])}, log=True)
    assert figure.axes[0].get_xscale() == figure.axes[0].get_yscale() == "log" and "gap" in words(figure)


def test_bars_keep_their_order_and_show_their_numbers():
    figure = draw_bars("Title", "unit", {"low": -1.25, "high": 3.5}, decimals=2)
    names = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert names == ["low", "high"] and figure.axes[0].yaxis_inverted()
    shown = [text.get_text() for text in figure.axes[0].texts]
    assert "3.50" in shown and any(text.endswith("1.25") and text != "1.25" for text in shown)


@pytest.mark.parametrize(("ranked", "order"), [(True, ["up", "open", "down"]), (False, ["down", "up", "open"])])
def test_changes_are_filled_where_they_are_clear(ranked, order):
    changes = {
        "down": over_runs([-3.0, -3.1, -2.9], "per cent"),
        "up": over_runs([2.0, 2.1, 1.9], "per cent"),
        "open": over_runs([-1.0, 1.5, 0.2], "per cent"),
    }
    figure = draw_changes("Title", changes, ranked=ranked)
    assert [label.get_text() for label in figure.axes[0].get_yticklabels()] == order
    dots = [line for line in figure.axes[0].lines if line.get_marker() == "o"]
    hollow = {order[at] for at, dot in enumerate(dots) if dot.get_markerfacecolor() == "white"}
    assert hollow == {"open"} and np.allclose(
        [dot.get_xdata()[0] for dot in dots][0], changes[order[0]].difference.mean
    )
