"""The files of the page: what is vendored is what was checked in, and nothing in them asks another host."""

import hashlib
import re
import shutil
import subprocess

import pytest

from xinzhi.app.texts import STATIC

pytestmark = pytest.mark.page

VENDOR = STATIC / "vendor"
OWN = sorted((STATIC / "js").rglob("*.js"))
NAMESPACE = "http://www.w3.org/"
IMPORTED = re.compile(r'(?:^import|^} from|^import .* from|\}from|\*from|\bimport) *"([^"\n]+)"', re.MULTILINE)
LIGHT = 300_000  # bytes of all that a browser loads, before compression to about a quarter


def test_vendored_files_are_those_listed():
    listed = dict(reversed(line.split()) for line in (VENDOR / "sha256.txt").read_text(encoding="utf-8").splitlines())
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in VENDOR.glob("*.js")}
    assert found == listed


def test_imports_are_relative_and_there():
    for path in [*OWN, *VENDOR.glob("*.js")]:
        for name in IMPORTED.findall(path.read_text(encoding="utf-8")):
            assert name.startswith(".") and (path.parent / name).is_file(), (path.name, name)


def test_nothing_names_another_host():
    for path in STATIC.rglob("*"):
        if path.suffix in {".js", ".css", ".html", ".svg"}:
            text = path.read_text(encoding="utf-8").replace(NAMESPACE, "")
            assert not re.search(r"https?://|//[a-z]+\.[a-z]+/", text), path.name


def test_the_page_needs_no_exception_from_the_policy():
    page = (STATIC / "index.html").read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", page)
    for path in OWN:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"innerHTML|\beval\(|new Function|dangerously", text), path.name


def needed(first):
    """The module and all that it imports at once."""
    found, open_ = set(), [first.resolve()]
    while open_:
        path = open_.pop()
        if path not in found:
            found.add(path)
            open_ += [(path.parent / name).resolve() for name in IMPORTED.findall(path.read_text(encoding="utf-8"))]
    return found


def test_the_page_names_its_modules_in_advance():
    """Else a browser finds them one behind the other; those of other tabs are loaded when the page can be used."""
    named = re.findall(r'modulepreload" href="([^"]+)"', (STATIC / "index.html").read_text(encoding="utf-8"))
    first = STATIC / "js" / "main.js"
    files = {path.relative_to(STATIC).as_posix() for path in needed(first) - {first}}
    assert sorted(named) == sorted(files)
    assert not {"js/tabs/why.js", "js/rounds.js", "js/charts/waterfall.js"} & files


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_own_files_are_checked_and_short(path):
    text = path.read_text(encoding="utf-8")
    assert text.startswith("// @ts-check\n/** "), "types are checked, and the first comment says what the file is for"
    assert text.count("\n") <= 300


def test_the_page_is_light():
    files = [*OWN, *VENDOR.glob("*.js"), *STATIC.glob("*.css"), STATIC / "index.html", STATIC / "favicon.svg"]
    assert sum(path.stat().st_size for path in files) <= LIGHT


def test_the_types_agree():
    tsc = shutil.which("tsc")
    if tsc is None:
        pytest.skip("no TypeScript here")
    command = [tsc, "-p", str(STATIC.parent / "jsconfig.json")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout
