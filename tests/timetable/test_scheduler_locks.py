"""Locks between processes, and what the scheduler makes of a clock that was set."""

from __future__ import annotations

import logging
import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from crawler.jobs import Jobs
from scheduler import Scheduler
from storage.config import Config, Job
from storage.store import timetable
from storage.store.database import Database
from storage.store.processlock import FileLock, ServerLock
from storage.store.tables import PlannedOutcome


def test_file_lock_has_one_holder_and_names_it(tmp_path):
    """Two takers of one file are told apart, and giving back really does."""
    first, second = FileLock(tmp_path / "new/a.lock"), FileLock(tmp_path / "new/a.lock")
    assert first.take()
    first.sign(4711)
    assert not second.take()
    assert not second.held()
    assert second.holder() == "process 4711"
    first.give_back()
    assert second.take()


@pytest.fixture
def take_part(postgres_url, open_database):
    """Lock on the same PostgreSQL database, each with connections of its own."""
    locks = []

    def _make() -> ServerLock:
        locks.append(ServerLock(open_database(postgres_url)))
        return locks[-1]

    yield _make
    for lock in locks:
        lock.give_back()


def test_server_lock_has_one_holder_per_database(take_part):
    """Schedulers on two hosts cannot both plan for one PostgreSQL database."""
    first, second = take_part(), take_part()
    assert first.take()
    assert first.held()
    assert not second.take()
    assert not second.held()
    first.give_back()
    assert not first.held()
    assert second.take()


def test_server_lock_is_known_to_be_lost_with_its_connection(take_part, postgres_url, open_database):
    """A server that was restarted has forgotten the lock; whoever believes he holds it must find out."""
    lock = take_part()
    assert lock.take()
    ours = text("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'")
    with open_database(postgres_url).begin() as session:
        session.execute(ours)
    assert not lock.held()
    assert lock.take()


def test_server_lock_keeps_no_transaction_open(take_part, postgres_url, open_database):
    """A transaction as old as the scheduler would keep the server from cleaning up."""
    assert take_part().take()
    query = text("SELECT count(*) FROM pg_stat_activity WHERE state = 'idle in transaction'")
    with open_database(postgres_url).read() as session:
        assert session.scalar(query) == 0


@pytest.fixture
def config(tmp_path):
    """One job a minute and a file to keep its rows in."""
    return Config(home=tmp_path, job=(Job(name="a", spider="columns", every="1m"),))


def test_clock_set_back_does_not_stop_the_timetable(config, monkeypatch, caplog):
    """A run planned by a clock a day ahead would otherwise be waited for a day.

    The clock is the one thing that a test cannot set for real: the plan is made for tomorrow instead.
    """
    with Database.open(config.database_url) as database:
        scheduler = Scheduler(config, database)
        tomorrow = datetime.now(UTC) + timedelta(days=1)
        scheduler._add(config.job[0])
        scheduler.plan.modify_job("a", next_run_time=tomorrow)
        thread = threading.Thread(target=scheduler.plan.start)
        monkeypatch.setattr("scheduler.WATCH_SECONDS", 3600.0)
        thread.start()
        while not scheduler.plan.running:
            thread.join(0.01)
        with caplog.at_level(logging.WARNING, logger="scheduler"):
            scheduler._look_at_plan(-86_400.0)
        planned = scheduler.plan.get_job("a").next_run_time
        scheduler._stop("the test is over")
        thread.join()
    assert planned - datetime.now(UTC) <= timedelta(minutes=1)
    assert "the clock was set by -86400 s" in caplog.text


def test_due_time_that_comes_twice_keeps_both_rows(database):
    """After the clock was set back a due time comes again: the first run's row is not overwritten."""
    due = datetime(2026, 11, 24, 14, tzinfo=UTC)
    with database.begin() as session:
        for minute in (1, 2):
            now = due + timedelta(minutes=minute)
            planned = timetable.start(session, "a", due, PlannedOutcome.RAN, now=now)
            timetable.end(session, planned, exit_code=minute, now=now)
    with database.read() as session:
        assert [(row.due_at, row.exit_code) for row in timetable.latest(session)] == [
            (due + timedelta(minutes=2), 2),
            (due, 1),
        ]


def test_process_that_cannot_be_started_is_a_row_and_no_crash(config, monkeypatch):
    """A machine out of processes, or a missing directory, costs that run and says why."""
    monkeypatch.setattr("crawler.jobs.PROJECT", config.home / "nowhere")
    with Database.open(config.database_url) as database:
        assert Jobs(config, database).run(config.job[0], datetime.now(UTC)) == 1
        with database.read() as session:
            row = timetable.latest(session)[0]
    assert row.reason.startswith("could not be started: [Errno 2]")
    assert (row.exit_code, row.finished_at is None) == (None, False)


def test_nothing_starts_once_stopping_began(config):
    """A run handed out in the moment of SIGTERM must not start a crawl nobody waits for."""
    with Database.open(config.database_url) as database:
        jobs = Jobs(config, database)
        jobs.stop("the scheduler was stopped (SIGTERM)")
        jobs.run(config.job[0], datetime.now(UTC))
        with database.read() as session:
            row = timetable.latest(session)[0]
    assert (row.outcome, row.pid) == ("skipped", None)
    assert row.reason == "the scheduler was stopped (SIGTERM)"
