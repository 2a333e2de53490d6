"""One database, SQLite or PostgreSQL: opening, migrating, and transactions."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Generator
from contextlib import contextmanager
from typing import Self

from sqlalchemy import URL, Engine
from sqlalchemy.exc import DBAPIError, InternalError, OperationalError
from sqlalchemy.orm import Session

from storage.errors import StoreError
from storage.secrets import hidden
from storage.store import engines, migrate
from storage.store.indexing import upkeep


class Database:
    """An open, migrated database. Functions of this package take a `Session`; callers compose transactions of them.

    >>> database = Database.open("sqlite:///:memory:")
    >>> with database.begin() as session:
    ...     pass
    >>> database.close()
    """

    def __init__(self, url: URL, engine: Engine) -> None:
        self.url = hidden(url.render_as_string(hide_password=True))
        """Its address, without the password."""
        self.dialect = engine.dialect.name
        """`sqlite` or `postgresql`."""
        self.engine = engine
        self._writer = engines.writing(engine)
        self._here = threading.local()

    @classmethod
    def open(cls, url: str, on_progress: upkeep.Progress | None = None) -> Database:
        """Open the database at an SQLAlchemy address and bring its schema and its search index up to date.

        An SQLite file and its directory are made where they are missing.

        Args:
            on_progress: Told of articles indexed, of how many; only after a change of version are there many.

        Raises:
            StoreTooNew: it was written by a newer version of this project.
            StoreError: it cannot be reached, read or migrated; the message says what to do.
        """
        address = engines.address(url)
        database = cls(address, engines.engine(address))
        try:
            with translated(database.url):
                migrate.upgrade(database.engine, database._writer)
            upkeep.prepare(database, on_progress)
        except OSError as error:  # of a migration's script
            database.close()
            raise StoreError(
                f"database {database.url}: its schema cannot be looked after ({error}); check the limit of open files "
                "(`ulimit -n`) and the installation"
            ) from error
        except BaseException:
            database.close()
            raise
        return database

    @contextmanager
    def begin(self) -> Generator[Session]:
        """A transaction that may write: committed at the end of the block, rolled back if it raises.

        Raises:
            RuntimeError: this thread has one open already (on SQLite it would wait for itself).
            StoreError: the database went away, is locked, full or read-only. Nothing of the block is stored.
        """
        if getattr(self._here, "busy", False):
            raise RuntimeError("a write transaction is already open in this thread; pass its session on")
        self._here.busy = True
        try:
            if (around := self._batch) is not None:
                with translated(self.url), around.begin_nested():
                    yield around
                return
            with translated(self.url), Session(self._writer, expire_on_commit=False) as session, session.begin():
                session.info["writes"] = True
                yield session
                if session.in_transaction() and not upkeep.indexes_itself(session):  # not one that was rolled back
                    upkeep.catch_up(session)
        finally:
            self._here.busy = False

    @contextmanager
    def batch(self) -> Generator[Session]:
        """One transaction around many blocks of `begin`, which become savepoints; `read` sees what they wrote.

        A commit waits for the disk; hundreds of small ones take longer than their work. Only for what can be done again
        from the start: what ends the block early takes back all of it. On SQLite nobody else writes meanwhile.
        The search index takes in what has changed when the batch ends, all at once: that is quicker by far.

        Gives the session of the batch, for what needs no savepoint of its own.

        Raises:
            RuntimeError, StoreError: as `begin`.
        """
        with self.begin() as session:
            self._here.busy, self._here.batch = False, session
            try:
                yield session
            finally:
                self._here.batch = None

    @property
    def _batch(self) -> Session | None:
        """The transaction around the blocks of this thread."""
        found: Session | None = getattr(self._here, "batch", None)
        return found

    @contextmanager
    def read(self) -> Generator[Session]:
        """A transaction that sees one state of the database throughout and cannot write.

        Within `batch` it sees what that has written, and nothing keeps it from writing.

        Raises:
            StoreError: the database went away, or the block tried to write.
        """
        if (around := self._batch) is not None:
            with translated(self.url):
                yield around
            return
        with translated(self.url), Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@contextmanager
def translated(url: str) -> Generator[None]:
    """Turn a driver's complaint about the database itself into one sentence with a remedy.

    Raises:
        StoreError: in place of any error that is not about our own statement.
    """
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:  # the latter of what is asked by the driver's own means
        complaint = error.orig if isinstance(error, DBAPIError) else error
        said = str(complaint).strip().splitlines()[0] if str(complaint).strip() else type(complaint).__name__
        said = said.partition(" with text ")[0]  # an article's, where it cannot be read
        lost = isinstance(error, DBAPIError) and error.connection_invalidated
        code = engines.primary_code(complaint)
        if isinstance(error, _OF_THE_DATABASE) or lost or code in _OF_THE_FILE or "connection option" in said:
            remedy = _DAMAGED if code == sqlite3.SQLITE_CORRUPT else _remedy(said, url)
            raise StoreError(f"database {url}: {said}; {remedy}") from error
        raise


_OF_THE_DATABASE = (OperationalError, InternalError, sqlite3.OperationalError, sqlite3.InternalError)
"""Kinds of complaint that say something of the database, not of our statement."""
_OF_THE_FILE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
"""SQLite's codes of a file that is damaged, or none of its own: it complains of these as of a wrong statement."""

_DAMAGED = "the file is damaged: restore a backup, or rebuild it from the archive with `xha reparse`"
_OF_A_FILE = "check the disk and the file (`PRAGMA integrity_check`); if both are sound, report a fault of the program"
_REMEDIES = (
    ("Could not decode", _DAMAGED),
    ("not a database", "the file is something else: name another one"),
    ("locked", "another program holds it: wait for it or end it, then run again"),
    ("full", "make room on the disk, then run again"),
    ("read-only", "only a transaction of `begin` may write"),
    ("readonly", "let this user write to the file and its directory, and mount them to be written"),
    ("unable to open", "check its directory (mode, mount, `df -i`) and the limit of open files (`ulimit -n`)"),
    ("disk I/O", "check the disk, then run again"),
    ("connection option", "check what stands behind the ? of the address"),
    ("password", "check user and password of the address"),
    ("does not exist", "create it first, or check the name in the address"),
)


def _remedy(said: str, url: str) -> str:
    other = _OF_A_FILE if url.startswith("sqlite") else "check that the server runs and is reachable"
    return next((remedy for words, remedy in _REMEDIES if words in said), other)
