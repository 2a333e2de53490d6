"""Finding articles: every word in title or body, newest first. Right by definition: a scan of the folded texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from storage.query.editions import Place
from storage.query.filters import Filters
from storage.query.fold import fold
from storage.store.batches import batches
from storage.store.tables import ArticleRow, SightingKind, SightingRow

ROWS_PER_FETCH = 1_000
"""Rows of light columns the driver hands over at a time; some hundred KB."""

Candidate = Row[str, str | None, str | None, list[str], str | None, object, str | None, str | None]


def search(
    session: Session, words: Sequence[str] = (), filters: Filters | None = None, *, limit: int | None = None
) -> Iterator[str]:
    """Ids of the articles that hold every word in title or body and pass the filters, the newest first.

    Articles whose time of publication is not known come last. Nothing is read beyond what `limit` needs.

    Args:
        words: Folded (see `fold.read_words`); each a word or phrase. None: every article that passes the filters.
        limit: At most so many.

    Raises:
        StoreError: the database went away.
    """
    found = _holding(session, _candidates(session, filters or Filters()), words)
    return islice(found, limit)


def holds(words: Sequence[str], title: str, body: str) -> bool:
    """Whether every word stands in the title or in the body.

    >>> holds(["ab", "港口"], "ＡＢ的故事", "港口")
    True
    """
    texts = (fold(title), fold(body))
    return all(any(word in text for text in texts) for word in words)


def _candidates(session: Session, filters: Filters) -> list[str]:
    """Ids of the articles that pass the filters, in order. Reads light columns only, never bodies."""
    query = (
        select(
            ArticleRow.id,
            ArticleRow.source,
            ArticleRow.editor,
            ArticleRow.authors,
            ArticleRow.column,
            ArticleRow.edition_day,
            ArticleRow.edition_label,
            ArticleRow.edition_page_name,
        )
        .where(*filters.conditions())
        .order_by(ArticleRow.published_at.desc().nulls_last(), ArticleRow.first_seen_at.desc(), ArticleRow.id)
        .execution_options(yield_per=ROWS_PER_FETCH)
    )
    columns = _listed_in(session) if filters.column is not None else {}
    places = _printed_at(session) if filters.edition is not None else {}
    return [
        row.id
        for row in session.execute(query)
        if filters.source_matches(row.source)
        and filters.people_match(row.editor, row.authors)
        and filters.columns_match([row.column] if row.column else columns.get(row.id, ()))
        and filters.places_match([_own_place(row), *places.get(row.id, ())])
    ]


def _holding(session: Session, ids: Sequence[str], words: Sequence[str]) -> Iterator[str]:
    if not words:
        yield from ids
        return
    for some in batches(ids):
        query = select(ArticleRow.id, ArticleRow.title, ArticleRow.body).where(ArticleRow.id.in_(some))
        texts = {row.id: (row.title, row.body) for row in session.execute(query)}
        yield from (one for one in some if holds(words, *texts[one]))


def _own_place(row: Candidate) -> Place:
    return Place(day=row.edition_day, label=row.edition_label, page_name=row.edition_page_name)


def _listed_in(session: Session) -> Mapping[str, list[str]]:
    """Article → 栏目 of the lists that led to it; counts where the article names none itself."""
    query = select(SightingRow.article_id, SightingRow.column).where(
        SightingRow.article_id.is_not(None), SightingRow.kind == SightingKind.COLUMN, SightingRow.column.is_not(None)
    )
    found: dict[str, list[str]] = {}
    for row in session.execute(query):
        found.setdefault(row.article_id, []).append(row.column)
    return found


def _printed_at(session: Session) -> Mapping[str, list[Place]]:
    """Article → every print page its text was seen on: of the issue it was read from, and of any other."""
    query = select(SightingRow.article_id, SightingRow.day, SightingRow.label, SightingRow.page_name).where(
        SightingRow.article_id.is_not(None), SightingRow.kind == SightingKind.EDITION
    )
    found: dict[str, list[Place]] = {}
    for row in session.execute(query):
        place = Place(day=row.day, label=row.label, page_name=row.page_name)
        found.setdefault(row.article_id, []).append(place)
    return found
