"""Requests made by chance: every answer is one sentence with a status below 500, and no traceback."""

import asyncio
import json
import random
from functools import cache

import pytest
from page.test_server import JSON, Holding, client

from abm.levers import load_levers
from abm.parameters import describe_parameters
from abm.scenarios.scenario import list_scenarios

pytestmark = pytest.mark.page

PATHS = (
    "/api/check",
    "/api/stream",
    "/api/why",
    "/api/report",
    "/api/library/{}",
    "/api/health",
    "/api/catalogue",
    "/{}",
)
ASKING = PATHS[:4]
ODD = (
    None, True, False, 0, -1, 1, 2**31, 2**63, 10**40, 0.5, 1e308, -0.0, "", "x", "on", "off", "high", "nan", "1e5",
    "\u0000", "../../etc/passwd", "a" * 500, "中文", "🙂", "'; DROP", "{{7*7}}", "!!python/object", "\u202e", [], [1],
    {}, {"": ""}, {"2027": 1}, {"2027": "x"}, {"path": {}}, {"path": {"2027": 100}, "shape": "linear"},
    {"price": {"path": {"2030": -5}}}, {"a": {"b": {"c": {"d": {"e": {"f": {"g": 1}}}}}}}, [[[[[[]]]]]],
)  # fmt: skip
RAW = (b"", b"{", b"null", b"[]", b"\xff", b'{"page": Infinity}', b'{"a":1e999}', b"[" * 3000, b'"\\udfff"', b"{}" * 2)
SIZES = {
    "seeds": (1, 8, 64, 65),
    "workers": (2_000, 10_000, 10**9),
    "until": (2024, 2050, 2100, 2101),
    "reference": (0, 1, 9),
}


@cache
def keys():
    levers = [f"levers.{name}" for name in load_levers()]
    deeper = [f"levers.{lever.name}.{one.name}" for lever in load_levers().values() for one in lever.parameters]
    assumptions = [f"assumptions.{one.key}" for one in describe_parameters()]
    others = [
        "ai",
        "closures.pass_through",
        "mechanisms.automation",
        "extends",
        "levers_from",
        "quarters",
        "",
        ".",
        "a.b.c",
    ]
    return [*levers, *deeper, *assumptions, *others]


def value(draw):
    if draw.random() < 0.5:
        return draw.choice(ODD)
    return draw.choice(
        [draw.uniform(-1, 2), draw.randrange(-5, 6000), {str(draw.randrange(2020, 2060)): draw.uniform(0, 1)}]
    )


def mix(draw):
    base = draw.choice(list_scenarios()) if draw.random() < 0.9 else value(draw)
    settings = {draw.choice(keys()): value(draw) for _ in range(draw.choice([0, 0, 1, 1, 2, 3]))}
    if draw.random() < 0.5:
        lever = draw.choice(list(load_levers().values()))
        settings[f"levers.{lever.name}"] = lever.parameters[0].usual[1]
    question = "why?" if draw.random() < 0.9 else value(draw)
    made = {"base": base, "settings": settings, "title": "t", "question": question}
    return {key: one for key, one in made.items() if draw.random() < 0.9}


def body(draw, path):
    if draw.random() < 0.05:
        return draw.choice(RAW)
    if draw.random() < 0.03:
        return json.dumps(value(draw)).encode()
    one = {"page": f"page {draw.randrange(10**9)}", "scenarios": [mix(draw) for _ in range(draw.randrange(1, 4))]}
    one |= {"mix": mix(draw), "reference": mix(draw) if draw.random() < 0.4 else 0}
    one |= {key: draw.choice(choices) for key, choices in SIZES.items() if draw.random() < 0.3}
    one |= {
        "by": draw.choice(["levers", "mechanisms", 3]),
        "format": draw.choice(["yaml", "html", "exe"]),
        "year": value(draw),
    }
    if "year" in one and draw.random() < 0.7:
        one["year"] = draw.choice([2027, 2035, 2050])
    fitting = {"/api/check": ("mix", "reference"), "/api/stream": ("page", "scenarios"),
               "/api/report": ("page", "scenarios", "format"),
               "/api/why": ("page", "mix", "reference", "by", "year")}.get(path, tuple(one))  # fmt: skip
    if draw.random() < 0.8:
        one = {key: it for key, it in one.items() if key in (*fitting, *SIZES)}
    one = {key: it for key, it in one.items() if draw.random() < 0.95}
    for key in list(one):
        if draw.random() < 0.03:
            one[key] = value(draw)
    return json.dumps(one).encode()


async def attack(count, seed, folder):
    draw, statuses = random.Random(seed), {}
    async with client(Failing(1), folder) as one:
        for _ in range(count):
            path = draw.choice([*ASKING, *PATHS]).format(
                draw.choice(["abc", "baseline", "..%2fx", "A", "%00", "a" * 300])
            )
            method = draw.choice(["GET", "PUT", "DELETE", "POST"])
            if path in ASKING and draw.random() < 0.95:
                method = "POST"
            headers = JSON if draw.random() < 0.97 else {"Host": draw.choice(["x", "127.0.0.1"]), "Origin": "http://x"}
            content = body(draw, path) if method in ("POST", "PUT") else None
            answer = await one.request(method, path, headers=headers, content=content)
            statuses[answer.status_code] = statuses.get(answer.status_code, 0) + 1
            assert answer.status_code < 500, (method, path, content)
            assert "Traceback" not in answer.text
            if answer.status_code >= 400:
                said = answer.json()
                assert said["message"] and "\n" not in said["message"], (path, content)
        assert not one.app.state.service.streams.of_page
    return statuses


class Failing(Holding):
    """A scheduler of which every task fails at once, so that no stream stays open."""

    def add(self, asked, work, tag, rank):
        from abm.errors import UserError
        from xinzhi.app.asked import Answered

        asked.outcomes.put_nowait(Answered(tag, error=UserError("nothing runs here")))


def test_ten_thousand_requests_by_chance_are_all_answered(tmp_path):
    statuses = asyncio.run(attack(10_000, 1, tmp_path))
    assert statuses[422] > 1_000 and statuses[200] > 400, statuses
