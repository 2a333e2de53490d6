"""What the ledger knows, and what of it is to be fetched; over both databases. (Who holds it: test_store_leases.)"""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from store_samples import DAY, MINUTE, NOW, address, article, discovered, leased, listed, read

from storage.records import Kind
from storage.store import comebacks, ledger, sightings
from storage.store.database import Database
from storage.store.tables import LedgerRow, LedgerState, SightingRow
from storage.store.types import MAX_ADDRESS_BYTES


def test_a_discovered_url_waits_to_be_fetched(database: Database) -> None:
    """Law 1: what a list page showed must not be lost with the process."""
    assert discovered(database, listed(1), listed(2)) == ledger.Discovered(new=2, unknown_here=2)
    with database.read() as session:
        row = ledger.find(session, address(1))
        assert row is not None
        assert (row.state, row.kind, row.channel, row.found_on) == (
            LedgerState.PENDING,
            Kind.ARTICLE,
            "news",
            "http://qsw.example/list",
        )
        assert ledger.due_count(session, "qsw", NOW) == 2
        assert ledger.due_count(session, "elsewhere", NOW) == 0


def test_a_known_url_is_not_new_again(database: Database) -> None:
    """Else every list page would have all its articles fetched again."""
    discovered(database, listed(1))
    with database.begin() as session:
        ledger.finish(session, address(1), state=LedgerState.DONE, now=NOW)
    assert discovered(database, listed(1)) == ledger.Discovered(new=0, unknown_here=0)
    with database.read() as session:
        assert ledger.due_count(session, "qsw", NOW) == 0


def test_two_addresses_of_one_page_are_one_row(database: Database) -> None:
    """Else one page would be fetched at each of its addresses."""
    twice = replace(listed(1), url="http://other.qsw.example/1")
    assert discovered(database, listed(1), twice).new == 1


def test_a_channel_that_lists_a_known_article_first_now_walks_on(database: Database) -> None:
    """Else a second channel's pagination would end on its first page."""
    discovered(database, listed(1))
    assert discovered(database, listed(1, channel="sport")) == ledger.Discovered(new=0, unknown_here=1)
    assert discovered(database, listed(1, channel="sport")) == ledger.Discovered(new=0, unknown_here=0)


def test_a_list_page_is_unknown_only_while_it_is_new(database: Database) -> None:
    """Else section links, which have no sightings, would keep a walk going for ever."""
    assert discovered(database, listed("list2", kind=Kind.LISTING)).unknown_here == 1
    assert discovered(database, listed("list2", kind=Kind.LISTING)).unknown_here == 0


def test_an_article_on_two_print_pages_is_seen_on_both(database: Database) -> None:
    """Else a merged page would hide where an article stood."""
    front = listed(1, issue_date=DAY, label="01", page_name="要闻")
    inside = listed(1, issue_date=DAY, label="04-05", page_name="专题")
    assert discovered(database, front, inside) == ledger.Discovered(new=1, unknown_here=1)
    with database.read() as session:
        rows = session.scalars(select(SightingRow).order_by(SightingRow.place)).all()
        assert [(row.place, row.label, row.page_name, row.day) for row in rows] == [
            ("news 2024-07-26 01", "01", "要闻", DAY),
            ("news 2024-07-26 04-05", "04-05", "专题", DAY),
        ]


def test_a_new_sighting_of_a_stored_article_is_linked_to_it(database: Database) -> None:
    """Else an article would not know the columns it is listed in."""
    discovered(database, listed(1))
    with database.begin() as session:
        _, article_id, _ = read(session, article(1), 1, channel="news", column="要闻")
    discovered(database, listed(1, channel="sport"))
    with database.read() as session:
        places = {row.place for row in sightings.of_article(session, article_id)}
    assert places == {"news", "sport", "http://qsw.example/1"}


def test_what_is_done_comes_back_only_when_its_check_is_due(database: Database) -> None:
    """Else nothing would be checked for edits, or everything all the time."""
    discovered(database, *(listed(number) for number in range(4)))
    with database.begin() as session:
        later = NOW + MINUTE
        ledger.finish(session, address(0), state=LedgerState.DONE, now=NOW)
        ledger.finish(session, address(1), state=LedgerState.DONE, now=NOW, next_check_at=later)
        ledger.finish(session, address(2), state=LedgerState.FAILED, now=NOW, next_check_at=later, error="500")
        ledger.finish(session, address(3), state=LedgerState.GONE, now=NOW, next_check_at=later)
    assert leased(database) == []
    assert leased(database, now=NOW + MINUTE) == ["1", "2"]


def test_a_pending_row_waits_for_its_time(database: Database) -> None:
    """Else a page that asked for patience would be fetched again at once."""
    discovered(database, listed(1))
    with database.begin() as session:
        ledger.finish(session, address(1), state=LedgerState.PENDING, now=NOW, next_check_at=NOW + MINUTE)
    assert leased(database) == []
    assert leased(database, now=NOW + MINUTE) == ["1"]


