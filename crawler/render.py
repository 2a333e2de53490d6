"""Channels whose pages exist only after script: drawn by a real Chromium (the extra `render`).

The browser has no way to the network. Whatever a page asks for is fetched by our own downloader, so that robots.txt,
the pace, the proxy and the archive hold for it as for everything else; the browser gets the answers and draws.
"""

from __future__ import annotations

import asyncio
import importlib.util
import logging
import os
import shutil
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import BaseSettings

from crawler.extension import Keeping
from crawler.pace import Later
from crawler.parse.inflate import inflate
from crawler.sites.profile import Channel
from storage.errors import ArchiveError
from storage.records import Context, Kind, Outcome

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
MOST_CLICKS = 50
"""Bound on 加载更多: a list that never ends stops here."""
QUIET_SECONDS = 0.7
"""How long nothing may be under way before a page counts as drawn: scripts take a moment between two requests."""
LONGEST_DRAWING_SECONDS = 300
"""Bound on one page, every click included. A slow pace and thirty scripts take a minute."""
CLICK_MS = 5_000
"""How long a button may stay covered or moving before it is left alone."""
NEEDED = ("document", "script", "stylesheet", "xhr", "fetch")
"""Of what a browser asks for, that which decides what a page says; pictures, fonts, beacons are not fetched."""
FROM_ANYWHERE = ("script", "stylesheet")
"""Of these, what is fetched from hosts that are not the site's: libraries without which many pages stay empty."""
NOT_FORWARDED = frozenset(
    ("accept-encoding", "connection", "content-length", "cookie", "host", "referer", "user-agent")
)
"""Request headers of the browser that our downloader sets itself or never sends."""
NOT_PASSED_ON = frozenset(("content-encoding", "content-length", "set-cookie", "transfer-encoding"))
"""Response headers that are not true of what the browser gets, or would make it known to the site."""
NOWHERE = "http://127.0.0.1:9"
"""The proxy of a browser that must not reach anything: the discard port."""

_COUNT_LINKS = "() => document.querySelectorAll('a[href]').length"


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
    settings.set("PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT", LONGEST_DRAWING_SECONDS * 1_000, priority="spider")
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
        "playwright_page_init_callback": drawing.begin,
        "playwright_page_methods": [PageMethod(drawing.unfold)],
    }


class Drawing:
    """One page being drawn."""

    def __init__(self, crawler: Crawler, channel: Channel) -> None:
        self.crawler = crawler
        self.keeper = Keeping.of(crawler)
        self.channel = channel
        self.url = ""
        """Address of the page, once redirects have been followed."""
        self.document: Response | None = None
        """Its markup as the server sent it, until the browser asks for it."""
        self.under_way = 0
        self.last = 0.0
        """When the last answer was given, by a clock that only goes forward."""
        self.broken: Exception | None = None
        """Why what is drawn does not count: the run is ending, or the archive cannot be written."""

    async def open(self, url: str) -> str:
        """Fetch the page's own markup. Returns where it was found: the browser must know where it is."""
        self.document = await self.fetch(url)
        self.url = self.document.url
        return self.url

    async def begin(self, page: Any, request: Request) -> None:
        """Take over the network of a fresh browser page."""
        await page.route("**/*", self.answer)

    async def answer(self, route: Any) -> None:
        """Answer one request of the browser, or refuse it."""
        wanted = route.request
        if not self.needs(wanted):
            await route.abort()
            return
        self.under_way += 1
        try:
            response = self.take(wanted) or await self.fetch(
                wanted.url, method=wanted.method, headers=_forwarded(wanted.headers), body=wanted.post_data_buffer
            )
            await route.fulfill(
                status=response.status,
                headers=_passed_on(response),
                body=inflate(response.body, (response.headers.get("Content-Encoding") or b"").decode("latin-1")),
            )
        except Exception as error:  # the edge to the browser: what cannot be fetched is refused, and counted
            self.refused(wanted, error)
            await route.abort()
        finally:
            self.under_way -= 1
            self.last = time.monotonic()

    def needs(self, wanted: Any) -> bool:
        """Whether a request decides what the page says and may be sent."""
        kind, host = wanted.resource_type, urlsplit(wanted.url).hostname or ""
        return kind in NEEDED and (kind in FROM_ANYWHERE or self.keeper.profile.owns(host))

    def take(self, wanted: Any) -> Response | None:
        """The page's markup, the first time the browser asks for it."""
        if wanted.is_navigation_request() and wanted.frame.parent_frame is None:
            document, self.document = self.document, None
            return document
        return None

    async def fetch(self, url: str, **asked: Any) -> Response:
        """Send a request the way of all our requests, as far as the archive."""
        context = Context(
            kind=Kind.RESOURCE, site=self.keeper.profile.name, channel=self.channel.name, via=self.url or None
        )
        # The slot of the page itself is taken until the page is drawn.
        meta = {"context": context, "download_slot": "drawing"}
        assert self.crawler.engine is not None
        response = await self.crawler.engine.download_async(Request(url, meta=meta, dont_filter=True, **asked))
        if "dataloss" in response.flags or "download_stopped" in response.flags:
            raise ValueError("response not whole")
        return response

    def refused(self, wanted: Any, error: Exception) -> None:
        """Note why the browser was refused something."""
        if isinstance(error, (ArchiveError, Later)):
            self.broken = self.broken or error
        else:
            self.keeper.count(Outcome.FAILED, wanted.url, reason=f"for {self.channel.name}: {error}"[:200])

    async def unfold(self, page: Any) -> None:
        """Wait until script has put links on the page, then click 加载更多 until nothing new comes.

        Raises:
            Later, ArchiveError: the page could not be drawn to its end for reasons that are not the page's.
        """
        await self._unfold(page)
        if self.broken:
            raise self.broken

    async def _unfold(self, page: Any) -> None:
        from playwright.async_api import Error

        end = time.monotonic() + LONGEST_DRAWING_SECONDS
        await self.quiet(end)
        for _ in range(MOST_CLICKS):
            before = await page.evaluate(_COUNT_LINKS)
            button = await self.button(page)
            if button is None or time.monotonic() > end:
                return
            try:
                await button.click(timeout=CLICK_MS)
            except Error:
                return  # covered or gone: what is drawn by now is what there is
            await self.quiet(end)
            if await page.evaluate(_COUNT_LINKS) <= before:
                return

    async def quiet(self, end: float) -> None:
        """Wait until nothing has been under way for a while."""
        since = time.monotonic()
        while time.monotonic() < end:
            if not self.under_way and time.monotonic() - max(self.last, since) >= QUIET_SECONDS:
                return
            await asyncio.sleep(QUIET_SECONDS / 7)

    async def button(self, page: Any) -> Any | None:
        """The last visible element that says it loads more."""
        for text in self.channel.more:
            found = page.get_by_text(text, exact=False).last
            if await found.count() and await found.is_visible():
                return found
        return None


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


def _forwarded(headers: Mapping[str, str]) -> dict[str, str]:
    wanted = (name for name in headers if name not in NOT_FORWARDED and not name.startswith("sec-"))
    return {name: headers[name] for name in wanted}


def _passed_on(response: Response) -> dict[str, str]:
    return {
        name.decode("latin-1"): b", ".join(values).decode("latin-1")
        for name, values in response.headers.items()
        if name.decode("latin-1").lower() not in NOT_PASSED_ON
    }
