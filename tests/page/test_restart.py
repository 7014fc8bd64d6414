"""A server that is killed under an open page and started again: the page says so, keeps everything and recovers."""

import socket

import pytest
from page.browsing import MIX, PATIENCE, state, visiting
from page.serving import page as served

pytestmark = pytest.mark.page

SUBSIDY = "#adoption_subsidy-share"


@pytest.fixture
def port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return str(one.getsockname()[1])


def test_the_page_outlives_its_server(browser, tmp_path, port):
    with served(tmp_path, port=port) as first, visiting(browser, first.url) as visit:
        visit.open(state(policies=MIX)).settle()
        amounts = visit.amounts
        children = first.children
        first.process.kill()
        first.process.wait()
        first.gone(children)
        visit.page.locator(SUBSIDY).focus()
        visit.press("ArrowRight")
        visit.page.wait_for_selector(".notice.gone")
        assert "Is `xinzhi app` still running?" in visit.page.locator(".notice.gone").inner_text()
        assert visit.page.locator(".panels.stale").count() == 1 and visit.amounts == amounts
        visit.press("ArrowLeft", "ArrowRight")
        moved = visit.fragment
        with served(tmp_path, port=port) as second:
            assert second.url == first.url
            visit.page.wait_for_selector(".notice.gone", state="detached", timeout=2 * PATIENCE)
            visit.settle()
            assert visit.fragment == moved and visit.page.locator(SUBSIDY).input_value() == "35"
            assert visit.amounts != amounts
            visit.press("Control+z")
            visit.settle()
            assert visit.page.locator(SUBSIDY).input_value() == "30" and visit.amounts == amounts
        visit.faults.clear()  # the browser reports the requests that found no server
