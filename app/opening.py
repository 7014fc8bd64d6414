"""The page while the server is still being loaded: its files and the catalogue are there before everything else.

A browser asks for them first. What answers its questions takes longer to import, and is waited for.
"""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.routing import Router
from starlette.types import ASGIApp, Receive, Scope, Send

from abm.data import DEFAULT_ECONOMY, offered_economies
from abm.languages import ENGLISH, LANGUAGES
from xinzhi.app.guard import Guard
from xinzhi.app.pages import Pages
from xinzhi.app.replies import catalogue_reply, load_catalogue, reply, sentence

if TYPE_CHECKING:
    from fastapi import FastAPI

__all__ = ["STATIC", "FirstLook"]

STATIC = Path(__file__).with_name("static")
SECONDS_FOR_A_LOOK = 0.5
SECONDS_OF_A_THREAD = 0.0005  # while the rest is imported, so that files of the page do not wait for it


class FirstLook:
    """The whole server; ``make`` imports and returns what is not needed for the first look at the page.

    ``fault`` is why that cannot be had, and ``failed`` is called then. ``token`` and ``hosts`` are those of the guard.
    """

    def __init__(self, make: Callable[[], FastAPI], token: str = "", hosts: tuple[str, ...] = ()):
        self.make = make
        self.first: ASGIApp = Guard(self._first, hosts, token)
        self.pages = Pages(STATIC)
        self.rest: FastAPI | None = None
        self.fault: Exception | None = None
        self.failed: Callable[[], None] = lambda: None
        self.looking, self.seen = threading.Event(), threading.Event()  # a browser has come; it has the catalogue
        self.router = Router(lifespan=self._lifespan)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or live as long as the server."""
        if scope["type"] == "lifespan":
            await self.router.lifespan(scope, receive, send)
        elif self.rest is None and _comes_first(scope):
            await self.first(scope, receive, send)
        else:
            await self.loaded.wait()
            await (self.rest or reply(sentence("the server cannot be loaded"), 503))(scope, receive, send)

    def close_streams(self) -> None:
        """End what is being answered, since an ending server waits for it."""
        if self.rest is not None:
            self.rest.state.service.streams.closing.set()

    async def _first(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"].startswith("/api/"):
            answer = await catalogue_reply(*_catalogue(scope), Request(scope).headers.get("if-none-match"))
            await answer(scope, receive, send)
            self.seen.set()
            return
        self.looking.set()
        try:
            await self.pages(scope, receive, send)
        except HTTPException as error:
            await reply(sentence(error.detail), error.status_code)(scope, receive, send)

    @asynccontextmanager
    async def _lifespan(self, _: object) -> AsyncIterator[None]:
        self.loaded, self.ending = asyncio.Event(), asyncio.Event()
        serving = asyncio.ensure_future(self._serve_rest())
        try:
            yield
        finally:
            self.ending.set()
            await serving

    async def _serve_rest(self) -> None:
        """Load the rest and keep it until the end."""
        usual = sys.getswitchinterval()
        sys.setswitchinterval(SECONDS_OF_A_THREAD)
        try:
            app = await asyncio.to_thread(self._load)
        except Exception as error:
            self.fault = error
            self.loaded.set()
            self.failed()
            return
        finally:
            sys.setswitchinterval(usual)
        async with app.router.lifespan_context(app):
            self.rest = app
            self.loaded.set()
            await self.ending.wait()

    def _load(self) -> FastAPI:
        load_catalogue(ENGLISH)
        if self.looking.is_set():  # the page that is being opened comes first, since one thread at a time can run
            self.seen.wait(SECONDS_FOR_A_LOOK)
        return self.make()


def _comes_first(scope: Scope) -> bool:
    """Whether a request is for a file of the page or for a catalogue in a language and of an economy that are known."""
    path = scope["path"]
    if scope["method"] not in ("GET", "HEAD"):
        return False
    if path != "/api/catalogue":
        return not path.startswith("/api/")
    language, economy = _catalogue(scope)
    return language in LANGUAGES and economy in offered_economies()


def _catalogue(scope: Scope) -> tuple[str, str]:
    """The language and the economy of the catalogue that is asked for."""
    asked = Request(scope).query_params
    return asked.get("language", ENGLISH), asked.get("economy", DEFAULT_ECONOMY)
