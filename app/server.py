"""The server of the page: routes, and one way in which every fault is answered.

``create_app`` makes it; the processes start when it starts, and the page is served meanwhile.
"""

from __future__ import annotations

import asyncio
import sys
import time
import traceback
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager
from itertools import product
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException

import abm
from abm.data import DEFAULT_ECONOMY, offered_economies
from abm.errors import AccountingError, UserError, refusal
from abm.languages import ENGLISH, LANGUAGES, translated
from xinzhi.app.answers import start_of, update_of
from xinzhi.app.asked import Asked
from xinzhi.app.asking import Limits, Question, fault_of
from xinzhi.app.check import checked
from xinzhi.app.deliberation import Deliberation
from xinzhi.app.emulator.store import kept_emulator
from xinzhi.app.filling import fill
from xinzhi.app.guard import Guard
from xinzhi.app.library import Library
from xinzhi.app.opening import STATIC
from xinzhi.app.pages import Pages
from xinzhi.app.replies import catalogue_reply, content_of, load_catalogue, reply, sentence
from xinzhi.app.report import asked_report, file_for
from xinzhi.app.rounds import add_rounds
from xinzhi.app.runs import Runs, cautions_of, financing_of, idle_levers_of, idle_of, prepared
from xinzhi.app.scheduler import Scheduler
from xinzhi.app.schemas import EVENTS, WHY_EVENTS, add_schemas, answer_of, stream_of
from xinzhi.app.seeds import Seeds
from xinzhi.app.streams import Refused, Streamed, Streams, event, language_of_reader
from xinzhi.app.why import Why, asked_why, reasons

__all__ = ["Service", "create_app"]

UPDATES = (1, 2, 4, 8, 16, 32, 64)  # pairs with which an update goes out
SECONDS_BETWEEN_UPDATES = 0.1


class Service:
    """What all requests share."""

    def __init__(self, scheduler: Scheduler, limits: Limits, library: Path | None = None):
        self.scheduler, self.limits, self.library = scheduler, limits, Library(library)
        self.seeds, self.streams = Seeds(), Streams()
        self.find = self.library.find

    def health(self) -> dict[str, Any]:
        """Whether the model is warm, and how much waits."""
        scheduler = self.scheduler
        return {
            "ready": scheduler.ready,
            "state": "ready" if scheduler.ready else "warming",
            "version": abm.__version__,
            "processes": len(scheduler.processes),
            "warm": sum(one.ready for one in scheduler.processes),
            "queued": scheduler.queued,
            "busy": sum(not one.free for one in scheduler.processes if one.ready),
            "seeds_in_memory": len(self.seeds),
            "compiling": list(scheduler.compiling) if scheduler.compiling else None,
            "fault": scheduler.broken or None,
        }

    async def answers(self, runs: Runs) -> AsyncGenerator[bytes, None]:
        """The events of an answer, from what is kept to the last pair."""
        question, began = runs.question, time.monotonic()
        await runs.find(self.seeds)
        start = start_of(runs) | {
            "financing": financing_of(question), "cautions": cautions_of(runs), "idle": idle_of(runs),
            "idle_levers": idle_levers_of(runs), "command": runs.command(),
        }  # fmt: skip
        yield event("start", start)
        shown, last = 0, 0.0
        if runs.pairs:
            yield self._update(runs, began)
            shown, last = len(runs.pairs), time.monotonic()
        async with Asked(self.scheduler, question.page) as asked:
            async for fault in runs.run(asked, self.seeds):
                if fault:
                    yield event(
                        "fault", {"message": translated(fault.message, runs.question.language), "seed": fault.seed}
                    )
                ready = len(runs.pairs)
                due = ready > shown and any(shown < one <= ready for one in UPDATES)
                if (due and time.monotonic() - last >= SECONDS_BETWEEN_UPDATES) or (ready > shown and not runs.open):
                    yield self._update(runs, began)
                    shown, last = ready, time.monotonic()
        done = {"pairs": len(runs.pairs), "seconds": _since(began), "from_store": runs.from_store}
        yield event("done", done)

    async def reasons(self, why: Why) -> AsyncGenerator[bytes, None]:
        """The events of a question why."""
        async with aclosing(reasons(self, why)) as events:
            async for one in events:
                yield one

    @staticmethod
    def _update(runs: Runs, began: float) -> bytes:
        pairs = runs.pairs
        counts = {"pairs": len(pairs), "of": len(runs.question.seeds), "seconds": _since(began)}
        return event("update", counts | update_of(runs, pairs, runs.question.group_year))


