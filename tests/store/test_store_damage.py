"""What is told of a database file that is damaged, and of a complaint that is none of a damage."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from store_samples import article, read

from storage.errors import StoreError
from storage.query.candidates.sqlite import _blocks
from storage.query.plan import Window
from storage.query.search import search
from storage.search.question import read_question
from storage.store.database import Database
from storage.store.tables import ArticleRow

Opener = Callable[[str], Database]


@pytest.mark.parametrize(
    ("table", "ask"),
    [
        ("article", lambda session: session.scalars(select(ArticleRow)).all()),
        ("search_index_block", lambda session: search(session, read_question("港口"))),
        ("search_index_data", lambda session: search(session, read_question("港口"))),
    ],
)
def test_a_damaged_file_is_told_with_its_remedy(
    tmp_path: Path, open_database: Opener, table: str, ask: Callable[[Session], object]
) -> None:
    """Else whoever's disk fails gets a traceback."""
    path = tmp_path / "archive.db"
    with Database.open(f"sqlite:///{path}") as database, database.begin() as session:
        read(session, article())
    with closing(sqlite3.connect(path)) as connection:
        [(page_bytes,)] = connection.execute("PRAGMA page_size")
        [(root,)] = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,))
    database = open_database(f"sqlite:///{path}")
    with path.open("r+b") as file:
        file.seek((root - 1) * page_bytes)
        file.write(b"\xff" * page_bytes)
    with pytest.raises(StoreError, match="restore a backup"), database.read() as session:
        ask(session)


def test_what_the_driver_says_of_a_database_is_told_too(tmp_path: Path, open_database: Opener) -> None:
    """Else a disk that fails in the middle of a search would be a traceback: it asks by the driver's own means."""
    database = open_database(f"sqlite:///{tmp_path / 'archive.db'}")

    def broken_off() -> None:
        with database.read() as session:
            driver = session.connection().connection.driver_connection
            assert isinstance(driver, sqlite3.Connection)
            driver.set_progress_handler(lambda: True, 1)
            try:
                _blocks(session.connection(), Window())
            finally:
                driver.set_progress_handler(None, 0)

    with pytest.raises(StoreError, match="interrupted; check the disk and the file"):
        broken_off()


def test_damaged_text_of_an_article_is_told_with_its_remedy(tmp_path: Path, open_database: Opener) -> None:
    """Else whoever's disk fails is sent to a server that he does not have: most of a file is text."""
    path = tmp_path / "archive.db"
    with Database.open(f"sqlite:///{path}") as database, database.begin() as session:
        read(session, article())
    _overwrite(path, article().body.encode())
    with (
        pytest.raises(StoreError, match=r"'body'; .*restore a backup"),
        open_database(f"sqlite:///{path}").read() as session,
    ):
        session.scalars(select(ArticleRow)).all()


def test_a_damaged_schema_is_told_with_its_remedy(tmp_path: Path) -> None:
    """Else opening ends in a traceback: SQLite quotes what it cannot read, and the driver cannot read the quotation."""
    path = tmp_path / "archive.db"
    Database.open(f"sqlite:///{path}").close()
    _overwrite(path, b"articlearticle")  # a table's name, as it stands there twice
    with pytest.raises(StoreError, match="restore a backup"):
        Database.open(f"sqlite:///{path}")


def test_a_wrong_statement_of_ours_is_no_damage(database: Database) -> None:
    """Else a mistake of this program would send its owner to his backups."""
    wrong = {"sqlite": "SELECT json('{')", "postgresql": "SELECT '{1'::int4[]"}[database.dialect]
    with pytest.raises((DBAPIError, StoreError), match="malformed") as told, database.read() as session:
        session.connection().exec_driver_sql(wrong)
    assert "backup" not in str(told.value)


def test_a_complaint_of_the_driver_alone_is_told_as_it_is(sqlite_url: str, open_database: Opener) -> None:
    """Else a mistake that SQLite never saw, and gave no code, would hide behind an error about that code."""
    with pytest.raises(DBAPIError, match="bindings"), open_database(sqlite_url).read() as session:
        session.connection().exec_driver_sql("SELECT ?", (1, 2))


def _overwrite(path: Path, known: bytes) -> None:
    """Put what can be no text wherever some text stands in an SQLite file."""
    content = path.read_bytes()
    assert known in content
    path.write_bytes(content.replace(known, b"\xff" * len(known)))
