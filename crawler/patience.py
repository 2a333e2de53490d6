"""When an address that did not come is asked for again, and when it is given up."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from crawler.keeper import INDEX_KINDS
from storage.records import Capture
from storage.store import comebacks, ledger
from storage.store.tables import LedgerRow, LedgerState

MISSING = 404
"""Said of what was removed, and by a site in disorder of anything. 410 is said on purpose."""
# Waits before a failed URL is tried again by a later run; after the last it is given up. A site that is down for a
# night or a weekend is over by then; what still fails after four days will hardly be served again.
TRY_AGAIN_AFTER = (
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=1),
    timedelta(days=3),
)


def wait(session: Session, key: str, reason: str, moment: datetime) -> None:
    """Let a ledger row (`key`: canonical URL) wait, longer each time. `moment`: when it did not come."""
    row = ledger.find(session, key)
    tries = max(row.tries, 1) if row else 1
    if row and row.kind in INDEX_KINDS:
        tries = min(tries, len(TRY_AGAIN_AFTER))  # never given up: what an index would have led to is not known
    again = moment + TRY_AGAIN_AFTER[tries - 1] if tries <= len(TRY_AGAIN_AFTER) else None
    ledger.finish(session, key, state=LedgerState.FAILED, now=moment, next_check_at=again, error=reason)


def absent(session: Session, row: LedgerRow, capture: Capture, reason: str) -> None:
    """End the address of what was never seen there: it waits like one that failed, and is then gone."""
    if capture.status == MISSING and row.tries <= len(TRY_AGAIN_AFTER):
        wait(session, row.canonical_url, reason, capture.fetched_at)
    else:
        give_up(session, row, capture.fetched_at, reason, since=row.discovered_at)


def give_up(session: Session, row: LedgerRow, now: datetime, reason: str, *, since: datetime) -> None:
    """End the address of what is not there any more, `since` when: seldom looked at from now on."""
    look = comebacks.next_look(gone_since=since, now=now)
    ledger.finish(session, row.canonical_url, state=LedgerState.GONE, now=now, next_check_at=look, error=reason)
