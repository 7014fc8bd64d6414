"""What a planner is refused, in the language of the page; English stays what a command prints."""

import asyncio
import re

import httpx
import pytest

from abm.languages import translated
from xinzhi.app.asking import Limits
from xinzhi.app.deliberation import Deliberation
from xinzhi.app.scheduler import Scheduler
from xinzhi.app.server import Service, create_app
from xinzhi.app.streams import language_of_reader

pytestmark = pytest.mark.page

HAN = re.compile(r"[\u4e00-\u9fff]")
LATIN = re.compile(r"[A-Za-z]{3,}")
MIXES = [
    ({"levers.carbon_price": 1e9}, "levers.carbon_price"),
    ({"levers.carbon_price": "much"}, "levers.carbon_price"),
    ({"levers.carbon_price": {"2027": 5, "2019": 3}}, "levers.carbon_price"),
    ({"levers.carbon_price": {}}, "levers.carbon_price"),
    ({"levers.carbn_price": 5}, "levers.carbn_price"),
    ({"closures.pass_through": "much"}, "closures.pass_through"),
    ({"mechanisms.magic": "off"}, "mechanisms.magic"),
    ({"ai": "magic"}, "ai"),
    ({"assumptions.labour.separation_rate": 7}, "assumptions.labour.separation_rate"),
    ({"assumptions.labour.magic": 7}, "assumptions.labour.magic"),
]
FILES = {
    "extends: baseline\nquestion: [\n": "文件",
    "extends: nowhere\n": "文件第1行",
    "extends: baseline\nlevers:\n  carbon_price: 9000000\n": "文件第3行",
    "extends: baseline\nextnds: 4\n": "文件第2行",
    "extends: baseline\nlevers: 4\n": "文件第2行",
    "- 4\n": "文件第1行",
    "": "文件",
}


def asked(method, path, language, **more):
    async def play():
        app = create_app(Service(Scheduler.__new__(Scheduler), Limits(20_000), None))
        transport = httpx.ASGITransport(app)
        headers = {"Accept-Language": language} if language else {}
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8765", headers=headers) as one:
            return await one.request(method, path, **more)

    return asyncio.run(play()).json()


def both(method, path, **more):
    """The refusal in English and in Chinese."""
    return asked(method, path, "", **more), asked(method, path, "zh", **more)


def is_chinese(message, english):
    """Whether only names and numbers are left in other letters: every such word stands in the English text too."""
    return bool(HAN.search(message)) and all(word in english for word in LATIN.findall(message))


@pytest.mark.parametrize(("settings", "key"), MIXES)
def test_a_setting_is_refused_in_the_language_of_the_page(settings, key):
    english, chinese = both("POST", "/api/check", json={"mix": {"settings": settings}})
    assert english["key"] == chinese["key"] == key
    assert english["nearest"] == chinese["nearest"]
    assert not HAN.search(english["message"])
    assert is_chinese(chinese["message"], english["message"]), chinese["message"]
    for place in ("override", "should", "unknown", "not "):
        assert place not in chinese["message"], chinese["message"]


@pytest.mark.parametrize("text", FILES)
def test_a_file_is_refused_in_the_language_of_the_page(text):
    english, chinese = both("POST", "/api/check", json={"yaml": text})
    assert chinese["message"].startswith(FILES[text]), chinese["message"]
    assert "the file" in english["message"] and not HAN.search(english["message"])


def test_other_refusals_are_translated_too():
    for path, content in (
        ("/api/stream", {"page": "p", "scenarios": [{}], "workers": 50_000}),
        ("/api/stream", {"page": "p", "scenarios": [{"base": "nowhere"}]}),
        ("/api/why", {"page": "p", "mix": {}}),
        ("/api/rounds/none/votes", {"participant": "x" * 20, "approvals": [], "weights": {}}),
    ):
        english, chinese = both("POST", path, json=content)
        assert is_chinese(chinese["message"], english["message"]), chinese["message"]
    english, chinese = both("PUT", "/api/library/mine", json={"mix": {}})
    assert is_chinese(chinese["message"], english["message"] + "FOLDER"), chinese["message"]


def test_a_number_or_a_name_is_the_same_in_every_language():
    """Names that are words of the table too, such as a lever's, are not translated in a message."""
    rounds = Deliberation()
    with pytest.raises(Exception, match="no such round") as caught:
        rounds.find("retraining")
    assert translated(caught.value.text, "zh") == "没有这一轮商议；请向主持人重新索取链接"
    _, chinese = both("POST", "/api/check", json={"mix": {"settings": {"levers.retraning": 5}}})
    assert chinese["nearest"] == "retraining"
    assert "retraining" in chinese["message"]


def test_a_browser_that_asks_for_no_language_of_ours_reads_english():
    for asked_for, language in (("", "en"), ("fr", "en"), ("zh-CN,zh;q=0.9", "zh"), ("en-GB", "en"), ("zh", "zh")):
        assert language_of_reader({"accept-language": asked_for}) == language
