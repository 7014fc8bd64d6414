"""Files of a comparison: the report of ``xinzhi compare`` and its tables, from the page's own finished seeds.

They are made in one of the processes, so that the server goes on answering. The seeds go there through a file, which is
gone as soon as it is read.
"""

from __future__ import annotations

import asyncio
import pickle
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from abm.data import DEFAULT_ECONOMY
from abm.errors import UserError, refusal
from abm.experiments.ensembles.recording import Recording
from abm.files import writing
from abm.languages import ENGLISH
from abm.scenarios.scenario import Scenario
from xinzhi.app.asked import Asked
from xinzhi.app.asking import Finder, Limits, Question, one_of, optional_year
from xinzhi.app.check import file_of
from xinzhi.app.economies import in_words
from xinzhi.app.runs import Runs, prepared, sentence_of

if TYPE_CHECKING:
    from abm.results.results import Results
    from xinzhi.analysis.comparison.comparison import Comparison
    from xinzhi.app.server import Service
    from xinzhi.app.worker import AtWork

__all__ = ["FORMATS", "File", "Wanted", "asked_report", "file_for", "write_report"]

FORMATS = {
    "html": "text/html; charset=utf-8",
    "brief": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "yaml": "application/yaml; charset=utf-8",
}
SUFFIXES = {"brief": "html"}  # of formats that are not called by theirs
NAMED = {"brief": "_one_page", "html": "_report", "pdf": "_report"}  # so that one file does not replace another
SECONDS_BETWEEN_LOOKS = 0.5  # at whether anybody still waits for the file
RANK = 1  # after the first pair of everybody
WITHOUT_AI = "no_ai"
YEARS = (2030, 2035, 2050)  # of the headline, as in comparisons


class Wanted(NamedTuple):
    """A question whose answer is wanted as a file."""

    runs: Runs
    form: str
    yaml: str
    year: int | None


class File(NamedTuple):
    """What is sent."""

    content: bytes
    media_type: str
    name: str


@dataclass(frozen=True)
class ReportTask:
    """Everything that the report needs but the seeds, which lie pickled in ``path``, side by side."""

    scenarios: tuple[Scenario, ...]
    workers: int
    requested: tuple[int, ...]
    started: datetime
    command: str
    form: str
    language: str
    year: int | None
    path: str


def asked_report(data: Any, limits: Limits, find: Finder) -> Wanted:
    """The question in the body of a request. Raises UserError."""
    if not isinstance(data, dict):
        raise UserError(refusal("the request: give an object with scenarios"))
    form = one_of(data, "format", tuple(FORMATS))
    question = Question.read({key: value for key, value in data.items() if key not in ("format", "year")}, limits)
    year = optional_year(data, "year")
    runs = prepared(question, find)
    if form == "yaml":
        at = next((at for at in range(len(runs.sides)) if at != question.reference), question.reference)
        return Wanted(runs, form, file_of(runs.sides[at].mix, find), year)
    if len(runs.sides) < 2:
        raise UserError(refusal("scenarios: a report compares 2 to 4 scenarios"))
    return Wanted(runs, form, "", year)


async def file_for(service: Service, wanted: Wanted, gone: Callable[[], Awaitable[bool]]) -> File | None:
    """The file; what is missing is run first. None where nobody waits for it any more. Raises UserError."""
    runs, started = wanted.runs, datetime.now(UTC)
    country = "" if runs.economy == DEFAULT_ECONOMY else f"{runs.economy}_"
    name = f"xinzhi_{country}{'_'.join(_slug(title) for title in runs.titles)}"[:80] + NAMED.get(wanted.form, "")
    if wanted.form == "yaml":
        return File(wanted.yaml.encode(), FORMATS["yaml"], f"{name}.yaml")
    with service.streams.counted(runs.question.page):
        await runs.find(service.seeds)
        async with Asked(service.scheduler, runs.question.page) as asked:
            making = asyncio.ensure_future(_made(service, wanted, asked, started))
            try:
                while not (await asyncio.wait([making], timeout=SECONDS_BETWEEN_LOOKS))[0]:
                    if service.streams.closing.is_set() or await gone():
                        return None
                return File(making.result(), FORMATS[wanted.form], f"{name}.{SUFFIXES.get(wanted.form, wanted.form)}")
            finally:
                making.cancel()


