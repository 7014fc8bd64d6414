"""What the server answers and refuses, in this process and without a run."""

import asyncio
import json
from contextlib import asynccontextmanager

import httpx
import pytest

from abm.errors import UserError
from xinzhi.app.asked import Answered
from xinzhi.app.asking import Limits
from xinzhi.app.guard import ANY_ADDRESS, LARGEST_BODY, TOKEN
from xinzhi.app.scheduler import Scheduler
from xinzhi.app.server import Service, create_app
from xinzhi.app.streams import MOST_OF_ALL

pytestmark = pytest.mark.page

HOME = "http://127.0.0.1:8765"
JSON = {"Content-Type": "application/json"}
PLAIN = {"page": "p", "scenarios": [{"base": "baseline"}, {"settings": {"levers.carbon_price": 300}}], "seeds": 2}


class Without(Scheduler):
    """A scheduler that runs nothing: every task fails at once."""

    def start(self):
        pass

    def add(self, asked, work, tag, rank):
        asked.outcomes.put_nowait(Answered(tag, error=UserError("nothing runs here")))


class Holding(Without):
    """A scheduler whose tasks never end."""

    def add(self, asked, work, tag, rank):
        pass


@asynccontextmanager
async def client(scheduler=None, library=None, **more):
    app = create_app(Service(scheduler or Without(1), Limits(20_000), library), **more)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url=HOME) as one:
        one.app = app
        yield one


def asked(method, path, **more):
    """One request, and its answer."""
    options = {name: more.pop(name) for name in ("scheduler", "library", "token", "hosts") if name in more}

    async def play():
        async with client(**options) as one:
            return await one.request(method, path, **more)

    return asyncio.run(play())


def sentence(answer):
    """The one sentence of a fault."""
    body = answer.json()
    assert set(body) == {"message", "key", "nearest"}
    assert body["message"].strip() and "\n" not in body["message"] and "Traceback" not in body["message"]
    return body


def events(answer):
    """(name, content) of each event of a stream."""
    found = []
    for block in answer.text.split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.splitlines() if line and not line.startswith(":"))
        if lines:
            found.append((lines["event"], json.loads(lines["data"])))
    return found


def test_health_says_what_the_model_does():
    body = asked("GET", "/api/health").json()
    assert body["state"] == "warming" and body["ready"] is False
    assert {"version", "processes", "queued"} <= set(body)


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "evil.example:8765", "", "10.0.0.1", "[::2]:1"]
)
def test_a_name_that_is_not_ours_is_refused(host):
    answer = asked("GET", "/api/health", headers={"Host": host})
    assert answer.status_code == 421
    sentence(answer)


@pytest.mark.parametrize("host", ["localhost:1", "127.0.0.1", "[::1]:8765", "LOCALHOST"])
def test_loopback_names_are_served(host):
    assert asked("GET", "/api/health", headers={"Host": host}).status_code == 200


def test_another_name_is_served_where_it_was_given():
    answer = asked("GET", "/api/health", headers={"Host": "planner.local:80"}, hosts=("planner.local",))
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"}, {"Origin": "null"}, {"Origin": "http://127.0.0.1:9999"},
        {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"},
    ],
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_another_page_is_refused(method, headers):
    assert asked(method, "/api/health", headers={**JSON, **headers}).status_code == 403


def test_our_own_page_is_served():
    headers = {**JSON, "Origin": HOME, "Sec-Fetch-Site": "same-origin"}
    assert asked("POST", "/api/check", headers=headers, content=b'{"mix": {}}').status_code == 200


@pytest.mark.parametrize("kind", ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_what_is_no_json_is_refused(kind):
    assert asked("POST", "/api/check", headers={"Content-Type": kind}, content=b"{}").status_code == 415


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b'{"a": NaN}', b"[" * 5000, b'"\\ud800"', b"1" * 5000])
def test_what_cannot_be_read_is_refused_in_a_sentence(content):
    answer = asked("POST", "/api/check", headers=JSON, content=content)
    assert answer.status_code == 400
    sentence(answer)


def test_a_large_body_is_refused_with_and_without_its_length():
    large = b" " * (LARGEST_BODY + 1)
    assert asked("POST", "/api/check", headers=JSON, content=large).status_code == 413

    async def pieces():
        for _ in range(80):
            yield b" " * 1024

    assert asked("POST", "/api/check", headers=JSON, content=pieces()).status_code == 413
    assert asked("POST", "/api/check", headers=JSON, content=large[1:]).status_code == 400


