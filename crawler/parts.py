"""Articles that are spread over several pages (下一页): read in order, kept as one.

The first page is stored at once, so that nothing waits for pages that may never come. Each further page is a row of
the ledger like everything else; when it arrives, the state of the article it belongs to is read again with it. That is
no edit: the publisher changed nothing, we know more. Only a page that was joined before and now reads differently is.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace

from crawler.keeper import Keeper
from crawler.parse.decode import decode
from crawler.parse.reader import read
from crawler.parse.shapes import letters
from storage.archive.reader import read_capture
from storage.errors import RecordDamaged, RecordElsewhere, RecordMissing
from storage.records import Article, Capture, Reason, Rejection
from storage.store import captures
from storage.store.ledger import Candidate

log = logging.getLogger(__name__)

MOST_PARTS = 50
"""Pages of one article. Long series of photographs have some thirty; more is a trap."""


@dataclass(frozen=True, kw_only=True)
class Joined:
    """An article with all its pages that are in the archive."""

    article: Article
    """As one; its URL is the first page's."""
    first_url: str
    next_url: str | None = None
    """The first page that is missing."""
    pages: int = 1
    """How many were joined."""
    known_part: bool = False
    """Whether the page that led here had been joined before."""


def join(keeper: Keeper, capture: Capture, reading: Article | Rejection) -> Joined | Rejection:
    """The whole article a page belongs to; a rejection as it is. Reads the archive, writes nothing.

    Args:
        capture: The page that was just read, first or further.
        reading: What it says by itself.
    """
    if isinstance(reading, Rejection):
        return reading
    if capture.context.part_of is None:
        return _chain(keeper, capture, reading, reading) if reading.next_url else _alone(reading)
    try:
        first = _archived(keeper, capture.context.part_of, capture)
    except RecordElsewhere as error:  # by itself it is no article; it is read again where both pages are
        return Rejection(
            url=capture.url, reason=Reason.UNREADABLE, detail=f"a further page, the first is not here: {error}"
        )
    if first is None or not _alike(first, reading):
        return _alone(reading)
    with keeper.database.read() as session:
        ever = captures.earliest(session, keeper.canonical(capture.url))
    joined = _chain(keeper, capture, reading, first)
    return replace(joined, known_part=ever is not None and ever.id != capture.id)


def next_page(keeper: Keeper, capture: Capture, joined: Joined) -> Candidate:
    """The first missing page, for the ledger."""
    assert joined.next_url is not None
    context = replace(
        capture.context,
        via=capture.url,
        part_of=joined.first_url,
        page_number=joined.pages + 1,
        requested=None,
        link_text=None,
    )
    return Candidate(url=joined.next_url, canonical_url=keeper.canonical(joined.next_url), context=context)


def _alone(reading: Article) -> Joined:
    return Joined(article=reading, first_url=reading.url)


def _chain(keeper: Keeper, capture: Capture, reading: Article, first: Article) -> Joined:
    """Follow 下一页 from the first page through the archive; `capture` itself needs no looking up."""
    whole, url, pages = first, first.next_url, 1
    seen = {keeper.canonical(first.url)}
    while url and (key := keeper.canonical(url)) not in seen and pages < MOST_PARTS:
        part = reading if key == keeper.canonical(capture.url) else _part(keeper, url, capture)
        if part is None:
            return Joined(article=_told(whole, pages), first_url=first.url, next_url=url, pages=pages)
        if not _alike(first, part):
            break
        seen.add(key)
        whole, url, pages = _append(whole, part), part.next_url, pages + 1
    return Joined(article=_told(whole, pages), first_url=first.url, pages=pages)


def _part(keeper: Keeper, url: str, capture: Capture) -> Article | None:
    """A further page, or None where it is not here (yet)."""
    try:
        return _archived(keeper, url, capture)
    except RecordElsewhere:
        return None


def _archived(keeper: Keeper, url: str, capture: Capture) -> Article | None:
    """What the page of an address said when `capture` was fetched; later where it was not archived by then.

    Raises:
        RecordElsewhere: a worker on another host has it.
    """
    key = keeper.canonical(url)
    with keeper.database.read() as session:
        row = captures.latest(session, key, not_after=capture.fetched_at) or captures.earliest(session, key)
    if row is None:
        return None
    try:
        found = read_capture(keeper.config.archive_directory, row.locator, digest=row.digest)
    except RecordElsewhere:
        raise
    except (RecordMissing, RecordDamaged) as error:  # a lost page of an article costs that page
        log.warning("%s", error)
        return None
    reading = read(decode(found), keeper.profile)
    return reading if isinstance(reading, Article) else None


def _alike(first: Article, part: Article) -> bool:
    """Whether two pages bear one headline, a page's number behind it aside."""
    one, other = sorted((letters(first.title), letters(part.title)), key=len)
    return other.startswith(one) and len(other) - len(one) <= len("第10页")


def _append(whole: Article, part: Article) -> Article:
    """Body and images of a further page; fields the pages before it leave empty (the editor stands on the last)."""
    names = [name for name in ("published", "source", "editor", "authors", "column") if not getattr(whole, name)]
    images = [*whole.images, *(image for image in part.images if image.url not in {old.url for old in whole.images})]
    return replace(
        whole,
        body=f"{whole.body}\n{part.body}",
        body_html=f"{whole.body_html}\n{part.body_html}",
        images=tuple(replace(image, order=order) for order, image in enumerate(images)),
        how={**whole.how, **{name: part.how[name] for name in names if name in part.how}},
        problems=(*whole.problems, *part.problems),
        **{name: getattr(part, name) for name in names},
    )


def _told(whole: Article, pages: int) -> Article:
    """The article with a word on how many pages its body was read from."""
    how = whole.how.get("body")
    if how is None or pages == 1:
        return replace(whole, next_url=None)
    return replace(whole, next_url=None, how={**whole.how, "body": how.over(pages)})
