"""Downloader middlewares: robots, retries, the site-wide pace, and the archive nearest to the wire.

Each response is archived before anything looks into it (law 2). Redirects, robots.txt and answers that are tried again
end in their count here; every other response ends in its count on the way of a page.
"""

from __future__ import annotations

import asyncio
import email.utils
import logging
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawler.extension import Keeping
from crawler.keeper import Keeper, present
from crawler.parse.inflate import inflate
from crawler.settle import settle_passing
from storage.records import Capture, Context, Kind, Outcome
from storage.store import pace

log = logging.getLogger(__name__)

BUSY = (429, 503)
"""Statuses by which a site asks to be left alone for a while."""
LONGEST_WAIT_SECONDS = 300.0
"""A longer Retry-After is left to a later run rather than waited for in this one."""
BUSY_WAIT_SECONDS = 30.0
"""How long the whole site is left alone after 429 or 503 without a Retry-After."""
CUT_SHORT = "response cut short"
ROBOTS_MAX_BYTES = 512_000
"""RFC 9309, section 2.5: a crawler must read at least 500 KiB."""


class Archive:
    """Every response goes to the archive as it came off the wire; its capture travels on in `response.meta`."""

    def __init__(self, keeper: Keeper) -> None:
        self.keeper = keeper

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Archive:
        """Scrapy's constructor."""
        return cls(Keeping.of(crawler))

    def process_response(self, request: Request, response: Response) -> Response:
        """Archive, and end the count of what goes no further."""
        context = request.meta.get("context") or Context(kind=Kind.ROBOTS, site=self.keeper.profile.name)
        if request.meta.get("redirect_urls"):
            context = replace(context, requested=request.meta["redirect_urls"][0])
        capture = self.keeper.keep(
            Capture(
                url=request.url,
                fetched_at=present(),
                status=response.status,
                headers=_pairs(response),
                body=response.body,
                context=context,
                method=request.method,
                # Scrapy leaves Host to the HTTP client; a request record without it would not be one.
                request_headers=(("Host", urlsplit(request.url).netloc), *_pairs(request)),
                truncated="disconnect" if "dataloss" in response.flags else None,
            )
        )
        request.meta["capture"] = capture
        settle_passing(self.keeper, capture)
        if context.kind is Kind.ROBOTS:
            plain = inflate(capture.body, capture.header("Content-Encoding") or "")
            return response.replace(body=plain[:ROBOTS_MAX_BYTES])
        return response


class Pace:
    """One delay for the whole site, shared with every other worker through the database (law 9)."""

    def __init__(self, keeper: Keeper) -> None:
        self.keeper = keeper

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Pace:
        """Scrapy's constructor."""
        return cls(Keeping.of(crawler))

    async def process_request(self, request: Request) -> None:
        """Wait for this request's turn."""
        early = request.meta.get("not_before", 0.0) - time.monotonic()
        if early > 0:
            await asyncio.sleep(early)
        profile = self.keeper.profile
        with self.keeper.database.begin() as session:
            wait = pace.reserve(session, profile.name, profile.delay_seconds, datetime.now(UTC))
        if wait > 0:
            await asyncio.sleep(wait)

    def process_response(self, request: Request, response: Response) -> Response:
        """Slow the whole site down when it asks for it."""
        if response.status in BUSY:
            seconds = min(retry_after(response) or BUSY_WAIT_SECONDS, LONGEST_WAIT_SECONDS)
            now = datetime.now(UTC)
            with self.keeper.database.begin() as session:
                until, why = now + timedelta(seconds=seconds), f"HTTP {response.status}"
                pace.slow_down(session, self.keeper.profile.name, until, now=now, reason=why)
            log.info("%s answered %d: nothing is asked of it for %.0f s", request.url, response.status, seconds)
        return response


