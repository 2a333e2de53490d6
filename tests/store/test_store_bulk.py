"""Taking many articles into the search index, and what others change meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.orm import Session
from store_samples import article, read, segments

from storage.query.search import find
from storage.search.question import read_question
from storage.store.database import Database
from storage.store.indexing import due, upkeep
from storage.store.indexing.due import Chunk
from storage.store.indexing.sqlite import FAR_LEVEL, SqliteIndex

Opener = Callable[[str], Database]


def long_text(number: int, length: int) -> str:
    """Another one for each number."""
    return "".join(chr(0x4E00 + (number * 997 + place * 31) % 20_000) for place in range(length))


@pytest.fixture
def filled(sqlite_url: str, open_database: Opener, monkeypatch: pytest.MonkeyPatch) -> Database:
    """An archive of 60 articles that is many, taken in 20 at a time."""
    database = open_database(sqlite_url)
    with database.begin() as session:
        for number in range(1, 61):
            read(session, article(number, body=long_text(number, 3_000)), number)
    monkeypatch.setattr(due, "ROWS_AT_ONCE", 5)
    monkeypatch.setattr(upkeep, "ROWS_OF_A_TRANSACTION", 10)
    monkeypatch.setattr(upkeep, "ROWS_OF_A_BULK", 20)
    return database


def test_a_bulk_makes_one_segment_a_transaction(filled: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else merging what a million articles come to would take longer than all else."""
    with monkeypatch.context() as patch:
        patch.setattr(SqliteIndex, "compact", lambda _, first: False)
        patch.setattr(SqliteIndex, "deepen", lambda _: None)
        patch.setattr(SqliteIndex, "part", lambda _: None)
        upkeep.rebuild(filled)
    assert len(segments(filled)) == 3


def test_a_bulk_lies_far_above_what_comes_later(filled: Database) -> None:
    """Else a million articles would be written anew for every few hundred, a few pages at a time, and all that comes
    meanwhile would lie in segments of its own: 2,000 of them, and nothing more can be stored."""
    upkeep.rebuild(filled)
    assert levels(filled) == [0] * (FAR_LEVEL + 1) + [1]


def levels(database: Database) -> list[int]:
    """How many segments lie on each level, as FTS5's structure record says: a cookie of four bytes, then varints: how
    many levels and segments, a counter, and of each level how many are being merged, how many there are, and of each
    its number, first and last page."""
    with database.read() as session:
        record = session.scalars(text("SELECT block FROM search_index_data WHERE id = 10")).one()
    numbers = varints(record[4:])
    count, _, _ = next(numbers), next(numbers), next(numbers)
    found = []
    for _ in range(count):
        _, size = next(numbers), next(numbers)
        found.append(size)
        for _ in range(3 * size):
            next(numbers)
    return found


def varints(record: bytes) -> Iterator[int]:
    """Seven bits a byte, the highest first; the eighth says that there are more."""
    value = 0
    for byte in record:
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            yield value
            value = 0


def test_a_bulk_ends_its_transaction_in_time(filled: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else on a slow machine whoever wants to write beside it gives up: a crawl would lose its pages."""
    told: list[int] = []
    monkeypatch.setattr(due, "TRANSACTION_SECONDS", 0.0)
    upkeep.rebuild(filled, lambda done, _: told.append(done))
    assert told == list(range(0, 61, 5))


def test_who_writes_beside_a_bulk_is_not_kept(
    filled: Database, sqlite_url: str, open_database: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of a crawl's articles would take in thousands of others first."""
    with monkeypatch.context() as patch:
        patch.setattr(upkeep, "_take_all", lambda *_: None)
        upkeep.rebuild(filled)
        with upkeep._beginning(filled) as session:
            upkeep.index_of(session.connection()).bulk(True)
    with filled.begin() as session:
        _, new, _ = read(session, article(61, title="台风来了"), 61)
    with filled.read() as session:
        assert due.waiting(session.connection()) == 61
    with open_database(sqlite_url).read() as session:
        assert (due.waiting(session.connection()), found(session, "台风")) == (0, [new])


def test_two_who_open_an_older_archive_make_one_index(filled: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second would throw away what the first has made, half an hour of work."""
    rebuild = upkeep.rebuild
    with filled.begin() as session:
        session.execute(text("UPDATE search_state SET version = 0"))

    def second(database: Database, told: upkeep.Progress | None, *, unless_current: bool) -> None:
        monkeypatch.undo()
        upkeep.prepare(database)  # between the first one's look and its turn
        with database.begin() as session:
            session.execute(text("UPDATE search_state SET next_number = 1000"))
        rebuild(database, told, unless_current=unless_current)

    monkeypatch.setattr(upkeep, "rebuild", second)
    upkeep.prepare(filled)
    with filled.read() as session:
        assert session.scalars(text("SELECT next_number FROM search_state")).one() == 1000


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
    assert len(segments(filled)) > 1
    filled.close()
    again = open_database(sqlite_url)
    assert len(segments(again)) == 1
    with again.read() as session:
        assert upkeep.index_of(session.connection()).whole


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

    def take_and_edit(session: Session, chunk: Chunk) -> list[range]:
        taken = take(session, chunk)
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
