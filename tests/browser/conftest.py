"""A server and a real Chromium for the journeys; an error on a page fails the test that opened it."""

import os
import re
from urllib.parse import urlencode, urlsplit

import pytest

from tests.browser.server import FLAGS, NAMES, browser_path, serve

STAGE = ".st-key-network_chart svg.stage[aria-label]"
PROBE = re.compile("/[a-z]+/_stcore/(health|host-config)")  # asked for below a page's own path first, then at the root
LEFT = "net::ERR_ABORTED"  # what the browser no longer wants, because the page was left
TIMEOUT = 20_000  # ms; a loaded machine is slow


def _missing(reason):
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def chromium():
    """A browser for all tests of this folder."""
    path = browser_path()
    if not path:
        _missing(f"no browser: set CHROMIUM, or install one of {', '.join(NAMES)}")
    try:
        from playwright.sync_api import expect, sync_playwright  # noqa: PLC0415
    except ImportError:
        _missing("playwright is not installed")
    expect.set_options(timeout=TIMEOUT)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def address(tmp_path_factory):
    """The address of a server that runs the app."""
    log = tmp_path_factory.mktemp("server") / "log"
    with serve(log) as (running, server):
        yield running
        ended = server.poll()
        assert ended is None, f"the server ended by itself: {ended}"
    said = log.read_text(encoding="utf-8")
    assert "Traceback" not in said, said


def _reader(chromium, **settings):
    """A browser with nothing in it; without motion unless that is what a test is about, because drawing it is work."""
    usual = {"locale": "en-US", "viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce"}
    context = chromium.new_context(**usual | settings)
    context.set_default_timeout(TIMEOUT)
    return context


@pytest.fixture(scope="session")
def reader(chromium):
    """The browser that has the scripts already."""
    return _reader(chromium)


@pytest.fixture
def visit(chromium, address, reader):
    """Open an address, given as its query or as a whole link; errors fail the test.

    `path` is that of the page and `ready` what it has once it is drawn. With `settings` of the browser, or a `script`
    that runs in it before anything else, it is a browser of its own.
    """
    complaints, opened = [], []

    def complain(url, words):
        if not PROBE.fullmatch(urlsplit(url).path):
            complaints.append(words)

    def watch(page):
        page.on("pageerror", lambda error: complaints.append(f"page error: {error}"))
        page.on(
            "console", lambda said: said.type == "error" and complain(said.location["url"], f"console: {said.text}")
        )
        page.on(
            "requestfailed",
            lambda asked: asked.failure == LEFT or complaints.append(f"failed: {asked.url} {asked.failure}"),
        )
        page.on("response", lambda got: got.status >= 400 and complain(got.url, f"{got.status}: {got.url}"))
        page.on("request", lambda asked: _is_local(asked.url) or complaints.append(f"left the machine: {asked.url}"))

    def open_page(link="", settings=None, script="", path="", ready=STAGE, **query):
        context = reader if settings is None and not script else _reader(chromium, **(settings or {}))
        if script:
            context.add_init_script(script)
        page = context.new_page()
        opened.append(page if context is reader else context)
        watch(page)
        page.goto(link or f"{address}/{path}?{urlencode(query)}")
        page.wait_for_selector(ready)
        return page

    yield open_page
    for browser in opened:
        browser.close()
    assert complaints == []


def _is_local(url):
    return urlsplit(url).hostname == "127.0.0.1" or urlsplit(url).scheme in ("data", "blob")
