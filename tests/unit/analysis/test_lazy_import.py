"""Importing the package costs nothing: pandas and matplotlib come when they are needed."""

from __future__ import annotations

import subprocess
import sys

import pytest

from xinzhi import analysis

pytestmark = pytest.mark.unit


def test_importing_analysis_loads_neither_pandas_nor_matplotlib():
    code = (
        "import sys; from xinzhi.analysis import reading, moments, figures;"
        "from xinzhi.analysis.reading import summary; from xinzhi.analysis.moments import facts;"
        "from xinzhi.analysis.figures import run_figures;"
        "print([name for name in ('pandas', 'matplotlib', 'scipy', 'numba', 'mesa') if name in sys.modules])"
    )
    finished = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert finished.stdout.strip() == "[]"


def test_public_names_are_there_and_others_are_not():
    for name in analysis.__all__:
        assert getattr(analysis, name) is not None
    assert set(analysis.__all__) <= set(dir(analysis))
    with pytest.raises(AttributeError, match="no attribute 'forecast'"):
        _ = analysis.forecast
