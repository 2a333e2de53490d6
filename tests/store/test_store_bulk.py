"""Taking many articles into the search index, and what others change meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.orm import Session
from store_samples import article, read, segments

from storage.query.search import find
from storage.search.question import read_question
from storage.store.database import Database
from storage.store.indexing import upkeep
from storage.store.indexing.sqlite import SqliteIndex

Opener = Callable[[str], Database]


@pytest.fixture
def filled(sqlite_url: str, open_database: Opener, monkeypatch: pytest.MonkeyPatch) -> Database:
    """An archive of 60 articles that is many, taken in 20 at a time."""
    database = open_database(sqlite_url)
    with database.begin() as session:
        for number in range(1, 61):
            read(session, article(number, title=f"第{number}篇"), number)
    monkeypatch.setattr(upkeep, "ROWS_AT_ONCE", 5)
    monkeypatch.setattr(upkeep, "ROWS_OF_A_TRANSACTION", 10)
    monkeypatch.setattr(upkeep, "ROWS_OF_A_BULK", 20)
    return database


def test_a_bulk_makes_one_segment_a_transaction(filled: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else merging what a million articles come to would take longer than all else."""
    with monkeypatch.context() as patch:
        patch.setattr(SqliteIndex, "compact", lambda _, first: False)
        upkeep.rebuild(filled)
    assert segments(filled) == 3


def test_a_bulk_that_is_broken_off_while_it_merges_is_merged_later(
    filled: Database, sqlite_url: str, open_database: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else Ctrl-C at 100 % would leave every search slower, for good, and each writer with 64 MB of what it gathers."""

    def broken_off(_: SqliteIndex, *, first: bool) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(SqliteIndex, "compact", broken_off)
        with pytest.raises(KeyboardInterrupt):
            upkeep.rebuild(filled)
    assert segments(filled) == 3
    filled.close()
    again = open_database(sqlite_url)
    assert segments(again) == 1
    with again.read() as session:
        assert upkeep.index_of(session).whole


def found(session: Session, line: str) -> list[str]:
    """Ids of the articles that answer."""
    return list(find(session, read_question(line)))


@pytest.mark.parametrize("before", [True, False], ids=["before its row is read", "after its row was read"])
def test_what_is_changed_while_it_is_taken_in_is_taken_in_again(
    postgres_url: str, open_database: Opener, monkeypatch: pytest.MonkeyPatch, before: bool
) -> None:
    """Else an article would be found by old words for ever: whoever repaired it in plain SQL made nothing due."""
    database = open_database(postgres_url)
    with database.begin() as session:
        _, one, _ = read(session, article(1, title="台风来了"), 1)
    other = create_engine(make_url(postgres_url).set(drivername="postgresql+psycopg"))
    retitle = text("UPDATE article SET title = :title")
    with other.begin() as connection:
        connection.execute(retitle, {"title": "港口扩建"})
    writing = other.connect()

    def edit() -> None:
        writing.execute(retitle, {"title": "红色预警"})
        writing.commit()

    editing = threading.Thread(target=edit)
    take = upkeep._take

    def take_and_edit(session: Session, ids: Sequence[str]) -> list[range]:
        taken = take(session, ids)
        editing.start()
        editing.join(0.5)  # it may have to wait for the end of the transaction that takes in
        return taken

    if before:
        writing.execute(retitle, {"title": "红色预警"})
        threading.Timer(0.5, writing.commit).start()
    else:
        monkeypatch.setattr(upkeep, "_take", take_and_edit)
    with database.begin():
        pass
    monkeypatch.undo()
    if not before:
        editing.join()
    with database.begin():
        pass
    with database.read() as session:
        assert found(session, "预警") == [one]
        assert found(session, "港口") == []
    writing.close()
    other.dispose()
