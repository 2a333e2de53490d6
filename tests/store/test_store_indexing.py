"""The search index follows what is written, in the same transaction; an old archive gets one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from alembic import command
from sqlalchemy import create_engine, delete, select, text, update
from sqlalchemy.orm import Session
from store_samples import MINUTE, NOW, address, article, listed, read, segments

from storage.records import Edition, Moment
from storage.store import articles, ledger
from storage.store.database import Database
from storage.store.indexing import due, upkeep
from storage.store.migrate import alembic_config
from storage.store.tables import ArticleRow, ArticleState, SearchDueRow, SearchEntryRow, SearchLabelRow, SearchStateRow

Opener = Callable[..., Database]


def labels(session: Session, article_id: str) -> set[tuple[str, str]]:
    """(kind, name) of every label an article carries."""
    carried = session.scalars(select(SearchEntryRow.labels).where(SearchEntryRow.article_id == article_id)).one()
    rows = session.scalars(select(SearchLabelRow).where(SearchLabelRow.id.in_(map(int, carried.split()))))
    return {(row.kind, row.name) for row in rows}


def number(session: Session, article_id: str) -> int | None:
    """Number of an article's entry."""
    return session.scalar(select(SearchEntryRow.number).where(SearchEntryRow.article_id == article_id))


def indexed(session: Session, gram: str) -> set[int]:
    """Numbers of entries that hold a gram, as the index itself says."""
    if session.get_bind().dialect.name == "sqlite":
        rows = session.execute(
            text("SELECT rowid FROM search_index WHERE search_index MATCH :one"), {"one": f'"{gram}"'}
        )
    else:
        from storage.search.numbers import gram_number

        rows = session.execute(
            text("SELECT number FROM search_index WHERE grams @> CAST(:one AS int4[])"), {"one": [gram_number(gram)]}
        )
    held = set(rows.scalars())
    return held & set(session.scalars(select(SearchEntryRow.number)))


def test_an_article_is_indexed_by_the_transaction_that_stores_it(database: Database) -> None:
    """Else a crash between two transactions would leave an article nobody can find."""
    with database.begin() as session:
        _, one, _ = read(session, article(1, title="颱風來了"), 1)
    with database.read() as session:
        assert indexed(session, "台风") == {number(session, one)}
        assert session.scalars(select(SearchDueRow)).all() == []
    with pytest.raises(ZeroDivisionError):
        _broken_off(database)
    with database.read() as session:
        assert len(indexed(session, "台风")) == 1


def _broken_off(database: Database) -> None:
    with database.begin() as session:
        read(session, article(2, title="台风"), 2)
        raise ZeroDivisionError


def test_an_edit_takes_the_old_words_out(database: Database) -> None:
    """Else an article would be found by words that it no longer holds."""
    with database.begin() as session:
        _, one, _ = read(session, article(1, title="台风来了"), 1)
    with database.begin() as session:
        read(session, article(1, title="港口扩建"), 1, at=NOW + MINUTE)
    with database.read() as session:
        assert indexed(session, "台风") == set()
        assert indexed(session, "港口") == {number(session, one)}
        assert ("state", "edited") in labels(session, one)


def test_plain_sql_is_followed_too(database: Database) -> None:
    """Else whoever repairs a row by hand would have to know of the index."""
    with database.begin() as session:
        _, one, _ = read(session, article(1), 1)
    with database.begin() as session:
        session.execute(update(ArticleRow).values(title="港口扩建", source="新报"))
    with database.read() as session:
        assert indexed(session, "港口") == {number(session, one)}
        assert ("source", "新报") in labels(session, one)


def test_labels_follow_what_is_seen_of_an_article(database: Database) -> None:
    """Else a filter would find what was true when the article was stored, and not what is known now."""
    printed = Edition(paper="qsw", day=date(2024, 7, 26), label="01", page_name="要闻")
    with database.begin() as session:
        _, one, _ = read(session, article(1, editor="王 伟、林一", edition=printed), 1)
    with database.read() as session:
        assert labels(session, one) == {
            ("source", "青石湾报"),
            ("editor", "王 伟、林一"),
            ("editor", "林一"),
            ("editor", "王"),
            ("editor", "伟"),
            ("author", "周二"),
            ("author", "吴三"),
            ("channel", "qsw"),
            ("place", "2024-07-26 01 要闻"),
            ("page", "01 要闻"),
        }
    with database.begin() as session:
        link = listed(1, channel="culture")
        ledger.discover(session, [replace(link, context=replace(link.context, column="文化"))], now=NOW)
        articles.gone(session, address(1), NOW + MINUTE)
    with database.read() as session:
        assert labels(session, one) >= {("column", "文化"), ("channel", "culture"), ("state", "gone")}
        seen = number(session, one)
    with database.begin() as session:
        articles.unchanged(session, address(1), NOW + 2 * MINUTE)
    with database.read() as session:
        assert ("state", "gone") not in labels(session, one)
        assert number(session, one) == seen  # the texts were not taken in again


