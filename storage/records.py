"""What travels along the way of a page: frozen, documented records.

    Capture  ──►  Page  ──►  Article (or Rejection)  ──►  Verdict  ──►  rows
    off the wire  decoded    read                         judged

Each stage takes one record and returns the next; none changes what it was given. Every time in these records is
aware and UTC. The one exception is a bare `date`, which is a calendar day in the site's time zone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

SITE_ZONE = ZoneInfo("Asia/Shanghai")
"""The zone in which the site prints its times and in which every screen shows them."""


class Kind(StrEnum):
    """What a URL is expected to be. Decides who reads the page behind it."""

    LISTING = "listing"
    """A page of a channel that lists articles: HTML list, JSON list, sitemap or feed."""
    ISSUE = "issue"
    """The index of one day's e-paper issue; usually a meta refresh to its first page."""
    EDITION = "edition"
    """One print page (版) of an e-paper issue: lists the articles on it."""
    ARTICLE = "article"
    """A page that should hold one article."""
    ROBOTS = "robots"
    """A site's robots.txt. Archived like everything else, never in the ledger."""
    RESOURCE = "resource"
    """What a browser asks for to draw a page: its markup, scripts, styles, data. Archived, never in the ledger."""


class Outcome(StrEnum):
    """How one response, or one fetch that got no response, ended. Exactly one each; a run's counts are these."""

    NEW = "new"
    """An article seen for the first time was stored."""
    CHANGED = "changed"
    """A stored article came back with other text: a new version was stored, the old one kept."""
    SAME = "same"
    """A stored article came back as it was (or the server said 304): last_seen moved."""
    DUPLICATE = "duplicate"
    """The text of a stored article at another address: one more sighting of it."""
    PART = "part"
    """A further page of an article: its text was joined to the first page's."""
    REJECTED = "rejected"
    """The page could not be read as an article; it waits in `rejected` with its reason."""
    GONE = "gone"
    """404 or 410 for an article."""
    FAILED = "failed"
    """No usable response after all tries, or a status that is neither a page nor gone."""
    INDEX = "index"
    """A list page, feed, sitemap, issue index or e-paper page was read for its links."""
    REDIRECT = "redirect"
    """A 3xx (or a meta refresh between indexes) that led to another response, counted on its own."""
    ROBOTS = "robots"
    """A robots.txt."""
    RESOURCE = "resource"
    """What a browser asked for to draw a page; the page as it was drawn is counted on its own."""
    RETRIED = "retried"
    """A response that failed for now (5xx, 429, cut short) and was tried again in the same run."""


class Precision(StrEnum):
    """How exactly a moment of publication is known."""

    SECOND = "second"
    MINUTE = "minute"
    DAY = "day"


@dataclass(frozen=True, kw_only=True, order=True)
class Moment:
    """A time of publication as the page gives it."""

    at: datetime
    """Aware, UTC. For a day alone: midnight of that day in the site's zone, expressed in UTC."""
    precision: Precision = Precision.SECOND

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("Moment.at must be aware; attach the site's zone first")
        object.__setattr__(self, "at", self.at.astimezone(UTC))

    @classmethod
    def of_day(cls, day: date) -> Moment:
        """The moment that stands for a day without a time."""
        return cls(at=datetime(day.year, day.month, day.day, tzinfo=SITE_ZONE), precision=Precision.DAY)

    @property
    def day(self) -> date:
        """The calendar day in the site's zone."""
        return self.at.astimezone(SITE_ZONE).date()

    def iso(self) -> str:
        """ISO 8601 with +08:00, or the day alone (`2024-07-26`) where no time is known."""
        if self.precision is Precision.DAY:
            return self.day.isoformat()
        return self.at.astimezone(SITE_ZONE).isoformat(timespec="seconds")


