"""What every route gets: the configuration, and one state of the archive to read from."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Hashable, Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from math import ceil
from typing import Annotated, Any, TypeVar, cast

from fastapi import Depends, Path, Request
from sqlalchemy import Connection, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from storage.config import Config
from storage.errors import TookTooLong
from storage.query.hits import IN_TIME
from storage.store.database import Database
from web.kept import Kept
from web.turns import Turns

Answer = TypeVar("Answer")

LONGEST_QUESTION_SECONDS = 10.0
"""Of one request, all its questions to the database together: nobody waits longer, and a request that would take longer
keeps others waiting."""
TOLERATED_SECONDS = 0.1
"""By how much PostgreSQL may be told too late that less is left: telling it is a round trip of its own."""
SHORT_AT_WORK, LONG_AT_WORK = 2, 1
"""Requests that read at the same time in one process: of those that take milliseconds, and of those that may take
seconds; others wait for their turn. One computes while another waits for the database. More take turns after every
row, which on SQLite costs up to a third of the machine, and of two searches side by side both end when the second would
have. And with more than the database has connections (15), who waited for one would keep a thread from those who
have. Measured on SQLite, where a search computes; on PostgreSQL half of it is waiting."""
LONGEST_WAIT_SECONDS = 30.0
"""For one's turn; then it is better to say that too many ask at once."""
MOST_WAITING = 400
"""For their turn."""
STEPS_BETWEEN_LOOKS = 100_000
"""Steps of SQLite's machine between looks at the clock: some milliseconds."""


def turns(at_once: int) -> Turns:
    """Those of one kind of request."""
    return Turns(at_once, longest_seconds=LONGEST_WAIT_SECONDS, most_waiting=MOST_WAITING)


# Asynchronous, and so without a thread: one would be waited for, behind those that compute.
async def _config(request: Request) -> Config:
    return cast("Config", request.app.state.config)


async def _turn(request: Request) -> AsyncIterator[None]:
    """One of those for what is answered in some milliseconds."""
    async with cast("Turns", request.app.state.short_turns).turn():
        yield


async def _long_turn(request: Request) -> AsyncIterator[None]:
    """One of those for what may take seconds: nobody who asks for an article waits behind it."""
    async with cast("Turns", request.app.state.long_turns).turn():
        yield


def _session(request: Request, _: Annotated[None, Depends(_turn, scope="function")]) -> Iterator[Session]:
    yield from _reading(request)


def _long_session(request: Request, _: Annotated[None, Depends(_long_turn, scope="function")]) -> Iterator[Session]:
    yield from _reading(request)


def _reading(request: Request) -> Iterator[Session]:
    with bounded(cast("Database", request.app.state.database), LONGEST_QUESTION_SECONDS) as session:
        yield session


@contextmanager
def bounded(database: Database, seconds: float) -> Iterator[Session]:
    """A transaction that reads, whose questions are broken off after some seconds altogether.

    Counted from its beginning, with what is done between the questions: past its end the next one is not asked.

    Raises:
        TookTooLong: it took longer.
    """
    with database.read() as session:
        connection, end = session.connection(), time.monotonic() + seconds
        postgres = database.dialect == "postgresql"
        with _each_in_time(connection, end, seconds), nullcontext() if postgres else _interrupted(connection, end):
            session.info[IN_TIME] = partial(_look, end, seconds)
            try:
                yield session
            except (DBAPIError, sqlite3.Error) as error:  # the latter of what is asked by the driver's own means
                if time.monotonic() < end:
                    raise
                raise TookTooLong(seconds) from error
            finally:
                del session.info[IN_TIME]


def _look(end: float, seconds: float) -> None:
    if time.monotonic() >= end:
        raise TookTooLong(seconds)


@contextmanager
def _each_in_time(connection: Connection, end: float, seconds: float) -> Iterator[None]:
    """Before each question look at the clock, and tell PostgreSQL how long this one may take."""
    told = float("inf")

    def look(_: Connection, cursor: Any, *__: object) -> None:
        nonlocal told
        _look(end, seconds)
        left = end - time.monotonic()
        if connection.dialect.name == "postgresql" and left < told - TOLERATED_SECONDS:
            cursor.execute(f"SET LOCAL statement_timeout = {ceil(left * 1000)}")
            told = left

    event.listen(connection, "before_cursor_execute", look)
    try:
        yield
    finally:
        event.remove(connection, "before_cursor_execute", look)


@contextmanager
def _interrupted(connection: Connection, end: float) -> Iterator[None]:
    """Have SQLite look at the clock while it works."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection), "the other database is SQLite"
    driver.set_progress_handler(lambda: time.monotonic() > end, STEPS_BETWEEN_LOOKS)
    try:
        yield
    finally:
        driver.set_progress_handler(None, 0)


MOST_ROWS = 2**63 - 1
"""As far as databases count."""
InForce = Annotated[Config, Depends(_config)]
"""The configuration in force."""
Reading = Annotated[Session, Depends(_session, scope="function")]
"""A transaction that sees one state of the archive throughout, and cannot write. It ends before the answer is sent: a
reader who is slow to take it holds no connection."""
Searching = Annotated[Session, Depends(_long_session, scope="function")]
"""The same for what may take seconds: searches, counts between two days, two states of an article compared, captures,
which are read from their files."""
RowId = Annotated[int, Path(ge=1, le=MOST_ROWS)]
"""A row number in an address."""


def kept(request: Request, key: Hashable, ask: Callable[[Session], Answer]) -> Answer:
    """An answer that takes long and may be some minutes old; `ask` gets a session of its own.

    Raises:
        NotYet: it is not there in time for this reader; it will be for later ones.
    """

    def compute() -> Answer:
        with cast("Database", request.app.state.database).read() as session:
            return ask(session)

    return cast("Kept", request.app.state.kept).get(key, compute)
