"""Bring a database to the schema of this version: one transaction, one process at a time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from storage.errors import StoreError, StoreTooNew
from storage.store.indexing import triggers

MIGRATIONS = Path(__file__).parent / "migrations"

MIGRATION_LOCK = 0x786861_00
"""Advisory lock that PostgreSQL keeps while a process migrates; `xha` in ASCII and a running number."""


def alembic_config(connection: Connection | None = None) -> Config:
    """Alembic's configuration, without any file."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def newest_revision() -> str:
    """The revision this version of the project writes."""
    head = ScriptDirectory.from_config(alembic_config()).get_current_head()
    assert head is not None, "there is at least one step"
    return head


def revision_of(connection: Connection) -> str | None:
    """The revision of a database; None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def upgrade(reader: Engine, writer: Engine) -> bool:
    """Bring a database to the newest revision.

    A process that dies in the middle leaves the database as it was: all steps are one transaction.

    Args:
        reader, writer: Engines on the same database, whose transactions read and write.

    Returns:
        Whether anything had to be done.

    Raises:
        StoreTooNew: the database carries a revision this version does not know.
        StoreError: the database holds tables of something else.
    """
    with reader.connect() as connection:
        if _is_current(connection):
            return False
    with writer.connect() as connection:
        if connection.dialect.name == "sqlite":
            # A step that copies a table drops the old one, which must not cascade; the check below makes up for it.
            _driver(connection).execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                return _upgrade(connection)
        finally:
            if connection.dialect.name == "sqlite":
                _driver(connection).execute("PRAGMA foreign_keys = ON")


def _upgrade(connection: Connection) -> bool:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
    if _is_current(connection):  # another process was faster
        return False
    command.upgrade(alembic_config(connection), "head")
    triggers.put_back(connection)
    _check_keys(connection)
    return True


def _driver(connection: Connection) -> Any:
    """The driver's own connection: SQLite ignores this pragma inside a transaction, and SQLAlchemy would begin one."""
    return connection.connection.dbapi_connection


def _is_current(connection: Connection) -> bool:
    found = revision_of(connection)
    if found is None:
        _refuse_foreign(connection)
        return False
    known = {script.revision for script in ScriptDirectory.from_config(alembic_config()).walk_revisions()}
    if found not in known:
        raise StoreTooNew(
            f"the database was written by a newer version of this project (schema {found}, this version knows up to "
            f"{newest_revision()}); update this project, or use another database"
        )
    return found == newest_revision()


def _refuse_foreign(connection: Connection) -> None:
    tables = set(connection.dialect.get_table_names(connection)) - {"alembic_version"}
    if tables & {"article", "ledger", "capture", "run"}:
        raise StoreError(
            "the database already holds tables of another program (it has no schema revision); use an empty one"
        )


def _check_keys(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        assert broken is None, f"a migration step broke a foreign key: {broken}"
