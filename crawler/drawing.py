"""One page being drawn by a browser: its requests answered by our downloader, its list unfolded, its end told.

A page's scripts may ask for ever. So that they do not take the site's turns from its articles, few requests of a
drawing are under way at once, their number is bounded, and a page whose links rest counts as drawn.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.asking import MOST_REQUESTS, QUIET_SECONDS, Asking
from crawler.drawnsize import refuse_above
from crawler.extension import Keeping
from crawler.needed import needed
from crawler.pace import Later
from crawler.parse.inflate import inflate
from crawler.sites.profile import Channel
from storage.errors import ArchiveError
from storage.records import Context, Kind, Outcome

log = logging.getLogger(__name__)

MOST_CLICKS = 50
"""Bound on 加载更多: a list that never ends stops here."""
LINKS_REST_TURNS = 5
"""How long the links must rest, in turns at the site's pace, where that is more than LINKS_REST_SECONDS."""
MOST_AT_ONCE = 4
"""Requests of a drawing that are under way at once; the rest of Scrapy's CONCURRENT_REQUESTS is for articles."""
CUT_OFF = 1.1
"""When a page is taken from the browser, in the time of a drawing: what is over by then was to be handed over."""
CLICK_MS = 5_000
"""How long a button may stay covered or moving before it is left alone."""
NOT_FORWARDED = frozenset(
    ("accept-encoding", "connection", "content-length", "cookie", "host", "referer", "user-agent")
)
"""Request headers of the browser that our downloader sets itself or never sends."""
NOT_PASSED_ON = frozenset(("content-encoding", "content-length", "set-cookie", "transfer-encoding"))
"""Response headers that are not true of what the browser gets, or would make it known to the site."""

_COUNT_LINKS = "() => document.querySelectorAll('a[href]').length"


