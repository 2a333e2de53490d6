"""Crawls of the failing replica: how each of its pages ended, what was asked for, what it cost."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from crawl_samples import ROOT, Home

from demo.faults_server import FaultServer

LOOK_SECONDS = 0.02
LONGEST_SECONDS = 240
"""More than any of these crawls takes on a busy machine; one that is without end takes it all."""


@dataclass(frozen=True, kw_only=True)
class Crawled:
    """What one crawl of `columns` came to."""

    home: Home
    code: int
    """What the process ended with."""
    said: str
    """Its standard error."""
    peak_bytes: int
    """Most memory it ever had."""
    ends: Mapping[str, tuple[str, str]]
    """Name of a faulty page → how its last fetch ended, and why."""
    requests: tuple[str, ...]
    """Paths the site was asked for, in order."""
    heads: tuple[str, ...]
    """The heads of these requests."""
    inside: tuple[str, ...]
    """Paths asked for of a server that nobody should have come to."""


def crawl(
    home: Home,
    server: FaultServer,
    inside: FaultServer | None = None,
    *,
    environment: Mapping[str, str] | None = None,
    longest_seconds: float = LONGEST_SECONDS,
    **arguments: str,
) -> Crawled:
    """Crawl a served site to its end."""
    code, said, peak = _measured(home, arguments, environment or {}, longest_seconds)
    return Crawled(
        home=home,
        code=code,
        said=said,
        peak_bytes=peak,
        ends=_ends(home),
        requests=tuple(server.requests),
        heads=tuple(server.heads),
        inside=tuple(inside.requests) if inside else (),
    )


def _ends(home: Home) -> dict[str, tuple[str, str]]:
    rows = home.rows("SELECT url, outcome, reason FROM outcome WHERE url LIKE '%/bad/%' ORDER BY id")
    names = [(url.partition("/bad/")[2].partition(".html")[0], outcome, reason) for url, outcome, reason in rows]
    return {name: (outcome, reason) for name, outcome, reason in names}


def _measured(
    home: Home, arguments: Mapping[str, str], environment: Mapping[str, str], longest_seconds: float
) -> tuple[int, str, int]:
    """Exit code, standard error and peak memory of a crawl.

    The peak is read while it runs: Linux hands `ru_maxrss` of the process that starts another on to it.
    """
    peak = 0
    ended = threading.Event()
    with subprocess.Popen(
        home.command("columns", "LOG_LEVEL=ERROR", **arguments),
        cwd=ROOT,
        env=home.environment | dict(environment),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:

        def watch() -> None:
            nonlocal peak
            while not ended.wait(LOOK_SECONDS):
                with suppress(OSError):
                    lines = Path(f"/proc/{process.pid}/status").read_text("ascii").splitlines()
                    peak = max([peak, *(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))])

        watcher = threading.Thread(target=watch)
        watcher.start()
        try:
            said = process.communicate(timeout=longest_seconds)[1]
        finally:
            process.kill()  # one that does not end by itself fails its test, and must not hold it up
            ended.set()
            watcher.join()
    return process.returncode, said, peak
