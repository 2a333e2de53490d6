"""Runs, the timetable's rows, e-paper issues and pace; over both databases."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from datetime import date, timedelta

import pytest
from sqlalchemy import text
from store_samples import DAY, MINUTE, NOW, address, capture, keep, listed

from storage.errors import NotFound
from storage.records import Kind, Outcome
from storage.store import issues, ledger, outcomes, pace, runs, timetable
from storage.store.database import Database
from storage.store.tables import IssueState, LedgerState, PlannedOutcome, RunRow, RunState

LATER = NOW + MINUTE
NEXT_DAY = DAY + timedelta(days=1)


def _start(session, spider: str = "columns") -> int:
    return runs.start(session, site="qsw", spider=spider, arguments={"since": "2024-07-26"}, now=NOW)


def _row(session, run_id: int) -> RunRow:
    row = runs.by_id(session, run_id)
    assert row is not None
    return row


def test_a_run_is_a_row_with_its_counts(database: Database) -> None:
    """Else nobody can tell what a night's crawl did."""
    with database.begin() as session:
        run_id = _start(session)
        kept = keep(session, capture(run_id=run_id))
        outcomes.record(session, run_id=run_id, outcome=Outcome.INDEX, url=kept.url, now=NOW, capture_id=kept.id)
        row = _row(session, run_id)
        assert (row.state, row.pid, row.finished_at, row.arguments) == (
            RunState.RUNNING,
            os.getpid(),
            None,
            {"since": "2024-07-26"},
        )
        runs.finish(session, run_id, state="finished", why="all done", now=LATER)
        assert (row.state, row.why, row.finished_at, row.counts) == (
            RunState.FINISHED,
            "all done",
            LATER,
            {"index": 1},
        )
        counted = session.execute(text("SELECT run_id, spider, state, outcome, number FROM run_counts")).all()
        assert list(map(tuple, counted)) == [(run_id, "columns", "finished", "index", 1)]
        with pytest.raises(NotFound, match="999"):
            runs.finish(session, 999, state="finished", now=LATER)


def test_notes_are_kept_once_and_bounded(database: Database) -> None:
    """Else a channel that falls back on each of its pages would say so a thousand times."""
    with database.begin() as session:
        run_id = _start(session)
        for sentence in ["fell back", "no links", "fell back", *map(str, range(2 * runs.MOST_NOTES))]:
            runs.note(session, run_id, sentence)
    with database.read() as session:
        said = runs.notes(session, run_id)
    assert said[:3] == ["fell back", "no links", "0"]
    assert len(said) == runs.MOST_NOTES


def test_runs_are_listed_newest_first(database: Database) -> None:
    """Else the run somebody asks about stands at the end of a long list."""
    with database.begin() as session:
        one, two, three = _start(session), _start(session, "epaper"), _start(session)
        assert [row.id for row in runs.latest(session, 2)] == [three, two]
        assert [row.id for row in runs.latest(session, spiders=["columns"])] == [three, one]


def test_a_living_run_is_left_alone(database: Database) -> None:
    """Else a second crawl would take the first one's pages away."""
    with database.begin() as session:
        run_id = _start(session)
        assert runs.interrupt_stale(session, now=LATER) == []
        assert runs.heartbeat(session, run_id, now=LATER)
        assert _row(session, run_id).heartbeat_at == LATER


