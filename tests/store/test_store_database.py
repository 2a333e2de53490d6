"""Opening, migrating and transactions, on both databases."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import StatementError
from store_samples import article, read

from storage.errors import StoreError, StoreTooNew
from storage.store import migrate, pace
from storage.store.database import Database
from storage.store.tables import Base, PaceRow, SearchDueRow, SearchEntryRow

NOW = datetime(2024, 7, 26, 1, 2, 3, 456789, tzinfo=UTC)
Opener = Callable[[str], Database]


@pytest.fixture(params=["sqlite_url", "postgres_url"])
def empty_url(request: pytest.FixtureRequest) -> str:
    """Address of a database without any table."""
    return str(request.getfixturevalue(request.param))


def test_opening_an_empty_database_makes_every_table(empty_url: str, open_database: Opener) -> None:
    """Else the first use of a fresh machine fails."""
    database = open_database(empty_url)
    with database.read() as session:
        connection = session.connection()
        names = set(connection.dialect.get_table_names(connection))
        views = set(connection.dialect.get_view_names(connection))
    assert set(Base.metadata.tables) <= names
    assert views >= {"articles", "run_counts"}


def test_models_and_migrations_agree(database: Database) -> None:
    """Else the code reads columns that a migrated database does not have."""
    with database.engine.connect() as connection:
        options = {"compare_type": True, "include_name": _has_a_model}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []


def _has_a_model(name: str | None, kind: str, _: object) -> bool:
    """Whether a name found in the database is one that models could declare: the index proper is raw SQL."""
    return kind != "table" or not str(name).startswith("search_index")


def test_opening_twice_changes_nothing(database: Database, database_url: str, open_database: Opener) -> None:
    """Else every start of the program would touch the schema."""
    with database.begin() as session:
        pace.reserve(session, "x", delay_seconds=1, now=NOW)
    again = open_database(database_url)
    with again.read() as session:
        assert session.get(PaceRow, "x") is not None


def test_many_processes_may_open_an_empty_database_at_once(empty_url: str) -> None:
    """Else two crawls started together on a fresh machine break each other's migration."""
    errors: list[BaseException] = []

    def _open() -> None:
        try:
            Database.open(empty_url).close()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=_open) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


def test_a_database_from_a_newer_version_is_refused(database: Database, database_url: str) -> None:
    """Else an old program would write wrong rows into it."""
    with database.begin() as session:
        session.execute(text("UPDATE alembic_version SET version_num = 'from-the-future'"))
    with pytest.raises(StoreTooNew, match="from-the-future"):
        Database.open(database_url)


def test_a_database_of_another_program_is_refused(sqlite_url: str) -> None:
    """Else we would mix our tables into a stranger's."""
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as connection:
        connection.execute("CREATE TABLE article (x)")
    connection.close()
    with pytest.raises(StoreError, match="another program"):
        Database.open(sqlite_url)


