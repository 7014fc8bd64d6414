"""Streams of events to the page: an answer that grows, in the format of server-sent events."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any

from starlette.responses import StreamingResponse

__all__ = ["Refused", "Streams", "as_json", "event", "streamed_response"]

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


class Streams:
    """How many answers and jobs are open, of each page and in all."""

    def __init__(self) -> None:
        self.of_page: Counter[str] = Counter()
        self.jobs: Counter[str] = Counter()
        self.closing = asyncio.Event()

    def check(self, page: str, job: bool = False) -> None:
        """Raise Refused where one more would be too many."""
        most = MOST_JOBS_OF_A_PAGE if job else MOST_OF_A_PAGE
        of_page = self._kind(job)[page] >= most
        if of_page or self.of_page.total() + self.jobs.total() >= MOST_OF_ALL:
            who = "this page" if of_page else "the server"
            raise Refused(429, f"{who} has as many answers under way as it may; try again in a second",
                          {"Retry-After": str(SECONDS_TO_WAIT)})  # fmt: skip

    @contextmanager
    def counted(self, page: str, job: bool = False) -> Iterator[None]:
        """Count one while the block runs."""
        kind = self._kind(job)
        kind[page] += 1
        try:
            yield
        finally:
            kind[page] -= 1
            if not kind[page]:
                del kind[page]

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


def streamed_response(events: AsyncGenerator[bytes, None], closing: asyncio.Event) -> StreamingResponse:
    """The response; when the page closes the connection, or the server ends, the events are closed at once."""
    return StreamingResponse(with_signs_of_life(events, closing), media_type="text/event-stream", headers=HEADERS)
