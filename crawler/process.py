"""A crawl in a process of its own: started, watched, asked to stop, ended if it will not."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path

from storage.localtime import lasting

LOG_MAX_BYTES = 10_000_000
"""A job's log that is larger before a run is moved aside (`.1`; the one before that goes): about a week of crawls."""

LAST_LINE_BYTES = 4_096
"""How far from the end of the log its last line is looked for."""

POLL_SECONDS = 0.1
"""How soon the end of a process, or the wish that it end, is noticed."""


def _no_link(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW, 0o644)


class CrawlProcess:
    """One crawl. It leads a process group, so that what it started itself (a browser) can be ended with it, and a
    Ctrl-C in the terminal does not reach it past us. Its output goes to a file, which outlives us: a crawl must not
    fail because nobody listens any more.

    Raises:
        OSError: the process cannot be started or the log not written (`ELOOP`: it is a link).
    """

    def __init__(
        self, command: Sequence[str], *, directory: Path, environment: Mapping[str, str], log: Path, keep_open: int
    ) -> None:
        log.parent.mkdir(parents=True, exist_ok=True)
        if log.exists() and log.stat().st_size > LOG_MAX_BYTES:
            log.replace(log.with_name(log.name + ".1"))
        self._why = ""
        self._asked = threading.Event()
        self._log = log
        # A link in the place of the log would have us write where somebody else wants it.
        with open(log, "ab", opener=_no_link) as output:
            self._log_start = output.tell()
            # The command is the owner's own timetable, run without a shell.
            self._process = subprocess.Popen(  # noqa: S603
                command,
                cwd=directory,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                pass_fds=[keep_open],
            )

    @property
    def pid(self) -> int:
        """Its process id, which is that of its group."""
        return self._process.pid

    def wait(self, *, limit: timedelta, grace: timedelta) -> tuple[int, str]:
        """Wait until it has ended, for at most `limit`, or until it is asked to stop; then stop it.

        Args:
            limit: how long it may run.
            grace: how long it may take to stop once it is told to.

        Returns:
            Its exit code (negative: the signal that ended it), and why it was stopped (empty: it ended by itself).
        """
        deadline = time.monotonic() + limit.total_seconds()
        while self._process.poll() is None:
            if time.monotonic() >= deadline:
                self.ask(f"stopped at its time limit of {lasting(limit)}")
            if self._asked.wait(POLL_SECONDS):
                self._stop(grace)
        self.kill()  # what it started and left behind
        return self._process.returncode, self._why

    def ask(self, why: str) -> None:
        """Have it stopped by whoever waits for it; returns at once."""
        self._why = self._why or why
        self._asked.set()

    def kill(self) -> None:
        """End it and all it started, at once."""
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            return  # it was faster

    def last_line(self) -> str:
        """The last line it wrote, or an empty text."""
        with self._log.open("rb") as output:
            size = output.seek(0, os.SEEK_END)
            output.seek(max(self._log_start, size - LAST_LINE_BYTES))
            lines = output.read().decode(errors="replace").strip().splitlines()
        return lines[-1].strip() if lines else ""

    def _stop(self, grace: timedelta) -> None:
        # To the crawl alone: its browser must live until the pages in flight are done.
        self._process.terminate()
        try:
            self._process.wait(grace.total_seconds())
        except subprocess.TimeoutExpired:
            self._why += f"; killed because it did not stop in {grace.total_seconds():.0f} s"
            self.kill()
            self._process.wait()