@dataclass(frozen=True, kw_only=True)
class Context:
    """What was known about a URL when it was requested.

    It is written into the WARC beside the response (a `metadata` record), so that a capture can be read again
    from the archive alone, without any database.
    """

    kind: Kind
    site: str
    """Name of the site profile, e.g. `xihaian`."""
    channel: str | None = None
    """Name of the channel or paper in the profile that led here; None for URLs given by hand."""
    via: str | None = None
    """URL of the page on which this one was found; None for start pages and given URLs."""
    column: str | None = None
    """The channel's title as readers see it (栏目), where the channel has one."""
    issue_date: date | None = None
    """E-paper only: the day whose issue is being walked."""
    label: str | None = None
    """E-paper only: 版次 as printed, without 版, e.g. `01`, `04-05`, `T19-T22`."""
    page_name: str | None = None
    """E-paper only: 版名, e.g. 要闻."""
    link_text: str | None = None
    """Text of the link that led here; what the list page calls the article."""
    listed_day: date | None = None
    """The day printed beside the link on the list page."""
    requested: str | None = None
    """The address first asked for, where redirects led from it to this one; None where it answered itself."""
    page_number: int = 1
    """Place in the pagination of a list or an article, from 1; bounds how far it is walked."""
    part_of: str | None = None
    """Address of the article's first page, where this is a further one (下一页)."""


@dataclass(frozen=True, kw_only=True)
class Locator:
    """Where a record lies in the archive."""

    file: str
    """WARC file name, relative to the archive directory."""
    offset: int
    """First byte of the record's gzip member."""
    length: int
    """Compressed length in bytes."""


@dataclass(frozen=True, kw_only=True)
class Capture:
    """One response as it came off the wire."""

    url: str
    """The URL that was requested and that answered (redirects are captures of their own)."""
    fetched_at: datetime
    """When the response was complete; aware, UTC, whole seconds (what a WARC-Date keeps)."""
    status: int
    headers: tuple[tuple[str, str], ...] = field(repr=False)
    """Response headers in the order received; names as received."""
    body: bytes = field(repr=False)
    """Entity bytes with the content coding (gzip, br) still on, the transfer coding off."""
    context: Context
    method: str = "GET"
    request_headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    digest: str = ""
    """`sha256:<hex>` of `body`; set by the archive."""
    locator: Locator | None = None
    """Where it lies; None until archived."""
    id: int | None = None
    """Row id in `capture`; None until its row exists."""
    run_id: int | None = None
    truncated: str | None = None
    """WARC-Truncated reason (`length`, `time`, `disconnect`) where the body is not whole; else None."""
    rendered: bool = False
    """Whether `body` is the page as a browser drew it, and never was on any wire. What came off the wire for it are
    captures of their own, of kind `RESOURCE`. Archived as a `conversion`, not as a `response`."""

    def header(self, name: str) -> str | None:
        """First header of that name, compared without case; None where absent."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)


@dataclass(frozen=True, kw_only=True)
class Page:
    """A capture made readable: content coding undone, bytes decoded."""

    url: str
    text: str = field(repr=False)
    """The decoded document. Never raises on access; undecodable bytes became U+FFFD."""
    charset: str
    """The charset that was used, e.g. `utf-8`, `gb18030`."""
    charset_how: str
    """How it was found: `bom`, `utf-8 strict`, `header`, `meta`, `fallback`."""
    content_type: str
    """Media type without parameters, lower case; `text/html` where the server said nothing."""
    status: int
    fetched_at: datetime
    context: Context


@dataclass(frozen=True, kw_only=True)
class How:
    """How one field was read and how sure that is."""

    rule: str
    """What found it: `selector`, `label`, `meta`, `json-ld`, `position`, `density`, `url`, `context`, `api` …"""
    place: str = ""
    """Where on the page: a CSS-like path, a meta name, a label as printed."""
    confidence: float = 1.0
    """In [0, 1]. 0.9 and above promises to be right 97 times in 100."""


@dataclass(frozen=True, kw_only=True)
class Edition:
    """Where an article stood in the printed paper."""

    paper: str
    """Paper code, e.g. `qdxhab`."""
    day: date
    """Issue date."""
    label: str | None = None
    """版次 without 版: `01`, `04-05`, `T12`."""
    page_name: str | None = None
    """版名, e.g. 要闻."""


@dataclass(frozen=True, kw_only=True)
class Image:
    """One picture of an article."""

    url: str
    """Absolute."""
    caption: str | None = None
    order: int = 0
    """Position in the article, from 0."""


@dataclass(frozen=True, kw_only=True)
class Article:
    """What was read from one page. An empty field means: not on the page, or not read with any confidence."""

    url: str
    """Address of the page it was read from."""
    title: str
    """Main headline, one line; parts that the page itself joins (`——`) stay joined."""
    subtitle: str | None = None
    """Line or lines under the headline, joined with a blank."""
    kicker: str | None = None
    """Line above the headline (引题)."""
    published: Moment | None = None
    source: str | None = None
    """The outlet named as 来源 / 稿源 / 发布来源, without its label."""
    editor: str | None = None
    """责任编辑, else 编辑; staff codes dropped; several names joined with 、 as shown."""
    authors: tuple[str, ...] = ()
    """Names of the byline, in order, without 记者 / 通讯员; inner blanks of two-character names removed."""
    column: str | None = None
    """栏目 of the website the article stands in."""
    edition: Edition | None = None
    body: str = field(default="", repr=False)
    """Paragraphs, one a line, no empty lines, whitespace inside a line folded."""
    body_html: str = field(default="", repr=False)
    """The same as clean HTML: p, h2-h4, ul/ol/li, table, blockquote, figure/img/figcaption, strong, em, br, a."""
    images: tuple[Image, ...] = ()
    family: str = "generic"
    """Which page family read it."""
    next_url: str | None = None
    """Absolute address of 下一页 where this page is a part of a multi-page article."""
    how: Mapping[str, How] = field(default_factory=dict, repr=False)
    """Field name → how it was read. Holds an entry for every field that is not empty."""
    problems: tuple[str, ...] = ()
    """Fields that could not be read because of an error, `field: what happened`. One broken field costs only itself."""


class Reason(StrEnum):
    """Why a page is not an article."""

    LIST_PAGE = "list-page"
    ALBUM = "photo-album"
    SCRIPT_SHELL = "script-shell"
    ERROR_PAGE = "error-page"
    CHALLENGE = "challenge"
    NO_BODY = "no-body"
    NO_TITLE = "no-title"
    NOT_HTML = "not-html"
    WHOLE_ISSUE = "whole-issue"
    """An h5 e-paper page, which carries every article of the issue at once."""
    ADVERTISEMENT = "advertisement"
    """An e-paper slot titled 广告 and nothing else."""
    UNREADABLE = "unreadable"
    """The reader failed, or the article's first page lies on another host; `detail` says it. Kept for a re-parse."""


