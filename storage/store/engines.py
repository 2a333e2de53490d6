"""Engines on SQLite and on PostgreSQL: what an address names, and what every connection is told first."""

from __future__ import annotations

import logging
import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import StaticPool

from storage.errors import StoreError
from storage.secrets import hidden

BUSY_TIMEOUT_SECONDS = 60
"""How long a writer waits for another one on SQLite. A backup or a big import may hold the lock for half a minute."""

CHECKPOINT_PAGES = 4_000
"""Written to the log before they are copied into the file. By SQLite's own thousand one article in twenty waits for
that."""
CACHE_KILOBYTES = 32_000
"""Pages SQLite keeps in memory for each connection. Its own bound of 2 MB is less than one search reads."""

CONNECT_TIMEOUT_SECONDS = 10
"""How long PostgreSQL may take to answer the first time."""

RESTART_SECONDS = 60
"""How long a PostgreSQL that answered before is waited for: as long as an update or a reboot of it takes."""

LOOK_AGAIN_SECONDS = 0.5
BUSY_AGAIN_SECONDS = 0.05

WRITES = "xha_write"
"""Option of a connection whose transactions may write."""


def address(url: str) -> URL:
    """What an address names.

    Raises:
        StoreError: it is none, or one of a database that is not supported.
    """
    try:
        found = make_url(url)
        name = found.get_backend_name()
    except (ArgumentError, ValueError) as error:  # the latter over a port
        raise StoreError(f"database {hidden(url)!r} is not an address such as sqlite:///data/archive.db") from error
    if name == "postgresql":
        return found.set(drivername="postgresql+psycopg")
    if name != "sqlite":
        raise StoreError(f"database {name!r} is not supported; use sqlite:///… or postgresql://…")
    return found


def engine(named: URL) -> Engine:
    """An engine whose transactions only read; connects when it is asked first.

    Raises:
        StoreError: the driver is missing, does not know an option, or the directory of the file cannot be made.
    """
    try:
        made = _postgres(named) if named.get_backend_name() == "postgresql" else _sqlite(named)
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise StoreError(f"database {hidden(named.render_as_string())}: {error}") from error
    assert isinstance(made.pool.logger, logging.Logger), "no engine of ours has an `echo`"
    made.pool.logger.addFilter(_is_no_interrupt)
    return made


def writing(reading: Engine) -> Engine:
    """The same with transactions that may write."""
    return reading.execution_options(**{WRITES: True})


def _is_no_interrupt(record: logging.LogRecord) -> bool:
    """A Ctrl-C that comes while a connection is given back goes on to whoever handles it: nothing to be told of it."""
    return not (record.exc_info and isinstance(record.exc_info[1], KeyboardInterrupt))


def _postgres(named: URL) -> Engine:
    # No compiling, unless the address says so: of a search's statements the planner expects so much that it would
    # compile them, for longer than they run.
    options = f"-c jit=off {named.query.get('options', '')} -c timezone=UTC"
    made = create_engine(
        named,
        hide_parameters=True,  # a message must not carry a whole article
        pool_pre_ping=True,  # a server that was restarted costs one failed ping, not one failed page
        connect_args={"options": options, "connect_timeout": CONNECT_TIMEOUT_SECONDS},
    )

    answered = False

    @event.listens_for(made, "do_connect")
    def _connect(dialect: Dialect, _: object, arguments: list[Any], options: dict[str, Any]) -> Any:
        """Wait for a server that is being restarted; one that never answered was named wrongly."""
        nonlocal answered
        last = time.monotonic() + (RESTART_SECONDS if answered else 0)
        while True:
            try:
                connection = dialect.connect(*arguments, **options)
            except dialect.loaded_dbapi.OperationalError:
                if time.monotonic() >= last:
                    raise
                time.sleep(LOOK_AGAIN_SECONDS)
            else:
                answered = True
                return connection

    @event.listens_for(made, "begin")
    def _begin(connection: Connection) -> None:
        if WRITES not in connection.get_execution_options():
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")

    return made


def primary_code(error: BaseException | None) -> int:
    """What SQLite complains of, without the details; `SQLITE_OK` of a complaint that is not SQLite's own."""
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK) & 0xFF


def _keep_a_log(connection: Any) -> None:
    """Have SQLite write ahead. Of two that begin it on a new file one is told at once that the file is locked."""
    last = time.monotonic() + BUSY_TIMEOUT_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if primary_code(error) != sqlite3.SQLITE_BUSY or time.monotonic() >= last:
                raise
            time.sleep(BUSY_AGAIN_SECONDS)
        except UnicodeDecodeError as error:  # the driver's, of a damaged schema that SQLite quotes to complain of it
            damage = sqlite3.DatabaseError("malformed database schema")
            damage.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
            raise damage from error
        else:
            return


def _sqlite(named: URL) -> Engine:
    memory = named.database in (None, "", ":memory:")
    if not memory:
        assert named.database is not None
        directory = Path(named.database).parent
        try:
            directory.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"directory {directory} cannot be made: {error.strerror}; choose another") from error
    made = create_engine(
        named,
        hide_parameters=True,
        connect_args={"timeout": BUSY_TIMEOUT_SECONDS, "check_same_thread": False},
        **({"poolclass": StaticPool} if memory else {}),  # every new connection to :memory: is a new database
    )

    @event.listens_for(made, "connect")
    def _connect(connection: Any, _: object) -> None:
        connection.isolation_level = None  # the driver begins no transactions by itself: we say which kind
        connection.execute("PRAGMA foreign_keys = ON")
        _keep_a_log(connection)
        # With WAL the default loses the last commits when the power goes; a capture's row must not be lost.
        connection.execute("PRAGMA synchronous = FULL")
        # Debian's SQLite overwrites what is deleted; merging the search index deletes as much as it writes.
        connection.execute("PRAGMA secure_delete = OFF")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KILOBYTES}")
        connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")

    @event.listens_for(made, "begin")
    def _begin(connection: Connection) -> None:
        writes = WRITES in connection.get_execution_options()
        connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if writes else 'ON'}")
        # A transaction that reads first and then writes fails when another one wrote in between; this one waits.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return made
