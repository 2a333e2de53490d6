"""The timetable: starts crawls when they are due, each in a process of its own, and keeps a row of every planned run.

    python scheduler.py [--config FILE]              plan until SIGTERM or SIGINT
    python scheduler.py [--config FILE] --once JOB   run one job of the timetable now, and end with its exit code

docs/scheduling.md tells what it promises. POSIX only: process groups, signals and file locks carry those promises.
"""

from __future__ import annotations

import argparse
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import Empty, SimpleQueue
from types import FrameType

from apscheduler.events import (
    EVENT_JOB_MAX_INSTANCES,
    EVENT_JOB_SUBMITTED,
    EVENT_SCHEDULER_STARTED,
    JobSubmissionEvent,
    SchedulerEvent,
)
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.blocking import BlockingScheduler

from crawler.jobs import Jobs
from crawler.sites.profile import load_profile
from storage.config import Config, Job, load_config
from storage.duetimes import next_due, passed
from storage.errors import ArchiveError, ConfigError, NotFound, StoreError
from storage.localtime import LocalTimeFormatter, local, present
from storage.records import SITE_ZONE
from storage.store import issues, timetable
from storage.store.database import Database
from storage.store.processlock import FileLock, ServerLock
from storage.store.tables import PlannedOutcome

WATCH_SECONDS = 30.0
"""How often the clock and the lock are looked at."""

CLOCK_JUMP_SECONDS = 5.0
"""A clock that moved this much more or less than time passed was set, or the machine slept."""

KILL_TIME = timedelta(seconds=10)
"""What is killed is gone, and its row written, within this time or never."""

log = logging.getLogger("scheduler")


