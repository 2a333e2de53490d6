"""Pages that were fetched and could not be read as articles; they wait to be parsed again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from storage.records import Reason, Rejection
from storage.store.locks import exclusive
from storage.store.tables import RejectedRow

# Asked for every page that could be read, and so made once.
_OPEN_OF = select(RejectedRow).where(
    RejectedRow.canonical_url == bindparam("canonical_url"), RejectedRow.resolved_at.is_(None)
)


def add(session: Session, rejection: Rejection, *, canonical_url: str, capture_id: int, at: datetime) -> int:
    """Note that a capture could not be read; the row's id. A page has one open row: a newer capture moves it.

    A capture that is read again after a later one was, takes no row of its own: what became of the page is known.

    Args:
        at: When the capture was fetched.
    """
    exclusive(session)
    of_page = select(RejectedRow).where(RejectedRow.canonical_url == canonical_url)
    later = session.scalar(of_page.where(RejectedRow.rejected_at >= at).order_by(RejectedRow.rejected_at).limit(1))
    if later is not None and later.capture_id != capture_id:
        return later.id
    row = later or session.scalar(_OPEN_OF, {"canonical_url": canonical_url})
    if row is None:
        row = RejectedRow(canonical_url=canonical_url)
        session.add(row)
    row.capture_id, row.url, row.rejected_at = capture_id, rejection.url, at
    row.reason, row.detail = Reason(rejection.reason), rejection.detail
    session.flush()
    return row.id


def resolve(session: Session, canonical_url: str, *, at: datetime) -> bool:
    """Close the open row of a page that a capture fetched `at` could be read from; whether there was one.

    A row of a later capture stays open: that the page could be read before says nothing of it now.
    """
    row = session.scalar(_OPEN_OF, {"canonical_url": canonical_url})
    if row is None or row.rejected_at > at:
        return False
    row.resolved_at = at
    session.flush()
    return True


def waiting(
    session: Session, *, reason: Reason | None = None, after_id: int = 0, limit: int | None = None
) -> Sequence[RejectedRow]:
    """Open rows behind `after_id`, in row order."""
    query = _open().where(RejectedRow.id > after_id).order_by(RejectedRow.id).limit(limit)
    return session.scalars(query if reason is None else query.where(RejectedRow.reason == reason)).all()


def counts(session: Session) -> dict[Reason, int]:
    """Reason → number of open rows, the most frequent first."""
    query = (
        select(RejectedRow.reason, func.count())
        .where(RejectedRow.resolved_at.is_(None))
        .group_by(RejectedRow.reason)
        .order_by(func.count().desc(), RejectedRow.reason)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _open() -> Select[RejectedRow]:
    return select(RejectedRow).where(RejectedRow.resolved_at.is_(None))
