"""A scheduler in a process of its own, with jobs that are short scripts instead of crawls.

The scripts stand in for `scrapy crawl` and for nothing else: timetable, processes, signals, locks and rows are real.
tests/timetable/test_scheduler_crawls.py does the same with real crawls.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from storage.store import timetable
from storage.store.database import Database
from storage.store.tables import PlannedOutcome, PlannedRow

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 60
"""How long a test waits for what must happen; a busy machine needs many."""

SCRIPTS = {
    "quick": "print('done')",
    "failing": "import sys; sys.exit('first line\\nthe site does not answer')",
    "polite": """
import pathlib, signal, sys, time
def stop(*_):
    time.sleep(0.3)
    print('finished what was in flight')
    sys.exit(0)
signal.signal(signal.SIGTERM, stop)
print('ready', flush=True)
time.sleep(600)
""",
    "stubborn": """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print('ready', flush=True)
time.sleep(600)
""",
    "brief": "import time; print('ready', flush=True); time.sleep(12)",
    "parent": "import subprocess; print(subprocess.Popen(['sleep', '600']).pid)",
    "surrendering": """
import os
from datetime import UTC, datetime
from storage.config import load_config
from storage.store import runs
from storage.store.database import Database
now = datetime.now(UTC)
with Database.open(load_config().database_url) as database, database.begin() as session:
    planned_id = int(os.environ['XHA_PLANNED_ID'])
    run = runs.start(session, site='s', spider='columns', arguments={}, now=now, planned_id=planned_id)
    runs.finish(session, run, state='failed', why='the disk is full', now=now)
raise SystemExit('Error: the disk is full')
""",
    "curious": """
from storage.config import load_config
import os
config = load_config()
print(config.database_url, config.retries, os.environ['XHA_PLANNED_ID'])
""",
}

DRIVER = """
import sys
from datetime import timedelta
import crawler.jobs, scheduler
SCRIPTS = {scripts!r}
crawler.jobs.command_of = lambda job: [sys.executable, "-c", SCRIPTS[job.spider]]
crawler.jobs.STOP_MARGIN = timedelta(seconds=1)
sys.exit(scheduler.main(sys.argv[1:]))
"""


def configure(folder: Path, *jobs: dict[str, object], database: str = "sqlite:///archive.db") -> Path:
    """A configuration file with these jobs; page_timeout short, because it bounds how long stopping takes."""
    lines = [f'database = "{database}"', 'logs = "log"', 'page_timeout = "2s"', "retries = 7"]
    for job in jobs:
        lines += ["[[job]]", *(f"{key} = {json.dumps(value)}" for key, value in job.items())]
    path = folder / "xha.toml"
    path.write_text("\n".join(lines), "utf-8")
    return path


def start(config: Path | None, *arguments: str, directory: Path = ROOT) -> subprocess.Popen[str]:
    """A scheduler with this configuration (None: what it finds by itself); what it says is in `process.stderr`."""
    named = ["--config", str(config)] if config else []
    return subprocess.Popen(
        [sys.executable, "-c", DRIVER.format(scripts=SCRIPTS), *named, *arguments],
        cwd=directory,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


@contextmanager
def running(config: Path | None, *arguments: str, directory: Path = ROOT) -> Iterator[subprocess.Popen[str]]:
    """A scheduler that is ended with the block, however the block ends."""
    process = start(config, *arguments, directory=directory)
    try:
        yield process
    finally:
        for _ in range(2):  # the second one ends its crawls too
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                time.sleep(0.1)
        process.communicate(timeout=PATIENCE_SECONDS)


def end(process: subprocess.Popen[str], number: int = signal.SIGTERM) -> tuple[int, str]:
    """Send a signal and wait: exit code, and all it said."""
    process.send_signal(number)
    said = process.communicate(timeout=PATIENCE_SECONDS)[1]
    return process.returncode, said


def rows(config: Path, job: str = "") -> list[PlannedRow]:
    """Rows of the timetable in the order of their due times."""
    path = config.parent / "archive.db"
    if not path.exists():
        return []
    with Database.open(f"sqlite:///{path}") as database, database.read() as session:
        return [row for row in reversed(timetable.latest(session, 500)) if job in ("", row.job)]


def until(condition: Callable[[], object]) -> None:
    """Wait until something is so.

    Raises:
        AssertionError: it did not become so in `PATIENCE_SECONDS`.
    """
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.1)


def crawling(config: Path, job: str) -> Callable[[], bool]:
    """Whether a job's script says that it is ready."""
    path = config.parent / "log" / f"{job}.log"
    return lambda: path.exists() and "ready" in path.read_text()


def ran_at(config: Path, job: str, due: datetime) -> None:
    """Leave the row of a run that was due and ran at `due`."""
    with Database.open(f"sqlite:///{config.parent / 'archive.db'}") as database, database.begin() as session:
        planned = timetable.start(session, job, due, PlannedOutcome.RAN, now=due)
        timetable.end(session, planned, exit_code=0, now=due)


def alive(pid: int) -> bool:
    """Whether a process is there."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def now() -> datetime:
    """The present."""
    return datetime.now(UTC)
