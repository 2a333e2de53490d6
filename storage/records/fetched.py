"""A response: why it was asked for, as it came, where it lies, and decoded."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from storage.records.words import Kind


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
    recheck: bool = False
    """A stored article, looked at again though nobody asked for it: one 404 does not make it gone."""


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
