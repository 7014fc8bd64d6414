"""Streams of events to the page: an answer that grows, in the format of server-sent events."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from abm.errors import refusal
from abm.languages import ENGLISH, LANGUAGES

__all__ = ["Refused", "Streamed", "Streams", "as_json", "event", "language_of_reader"]

SECONDS_BETWEEN_SIGNS = 10.0  # of life, while nothing else is said
MOST_OF_A_PAGE, MOST_OF_ALL = 2, 32
MOST_JOBS_OF_A_PAGE = 1  # besides: a job takes minutes, while the page goes on comparing
SECONDS_TO_WAIT = 1  # before a page that is refused tries again
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


class Refused(Exception):
    """A request that is not served: its status, a sentence, and further headers."""

    def __init__(self, status: int, message: str, headers: dict[str, str] | None = None):
        super().__init__(message)
        self.status, self.message, self.headers = status, message, headers or {}


def language_of_reader(headers: Mapping[str, str]) -> str:
    """The language in which a refusal is read: the page sends the one that it is in."""
    asked = headers.get("accept-language", "")[:2].lower()
    return asked if asked in LANGUAGES else ENGLISH


class Streams:
    """How many answers and jobs are open, of each page and in all."""

    def __init__(self) -> None:
        self.of_page: Counter[str] = Counter()
        self.jobs: Counter[str] = Counter()
        self.closing = asyncio.Event()

    def take(self, page: str, job: bool = False) -> None:
        """Count one more, which ``leave`` takes back. Raises Refused where it would be too many.

        What is counted at once cannot be overrun by requests that come together.
        """
        kind, most = self._kind(job), MOST_JOBS_OF_A_PAGE if job else MOST_OF_A_PAGE
        of_page = kind[page] >= most
        if of_page or self.of_page.total() + self.jobs.total() >= MOST_OF_ALL:
            who = refusal("this page") if of_page else refusal("the server")
            raise Refused(429, refusal("{who} has as many answers under way as it may; try again in a second", who=who),
                          {"Retry-After": str(SECONDS_TO_WAIT)})  # fmt: skip
        kind[page] += 1

    def leave(self, page: str, job: bool = False) -> None:
        """One of the page has ended."""
        kind = self._kind(job)
        kind[page] -= 1
        if not kind[page]:
            del kind[page]

    @contextmanager
    def counted(self, page: str) -> Iterator[None]:
        """Count one while the block runs. Raises Refused."""
        self.take(page)
        try:
            yield
        finally:
            self.leave(page)

    def _kind(self, job: bool) -> Counter[str]:
        return self.jobs if job else self.of_page


def as_json(content: Any) -> bytes:
    """Compact JSON, in which no number is NaN."""
    return json.dumps(content, separators=(",", ":"), allow_nan=False).encode()


def event(name: str, content: Any) -> bytes:
    """One event."""
    return b"event: %s\ndata: %s\n\n" % (name.encode(), as_json(content))


async def with_signs_of_life(events: AsyncGenerator[bytes, None], closing: asyncio.Event) -> AsyncIterator[bytes]:
    """The events, and a comment where none comes for long, so that nothing between here and the page gives up."""
    closed = asyncio.ensure_future(closing.wait())
    following: asyncio.Future[bytes] | None = None
    try:
        while not closed.done():
            following = asyncio.ensure_future(anext(events))
            while not following.done() and not closed.done():
                ended = await asyncio.wait(
                    [following, closed], timeout=SECONDS_BETWEEN_SIGNS, return_when=asyncio.FIRST_COMPLETED
                )
                if not ended[0]:
                    yield b": alive\n\n"
            if following.done():
                try:
                    yield following.result()
                except StopAsyncIteration:
                    return
    finally:
        waiting = [one for one in (following, closed) if one is not None and not one.done()]
        for one in waiting:
            one.cancel()
        if waiting:
            await asyncio.wait(waiting)
        await events.aclose()


class Streamed(StreamingResponse):
    """A stream of a page, counted until it ends, also where nobody is there any more to read its first event.

    When the page closes the connection, or the server ends, the events are closed at once.
    """

    def __init__(self, streams: Streams, page: str, events: AsyncGenerator[bytes, None], job: bool = False):
        streams.take(page, job)
        super().__init__(with_signs_of_life(events, streams.closing), media_type="text/event-stream", headers=HEADERS)
        self.streams, self.page, self.job = streams, page, job

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the events."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self.streams.leave(self.page, self.job)
