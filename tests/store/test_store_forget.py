"""Taking a site out of a database: no table may be left out."""

from __future__ import annotations

import re

from sqlalchemy import event

from storage.store.database import Database
from storage.store.forget import forget
from storage.store.tables import Base


def test_every_table_that_tells_of_a_site_is_cleared(database: Database) -> None:
    """Else a table that comes later keeps rows of a site that was taken away, or its foreign keys forbid that."""
    statements: list[str] = []
    with database.begin() as session:
        engine = session.get_bind()
        event.listen(engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
        forget(session, "qsw", papers=["qsw-paper"], warc_files=["a.warc.gz"])
    cleared = {found[1] for one in statements if (found := re.match(r'DELETE FROM "?(\w+)', one))}
    assert of_sites() - cleared == set()
    assert {"article", "attempt", "capture", "ledger", "run"} <= of_sites()


def of_sites() -> set[str]:
    """Tables with a column `site`, and all whose rows belong to rows of these."""
    tables = Base.metadata.tables.values()
    found = {table.name for table in tables if "site" in table.columns}
    while (
        more := {table.name for table in tables for key in table.foreign_keys if key.column.table.name in found} - found
    ):
        found |= more
    return found
