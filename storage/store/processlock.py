"""Locks between processes that end with the process that holds them, however it ended."""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from storage.store import engines
from storage.store.database import Database, translated

SCHEDULER_KEY = int.from_bytes(b"xha-plan")
"""Number of the scheduler's advisory lock on PostgreSQL: 64 bits that no other lock of this project uses."""


class FileLock:
    """A lock on a file: taken by one process at a time, and by those that inherit its descriptor.

    The file stays when the lock is given back: removing it would let two processes lock two files of one name.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    def take(self) -> bool:
        """Take the lock without waiting and write our process id into the file; False where another one holds it.

        Raises:
            OSError: the file or its directory cannot be made.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        # Not truncated on opening: until the lock is ours the file says who holds it.
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        self.sign(os.getpid())
        return True

    def sign(self, pid: int) -> None:
        """Write into the file which process others have to wait for."""
        os.ftruncate(self.descriptor, 0)
        with suppress(OSError):  # a full disk: the lock holds, only nobody is told by whom
            os.pwrite(self.descriptor, f"{pid}\n".encode(), 0)

    def held(self) -> bool:
        """Whether we hold it. A file lock is never lost."""
        return self._descriptor is not None

    @property
    def descriptor(self) -> int:
        """The open file, for a child that shall hold the lock as long as it lives (`pass_fds`)."""
        assert self._descriptor is not None, "take the lock first"
        return self._descriptor

    def holder(self) -> str:
        """Who holds it, for a message: `process 4711`."""
        try:
            pid = self.path.read_text("ascii", errors="replace").strip()
        except OSError:
            pid = ""
        return f"process {pid}" if pid.isdigit() else "another process"

    def give_back(self) -> None:
        """Let it go. A child that inherited it holds it on."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


class ServerLock:
    """The same on a PostgreSQL server, for schedulers on any host: an advisory lock of one connection."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection: Connection | None = None

    def take(self) -> bool:
        """Take the lock without waiting; False where another connection holds it.

        Raises:
            StoreError: the server does not answer.
        """
        with translated(self._database.url):
            connection = engines.writing(self._database.engine).connect()
            try:
                # Outside a transaction: one that stays open for months would keep the server from cleaning up.
                connection.execution_options(isolation_level="AUTOCOMMIT")
                if connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": SCHEDULER_KEY}):
                    self._connection = connection
            finally:
                if self._connection is None:
                    connection.close()
        return self._connection is not None

    def held(self) -> bool:
        """Whether we hold it still. A server that was restarted has forgotten it."""
        if self._connection is None:
            return False
        try:
            self._connection.scalar(text("SELECT 1"))
        except DBAPIError:
            self._connection.close()
            self._connection = None
        return self._connection is not None

    def holder(self) -> str:
        """Who holds it, for a message."""
        return "another process, on this host or another,"

    def give_back(self) -> None:
        """Let it go, at once: the server notices only after a while that a connection was closed."""
        if self._connection is not None:
            with suppress(DBAPIError):  # with a lost connection it is given back already
                self._connection.scalar(text("SELECT pg_advisory_unlock(:key)"), {"key": SCHEDULER_KEY})
            self._connection.invalidate()  # whatever came of that: no session in the pool may hold it on
            self._connection.close()
            self._connection = None
