"""What the page weighs: its files as they are and as they are sent, and what the extra ``app`` installs."""

import gzip
import re
from importlib.metadata import PackageNotFoundError, distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from page.measures.asking import say
from page.serving import ROOT

STATIC = ROOT / "app" / "static"
EXTRA = ("fastapi", "uvicorn")


def weight(paths):
    """Bytes of files: as they are, and packed as the server packs them."""
    bodies = [path.read_bytes() for path in paths]
    return sum(map(len, bodies)), sum(len(gzip.compress(body, mtime=0)) for body in bodies)


def at_first():
    """What a page loads before it can be used: the modules that it names in advance, the first one, and the styles."""
    page = (STATIC / "index.html").read_text(encoding="utf-8")
    return [STATIC / name for name in re.findall(r'(?:href|src)="([^"]+\.(?:js|css))"', page)]


def files():
    """The parts of the page, in kB."""
    kinds = {"own scripts": "js/**/*.js", "own style sheets": "*.css", "vendored scripts": "vendor/*.js"}
    raw, packed = 0, 0
    for kind, pattern in kinds.items():
        paths = list(STATIC.glob(pattern))
        sizes = weight(paths)
        raw, packed = raw + sizes[0], packed + sizes[1]
        say(f"{kind}, {len(paths)} files: kB raw, as sent", f"{sizes[0] / 1000:.0f}, {sizes[1] / 1000:.0f}")
    first, sent = weight(at_first())
    say("scripts and style sheets, at first: kB raw, as sent", f"{first / 1000:.0f}, {sent / 1000:.0f}", "120")
    say("scripts and style sheets, all: kB raw, as sent", f"{raw / 1000:.0f}, {packed / 1000:.0f}", "120")


def required(names):
    """The names of installed distributions that these need, themselves included."""
    found, open_ = set(), [canonicalize_name(name) for name in names]
    while open_:
        name = open_.pop()
        if name in found:
            continue
        try:
            needs = distribution(name).requires or []
        except PackageNotFoundError:
            continue
        found.add(name)
        for one in map(Requirement, needs):
            if one.marker is None or one.marker.evaluate({"extra": ""}):
                open_.append(canonicalize_name(one.name))
    return found


def installed(name):
    """Bytes of the files of a distribution."""
    paths = (file.locate() for file in distribution(name).files or ())
    return sum(path.stat().st_size for path in paths if path.is_file())


def extra():
    """The extra beside the base install."""
    more = required(EXTRA) - required(["xinzhi"])
    size = sum(map(installed, more)) / 1e6
    say(f"install of the extra app beside base, {len(more)} packages, MB", f"{size:.1f}", "20")
