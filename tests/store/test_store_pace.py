"""One pace for a site, whoever asks it; over both databases."""

from __future__ import annotations

import threading
from datetime import timedelta

from store_samples import LATER, MINUTE, NOW

from storage.store import pace
from storage.store.database import Database


def test_each_request_gets_a_moment_of_its_own(database: Database) -> None:
    """Law 9: one delay per site, however many ask."""
    with database.begin() as session:
        waits = [pace.reserve(session, "qsw", 1.2, NOW) for _ in range(3)]
        assert waits == [0, 1.2, 2.4]
        assert pace.reserve(session, "other", 1.2, NOW) == 0
        assert pace.reserve(session, "qsw", 1.2, LATER) == 0


def test_workers_share_one_pace(database: Database) -> None:
    """Law 9: N workers must not ask N times as fast."""
    waits: list[float] = []

    def _work() -> None:
        for _ in range(5):
            with database.begin() as session:
                waits.append(pace.reserve(session, "qsw", 0.5, NOW))

    threads = [threading.Thread(target=_work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(waits) == [number * 0.5 for number in range(20)]


def test_who_wakes_up_late_makes_the_next_one_wait(database: Database) -> None:
    """Law 9: else of two workers that wake up, one late and one in time, two requests would leave at once."""
    half = timedelta(seconds=0.5)
    with database.begin() as session:
        pace.reserve(session, "qsw", 1, NOW)
        pace.reserve(session, "qsw", 1, NOW)
        assert pace.let_go(session, "qsw", 1, NOW + half) == 0
        assert pace.let_go(session, "qsw", 1, NOW + 2 * half) == 0.5
        assert pace.let_go(session, "qsw", 1, NOW + 3 * half) == 0
        assert pace.let_go(session, "other", 1, NOW) == 0
        assert pace.let_go(session, "qsw", 1, NOW - MINUTE) == 0, "the clock was set back"


def test_a_site_that_asks_for_a_pause_gets_it(database: Database) -> None:
    """Law 9: Retry-After is obeyed by all workers, and a shorter one does not shorten it."""
    with database.begin() as session:
        pace.slow_down(session, "qsw", 60, now=NOW, reason="Retry-After 60")
        pace.slow_down(session, "qsw", 30, now=NOW)
        assert [pace.reserve(session, "qsw", 1, NOW) for _ in range(2)] == [60, 61]
        pace.slow_down(session, "qsw", 9 * 86_400, now=NOW)
        assert pace.reserve(session, "qsw", 1, NOW) == pace.LONGEST_PAUSE_SECONDS


def test_a_clock_set_back_does_not_silence_a_site(database: Database) -> None:
    """Else a machine whose clock was a year ahead for a minute would not crawl for a year."""
    year = timedelta(days=365)
    with database.begin() as session:
        pace.reserve(session, "qsw", 1, NOW + year)
        pace.slow_down(session, "qsw", 60, now=NOW + year)
        assert pace.reserve(session, "qsw", 1, NOW) == 0
        assert pace.reserve(session, "qsw", 1, NOW) == 1


def test_a_long_queue_of_workers_is_not_taken_for_a_clock_set_back(database: Database) -> None:
    """Else, just when many workers wait, one of them would jump the queue."""
    with database.begin() as session:
        waits = [pace.reserve(session, "qsw", 10, NOW) for _ in range(50)]
        pace.slow_down(session, "qsw", 7_200, now=NOW)
        waits += [pace.reserve(session, "qsw", 10, NOW) for _ in range(3)]
    assert waits == [number * 10 for number in range(50)] + [7200, 7210, 7220]
