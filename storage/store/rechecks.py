"""Which stored articles are due to be looked at again, so that edits and removals are noticed."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session

from storage.store.tables import ArticleRow, ArticleState, CaptureRow, LedgerRow, LedgerState

SHORTEST = timedelta(hours=1)
"""Most corrections are made within the first hours."""
LONGEST = timedelta(days=365)
"""What has stood for years is looked at once a year: sites lose old pages when they are moved."""
PATIENCE = 2
"""A text that has stood for a day is left alone for two: some nine looks in the first year, each one request."""
MISSING_LONGEST = timedelta(days=1)
"""A page that is missing for an unknown reason is looked for daily at least."""
ROWS_PER_FETCH = 1_000


@dataclass(frozen=True, kw_only=True)
class Due:
    """An article that should be looked at again."""

    article_id: str
    canonical_url: str
    url: str
    since: datetime
    """When it became due."""


@dataclass(frozen=True, kw_only=True)
class Absence:
    """A stored article that is not at its address any more."""

    since: datetime
    """When it was first missing, since it was last seen."""
    doubtful: bool
    """Whether this may be the site's disorder, for all that is known by now."""
    next_look: datetime
    """When to look again while it is doubtful."""


def absence(session: Session, article: ArticleRow, now: datetime) -> Absence:
    """What to make of the missing page of an article, by the captures that there are.

    It is gone when it was missing an hour before too, and any article of the site has stood since: a site that answers
    404 to everything, in one night or in many, has removed nothing.

    Args:
        now: When it was found missing; that capture has its row.
    """
    if article.gone_at is not None:
        return Absence(since=article.gone_at, doubtful=False, next_look=now + SHORTEST)
    missing = select(func.min(CaptureRow.fetched_at)).where(
        CaptureRow.canonical_url == article.canonical_url,
        CaptureRow.status.in_((404, 410)),
        CaptureRow.fetched_at.between(article.last_seen_at, now),
    )
    since = session.scalar(missing) or now
    stood = select(ArticleRow.id).where(ArticleRow.site == article.site, ArticleRow.last_seen_at >= since).limit(1)
    doubtful = now - since < SHORTEST or session.scalar(stood) is None
    return Absence(since=since, doubtful=doubtful, next_look=now + min(max(now - since, SHORTEST), MISSING_LONGEST))


def interval(*, standing_since: datetime, last_seen_at: datetime) -> timedelta:
    """How long a text is left alone that has stood unchanged from one time to another.

    >>> from datetime import UTC
    >>> at = datetime(2024, 7, 26, tzinfo=UTC)
    >>> interval(standing_since=at, last_seen_at=at + timedelta(days=3))
    datetime.timedelta(days=6)
    """
    return min(max(PATIENCE * (last_seen_at - standing_since), SHORTEST), LONGEST)


def due(session: Session, site: str, *, now: datetime, limit: int) -> list[Due]:
    """Up to `limit` articles that are due, the longest overdue first.

    A text stands since it was published or, where that is not known or the text was changed later, since it was first
    seen so. One whose address failed or was missing waits as the ledger says. An article that is gone is looked at a
    few times more (`comebacks.LOOK_AGAIN_AFTER`), then no more; what lists it again brings it back.
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
    come = LedgerRow.next_check_at <= now
    live = and_(ArticleRow.state == ArticleState.LIVE, or_(LedgerRow.next_check_at.is_(None), come))
    gone = and_(ArticleRow.state == ArticleState.GONE, LedgerRow.state == LedgerState.GONE, come)
    look_at = case((gone, LedgerRow.next_check_at)).label("look_at")
    query = (
        select(*columns, look_at)
        .outerjoin(LedgerRow, LedgerRow.canonical_url == ArticleRow.canonical_url)
        .where(ArticleRow.site == site, or_(live, gone), ArticleRow.last_seen_at <= now - SHORTEST)
    )
    found = (
        Due(article_id=row.id, canonical_url=row.canonical_url, url=row.url, since=row.look_at or _since(*row[3:7]))
        for row in session.execute(query.execution_options(yield_per=ROWS_PER_FETCH))
    )
    overdue = (one for one in found if one.since <= now)
    return heapq.nsmallest(limit, overdue, key=lambda one: (one.since, one.article_id))


def _since(published: datetime | None, first_seen: datetime, last_changed: datetime, last_seen: datetime) -> datetime:
    edited = last_changed > first_seen
    standing = last_changed if edited or published is None else min(published, first_seen)
    return last_seen + interval(standing_since=standing, last_seen_at=last_seen)
