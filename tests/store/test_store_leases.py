"""Leases of ledger rows: who holds what, and when it comes back; over both databases."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import text
from store_samples import DAY, MINUTE, NOW, address, discovered, leased, listed

from storage.records import Kind
from storage.store import ledger
from storage.store.database import Database
from storage.store.tables import LedgerState


def test_rows_are_leased_in_the_order_they_were_found_and_only_once(database: Database) -> None:
    """Else two workers would fetch the same page, or old pages would starve."""
    discovered(database, *(listed(number) for number in (3, 1, 2)))
    assert leased(database, "a", limit=2) == ["3", "1"]
    assert leased(database, "b") == ["2"]
    assert leased(database, "c") == []


def test_a_task_carries_all_that_was_known(database: Database) -> None:
    """Else the archive's context record would be poorer than what the list page said."""
    candidate = listed(1, issue_date=DAY, label="01", listed_day=DAY, link_text="木栈道")
    discovered(database, candidate)
    with database.begin() as session:
        ledger.finish(session, address(1), state=LedgerState.PENDING, now=NOW, etag='"x"', last_modified="Fri")
        (task,) = ledger.lease(session, site="qsw", owner="a", limit=1, now=NOW, lease_seconds=60)
    assert (task.context, task.tries, task.etag, task.last_modified) == (candidate.context, 1, '"x"', "Fri")


def test_a_lease_that_ran_out_is_anybodys(database: Database) -> None:
    """Else a page held by a killed worker would never be fetched."""
    discovered(database, listed(1))
    assert leased(database, "a") == ["1"]
    assert leased(database, "b", now=NOW + timedelta(seconds=59)) == []
    assert leased(database, "b", now=NOW + timedelta(seconds=60)) == ["1"]


def test_an_extended_lease_is_kept(database: Database) -> None:
    """Else a worker that waits for a slow site loses what it holds."""
    discovered(database, listed(1))
    leased(database, "a")
    with database.begin() as session:
        assert ledger.extend(session, "a", now=NOW + MINUTE, lease_seconds=60) == 1
    assert leased(database, "b", now=NOW + MINUTE) == []


def test_released_rows_are_as_if_never_taken(database: Database) -> None:
    """Else a run that is stopped in order costs its pages a try."""
    discovered(database, listed(1), listed(2))
    leased(database, "a", limit=1)
    with database.begin() as session:
        assert ledger.release(session, "a") == 1
    with database.begin() as session:
        tasks = ledger.lease(session, site="qsw", owner="b", limit=9, now=NOW, lease_seconds=60)
    assert [(task.canonical_url, task.tries) for task in tasks] == [(address(1), 1), (address(2), 1)]


def test_what_a_clock_that_was_ahead_put_off_is_due(database: Database) -> None:
    """Else a page that failed while the clock was a year ahead would wait for a year."""
    discovered(database, listed(1))
    ahead = NOW + timedelta(days=365)
    leased(database, "a", now=ahead)
    with database.begin() as session:
        ledger.finish(session, address(1), state=LedgerState.FAILED, now=ahead, next_check_at=ahead + MINUTE)
    assert leased(database, "b") == ["1"]


def test_only_what_was_asked_for_is_leased(database: Database) -> None:
    """Else the e-paper's spider would fetch the website's pages."""
    discovered(
        database,
        listed(1),
        listed(2, channel="sport"),
        listed(3, kind=Kind.LISTING),
    )
    assert leased(database, channels=["sport"]) == ["2"]
    assert leased(database, kinds=[Kind.LISTING]) == ["3"]
    assert leased(database, urls=[address(9)]) == []
    assert leased(database, urls=[address(1)]) == ["1"]


def test_workers_that_lease_at_once_share_the_rows(database: Database) -> None:
    """Else N workers would fetch every page N times."""
    discovered(database, *(listed(number) for number in range(40)))
    taken: list[str] = []

    def _work(owner: str) -> None:
        while some := leased(database, owner, limit=3):
            taken.extend(some)

    threads = [threading.Thread(target=_work, args=(f"w{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken, key=int) == [str(number) for number in range(40)]


def test_a_lease_that_is_not_committed_yet_holds_nobody_up(
    postgres_url: str, open_database: Callable[[str], Database]
) -> None:
    """Else all workers would wait for the slowest of them; SQLite has one that writes at a time anyway."""
    one, other = open_database(postgres_url), open_database(postgres_url)
    discovered(one, *(listed(number) for number in range(3)))
    with one.begin() as first, other.begin() as second:
        second.execute(text("SET LOCAL lock_timeout = '2s'"))
        assert len(ledger.lease(first, site="qsw", owner="a", limit=2, now=NOW, lease_seconds=60)) == 2
        [task] = ledger.lease(second, site="qsw", owner="b", limit=2, now=NOW, lease_seconds=60)
    assert task.canonical_url == address(2)


def test_more_addresses_than_a_statement_takes(database: Database) -> None:
    """Whoever asks for a hundred thousand pages must get them: PostgreSQL takes 65,535 parameters in one statement."""
    discovered(database, *(listed(number) for number in (1, 2, 3, 69_000)))
    wanted = [address(number) for number in range(2, 70_000)]
    assert leased(database, limit=2, urls=wanted) == ["2", "3"]
    assert leased(database, urls=wanted) == ["69000"]