class Retry(RetryMiddleware):
    """Scrapy's retries, each waiting longer than the one before, and each counted."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Retry:
        """Scrapy's constructor."""
        made = super().from_crawler(crawler)
        made.keeper = Keeping.of(crawler)
        made.unit = crawler.settings.getfloat("RETRY_WAIT_SECONDS")
        return made

    keeper: Keeper
    unit: float

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Try again what may pass; a wait longer than a run should take is left to a later one."""
        if response.status in BUSY and (retry_after(response) or 0) > LONGEST_WAIT_SECONDS:
            return response
        cut = "dataloss" in response.flags
        result = (self._retry(request, CUT_SHORT) or response) if cut else super().process_response(request, response)
        capture = request.meta.get("capture")
        if isinstance(result, Request) and capture and capture.context.kind is not Kind.ROBOTS:
            reason = CUT_SHORT if cut else f"HTTP {response.status}"
            self.keeper.count(Outcome.RETRIED, capture.url, reason=reason, capture_id=capture.id)
        return result

    def _retry(self, request: Request, reason: str | Exception | type[Exception]) -> Request | None:
        again = super()._retry(request, reason)
        if again is not None:
            again.meta["not_before"] = time.monotonic() + self.unit * 2 ** again.meta["retry_times"]
            again.meta.pop("capture", None)
        return again


class Redirect(RedirectMiddleware):
    """Scrapy's redirects, kept to the site: an article that moved elsewhere is somebody else's page."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler.settings)
        self.crawler = crawler
        self.keeper = Keeping.of(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Redirect:
        """Scrapy's constructor."""
        return cls(crawler)

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Follow within the site, or within the host a person named."""
        result = super().process_response(request, response)
        if isinstance(result, Request):
            old, new = (urlsplit(url).hostname or "" for url in (request.url, result.url))
            if new != old and not self.keeper.profile.owns(new):
                raise IgnoreRequest(f"redirects off the site to {new}")
            result.meta.pop("capture", None)
            for conditional in ("If-None-Match", "If-Modified-Since"):
                result.headers.pop(conditional, None)  # they spoke of the address that redirected
        return result

    def handle_referer(self, request: Request, response: Response) -> None:
        """No referer: it would tell one host about another."""
        request.headers.pop("Referer", None)


class Robots(RobotsTxtMiddleware):
    """Scrapy's robots.txt, with RFC 9309's answer to a file that cannot be had: then nothing may be fetched."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.closed: dict[str, str] = {}
        """Host → why nothing may be fetched from it."""
        # Scrapy would print a traceback for every host that does not answer; `_robots_error` says it in one line.
        logging.getLogger("scrapy.downloadermiddlewares.robotstxt").setLevel(logging.CRITICAL)

    async def process_request(self, request: Request, spider: Spider | None = None) -> None:
        """Refuse what robots.txt forbids, or would perhaps forbid if it could be read."""
        await super().process_request(request)
        why = self.closed.get(request.url.split("/", 3)[2])
        if why and not request.meta.get("dont_obey_robotstxt"):
            raise IgnoreRequest(why)

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500:
            self.closed[netloc] = f"robots.txt answers HTTP {response.status}; nothing is fetched until it can be read"
        elif response.status >= 400:
            response = response.replace(body=b"")
        await super()._parse_robots(response, netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        self.closed[netloc] = f"robots.txt cannot be read ({reason_of(exc)})"
        log.info("%s: %s; nothing is fetched from it", netloc, self.closed[netloc])
        super()._robots_error(exc, netloc)


def retry_after(response: Response) -> float | None:
    """Seconds of a Retry-After header, in either of its forms (RFC 9110, section 10.2.3); None where absent."""
    value = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if value.isdigit():
        return float(value)
    try:
        return max(0.0, (email.utils.parsedate_to_datetime(value) - present()).total_seconds())
    except (TypeError, ValueError):
        return None


def reason_of(error: BaseException | None) -> str:
    """An exception of a fetch in a few words, the same for the same cause, so that counts can be grouped."""
    name = type(error).__name__
    text = f"{name} {error}".lower()
    for sign, words in _REASONS:
        if sign in text:
            return words
    return str(error) if isinstance(error, IgnoreRequest) and str(error) else name


_REASONS = (
    ("forbidden by robots", "forbidden by robots.txt"),
    ("offsite", "leads off the site"),
    ("max redirections", "too many redirects"),
    ("cannotresolve", "host name not found"),
    ("dnslookup", "host name not found"),
    ("refused", "connection refused"),
    ("timeout", "timed out"),
    ("tunnel", "proxy refused"),
    ("dataloss", "response cut short"),
    ("ssl", "TLS failure"),
    ("tls", "TLS failure"),
    ("cancelled", "too large"),
    ("connectionlost", "connection lost"),
    ("connectionreset", "connection reset"),
    ("responsefailed", "connection lost"),
    ("downloadfailed", "connection lost"),
)


def _pairs(message: Request | Response) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in message.headers.items()
        for value in values
    )
