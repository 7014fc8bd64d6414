"""Folders of results: one folder holds the answer to one question, and one command at a time writes there.

The question is kept in ``.question.json``: the command, the digests of its scenarios, workers, seeds, quarters. Where
the usual folder holds the answer to another one, the next free name is taken (results/mine-2); a folder that the user
names is refused then, unless it is to be overwritten. The same question replaces its older answer.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping
from itertools import count
from pathlib import Path
from typing import Any

from abm.errors import UserError
from abm.files import hold_lock, holds_lock, release_lock, whole_file, writing

__all__ = ["claim_folder", "forget_question", "prepare_folder", "release_folder"]

QUESTION, LOCK = ".question.json", ".lock"
LASTING = ("sweep", "fit")  # commands whose folder is more than an answer: it holds what they go on from


def claim_folder(
    named: str | os.PathLike[str] | None,
    usual: Path,
    question: Mapping[str, Any],
    overwrite: bool = False,
    shared: bool = False,
    replaceable: bool = True,
) -> tuple[Path, str]:
    """The folder for the answer to a question, locked to the end of the command, and a line to say or nothing.

    Several processes may work on one answer when each claims it ``shared``; ``replaceable`` says whether the command
    has --overwrite. ``named`` is the folder that the user gave, else ``usual`` or a name like it. Raises UserError
    where the folder cannot be written, is being written by another process, or holds the answer to another question.
    """
    asked = json.loads(json.dumps(question))
    if named is not None:
        folder = prepare_folder(named)
        _lock_or_refuse(folder, shared)
        known = _kept(folder, overwrite)
        if known not in (None, asked):
            other = _differing(known or {}, asked)
            raise UserError(
                f"--out {folder}: holds the answer to another question (other {other}); give another folder"
                + (", or --overwrite to replace it" if replaceable and not overwrite else "")
            )
        return _claimed_for(folder, asked), ""
    said = ""
    for number in count(1):
        folder = usual if number == 1 else usual.with_name(f"{usual.name}-{number}")
        known = _kept(folder, overwrite)
        if known in (None, asked):
            prepare_folder(folder)
            _lock_or_refuse(folder, shared)
            return _claimed_for(folder, asked), said and f"{said}; this goes to {folder}"
        said = said or f"{folder} holds the answer to another question (other {_differing(known or {}, asked)})"
    raise AssertionError


def _kept(folder: Path, overwrite: bool) -> dict[str, Any] | None:
    """The question that a new one has to respect: hours of work of a sweep or a fit are removed by hand only."""
    known = question_of(folder)
    return known if known is not None and (not overwrite or known.get("command") in LASTING) else None


def question_of(folder: Path) -> dict[str, Any] | None:
    """The question that a folder answers; None where it is free, empty or of unknown contents."""
    if not folder.is_dir() or all(path.name.startswith(".") for path in folder.iterdir()):
        return None
    try:
        return json.loads((folder / QUESTION).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        pass
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):  # what version 0.1 leaves of a sweep
        design = json.loads((folder / "design.json").read_text(encoding="utf-8"))
        return {"command": "sweep", "design": design["digest"]}
    try:  # what version 0.1 and Results.write leave
        run = json.loads((folder / "provenance.json").read_text(encoding="utf-8"))
        seeds = run["seeds_requested"]
        return {
            "command": "run", "scenarios": [run["scenario"]["digest"]], "workers": run["workers"],
            "seeds": [min(seeds), len(seeds)], "quarters": run["quarters"],
        }  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError):
        return None


def forget_question(folder: Path) -> None:
    """Remove the question of an older answer, which somebody replaces without asking one."""
    if not holds_lock(folder / LOCK):
        (folder / QUESTION).unlink(missing_ok=True)


def prepare_folder(directory: str | os.PathLike[str]) -> Path:
    """Make the folder if needed and prove that a file can be written there. Raises UserError."""
    folder = Path(directory)
    trial = folder / f".writable-{os.getpid()}"
    with writing(f"--out {folder}", "there", "give another folder"):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            trial.write_text("\n", encoding="utf-8")
            trial.unlink()
        except ValueError as error:  # a name that no file can have
            raise OSError(str(error)) from None
    return folder


def release_folder(folder: Path) -> None:
    """Give back the lock of a folder before the process ends."""
    release_lock(folder / LOCK)


def _lock_or_refuse(folder: Path, shared: bool) -> None:
    with writing(f"--out {folder}", "there", "give another folder"):
        free = hold_lock(folder / LOCK, shared)
    if not free:
        raise UserError(f"{folder}: another xinzhi is writing there; wait until it has ended, or give another --out")


def _claimed_for(folder: Path, asked: Mapping[str, Any]) -> Path:
    with writing(f"--out {folder}", "there", "give another folder"), whole_file(folder / QUESTION) as part:
        part.write_text(json.dumps(asked, indent=2) + "\n", encoding="utf-8")
    return folder


def _differing(known: Mapping[str, Any], asked: Mapping[str, Any]) -> str:
    names = [name for name in {**known, **asked} if known.get(name) != asked.get(name)]
    if "command" in names:  # what the others differ in says nothing then
        return f"command, xinzhi {known['command']}" if known.get("command") else "command"
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
