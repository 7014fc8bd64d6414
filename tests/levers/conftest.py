"""A lever in a file outside the package, for the tests of such levers; no file is known before a test or after it."""

import pytest

NAME = "night_schools"
SOURCE = '''"""Evening courses in AI for everybody at work."""

from __future__ import annotations

from abm.levers.declaration import SPENDING, LeverParameter, Strategy, per_cent
from abm.levers.instruments import Instruments

TITLE = "Night schools"
STRATEGY = Strategy.TALENT
SUMMARY = "Staff learn in the evening to work with AI."
PARAMETERS = (
    LeverParameter(
        name="share",
        neutral=0.0,
        lower=0.0,
        upper=1.0,
        unit="share of staff",
        meaning="This part of all staff attends.",
        source="invented",
        usual=(0.1, 0.5),
        step=0.1,
        display=per_cent("of staff"),
    ),
)
DOCUMENTED_STRENGTH = {"share": 0.3}
SPENDS = SPENDING


def set_instruments(instruments: Instruments, share: float) -> None:
    """Set the courses and book the teachers."""
    instruments.ai_literacy = share
    instruments.teaching_spending += 0.002 * share
'''


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch):
    """Forget every file before a test, and after it what the test has loaded; call it to forget at once."""
    from abm.levers import finding

    def forget():
        monkeypatch.setattr(finding, "_external", {})

    forget()
    return forget


@pytest.fixture
def source():
    """The text of a lever file in which nothing is wrong."""
    return SOURCE


@pytest.fixture
def file(tmp_path):
    """``file(source)``: the path of night_schools.py with that text."""

    def write(source=SOURCE):
        path = tmp_path / f"{NAME}.py"
        path.write_text(source, encoding="utf-8")
        return path

    return write
