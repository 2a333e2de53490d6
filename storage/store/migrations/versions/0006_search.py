"""The search index: its tables, and every article to be taken in.

The articles are not indexed here: that takes minutes on a large archive, and goes on where it was left when it is
broken off. `Database.open` does it next (storage/store/indexing/). The triggers that say what has changed are made when
all steps are done (storage/store/indexing/triggers.py).
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

INDEX = {
    "sqlite": (
        "CREATE VIRTUAL TABLE search_index USING fts5(grams, content='', columnsize=0, detail=none, tokenize='ascii')",
        # Merging is asked for in small portions; by itself it would take its time in the middle of one insert.
        "INSERT INTO search_index (search_index, rank) VALUES ('automerge', 0)",
        "INSERT INTO search_index (search_index, rank) VALUES ('crisismerge', 2000)",
        "CREATE TABLE search_index_block (block INTEGER PRIMARY KEY, newest INTEGER NOT NULL, oldest INTEGER NOT NULL)",
    ),
    "postgresql": (
        "CREATE TABLE search_index"
        " (number bigint PRIMARY KEY, moment bigint NOT NULL, article_id text NOT NULL, grams int4[] NOT NULL)",
        "CREATE INDEX ix_search_index_grams ON search_index USING gin (grams) WITH (fastupdate = off)",
        "CREATE INDEX ix_search_index_moment_article_id ON search_index (moment, article_id)",
    ),
}


def upgrade() -> None:
    """Make it all, in the words of the database at hand."""
    connection = op.get_bind()
    dialect = connection.dialect.name
    _tables()
    for statement in INDEX[dialect]:
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql("INSERT INTO search_state (id, version, next_number) VALUES (1, 0, 1)")


def _tables() -> None:
    op.create_table(
        "search_due",
        sa.Column("place", BIG, nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("place", name="pk_search_due"),
        sa.UniqueConstraint("article_id", name="uq_search_due_article_id"),
    )
    op.create_table(
        "search_entry",
        sa.Column("number", BIG, autoincrement=False, nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("moment", BIG, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("labels", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_search_entry"),
        sa.UniqueConstraint("article_id", name="uq_search_entry_article_id"),
    )
    op.create_index("ix_search_entry_moment_article_id", "search_entry", ["moment", "article_id"])
    op.create_table(
        "search_label",
        sa.Column("id", BIG, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_search_label"),
        sa.UniqueConstraint("kind", "key", name="uq_search_label_kind_key"),
    )
    op.create_table(
        "search_state",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.Column("next_number", BIG, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_search_state"),
    )
