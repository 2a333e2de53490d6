"""The server around the application: one process that answers, or several that share one socket."""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import threading
from collections.abc import Sequence
from functools import partial

import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

from storage.config import Config
from web.app import create_app

MOST_AT_ONCE = 200
"""Connections of one process; whoever comes beyond is told to come again (503), so that those who are there get their
pages."""
LONGEST_SILENCE_SECONDS = 60
"""A process that says nothing for so long hangs, and is replaced; the longest answer takes a sixth of it."""


def run(config: Config, names: Sequence[str], listener: socket.socket, processes: int = 1) -> None:
    """Answer until a signal comes; a process that dies is replaced where there are several.

    Args:
        names: Under which it is reached, beside those of loopback and its address.
        listener: A socket that waits for connections.
        processes: How many answer. Each takes as much memory as one alone, and one keeps a core busy at most.
    """
    alone = processes == 1
    settings = uvicorn.Config(
        partial(create_app if alone else _one_of_several, config, names),
        factory=True,
        workers=processes,
        log_level="warning",
        access_log=False,
        limit_concurrency=MOST_AT_ONCE,
        timeout_worker_healthcheck=LONGEST_SILENCE_SECONDS,
    )
    if alone:
        uvicorn.Server(settings).run(sockets=[listener])
    else:
        Multiprocess(settings, sockets=[listener]).run()


def _one_of_several(config: Config, names: Sequence[str]) -> FastAPI:
    """The application in a process that ends with the one that began it: else it would hold the port for ever."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    return create_app(config, names)


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)
