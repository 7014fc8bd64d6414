"""An empty page with the modules of the planner's page, served from the folder itself: no server and no model."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from xinzhi.app.texts import STATIC

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

__all__ = ["ADDRESS", "drawn", "empty_page", "stream"]

ADDRESS = "http://page.test"
KINDS = {".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".svg": "image/svg+xml"}
EMPTY = """<!doctype html><html lang="en"><head><title>Charts</title><link rel="stylesheet" href="/app.css">
<link rel="stylesheet" href="/charts.css"></head><body><main id="here"></main></body></html>"""
DRAW = """async ([file, name, props]) => {
  const [{ h, render }, module] = await Promise.all([import("/vendor/preact.js"), import(file)]);
  render(h(module[name], props), document.getElementById("here"));
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""


@contextmanager
def empty_page(
    browser: Browser, width: int = 1000, answers: Mapping[str, Callable[[Any], str]] | None = None
) -> Iterator[Page]:
    """A page that has nothing in it; a fault in its console fails the test.

    ``answers`` are what endpoints send, {path: body of the answer from that of the request}.
    """
    opened = browser.new_context(viewport={"width": width, "height": 800}, locale="en-GB")
    page = opened.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.route("**/*", lambda route: _answer(route, answers or {}))
    page.goto(f"{ADDRESS}/empty")
    try:
        yield page
        assert not faults, faults
    finally:
        opened.close()


def _answer(route: Route, answers: Mapping[str, Callable[[Any], str]]) -> None:
    path = route.request.url.removeprefix(ADDRESS).split("#")[0].split("?")[0]
    file = STATIC / path.lstrip("/")
    if path == "/empty":
        route.fulfill(body=EMPTY, content_type="text/html")
    elif path in answers:
        route.fulfill(
            body=answers[path](json.loads(route.request.post_data or "null")), content_type="text/event-stream"
        )
    elif file.is_file():
        route.fulfill(body=file.read_text("utf-8"), content_type=KINDS.get(file.suffix, "text/plain"))
    else:
        route.fulfill(status=404, body="{}")


def stream(*events: tuple[str, Any]) -> str:
    """Events as a server sends them."""
    return "".join(f"event: {name}\ndata: {json.dumps(data)}\n\n" for name, data in events)


def drawn(page: Page, file: str, name: str, props: dict[str, Any]) -> None:
    """Draw one chart into the page."""
    page.evaluate(DRAW, [f"/js/charts/{file}.js", name, props])
