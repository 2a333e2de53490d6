"""What every route gets: the configuration, and one state of the archive to read from."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Annotated, TypeVar, cast

from fastapi import Depends, Path, Request
from sqlalchemy import text
from sqlalchemy.orm import Session

from storage.config import Config
from storage.store.database import Database
from web.kept import Kept

Answer = TypeVar("Answer")

LONGEST_QUESTION_SECONDS = 10.0
"""Of one request to the database: nobody waits longer, and a question that would take longer keeps others waiting."""
STEPS_BETWEEN_LOOKS = 100_000
"""Steps of SQLite's machine between looks at the clock: some milliseconds."""


def _config(request: Request) -> Config:
    return cast("Config", request.app.state.config)


def _session(request: Request) -> Iterator[Session]:
    with bounded(cast("Database", request.app.state.database), LONGEST_QUESTION_SECONDS) as session:
        yield session


@contextmanager
def bounded(database: Database, seconds: float) -> Iterator[Session]:
    """A transaction that reads, whose questions are broken off after some seconds altogether.

    Raises:
        StoreError: it took longer.
    """
    with database.read() as session:
        if database.dialect == "postgresql":
            session.execute(text(f"SET LOCAL statement_timeout = {round(seconds * 1000)}"))
            yield session
            return
        driver = session.connection().connection.driver_connection
        assert isinstance(driver, sqlite3.Connection), "the other database is SQLite"
        end = time.monotonic() + seconds
        driver.set_progress_handler(lambda: time.monotonic() > end, STEPS_BETWEEN_LOOKS)
        try:
            yield session
        finally:
            driver.set_progress_handler(None, 0)


InForce = Annotated[Config, Depends(_config)]
"""The configuration in force."""
Reading = Annotated[Session, Depends(_session, scope="function")]
"""A transaction that sees one state of the archive throughout, and cannot write. It ends before the answer is sent: a
reader who is slow to take it holds no connection."""
RowId = Annotated[int, Path(ge=1, le=2**63 - 1)]
"""A row number in an address, as far as databases count."""


def kept(request: Request, key: Hashable, ask: Callable[[Session], Answer]) -> Answer:
    """An answer that takes long and may be some minutes old; `ask` gets a session of its own."""

    def compute() -> Answer:
        with cast("Database", request.app.state.database).read() as session:
            return ask(session)

    return cast("Kept", request.app.state.kept).get(key, compute)
