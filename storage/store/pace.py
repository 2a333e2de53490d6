"""When a site may be asked next: one delay per site, shared by all workers through the database."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from storage.store.clock import shared_moment
from storage.store.locks import exclusive
from storage.store.tables import PaceRow

QUEUE_SLOTS = 100
"""A next free moment further ahead than this many delays (and `CLOCK_SLACK_SECONDS`) is no queue of workers: the clock
was set back. It is forgotten, or a site would not be asked for hours."""

CLOCK_SLACK_SECONDS = 60

LONGEST_PAUSE_SECONDS = 86_400
"""A site that asks for a longer pause (Retry-After) is asked again after a day."""


def reserve(session: Session, site: str, delay_seconds: float, now: datetime | None = None) -> float:
    """Take the next free moment for one request to a site.

    Commit before waiting: the moment is this caller's, the next one gets a later one.

    Args:
        now: To the fraction of a second; None: by the clock that all share.

    Returns:
        Seconds to wait from `now`; 0 for at once.
    """
    now = now or shared_moment(session)
    exclusive(session, f"pace:{site}")
    row = session.get(PaceRow, site, populate_existing=True)  # as it is now that nobody else may change it
    if row is None:
        row = PaceRow(site=site, next_at=now)
        session.add(row)
    delay = timedelta(seconds=delay_seconds)
    if row.slow_until is not None and row.slow_until - now > timedelta(seconds=LONGEST_PAUSE_SECONDS):
        row.slow_until = None
    if row.next_at - now > QUEUE_SLOTS * delay + timedelta(seconds=CLOCK_SLACK_SECONDS) + _pause(row, now):
        row.next_at = now
    moment = max(filter(None, (now, row.next_at, row.slow_until)))
    row.next_at = moment + delay
    session.flush()
    return (moment - now).total_seconds()


def let_go(session: Session, site: str, delay_seconds: float, now: datetime | None = None) -> float:
    """Let one request go whose moment has come, unless another one left a moment ago: of two workers who wake up, one
    late and one in time, the second waits again.

    Args:
        now: To the fraction of a second; None: by the clock that all share, read when all others are through.

    Returns:
        Seconds to wait before asking again; 0: the request must go at once.
    """
    exclusive(session, f"pace:{site}")
    now = now or shared_moment(session)
    row = session.get(PaceRow, site, populate_existing=True)  # as it is now that nobody else may change it
    if row is None:
        row = PaceRow(site=site, next_at=now)
        session.add(row)
    early = (row.sent_at + timedelta(seconds=delay_seconds) - now).total_seconds() if row.sent_at else 0.0
    if 0 < early <= delay_seconds:  # else the clock was set back since
        return early
    row.sent_at = now
    session.flush()
    return 0.0


def paused(session: Session, site: str, now: datetime | None = None) -> float:
    """Seconds for which a site wants to be left alone; 0 where it does not."""
    row = session.get(PaceRow, site)
    left = _pause(row, now or shared_moment(session)).total_seconds() if row else 0.0
    return left if left <= LONGEST_PAUSE_SECONDS else 0.0


def slow_down(session: Session, site: str, seconds: float, *, now: datetime | None = None, reason: str = "") -> None:
    """Let nobody ask a site for so many seconds (429, 503, Retry-After); at most `LONGEST_PAUSE_SECONDS`.

    A pause already longer than that stays.
    """
    now = now or shared_moment(session)
    exclusive(session, f"pace:{site}")
    row = session.get(PaceRow, site, populate_existing=True)  # as it is now that nobody else may change it
    if row is None:
        row = PaceRow(site=site, next_at=now)
        session.add(row)
    until = now + timedelta(seconds=min(seconds, LONGEST_PAUSE_SECONDS))
    if row.slow_until is None or row.slow_until < until:
        row.slow_until, row.reason = until, reason
    session.flush()


def _pause(row: PaceRow, now: datetime) -> timedelta:
    """How much of the wait a pause explains."""
    return max(row.slow_until - now, timedelta()) if row.slow_until else timedelta()
