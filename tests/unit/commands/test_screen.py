"""The screening that came with the version is printed without a run."""

import pytest
from typer.testing import CliRunner

from abm.commands import app

pytestmark = pytest.mark.unit


def test_the_shipped_one_is_printed_with_sources_before_and_now():
    done = CliRunner().invoke(app, ["screen", "--shipped", "--most", "3"])
    assert done.exit_code == 0
    assert "The 3 of " in done.output and "Sources of these 3:" in done.output
    assert done.output.count("Before:") == 2 and "worlds of 3,000 adults" in " ".join(done.output.split())
