"""The page is there before the rest of the server is loaded, and says so in a line where that cannot be had."""

import asyncio
import socket
import threading

import httpx
import pytest
from page.serving import page

from xinzhi.app.asking import Limits
from xinzhi.app.guard import TOKEN
from xinzhi.app.opening import FirstLook
from xinzhi.app.scheduler import Scheduler
from xinzhi.app.server import Service, create_app

pytestmark = pytest.mark.page


class Without(Scheduler):
    def start(self):
        pass


def whole(**more):
    return create_app(Service(Without(1), Limits()), **more)


def played(opening, play):
    """Run ``play(client)`` while the server lives."""

    async def go():
        async with opening.router.lifespan_context(opening):
            transport = httpx.ASGITransport(opening)
            async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8765") as one:
                return await play(one)

    return asyncio.run(go())


def test_files_and_catalogue_do_not_wait_for_the_rest():
    free = threading.Event()

    def make():
        assert free.wait(60)
        return whole()

    async def play(one):
        assert (await one.get("/")).status_code == 200
        assert (await one.get("/js/main.js")).headers["content-type"].startswith("text/javascript")
        assert (await one.get("/none.js")).status_code == 404
        answer = await one.get("/api/catalogue?language=zh")
        assert answer.json()["language"] == "zh"
        again = await one.get("/api/catalogue?language=zh", headers={"If-None-Match": answer.headers["etag"]})
        assert again.status_code == 304
        assert "content-security-policy" in answer.headers
        waiting = asyncio.ensure_future(one.get("/api/health"))
        wrong = asyncio.ensure_future(one.get("/api/catalogue?language=fr"))
        await asyncio.sleep(0.1)
        assert not waiting.done() and not wrong.done()
        free.set()
        assert (await waiting).json()["state"] == "warming"
        assert (await wrong).status_code == 422
        assert (await one.get("/")).status_code == 200

    played(FirstLook(make), play)


def test_the_catalogue_is_guarded_from_the_beginning():
    free, token = threading.Event(), "x" * 20

    def make():
        assert free.wait(60)
        return whole(token=token)

    async def play(one):
        assert (await one.get("/api/catalogue")).status_code == 403
        assert (await one.get("/api/catalogue", headers={TOKEN: token})).status_code == 200
        assert (await one.get("/", headers={"Host": "evil.example"})).status_code == 421
        free.set()

    played(FirstLook(make, token), play)


def test_what_keeps_the_server_from_being_loaded_ends_it():
    ended = []

    def make():
        raise OSError(28, "No space left on device")

    async def play(one):
        answer = await one.get("/api/health")
        assert answer.status_code == 503 and answer.json()["message"] == "the server cannot be loaded"

    opening = FirstLook(make)
    opening.failed = lambda: ended.append(True)
    played(opening, play)
    assert ended == [True] and isinstance(opening.fault, OSError)


def test_each_part_of_an_answer_is_sent_at_once(tmp_path):
    """A connection that waits for the other side before it sends on would take 40 ms for each file of the page."""
    with page(tmp_path, warm=False) as one, httpx.Client() as client:
        client.get(one.url)
        stream = client.get(f"{one.url}/js/state.js").extensions["network_stream"]
        assert stream.get_extra_info("socket").family == socket.AF_INET
        times = [client.get(f"{one.url}/js/state.js").elapsed.total_seconds() for _ in range(20)]
        assert min(times) < 0.03, times
