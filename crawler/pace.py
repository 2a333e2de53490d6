"""Downloader middleware: when a request may go. The site has one delay, and its wish to be left alone is heard."""

from __future__ import annotations

import asyncio
import email.utils
import logging
import time
from datetime import UTC, datetime, timedelta

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawler.extension import Keeping
from crawler.keeper import this_second
from storage.localtime import local
from storage.store import pace

log = logging.getLogger(__name__)

BUSY = (429, 503)
"""Statuses by which a site asks to be left alone for a while."""
LONGEST_WAIT_SECONDS = 300.0
"""A longer Retry-After is left to a later run rather than waited for in this one."""
LOOK_UP_SECONDS = 0.2
"""How soon a waiting request notices that the run is ending."""


class Later(IgnoreRequest):
    """Not asked for in this run, which is ending or is not wanted; the URL stays in the ledger as it is."""


class Pace:
    """One delay for the whole site, shared with every other worker through the database (law 9)."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.keeper = Keeping.of(crawler)
        self.busy_wait = crawler.settings.getfloat("BUSY_WAIT_SECONDS")
        self.turn = asyncio.Lock()
        """Held by the one request of this process that has reserved a moment: what waits behind it may be told to
        wait longer, or not to go at all."""
        self.sent = 0.0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Pace:
        """Scrapy's constructor."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Wait for this request's turn.

        Raises:
            Later: the run is ending, or the site asked for a longer pause than a run should sit out.
            IgnoreRequest: what asked for it has ended meanwhile (`unwanted` in the request's meta).
        """
        if "drawing" in request.meta:
            return  # the browser is no network; what it asks for waits on its own
        await self._rest(request, request.meta.get("not_before", 0.0) - time.monotonic())
        async with self.turn:
            while pause := await self._wait_for_moment(request):
                if pause > LONGEST_WAIT_SECONDS:
                    until = local(datetime.now(UTC) + timedelta(seconds=pause))
                    self.keeper.note(f"ended early: the site asks to be left alone until {until}")
                    raise Later("the site asks to be left alone")
            # Who woke up late for the last request must not be early for this one.
            await self._rest(request, self.sent + self.keeper.delay_seconds - time.monotonic())
            self.sent = time.monotonic()

    async def _wait_for_moment(self, request: Request) -> float:
        """Wait for the next free moment. Returns for how long the site wants to be left alone once it has come: 0, or
        the moment was taken before the site said so."""
        name, delay = self.keeper.profile.name, self.keeper.delay_seconds
        with self.keeper.database.begin() as session:
            pause = pace.paused(session, name)
            if pause > LONGEST_WAIT_SECONDS:
                return pause
            wait = pace.reserve(session, name, delay)
        while True:
            await self._rest(request, wait)
            with self.keeper.database.begin() as session:
                pause = pace.paused(session, name)
                wait = 0.0 if pause else pace.let_go(session, name, delay)
            if not wait:
                return pause

    async def _rest(self, request: Request, seconds: float) -> None:
        until = time.monotonic() + seconds
        unwanted = request.meta.get("unwanted")
        while True:
            if not self.crawler.crawling or getattr(self.crawler.spider, "stopping", False):
                raise Later("the run is ending")
            if unwanted and unwanted():
                raise IgnoreRequest("nobody waits for it any more")
            left = until - time.monotonic()
            if left <= 0:
                return
            await asyncio.sleep(min(left, LOOK_UP_SECONDS))

    def process_response(self, request: Request, response: Response) -> Response:
        """Slow the whole site down when it asks for it."""
        if response.status in BUSY:
            seconds = retry_after(response) or self.busy_wait  # 0 does not say when: our own pause is the least
            with self.keeper.database.begin() as session:
                pace.slow_down(session, self.keeper.profile.name, seconds, reason=f"HTTP {response.status}")
            log.info("%s answered %d: nothing is asked of it for %.0f s", request.url, response.status, seconds)
        return response


def retry_after(response: Response) -> float | None:
    """Seconds of a Retry-After header, in either of its forms (RFC 9110, section 10.2.3); None where absent.

    At most `pace.LONGEST_PAUSE_SECONDS`: what is longer comes to the same, and may be no time at all.
    """
    value = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if value.isascii() and value.isdigit():
        return min(float(value), pace.LONGEST_PAUSE_SECONDS)
    try:
        return max(0.0, (email.utils.parsedate_to_datetime(value) - this_second()).total_seconds())
    except (TypeError, ValueError):
        return None
