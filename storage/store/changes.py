"""Whether anything has been committed since somebody looked."""

from __future__ import annotations

import sqlite3
from threading import Lock
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import StaticPool

from storage.errors import StoreError
from storage.store.database import Database

_SNAPSHOT = text("SELECT pg_current_snapshot()::text")


class Changes:
    """Tells two states of a database apart, whoever wrote in between. On SQLite it keeps a connection of its own; on
    PostgreSQL a commit to another database of the server is one, too.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = Lock()
        alone = isinstance(database.engine.pool, StaticPool)  # its one connection does not notice what it writes itself
        self._watching = None if alone or database.dialect != "sqlite" else database.engine.raw_connection()
        if self._watching is not None:
            self._watching.detach()  # from the pool: nobody else uses it, and none of the pool's is missing
            self._watching.cursor().execute("PRAGMA busy_timeout = 0")  # a mark only spares work: none waits for it

    def mark(self) -> str | None:
        """Equal to an earlier one if nothing was committed in between; None where that cannot be told."""
        try:
            if self._watching is not None:
                with self._lock:
                    return self._version_of(self._watching.dbapi_connection)
            if self._database.dialect == "postgresql":
                with self._database.read() as session:
                    return str(session.execute(_SNAPSHOT).scalar())
        except (StoreError, SQLAlchemyError, sqlite3.Error):
            pass  # whoever reads next is told what is wrong
        return None

    def close(self) -> None:
        """Close the connection."""
        if self._watching is not None:
            self._watching.close()

    @staticmethod
    def _version_of(driver: Any) -> str:
        """A number that changes with each commit of another connection (SQLite, PRAGMA data_version)."""
        return str(driver.execute("PRAGMA data_version").fetchone()[0])
