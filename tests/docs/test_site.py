"""The site of the documentation: it builds without a warning, its links lead somewhere, and it asks no other host."""

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

import xinzhi
import xinzhi.analysis

pytestmark = pytest.mark.docs
ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "build" / "docs" / "site"
LOADED = {("script", "src"), ("img", "src"), ("link", "href"), ("source", "src"), ("iframe", "src"), ("object", "data")}
SHOWN = (
    "index.html",
    "docs/quickstart.html",
    "docs/quickstart.zh.html",
    "docs/guides/planners.zh.html",
    "docs/model/equations/wages_and_prices.html",
    "docs/reference/levers.html",
    "docs/reference/parameters.html",
    "docs/reference/python.html",
    "docs/generated/evidence.html",
    "docs/generated/responses.html",
    "docs/papers.html",
    "docs/teaching/role_play.zh.html",
    "notebooks/01_first_run.html",
    "notebooks/zh/01_first_run.html",
)


class Page(HTMLParser):
    """What a page links to, what a browser loads for it, and where one can link to in it."""

    def __init__(self, path):
        super().__init__()
        self.path, self.links, self.loaded, self.anchors, self.silent = path, [], [], set(), []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.anchors |= {attributes[key] for key in ("id", "name") if attributes.get(key)}
        if tag == "a" and attributes.get("href"):
            self.links.append(attributes["href"])
        self.loaded += [attributes[key] for one, key in LOADED if one == tag and attributes.get(key)]
        if tag == "img" and not attributes.get("alt", "").strip() and "/_images/" in f"/{attributes.get('src', '')}":
            self.silent.append(attributes["src"])


@pytest.fixture(scope="session")
def site():
    """The site, built as ``make docs`` builds it: a warning fails."""
    pytest.importorskip("myst_nb")
    words = ["--fresh-env", "--fail-on-warning", "--keep-going", "--quiet", "--conf-dir", "docs", ".", str(SITE)]
    built = subprocess.run(
        [sys.executable, "-m", "sphinx", *words], cwd=ROOT, capture_output=True, text=True, timeout=900
    )
    assert built.returncode == 0, built.stderr[-4000:]
    return {path.relative_to(SITE).as_posix(): Page(path) for path in sorted(SITE.rglob("*.html"))}


def foreign(address):
    return re.match(r"(https?:)?//", address) is not None


def test_every_document_is_a_page(site):
    for path in (ROOT / "docs").rglob("*.md"):
        assert path.relative_to(ROOT).with_suffix(".html").as_posix() in site
    assert {"index.html", "MODEL.html", "CONTRIBUTING.html", "CHANGELOG.html"} <= set(site)


def test_no_page_asks_another_host(site):
    loaded = {address for page in site.values() for address in page.loaded if foreign(address)}
    assert loaded == set()
    for path in SITE.rglob("*.css"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"(@import|url\()\s*['\"]?(https?:)?//", text), path.name


def test_every_link_between_pages_leads_somewhere(site):
    for name, page in site.items():
        if name.startswith(("_modules", "search", "genindex", "py-modindex")):
            continue
        for link in page.links:
            target, _, anchor = unquote(link).partition("#")
            if foreign(link) or link.startswith("mailto:"):
                continue
            path = (page.path.parent / target).resolve() if target else page.path
            assert path.exists(), f"{name} points to {link}"
            if anchor and path.suffix == ".html":
                assert anchor in site[path.relative_to(SITE.resolve()).as_posix()].anchors, f"{name} points to {link}"


def test_every_picture_says_what_it_shows(site):
    silent = {name: page.silent for name, page in site.items() if page.silent and not name.startswith("notebooks/")}
    assert silent == {}


def test_every_public_name_is_documented(site):
    page = site["docs/reference/python.html"]
    text = page.path.read_text(encoding="utf-8")
    names = [f"xinzhi.{name}" for name in xinzhi.__all__ if name != "__version__"]
    names += [f"xinzhi.analysis.{name}" for name in xinzhi.analysis.__all__]
    assert [name for name in names if name not in page.anchors and f'<span class="pre">{name}</span>' not in text] == []


def test_lessons_were_run_and_say_how(site):
    lessons = sorted((ROOT / "notebooks").glob("0*.ipynb"))
    assert len(lessons) == 8
    for lesson in lessons:
        text = site[f"notebooks/{lesson.stem}.html"].path.read_text(encoding="utf-8")
        assert "FAST=1" in text and "cell_output" in text and "Traceback" not in text, lesson.name
        assert ("<svg" in text) or ("_images/" in text) or '"figure"' not in lesson.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def browser():
    from page.browsing import CHROMIUM

    sync_api = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("no Chromium here")
    with sync_api.sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", SHOWN)
def test_a_page_fits_its_screen(site, browser, name, width):
    window = browser.new_page(viewport={"width": width, "height": 844})
    asked, faults = [], []
    window.on("request", lambda request: asked.append(request.url))
    window.on("pageerror", lambda fault: faults.append(str(fault)))
    window.goto((SITE / name).as_uri())
    assert window.evaluate("document.documentElement.scrollWidth") <= width
    assert window.locator("h1").count() >= 1
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == [] and faults == []
    window.close()
