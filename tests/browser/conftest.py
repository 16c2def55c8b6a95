"""Debian's Chromium without a window, driven by Playwright, against a live server of the runtime role."""

import os
import shutil

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client
from django.test.testcases import LiveServerThread
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.judge import AXE_FILES, Complaints
from tests.cast import PASSWORD

expect.set_options(timeout=20_000)  # a busy machine may take its time; who passes at once waits for nothing

# Nothing is drawn for anybody to see, and there is no graphics card to imitate.
# No script runs so long that to optimise it pays: what axe does took a seventh longer with it.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-software-rasterizer", "--js-flags=--no-opt --no-maglev"]
if not os.environ.get("CONGRESS_SCREENSHOTS"):
    # What finds no room is not painted. A page is laid out all the same; to paint it took a quarter of its time.
    ARGUMENTS.append("--force-gpu-mem-available-mb=1")
PLAIN_FILES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


def pytest_collection_modifyitems(items):
    """A test with a browser that fails is tried once more and named as such: on a busy machine a clock may run out that no
    user would wait for. What fails twice has failed."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))


def _chromium() -> str:
    # The shell does a page in two thirds of the time that the whole browser takes, with the same engine.
    path = os.environ.get("CONGRESS_CHROMIUM") or shutil.which("chromium-headless-shell")
    if path is None:
        raise RuntimeError("未找到 chromium-headless-shell：apt-get install chromium-headless-shell")
    return path


@pytest.fixture(scope="package")
def chromium() -> Browser:
    """One browser for the tests of this package, gone before others run: its event loop would stand in their way."""
    # Playwright runs an event loop in this thread; Django would refuse the tests' own queries beside it.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=ARGUMENTS)
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
    else:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


def _tab(chromium: Browser, base_url: str, **options) -> Page:
    # A worker between page and server would hide requests from a test that holds them up; the test of the worker asks for it.
    options = {"service_workers": "block", **options}
    context = chromium.new_context(base_url=base_url, locale="zh-CN", timezone_id="Asia/Shanghai", **options)
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.complaints = Complaints(page)
    return page


class _GalleryServer(LiveServerThread):
    """A live server that leaves the database connections of the tests alone."""

    def run(self):
        try:
            handler = self.static_handler(WSGIHandler())
            self.httpd = self._create_server()
            self.port = self.httpd.server_address[1]
            self.httpd.set_app(handler)
            self.is_ready.set()
            self.httpd.serve_forever()
        except OSError as error:
            self.error = error
            self.is_ready.set()


@pytest.fixture(scope="package")
def gallery_url() -> str:
    """Where a server answers that is stopped once: it looks up every half second whether it shall."""
    server = _GalleryServer("127.0.0.1", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()


@pytest.fixture
def _parts(settings):
    """The gallery of parts beside the product's own addresses; it may not ask the database for anything."""
    settings.ROOT_URLCONF = "tests.browser.gallery"
    settings.STORAGES = PLAIN_FILES
    settings.STATICFILES_DIRS = [*settings.STATICFILES_DIRS, AXE_FILES]
    settings.ALLOWED_HOSTS = ["127.0.0.1"]


@pytest.fixture(scope="package")
def _kept(chromium, gallery_url):
    page = _tab(chromium, gallery_url)
    page.on("dialog", lambda dialog: dialog.accept())
    yield page, page.context.new_cdp_session(page)
    page.context.close()


@pytest.fixture
def gallery(_parts, _kept, gallery_url):
    """A tab for the gallery of parts, which the next test goes on with: to start a browser's process anew for each takes as long as
    to draw the page. What lies on the device is taken away between them. Who listens to the tab, holds up what it sends or
    turns its clock asks for `own_gallery`."""
    page, session = _kept
    session.send("Storage.clearDataForOrigin", {"origin": gallery_url, "storageTypes": "all"})
    page.set_viewport_size({"width": 1280, "height": 720})
    page.emulate_media(media="null", reduced_motion="null")
    page.complaints.clear()
    yield page
    page.evaluate("for (let id = setTimeout(() => {}); id; id -= 1) { clearTimeout(id); }")  # what it asks by the clock


@pytest.fixture
def own_gallery(_parts, chromium, gallery_url):
    """A tab for the gallery of parts that nobody had before."""
    page = _tab(chromium, gallery_url)
    yield page
    page.context.close()


@pytest.fixture
def site(settings, live_server, world):
    """The whole product with its cast, served to browsers."""
    settings.STORAGES = PLAIN_FILES
    settings.STATICFILES_DIRS = [*settings.STATICFILES_DIRS, AXE_FILES]
    return live_server


@pytest.fixture
def visit(chromium, site, world):
    """Give the tab of one of the cast who has logged in, open at an address: `visit("clerk", "/")`; without one nothing is
    open yet. `visit(None)` is a stranger."""
    opened = []

    def as_somebody(name: str | None, at: str = "", **options) -> Page:
        page = _tab(chromium, site.url, **options)
        opened.append(page)
        if name is not None:
            page.context.add_cookies([_session(getattr(world, name), site.url)])
        if at:
            page.goto(at)
        return page

    yield as_somebody
    for page in opened:
        page.context.close()


def _session(user, url: str) -> dict:
    """The cookie of somebody who sent the form of the login page: to draw the page, and the first one behind it, for each of
    sixty people takes longer than much of what they do then. Who logs in in a browser is in test_drafts and test_accounts."""
    client = Client()
    client.post(reverse("account_login"), {"login": user.username, "password": PASSWORD})
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    return {
        "name": cookie.key,
        "value": cookie.value,
        "url": url,
        "httpOnly": True,
        "secure": settings.SESSION_COOKIE_SECURE,
    }
