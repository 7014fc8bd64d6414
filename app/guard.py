"""Who may ask the server, and how: checked before anything of a request is read.

Loopback names and the token keep other hosts and other pages of the same browser out; the headers of every answer keep
the page from loading or being shown anywhere else.
"""

from __future__ import annotations

import asyncio
import hmac
import re
from collections.abc import Iterable, Mapping
from ipaddress import ip_address

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from abm.errors import refusal
from abm.languages import translated
from xinzhi.app.streams import Refused, as_json, language_of_reader

__all__ = ["ANY_ADDRESS", "LARGEST_BODY", "TOKEN", "Guard"]

LARGEST_BODY = 64 * 1024
SECONDS_FOR_BODY = 20.0  # who sends a part of a request and no more is not waited for
TOKEN = "x-xinzhi-token"  # noqa: S105 - the name of the header
HOST = re.compile(r"(\[[0-9a-f:.]+\]|[^:\[\]]+)(?::[0-9]{1,5})?")
ANY_ADDRESS = "*"  # of numbers: a page of another machine can bring a name here, but no number
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
HEADERS = {
    "content-security-policy": "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
WITH_BODY = ("POST", "PUT", "PATCH")


class Guard:
    """A layer around the server; ``hosts`` are further names of it, ``token`` is asked for where it is set."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str] = (), token: str = ""):
        self.app, self.token = app, token.encode()
        self.hosts = {*LOOPBACK, *(host.lower() for host in hosts)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on if nothing is wrong with it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                added = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
                message["headers"] = [*message.get("headers", []), *added]
            await send(message)

        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        try:
            self._check(scope["method"], scope["path"], headers)
            if scope["method"] in WITH_BODY:
                async with asyncio.timeout(SECONDS_FOR_BODY):
                    receive = await _whole_body(headers, receive)
        except TimeoutError:
            await _answer(Refused(408, "the request did not come to its end"), with_headers, headers)
            return
        except Refused as refused:
            await _answer(refused, with_headers, headers)
            return
        await self.app(scope, receive, with_headers)

    def _check(self, method: str, path: str, headers: dict[str, str]) -> None:
        host = headers.get("host", "").lower()
        name = _name(host)
        if name not in self.hosts and not (ANY_ADDRESS in self.hosts and _is_address(name)):
            raise Refused(421, "this server does not answer to that name; open the address that `xinzhi app` printed")
        origin = headers.get("origin")
        if origin is not None and origin.lower() not in (f"http://{host}", f"https://{host}"):
            raise Refused(403, "the request comes from another page")
        if headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
            raise Refused(403, "the request comes from another page")
        if self.token and path.startswith("/api/"):
            given = headers.get(TOKEN, "").encode()
            if not hmac.compare_digest(given, self.token):
                raise Refused(
                    403, refusal("the token is missing or wrong; open the whole link that `xinzhi app` printed")
                )
        if method in WITH_BODY and headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            raise Refused(415, "send JSON, with Content-Type: application/json")


def _name(host: str) -> str:
    """The host without its port; empty where it is no host."""
    found = HOST.fullmatch(host)
    return found[1] if found else ""


def _is_address(name: str) -> bool:
    try:
        return bool(ip_address(name.strip("[]")))
    except ValueError:
        return False


async def _whole_body(headers: dict[str, str], receive: Receive) -> Receive:
    """Read the body, which is small, and hand it on; a larger one is refused as soon as it is."""
    length = headers.get("content-length", "0")
    if not length.isdecimal() or len(length) > 12:
        raise Refused(400, "the length of the request is no number")
    too_large = Refused(413, refusal("at most {largest_body} bytes are read", largest_body=f"{LARGEST_BODY:,}"))
    if int(length) > LARGEST_BODY:
        raise too_large
    body = b""
    more = True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            break
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > LARGEST_BODY:
            raise too_large
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


async def _answer(refused: Refused, send: Send, asked: Mapping[str, str]) -> None:
    message = translated(refused.message, language_of_reader(asked))
    body = as_json({"message": message, "key": None, "nearest": None})
    headers = {"content-type": "application/json", "content-length": str(len(body)), **refused.headers}
    encoded = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": refused.status, "headers": encoded})
    await send({"type": "http.response.body", "body": body})