def test_a_failed_step_leaves_the_database_as_it_was(
    empty_url: str, open_database: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a process that dies while migrating leaves half a schema that nobody can open."""

    def _dies(_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(migrate, "_check_keys", _dies)
        with pytest.raises(KeyboardInterrupt):
            Database.open(empty_url)
    database = open_database(empty_url)
    with database.read() as session:
        assert session.execute(text("SELECT count(*) FROM articles")).scalar() == 0


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    """Else the user sees a traceback instead of which file to look at."""
    path = tmp_path / "notes.db"
    path.write_text("these are my notes, not a database at all, and long enough to be read as a header\n" * 20)
    with pytest.raises(StoreError, match=r"notes\.db.*another one"):
        Database.open(f"sqlite:///{path}")


def test_a_directory_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    """Else a wrong path in the configuration ends in a traceback."""
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be made"):
        Database.open(f"sqlite:///{tmp_path / 'file' / 'archive.db'}")


@pytest.mark.parametrize("url", ["nonsense", "mysql://localhost/x", "postgresql://nobody@127.0.0.1:1/none"])
def test_an_address_that_leads_nowhere_is_one_sentence(url: str) -> None:
    """Else a typing error in the configuration ends in a traceback."""
    with pytest.raises(StoreError) as caught:
        Database.open(url)
    assert "\n" not in str(caught.value)


def test_a_password_is_never_shown() -> None:
    """Else a log or a bug report carries it."""
    with pytest.raises(StoreError) as caught:
        Database.open("postgresql://me:s3cret@127.0.0.1:1/none")
    assert "s3cret" not in str(caught.value)


def test_a_block_that_raises_leaves_nothing(database: Database) -> None:
    """Else half a page could be stored."""
    with pytest.raises(KeyError):
        _reserve_and_raise(database)
    with database.read() as session:
        assert session.get(PaceRow, "x") is None


def _reserve_and_raise(database: Database) -> None:
    with database.begin() as session:
        pace.reserve(session, "x", delay_seconds=1, now=NOW)
        raise KeyError


def test_a_reader_cannot_write(database: Database) -> None:
    """Else a query could change the archive."""
    with pytest.raises(StoreError), database.read() as session:
        session.execute(insert(PaceRow).values(site="x", next_at=NOW))


def test_a_reader_sees_one_state(database: Database) -> None:
    """Else a report that reads twice contradicts itself."""
    with database.read() as reader:
        assert reader.execute(text("SELECT count(*) FROM pace")).scalar() == 0
        writer = threading.Thread(target=_write_pace, args=(database,))
        writer.start()
        writer.join()
        assert reader.execute(text("SELECT count(*) FROM pace")).scalar() == 0
    with database.read() as reader:
        assert reader.execute(text("SELECT count(*) FROM pace")).scalar() == 1


def _write_pace(database: Database) -> None:
    with database.begin() as session:
        session.add(PaceRow(site="x", next_at=NOW))


def test_a_transaction_within_a_transaction_is_refused_at_once(database: Database) -> None:
    """Else it would wait for itself until the lock times out."""
    with pytest.raises(RuntimeError, match="already open"), database.begin(), database.begin():
        pass
    with database.begin():
        pass


def test_a_batch_is_stored_as_one(database: Database) -> None:
    """Else a crash could leave a part of it, or a reader within it not see what the batch itself wrote."""
    with database.batch():
        _write_pace(database)
        with database.read() as session:
            assert session.get(PaceRow, "x") is not None
        other = threading.Thread(target=_read_nothing, args=(database,))
        other.start()
        other.join()
    with database.read() as session:
        assert session.get(PaceRow, "x") is not None


def _read_nothing(database: Database) -> None:
    with database.read() as session:
        assert session.get(PaceRow, "x") is None


def test_a_block_that_raises_costs_a_batch_itself_alone(database: Database) -> None:
    """Law 6: one broken page among a batch of pages."""
    with database.batch():
        with pytest.raises(KeyError):
            _reserve_and_raise(database)
        with database.begin() as session:
            session.add(PaceRow(site="y", next_at=NOW))
    with database.read() as session:
        assert session.get(PaceRow, "x") is None
        assert session.get(PaceRow, "y") is not None


def test_what_a_batch_stored_is_indexed_when_it_ends(database: Database) -> None:
    """Else a search would miss what a re-parse has stored."""
    with database.batch():
        for number in (1, 2):
            with database.begin() as session:
                read(session, article(number, title=f"木栈道{number}"), number)
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(SearchEntryRow)) == 2
        assert session.scalar(select(func.count()).select_from(SearchDueRow)) == 0


def test_a_batch_that_raises_leaves_nothing(database: Database) -> None:
    """What ends a batch early, Ctrl-C say, must not store the half of it."""
    with pytest.raises(KeyError):
        _write_and_raise(database)
    with database.read() as session:
        assert session.get(PaceRow, "x") is None
    _write_pace(database)


def _write_and_raise(database: Database) -> None:
    with database.batch():
        _write_pace(database)
        raise KeyError


def test_a_batch_within_a_block_is_refused(database: Database) -> None:
    """On SQLite it would wait for itself."""
    with pytest.raises(RuntimeError, match="already open"), database.begin(), database.batch():
        pass
    with pytest.raises(RuntimeError, match="already open"), database.batch(), database.begin(), database.begin():
        pass


def test_times_come_back_aware_and_in_utc(database: Database) -> None:
    """Else a time would shift by eight hours between the two databases."""
    shanghai = NOW.astimezone(datetime.fromisoformat("2024-01-01T00:00:00+08:00").tzinfo)
    with database.begin() as session:
        session.add(PaceRow(site="x", next_at=shanghai))
    with database.read() as session:
        row = session.get(PaceRow, "x")
        assert row is not None
        assert (row.next_at, row.next_at.tzinfo) == (NOW, UTC)


def test_a_naive_time_is_refused(database: Database) -> None:
    """Else a time without zone is silently taken for UTC."""
    with pytest.raises(StatementError, match="naive"), database.begin() as session:
        session.add(PaceRow(site="x", next_at=NOW.replace(tzinfo=None)))


def test_sqlite_survives_a_power_cut_and_waits_for_others(sqlite_url: str, open_database: Opener) -> None:
    """Else the last commits are lost with the power, or a second writer fails at once."""
    with open_database(sqlite_url).begin() as session:
        values = {
            name: session.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert values == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 60_000}
