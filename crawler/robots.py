"""robots.txt: asked for once a run and origin, obeyed by every page of it; what cannot be read forbids all."""

from __future__ import annotations

import logging
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import RobotParser
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import Deferred

from crawler.extension import Keeping
from crawler.pace import BUSY, Later
from crawler.reach import NotContacted, own_fault
from crawler.reasons import reason_of
from storage.errors import ArchiveError

log = logging.getLogger(__name__)

LONGEST_CRAWL_DELAY_SECONDS = 30.0
"""The slowest pace that a robots.txt can ask for: at this one a day's issue of the paper takes an hour, and the runs of
a day would get in each other's way at a slower one."""


class Robots(RobotsTxtMiddleware):
    """Scrapy's robots.txt, but for three things.

    - A file that cannot be had forbids everything (RFC 9309, section 2.3.1.4).
    - It is that of a scheme, host and port (section 2.3): over the other scheme there may be another server.
    - It speaks to all that wait for it. A deferred is spent by the first that awaits it; Scrapy hands None, and so
      leave for everything, to the others.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.keeper = Keeping.of(crawler)
        crawler.signals.connect(self.slow_down, signal=signals.robots_parsed)  # before what waits for the file goes on
        self.closed: dict[str, Exception] = {}
        """Origins from which nothing may be fetched, and why."""

    async def process_request(self, request: Request, spider: Spider | None = None) -> None:
        """Refuse what robots.txt forbids, or would perhaps forbid if it could be read."""
        await super().process_request(request)
        why = self.closed.get(_origin(request.url))
        if why and not request.meta.get("dont_obey_robotstxt"):
            raise why.with_traceback(None)

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """The rules of a request's origin, once they are there; None: its file cannot be read."""
        origin = _origin(request.url)
        if origin not in self._parsers:
            self._parsers[origin] = Deferred()
            await self._ask(origin, request)
        stands = self._parsers[origin]
        if isinstance(stands, Deferred):
            await maybe_deferred_to_future(stands)
            stands = self._parsers[origin]
        assert not isinstance(stands, Deferred), "it fires when the file has been read"
        return stands

    async def _ask(self, origin: str, request: Request) -> None:
        wanted = Request(
            f"{origin}/robots.txt",
            priority=self.DOWNLOAD_PRIORITY,
            meta={"dont_obey_robotstxt": True},
            callback=NO_CALLBACK,
        )
        assert self.crawler.engine, "it runs"
        try:
            await self._parse_robots(await self.crawler.engine.download_async(wanted), origin, request)
        except Exception as error:  # whatever it is, all who wait must hear of it, or they wait for good
            self._robots_error(error, origin)

    def slow_down(self, robotparser: RobotParser, request: Request) -> None:
        """Keep the pace that a robots.txt asks for: the whole site has one."""
        asked = robotparser.crawl_delay(self.crawler.settings["USER_AGENT"]) or 0.0
        if asked > self.keeper.profile.delay_seconds:
            kept = min(asked, LONGEST_CRAWL_DELAY_SECONDS)
            self.keeper.asked_delay_seconds = max(self.keeper.asked_delay_seconds, kept)
            bound = "" if kept == asked else f"; {kept:g} s are kept"
            host = urlsplit(request.url).netloc
            self.keeper.note(f"robots.txt of {host} asks for {asked:g} s between requests{bound}")

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500 or response.status in BUSY:
            why = f"robots.txt answers HTTP {response.status}; nothing is fetched until it can be read"
            self.closed[netloc] = IgnoreRequest(why)
        elif response.status >= 400:
            response = response.replace(body=b"")
        await super()._parse_robots(response, netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        exc = own_fault(exc) or exc
        told = isinstance(exc, (Later, ArchiveError, NotContacted))
        why = exc if told else IgnoreRequest(f"robots.txt cannot be read ({reason_of(exc)})")
        self.closed[netloc] = why
        log.info("%s: %s; nothing is fetched from it", netloc, why)
        super()._robots_error(exc, netloc)


def _origin(url: str) -> str:
    """Scheme, host and port as they stand: http://news.example:8080. What Scrapy calls `netloc` above."""
    return "/".join(url.split("/", 3)[:3])
