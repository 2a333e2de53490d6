"""What may happen while connections are made and given back."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest
from sqlalchemy import event

from storage.store.database import Database


def test_a_new_file_is_waited_for_that_another_one_makes_ready(
    tmp_path: Path, open_database: Callable[[str], Database]
) -> None:
    """Else of two crawls begun at once on a fresh machine one ends with "database is locked", without having waited."""
    path = tmp_path / "archive.db"
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        later = threading.Timer(0.3, other.execute, ["ROLLBACK"])
        later.start()
        database = open_database(f"sqlite:///{path}")
        later.join()
        with database.read() as session:
            assert session.connection().exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


@pytest.mark.parametrize(("ended", "told"), [(KeyboardInterrupt, 0), (MemoryError, 1)])
def test_a_ctrl_c_is_not_told_twice(
    database: Database, caplog: pytest.LogCaptureFixture, ended: type[BaseException], told: int
) -> None:
    """Else a traceback of the pool stands before the one line that says what was stored."""

    def _end(*_: object) -> None:
        raise ended

    event.listen(database.engine, "reset", _end)
    with suppress(ended), database.read() as session:
        session.connection()
    event.remove(database.engine, "reset", _end)
    assert len(caplog.records) == told
    with database.begin():
        pass
