"""What a page says: an article, the links of a list, or why it is neither; and the judge's word on an article."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from storage.records.moment import Moment
from storage.records.words import Kind, Outcome, Reason


@dataclass(frozen=True, kw_only=True)
class How:
    """How one field was read and how sure that is."""

    rule: str
    """What found it: `selector`, `label`, `meta`, `json-ld`, `position`, `density`, `url`, `context`, `api` …"""
    place: str = ""
    """Where on the page: a CSS-like path, a meta name, a label as printed."""
    confidence: float = 1.0
    """In [0, 1]. 0.9 and above promises to be right 97 times in 100."""

    def over(self, pages: int) -> How:
        """The same for a field that was read from the first `pages` pages of an article; its place says so.

        >>> How(rule="density", place="main").over(3).place
        'main (3 pages)'
        """
        return replace(self, place=f"{self.place} ({pages} pages)")

    @property
    def pages(self) -> int:
        """How many pages it was read from."""
        told = _OVER_PAGES.search(self.place)
        return int(told[1]) if told else 1


_OVER_PAGES = re.compile(r" \((\d+) pages\)\Z", re.A)


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
