"""What shows progress where: a line in a notebook, a bar in a terminal, nothing in a pipe unless asked."""

import io
import sys
from types import ModuleType

import pytest

from abm.experiments.running import progress
from abm.experiments.running.progress import Bar, Lines, NotebookLine, Silent, usual_progress

pytestmark = pytest.mark.unit


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def script(monkeypatch):
    monkeypatch.delitem(sys.modules, "ipykernel", raising=False)


def test_python_shows_progress_where_somebody_looks(script, monkeypatch):
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert type(usual_progress("run")) is Silent and type(usual_progress("run", True)) is Lines
    monkeypatch.setattr(sys, "stderr", Terminal())
    assert type(usual_progress("run")) is Bar and type(usual_progress("run", False)) is Silent
    monkeypatch.setattr(sys, "stderr", None)
    assert type(usual_progress("run")) is Silent
    mine = Silent()
    assert usual_progress("run", mine) is mine


def test_a_notebook_has_one_line_written_over_itself(monkeypatch):
    lines = []

    class Shown:
        def update(self, data, raw):
            lines.append(data["text/plain"])

    def display(data, raw, display_id):
        lines.append(data["text/plain"])
        return Shown()

    page = ModuleType("IPython.display")
    page.display = display
    monkeypatch.setitem(sys.modules, "ipykernel", ModuleType("ipykernel"))
    monkeypatch.setitem(sys.modules, "IPython", ModuleType("IPython"))
    monkeypatch.setitem(sys.modules, "IPython.display", page)
    clock = iter(range(1000))
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(clock))
    with usual_progress("run") as shown:
        assert type(shown) is NotebookLine
        for quarter in range(1, 9):
            shown.show(10 * quarter, 80, f"{quarter} of 8 seeds")
    assert len(lines) == 9 and lines[3].startswith("run: 50%, 4 of 8 seeds")
    assert lines[-1] == "", "the line is gone at the end"
