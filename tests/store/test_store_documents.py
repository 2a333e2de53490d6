"""docs/schema.md against the models and the views."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import Column, text

from storage.store.database import Database
from storage.store.describe import DOCUMENT, renewed
from storage.store.tables import Base

COLUMNS = [column for table in Base.metadata.sorted_tables for column in table.columns]


@pytest.mark.parametrize("column", COLUMNS, ids=str)
def test_every_column_says_what_it_means(column: Column[object]) -> None:
    """Else who asks in SQL has to guess."""
    assert column.doc
    assert column.doc.endswith((".", "`", "…"))


def test_the_document_shows_the_tables_as_they_are() -> None:
    """Else it describes the database of another version; write it with `python -m storage.store.describe`."""
    written = DOCUMENT.read_text("utf-8")
    assert written == renewed(written)


@pytest.mark.parametrize("view", ["articles", "run_counts"])
def test_every_column_of_a_view_is_in_the_document(database: Database, view: str) -> None:
    """Else the view people are sent to holds columns nobody explains."""
    section = DOCUMENT.read_text("utf-8").partition(f"### {view}\n")[2].partition("\n##")[0]
    named = set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (.*?) \|", section, re.MULTILINE))))
    with database.read() as session:
        assert named == set(session.execute(text(f"SELECT * FROM {view}")).keys())
