"""Exercises: the words follow the sign and the interval of the run, never a number that a version would change."""

import math

import pytest

from abm import UserError
from xinzhi.analysis.teaching.exercises import check, check_choice, check_number, over_runs, verdict

pytestmark = pytest.mark.unit

RISE = over_runs([1.0, 1.2, 0.9], "per cent")
FALL = over_runs([-1.0, -1.2, -0.9], "per cent")
OPEN = over_runs([-1.0, 1.2, 0.1], "per cent")
SAME = over_runs([0.0, 0.0, 0.0], "per cent")


@pytest.mark.parametrize(("change", "word"), [(RISE, "higher"), (FALL, "lower"), (OPEN, "unclear"), (SAME, "the same")])
def test_a_word_is_right_if_the_interval_says_so(change, word):
    assert verdict(change) == word
    assert check(word, change).startswith("Right")
    assert check(f" {word.upper()} ", change).startswith("Right")
    other = "lower" if word != "lower" else "higher"
    assert check(other, change).startswith("Not what the run says") and word in check(other, change)


def test_what_is_right_is_said_once_with_its_number():
    assert check("unclear", OPEN) == "Right: unclear (+0.1 per cent [-1.8 to +2.0])."


def test_answers_in_chinese_are_understood_and_answered():
    assert check("更高", RISE, language="zh").startswith("正确：更高（")
    assert check("higher", FALL, language="zh").startswith("与运行结果不符：更低（")
    assert check("...", RISE, language="zh") == "尚未回答：请填写更高、更低、不明显和相同之一。"
    assert check_number(0.5, 0.4, 0.6, "%", language="zh") == "正确：0.5 %。"
    assert check_choice("b", {"a": 1.0, "b": 2.0}, language="zh").startswith("正确：b")


@pytest.mark.parametrize("untouched", ["", "...", None])
def test_an_exercise_that_nobody_tried_asks_for_an_answer(untouched):
    assert check(untouched, RISE).startswith("Not answered yet")
    assert check_choice(untouched, {"a": 1.0}).startswith("Not answered yet: write a")
    assert check_number(None, 0, 1).startswith("Not answered yet")


def test_another_word_is_refused():
    with pytest.raises(UserError, match="'up' is none of higher"):
        check("up", RISE)
    with pytest.raises(UserError, match="'c' is none of a, b"):
        check_choice("c", {"a": 1.0, "b": 2.0})


def test_the_largest_number_is_the_right_choice():
    values = {"a": 1.0, "b": 2.0}
    assert check_choice("b", values, "yuan") == "Right: b (a 1 yuan, b 2 yuan)."
    assert check_choice("a", values).startswith("Not what the run says: b")
    assert check_choice("a", {"a": 2.0, "b": 2.0}).startswith("Right: a and b")


def test_a_number_is_right_within_its_bounds():
    assert check_number(0.5, 0.4, 0.6, "of all") == "Right: 0.5 of all."
    assert "lies outside 0.4 to 0.6" in check_number(0.7, 0.4, 0.6)
    assert check_number(math.nan, 0, 1).startswith("Not a number")


def test_numbers_of_runs_have_an_interval():
    found = over_runs([1.0, 2.0, math.nan, 3.0], "per cent", decimals=2)
    assert (found.difference.mean, found.difference.pairs, found.unit, found.decimals) == (2.0, 3, "per cent", 2)
    assert found.difference.low < 2.0 < found.difference.high
    with pytest.raises(UserError, match="no run has a number"):
        over_runs([math.nan], "per cent")
