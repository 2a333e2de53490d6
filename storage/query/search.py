"""Finding articles by words and filters: page by page, counted, or one after the other.

    question = read_question('港口 -广告')
    filters = Filters.read(since="2024-01-01", source="青岛西海岸报")
    page = search(session, question, filters, limit=20)
    page.ids, page.cursor                                    # …, where the next page begins
    search(session, question, filters, limit=20, cursor=page.cursor)
    count(session, question, filters)                        # Count(number=1000, more=True): "1,000+"

What an answer is, docs/search.md defines. The order is the newest first by time of publication, what has none last, and
equal times in an order that is always the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.query import hits
from storage.query.cursor import Cursor, RankedCursor
from storage.query.filters import Filters
from storage.query.plan import Entry, plan
from storage.query.relevance import Said, Statistics, ranked, saying
from storage.search.question import Question
from storage.store.tables import SearchStateRow

PAGE_LENGTH = 20
"""Articles on a page where nothing else is asked for."""
COUNTED = 1_000
"""Counting ends here where it is asked for: whoever has more narrows the question down, or exports."""
RANKED = COUNTED
"""So many of the newest answers are ordered by relevance; older ones are left out."""
COUNTED_BESIDE = 300
"""Counting ends here where it stands beside a page that somebody waits for: to look through a thousand texts takes
longer than all else about the page."""
TEXTS_BESIDE = 1_000
"""And here, once the page is full: of a phrase whose parts are frequent thousands of texts hold the parts."""


class Order(StrEnum):
    """Which answer comes first."""

    NEWEST = "newest"
    RELEVANCE = "relevance"
    """The one that says most of the words, of the newest 1,000."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """Some of the answers, in order."""

    ids: tuple[str, ...]
    """Of articles; `shape.articles` reads them."""
    cursor: str | None
    """What to give to `search` for the next page; None: this was the last one."""


@dataclass(frozen=True, kw_only=True)
class Count:
    """How many answers there are."""

    number: int
    """At most `COUNTED`."""
    more: bool
    """Whether there are, or may be, more than that."""

    def __str__(self) -> str:
        return f"{self.number:,}{'+' if self.more else ''}"


@dataclass(frozen=True, kw_only=True)
class Newest:
    """The newest answers, as far as they are counted."""

    entries: tuple[Entry, ...]
    """The newest first."""
    more: bool
    """Whether there are, or may be, older ones."""

    @property
    def count(self) -> Count:
        """How many answers there are."""
        return Count(number=len(self.entries), more=self.more)


def search(
    session: Session,
    question: Question | None = None,
    filters: Filters | None = None,
    *,
    order: Order = Order.NEWEST,
    limit: int = PAGE_LENGTH,
    cursor: str | None = None,
) -> Page:
    """One page of answers.

    Pages do not move: an article that arrives between two of them does not shift the second one. By relevance that is
    so for articles of any age, and one that is edited between them is left out of the second.

    Args:
        question: None: every article that passes the filters.
        limit: Articles on the page, one at least.
        cursor: Of the page before, asked with the same question, filters and order; None: the first page.

    Raises:
        BadQuery: the cursor is none, or belongs to another order.
        StoreError: the database went away.
    """
    question, filters = question or Question(), filters or Filters()
    if order is Order.NEWEST:
        return _newest(session, question, filters, limit, cursor)
    return _best(session, question, filters, limit, cursor)[0]


def search_with_newest(
    session: Session,
    question: Question,
    filters: Filters,
    *,
    order: Order = Order.NEWEST,
    limit: int = PAGE_LENGTH,
    cursor: str | None = None,
) -> tuple[Page, Newest]:
    """A page of answers, and the newest of all of them as they are counted beside one: as far as 300, and no further
    than a thousand texts once the page is full. By relevance more are looked through anyway, and as far as 300 counted.

    Args:
        limit: Articles on the page, at most `COUNTED_BESIDE`; they are found however hard they are to find.

    Raises:
        BadQuery: the cursor is none, or belongs to another order.
        StoreError: the database went away.
    """
    assert limit <= COUNTED_BESIDE, "a page is no longer than what is counted beside it"
    if order is Order.RELEVANCE:
        page, chosen = _best(session, question, filters, limit, cursor)
        return page, _newest_of(chosen, COUNTED_BESIDE)
    asked = plan(session, question, filters)
    most, least = COUNTED_BESIDE + 1, limit + 1
    entries, all_seen = hits.newest_within(session, asked, question, most=most, least=least, texts=TEXTS_BESIDE)
    counted = _newest_of(entries, COUNTED_BESIDE)
    found = counted if all_seen else replace(counted, more=True)
    if cursor is not None:
        return _newest(session, question, filters, limit, cursor), found
    return _page(found.entries, limit, further=found.more), found


def newest(session: Session, question: Question, filters: Filters) -> Newest:
    """The newest answers, as far as they are counted.

    Raises:
        StoreError: the database went away.
    """
    asked = plan(session, question, filters)
    return _newest_of(list(hits.newest_first(session, asked, question, COUNTED + 1)), COUNTED)


def _newest_of(entries: Sequence[Entry], most: int) -> Newest:
    return Newest(entries=tuple(entries[:most]), more=len(entries) > most)


def _newest(session: Session, question: Question, filters: Filters, limit: int, cursor: str | None) -> Page:
    place = Cursor() if cursor is None else Cursor.read(cursor)
    asked = plan(session, question, filters, before=place.before)
    return _page(list(hits.newest_first(session, asked, question, limit + 1)), limit)


def _page(entries: Sequence[Entry], limit: int, *, further: bool = False) -> Page:
    """The first of some answers.

    Args:
        further: Whether there are more than these.
    """
    after = Cursor(before=entries[limit - 1].key) if len(entries) > limit or further else None
    return Page(ids=tuple(one.article_id for one in entries[:limit]), cursor=after.written() if after else None)


def _best(
    session: Session, question: Question, filters: Filters, limit: int, cursor: str | None
) -> tuple[Page, list[Entry]]:
    """A page, and the answers it was chosen from, the newest first; one more than are ordered where there are more."""
    words = len(question.words)
    place = None if cursor is None else RankedCursor.read(cursor, words=words)
    arrived = place.arrived if place else session.scalars(select(SearchStateRow.next_number)).one()
    asked = plan(session, question, filters, arrived=arrived)
    said = [Said(entry, *seen) for entry, seen in hits.newest_seen(session, asked, saying(question), RANKED + 1)]
    chosen = [one.entry for one in said]
    del said[RANKED:]
    if place:  # what is older was on no page when these were put in order
        said = [one for one in said if one.entry.key >= place.oldest]
    statistics = place.statistics if place else Statistics.of(said, words)
    best = [one for one in ranked(said, statistics) if place is None or one < place.after]
    after = None
    if len(best) > limit:
        oldest = place.oldest if place else said[-1].entry.key
        after = RankedCursor(after=best[limit - 1], arrived=arrived, oldest=oldest, statistics=statistics)
    page = Page(ids=tuple(one for _, (_, one) in best[:limit]), cursor=after.written() if after else None)
    return page, chosen


def find(
    session: Session, question: Question | None = None, filters: Filters | None = None, *, limit: int | None = None
) -> Iterator[str]:
    """Ids of all answers, the newest first; no text is read long before it is taken. On PostgreSQL up to 2,000
    entries are fetched at once, less than a kilobyte each; where a group of months has more, all the rest of it.

    Args:
        limit: At most so many; None: all.

    Raises:
        StoreError: the database went away.
    """
    question = question or Question()
    asked = plan(session, question, filters or Filters())
    return (one.article_id for one in hits.newest_first(session, asked, question, limit))


def count(session: Session, question: Question | None = None, filters: Filters | None = None) -> Count:
    """How many answers there are, counted up to `COUNTED`.

    Raises:
        StoreError: the database went away.
    """
    question = question or Question()
    asked = plan(session, question, filters or Filters())
    number = hits.number(session, asked, question, COUNTED + 1)
    return Count(number=min(number, COUNTED), more=number > COUNTED)