class Scheduler:
    """Plans the jobs of one configuration. One object runs once, in the main thread."""

    def __init__(self, config: Config, database: Database) -> None:
        self.config = config
        self.database = database
        self.jobs = Jobs(config, database)
        self.plan = BlockingScheduler(
            timezone=SITE_ZONE,
            executors={"default": ThreadPoolExecutor(len(config.job) or 1)},  # no job waits for another one
        )
        self.plan.add_listener(self._on_due, EVENT_JOB_SUBMITTED | EVENT_JOB_MAX_INSTANCES)
        self.plan.add_listener(self._on_started, EVENT_SCHEDULER_STARTED)
        self._named = {job.name: job for job in config.job}
        self._seen: dict[str, datetime] = {}  # job → latest due time of which a row tells
        self._due: dict[str, SimpleQueue[datetime]] = {name: SimpleQueue() for name in self._named}
        self._signals: SimpleQueue[int] = SimpleQueue()
        self._asked = False  # whether a signal has come
        self._lock = _lock(config, database)

    def run(self) -> int:
        """Plan until a signal comes; the process's exit code.

        Raises:
            ArchiveError: another scheduler plans for this database, or the database cannot be used.
        """
        if not self._named:
            raise ConfigError("the timetable is empty: add a [[job]] to xha.toml, see docs/configuration.md")
        if not self._lock.take():
            raise ArchiveError(f"{self._lock.holder()} plans for {self.database.url} already; stop it first")
        try:
            for job in self._named.values():
                self._add(job)
            self._catch_signals()
            self.plan.start()
            log.info("%s", self.jobs.stopped)
            return self._drain()
        finally:
            self._lock.give_back()

    def run_once(self, name: str) -> int:
        """Run one job now, whatever the timetable says; its exit code, as a shell gives it.

        Raises:
            NotFound: the timetable has no such job.
        """
        job = self._named.get(name)
        if job is None:
            raise NotFound(f"there is no job {name!r}; the timetable has {', '.join(self._named) or 'none'}")
        self._catch_signals()
        self._watch()
        code = self.jobs.run(job, present())
        return code if code >= 0 else 128 - code

    def _add(self, job: Job) -> None:
        now = present()
        with self.database.read() as session:
            last = timetable.last_due(session, job.name, before=now)
        owed = passed(job.trigger, last, now) if last else None
        self._seen[job.name] = last or now
        self.plan.add_job(
            self._run_due,
            job.trigger,
            args=[job],
            id=job.name,
            # Due in the past: it starts at once, and from there the timetable goes on as if nobody had been away.
            next_run_time=owed.last if owed else next_due(job.trigger, now),
            misfire_grace_time=None,  # a crawl is worth catching up however late: what it looks for is still there
            coalesce=True,  # but once: one crawl finds what all the missed ones would have found
            max_instances=1,  # two of one job would walk the same lists twice
        )

    def _on_due(self, event: JobSubmissionEvent) -> None:
        """A due time has come: its run was handed to a thread, or is left out because the last one still runs."""
        job, due = self._named[event.job_id], event.scheduled_run_times[-1].astimezone(UTC)
        if event.code == EVENT_JOB_SUBMITTED:
            self._due[job.name].put(due)
        missed = passed(job.trigger, self._seen[job.name], due - timedelta(microseconds=1))
        self._seen[job.name] = due
        if missed:
            number = f"more than {missed.count}" if missed.more else str(missed.count)
            away = missed.first < self.jobs.began
            why = "the scheduler was not running" if away else "the machine slept, was busy, or its clock was set"
            span = local(missed.first) if missed.count == 1 else f"{local(missed.first)} to {local(missed.last)}"
            reason = f"{number} due {span}: {why}"
            self.jobs.leave_out(job, missed.first, PlannedOutcome.MISSED, reason)
        if event.code == EVENT_JOB_MAX_INSTANCES:
            self.jobs.leave_out(job, due, PlannedOutcome.SKIPPED, "the last run still runs")

    def _run_due(self, job: Job) -> None:
        due = self._due[job.name].get()
        if job.until_issue and self._issue_is_in():
            self.jobs.leave_out(job, due, PlannedOutcome.SKIPPED, "today's issue is in")
        else:
            self.jobs.run(job, due)

    def _issue_is_in(self) -> bool:
        with self.database.read() as session:
            return issues.complete(session, present().astimezone(SITE_ZONE).date())

    # -- watching and ending

    def _on_started(self, _event: SchedulerEvent) -> None:
        times = ", ".join(f"{job.id} {local(job.next_run_time)}" for job in self.plan.get_jobs())
        log.info("planning for %s: %s", self.database.url, times)
        self._watch()

    def _watch(self) -> None:
        """From here on a thread looks at signals, the clock and the lock."""
        threading.Thread(target=self._look, name="watch", daemon=True).start()

    def _look(self) -> None:
        apart = time.time() - time.monotonic()
        while not self.jobs.stopped:
            try:
                number = self._signals.get(timeout=WATCH_SECONDS)
            except Empty:
                before, apart = apart, time.time() - time.monotonic()
                self._look_at_plan(apart - before)
            else:
                self._stop(f"the scheduler was stopped ({signal.Signals(number).name})")

    def _look_at_plan(self, moved: float) -> None:
        """Look at the clock, which moved by `moved` seconds beside the time that passed, and at the lock."""
        if not self.plan.running:
            return  # one job, run by hand
        if abs(moved) > CLOCK_JUMP_SECONDS:
            log.warning("the clock was set by %+.0f s, or the machine slept", moved)
        if moved < -CLOCK_JUMP_SECONDS:
            for job in self.plan.get_jobs():  # else nothing would run until the old time is reached again
                job.modify(next_run_time=next_due(job.trigger, present()))
        self.plan.wakeup()  # it sleeps by a clock that sees neither jumps nor the machine's own sleep
        try:
            if not self._lock.held() and not self._lock.take():
                self._stop(f"{self._lock.holder()} plans for this database now")
        except StoreError as error:
            log.warning("%s", error)  # the server is away: asked again at the next look

    def _stop(self, why: str) -> None:
        self.jobs.stop(why)
        if self.plan.running:
            self.plan.shutdown(wait=False)

    def _drain(self) -> int:
        if left := self.jobs.drain(self.jobs.grace + KILL_TIME):
            log.error("%s did not end even when killed", ", ".join(left))
            os._exit(1)  # a thread that waits for the unkillable would keep this process for ever
        return 0

    def _catch_signals(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            if signal.getsignal(number) is not signal.SIG_IGN:  # as nohup asks for
                signal.signal(number, self._on_signal)

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        if self._asked:
            self.jobs.kill()
            os._exit(128 + number)
        self._asked = True
        self._signals.put(number)  # the one thing that waits for no lock which the interrupted code may hold


def _lock(config: Config, database: Database) -> FileLock | ServerLock:
    """What makes the scheduler of a database the only one."""
    if database.dialect == "postgresql":
        return ServerLock(database)
    if config.database_file is None:
        raise ConfigError("a database in memory is nobody else's: name one that crawls can open, see `database`")
    return FileLock(config.database_file.with_name(config.database_file.name + ".scheduler.lock"))


def _show_log() -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(LocalTimeFormatter("%(asctime)s %(message)s"))
    # What APScheduler says of runs it skips stands in a line of ours.
    for name, level in ((log.name, logging.INFO), ("apscheduler", logging.ERROR)):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(level)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; its exit code."""
    parser = argparse.ArgumentParser(prog="scheduler.py", description="Run the crawls of the timetable in xha.toml.")
    parser.add_argument("--config", type=Path, metavar="FILE", help="configuration file (default: xha.toml, if there)")
    parser.add_argument("--once", metavar="JOB", help="run one job of the timetable now, and end with its exit code")
    options = parser.parse_args(arguments)
    _show_log()
    try:
        if options.config:
            os.environ["XHA_CONFIG"] = str(options.config.resolve())
        config = load_config()
        load_profile(config.site)  # each crawl would end at once for want of it, when nobody looks any more
        with Database.open(config.database_url) as database:
            scheduler = Scheduler(config, database)
            return scheduler.run_once(options.once) if options.once else scheduler.run()
    except ArchiveError as error:
        print(error, file=sys.stderr)
        return error.exit_code


if __name__ == "__main__":
    raise SystemExit(main())
