"""A process that was started for a part of the work ends with the one that started it, whatever ended that."""

from __future__ import annotations

import os
import signal
import threading
from multiprocessing import parent_process
from multiprocessing.connection import wait


def end_with_parent() -> None:
    """From now on this process gets a SIGTERM when its parent has gone: else, the parent killed, it would work on alone
    and hold what it was given, a port or a lease, for ever.
    """
    threading.Thread(target=_watch, daemon=True).start()


def _watch() -> None:
    parent = parent_process()
    assert parent is not None, "it was started by multiprocessing"
    wait([parent.sentinel])
    os.kill(os.getpid(), signal.SIGTERM)
