"""What goes in and out of a request: JSON in UTF-8, in which no number is NaN."""

from __future__ import annotations

import asyncio
import json
import threading
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from abm.data import DEFAULT_ECONOMY, offered_economies
from abm.errors import UserError
from abm.languages import LANGUAGES
from xinzhi.app.streams import Refused, as_json

__all__ = ["catalogue_reply", "content_of", "load_catalogue", "reply", "sentence"]

LOADING = {(language, economy): threading.Lock() for language in LANGUAGES for economy in offered_economies()}
DEEPEST = 16  # a request needs seven levels; what reads them goes as deep as they do


async def content_of(request: Request) -> Any:
    """The JSON in the body of a request. Raises Refused where it is none."""
    try:
        content = json.loads((await request.body()).decode("utf-8"), parse_constant=_no_constant)
        json.dumps(content, ensure_ascii=False).encode("utf-8")  # refuses halves of characters
    except (ValueError, RecursionError):
        raise Refused(400, "the request is no JSON in UTF-8") from None
    if _depth(content) > DEEPEST:
        raise Refused(400, f"the request is nested more than {DEEPEST} deep")
    return content


def _depth(content: Any) -> int:
    """How many objects and lists lie in each other, up to one more than is allowed; level by level."""
    depth, level = 0, [content]
    while depth <= DEEPEST:
        level = [one for one in level if isinstance(one, (dict, list))]
        if not level:
            break
        depth += 1
        level = [below for one in level for below in (one.values() if isinstance(one, dict) else one)]
    return depth


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def reply(content: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """A response of JSON that nothing between here and the page keeps."""
    return Response(as_json(content), status, {"Cache-Control": "no-store", **(headers or {})}, "application/json")


def sentence(message: str) -> dict[str, Any]:
    """A fault in one sentence, of no setting in particular."""
    return {"message": message, "key": None, "nearest": None}


def load_catalogue(language: str, economy: str = DEFAULT_ECONOMY) -> tuple[bytes, str]:
    """The catalogue of a language and an economy as JSON, and its entity tag; made once, also where several ask."""
    from xinzhi.app.catalogue import catalogue_body  # imported here: a thread does it while files are served

    with LOADING[language, economy]:
        return catalogue_body(language, economy)


async def catalogue_reply(language: str, economy: str, known: str | None) -> Response:
    """The catalogue, or that the one with the tag ``known`` is still the same. Raises UserError."""
    if language not in LANGUAGES:
        raise UserError(f"language: one of {', '.join(LANGUAGES)}")
    if economy not in offered_economies():
        raise UserError(f"economy: one of {', '.join(offered_economies())}")
    body, tag = await asyncio.to_thread(load_catalogue, language, economy)
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if known == tag:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)
