"""Mutated scenarios, designs, options and Python arguments: exit 0 or 2, one line, no traceback and no hang.

All in one process, with runs that check their scenario and simulate nothing. XINZHI_FUZZ is the number of cases.
"""

import os
import random
import signal
import traceback
from collections import Counter
from inspect import signature
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import abm
from abm.errors import UserError
from abm.experiments.attribution import explain as explaining
from abm.experiments.effects import effects as effecting
from abm.experiments.ensembles import ensemble
from abm.levers.settings import resolve
from abm.scenarios.resolution import parameters_of
from abm.scenarios.scenario import load_scenario, scenario_library

pytestmark = [pytest.mark.command, pytest.mark.slow]

CASES = int(os.environ.get("XINZHI_FUZZ", "5000"))
SEED = 20_261_128
SECONDS_OF_A_HANG = 20
ODD = (
    "", "0", "-1", "1", "2024", "2050", "1e309", ".nan", "-.inf", "true", "no", "null", "~", "[]", "{}", "[1, 2]",
    "{a: 1}", "{2027: 1}", "{2027: 1, '2030': 2}", "'", '"', "&a", "*a", "!!python/object:os.system", "2027-01-01",
    "1_000", "0x10", "9" * 30, "9" * 400, "/", "..", "baseline", "no_ai", "é", "中国", "\x00", "\t", "a: b: c", "- x",
    "? x", "|", ">", "%", "@", "`", "#", "0.1", "1:30", "2**31", "None", "levers", "../../etc",
)  # fmt: skip
VALUES = (
    None, True, False, 0, -1, 1, 1.5, float("nan"), float("inf"), "12", "", "baseline", b"x", [], [1, 1], (1.5,), {},
    {"a": 1}, {2027: 1}, {"levers.carbon_price": {2027: 100}}, {1: 2}, set(), range(3), np.int64(2), np.float64(2.5),
    np.array([1, 2]), np.array("x"), pd.Series({2027: 100}), Path("nowhere"), object, 2**63, -(2**63), 10**30, "é\x00",
    {"levers.carbon_price": pd.Series({2027: 1})}, {"quarters": "x"}, {"B:quarters": 8}, complex(1, 2), iter(()),
)  # fmt: skip
OPTIONS = (
    "--workers", "--seeds", "--first-seed", "--quarters", "--until", "--threads", "--year", "--set", "--out", "--lever",
    "--budget", "--family", "--shard", "--processes", "--dask", "--goal", "--need", "--method", "--kind", "--fresh",
    "--overwrite", "--no-figures", "--shock", "--after", "--calm", "--nothing", "-x", "--", "--opening", "--economy",
)  # fmt: skip
COMMANDS = (
    ("run",), ("compare",), ("explain",), ("effects",), ("headline",), ("sweep",), ("robust",), ("sensitivity",),
    ("rerun",), ("list",), ("describe",), ("schema",), ("check-lever",), (), ("opening",), ("sector",), ("nonsense",),
    ("backtest",), ("responses",), ("evidence",), ("nowcast",),
)  # fmt: skip
WORDS = ("baseline", "no_ai", "carbon_price", "nowhere", ".", "/", "", "mine.yaml", "scenarios", "mechanisms", "1", "-")


@pytest.fixture
def stubs(monkeypatch, command_in, tmp_path):
    """Runs that end before their first quarter, after everything of the scenario is checked."""

    def checked(scenario, *_, **__):
        chosen = load_scenario(scenario)
        resolve(chosen.levers, parameters_of(chosen).growth.opening_year)
        raise UserError("nothing is simulated here")

    def never(*_, **__):
        raise UserError("nothing is simulated here")

    monkeypatch.setattr(ensemble, "_run_seeds", lambda task, *_: checked(task.scenario))
    monkeypatch.setattr(explaining, "run_tasks", never)
    monkeypatch.setattr("abm.experiments.responses.responses._run_tasks", never)
    monkeypatch.setattr("abm.experiments.evidence.evidence._run_tasks", never)
    monkeypatch.setattr(effecting, "run_effects", never)
    monkeypatch.setattr("abm.experiments.validation.backtest.run_backtest", never)
    monkeypatch.setattr("abm.experiments.sweeps.engines.outcomes_of", never)
    monkeypatch.setattr("abm.experiments.sweeps.engines.Local.prepare", never)
    monkeypatch.setattr("abm.model.populate", never)
    monkeypatch.setenv("XINZHI_SEEDS", "off")
    return lambda *words: command_in(tmp_path, *words)


