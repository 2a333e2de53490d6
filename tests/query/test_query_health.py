"""What a database says of itself: a whole one nothing, a damaged one the damage, each kind made by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from query_samples import local, put
from sqlalchemy import text
from sqlalchemy.orm import Session
from store_samples import MINUTE, NOW, address, article, capture, keep, read

from storage.query.health import MOST_NAMED, contents, faults, sites
from storage.records import Outcome
from storage.store import articles, outcomes, runs
from storage.store.database import Database
from storage.store.indexing import upkeep
from storage.store.migrate import newest_revision


def _whole(session: Session) -> None:
    """Two articles, one of them edited, and a run that fetched a page."""
    put(session, 1, published=local(2021, 2, 24, 10, 49, 9))
    read(session, article(2, title="旧"), 2)
    read(session, article(2, title="新"), 2, at=NOW + MINUTE)
    put(session, 3, title="后来撤下")
    articles.gone(session, address(3), NOW + MINUTE)
    for (capture_id,) in session.execute(text("SELECT id FROM capture")).all():
        outcomes.record(session, run_id=None, outcome=Outcome.NEW, url="u", capture_id=capture_id, now=NOW)
    run_id = runs.start(session, site="qsw", spider="columns", arguments={}, now=NOW)
    kept = keep(session, capture("list", run_id=run_id), "list")
    outcomes.record(session, run_id=run_id, outcome=Outcome.INDEX, url=kept.url, capture_id=kept.id, now=NOW)
    runs.finish(session, run_id, state="finished", now=NOW + MINUTE)


def _run(*statements: str) -> Callable[[Session], None]:
    def _damage(session: Session) -> None:
        for statement in statements:
            session.execute(text(statement))

    return _damage


FIRST = "(SELECT id FROM article WHERE canonical_url = 'https://qsw.example/1')"
OTHERS_VERSION = "(SELECT max(id) FROM version WHERE article_id <> article.id)"

DAMAGES = {
    "without a current version": _run(f"UPDATE article SET version_id = NULL WHERE id = {FIRST}"),
    "whose fields are not those of their current version": _run(
        f"UPDATE article SET title = 'another' WHERE id = {FIRST}"
    ),
    "whose current version belongs to another": _run(
        f"UPDATE article SET version_id = {OTHERS_VERSION} WHERE id = {FIRST}"
    ),
    "gone and do not say since when, or the other way round": _run(
        f"UPDATE article SET state = 'gone' WHERE id = {FIRST}"
    ),
    "without a sighting": _run(f"DELETE FROM sighting WHERE article_id = {FIRST}"),
    "captures without an outcome": _run("DELETE FROM outcome WHERE id = 1"),
    "run 1 counted 1 responses and has 0": _run("DELETE FROM outcome WHERE run_id = 1"),
}


def _faults(database: Database) -> list[str]:
    with database.read() as session:
        return list(faults(session))


def test_a_whole_database_has_no_faults(database: Database) -> None:
    """Else a fault that is none would teach people to look away."""
    assert _faults(database) == []
    with database.begin() as session:
        _whole(session)
        running = runs.start(session, site="qsw", spider="columns", arguments={}, now=NOW)
        keep(session, capture("under way", run_id=running), "under way")
    assert _faults(database) == []


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_found(database: Database, damage: str) -> None:
    """Else a database would be trusted that does not hold what it promises."""
    with database.begin() as session:
        _whole(session)
        DAMAGES[damage](session)
    found = _faults(database)
    assert [sentence for sentence in found if damage in sentence], found


def test_no_field_of_an_article_can_be_changed_unseen(database: Database) -> None:
    """Else somebody could put words into an article that its versions never had."""
    with database.begin() as session:
        _whole(session)
    for column, value in (
        ("body", "'another text'"),
        ("editor", "NULL"),
        ("published_at", "'1999-01-01 00:00:00.000000'"),
        ("authors", "'[]'"),
        ("how", "'{}'"),
        ("edition_day", "'1999-01-01'"),
        ("text_fingerprint", "'0'"),
    ):
        with database.begin() as session:
            session.execute(text(f"UPDATE article SET {column} = {value} WHERE id = {FIRST}"))
            (sentence,) = faults(session)
            session.rollback()
        assert sentence.startswith("articles whose fields are not those of their current version: "), column


def test_many_rows_of_one_fault_are_counted(database: Database) -> None:
    """Else a fault of a million rows would fill the screen, or hide how many they are."""
    with database.begin() as session:
        ids = sorted(put(session, number) for number in range(MOST_NAMED + 2))
        session.execute(text("DELETE FROM sighting"))
    sentence = next(one for one in _faults(database) if "sighting" in one)
    named = sentence.removeprefix("articles without a sighting: ").removesuffix(" and 2 more").split(", ")
    assert len(named) == MOST_NAMED
    assert set(named) < set(ids)


def test_a_row_that_points_nowhere_is_found(sqlite_url: str, open_database: Callable[[str], Database]) -> None:
    """Else what another program broke in the file would go unseen; PostgreSQL lets nobody do it."""
    database = open_database(sqlite_url)
    with database.begin() as session:
        _whole(session)
    with database.engine.connect() as connection:
        driver = connection.connection.dbapi_connection
        assert driver is not None
        for statement in ("PRAGMA query_only = OFF", "PRAGMA foreign_keys = OFF", "DELETE FROM capture WHERE id = 1"):
            driver.execute(statement)  # type: ignore[attr-defined]
        driver.execute("PRAGMA foreign_keys = ON")  # type: ignore[attr-defined]
    assert "row 1 of version points to a row of capture that is not there" in _faults(database)


def test_a_damaged_file_is_found(sqlite_url: str, open_database: Callable[[str], Database]) -> None:
    """Else a disk that forgets would be noticed when the article is needed."""
    database = open_database(sqlite_url)
    with database.begin() as session:
        _whole(session)
    with database.engine.connect() as connection:
        driver = connection.connection.dbapi_connection
        assert driver is not None
        for statement in (
            "PRAGMA query_only = OFF",
            "PRAGMA writable_schema = ON",
            "UPDATE sqlite_master SET sql = replace(sql, '(last_changed_at)', '(first_seen_at)') WHERE type = 'index'",
            "PRAGMA writable_schema = RESET",
        ):
            driver.execute(statement)  # type: ignore[attr-defined]
    assert any(sentence.startswith("the file is damaged: ") for sentence in _faults(database))


def test_contents_are_counted(database: Database) -> None:
    """Else nobody knows whether the archive grows, and from when to when it reaches."""
    with database.begin() as session:
        _whole(session)
    with database.read() as session:
        held = contents(session)
        assert sites(session) == {"qsw"}
    assert held.revision == newest_revision()
    assert list(held.rows) == sorted(held.rows)
    assert {name: held.rows[name] for name in ("article", "version", "capture", "run", "ledger")} == {
        "article": 3,
        "version": 4,
        "capture": 5,
        "run": 1,
        "ledger": 0,
    }
    assert held.sites == {"qsw": 3}
    assert (held.oldest, held.newest) == (local(2021, 2, 24, 10, 49, 9).at, NOW)
    assert held.last_fetched_at == NOW + MINUTE


def test_what_edits_left_in_the_index_is_counted(database: Database) -> None:
    """Else nobody knows when it is worth while to make the index anew."""
    with database.begin() as session:
        _whole(session)
    with database.begin() as session:
        read(session, article(2, title="更新"), 2, at=NOW + 2 * MINUTE)
    with database.read() as session:
        assert contents(session).stale_entries == (1 if database.dialect == "sqlite" else 0)
    upkeep.rebuild(database)
    with database.read() as session:
        assert contents(session).stale_entries == 0
