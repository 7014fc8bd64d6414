"""Answers of the server in the language of the page."""

from __future__ import annotations

import pytest

from abm.languages import ENGLISH, said
from xinzhi.app.runs import CHANGED
from xinzhi.app.spoken import spoken

pytestmark = pytest.mark.page


def test_texts_are_translated_and_nothing_else() -> None:
    """Titles, units and sentences change; numbers, keys, and what a planner has written do not."""
    answer = {
        "scenarios": [{"title": said("{policies}", policies=["Carbon price", "Retraining"]), "base": "baseline"}],
        "changes": [None, {"real_gdp": {"mean": [0.5, None], "unit": "per cent"}}],
        "cautions": [CHANGED],
        "mix": {"title": "Carbon price", "settings": {"levers.carbon_price": 200}},
        "years": [2024, 2025],
    }
    assert spoken(answer, ENGLISH) is answer
    chinese = spoken(answer, "zh")
    assert chinese["scenarios"] == [{"title": "碳价和转岗培训", "base": "baseline"}]
    assert chinese["changes"] == [None, {"real_gdp": {"mean": [0.5, None], "unit": "%"}}]
    assert chinese["cautions"] == ["假定已改变，基准情景已在新假定下重新运行。"]
    assert (chinese["mix"], chinese["years"]) == (answer["mix"], answer["years"])