def test_a_run_whose_process_died_is_interrupted_and_gives_back_its_leases(database: Database) -> None:
    """Else what a killed worker held would wait for its lease to end, and its run would run for ever."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    with database.begin() as session:
        ledger.discover(session, [listed(1), listed(2)], now=NOW)
        dead, alive = _start(session), _start(session)
        _row(session, dead).pid = process.pid
        session.flush()
        for run_id in (dead, alive):
            owner = runs.owner_of(_row(session, run_id))
            ledger.lease(session, site="qsw", owner=owner, limit=1, now=NOW, lease_seconds=600)
        assert runs.interrupt_stale(session, now=LATER) == [dead]
        row = _row(session, dead)
        assert (row.state, row.finished_at) == (RunState.INTERRUPTED, LATER)
        assert "died" in row.why
        again = ledger.lease(session, site="qsw", owner="me", limit=9, now=LATER, lease_seconds=60)
        assert [task.canonical_url for task in again] == [address(1)]
        assert not runs.heartbeat(session, dead, now=LATER)


def test_another_process_with_the_same_number_is_another(database: Database) -> None:
    """Else a restarted container, where numbers start again, would take its dead run for itself."""
    with database.begin() as session:
        run_id = _start(session)
        row = _row(session, run_id)
        if row.pid_born is None:
            pytest.skip("this system has no /proc that tells when a process began")
        row.pid_born = "1"
        assert runs.interrupt_stale(session, now=LATER) == [run_id]


def test_a_silent_run_on_another_machine_is_interrupted_in_time(database: Database) -> None:
    """Else a run whose machine is gone would run for ever; nobody here can look for its process."""
    silence = timedelta(seconds=runs.SILENCE_SECONDS)
    with database.begin() as session:
        run_id = _start(session)
        _row(session, run_id).host = "elsewhere"
        assert runs.interrupt_stale(session, now=NOW + silence) == []
        assert runs.interrupt_stale(session, now=NOW + silence + MINUTE) == [run_id]


@pytest.mark.parametrize("ahead", [timedelta(minutes=5), timedelta(hours=1), timedelta(days=365)])
def test_a_run_of_a_host_whose_clock_is_ahead_dies_in_time(database: Database, ahead: timedelta) -> None:
    """Else what a dead worker held would be nobody's until our clock has come so far, and new runs would help it."""
    silence = timedelta(seconds=runs.SILENCE_SECONDS)
    with database.begin() as session:
        run_id = _start(session)
        _row(session, run_id).host = "elsewhere"
        for beat in range(3):  # it lives: each sign is a new one
            runs.heartbeat(session, run_id, now=NOW + ahead + beat * silence)
            assert runs.interrupt_stale(session, now=NOW + beat * silence) == []
        dies = NOW + 2 * silence
        assert runs.interrupt_stale(session, now=dies + silence) == []
        assert runs.interrupt_stale(session, now=dies + silence + MINUTE) == [run_id]


@pytest.mark.parametrize("machine", ["another boot pid:[1]", None])
def test_a_process_number_of_another_machine_says_nothing(database: Database, machine: str | None) -> None:
    """Else a host of the same name, or after a boot, would take a living run for dead, or a stranger for the run."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    silence = timedelta(seconds=runs.SILENCE_SECONDS)
    with database.begin() as session:
        run_id = _start(session)
        row = _row(session, run_id)
        if row.machine is None:
            pytest.skip("this system has no /proc that tells one boot from another")
        row.pid, row.machine = process.pid, machine
        assert runs.interrupt_stale(session, now=NOW + silence) == []
        assert runs.interrupt_stale(session, now=NOW + silence + MINUTE) == [run_id]


def test_a_process_that_nobody_buried_is_dead(database: Database) -> None:
    """Else a killed worker whose parent is busy would hold its pages for ten minutes."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)  # it has ended, and stays as it is
    with database.begin() as session:
        run_id = _start(session)
        if _row(session, run_id).pid_born is None:
            pytest.skip("this system has no /proc that tells how a process is")
        row = _row(session, run_id)
        row.pid, row.pid_born = process.pid, None
        assert runs.interrupt_stale(session, now=LATER) == [run_id]
    process.wait()


def test_a_planned_run_from_start_to_end(database: Database) -> None:
    """Else the timetable could not say what it did."""
    with database.begin() as session:
        planned = timetable.start(session, "columns", NOW, PlannedOutcome.LATE, "started 1 min late", now=LATER)
        timetable.running(session, planned, 4711)
        run_id = runs.start(session, site="qsw", spider="columns", arguments={}, now=NOW, planned_id=planned)
        timetable.end(session, planned, exit_code=-15, reason="time limit", now=LATER + MINUTE)
        row = timetable.by_id(session, planned)
        assert row is not None
        assert (row.job, row.due_at, row.outcome, row.started_at, row.finished_at, row.exit_code, row.pid) == (
            "columns",
            NOW,
            PlannedOutcome.LATE,
            LATER,
            LATER + MINUTE,
            -15,
            4711,
        )
        assert row.reason == "started 1 min late; time limit"
        assert _row(session, run_id).planned_id == planned
        with pytest.raises(NotFound, match="999"):
            timetable.end(session, 999, exit_code=0, now=LATER)