async def _made(service: Service, wanted: Wanted, asked: Asked, started: datetime) -> bytes:
    runs = wanted.runs
    async for fault in runs.run(asked, service.seeds):
        if fault:
            raise UserError(refusal("seed {seed}: {message}", seed=fault.seed, message=fault.message))
    order = sorted(range(len(runs.sides)), key=lambda at: at != runs.question.reference)
    scenarios = tuple(_renamed(runs, at) for at in order)
    recordings = [[runs.recordings[at][seed] for seed in sorted(runs.question.seeds)] for at in order]
    path = await asyncio.to_thread(_written, recordings)
    try:
        task = ReportTask(
            scenarios, runs.question.workers, runs.question.seeds, started, _command(runs), wanted.form,
            runs.question.language, wanted.year, str(path),
        )  # fmt: skip
        asked.add(("report", path), write_report, task, "report", RANK)
        outcome = await asked.next()
        if outcome.error is not None:
            raise UserError(refusal("the report: {sentence_of}", sentence_of=sentence_of(outcome.error)))
        return bytes(outcome.value)
    finally:
        path.unlink(missing_ok=True)


def _command(runs: Runs) -> str:
    """The command line that writes the same report."""
    language = runs.question.language
    return runs.command() if language == ENGLISH else f"{runs.command()} --language {language}"


def write_report(task: ReportTask, work: AtWork) -> bytes:  # noqa: ARG001 - the form of a task
    """The file as bytes, in a process of the page."""
    from xinzhi.analysis.comparison.comparison import compare

    path = Path(task.path)
    sides: list[list[Recording]] = pickle.loads(path.read_bytes())
    with suppress(OSError):
        path.unlink()
    results = [_results(task, scenario, kept) for scenario, kept in zip(task.scenarios, sides, strict=True)]
    comparison = compare(*results, years=_years(task.year)).in_language(task.language)
    if task.form in ("html", "brief"):
        return _page(comparison, task).encode()
    if task.form == "csv":
        return bytes(comparison.differences().to_csv(index=False, lineterminator="\n").encode())
    return _printed(comparison, task)


def _years(year: int | None) -> list[int] | None:
    """The years of the headline, of which the last is the year that the page looks at."""
    return None if year is None else [*(one for one in YEARS if one < year), year]


def _page(comparison: Comparison, task: ReportTask) -> str:
    """The brief or the whole report, in the language of the page and the words of the economy."""
    from xinzhi.analysis.brief.page import brief_page

    if task.form == "brief":
        page = brief_page(comparison, task.language, task.command)
    else:
        page = comparison.html(task.command)
    return in_words(page, task.language, task.scenarios[0].tables)


def _printed(comparison: Comparison, task: ReportTask) -> bytes:
    """A file that a library writes by its name."""
    from xinzhi.analysis.comparison.files import can_write_workbook, tables_of, write_pdf
    from xinzhi.analysis.comparison.workbook import write_workbook

    with _temporary(), tempfile.TemporaryDirectory(prefix="xinzhi-") as folder:
        path = Path(folder) / f"report.{task.form}"
        if task.form == "pdf":
            return write_pdf(_page(comparison, task), path).read_bytes()
        if not can_write_workbook():
            raise UserError(refusal("XLSX needs XlsxWriter: pip install 'xinzhi[report]'"))
        return write_workbook(comparison, tables_of(comparison), path, task.command).read_bytes()


def _results(task: ReportTask, scenario: Scenario, kept: list[Recording]) -> Results:
    from abm.results.provenance import describe_run
    from abm.results.results import Results

    seeds = [one.seed for one in kept]
    provenance = describe_run(scenario, seeds, task.requested, task.workers, scenario.quarters, 1, 1, task.started)
    return Results.from_recorders(scenario, seeds, kept, provenance)


def _renamed(runs: Runs, at: int) -> Scenario:
    """The scenario as it runs; a comparison takes the economy without AI for the reference, the page says which is."""
    scenario = runs.sides[at].runs
    if at == runs.question.reference or scenario.name != WITHOUT_AI:
        return scenario
    return replace(scenario, name="without_ai", title=scenario.title or "Without AI")


def _written(recordings: list[list[Recording]]) -> Path:
    with _temporary(), tempfile.NamedTemporaryFile(prefix="xinzhi-", suffix=".seeds", delete=False) as file:
        path = Path(file.name)
        try:
            pickle.dump(recordings, file)
            file.flush()
        except OSError:
            path.unlink()
            raise
    return path


def _temporary() -> AbstractContextManager[None]:
    """A disk that is full is a line for the user, here as in all commands."""
    return writing(tempfile.gettempdir(), "the report", "free space there")


def _slug(title: str) -> str:
    words = "".join(one if one.isascii() and one.isalnum() else " " for one in title.lower()).split()
    return "_".join(words)[:30] or "mix"
