"""Which stored articles are due to be looked at again, so that edits and removals are noticed."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.store.tables import ArticleRow, ArticleState

SHORTEST = timedelta(hours=1)
"""Most corrections are made within the first hours."""
LONGEST = timedelta(days=365)
"""What has stood for years is looked at once a year: sites lose old pages when they are moved."""
PATIENCE = 2
"""A text that has stood for a day is left alone for two: some nine looks in the first year, each one request."""
ROWS_PER_FETCH = 1_000


@dataclass(frozen=True, kw_only=True)
class Due:
    """An article that should be looked at again."""

    article_id: str
    canonical_url: str
    url: str
    since: datetime
    """When it became due."""


def interval(*, standing_since: datetime, last_seen_at: datetime) -> timedelta:
    """How long a text is left alone that has stood unchanged from one time to another.

    >>> from datetime import UTC
    >>> at = datetime(2024, 7, 26, tzinfo=UTC)
    >>> interval(standing_since=at, last_seen_at=at + timedelta(days=3))
    datetime.timedelta(days=6)
    """
    return min(max(PATIENCE * (last_seen_at - standing_since), SHORTEST), LONGEST)


def due(session: Session, site: str, *, now: datetime, limit: int) -> list[Due]:
    """Up to `limit` live articles that are due, the longest overdue first.

    A text stands since it was published or, where that is not known or the text was changed later, since it was first
    seen so. An article that is gone is looked at no more: what lists it again brings it back.
    """
    columns = (
        ArticleRow.id,
        ArticleRow.canonical_url,
        ArticleRow.url,
        ArticleRow.published_at,
        ArticleRow.first_seen_at,
        ArticleRow.last_changed_at,
        ArticleRow.last_seen_at,
    )
    query = select(*columns).where(
        ArticleRow.site == site, ArticleRow.state == ArticleState.LIVE, ArticleRow.last_seen_at <= now - SHORTEST
    )
    found = (
        Due(article_id=row.id, canonical_url=row.canonical_url, url=row.url, since=_since(*row[3:]))
        for row in session.execute(query.execution_options(yield_per=ROWS_PER_FETCH))
    )
    overdue = (one for one in found if one.since <= now)
    return heapq.nsmallest(limit, overdue, key=lambda one: (one.since, one.article_id))


def _since(published: datetime | None, first_seen: datetime, last_changed: datetime, last_seen: datetime) -> datetime:
    edited = last_changed > first_seen
    standing = last_changed if edited or published is None else min(published, first_seen)
    return last_seen + interval(standing_since=standing, last_seen_at=last_seen)
