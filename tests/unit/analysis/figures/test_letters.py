"""Lines of letters: English at its spaces, Chinese anywhere but before a sign."""

import pytest
from matplotlib import rcParams

from xinzhi.analysis.figures.letters import letters_of, lines_of, use_letters, width_of

pytestmark = pytest.mark.unit


def test_a_chinese_letter_is_wider():
    assert width_of("real GDP") == 8 and width_of("就业人数") == 7 and width_of("GDP增速") == 3 + 4


def test_english_breaks_at_spaces():
    assert lines_of("one two three", 7) == ["one two", "three"]


def test_chinese_breaks_between_letters_and_never_before_a_sign():
    text = "中国经济模型（各4次运行），每次模拟2,000名成年人（20岁及以上）。"
    for width in range(8, 40):
        lines = lines_of(text, width)
        assert "".join(lines) == text
        assert all(line[0] not in "，。；：、）%" and line[-1] not in "（" for line in lines)
        assert all(width_of(line) <= width + 4 for line in lines), "a sign and no more goes over the edge"
    assert "2,000" in " ".join(lines_of(text, 20)), "a number stays whole"


def test_fonts_are_set_for_chinese_only_and_only_while_it_is_drawn():
    before = list(rcParams["font.family"])
    with letters_of("en"):
        assert list(rcParams["font.family"]) == before
    with letters_of("zh"):
        assert rcParams["font.family"][-1] == "DejaVu Sans"
    assert list(rcParams["font.family"]) == before


def test_letters_stay_for_all_further_figures():
    import matplotlib as mpl

    with mpl.rc_context():
        use_letters("en")
        assert mpl.rcParams["font.family"] == ["sans-serif"]
        use_letters("zh")
        assert mpl.rcParams["font.family"][-1] == "DejaVu Sans"