def test_the_token_is_asked_for_on_every_question_but_not_for_the_page():
    secret = "abcdefghijklmnop"
    assert asked("GET", "/api/health", token=secret).status_code == 403
    assert asked("GET", "/api/health", token=secret, headers={TOKEN: secret[:-1]}).status_code == 403
    assert asked("GET", "/api/health", token=secret, headers={TOKEN: secret}).status_code == 200
    assert asked("GET", "/nothing", token=secret).status_code == 404


def test_every_answer_has_the_headers_that_keep_the_page_to_itself():
    for path in ("/api/health", "/api/nothing", "/"):
        headers = asked("GET", path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'self'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert "set-cookie" not in headers
    assert "default-src" in asked("GET", "/api/health", headers={"Host": "evil"}).headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/api/nothing", "/../pyproject.toml", "/%2e%2e/pyproject.toml", "//etc/passwd"])
def test_what_is_not_there_is_not_found(path):
    assert asked("GET", path).status_code == 404


def test_the_catalogue_comes_once():
    first = asked("GET", "/api/catalogue?language=en")
    again = asked("GET", "/api/catalogue?language=en", headers={"If-None-Match": first.headers["etag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert asked("GET", "/api/catalogue?language=xx").status_code == 422


def test_the_interface_is_described():
    paths = asked("GET", "/api/openapi.json").json()["paths"]
    assert {"/api/check", "/api/stream", "/api/why", "/api/report", "/api/library/{name}"} <= set(paths)


BAD = [
    ({"base": "/etc/passwd"}, "base"),
    ({"base": "../baseline"}, "base"),
    ({"base": "scenarios/baseline.yaml"}, "base"),
    ({"base": "baseline.yaml"}, "base"),
    ({"settings": {"levers_from": "x.py"}}, "levers_from"),
    ({"settings": {"extends": "no_ai"}}, "extends"),
    ({"settings": {"quarters": 3}}, "quarters"),
    ({"settings": {"levers.carbon_prise": 1}}, "levers.carbon_prise"),
    ({"settings": {"levers.carbon_price": 1e300}}, "levers.carbon_price"),
    ({"settings": {"levers.carbon_price": "200"}}, "levers.carbon_price"),
    ({"settings": {"levers.carbon_price": None}}, "levers.carbon_price"),
    ({"settings": {"levers.carbon_price": {"price": {"path": {"1900": 1}}}}}, "levers.carbon_price"),
    ({"settings": {"assumptions.labour.nothing": 1}}, "assumptions.labour.nothing"),
    ({"settings": {"closures.pass_through": "high: low"}}, "closures.pass_through"),
    ({"settings": {"mechanisms.automation": 3}}, "mechanisms.automation"),
    ({"settings": {"ai": "magic"}}, "ai"),
    ({"title": "x" * 41}, "title"),
    ({"settings": []}, "settings"),
    ({"wrong": 1}, None),
]


@pytest.mark.parametrize("mix, key", BAD)
def test_a_bad_setting_is_one_sentence_at_its_key(mix, key):
    answer = asked("POST", "/api/check", json={"mix": mix})
    assert answer.status_code == 422
    body = sentence(answer)
    assert body["key"] == key or (key is None and "wrong" in body["message"])
    assert not body["message"].startswith("override")


def test_a_misspelt_word_comes_with_the_nearest_one():
    body = sentence(asked("POST", "/api/check", json={"mix": {"settings": {"levers.carbon_prise": 1}}}))
    assert body["nearest"] == "carbon_price"


@pytest.mark.parametrize(
    "more",
    [
        {"workers": 20_001}, {"workers": 1_999}, {"workers": 1e4}, {"seeds": 65}, {"seeds": 0}, {"seeds": True},
        {"first_seed": -1}, {"first_seed": 2**70}, {"scenarios": []}, {"scenarios": [{}] * 5}, {"reference": 2},
        {"until": 2101}, {"until": 2023}, {"until": "2050"}, {"on_debt": 1}, {"language": "fr"}, {"page": ""},
        {"page": "x" * 65}, {"group_year": 3000}, {"more": 1},
        {"outcomes": []}, {"outcomes": "none"}, {"outcomes": ["real_gpd"]}, {"outcomes": [1]}, {"outcomes": {}},
    ],
)  # fmt: skip
def test_a_question_beyond_the_limits_is_refused_before_anything_runs(more):
    answer = asked("POST", "/api/stream", json={**PLAIN, **more})
    assert answer.status_code == 422
    sentence(answer)


def test_a_checked_mix_has_a_file_that_gives_the_same_economy(tmp_path):
    from abm import load_scenario

    settings = {
        "levers.carbon_price": {"price": {"path": {"2027": 100, "2035": 400}, "shape": "linear"}, "dividend": 1},
        "levers.retraining": 0.02, "closures.pass_through": "half", "ai": "acemoglu", "mechanisms.automation": "off",
        "assumptions.labour.separation_rate": 0.04,
    }  # fmt: skip
    for base in ("baseline", "no_ai", "carbon_price", "subsidy_with_retraining"):
        mix = {"base": base, "settings": settings, "title": "My mix", "question": "Why: #1?"}
        body = asked("POST", "/api/check", json={"mix": mix}).json()
        (tmp_path / "mix.yaml").write_text(body["yaml"], encoding="utf-8")
        loaded = load_scenario(tmp_path / "mix.yaml")
        assert (loaded.digest(), loaded.title, loaded.question) == (body["digest"], "My mix", "Why: #1?")
        again = asked("POST", "/api/check", json={"yaml": body["yaml"]}).json()
        assert (again["digest"], again["mix"]["base"]) == (body["digest"], base)
        assert again["mix"]["settings"].keys() == settings.keys()
    assert body["paths"]["carbon_price"]


def test_every_scenario_offered_can_be_checked_and_opened():
    from abm import load_scenario
    from xinzhi.app.asking import offered

    for name in offered():
        body = asked("POST", "/api/check", json={"mix": {"base": name}}).json()
        assert body["digest"] == load_scenario(name).digest(), name
        assert asked("POST", "/api/check", json={"yaml": body["yaml"]}).json()["digest"] == body["digest"]


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [1]\nb: *a", "levers: !!python/object:os.system ls", "extends: /etc/passwd", "extends: ../baseline",
        "levers_from: x.py\n", "[1, 2", "", "- 1", "levers: {carbon_price: 1e999}", "a: " + "[" * 200, "\0",
        "x" * 60_000,
        "levers: 3", "extends: baseline\n---\na: 1", "extends: [1]", "levers: {carbon_price: .nan}", "title: [1]",
    ],
)  # fmt: skip
def test_a_file_that_is_no_scenario_is_refused_with_its_line(text):
    answer = asked("POST", "/api/check", json={"yaml": text})
    assert answer.status_code == 422
    sentence(answer)


def test_a_stream_says_what_is_compared_then_each_fault_then_the_end():
    answer = asked("POST", "/api/stream", json=PLAIN)
    assert answer.headers["content-type"].startswith("text/event-stream")
    found = events(answer)
    assert [name for name, _ in found] == ["start", "fault", "fault", "done"]
    start = found[0][1]
    assert [one["title"] for one in start["scenarios"]] == ["Baseline", "Carbon price"]
    assert start["years"][0] == 2024 and start["years"][-1] == 2050
    assert "xinzhi compare baseline baseline" in start["command"] and "B:levers.carbon_price=300" in start["command"]
    assert found[-1][1]["pairs"] == 0


def test_the_library_keeps_what_is_saved_and_nothing_else(tmp_path):
    folder = tmp_path / "mine"
    mix = {"base": "baseline", "settings": {"levers.carbon_price": 250}, "title": "Mine"}

    def ask(method, path, **more):
        return asked(method, path, library=folder, **more)

    assert ask("GET", "/api/library").json() == {"library": [], "writable": True}
    assert ask("PUT", "/api/library/mine_1", json={"mix": mix}).json()["title"] == "Mine"
    assert [one["name"] for one in ask("GET", "/api/library").json()["library"]] == ["mine_1"]
    assert ask("GET", "/api/library/mine_1").json()["settings"] == mix["settings"]
    on_it = {"base": "mine_1", "settings": {"levers.retraining": 0.01}}
    assert ask("POST", "/api/check", json={"mix": on_it}).json()["title"] == "Retraining"
    for name, status in (("baseline", 422), ("Mine", 422), ("a" * 65, 422), ("..%2Fx", 405), ("x.y", 422)):
        assert ask("PUT", f"/api/library/{name}", json={"mix": mix}).status_code == status, name
    assert ask("PUT", "/api/library/self", json={"mix": {"base": "self"}}).status_code == 422
    assert sorted(path.name for path in tmp_path.rglob("*.yaml")) == ["mine_1.yaml"]
    assert ask("DELETE", "/api/library/mine_1").status_code == 204
    assert ask("DELETE", "/api/library/mine_1").status_code == 404
    assert ask("GET", "/api/library/..%2Fmine_1").status_code == 404
    assert asked("PUT", "/api/library/mine_1", json={"mix": mix}).status_code == 404


def test_files_of_the_library_that_extend_each_other_in_a_circle_are_refused(tmp_path):
    (tmp_path / "a.yaml").write_text("extends: b\n")
    (tmp_path / "b.yaml").write_text("extends: a\n")
    (tmp_path / "link.yaml").symlink_to("/etc/passwd")
    answer = asked("POST", "/api/check", json={"mix": {"base": "a"}}, library=tmp_path)
    assert answer.status_code == 422
    assert asked("GET", "/api/library", library=tmp_path).json()["library"] == []
    assert asked("GET", "/api/library/link", library=tmp_path).status_code == 404


def test_a_fault_of_the_program_is_one_sentence_too(monkeypatch, capsys):
    def broken(*_):
        raise ZeroDivisionError("secret")

    monkeypatch.setattr("xinzhi.app.server.checked", broken)

    async def play():
        app = create_app(Service(Without(1), Limits()))
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=HOME) as one:
            return await one.post("/api/check", json={})

    answer = asyncio.run(play())
    assert answer.status_code == 500
    assert "secret" not in sentence(answer)["message"]
    assert "secret" in capsys.readouterr().err


@pytest.mark.parametrize("depth", [20, 300, 600, 900, 5_000])
@pytest.mark.parametrize("opens, closes", [('{"a":', "}"), ("[", "]")])
def test_what_is_nested_deep_is_refused_before_anything_reads_it(depth, opens, closes):
    content = '{"mix": {"settings": {"levers.carbon_price": ' + opens * depth + "1" + closes * depth + "}}}"
    for path in ("/api/check", "/api/stream", "/api/why", "/api/report", "/api/rounds"):
        answer = asked("POST", path, content=content, headers=JSON)
        assert answer.status_code == 400
        sentence(answer)


@pytest.mark.parametrize("host", ["127.0.0.1:80.evil.example", "127.0.0.1:", "[::1", "[::1]x", "localhost:1:2"])
def test_what_is_no_host_is_refused(host):
    assert asked("GET", "/api/health", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize(
    "host, status", [("192.168.1.5:9300", 200), ("[2001:db8::7]:9300", 200), ("evil.example", 421)]
)
def test_where_all_addresses_are_served_any_number_is_ours_but_no_name(host, status):
    assert asked("GET", "/api/health", headers={"Host": host}, hosts=(ANY_ADDRESS,)).status_code == status


def test_streams_that_are_asked_for_together_do_not_overrun_the_limit():
    async def play():
        async with client(Holding(1)) as one:
            streams = one.app.state.service.streams
            pages = [{**PLAIN, "page": f"page {number % 20}"} for number in range(60)]
            waiting = [asyncio.ensure_future(one.post("/api/stream", json=page)) for page in pages]
            while sum(task.done() for task in waiting) < 60 - MOST_OF_ALL:
                await asyncio.sleep(0.01)
            assert streams.of_page.total() == MOST_OF_ALL
            assert {task.result().status_code for task in waiting if task.done()} == {429}
            for task in waiting:
                task.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)
            assert not streams.of_page

    asyncio.run(asyncio.wait_for(play(), 60))


def test_half_a_request_is_not_waited_for(monkeypatch):
    monkeypatch.setattr("xinzhi.app.guard.SECONDS_FOR_BODY", 0.05)

    async def half():
        yield b'{"mix"'
        await asyncio.sleep(60)

    async def play():
        async with client() as one:
            return await one.post("/api/check", content=half(), headers=JSON)

    answer = asyncio.run(play())
    assert answer.status_code == 408
    sentence(answer)


@pytest.mark.parametrize("title", ["\x1b[31mred", "a\r\nSet-Cookie: x", "\x00", "\u202eeslaf"])
def test_a_title_that_commands_a_terminal_is_refused(title):
    for content in ({"mix": {"title": title}}, {"yaml": f"title: {json.dumps(title)}"}):
        answer = asked("POST", "/api/check", json=content)
        assert answer.status_code == 422
        assert "control character" in sentence(answer)["message"]
