"""A browser on the page, for the tests that look at what a user sees."""

import json
import re
import shutil
from contextlib import contextmanager
from urllib.parse import quote, urlsplit

from abm.results.judged import SHOWN_OVER_TIME

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
TABS = ("what", "who", "compare", "why", "scenario")
PAIRS = 8
PATIENCE = 60_000  # milliseconds for an answer on a machine that does much else
MIX = {"levers.adoption_subsidy": 0.3, "levers.retraining": 0.006}
PIN = {"title": "Retraining", "base": "baseline", "policies": {"levers.retraining": 0.006}, "assumptions": {}}
HEADLINE = SHOWN_OVER_TIME


def state(**fields):
    """The part of an address after #, with runs of the smallest economy."""
    fields = {"precision": "classroom", **fields}
    texts = {name: value if isinstance(value, str) else json.dumps(value) for name, value in fields.items()}
    return "&".join(f"{name}={quote(text)}" for name, text in texts.items())


class Visit:
    """One tab of a browser on the page, and what went wrong in it."""

    def __init__(self, context, address):
        self.context, self.address = context, address
        self.faults = []
        self.page = context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.on("console", lambda said: self.faults.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("request", self._look)

    def _look(self, request):
        if request.url.startswith(("blob:", "data:")):
            return
        if urlsplit(request.url).netloc != urlsplit(self.address).netloc:
            self.faults.append(f"asked {request.url}")

    def open(self, fragment=""):
        self.page.goto("about:blank")
        self.page.goto(f"{self.address}/#{fragment}")
        self.page.wait_for_selector(".tabs")
        return self

    def settle(self, pairs=PAIRS):
        """Wait until the answer to what is set is whole."""
        self.page.evaluate("() => new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)))")
        self.page.wait_for_selector(f'.status[data-busy="false"][data-stale="false"][data-n="{pairs}"]')
        return self

    @property
    def amounts(self):
        """What the eight panels show in large letters."""
        return self.page.locator(".panel .amount").all_inner_texts()

    @property
    def fragment(self):
        return self.page.evaluate("() => location.hash")

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    @property
    def focused(self):
        """What a screen reader would say of the focused element, roughly."""
        return self.page.evaluate(
            "() => { const one = document.activeElement;"
            " return one.getAttribute('aria-label') || one.labels?.[0]?.innerText || one.innerText || one.id; }"
        )


@contextmanager
def visiting(browser, address, **options):
    """A visit in a context of its own; an error in the console or a request to another host fails the test."""
    options = {"viewport": {"width": 1280, "height": 900}, "locale": "en-GB", **options}
    context = browser.new_context(**options)
    try:
        visit = Visit(context, address)
        yield visit
        assert not visit.faults, visit.faults
    finally:
        context.close()


def number_in(text):
    """The first number of a text of the page."""
    found = re.search(r"[+−-]?[\d,]+(?:\.\d+)?", text)
    assert found, text
    return float(found.group().replace("−", "-").replace(",", ""))
