"""The server around the application: one process that answers, or several that share one socket.

Of several, the process that began them answers nobody: it hears signals, and replaces whoever dies.
"""

from __future__ import annotations

import signal
import socket
import time
from collections.abc import Sequence
from multiprocessing import get_context
from multiprocessing.connection import wait
from multiprocessing.context import SpawnProcess
from types import FrameType

import uvicorn
from uvicorn.config import STARTUP_FAILURE

from storage.config import Config
from storage.errors import StoreError
from storage.parentage import end_with_parent
from web.app import create_app

MOST_AT_ONCE = 200
"""Connections of one process; whoever comes beyond is told to come again (503), so that those who are there get their
pages."""
LAST_ANSWERS_SECONDS = 10
"""What is on its way may take so long when the server ends: a reader who takes nothing would keep it for ever."""
GRACE_SECONDS = LAST_ANSWERS_SECONDS + 5
"""After that a process that was told to end is killed."""
LOOK_SECONDS = 0.2
"""Between two looks at who has died; signals are heard at the next one."""

Served = tuple[Config, Sequence[str], socket.socket]
"""The configuration; under which names it is reached; the socket that waits for connections."""


def run(config: Config, names: Sequence[str], listener: socket.socket, processes: int = 1) -> None:
    """Answer until SIGINT or SIGTERM, and then end as that signal has a process end.

    Args:
        names: Under which it is reached, beside those of loopback and its address.
        listener: A socket that waits for connections.
        processes: How many answer. Each takes as much memory as one alone, and keeps one core busy at most.

    Raises:
        StoreError: one of several could not begin; on standard error stands why.
    """
    if processes == 1:
        _answer(config, names, listener)
    else:
        _keep_answering((config, names, listener), processes)


def _answer(config: Config, names: Sequence[str], listener: socket.socket) -> None:
    settings = uvicorn.Config(
        create_app(config, names),
        log_level="warning",
        access_log=False,
        limit_concurrency=MOST_AT_ONCE,
        timeout_graceful_shutdown=LAST_ANSWERS_SECONDS,
    )
    server = uvicorn.Server(settings)
    server.run(sockets=[listener])
    if not server.started:
        raise SystemExit(STARTUP_FAILURE)


def _keep_answering(served: Served, processes: int) -> None:
    told: list[int] = []

    def hear(number: int, _frame: FrameType | None) -> None:
        told.append(number)

    before = {number: signal.signal(number, hear) for number in (signal.SIGINT, signal.SIGTERM)}
    running: list[SpawnProcess] = []
    try:
        running += [_begun(served) for _ in range(processes)]
        while not told:
            wait([one.sentinel for one in running], LOOK_SECONDS)
            if any(one.exitcode == STARTUP_FAILURE for one in running):
                raise StoreError("a serving process could not begin, for what it said above; run `xha db status`")
            running = [one if one.exitcode is None else _begun(served) for one in running]
    finally:
        _end(running)
        for number, handler in before.items():
            signal.signal(number, handler)
    signal.raise_signal(told[0])


def _begun(served: Served) -> SpawnProcess:
    """A process that answers. Ctrl-C goes to all processes of a terminal; this one waits to be told by us."""
    heard = signal.signal(signal.SIGINT, signal.SIG_IGN)  # it inherits that: while it begins, and after its last answer
    try:
        process = get_context("spawn").Process(target=_answer_with_parent, args=served)
        process.start()
    finally:
        signal.signal(signal.SIGINT, heard)
    return process


def _end(running: Sequence[SpawnProcess]) -> None:
    for one in running:
        one.terminate()
    last = time.monotonic() + GRACE_SECONDS
    for one in running:
        one.join(max(0.0, last - time.monotonic()))
        one.kill()
        one.join()


def _answer_with_parent(config: Config, names: Sequence[str], listener: socket.socket) -> None:
    end_with_parent()
    _answer(config, names, listener)
