"""E-paper issues, day by day: complete, still owed, still awaited, or never printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session

from storage.records import Kind
from storage.store.tables import IssueRow, IssueState, LedgerRow, LedgerState

NO_ARTICLES = "its pages list no articles"
SETTLED = (IssueState.COMPLETE, IssueState.NONE)
"""States in which a day is not looked for again."""


@dataclass(frozen=True, kw_only=True)
class Walked:
    """What the ledger holds of one day's issue."""

    pages: int
    articles: int
    open: int
    """Addresses of it that are still to be fetched; once articles are found, no failed one on the way to them."""
    index_url: str | None
    """The address that led into it; None where none did."""


def owe(session: Session, paper: str, day: date, *, now: datetime) -> None:
    """Note that a day's issue is being looked for. Until it is settled it stays owed, whatever happens to the run."""
    row = _take(session, paper, day)
    row.state, row.checked_at = IssueState.OWED, now
    session.flush()


def settle(
    session: Session,
    *,
    site: str,
    paper: str,
    day: date,
    today: date,
    now: datetime,
    generation: str | None = None,
    note: str = "",
) -> IssueState:
    """Write down how a day stands after it was walked, by what the ledger holds of it.

    Complete: articles were found and none of its addresses waits to be fetched. Owed: some do. Awaited: no article was
    found, and the day is today. None: nothing was found and nothing waits, and the day is over. Pages that list no
    articles are an issue all the same once the day is over, and a note says so.

    Args:
        today: The calendar day in the site's zone.
    """
    found = walked(session, site, paper, day)
    row = _take(session, paper, day)
    row.state = _state(found, day, today)
    textual = found.pages and not found.articles
    row.checked_at, row.note, row.index_url = now, note or (NO_ARTICLES if textual else ""), found.index_url
    row.generation = generation or row.generation
    row.pages, row.articles = found.pages or None, found.articles or None
    session.flush()
    return row.state


def walked(session: Session, site: str, paper: str, day: date) -> Walked:
    """What the ledger holds of one day's issue."""
    begun = LedgerRow.state.in_((LedgerState.PENDING, LedgerState.LEASED))
    failed = and_(LedgerRow.state == LedgerState.FAILED, LedgerRow.next_check_at.is_not(None))
    # A page under no 版次 was not listed: an index refreshes to it.
    on_the_way = or_(LedgerRow.kind == Kind.ISSUE, LedgerRow.context["label"].as_string().is_(None))
    leads = and_(LedgerRow.kind.in_((Kind.ISSUE, Kind.EDITION)), LedgerRow.state == LedgerState.DONE)
    of_day = (LedgerRow.site == site, LedgerRow.channel == paper, LedgerRow.issue_day == day)
    counted = select(
        func.count(case((LedgerRow.kind == Kind.EDITION, 1))),
        func.count(case((LedgerRow.kind == Kind.ARTICLE, 1))),
        func.count(case((or_(begun, failed), 1))),
        func.count(case((and_(failed, LedgerRow.kind != Kind.ARTICLE, on_the_way), 1))),
    ).where(*of_day)
    pages, articles, waiting, no_index = session.execute(counted).one()
    first = (LedgerRow.kind != Kind.ISSUE, LedgerRow.id)  # a re-parse meets a page before the index that led to it
    index = session.scalar(select(LedgerRow.url).where(*of_day, leads).order_by(*first).limit(1))
    # An index that could not be asked matters only while no other has led to the issue.
    return Walked(pages=pages, articles=articles, open=waiting - no_index if articles else waiting, index_url=index)


def find(session: Session, paper: str, day: date) -> IssueRow | None:
    """The row of a day."""
    return session.scalar(select(IssueRow).where(IssueRow.paper == paper, IssueRow.day == day))


def is_settled(session: Session, paper: str, day: date) -> bool:
    """Whether a day needs no more looking for: its issue is complete, or there was none."""
    row = find(session, paper, day)
    return row is not None and row.state in SETTLED


def owed(session: Session, paper: str) -> list[date]:
    """Days still to be looked for, oldest first."""
    query = select(IssueRow.day).where(IssueRow.paper == paper, IssueRow.state.not_in(SETTLED))
    return list(session.scalars(query.order_by(IssueRow.day)))


def unsettled(session: Session) -> list[date]:
    """Days of any paper still to be looked for, oldest first."""
    query = select(IssueRow.day).where(IssueRow.state.not_in(SETTLED)).distinct()
    return list(session.scalars(query.order_by(IssueRow.day)))


def waiting(session: Session, paper: str, now: datetime) -> set[date]:
    """Days of which an address failed and is due again only later: the ledger brings them back by itself."""
    later = (LedgerRow.state == LedgerState.FAILED, LedgerRow.next_check_at > now)
    query = select(LedgerRow.issue_day).where(LedgerRow.channel == paper, *later).distinct()
    return {day for day in session.scalars(query) if day}


def last_day(session: Session, paper: str) -> date | None:
    """The latest day that was ever looked for; None before the first run."""
    return session.scalar(select(func.max(IssueRow.day)).where(IssueRow.paper == paper))


def complete(session: Session, day: date) -> bool:
    """Whether a day's issue is in: of every paper that was looked for that day, and of one at least."""
    states = session.scalars(select(IssueRow.state).where(IssueRow.day == day)).all()
    return bool(states) and all(state is IssueState.COMPLETE for state in states)


def latest(session: Session, limit: int = 60) -> Sequence[IssueRow]:
    """The newest days first."""
    return session.scalars(select(IssueRow).order_by(IssueRow.day.desc(), IssueRow.paper).limit(limit)).all()


def _take(session: Session, paper: str, day: date) -> IssueRow:
    """The row of a day, made where it is missing."""
    row = find(session, paper, day)
    if row is None:
        row = IssueRow(paper=paper, day=day)
        session.add(row)
    return row


def _state(found: Walked, day: date, today: date) -> IssueState:
    if found.articles:
        return IssueState.OWED if found.open else IssueState.COMPLETE
    if day >= today:
        return IssueState.AWAITED
    if found.open:
        return IssueState.OWED
    return IssueState.COMPLETE if found.pages else IssueState.NONE
