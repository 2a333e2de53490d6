"""Lists that a page shows inside itself: a frame set is nothing else."""

from __future__ import annotations

import re
from datetime import date

from crawler.parse.anchors import absolute, base_of, host_of, key_of
from crawler.parse.dates import day_in_url
from crawler.parse.document import Document
from crawler.parse.linkshape import is_file
from crawler.parse.territory import ADVERTS, Territory
from storage.records import Kind, Link, Page

MOST_FRAMES = 20
"""More than any frame set has."""


def framed_pages(document: Document, ground: Territory, *, inline: bool) -> list[Link]:
    """Pages of the site in the frames of this one, each a list where this one is; adverts left out.

    A frame is called what this page was called: one in a home page is a part of the home page, one in a section is a
    part of that section.

    Args:
        inline: Whether `iframe` counts as well: a page that lists articles itself shows adverts and weather there.
    """
    base = base_of(document.root, document.page.url)
    found: dict[str, Link] = {}
    for element in document.root.iter("frame", *(("iframe",) if inline else ())):
        url = absolute(base, element.get("src") or "")
        if url and ground.holds(url) and not is_file(url) and ADVERTS.isdisjoint(re.split(r"\W+", url.lower())):
            text = document.page.context.link_text or ""
            found.setdefault(key_of(url), Link(url=url.partition("#")[0], kind=Kind.LISTING, text=text))
    return list(found.values())[:MOST_FRAMES]


def framed_indexes(page: Page, day: date) -> list[str]:
    """Absolute addresses of what an e-paper's index shows in frames and where the day's issue may be listed.

    For an index that lists nothing itself. Frames of another host, or of another day's issue, are left out.
    """
    document = Document(page)
    base, own = base_of(document.root, page.url), key_of(page.url)
    found: dict[str, str] = {}
    for element in document.root.iter("frame", "iframe"):
        url = absolute(base, element.get("src") or "")
        if url is None or is_file(url) or host_of(url) != host_of(page.url) or day_in_url(url) not in (None, day):
            continue
        if key_of(url) != own:
            found.setdefault(key_of(url), url.partition("#")[0])
    return list(found.values())[:MOST_FRAMES]
