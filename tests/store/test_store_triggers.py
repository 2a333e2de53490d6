"""The triggers of the search index are there after every way to get a database."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, text
from store_samples import DAY, LATER, NOW, article, listed, read

from storage.records import Edition
from storage.store import ledger, migrate
from storage.store.database import Database
from storage.store.indexing import documents
from storage.store.indexing.triggers import OF_ARTICLE, OF_SIGHTING, TRIGGERS, missing
from storage.store.tables import SearchEntryRow, SearchLabelRow

Opener = Callable[[str], Database]

EXPECTED = {
    "search_due_article_insert",
    "search_due_article_update",
    "search_due_article_delete",
    "search_due_version_insert",
    "search_due_version_delete",
    "search_due_sighting_insert",
    "search_due_sighting_update",
    "search_due_sighting_delete",
}


def there(database: Database) -> set[str]:
    """Names of all triggers, as the database itself says."""
    names = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = current_schema()",
    }
    with database.read() as session:
        return set(session.execute(text(names[database.dialect])).scalars())


def entries(database: Database) -> dict[str, str]:
    """Article id → digest of the texts that are indexed of it."""
    with database.read() as session:
        return {row.article_id: row.digest for row in session.query(SearchEntryRow)}


def test_every_step_leaves_all_triggers(database: Database) -> None:
    """Else what is changed is not indexed, and nobody notices until a search misses it."""
    assert there(database) == EXPECTED == {one.name for one in TRIGGERS}


def test_all_that_an_entry_is_made_of_is_watched() -> None:
    """Else an article would be found by what it no longer is, as soon as somebody mends just that column.

    How many states an article has is counted in `version`, whose rows come and go and are never moved to another one.
    """
    assert {one.name for one in documents._ARTICLES.selected_columns} - set(OF_ARTICLE) == {"id", "states"}
    assert {one.name for one in documents._SIGHTINGS.selected_columns} <= set(OF_SIGHTING)


def labels(database: Database) -> set[tuple[str, str]]:
    """Kind and key of every label that an entry carries."""
    with database.read() as session:
        carried = {number for row in session.query(SearchEntryRow) for number in map(int, row.labels.split())}
        return {(row.kind, row.key) for row in session.query(SearchLabelRow) if row.id in carried}


@pytest.mark.parametrize(
    ("statement", "before", "after"),
    [
        ("UPDATE article SET edition_paper = 'other'", ("channel", "qsw"), ("channel", "other")),
        ("UPDATE sighting SET place = 'other 2024' WHERE kind = 'column'", ("channel", "news"), ("channel", "other")),
        ("UPDATE sighting SET kind = 'url' WHERE kind = 'column'", ("channel", "news"), None),
        ("DELETE FROM version WHERE id <> (SELECT min(version_id) FROM article)", ("state", "edited"), None),
    ],
)
def test_what_plain_sql_changes_is_taken_in(
    database: Database, statement: str, before: tuple[str, str], after: tuple[str, str] | None
) -> None:
    """Whoever mends a row by hand does not know of the index."""
    with database.begin() as session:
        ledger.discover(session, [listed(1, channel="news")], now=NOW)
        read(session, article(1, edition=Edition(paper="qsw", day=DAY, label="01")), 1)
        read(session, article(1, edition=Edition(paper="qsw", day=DAY, label="01"), body="港口扩建"), 1, at=LATER)
    assert before in labels(database)
    with database.begin() as session:
        session.execute(text(statement))
    assert before not in labels(database)
    assert after is None or after in labels(database)


def test_a_step_that_copies_a_table_leaves_them(
    sqlite_url: str, open_database: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the first step that changes a column on SQLite, which copies the table, would end the index's upkeep."""
    with open_database(sqlite_url).begin() as session:
        read(session, article(1), 1)
        session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    left: list[int] = []
    indexed: list[int] = []

    def copy(config: Config, _: str) -> None:
        connection = config.attributes["connection"]
        assert isinstance(connection, Connection)
        views = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'view'")).all()
        for name, _made in views:  # SQLite renames no table that a view reads from
            connection.execute(text(f"DROP VIEW {name}"))
        step = Operations(MigrationContext.configure(connection))
        for table in ("article", "version", "sighting"):
            with step.batch_alter_table(table, recreate="always"):
                pass
        for _name, made in views:
            connection.exec_driver_sql(made)
        left.append(len(missing(connection)))
        connection.execute(text("UPDATE alembic_version SET version_num = :head"), {"head": migrate.newest_revision()})

    with monkeypatch.context() as patch:
        patch.setattr(migrate.command, "upgrade", copy)
        database = Database.open(sqlite_url, lambda done, _: indexed.append(done))
    assert left == [len(EXPECTED)]
    assert there(database) == EXPECTED
    assert indexed == []  # nothing was missed meanwhile, so the index stays as it is
    database.close()


def test_what_was_changed_without_them_is_taken_in(
    database: Database, database_url: str, open_database: Opener
) -> None:
    """Else whoever lost them (a restored dump, a repair by hand) would search what the archive was before."""
    with database.begin() as session:
        _, edited, _ = read(session, article(1), 1)
    before = entries(database)
    with database.begin() as session:
        if database.dialect == "sqlite":
            session.execute(text("DROP TRIGGER search_due_article_update"))
        else:
            session.execute(text("DROP TRIGGER search_due_article_update ON article"))
        session.execute(text("UPDATE article SET title = '港口扩建'"))
    assert entries(database) == before
    again = open_database(database_url)
    assert there(again) == EXPECTED
    assert entries(again).keys() == {edited}
    assert entries(again) != before