def test_a_moment_follows(database: Database) -> None:
    """Else an article would keep its place among the newest after its date was put right."""
    with database.begin() as session:
        _, one, _ = read(session, article(1), 1)
    with database.begin() as session:
        session.execute(update(ArticleRow).values(published_at=None, published_precision=None))
    with database.read() as session:
        assert session.scalars(select(SearchEntryRow.moment)).all() == [-(2**62)]
    with database.begin() as session:
        session.execute(update(ArticleRow).values(published_at=NOW, published_precision=Moment(at=NOW).precision))
    with database.read() as session:
        assert session.scalars(select(SearchEntryRow.moment)).all() == [int(NOW.timestamp() * 1e6)]
        assert number(session, one) == 1


def test_an_index_of_another_version_is_made_anew(
    database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else words folded in a new way would not find texts that were folded in the old one."""
    monkeypatch.setattr(due, "ROWS_AT_ONCE", 2)
    monkeypatch.setattr(upkeep, "ROWS_OF_A_TRANSACTION", 3)
    monkeypatch.setattr(upkeep, "ROWS_OF_A_BULK", 4)
    with database.begin() as session:
        ids = [read(session, article(one, title=f"台风第{one}号", body=f"第{one}段。"), one)[1] for one in range(11)]
    with database.begin() as session:
        session.execute(update(SearchStateRow).values(version=0))
    told: list[tuple[int, int]] = []
    with Database.open(database_url, lambda done, of: told.append((done, of))) as again, again.read() as session:
        assert len(indexed(session, "台风")) == 11
        assert {number(session, one) for one in ids} == set(range(1, 12))
        assert session.scalars(select(SearchDueRow)).all() == []
    assert told[-1] == (11, 11)
    assert told == sorted(told)


@pytest.mark.parametrize("kind", ["sqlite_url", "postgres_url"])
def test_an_archive_from_before_there_was_an_index_gets_one(
    kind: str, request: pytest.FixtureRequest, open_database: Opener
) -> None:
    """Else what was stored by an older version would be found by nobody."""
    url = request.getfixturevalue(kind)
    engine = create_engine(url)
    with engine.begin() as connection:
        command.upgrade(alembic_config(connection), "0005")
        for one in range(3):
            connection.execute(text(f"INSERT INTO article ({', '.join(OLD)}) VALUES (:{', :'.join(OLD)})"), old(one))
    engine.dispose()
    with open_database(url).read() as session:
        assert len(indexed(session, "台风")) == 3


OLD = [
    "id",
    "site",
    "canonical_url",
    "state",
    "first_seen_at",
    "last_seen_at",
    "last_changed_at",
    "url",
    "title",
    "authors",
    "body",
    "body_html",
    "family",
    "how",
    "problems",
    "fingerprint",
    "text_fingerprint",
]
"""Columns of an article that an older version cannot have left empty."""


def old(number: int) -> dict[str, object]:
    """An article as an older version wrote it."""
    texts = dict.fromkeys(OLD, f"台风{number}") | {"authors": "[]", "how": "{}", "problems": "[]", "state": "live"}
    return texts | dict.fromkeys(("first_seen_at", "last_seen_at", "last_changed_at"), "2024-07-26 01:02:03.000000")


def test_what_is_deleted_is_not_found(database: Database) -> None:
    """Else an answer would name an article that is not there."""
    with database.begin() as session:
        _, one, _ = read(session, article(1, title="台风"), 1)
    with database.begin() as session:
        session.execute(delete(SearchDueRow))
        for table in ("image", "sighting", "version"):
            session.execute(text(f"DELETE FROM {table}"))
        session.execute(delete(ArticleRow))
    with database.read() as session:
        assert indexed(session, "台风") == set()
        assert number(session, one) is None


def test_articles_that_are_removed_one_by_one_leave_few_segments(
    sqlite_url: str, open_database: Callable[[str], Database]
) -> None:
    """Else an archive that sees 2,000 articles removed and none arrive could store nothing more: FTS5 would be full."""
    database = open_database(sqlite_url)
    with database.begin() as session:
        ids = [read(session, article(number, title=f"第{number}篇"), number)[1] for number in range(1, 41)]
    with database.begin() as session:
        session.execute(update(ArticleRow).values(state=ArticleState.GONE))
    at_once = len(segments(database))
    for one in ids:
        with database.begin() as session:
            session.execute(update(ArticleRow).where(ArticleRow.id == one).values(state=ArticleState.LIVE))
    assert at_once < 5
    assert len(segments(database)) < 10


def test_articles_that_arrive_one_by_one_leave_few_segments(
    sqlite_url: str, open_database: Callable[[str], Database]
) -> None:
    """Else a search would look into as many segments as articles have come, and the 2,000th could not be stored."""
    database = open_database(sqlite_url)
    for number in range(1, 101):
        with database.begin() as session:
            read(session, article(number, title=f"第{number}篇"), number)
    assert len(segments(database)) < 50


def test_many_articles_of_one_transaction_are_one_segment(
    sqlite_url: str, open_database: Callable[[str], Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a million would be taken in as 2,000 segments, and merging those would take longer than all else."""
    database = open_database(sqlite_url)
    monkeypatch.setattr(due, "ROWS_AT_ONCE", 5)
    with database.begin() as session:
        for number in range(1, 16):  # too few to be merged
            read(session, article(number, title=f"第{number}篇"), number)
    assert len(segments(database)) == 1
