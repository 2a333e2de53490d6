"""RSS, Atom and sitemaps: links with their day, and the sitemaps an index lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from email.utils import parsedate_to_datetime
from html import unescape
from itertools import islice

from lxml import etree

from crawler.parse.anchors import absolute
from crawler.parse.dates import read_stamp
from crawler.parse.shapes import fold
from crawler.parse.tree import bounded
from storage.records import Kind, Link, Listing, Moment, Page

MOST_LINKS = 50_000
"""What sitemaps.org allows one sitemap; a longer one is read so far."""
MAX_TAGS = 8 * MOST_LINKS
"""A document is cut at this many `<`: four elements an address. Bounds memory: an element costs some 150 bytes."""

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_ROOTS = re.compile(r"<(?:\w+:)?(urlset|sitemapindex|rss|feed|RDF)[\s>]")
_LOOK_INTO_CHARS = 4_096
"""A root element stands behind a declaration, a style sheet and some comments at most."""


def is_xml_list(text: str) -> bool:
    """Whether a document is a feed or a sitemap, whatever its server called it."""
    start = text[:_LOOK_INTO_CHARS].lstrip("\ufeff \t\r\n")
    return start.startswith("<") and not re.match(r"<!doctype\s+html", start, re.I) and bool(_ROOTS.search(start))


def read_feed(page: Page) -> Listing:
    """Links of a feed or sitemap, in document order; sitemaps of an index as `sections`. Never raises.

    Broken XML is read as far as it goes; entities are not expanded and nothing is fetched.
    """
    root = _parsed(page.text)
    if root is None:
        return Listing()
    kind = _name(root)
    if kind == "sitemapindex":
        return Listing(sections=tuple(islice(_sitemaps(root, page.url), MOST_LINKS)))
    entries = _of_map(root, page.url) if kind == "urlset" else _of_feed(root, page.url)
    links = {link.url: link for link in islice(entries, MOST_LINKS)}
    return Listing(links=tuple(links.values()), next_url=_next(root, page.url))


def _parsed(text: str) -> etree._Element | None:
    body = _DECLARATION.sub("", bounded(text, MAX_TAGS).lstrip("\ufeff \t\r\n")).encode("utf-8", "replace")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, load_dtd=False)
    try:
        return etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _name(element: etree._Element) -> str:
    """Tag without its namespace, empty for comments. A prefix that nobody declared is part of the tag."""
    return re.split("[}:]", element.tag)[-1] if isinstance(element.tag, str) else ""


def _children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return (child for child in element.iter() if child is not element and _name(child) == name)


def _text(element: etree._Element, *names: str) -> str:
    """Text of the first element of one of these names that has any, tags inside and entities resolved."""
    for name in names:
        for child in _children(element, name):
            if text := fold(unescape("".join(map(str, child.itertext())))):
                return fold(re.sub(r"<[^<>]{0,200}>", "", text))
    return ""


def _sitemaps(root: etree._Element, base: str) -> Iterator[Link]:
    for entry in _children(root, "sitemap"):
        if url := absolute(base, _text(entry, "loc")):
            yield Link(url=url, kind=Kind.LISTING, day=_day(_text(entry, "lastmod")))


def _of_map(root: etree._Element, base: str) -> Iterator[Link]:
    for entry in _children(root, "url"):
        if url := absolute(base, _text(entry, "loc")):
            day = _day(_text(entry, "publication_date", "lastmod"))
            yield Link(url=url, text=_text(entry, "title"), day=day)


def _of_feed(root: etree._Element, base: str) -> Iterator[Link]:
    for entry in root.iter():
        if _name(entry) in ("item", "entry") and (url := _address(entry, base)):
            day = _day(_text(entry, "pubDate", "published", "date", "updated"))
            yield Link(url=url, text=_text(entry, "title"), day=day)


def _address(entry: etree._Element, base: str) -> str | None:
    """RSS: text of `link`, else a `guid` that is an address; Atom: `href` of the link that is the article."""
    for link in _children(entry, "link"):
        if (link.get("rel") or "alternate") == "alternate":
            url = absolute(
                link.base if link.base and "//" in link.base else base, link.get("href") or fold(link.text or "")
            )
            if url:
                return url
    guid = _text(entry, "guid", "id")
    return absolute(base, guid) if re.match(r"https?://", guid) else None


def _next(root: etree._Element, base: str) -> str | None:
    """Atom's paged feeds (RFC 5005) name their next page."""
    for link in _children(root, "link"):
        if link.get("rel") == "next":
            return absolute(base, link.get("href") or "")
    return None


def _day(stamp: str) -> date | None:
    """The day in the site's zone that a feed's date names: ISO 8601, RFC 822, or as Chinese pages print it."""
    if not stamp:
        return None
    if moment := read_stamp(stamp):
        return moment.day
    try:
        at = parsedate_to_datetime(stamp)
    except (ValueError, OverflowError, IndexError, TypeError):
        return None
    return Moment(at=at).day if at.tzinfo else at.date()
