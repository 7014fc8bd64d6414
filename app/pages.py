"""The files of the page, kept in memory: a browser asks for some fifty of them at once, before anything can be shown.

Only what the folder lists is served, by its name there, so that no path of a request is ever opened. A file that
changes is read again, which is how the page is edited.
"""

from __future__ import annotations

import gzip
import mimetypes
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

__all__ = ["Pages"]

INDEX = "/index.html"
TYPES = {".js": "text/javascript", ".svg": "image/svg+xml", ".css": "text/css", ".html": "text/html"}
WORTH_PACKING = 1_000  # bytes


class Page(NamedTuple):
    """One file as it is sent; ``packed`` is empty where packing is not worth it."""

    changed: float
    body: bytes
    packed: bytes
    kind: str
    tag: str


class Pages:
    """Serves a folder; the folder itself is its index.html."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.paths = self._listed()
        self.kept: dict[str, Page] = {}

    def _listed(self) -> dict[str, Path]:
        files = (path for path in self.folder.rglob("*") if path.is_file())
        return {f"/{path.relative_to(self.folder).as_posix()}": path for path in files}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            raise HTTPException(405)
        name = scope["path"].removeprefix(scope.get("root_path", "")) or "/"
        page = self._page(INDEX if name == "/" else name)
        await _response(page, Headers(scope=scope))(scope, receive, send)

    def _page(self, name: str) -> Page:
        if name not in self.paths or not self.paths[name].is_file():
            self.paths = self._listed()
        path = self.paths.get(name)
        if path is None:
            raise HTTPException(404)
        changed, kept = path.stat().st_mtime, self.kept.get(name)
        if kept is None or kept.changed != changed:
            kept = self.kept[name] = _read(path, changed)
        return kept


def _read(path: Path, changed: float) -> Page:
    body = path.read_bytes()
    kind = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "text/plain"
    packed = gzip.compress(body, mtime=0) if len(body) > WORTH_PACKING else b""
    return Page(changed, body, packed, kind, f'"{sha256(body).hexdigest()[:32]}"')


def _response(page: Page, asked: Headers) -> Response:
    headers = {"ETag": page.tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    if asked.get("if-none-match") == page.tag:
        return Response(status_code=304, headers=headers)
    if page.packed and "gzip" in asked.get("accept-encoding", ""):
        return Response(page.packed, media_type=page.kind, headers={**headers, "Content-Encoding": "gzip"})
    return Response(page.body, media_type=page.kind, headers=headers)
