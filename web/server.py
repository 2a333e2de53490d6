"""The server around the application: one process that answers, or several that share one socket.

Of several, the process that began them answers nobody: it hears signals, and replaces whoever dies.
"""

from __future__ import annotations

import gc
import logging
import signal
import socket
import time
from collections.abc import Sequence
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import wait
from multiprocessing.context import SpawnProcess
from types import FrameType

import uvicorn
from fastapi import FastAPI
from uvicorn.config import STARTUP_FAILURE

from storage.config import Config
from storage.errors import StoreError
from storage.parentage import end_with_parent
from web.app import create_app
from web.silence import Impatient

LAST_ANSWERS_SECONDS = 10
"""What is on its way may take so long when the server ends: a reader who takes nothing would keep it for ever."""
GRACE_SECONDS = LAST_ANSWERS_SECONDS + 5
"""After that a process that was told to end is killed."""
LOOK_SECONDS = 0.2
"""Between two looks at who has died; signals are heard at the next one."""

YOUNG_SECONDS = 30.0
"""A process that dies within them, on a busy machine ten of them before it answers, has not been of use."""
PAUSE_SECONDS = 5.0
"""After that, before the next one begins: it may die alike."""

log = logging.getLogger(__name__)

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


def settings(app: FastAPI) -> uvicorn.Config:
    """How uvicorn serves the application."""
    return uvicorn.Config(
        app,
        http=Impatient,
        ws="none",
        lifespan="on",
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=LAST_ANSWERS_SECONDS,
    )


def _answer(config: Config, names: Sequence[str], listener: socket.socket) -> None:
    server = uvicorn.Server(settings(create_app(config, names)))
    gc.collect()
    gc.freeze()  # what is there now stays, and need not be looked through for garbage with what answers leave
    server.run(sockets=[listener])
    if not server.started:
        raise SystemExit(STARTUP_FAILURE)


def _keep_answering(served: Served, processes: int) -> None:
    told: list[int] = []

    def hear(number: int, _frame: FrameType | None) -> None:
        told.append(number)

    before = {number: signal.signal(number, hear) for number in (signal.SIGINT, signal.SIGTERM)}
    places: list[_Place] = []
    try:
        for _ in range(processes):
            places.append(_Place(served))
        while not told:
            wait([one.process.sentinel for one in places if one.is_alive], LOOK_SECONDS)
            for one in places:
                one.look([other for other in places if other is not one])
    finally:
        _end([one.process for one in places])
        for number, handler in before.items():
            signal.signal(number, handler)
    signal.raise_signal(told[0])


class _Place:
    """Where one process answers, and then another when that one has died."""

    def __init__(self, served: Served) -> None:
        self._served = served
        self._begin()

    def _begin(self) -> None:
        self.process = _begun(self._served)
        self._began = time.monotonic()
        self._due: float | None = None

    @property
    def is_alive(self) -> bool:
        """Whether there is a process."""
        return self.process.exitcode is None

    @property
    def is_settled(self) -> bool:
        """Whether it has been there for a while."""
        return self.is_alive and time.monotonic() - self._began >= YOUNG_SECONDS

    def look(self, others: Sequence[_Place]) -> None:
        """Begin another process where it has died; after a while, if it died as soon as it had begun.

        Raises:
            StoreError: no process can be begun.
        """
        if self.is_alive:
            return
        if self._due is None:
            self._due = self._when_to_begin(others)
        if time.monotonic() >= self._due:
            self._begin()

    def _when_to_begin(self, others: Sequence[_Place]) -> float:
        now, code = time.monotonic(), self.process.exitcode
        young = code == STARTUP_FAILURE or now - self._began < YOUNG_SECONDS
        hopeless = not any(one.is_settled if code == STARTUP_FAILURE else one.is_alive for one in others)
        if young and hopeless:
            raise StoreError("a serving process could not begin, for what it said above; run `xha db status`")
        log.warning("process %s ended with exit code %s; another takes its place", self.process.pid, code)
        return now + PAUSE_SECONDS if young else now


def _begun(served: Served) -> SpawnProcess:
    """A process that answers. Ctrl-C goes to all processes of a terminal; this one waits to be told by us."""
    process = get_context("spawn").Process(target=_answer_with_parent, args=served)
    resource_tracker.ensure_running()  # it lets signals through again when it is begun
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # the process inherits that, and hears none
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
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