class Drawing:
    """One page being drawn."""

    def __init__(self, crawler: Crawler, channel: Channel) -> None:
        self.crawler = crawler
        self.keeper = Keeping.of(crawler)
        self.channel = channel
        self.longest = crawler.settings.getfloat("DRAWING_SECONDS")
        self.asking = Asking(crawler.settings.getfloat("LINKS_REST_SECONDS"))
        self.url = ""
        """Address of the page, once redirects have been followed."""
        self.document: Response | None = None
        """Its markup as the server sent it, until the browser asks for it."""
        self.gate = asyncio.Semaphore(MOST_AT_ONCE)
        self.began = 0.0
        """When the browser got the page, by a clock that only goes forward."""
        self.clicks = 0
        self.unusual = ""
        """Why it was ended before it was quiet; empty: it was quiet."""
        self.over = False
        """Whether nobody waits for answers any more."""
        self.page: Any = None
        """The browser's."""
        self.cut = False
        """Whether the browser has been left to its own network."""
        self.stuck = False
        """Whether the browser did not give it back in time."""
        self.limit: asyncio.TimerHandle | None = None
        self.broken: Exception | None = None
        """Why what is drawn does not count: the run is ending, or the archive cannot be written."""

    # --- what the browser asks for ------------------------------------------------------------------------------

    async def open(self, url: str) -> str:
        """Fetch the page's own markup. Returns where it was found: the browser must know where it is."""
        self.document = await self.fetch(url)
        self.url = self.document.url
        return self.url

    async def begin(self, page: Any, request: Request) -> None:
        """Take over the network of a fresh browser page, and set its time."""
        self.page, self.cut = page, False
        await page.route("**/*", self.answer)
        if self.stuck:
            return  # a second page in place of the one that was cut off: all it asks for is refused
        if self.limit is not None:
            self.limit.cancel()  # of a first page, which crashed
        self.asking.patience = max(self.asking.patience, LINKS_REST_TURNS * self.keeper.delay_seconds)
        self.began = self.began or time.monotonic()
        left = self.began + CUT_OFF * self.longest - time.monotonic()
        loop = asyncio.get_running_loop()
        self.limit = loop.call_later(left, lambda: loop.create_task(self.cut_off(page)))

    async def answer(self, route: Any) -> None:
        """Answer one request of the browser, or refuse it. After the last one it is cut off from us."""
        await self._answer(route)
        if self.asking.exhausted and not self.asking.under_way:
            await self.cut_network()

    async def _answer(self, route: Any) -> None:
        wanted = route.request
        key = (wanted.method, wanted.url.partition("?")[0])
        self.asking.asked += 1
        if self.over or not needed(wanted.resource_type, wanted.url, self.keeper.profile) or not self.asking.takes(key):
            await _refuse(route)
            return
        self.asking.begin(key)
        try:
            async with self.gate:
                if self.over or not self.asking.takes(key):  # while it waited
                    await _refuse(route)
                    return
                self.asking.sent += 1
                response = self.take(wanted) or await self.fetch(
                    wanted.url, method=wanted.method, headers=_forwarded(wanted.headers), body=wanted.post_data_buffer
                )
            await route.fulfill(
                status=response.status,
                headers=_passed_on(response),
                body=inflate(response.body, (response.headers.get("Content-Encoding") or b"").decode("latin-1")),
            )
        except Exception as error:  # the edge to the browser: what cannot be fetched is refused, and counted
            if not self.over:
                self.refused(wanted, error)
            await _refuse(route)
        finally:
            self.asking.end(key, time.monotonic())

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
        meta = {"context": context, "download_slot": "drawing", "unwanted": lambda: self.over}
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

    # --- its life -----------------------------------------------------------------------------------------------

    async def unfold(self, page: Any) -> None:
        """Wait until script has put links on the page, then click 加载更多 until nothing new comes.

        Raises:
            Later, ArchiveError: the page could not be drawn to its end for reasons that are not the page's.
            IgnoreRequest: it is longer than a page may be.
        """
        try:
            await self._unfold(page)
        finally:
            self.over = True
            await self.cut_network()
        if self.broken:
            raise self.broken
        await refuse_above(page, self.keeper.config.page_max_bytes)
        self.tell()

    async def _unfold(self, page: Any) -> None:
        from playwright.async_api import Error

        await self.quiet(page)
        while self.clicks < MOST_CLICKS:
            before = self.asking.links
            button = await self.button(page)
            if button is None or time.monotonic() > self.began + self.longest:
                return
            try:
                await button.click(timeout=CLICK_MS)
            except Error:
                return  # covered or gone: what is drawn by now is what there is
            self.clicks += 1
            await self.quiet(page)
            if self.asking.links <= before:
                return

    async def quiet(self, page: Any) -> None:
        """Wait until nothing has been under way for a while, or what is under way has long brought no link."""
        since = time.monotonic()
        while time.monotonic() < self.began + self.longest:
            await self.look(page)
            if self.asking.quiet(since, time.monotonic()):
                if self.asking.exhausted:
                    self.unusual = self.unusual or f"it asked more than {MOST_REQUESTS} times"
                return
            if self.asking.rested(since, time.monotonic()):
                self.unusual = self.unusual or "its links rested while it went on asking"
                self.asking.refuse_polls()
                return
            await asyncio.sleep(QUIET_SECONDS / 7)
        self.unusual = self.unusual or f"it took longer than {self.longest:.0f} s"

    async def look(self, page: Any) -> None:
        """Count the links on the page, unless it is on its way to another one."""
        from playwright.async_api import Error

        try:
            self.asking.see(await page.evaluate(_COUNT_LINKS), time.monotonic())
        except Error:
            if page.is_closed():
                raise

    async def button(self, page: Any) -> Any | None:
        """The last visible element that says it loads more."""
        for text in self.channel.more:
            found = page.get_by_text(text, exact=False).last
            if await found.count() and await found.is_visible():
                return found
        return None

    async def cut_network(self) -> None:
        """Leave what the page asks for to the browser's own network, which leads nowhere: a flood must not reach us."""
        from playwright.async_api import Error

        if not self.cut:
            self.cut = True
            with suppress(Error):  # the page may be closed by now
                await self.page.unroute_all()

    async def cut_off(self, page: Any) -> None:
        """Take the page from a browser that is stuck in a script and will not hand it over."""
        self.over = self.stuck = True
        await page.close()

    def tell(self) -> None:
        """Say what the drawing took; in the run's notes where it was not as it should be."""
        asked, seconds = self.asking, time.monotonic() - self.began
        log.info(
            "channel %s: drew %s in %.1f s: %d requests, %d refused, %d clicks, %d links; ended because %s",
            *(self.channel.name, self.url, seconds, asked.sent, asked.dropped, self.clicks, asked.links),
            self.unusual or "nothing more was under way",
        )
        if self.unusual:
            self.keeper.note(
                f"channel {self.channel.name}: {self.url} was kept as it stood after {asked.sent} requests, with "
                f"{asked.links} links: {self.unusual}"
            )

    def close(self) -> None:
        """The browser has given the page back, or failed."""
        self.over = True
        if self.limit is not None:
            self.limit.cancel()


async def _refuse(route: Any) -> None:
    from playwright.async_api import Error

    with suppress(Error):  # the page may be closed by now
        await route.abort()


def _forwarded(headers: Mapping[str, str]) -> dict[str, str]:
    wanted = (name for name in headers if name not in NOT_FORWARDED and not name.startswith("sec-"))
    return {name: headers[name] for name in wanted}


def _passed_on(response: Response) -> dict[str, str]:
    return {
        name.decode("latin-1"): b", ".join(values).decode("latin-1")
        for name, values in response.headers.items()
        if name.decode("latin-1").lower() not in NOT_PASSED_ON
    }
