"""Downloader middlewares: retries, redirects, and the archive nearest to the wire. (robots.txt, pace and reach have
modules of their own.)

Each response is archived before anything looks into it (law 2). Redirects, robots.txt and answers that are tried again
end in their count here; every other response ends in its count on the way of a page.
"""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.exceptions import StopDownload
from scrapy.http import Response, TextResponse

from crawler import settle
from crawler.extension import Keeping
from crawler.keeper import Keeper, this_second
from crawler.pace import BUSY, LONGEST_WAIT_SECONDS, retry_after
from crawler.parse.anchors import absolute
from crawler.parse.decode import coding_fault
from crawler.parse.inflate import inflate
from crawler.reach import NotContacted
from storage.records import Capture, Context, Kind, Outcome

log = logging.getLogger(__name__)

CUT_SHORT = "response cut short"
TRUNCATED = (("download_stopped", "length"), ("dataloss", "disconnect"))
"""Scrapy's flag → the WARC-Truncated reason it stands for."""
CODING_BROKEN = "unspecified"
"""The WARC-Truncated reason of a body that was cut somewhere before its server, as its content coding shows."""
ROBOTS_MAX_BYTES = 512_000
"""RFC 9309, section 2.5: a crawler must read at least 500 KiB."""


class Archive:
    """Every response goes to the archive as it came off the wire; its capture travels on in `response.meta`."""

    def __init__(self, keeper: Keeper) -> None:
        self.keeper = keeper

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Archive:
        """Scrapy's constructor."""
        archive = cls(Keeping.of(crawler))
        crawler.signals.connect(archive.count_bytes, signal=signals.bytes_received)
        return archive

    def count_bytes(self, data: bytes, request: Request) -> None:
        """End a download at the size that is the most a page may have (law 10); what came by then is kept."""
        request.meta["received"] = request.meta.get("received", 0) + len(data)
        if request.meta["received"] > self.keeper.config.page_max_bytes:
            raise StopDownload(fail=False)

    def process_response(self, request: Request, response: Response) -> Response:
        """Archive, and end the count of what goes no further."""
        context = request.meta.get("context") or Context(kind=Kind.ROBOTS, site=self.keeper.profile.name)
        if request.meta.get("redirect_urls"):
            context = replace(context, requested=request.meta["redirect_urls"][0])
        capture = self.keeper.keep(_drawn(request, response, context) or _sent(request, response, context))
        request.meta["capture"] = capture
        request.meta.pop("received", None)
        settle.passing(self.keeper, capture)
        if context.kind is Kind.ROBOTS:
            plain = inflate(capture.body, capture.header("Content-Encoding") or "")
            return response.replace(body=plain[:ROBOTS_MAX_BYTES])
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
            again.meta.pop("received", None)
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
        """Follow within the site, or within the host a person named; never as the user that an address names."""
        onward = (response.headers.get("Location") or b"").decode("latin-1")
        if target := absolute(request.url, onward):  # it has more spellings than Scrapy's own log should repeat
            response.headers["Location"] = target.encode("latin-1")
        try:
            result = super().process_response(request, response)
        except ValueError as error:  # of an address that is none
            raise NotContacted("redirects to what is no address") from error
        if isinstance(result, Response) and result.status in settle.REDIRECTS and "Location" in result.headers:
            raise NotContacted("redirects to what is no web address")
        if isinstance(result, Request):
            old, new = (urlsplit(url).hostname or "" for url in (request.url, result.url))
            # A robots.txt is read wherever it lies (RFC 9309, section 2.3.1.2).
            if new != old and not self.keeper.profile.owns(new) and "context" in request.meta:
                raise NotContacted(f"redirects off the site to {new}")
            result.meta.pop("capture", None)
            for conditional in ("If-None-Match", "If-Modified-Since"):
                result.headers.pop(conditional, None)  # they spoke of the address that redirected
        return result

    def handle_referer(self, request: Request, response: Response) -> None:
        """No referer: it would tell one host about another."""
        request.headers.pop("Referer", None)


def _sent(request: Request, response: Response, context: Context) -> Capture:
    """What came off the wire."""
    capture = Capture(
        url=request.url,
        fetched_at=this_second(),
        status=response.status,
        headers=_pairs(response),
        body=response.body,
        context=context,
        method=request.method,
        # Scrapy leaves Host to the HTTP client; a request record without it would not be one.
        request_headers=(("Host", urlsplit(request.url).netloc), *_pairs(request)),
        truncated=next((why for flag, why in TRUNCATED if flag in response.flags), None),
    )
    cut = capture.truncated is None and coding_fault(capture)
    return replace(capture, truncated=CODING_BROKEN) if cut else capture


def _drawn(request: Request, response: Response, context: Context) -> Capture | None:
    """A page as the browser drew it, at the address where the browser was in the end; None for everything else."""
    if "drawing" not in request.meta or not isinstance(response, TextResponse):
        return None
    return Capture(
        url=response.url,
        fetched_at=this_second(),
        status=response.status,
        headers=(("Content-Type", "text/html; charset=utf-8"),),
        body=response.text.encode("utf-8", "replace"),
        context=context if response.url == request.url else replace(context, requested=request.url),
        rendered=True,
    )


def _pairs(message: Request | Response) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in message.headers.items()
        for value in values
    )
