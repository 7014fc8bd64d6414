"""How the files of the page are served: from memory, packed, and never a file that is not one of them."""

import asyncio
import os

import httpx
import pytest
from starlette.applications import Starlette

from xinzhi.app.pages import Pages

pytestmark = pytest.mark.page

LONG = "export const text = 1;\n" * 100


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "static" / "js").mkdir(parents=True)
    (tmp_path / "static" / "index.html").write_text("<p>here</p>", encoding="utf-8")
    (tmp_path / "static" / "js" / "main.js").write_text(LONG, encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    return tmp_path / "static"


@pytest.fixture
def get(folder):
    app = Starlette()
    app.mount("/", Pages(folder))

    def ask(path, method="GET", **headers):
        async def play():
            async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as one:
                return await one.request(method, path, headers=headers)

        return asyncio.run(play())

    return ask


def test_the_folder_is_its_index(get):
    assert get("/").text == get("/index.html").text == "<p>here</p>"
    assert get("/").headers["content-type"].startswith("text/html")


def test_modules_have_the_type_that_browsers_demand_and_are_packed(get):
    found = get("/js/main.js")
    assert found.text == LONG and found.headers["content-type"].startswith("text/javascript")
    assert found.headers["content-encoding"] == "gzip" and int(found.headers["content-length"]) < len(LONG)
    plain = get("/js/main.js", **{"accept-encoding": "identity"})
    assert plain.text == LONG and "content-encoding" not in plain.headers


def test_a_browser_that_has_a_file_is_not_sent_it_again(get, folder):
    tag = get("/js/main.js").headers["etag"]
    assert get("/js/main.js", **{"if-none-match": tag}).status_code == 304
    path = folder / "js" / "main.js"
    path.write_text("new", encoding="utf-8")
    os.utime(path, (1, 1))
    changed = get("/js/main.js", **{"if-none-match": tag})
    assert changed.status_code == 200 and changed.text == "new"


@pytest.mark.parametrize("path", ["/../secret.txt", "/%2e%2e/secret.txt", "/js", "/js/", "/nothing.js", "//etc/passwd"])
def test_nothing_else_is_served(get, path):
    assert get(path).status_code == 404


def test_a_new_file_is_found_and_one_that_is_gone_is_not(get, folder):
    (folder / "new.css").write_text("p {}", encoding="utf-8")
    assert get("/new.css").text == "p {}"
    (folder / "new.css").unlink()
    assert get("/new.css").status_code == 404


def test_files_are_only_read(get):
    assert get("/index.html", method="POST").status_code == 405
    assert get("/index.html", method="HEAD").text == ""
