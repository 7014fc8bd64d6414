"""Runs one version: a process that imports ``abm`` from the tree it is given and answers requests, a JSON line each.

    python -m versions.driver TREE      with TREE and the folder of this package on PYTHONPATH

The outcomes come from the command, ``abm.__main__.main`` with the arguments a user would give, called in this process:
to start a process for each of some hundred runs and to draw their figures would take four seconds a run instead of a
quarter of one. Figures are switched off, by the option where the command has one, else by doing nothing in their place.
That the command as a process of its own gives the same tables is checked once in each version, see ``version.py``.
"""

from __future__ import annotations

import contextlib
import inspect
import io
import json
import os
import re
import sys
import traceback
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

__all__ = ["main"]

LONGEST_ERROR = 300  # characters


def main(tree: str) -> None:
    """Answer the requests of standard input until it ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")  # nothing that the model prints gets between them
    os.dup2(2, 1)
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = {"result": REQUESTS[request.pop("do")](tree=Path(tree), **request)}
        except (Exception, SystemExit) as error:
            answer = {"error": _one_line(error), "traceback": traceback.format_exc()}
        print(json.dumps(answer), file=answers, flush=True)


def _one_line(error: BaseException) -> str:
    """The error in a line; of one that holds the traceback of another, its last error."""
    text = f"{type(error).__name__}: {error}"
    inner = [line for line in text.splitlines() if re.match(r"[\w.]+(Error|Exception|Interrupt)\b", line)]
    if "Traceback" in text and len(inner) > 1:
        text = text[text.index(inner[-1]) :]
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_ERROR else f"{text[:LONGEST_ERROR]} ..."


def describe(tree: Path) -> dict[str, Any]:
    """What there is to run in this version."""
    import abm

    home = Path(abm.__file__).resolve().parent
    if home.parent != tree.resolve():
        raise ImportError(f"abm was imported from {home}, not from {tree}")
    from abm import list_scenarios
    from abm.levers import load_levers

    levers = {name: _lever(name, lever) for name, lever in load_levers().items()}
    schedule = [getattr(phase, "__name__", str(phase)) for phase in _if_there("abm.model", "SCHEDULE", ())]
    return {
        "scenarios": list(list_scenarios()), "levers": levers, "phases": schedule,
        "headline": list(_if_there(_place("summary"), "HEADLINE", ())),
    }  # fmt: skip


def _lever(name: str, lever: Any) -> dict[str, Any]:
    """Its neutral values, its documented strength wherever this version keeps it, and what it needs beside it."""
    module = import_module(f"abm.levers.{name}")
    strength = getattr(module, "DOCUMENTED_STRENGTH", None)
    if strength is None:
        strength = _if_there("abm.experiments.effects.effects", "STRENGTHS", {}).get(name)
    return {
        "neutral": {one.name: one.neutral for one in lever.parameters},
        "documented": None if strength is None else {key: float(value) for key, value in dict(strength).items()},
        "beside": {key: _as_text(value) for key, value in getattr(module, "BESIDE", {}).items()},
    }


# Modules that lay elsewhere before version 0.2: where they lay, and where they lie.
PLACES = {
    "scenario": ("abm.scenario", "abm.scenarios.scenario"),
    "summary": ("analysis.summary", "xinzhi.analysis.reading.summary"),
    "figures": ("analysis.figures", "xinzhi.analysis.figures.run_figures"),
}


def _place(module: str) -> str:
    return PLACES[module][0 if find_spec(PLACES["scenario"][0]) else 1]


def _if_there(module: str, name: str, other: Any) -> Any:
    """What a module calls so, or ``other`` in a version that has no such module or name."""
    try:
        return getattr(import_module(module), name, other)
    except ModuleNotFoundError:
        return other


def _as_text(value: Any) -> str:
    """A setting as YAML in one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_as_text(inner)}" for key, inner in value.items()) + "}"
    return repr(value)


def _options() -> list[str]:
    """Options of ``run`` that switch its figures off, if they would be drawn."""
    asked = inspect.signature(import_module("abm.commands.run").run).parameters.get("figures")
    return [] if asked is None or asked.default is False else ["--no-figures"]


def run(tree: Path, arguments: list[str]) -> dict[str, Any]:
    """One command: its exit code, what it printed, and the last line of its errors."""
    import_module(_place("figures")).write_figures = lambda *_, **__: None
    printed, errors = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(errors):
        code = import_module("abm.__main__").main([*arguments, *_options()])
    lines = errors.getvalue().replace("\r", "\n").strip().splitlines()
    error = (lines or [f"exit code {code}"])[-1] if code else ""
    return {"code": code, "printed": printed.getvalue(), "error": error}


def trace(tree: Path, scenario: str, settings: list[str], path: str, quarters: int, **arguments: Any) -> None:
    """The trace of one seed, see ``looks.py``."""
    parse_settings = import_module(_place("scenario")).parse_settings
    from versions.looks import trace as traced

    model = import_module("abm.model").Model
    traced(model, Path(path), quarters, policy=scenario, overrides=parse_settings(settings) or None, **arguments)


REQUESTS: dict[str, Callable[..., Any]] = {"describe": describe, "run": run, "trace": trace}

if __name__ == "__main__":
    main(sys.argv[1])
