"""How much a page may ask for at once, and how long a run may take."""

import asyncio
import dataclasses

import pytest
from page.test_server import PLAIN, Holding, client

from abm.errors import UserError

pytestmark = pytest.mark.page


def test_a_third_answer_of_a_page_has_to_wait_and_one_that_is_closed_makes_room():
    async def play():
        async with client(Holding(1)) as one:
            streams = one.app.state.service.streams

            def ask(page):
                return asyncio.ensure_future(one.post("/api/stream", json={**PLAIN, "page": page}))

            held = [ask("a"), ask("a")]
            while streams.of_page["a"] < 2:
                await asyncio.sleep(0.01)
            refused = await ask("a")
            assert (refused.status_code, refused.headers["retry-after"]) == (429, "1")
            held[0].cancel()
            while streams.of_page["a"] == 2:
                await asyncio.sleep(0.01)
            held += [ask("a")] + [ask(f"page {at}") for at in range(30)]
            while streams.of_page.total() < 32:
                await asyncio.sleep(0.01)
            assert (await ask("late")).status_code == 429
            streams.closing.set()
            await asyncio.gather(*held[1:])
            assert not streams.of_page

    asyncio.run(play())


def test_a_job_has_a_place_beside_the_answers_of_its_page():
    why = {"page": "a", "mix": {"settings": {"levers.carbon_price": 300}}, "by": "levers", "seeds": 1}

    async def play():
        async with client(Holding(1)) as one:
            streams = one.app.state.service.streams

            def ask(path, content):
                return asyncio.ensure_future(one.post(path, json=content))

            held = [ask("/api/stream", {**PLAIN, "page": "a"}) for _ in range(2)] + [ask("/api/why", why)]
            while streams.of_page["a"] < 2 or streams.jobs["a"] < 1:
                await asyncio.sleep(0.01)
            assert (await ask("/api/why", why)).status_code == 429
            held[2].cancel()
            while streams.jobs["a"]:
                await asyncio.sleep(0.01)
            held[2] = ask("/api/why", why)
            while not streams.jobs["a"]:
                await asyncio.sleep(0.01)
            streams.closing.set()
            assert [answer.status_code for answer in await asyncio.gather(*held)] == [200] * 3
            assert not streams.of_page and not streams.jobs

    asyncio.run(play())


def test_a_run_that_computes_too_long_is_stopped_and_says_so(monkeypatch):
    from xinzhi.app import worker
    from xinzhi.app.asking import Limits, Question
    from xinzhi.app.runs import prepared

    class Silent:
        def look(self):
            pass

    asked = Question.read({"page": "p", "scenarios": [{}], "workers": 2_000, "seeds": 1}, Limits())
    (side,) = prepared(asked, lambda name: None).sides
    task = worker.SeedTask(side.runs, 2_000, 1, side.runs.quarters, "none")
    assert worker.most_seconds(task) == worker.SECONDS_OF_A_RUN
    larger = dataclasses.replace(task, workers=50_000)
    assert worker.most_seconds(larger) == 5 * worker.SECONDS_OF_A_RUN
    monkeypatch.setattr(worker, "SECONDS_OF_A_RUN", 0.0)
    with pytest.raises(UserError, match=r"seed 1: stopped in quarter 1, .* take fewer workers"):
        worker.run_seed(task, Silent())