def mutated(text, chance):
    """A text with one to three faults of the kinds that hands and editors make."""
    lines = text.splitlines()
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(lines)) if lines else 0
        line = lines[at] if lines else ""
        kind = chance.randrange(7)
        if kind == 0 and ":" in line:
            lines[at] = line.partition(":")[0] + ": " + chance.choice(ODD)
        elif kind == 1:
            lines.insert(at, line)
        elif kind == 2 and lines:
            del lines[at]
        elif kind == 3 and line:
            spot = chance.randrange(len(line))
            lines[at] = (
                line[:spot] + chance.choice([":", "\t", " ", "{", "}", "é", "-", '"', "\u00a0", ""]) + line[spot + 1 :]
            )
        elif kind == 4:
            lines.insert(at, f"{' ' * chance.randrange(5)}{chance.choice(ODD)}: {chance.choice(ODD)}")
        elif kind == 5 and lines:
            lines[at] = " " * chance.randrange(6) + line.strip()
        else:
            lines = lines[: at + 1]
    return "\n".join(lines) + chance.choice(["", "\n", "\r\n", "\x00"])


def of_command(command, words):
    """Why the command failed its promise, or nothing."""
    done = command(*words)
    errors = [line for line in done.stderr.strip().splitlines() if not line.startswith("xinzhi: note:")]
    last = errors[-1] if errors else ""
    if done.returncode not in (0, 2) or "Traceback" in done.stderr:
        return f"exit {done.returncode}: {last}"
    if done.returncode == 2 and (len(errors) > 2 or not last.startswith("xinzhi: ")):
        return f"{len(errors)} lines: {last}"
    return ""


def a_file(command, folder, chance, texts, *words):
    path = folder / "mine.yaml"
    text = mutated(chance.choice(texts), chance)
    path.write_bytes(text.encode("utf-8"))
    return of_command(command, [*words[:1], "mine.yaml", *words[1:]]), text


def some_options(command, chance):
    words = [*chance.choice(COMMANDS), *(chance.choice(WORDS) for _ in range(chance.randrange(4)))]
    for _ in range(chance.randrange(4)):
        words += [chance.choice(OPTIONS), *([chance.choice(ODD + WORDS)] if chance.random() < 0.8 else [])]
    return of_command(command, words), words


def python_arguments(chance, said):
    function = chance.choice(
        [
            abm.run,
            abm.compare,
            abm.Model,
            abm.explain,
            abm.run_ensemble,
            abm.sweep,
            abm.responses,
            abm.evidence,
            abm.nowcast,
        ]
    )
    given = [chance.choice(VALUES) for _ in range(chance.randrange(3))]
    named = {
        name: chance.choice(VALUES)
        for name in ("workers", "seeds", "quarters", "overrides", "threads", "year", "until", "years", "rng", "policy")
        if name in signature(function).parameters and chance.random() < 0.3
    }
    call = f"{function.__name__}(*{given!r}, **{named!r})"
    said.append(call)
    try:
        function(*given, **named)
    except UserError as error:
        return ("" if "\n" not in str(error) else "several lines"), call
    except TypeError as error:
        if "argument" in str(error) and "()" in str(error):  # as Python says it of every function
            return "", call
        raise
    return "", call


def test_no_input_ends_in_a_traceback(stubs, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # a sweep may be given a folder of results
    chance = random.Random(SEED)
    shipped = [path.read_text(encoding="utf-8") for path in sorted(scenario_library().glob("*.yaml"))]
    designs = [path.read_text(encoding="utf-8") for path in sorted((scenario_library() / "sweeps").glob("*.yaml"))]
    assert shipped and designs
    small = ("--workers", "2000", "--quarters", "8", "--out", "out", "--overwrite")
    faults: Counter[str] = Counter()
    examples = {}

    def hang(*_):
        raise TimeoutError("hangs")

    before = signal.signal(signal.SIGALRM, hang)
    for number in range(CASES):
        signal.alarm(SECONDS_OF_A_HANG)
        what, said = None, []
        try:
            kind = number % 4
            if kind == 0:
                fault, what = a_file(stubs, tmp_path, chance, shipped, "run", *small)
            elif kind == 1:
                fault, what = a_file(stubs, tmp_path, chance, designs, "sweep", "--dry-run")
            elif kind == 2:
                fault, what = some_options(stubs, chance)
            else:
                fault, what = python_arguments(chance, said)
        except BaseException as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            ours = [one for one in traceback.extract_tb(error.__traceback__) if "/abm/" in one.filename][-1:]
            place = f"{Path((ours or [where])[0].filename).name}:{(ours or [where])[0].lineno}"
            fault = f"case {kind}: {type(error).__name__} at {place}: {str(error)[:100]}"
        finally:
            signal.alarm(0)
        if fault:
            faults[fault] += 1
            examples.setdefault(fault, what or said)
    signal.signal(signal.SIGALRM, before)
    told = "\n".join(f"{many} times {fault}: {str(examples[fault])[:300]!r}" for fault, many in faults.most_common())
    assert not faults, told
