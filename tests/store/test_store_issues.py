"""How the days of an e-paper stand; over both databases."""

from __future__ import annotations

from datetime import date, timedelta

from store_samples import DAY, LATER, NOW, address, listed

from storage.records import Kind
from storage.store import issues, ledger
from storage.store.database import Database
from storage.store.tables import IssueState, LedgerState

NEXT_DAY = DAY + timedelta(days=1)


def _issue(session, *numbers: str, kind: Kind = Kind.ARTICLE) -> None:
    ledger.discover(
        session, [listed(number, channel="paper", kind=kind, issue_date=DAY) for number in numbers], now=NOW
    )


def _settle(session, today: date = NEXT_DAY) -> IssueState:
    return issues.settle(session, site="qsw", paper="paper", day=DAY, today=today, now=LATER)


def test_an_issue_is_complete_when_nothing_of_it_waits(database: Database) -> None:
    """Else a day would be given up with articles missing, or looked for for ever."""
    with database.begin() as session:
        issues.owe(session, "paper", DAY, now=NOW)
        _issue(session, "index", kind=Kind.ISSUE)
        _issue(session, "p1", "p2", kind=Kind.EDITION)
        _issue(session, "a1", "a2")
        for number in ("index", "p1", "p2", "a1"):
            ledger.finish(session, address(number), state=LedgerState.DONE, now=NOW)
        assert _settle(session) is IssueState.OWED
        assert issues.owed(session, "paper") == [DAY]
        assert not issues.complete(session, DAY)
        ledger.finish(session, address("a2"), state=LedgerState.FAILED, now=NOW, next_check_at=LATER)
        assert _settle(session) is IssueState.OWED
        ledger.finish(session, address("a2"), state=LedgerState.FAILED, now=NOW)
        assert _settle(session) is IssueState.COMPLETE, "what was given up does not keep a day open"
        row = issues.find(session, "paper", DAY)
        assert row is not None
        assert (row.pages, row.articles, row.index_url) == (2, 2, "http://qsw.example/index")
        assert issues.complete(session, DAY)
        assert issues.is_settled(session, "paper", DAY)
        assert issues.owed(session, "paper") == []


def test_a_day_without_an_issue_is_no_error(database: Database) -> None:
    """Else every weekend would be looked for again for years; but today's issue may still come."""
    with database.begin() as session:
        _issue(session, "index", kind=Kind.ISSUE)
        ledger.finish(session, address("index"), state=LedgerState.GONE, now=NOW)
        assert _settle(session, today=DAY) is IssueState.AWAITED
        assert issues.owed(session, "paper") == [DAY]
        assert _settle(session, today=NEXT_DAY) is IssueState.NONE
        assert issues.is_settled(session, "paper", DAY)
        assert not issues.complete(session, DAY)


def test_an_index_that_did_not_answer_leaves_its_day_owed(database: Database) -> None:
    """Else an evening's failure of the site would erase an issue."""
    with database.begin() as session:
        _issue(session, "index", kind=Kind.ISSUE)
        ledger.finish(session, address("index"), state=LedgerState.FAILED, now=NOW, next_check_at=LATER)
        assert _settle(session) is IssueState.OWED


def test_a_day_looked_for_again_is_owed_until_settled(database: Database) -> None:
    """Else a run that dies while walking a day again would leave it half walked."""
    with database.begin() as session:
        assert issues.last_day(session, "paper") is None
        assert _settle(session) is IssueState.NONE
        issues.owe(session, "paper", DAY, now=NOW)
        issues.owe(session, "paper", NEXT_DAY, now=NOW)
        issues.owe(session, "other", NEXT_DAY + timedelta(days=1), now=NOW)
        assert not issues.is_settled(session, "paper", DAY)
        assert issues.owed(session, "paper") == [DAY, NEXT_DAY]
        assert issues.last_day(session, "paper") == NEXT_DAY
        assert [row.paper for row in issues.latest(session, 2)] == ["other", "paper"]
