"""Runs: their rows, their signs of life, and which of them are dead; over both databases."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from store_samples import LATER, MINUTE, NOW, address, capture, keep, listed

from storage.errors import NotFound
from storage.records import Outcome
from storage.store import ledger, outcomes, runs
from storage.store.database import Database
from storage.store.tables import RunRow, RunState


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


def test_a_process_lives_as_long_as_one_of_its_threads(database: Database) -> None:
    """Else a killed worker whose threads still end would be found dead, its file locked, and nobody would finish it."""
    first_thread_ends = """
import ctypes, sys, threading
threading.Thread(target=sys.stdin.read).start()
ctypes.CDLL(None).pthread_exit(None)
"""
    with subprocess.Popen([sys.executable, "-c", first_thread_ends], stdin=subprocess.PIPE) as process:
        stat = Path(f"/proc/{process.pid}/stat")
        if not stat.exists():
            pytest.skip("this system has no /proc that tells how a process is")
        deadline = time.monotonic() + 60
        while ") Z " not in stat.read_text():
            assert time.monotonic() < deadline, "its first thread goes on"
            time.sleep(0.01)
        with database.begin() as session:
            run_id = _start(session)
            row = _row(session, run_id)
            row.pid, row.pid_born = process.pid, None
            assert runs.interrupt_stale(session, now=LATER) == []
            process.kill()
            os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
            assert runs.interrupt_stale(session, now=LATER) == [run_id]
