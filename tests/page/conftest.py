"""A server and a browser that several tests of the page share."""

import pytest


@pytest.fixture(scope="session")
def served(tmp_path_factory):
    """The address of a server with warm processes and a store of its own."""
    from page.serving import page

    library = str(tmp_path_factory.mktemp("library"))
    with page(tmp_path_factory.mktemp("seeds"), "--library", library) as one:
        yield one.url


@pytest.fixture(scope="module")
def browser():
    """Closed with each module: while it is open, no other event loop can run."""
    from page.browsing import CHROMIUM

    sync_api = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("no Chromium here")
    with sync_api.sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def visit(browser, served):
    from page.browsing import visiting

    with visiting(browser, served) as one:
        yield one
