"""Finding the one article a person means: by id, by the beginning of its id, or by any of its addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.errors import Missing, NotFound
from storage.store import articles
from storage.store.tables import ArticleRow, SightingRow

SHORTEST_PREFIX = 3
"""A shorter beginning is a slip of the finger: one in some thousand ids begins with three given characters."""
MOST_NAMED = 5
"""Articles named where a beginning fits several."""
SHOWN_BY = "`xha search` shows ids"
"""What to do about an id that is none."""

_ID = re.compile(r"[0-9a-z]+", re.I)


def find_article(session: Session, wanted: str, canonical_url: str | None = None) -> ArticleRow:
    """The article that `wanted` means.

    Args:
        wanted: An id, the beginning of one (three characters or more), or an address.
        canonical_url: Where `wanted` is an address: its canonical form.

    Raises:
        NotFound: there is none, or several begin so; says which.
    """
    wanted = wanted.strip()
    if canonical_url is not None:
        row = articles.by_url(session, canonical_url) or _by_sighting(session, wanted)
        if row is None:
            raise NotFound(f"no article of the archive was seen at {wanted}; `xha fetch {wanted}` would fetch it")
        return row
    return _by_id(session, wanted)


def _by_id(session: Session, wanted: str) -> ArticleRow:
    row = articles.by_id(session, wanted.lower())
    if row is not None:
        return row
    if not _ID.fullmatch(wanted):
        raise NotFound(Missing.ID, SHOWN_BY, text=wanted)
    if len(wanted) < SHORTEST_PREFIX:
        raise NotFound(Missing.PREFIX_TOO_SHORT, text=wanted, least=SHORTEST_PREFIX)
    found = articles.by_prefix(session, wanted, limit=MOST_NAMED + 1)
    if len(found) > 1:
        raise NotFound(Missing.PREFIX_OF_SEVERAL, text=wanted, known=_named(found))
    if not found:
        raise NotFound(Missing.PREFIX, SHOWN_BY, text=wanted)
    return found[0]


def _named(rows: Sequence[ArticleRow]) -> str:
    named = ", ".join(f"{row.id} ({row.title[:12]})" for row in rows[:MOST_NAMED])
    return named + (", …" if len(rows) > MOST_NAMED else "")


def _by_sighting(session: Session, url: str) -> ArticleRow | None:
    """An address exactly as it was found on a page; the profile that made its canonical form may have changed."""
    query = select(ArticleRow).join(SightingRow, SightingRow.article_id == ArticleRow.id)
    return session.scalar(query.where(SightingRow.url == url).order_by(ArticleRow.id).limit(1))
