"""The routes of deliberation: a round is opened, mixes are proposed, votes are taken, results are read."""

from __future__ import annotations

import csv
import hmac
import io
from typing import Any

from fastapi import FastAPI, Request, Response

from abm.data import DEFAULT_ECONOMY, find_economy
from abm.errors import UserError, refusal, shown
from abm.languages import ENGLISH, said
from xinzhi.app.asking import Finder, Mix, economy_of, scenario_of
from xinzhi.app.deliberation import GOALS, Deliberation, Round
from xinzhi.app.replies import content_of, reply
from xinzhi.app.streams import Refused

__all__ = ["add_rounds"]

FACILITATOR = "x-xinzhi-facilitator"
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # wide ones too, which a Chinese keyboard gives


def add_rounds(app: FastAPI, deliberation: Deliberation, find: Finder, facilitator: str = "") -> None:
    """Add the routes; ``find`` knows the scenarios of the page's library.

    Where ``facilitator`` is set, which is a secret of a server that others reach, only who sends it opens rounds.
    """

    @app.post("/api/rounds")
    async def open_round(request: Request) -> Response:
        if not hmac.compare_digest(request.headers.get(FACILITATOR, "").encode(), facilitator.encode()) and facilitator:
            raise Refused(403, said("only the facilitator opens a round, on the page that `xinzhi app` opened"))
        asked = _asked(await content_of(request), "question", "economy")
        economy = economy_of({key: value for key, value in asked.items() if value is not None})
        one = deliberation.open(asked["question"], economy)
        return reply(one.public() | {"key": one.key})

    @app.get("/api/rounds/{name}")
    async def look(name: str) -> Response:
        return reply(deliberation.find(name).public())

    @app.post("/api/rounds/{name}/stage")
    async def advance(name: str, request: Request) -> Response:
        asked = _asked(await content_of(request), "key", "stage")
        return reply(deliberation.advance(name, asked["key"], asked["stage"]).public())

    @app.post("/api/rounds/{name}/proposals")
    async def propose(name: str, request: Request) -> Response:
        asked = _asked(await content_of(request), "participant", "title", "mix")
        mix = Mix.read(asked["mix"])
        scenario_of(mix, find)  # raises where the model would not run it
        deliberation.propose(name, asked["participant"], asked["title"], mix.plain())
        return reply(deliberation.find(name).public())

    @app.post("/api/rounds/{name}/votes")
    async def vote(name: str, request: Request) -> Response:
        asked = _asked(await content_of(request), "participant", "approvals", "weights")
        deliberation.vote(name, asked["participant"], asked["approvals"], asked["weights"])
        return reply(deliberation.find(name).public())

    @app.get("/api/rounds/{name}/results.csv")
    async def results(name: str) -> Response:
        headers = {"Content-Disposition": f'attachment; filename="round_{name}.csv"', "Cache-Control": "no-store"}
        return Response(as_csv(deliberation.find(name)), media_type="text/csv; charset=utf-8", headers=headers)


def as_csv(one: Round) -> str:
    """What a closed round found, for a spreadsheet. Raises UserError while it is open."""
    if one.stage != "closed":
        raise UserError(refusal("the round is still open; close it first"))
    found, text = one.results(), io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(["what", "name", "value", "low", "high"])
    rows.writerow(["question", _cell(one.question), "", "", ""])
    if one.economy != DEFAULT_ECONOMY:
        rows.writerow(["country", find_economy(one.economy).offered_as[ENGLISH], "", "", ""])
    rows.writerow(["votes", "", found["votes"], "", ""])
    for proposal in found["approvals"]:
        rows.writerow(["approvals", _cell(proposal["title"]), proposal["approvals"], "", ""])
    for goal in GOALS:
        spread = found["weights"][goal]
        if spread is not None:
            rows.writerow(["weight, median", goal, spread["median"], spread["low"], spread["high"]])
    return text.getvalue()


def _cell(text: str) -> str:
    """A text of somebody, which no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in FORMULA else text


def _asked(data: Any, *keys: str) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise UserError(refusal("give an object with {names}, not {data}", names=", ".join(keys), data=shown(data)))
    unknown = sorted(set(data) - set(keys))
    if unknown:
        raise UserError(
            refusal("unknown key {unknown}; the keys are {names}", unknown=shown(unknown[0]), names=", ".join(keys))
        )
    return {key: data.get(key) for key in keys}
