"""Addresses that were given up: when they are looked at again, and how a list that names one brings it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, update
from sqlalchemy.orm import Session

from storage.store.batches import batches
from storage.store.tables import LedgerRow, LedgerState

LOOK_AGAIN_AFTER = (timedelta(days=1), timedelta(days=7), timedelta(days=30))
"""How long something has been gone when it is looked at again. Most of what comes back was never meant to go."""
LISTED_AGAIN_AFTER = timedelta(days=30)
"""How rarely a list that goes on naming what nobody looks at any more has it asked for: some links stay dead."""


def next_look(*, gone_since: datetime, now: datetime) -> datetime | None:
    """When something that is gone is to be looked at again; None: never, unless a list names it.

    >>> from datetime import UTC
    >>> since = datetime(2024, 7, 1, tzinfo=UTC)
    >>> next_look(gone_since=since, now=since + timedelta(days=2))
    datetime.datetime(2024, 7, 8, 0, 0, tzinfo=datetime.timezone.utc)
    """
    return next((since for wait in LOOK_AGAIN_AFTER if (since := gone_since + wait) > now), None)


def bring_back(session: Session, keys: Sequence[str], *, listed_at: datetime) -> None:
    """Make addresses pending that are gone or were given up as failed, where their time has come.

    Args:
        keys: Canonical URLs that a list names; those of no such row are passed over.
        listed_at: When the list was fetched.
    """
    over = or_(
        LedgerRow.state == LedgerState.GONE,
        and_(LedgerRow.state == LedgerState.FAILED, LedgerRow.next_check_at.is_(None)),
    )
    rarely = and_(LedgerRow.next_check_at.is_(None), LedgerRow.last_fetched_at <= listed_at - LISTED_AGAIN_AFTER)
    due = or_(LedgerRow.next_check_at <= listed_at, rarely)
    for some in batches(keys):
        statement = update(LedgerRow).where(LedgerRow.canonical_url.in_(some), over, due)
        session.execute(statement.values(state=LedgerState.PENDING, next_check_at=None, tries=0))
