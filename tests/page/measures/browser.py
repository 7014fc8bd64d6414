"""What a user waits for in the browser: the page shown, controls that can be used, and a sign after a move."""

import statistics
import time

from page.browsing import CHROMIUM
from page.measures.asking import say
from page.serving import page

VISITS, MOVES = 5, 30
SLIDER = ".controls input[type=range]"
FIRST_PAIR = '.status:not([data-n="0"])'
# Kept by the page itself: when a slider is there and drawn, and after each input event the time to the next picture
# in which anything differs.
WATCHED = (
    f"const SLIDER = {SLIDER!r};"
    + """
window.usableAt = 0; window.waits = [];
new MutationObserver(() => {
  if (window.usableAt || !document.querySelector(SLIDER)) return;
  window.usableAt = -1;
  requestAnimationFrame(() => setTimeout(() => { window.usableAt = performance.now(); }));
}).observe(document, { childList: true, subtree: true });
window.addEventListener("input", (event) => {
  const began = event.timeStamp;
  const seen = new MutationObserver(() => {
    seen.disconnect();
    requestAnimationFrame(() => setTimeout(() => window.waits.push(performance.now() - began)));
  });
  seen.observe(document.body, { childList: true, subtree: true, attributes: true, characterData: true });
}, true);
"""
)
SHOWN = "() => performance.getEntriesByName('first-contentful-paint')[0].startTime"


def visited(browser, url):
    """A fresh visit: the page, and seconds from its request until it was shown and could be used."""
    context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    tab.add_init_script(WATCHED)
    tab.goto(url)
    tab.wait_for_function("() => window.usableAt > 0")
    return tab, tab.evaluate(SHOWN) / 1000, tab.evaluate("() => window.usableAt") / 1000


def opened(browser, folder):
    """The page of a server that has just been started, before any process is warm."""
    began = time.time()
    with page(folder, warm=False) as one:
        tab, shown, usable = visited(browser, one.url)
        asked = tab.evaluate("() => performance.timeOrigin") / 1000 - began
        tab.context.close()
        again = []
        for _ in range(VISITS):
            tab, *times = visited(browser, one.url)
            again.append(times)
            tab.context.close()
        warm = one.get("/api/health").json()["warm"]
    return {"asked": asked, "shown": shown, "usable": usable, "again": again, "warm": warm}


def first_visits(browser, folder):
    found = opened(browser, folder)
    start, shown, usable = found["asked"], found["shown"], found["usable"]
    say("page asked for, after the command began, seconds", f"{start:.2f}")
    say("page shown: from its request, from the command, seconds", f"{shown:.2f}, {start + shown:.2f}", "0.3")
    say("page usable: from its request, from the command, seconds", f"{usable:.2f}, {start + usable:.2f}", "0.5")
    shown, usable = (statistics.median(one[at] for one in found["again"]) for at in (0, 1))
    say(f"further visits, {found['warm']} processes warm by then: shown, usable, s", f"{shown:.2f}, {usable:.2f}",
        "0.3, 0.5")  # fmt: skip


def moves(browser, one):
    """A slider moved by keys while answers come, from the event of the key to the next picture that differs."""
    tab, *_ = visited(browser, one.url)
    tab.wait_for_selector(FIRST_PAIR)
    slider = tab.locator(SLIDER).first
    for key in ["ArrowRight", "ArrowLeft"] * (MOVES // 2):
        slider.press(key)
        tab.wait_for_timeout(150)
    waits = tab.evaluate("() => window.waits")
    tab.context.close()
    assert len(waits) == MOVES, waits
    say("slider to something new on screen: median and worst, ms",
        f"{statistics.median(waits):.0f}, {max(waits):.0f}", "50")  # fmt: skip


def in_browser(measure, *rest):
    """``measure(browser, ...)``, where there is one."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        print("no Playwright here, so nothing is measured in a browser")
        return
    if CHROMIUM is None:
        print("no Chromium here, so nothing is measured in a browser")
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        measure(browser, *rest)
        browser.close()
