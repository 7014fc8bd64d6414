"""Commands run in this process, where it is not the start or the end of the program that is tested."""

import contextlib
import io
from types import SimpleNamespace

import pytest


@pytest.fixture(scope="session")
def command_in():
    """``command_in(folder, *words)``: exit code, output and errors of ``xinzhi`` in a folder, as of subprocess.run.

    A program of its own would take some seconds to load its libraries; ``program`` in abm/__main__.py, which this
    leaves out, is tested with a few real ones.
    """
    from abm.__main__ import main

    def command(folder, *words):
        out, err = io.StringIO(), io.StringIO()
        with contextlib.chdir(folder), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = main([str(word) for word in words])
        return SimpleNamespace(returncode=code, stdout=out.getvalue(), stderr=err.getvalue())

    return command
