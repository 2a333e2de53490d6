"""Running the timetable's jobs: each in a process of its own, never two of one, and a row of what became of it."""

from __future__ import annotations

import logging
import os
import sys
import threading
from datetime import datetime, timedelta
from pathlib import Path

from crawler.process import CrawlProcess
from storage.config import Config, Job
from storage.localtime import lasting, local, present
from storage.store import timetable
from storage.store.database import Database
from storage.store.processlock import FileLock
from storage.store.tables import PlannedOutcome

PROJECT = Path(__file__).resolve().parents[1]
"""Where `crawler` is imported from: a checkout, or where it was installed."""

ON_TIME = timedelta(seconds=60)
"""A run that starts later than this after its due time is called late. A busy machine needs seconds."""

STOP_MARGIN = timedelta(seconds=15)
"""A crawl that is asked to stop finishes the requests in flight; beyond their time limit it gets this much longer."""

log = logging.getLogger("scheduler")


def command_of(job: Job) -> list[str]:
    """The command line of one run; run in `PROJECT`, with the configuration in the environment."""
    if job.verify is not None:
        return [sys.executable, "-m", "cli", "verify", "--share", str(job.verify)]
    arguments = [part for key, value in job.arguments.items() for part in ("-a", f"{key}={value}")]
    return [sys.executable, "-m", "scrapy", "crawl", job.spider, *arguments]


def environment_of(config: Config, planned_id: int) -> dict[str, str]:
    """The environment of a crawl: ours, with the configuration we read and the row it belongs to."""
    named = os.environ.get("XHA_CONFIG")
    return {
        **os.environ,
        **({"XHA_CONFIG": str(Path(named).resolve())} if named else {}),
        "XHA_HOME": str(config.home.resolve()),
        "XHA_PLANNED_ID": str(planned_id),
        "SCRAPY_SETTINGS_MODULE": "crawler.settings",
    }


class Jobs:
    """Runs jobs from any number of threads until it is told to stop."""

    def __init__(self, config: Config, database: Database) -> None:
        self.config = config
        self.database = database
        self.began = present()
        self.grace = config.page_timeout + STOP_MARGIN
        """How long a crawl may take to stop."""
        self.stopped = ""
        """Why no crawl may start any more; empty before that."""
        self._crawls: dict[str, CrawlProcess | None] = {}  # by job; None: about to start, or its row being written
        self._change = threading.Condition()  # guards the two above

    def run(self, job: Job, due: datetime) -> int:
        """Run a job that was due at `due` and wait for it; its exit code (negative: a signal's number).

        1 where it did not start, because it is running already, the machine could not, or `stop` was called.
        """
        lock = FileLock(self.config.log_directory / f"{job.name}.lock")
        with self._change:
            self._crawls[job.name] = None
        try:
            if self.stopped:
                self.leave_out(job, due, PlannedOutcome.SKIPPED, self.stopped)
                return 1
            try:
                free = lock.take()
            except OSError as error:
                self.leave_out(job, due, PlannedOutcome.SKIPPED, f"could not be started: {error}")
                return 1
            if not free:
                self.leave_out(job, due, PlannedOutcome.SKIPPED, f"the last run still runs ({lock.holder()})")
                return 1
            return self._run_locked(job, due, lock)
        finally:
            lock.give_back()
            with self._change:
                del self._crawls[job.name]
                self._change.notify_all()

    def leave_out(self, job: Job, due: datetime, outcome: PlannedOutcome, reason: str) -> None:
        """Say and write down that a due run does not take place."""
        log.info("%s due %s: %s, %s", job.name, local(due), outcome.value, reason)
        with self.database.begin() as session:
            timetable.leave_out(session, job.name, due, outcome, reason)

    def stop(self, why: str) -> None:
        """Start nothing more and ask running crawls to stop; returns at once."""
        with self._change:
            self.stopped = self.stopped or why
            for crawl in filter(None, self._crawls.values()):
                crawl.ask(why)

    def drain(self, timeout: timedelta) -> list[str]:
        """Wait until no job runs and all rows are written; names of the jobs that still run after `timeout`."""
        with self._change:
            self._change.wait_for(lambda: not self._crawls, timeout.total_seconds())
            return list(self._crawls)

    def kill(self) -> None:
        """End all crawls at once. Waits for no lock, so that a signal's handler may call it."""
        for crawl in filter(None, list(self._crawls.values())):
            crawl.kill()

    def _run_locked(self, job: Job, due: datetime, lock: FileLock) -> int:
        began = present()
        late = due < self.began or began - due > ON_TIME
        outcome = PlannedOutcome.LATE if late else PlannedOutcome.RAN
        reason = f"started {lasting(began - due)} after it was due" if late else ""
        with self.database.begin() as session:
            timetable.abandon(session, job.name, now=began)  # the lock is ours: nothing of this job runs any more
            planned_id = timetable.start(session, job.name, due, outcome, reason, now=began)
        code, why, last_line = self._crawl(job, planned_id, lock)
        ended = present()
        with self.database.read() as session:
            # A crawl that died, or never came so far as to have a row in `run`, said why at the end of its log.
            why = "; ".join(filter(None, (why, timetable.failure_of(session, planned_id) or last_line)))
        said = "; ".join(filter(None, (f"{outcome.value}, {lasting(ended - began)}, exit code {code}", reason, why)))
        log.log(logging.WARNING if code else logging.INFO, "%s due %s: %s", job.name, local(due), said)
        with self.database.begin() as session:
            timetable.end(session, planned_id, exit_code=code, reason=why, now=ended)
        return 1 if code is None else code

    def _crawl(self, job: Job, planned_id: int, lock: FileLock) -> tuple[int | None, str, str]:
        """Start the process and wait for it: its exit code (None: it never started), why it was stopped or could not
        be started, and the last line it wrote if it did not end with 0.
        """
        with self._change:
            if self.stopped:
                return None, self.stopped, ""
            try:
                crawl = self._start(job, planned_id, lock)
            except OSError as error:
                return None, f"could not be started: {error}", ""
            self._crawls[job.name] = crawl
        lock.sign(crawl.pid)
        with self.database.begin() as session:
            timetable.running(session, planned_id, crawl.pid)
        code, why = crawl.wait(limit=job.time_limit, grace=self.grace)
        return code, why, crawl.last_line() if code else ""

    def _start(self, job: Job, planned_id: int, lock: FileLock) -> CrawlProcess:
        return CrawlProcess(
            command_of(job),
            directory=PROJECT,
            environment=environment_of(self.config, planned_id),
            log=self.config.log_directory / f"{job.name}.log",
            keep_open=lock.descriptor,  # if we are killed, the crawl holds the job's lock on
        )