def test_each_due_time_has_one_row(database: Database) -> None:
    """Else two schedulers, or a restart, would tell one due time twice."""
    with database.begin() as session:
        left = timetable.leave_out(session, "columns", NOW, PlannedOutcome.MISSED, "not running")
        started = timetable.start(session, "columns", NOW, PlannedOutcome.LATE, now=LATER)
        assert left == started
        timetable.leave_out(session, "columns", NOW, PlannedOutcome.SKIPPED, "the last run still ran")
        row = timetable.by_id(session, started)
        assert row is not None
        assert row.outcome is PlannedOutcome.LATE


def test_the_last_due_time_is_the_latest_that_has_come(database: Database) -> None:
    """Else a row written while the clock was wrong would silence a job for years."""
    with database.begin() as session:
        assert timetable.last_due(session, "columns", before=NOW) is None
        for due in (NOW - MINUTE, NOW, NOW + timedelta(days=3650)):
            timetable.leave_out(session, "columns", due, PlannedOutcome.SKIPPED, "")
        timetable.leave_out(session, "epaper", NOW - MINUTE, PlannedOutcome.SKIPPED, "")
        assert timetable.last_due(session, "columns", before=NOW) == NOW
        assert timetable.last_due(session, "epaper", before=NOW) == NOW - MINUTE
        assert [row.job for row in timetable.latest(session, 2, job="columns")] == ["columns", "columns"]
        assert timetable.latest(session, 1)[0].due_at == NOW + timedelta(days=3650)


def test_what_a_dead_scheduler_started_is_closed(database: Database) -> None:
    """Else a run would look as if it ran since last week."""
    with database.begin() as session:
        dead = timetable.start(session, "columns", NOW, PlannedOutcome.RAN, now=NOW)
        done = timetable.start(session, "columns", LATER, PlannedOutcome.RAN, now=LATER)
        timetable.end(session, done, exit_code=0, now=LATER)
        assert timetable.abandon(session, "columns", now=LATER) == 1
        assert timetable.abandon(session, "columns", now=LATER) == 0
        row = timetable.by_id(session, dead)
        assert row is not None
        assert (row.exit_code, row.finished_at) == (None, LATER)
        assert "scheduler" in row.reason


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
        pace.slow_down(session, "qsw", LATER, now=NOW, reason="Retry-After 60")
        pace.slow_down(session, "qsw", NOW + MINUTE / 2, now=NOW)
        assert [pace.reserve(session, "qsw", 1, NOW) for _ in range(2)] == [60, 61]
        pace.slow_down(session, "qsw", NOW + timedelta(days=9), now=NOW)
        assert pace.reserve(session, "qsw", 1, NOW) == pace.LONGEST_PAUSE_SECONDS


def test_a_clock_set_back_does_not_silence_a_site(database: Database) -> None:
    """Else a machine whose clock was a year ahead for a minute would not crawl for a year."""
    year = timedelta(days=365)
    with database.begin() as session:
        pace.reserve(session, "qsw", 1, NOW + year)
        pace.slow_down(session, "qsw", NOW + year + MINUTE, now=NOW + year)
        assert pace.reserve(session, "qsw", 1, NOW) == 0
        assert pace.reserve(session, "qsw", 1, NOW) == 1


def test_a_long_queue_of_workers_is_not_taken_for_a_clock_set_back(database: Database) -> None:
    """Else, just when many workers wait, one of them would jump the queue."""
    with database.begin() as session:
        waits = [pace.reserve(session, "qsw", 10, NOW) for _ in range(50)]
        pace.slow_down(session, "qsw", NOW + timedelta(hours=2), now=NOW)
        waits += [pace.reserve(session, "qsw", 10, NOW) for _ in range(3)]
    assert waits == [number * 10 for number in range(50)] + [7200, 7210, 7220]
