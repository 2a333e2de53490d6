"""Channels whose pages exist only after script: drawn by a real Chromium (the extra `render`).

The browser has no way to the network. Whatever a page asks for is fetched by our own downloader, so that robots.txt,
the pace, the proxy and the archive hold for it as for everything else; the browser gets the answers and draws.
"""

from __future__ import annotations

import importlib.util
import logging
import os
import shutil
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import BaseSettings

from crawler.drawing import Drawing
from crawler.sites.profile import Channel

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
NOWHERE = "http://127.0.0.1:9"
"""The proxy of a browser that must not reach anything: the discard port."""


def chromium_path() -> str | None:
    """The browser to use: `$XHA_CHROMIUM`, else the first of the usual names on the PATH; None where there is none."""
    return os.environ.get("XHA_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def can_render() -> str | None:
    """Why pages cannot be rendered here, in one sentence; None where they can."""
    if importlib.util.find_spec("scrapy_playwright") is None:
        return "needs the extra: pip install 'xihaian-archive[render]'"
    if chromium_path() is None:
        return "needs Chromium: apt-get install chromium, or set XHA_CHROMIUM to its path"
    return None


def render_settings(settings: BaseSettings) -> None:
    """Let Scrapy draw requests that ask for it in Chromium; all others go the usual way."""
    handler = "scrapy_playwright.handler.ScrapyPlaywrightDownloadHandler"
    settings.set("DOWNLOAD_HANDLERS", {"http": handler, "https": handler}, priority="spider")
    launch = {
        "executable_path": chromium_path(),
        "args": [
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
        ],
        "chromium_sandbox": os.geteuid() != 0,  # Chromium refuses its sandbox to root
        "proxy": {"server": NOWHERE},
    }
    settings.set("PLAYWRIGHT_LAUNCH_OPTIONS", launch, priority="spider")
    settings.set("PLAYWRIGHT_MAX_PAGES_PER_CONTEXT", 1, priority="spider")
    settings.set(
        "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT", settings.getfloat("DRAWING_SECONDS") * 1_000, priority="spider"
    )
    # It would print a traceback for every page that does not answer; the outcome says it in a word.
    logging.getLogger("scrapy-playwright").setLevel(logging.ERROR)


def render_meta(crawler: Crawler, channel: Channel) -> dict[str, Any]:
    """Request meta that has a list page drawn and unfolded."""
    from scrapy_playwright.page import PageMethod

    drawing = Drawing(crawler, channel)
    return {
        "drawing": drawing,
        "dont_retry": True,  # what the page asks for is tried again, one by one
        "playwright": True,
        "playwright_context_kwargs": {
            "user_agent": crawler.settings["USER_AGENT"],
            "locale": "zh-CN",
            "service_workers": "block",  # they would answer in our place
        },
        # Scripts that load scripts would put off the end of loading for ever; the drawing waits for them itself.
        "playwright_page_goto_kwargs": {"wait_until": "domcontentloaded"},
        "playwright_page_init_callback": drawing.begin,
        "playwright_page_methods": [PageMethod(drawing.unfold)],
    }


class Draw:
    """Downloader middleware: a page that is to be drawn is fetched first, so that the browser starts where it is."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Draw:
        """Scrapy's constructor."""
        return cls()

    async def process_request(self, request: Request) -> Request | None:
        """Fetch the markup; where it stands at another address, the request is that address's from now on."""
        drawing = request.meta.get("drawing")
        if not isinstance(drawing, Drawing) or drawing.document is not None:
            return None
        found = await drawing.open(request.url)
        if found == request.url:
            return None
        moved = request.replace(url=found)
        moved.meta["redirect_urls"] = [request.url]
        return moved

    def process_response(self, request: Request, response: Response) -> Response:
        """The page is drawn."""
        self._close(request)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """The page could not be drawn.

        Raises:
            TimeoutError: because the browser was stuck in it.
        """
        drawing = self._close(request)
        if drawing and drawing.stuck:
            raise TimeoutError(f"{request.url}: the browser was stuck in it for {drawing.longest:.0f} s") from exception

    def _close(self, request: Request) -> Drawing | None:
        drawing = request.meta.get("drawing")
        if not isinstance(drawing, Drawing):
            return None
        drawing.close()
        return drawing