def create_app(
    service: Service, token: str = "", hosts: tuple[str, ...] = (), prepare: bool = False, facilitator: str = ""
) -> FastAPI:
    """The server; ``token`` is asked for where it is set, ``hosts`` are further names it answers to.

    With ``prepare`` the shipped scenarios are run in idle time. Only who has the secret ``facilitator``, where it is
    set, opens rounds of deliberation.
    """

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        service.scheduler.start()
        loop = asyncio.get_running_loop()
        for economy, language in product(offered_economies(), LANGUAGES):  # before the page asks for it
            loop.run_in_executor(None, load_catalogue, language, economy)
        filling = asyncio.ensure_future(fill(service.scheduler)) if prepare else None
        try:
            yield
        finally:
            if filling is not None:
                filling.cancel()
            service.scheduler.close()

    app = FastAPI(
        title="Xinzhi", version=abm.__version__, docs_url=None, redoc_url=None, openapi_url="/api/openapi.json",
        lifespan=lifespan,
    )  # fmt: skip
    app.state.service = service
    app.add_middleware(Guard, hosts=hosts, token=token)
    _add_faults(app)
    _add_routes(app, service)
    add_schemas(app)
    _add_library(app, service.library)
    _add_emulator(app)
    add_rounds(app, Deliberation(), service.find, facilitator)
    if STATIC.is_dir():
        app.mount("/", Pages(STATIC))
    return app


def _add_routes(app: FastAPI, service: Service) -> None:
    @app.get("/api/health", responses=answer_of("Health"))
    async def health() -> Response:
        return reply(service.health())

    @app.get("/api/catalogue", responses=answer_of("Catalogue"))
    async def catalogue(request: Request, language: str = ENGLISH, economy: str = DEFAULT_ECONOMY) -> Response:
        return await catalogue_reply(language, economy, request.headers.get("if-none-match"))

    @app.post("/api/check", responses=answer_of("Check"))
    async def check(request: Request) -> Response:
        return reply(checked(await content_of(request), service.limits, service.find))

    @app.post("/api/stream", responses=stream_of("Stream", EVENTS))
    async def stream(request: Request) -> Response:
        question = Question.read(await content_of(request), service.limits)
        runs = prepared(question, service.find)
        return Streamed(service.streams, question.page, service.answers(runs))

    @app.post("/api/why", responses=stream_of("Why", WHY_EVENTS))
    async def why(request: Request) -> Response:
        content = await content_of(request)
        asked = asked_why(content, service.limits, service.find)
        return Streamed(service.streams, asked.runs.question.page, service.reasons(asked), job=True)

    @app.post("/api/report")
    async def report(request: Request) -> Response:
        wanted = asked_report(await content_of(request), service.limits, service.find)
        file = await file_for(service, wanted, request.is_disconnected)
        if file is None:
            raise Refused(503, refusal("the report was given up"))
        headers = {"Content-Disposition": f'attachment; filename="{file.name}"', "Cache-Control": "no-store"}
        return Response(file.content, media_type=file.media_type, headers=headers)


def _add_emulator(app: FastAPI) -> None:
    @app.get("/api/emulator")
    async def emulator() -> Response:
        return reply(await asyncio.to_thread(kept_emulator))


def _add_library(app: FastAPI, library: Library) -> None:
    @app.get("/api/library")
    async def entries() -> Response:
        return reply({"library": library.entries(), "writable": library.folder is not None})

    @app.get("/api/library/{name}")
    async def entry(name: str) -> Response:
        return reply(library.entry(name))

    @app.put("/api/library/{name}")
    async def save(name: str, request: Request) -> Response:
        return reply(library.save(name, await content_of(request)))

    @app.delete("/api/library/{name}")
    async def remove(name: str) -> Response:
        library.remove(name)
        return Response(status_code=204)


def _add_faults(app: FastAPI) -> None:
    @app.exception_handler(UserError)
    async def bad_input(request: Request, error: UserError) -> Response:
        return reply(fault_of(error, language_of_reader(request.headers)), 422)

    @app.exception_handler(AccountingError)
    async def broken_books(request: Request, error: AccountingError) -> Response:
        text = refusal("the accounts do not close: {error}", error=error)
        return reply(sentence(translated(text, language_of_reader(request.headers))), 422)

    @app.exception_handler(Refused)
    async def refused(request: Request, error: Refused) -> Response:
        text = translated(error.message, language_of_reader(request.headers))
        return reply(sentence(text), error.status, error.headers)

    @app.exception_handler(HTTPException)
    async def unknown(_: Request, error: HTTPException) -> Response:
        return reply(sentence(str(error.detail)), error.status_code, dict(error.headers or {}))

    @app.exception_handler(Exception)
    async def fault(request: Request, error: Exception) -> Response:
        traceback.print_exception(error, file=sys.stderr)
        text = refusal("a fault of the program ({name}); its log has more", name=type(error).__name__)
        return reply(sentence(translated(text, language_of_reader(request.headers))), 500)


def _since(began: float) -> float:
    return round(time.monotonic() - began, 3)
