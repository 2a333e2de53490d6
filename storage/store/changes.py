"""Whether anything has been committed since somebody looked."""

from __future__ import annotations

import sqlite3
from threading import Lock
from typing import Any

from sqlalchemy import text
from sqlalchemy.pool import StaticPool

from storage.errors import StoreError
from storage.store.database import Database

_SNAPSHOT = text("SELECT pg_current_snapshot()::text")


class Changes:
    """Tells two states of a database apart, whoever wrote in between. On SQLite it keeps a connection of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = Lock()
        alone = isinstance(database.engine.pool, StaticPool)  # its one connection does not notice what it writes itself
        self._watching = None if alone or database.dialect != "sqlite" else database.engine.raw_connection()

    def mark(self) -> object:
        """Equal to an earlier one if nothing was committed in between; one by itself where that cannot be told."""
        try:
            if self._watching is not None:
                with self._lock:
                    return self._version_of(self._watching.driver_connection)
            if self._database.dialect == "postgresql":
                with self._database.read() as session:
                    return session.execute(_SNAPSHOT).scalar()
        except (StoreError, sqlite3.Error):
            """Whoever reads next is told what is wrong."""
        return object()

    def close(self) -> None:
        """Give the connection back."""
        if self._watching is not None:
            self._watching.close()

    @staticmethod
    def _version_of(driver: Any) -> object:
        """A number that changes with each commit of another connection (SQLite, PRAGMA data_version)."""
        return driver.execute("PRAGMA data_version").fetchone()
