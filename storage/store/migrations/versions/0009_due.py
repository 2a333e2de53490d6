"""What is due is locked by whoever makes it due, so that no change is taken for taken in.

Revision ID: 0009
Revises: 0008
"""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

OF = {
    "article": ("insert", "update", "delete"),
    "version": ("insert",),
    "sighting": ("insert", "update", "delete"),
}


def upgrade() -> None:
    """Drop PostgreSQL's triggers; `migrate.upgrade` makes them anew."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table, events in OF.items():
        for event in events:
            op.execute(f"DROP TRIGGER IF EXISTS search_due_{table}_{event} ON {table}")