def test_tries_count_until_one_succeeds(database: Database) -> None:
    """Else a page that kills its worker each time would be tried for ever."""
    discovered(database, listed(1))
    for expected, state in ((1, LedgerState.FAILED), (2, LedgerState.DONE), (1, LedgerState.DONE)):
        with database.begin() as session:
            (task,) = ledger.lease(session, site="qsw", owner="a", limit=1, now=NOW, lease_seconds=60)
            assert task.tries == expected
            ledger.finish(session, address(1), state=state, now=NOW, next_check_at=NOW)


def test_a_304_keeps_what_the_next_condition_needs(database: Database) -> None:
    """Else every second check would fetch the whole page."""
    discovered(database, listed(1))
    with database.begin() as session:
        ledger.finish(session, address(1), state=LedgerState.DONE, now=NOW, etag='"x"', last_modified="Fri", error="e")
        assert ledger.finish(session, address(1), state=LedgerState.DONE, now=NOW + MINUTE)
        row = ledger.find(session, address(1))
        assert row is not None
        session.refresh(row)
        assert (row.etag, row.last_modified, row.last_fetched_at, row.error) == ('"x"', "Fri", NOW + MINUTE, None)
        assert not ledger.finish(session, address("unknown"), state=LedgerState.DONE, now=NOW)


def test_renewed_rows_are_due_again(database: Database) -> None:
    """Else a list page would be fetched once in its life."""
    discovered(database, listed(1), listed(2))
    leased(database, "a", limit=1)
    with database.begin() as session:
        ledger.finish(session, address(2), state=LedgerState.GONE, now=NOW, etag='"x"')
        moved = replace(listed(2, channel="sport", issue_date=DAY), url="http://moved.qsw.example/2")
        assert ledger.renew(session, [listed(1), moved, listed(3)], now=NOW) == 2
    with database.begin() as session:
        tasks = ledger.lease(session, site="qsw", owner="b", limit=9, now=NOW, lease_seconds=60, channels=["sport"])
        assert [(task.url, task.etag, task.context.issue_date) for task in tasks] == [
            ("http://moved.qsw.example/2", '"x"', DAY)
        ]
    assert leased(database, "c") == ["3"]


def test_workers_that_discover_the_same_at_once_add_it_once(database: Database) -> None:
    """Else two runs over one list page break each other's transaction."""
    found: list[int] = []

    def _work(order: int) -> None:
        found.append(discovered(database, *(listed(number) for number in range(60)[::order])).new)

    threads = [threading.Thread(target=_work, args=(order,)) for order in (1, -1, 1, -1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(found) == 60


def test_hostile_addresses_are_kept_and_found_again(database: Database) -> None:
    """Else a link of 100 kB, or one with a NUL, would end the run on PostgreSQL."""
    long = [replace(listed(), url="http://x/" + tail, canonical_url="https://x/" + tail) for tail in _TAILS]
    assert discovered(database, *long) == ledger.Discovered(new=len(_TAILS), unknown_here=len(_TAILS))
    assert discovered(database, *long) == ledger.Discovered(new=0, unknown_here=0)
    with database.begin() as session:
        tasks = ledger.lease(session, site="qsw", owner="a", limit=9, now=NOW, lease_seconds=60)
        assert len(tasks[0].url) == len(long[0].url)
        assert ledger.find(session, long[1].canonical_url) is not None
        assert all(ledger.finish(session, one.canonical_url, state=LedgerState.DONE, now=NOW) for one in long)


def _noise(seed: int) -> str:
    """A tail that no compression makes short."""
    return "".join(chr(0x4E00 + (number * seed * 7919) % 20_000) for number in range(30_000))


_TAILS = [_noise(1), _noise(3), "a\x00b", "c\ud800d", "x" * MAX_ADDRESS_BYTES]


def test_ledger_rows_order_by_discovery(database: Database) -> None:
    """Else the oldest page of a long list would not be fetched first."""
    discovered(database, *(listed(number) for number in range(300, 0, -1)))
    with database.read() as session:
        urls = session.scalars(select(LedgerRow.canonical_url).order_by(LedgerRow.id)).all()
    assert urls == [address(number) for number in range(300, 0, -1)]


@pytest.mark.parametrize("state", [LedgerState.GONE, LedgerState.FAILED])
def test_what_was_given_up_comes_back_when_a_list_names_it(database: Database, state: LedgerState) -> None:
    """One bad day of the site must not lose a page for ever, nor may a dead link be asked for at every visit."""
    discovered(database, listed(1))
    again = None if state is LedgerState.FAILED else NOW + timedelta(days=1)
    wait = timedelta(days=30) if again is None else timedelta(days=1)
    with database.begin() as session:
        ledger.finish(session, address(1), state=state, now=NOW, next_check_at=again)
        for at, due in ((NOW + wait - MINUTE, 0), (NOW + wait, 1)):
            found = ledger.discover(session, [listed(1)], now=at)
            assert (found.new, ledger.due_count(session, "qsw", at)) == (0, due)


def test_what_is_gone_is_looked_at_ever_more_rarely() -> None:
    """After a day, a week and a month nobody looks any more of himself."""
    looks = [at := NOW]
    while at := comebacks.next_look(gone_since=NOW, now=at):
        looks.append(at)
    assert [look - NOW for look in looks[1:]] == [timedelta(days=1), timedelta(days=7), timedelta(days=30)]
