"""Folders of results: one folder holds the answer to one question, and one command at a time writes there.

The question is kept in ``.question.json``: the command, the digests of its scenarios, workers, seeds, quarters. Where
the usual folder holds the answer to another one, the next free name is taken (results/mine-2); a folder that the user
names is refused then, unless it is to be overwritten. The same question replaces its older answer. Where no question
is kept, the files are somebody else's: a folder that holds one of the names that an answer has is refused too.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatch
from itertools import count
from pathlib import Path
from typing import Any

from abm.arguments import check_place
from abm.errors import UserError, brief
from abm.files import hold_lock, holds_lock, release_lock, whole_file, writing

__all__ = ["ANSWERS", "claim_folder", "forget_question", "prepare_folder", "release_folder"]

# The parts of a question in words; the others are called by their names.
PARTS = {
    "scenarios": "the scenario", "of": "the scenario", "seeds": "the choice of seeds", "quarters": "the length",
    "year": "the year", "years": "the choice of years", "families": "the choice of families",
    "on_debt": "the source of finance", "closures": "the range over closures", "levers": "the choice of levers",
    "workers": "the number of workers", "until": "the last year", "budget": "the budget",
    "discount_rate": "the discount rate",
    "shocks": "the choice of shocks", "after": "the length", "calm": "the path without shocks",
    "sector": "the sector", "economy": "the economy",
}  # fmt: skip
QUESTION, LOCK = ".question.json", ".lock"
LASTING = ("sweep", "fit")  # commands whose folder is more than an answer: it holds what they go on from
# What commands write into a folder that they claim, or remove from it; a test compares it with what they do.
ANSWERS = (
    "series.csv", "years.csv", "summary.json", "provenance.json", "datapackage.json", "iamc.csv", "sectors.csv",
    "occupations.csv", "deciles.csv", "regions.csv", "firm_sizes.csv", "screened.csv", "levels.csv", "differences.csv",
    "headline.csv", "winners.csv", "present_values.csv", "payers.csv", "comparison.xlsx", "report.html", "report.pdf",
    "brief_*.html", "brief_*.pdf", "effects.csv", "effects.txt", "effects.png", "strengths.csv", "explain.json",
    "explain.txt", "parts.csv", "parts_by_seed.csv", "combinations.csv", "why_*.png", "adoption.png", "changes.png",
    "emissions.png", "growth.png", "headline.png", "inequality.png", "labour.png", "occupations.png",
    "public_finances.png", "sectors.png", "structure.png", "winners_*.png", "errors.csv", "errors_summary.csv",
    "backtest.png", "closures.csv", "closure_effects.csv", "responses.csv", "responses.txt", "responses.json",
    "bands.csv", "no_shock.csv", "response_*.png", "sector.csv", "sector.png", "evidence.csv", "evidence_by_seed.csv",
    "evidence.txt", "evidence.md", "evidence.png", "evidence.json", "nowcast.csv", "nowcast_*.csv", "nowcast.txt",
    "nowcast.md", "nowcast.png", "nowcast.json", "duel.csv", "duel_scores.csv", "judges.csv",
    "judges_summary.csv", "judges.png", "coverage.csv",
)  # fmt: skip


def claim_folder(
    named: str | os.PathLike[str] | None,
    usual: Path,
    question: Mapping[str, Any],
    overwrite: bool = False,
    shared: bool = False,
    replaceable: bool = True,
    parts: Iterable[str] = (),
) -> tuple[Path, str]:
    """The folder for the answer to a question, locked to the end of the command, and a line to say or nothing.

    Several processes may work on one answer when each claims it ``shared``; ``replaceable`` says whether the command
    has --overwrite. ``named`` is the folder that the user gave, else ``usual`` or a name like it; ``parts`` are the
    folders in it that the answer will have. Raises UserError where the folder cannot be written, is being written by
    another process, holds the answer to another question, or files of the user's own in the way.
    """
    asked = json.loads(json.dumps(question))
    if named is not None:
        folder = prepare_folder(named)
        _lock_or_refuse(folder, shared)
        obstacle = _obstacle(folder, asked, overwrite, parts)
        if obstacle:
            remedy = "give another folder"
            lasting = (question_of(folder) or {}).get("command") in LASTING  # --overwrite does not touch it
            if replaceable and not overwrite and not lasting:
                remedy += ", or --overwrite to replace it"
            raise UserError(f"--out {folder}: holds {obstacle}; {remedy}")
        return _claimed_for(folder, asked), ""
    said = ""
    for number in count(1):
        folder = usual if number == 1 else usual.with_name(f"{usual.name}-{number}")
        obstacle = _obstacle(folder, asked, overwrite, parts)
        if not obstacle:
            prepare_folder(folder)
            _lock_or_refuse(folder, shared)
            return _claimed_for(folder, asked), said and f"{said}; this goes to {folder}"
        said = said or f"{folder} holds {obstacle}"
    raise AssertionError


def _kept(folder: Path, overwrite: bool) -> dict[str, Any] | None:
    """The question that a new one has to respect: hours of work of a sweep or a fit are removed by hand only."""
    known = question_of(folder)
    return known if known is not None and (not overwrite or known.get("command") in LASTING) else None


def _obstacle(folder: Path, asked: Mapping[str, Any], overwrite: bool, parts: Iterable[str]) -> str:
    """What a folder holds that keeps an answer from it, in words; nothing where it is free."""
    in_the_way = list(_in_the_way(folder, parts))
    folders = [name for name in in_the_way if (folder / name).is_dir()]
    if folders:
        return f"a folder named {folders[0]}, where a file is to be written"
    known = _kept(folder, overwrite)
    if known not in (None, asked):
        return f"the answer to another question ({_differing(known or {}, asked)})"
    if in_the_way and known is None and not overwrite:
        return f"{in_the_way[0]} of another origin, which would be replaced"
    return ""


def _in_the_way(folder: Path, parts: Iterable[str]) -> Iterator[Path]:
    """The files, seen from the folder, that an answer with these parts would replace."""
    for part in ("", *parts):
        names = sorted(path.name for path in (folder / part).iterdir()) if (folder / part).is_dir() else []
        yield from (Path(part, name) for name in names if any(fnmatch(name, pattern) for pattern in ANSWERS))


def question_of(folder: Path) -> dict[str, Any] | None:
    """The question that a folder answers; None where it is free, empty or of unknown contents."""
    if not folder.is_dir() or all(path.name.startswith(".") for path in folder.iterdir()):
        return None
    try:
        return dict(json.loads((folder / QUESTION).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
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
    check_place("the folder", directory, "a name or a path")
    if not os.fspath(directory).strip():
        raise UserError("the name of the folder to write to is empty; give a folder, . for the current one")
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
    """What the two questions differ in, in words."""
    if known.get("command") != asked.get("command"):
        return f"that of `xinzhi {brief(known.get('command'))}`"
    names = [name for name in {**known, **asked} if known.get(name) != asked.get(name)]
    words = [PARTS.get(name, name.replace("_", " ")) for name in names]
    listed = " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
    return f"{listed} {'differs' if len(words) == 1 else 'differ'}"
