"""Keeping the index: taking in what has changed, and making it anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from storage.search.apart import Apart
from storage.search.fold import VERSION
from storage.store.batches import batches
from storage.store.indexing import due, triggers
from storage.store.indexing.documents import Document
from storage.store.indexing.due import Chunk
from storage.store.indexing.labels import LabelBook
from storage.store.indexing.postgres import PostgresIndex
from storage.store.indexing.sqlite import Posting, SqliteIndex
from storage.store.locks import exclusive
from storage.store.tables import ArticleRow, SearchDueRow, SearchEntryRow, SearchLabelRow, SearchStateRow

if TYPE_CHECKING:
    from storage.store.database import Database

ROWS_OF_A_TRANSACTION = 5_000
"""A transaction takes in what it has changed itself; more than this is what `prepare` left unfinished elsewhere."""
FIRST_NUMBER = 1
"""In an index that is empty."""
ROWS_OF_A_BULK = 20_000
"""Articles taken in by one transaction of `prepare`: few enough to be repeated, enough for large segments."""

_ITSELF = "indexes itself"
"""Key in the `info` of a session of this module, whose transactions take in as much as they want to."""

Progress = Callable[[int, int], None]
"""Gets how many articles are done, and of how many."""

# Made once: making a statement takes longer than running it. Run below the session, which takes as long again.
_ENTRIES = select(
    SearchEntryRow.number,
    SearchEntryRow.article_id,
    SearchEntryRow.moment,
    SearchEntryRow.digest,
    SearchEntryRow.labels,
).where(SearchEntryRow.article_id.in_(bindparam("ids", expanding=True)))
_ADD = insert(SearchEntryRow)
_NEXT = select(SearchStateRow.next_number)
_COUNT_ON = update(SearchStateRow).where(SearchStateRow.id == 1).values(next_number=bindparam("next"))
"""Of one row by its number: before a statement that may write several, FTS5 writes out what it has gathered, and bulks
would become as many segments as they have parts."""

Entry = Row[int, str, int, str, str]


def catch_up(session: Session, *, most: int = ROWS_OF_A_TRANSACTION, apart: Apart | None = None) -> int:
    """Take in what was changed since the last time, in the session's transaction; nothing while the index is made anew:
    whoever makes it takes in everything, and each of us would have to wait for thousands.

    Args:
        most: Articles at most.
        apart: What makes the grams of a bulk, for which the index has been prepared and is tended later.

    Returns:
        How many were looked at.
    """
    session.flush()
    connection = session.connection()
    index = index_of(connection)
    if not indexes_itself(session) and due.are_many(connection) and not index.whole:
        return 0
    done: list[str] = []
    new: list[range] = []
    for chunk in due.chunks(session, most, apart):
        new += _take(connection, chunk)
        done += chunk.ids
    if new and apart is None:
        index.tend(before=new[0].start, now=new[-1].stop)
    if connection.dialect.name == "sqlite":  # at last: see `_COUNT_ON`
        due.done(connection, done)
    return len(done)


def indexes_itself(session: Session) -> bool:
    """Whether a transaction leaves nothing to `catch_up`."""
    return bool(session.info.get(_ITSELF))


def prepare(database: Database, on_progress: Progress | None = None) -> None:
    """Bring the index of an opened database up to date; done at once where it is.

    An index made by another version is made anew, as is one whose triggers have gone: nobody wrote down what has been
    changed since. Broken off, it goes on where it was.

    Raises:
        StoreError: the database went away, is locked or full.
    """
    with database.read() as session:
        current = _is_current(session)
        waiting = due.waiting(session.connection())
        whole = index_of(session.connection()).whole
    if not current:
        rebuild(database, on_progress, unless_current=True)
    elif waiting or not whole:
        _take_all(database, waiting, on_progress)


def rebuild(database: Database, on_progress: Progress | None = None, *, unless_current: bool = False) -> None:
    """Make the index anew, the oldest article first; until it is whole, searches find what is in it so far.

    Args:
        unless_current: Look once more when nobody else can write: somebody may have begun it meanwhile, whose work is
            gone on with.
    """
    with _beginning(database) as session:
        exclusive(session)
        if unless_current and _is_current(session):
            waiting = due.waiting(session.connection())
        else:
            triggers.put_back(session.connection())
            waiting = _reset(session)
    _take_all(database, waiting, on_progress)


def _is_current(session: Session) -> bool:
    """Whether the index is of this version, and no change can have been missed."""
    return session.scalar(select(SearchStateRow.version)) == VERSION and not triggers.missing(session.connection())


def _take_all(database: Database, waiting: int, on_progress: Progress | None) -> None:
    bulk = waiting > ROWS_OF_A_TRANSACTION
    left = waiting
    if on_progress:
        on_progress(0, waiting)
    if bulk:
        with _beginning(database) as session:
            if session.scalars(_NEXT).one() == FIRST_NUMBER:
                index_of(session.connection()).deepen()
    with Apart() if bulk else nullcontext() as apart:
        while left:
            with _beginning(database) as session:
                if bulk:
                    index_of(session.connection()).bulk(True)
                catch_up(session, most=ROWS_OF_A_BULK if bulk else due.ROWS_AT_ONCE, apart=apart)
                left = due.waiting(session.connection())
            if on_progress:
                on_progress(waiting - left, waiting)
    _finish(database)


def _finish(database: Database) -> None:
    """After a bulk, also one that was broken off: an index that is whole, and is read in one place, not in fifty."""
    with database.read() as session:
        whole = index_of(session.connection()).whole
    if not whole:
        _compact(database)
        with _beginning(database) as session:
            index_of(session.connection()).part()
        _compact(database)
    with _beginning(database) as session:
        index_of(session.connection()).bulk(False)
        catch_up(session)  # what came while it was made whole


def _compact(database: Database) -> None:
    first = more = True
    while more:
        with _beginning(database) as session:
            index = index_of(session.connection())
            more = isinstance(index, SqliteIndex) and index.compact(first=first)
        first = False


@contextmanager
def _beginning(database: Database) -> Iterator[Session]:
    with database.begin() as session:
        session.info[_ITSELF] = True
        yield session


def index_of(connection: Connection) -> SqliteIndex | PostgresIndex:
    """The index of a database, for writing."""
    return SqliteIndex(connection) if connection.dialect.name == "sqlite" else PostgresIndex(connection)


def _reset(session: Session) -> int:
    """Empty everything, and make every article due, the oldest first; how many."""
    index_of(session.connection()).clear()
    for table in (SearchEntryRow, SearchLabelRow, SearchDueRow):
        session.execute(delete(table))
    session.execute(update(SearchStateRow).values(version=VERSION, next_number=FIRST_NUMBER))
    oldest_first = select(ArticleRow.id).order_by(ArticleRow.published_at.asc().nulls_first(), ArticleRow.id.desc())
    session.execute(insert(SearchDueRow).from_select(["article_id"], oldest_first))
    return due.waiting(session.connection())


def _take(connection: Connection, chunk: Chunk) -> list[range]:
    """Make the entries of these articles what they should be; the numbers of those that are new, if any are."""
    found, entries = chunk.found, _entries(connection, chunk.ids)
    new = []
    for one in chunk.ids:
        document, entry = found.get(one), entries.get(one)
        if entry is not None and (document is None or document.digest != entry.digest):
            _drop(connection, entry)
            entry = None
        if document is not None and entry is None:
            new.append(document)
    book = LabelBook(connection)
    book.learn({label for document in found.values() for label in document.labels})
    fresh = {document.article_id for document in new}
    there = [entry for one, entry in entries.items() if one in found and one not in fresh]
    _alter_all(connection, [(entry, found[entry.article_id]) for entry in there], book)
    return [_add(connection, new, book, chunk.made)] if new else []


def _entries(connection: Connection, ids: Sequence[str]) -> Mapping[str, Entry]:
    return {one.article_id: one for some in batches(ids) for one in connection.execute(_ENTRIES, {"ids": some})}


def _drop(connection: Connection, entry: Entry) -> None:
    connection.execute(delete(SearchEntryRow).where(SearchEntryRow.number == entry.number))
    index_of(connection).forget(entry.number)


def _alter_all(connection: Connection, there: Sequence[tuple[Entry, Document]], book: LabelBook) -> None:
    """In order of their numbers: SQLite begins another segment wherever a number is lower than the one before."""
    altered = [_alter(connection, *one, book) for one in sorted(there, key=lambda one: one[0].number)]
    if any(altered):
        index_of(connection).relabelled()


def _alter(connection: Connection, entry: Entry, document: Document, book: LabelBook) -> bool:
    """The texts are the same; time and labels may not be. Whether they were not."""
    labels = book.numbers(document.labels)
    had = list(map(int, entry.labels.split()))
    if (labels, document.moment) == (had, entry.moment):
        return False
    index = index_of(connection)
    if labels != had:
        index.label(entry.number, more=sorted(set(labels) - set(had)), less=sorted(set(had) - set(labels)))
    if document.moment != entry.moment:
        index.moved(entry.number, document.moment)
    connection.execute(
        update(SearchEntryRow)
        .where(SearchEntryRow.number == entry.number)
        .values(moment=document.moment, labels=_joined(labels))
    )
    return True


def _add(connection: Connection, new: Sequence[Document], book: LabelBook, made: Mapping[str, str]) -> range:
    """Give each a number and an entry; their numbers."""
    first = connection.scalars(_NEXT).one()
    numbered = [(number, one, book.numbers(one.labels)) for number, one in enumerate(new, start=first)]
    entries = [
        {
            "number": number,
            "article_id": one.article_id,
            "moment": one.moment,
            "digest": one.digest,
            "labels": _joined(labels),
        }
        for number, one, labels in numbered
    ]
    connection.execute(_ADD, entries)
    index_of(connection).add(
        Posting(
            number=number,
            moment=one.moment,
            article_id=one.article_id,
            # One after the other: the grams of 500 articles at once fit no cache, and take twice as long.
            grams=made.get(one.article_id) or one.grams(),
            labels=labels,
        )
        for number, one, labels in numbered
    )
    connection.execute(_COUNT_ON, {"next": first + len(new)})
    return range(first, first + len(new))


def _joined(labels: Sequence[int]) -> str:
    return " ".join(map(str, labels))