@dataclass(frozen=True, kw_only=True)
class Rejection:
    """A page that is not, or could not be read as, an article."""

    url: str
    reason: Reason
    detail: str = ""
    """One sentence for a person."""


@dataclass(frozen=True, kw_only=True)
class Link:
    """A URL found on a list page, issue index or e-paper page."""

    url: str
    """Absolute, as found: not canonicalised."""
    kind: Kind = Kind.ARTICLE
    text: str = ""
    day: date | None = None
    """The day printed beside it."""
    label: str | None = None
    """E-paper: 版次."""
    page_name: str | None = None
    """E-paper: 版名."""


@dataclass(frozen=True, kw_only=True)
class Listing:
    """What a list page, feed, sitemap, issue index or e-paper page leads to."""

    links: tuple[Link, ...] = ()
    """Articles and, for e-papers, pages; in page order, without repeats."""
    next_url: str | None = None
    """The next page of the same list."""
    sections: tuple[Link, ...] = ()
    """Other list pages found (only where the channel asks for them)."""
    fell_back: bool = False
    """True where the profile's selectors found nothing and links were taken by their shape."""
    issue_day: date | None = None
    """E-paper: the day this page says it belongs to; None where it says nothing."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What the judge says of one article just read."""

    outcome: Outcome
    """NEW, CHANGED, SAME or DUPLICATE."""
    canonical_url: str
    fingerprint: str
    """Of every field that an editor could change; differs → a new version."""
    text_fingerprint: str
    """Of headline and body alone; equal at another address → a duplicate."""
    article_id: str | None = None
    """The stored article this is about; None for NEW."""
    reason: str = ""
    """One phrase: `first seen`, `body differs`, `same text as <url>` …"""
