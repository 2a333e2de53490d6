"""Pages for the tests of lists: markup around invented places and people."""

from __future__ import annotations

from datetime import UTC, date, datetime

from crawler.parse.decode import page_from_text
from storage.records import Context, Kind, Link, Listing, Page

FETCHED = datetime(2024, 7, 27, 1, 0, tzinfo=UTC)
"""27 July 2024, nine o'clock in the morning in Shanghai."""


def page_of(text: str, url: str, kind: Kind = Kind.LISTING, **known: object) -> Page:
    """A page as the crawler has it. `known` goes into its context."""
    context = Context(kind=kind, site="xihaian", **known)
    return page_from_text(text, url, context, FETCHED)


def urls(listing: Listing, kind: Kind = Kind.ARTICLE) -> list[str]:
    """Addresses of one kind, in order."""
    return [link.url for link in listing.links if link.kind is kind]


def by_name(listing: Listing) -> dict[str, tuple[str | None, str | None]]:
    """File name → (版次, 版名)."""
    return {link.url.rsplit("/", 1)[-1]: (link.label, link.page_name) for link in listing.links}


def days(listing: Listing) -> dict[str, date | None]:
    """Text → day beside it."""
    return {link.text: link.day for link in listing.links}


def link_of(listing: Listing, ending: str) -> Link:
    """The only link whose address ends so."""
    (link,) = [link for link in listing.links if link.url.endswith(ending)]
    return link
