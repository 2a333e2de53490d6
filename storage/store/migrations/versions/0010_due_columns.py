"""What an index entry is made of is watched whole: the paper an article was read from, a sighting's kind and place.

Revision ID: 0010
Revises: 0009
"""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Drop the triggers that watched less; `migrate.upgrade` makes them anew, and the one for versions that go."""
    for table in ("article", "sighting"):
        of = f" ON {table}" if op.get_bind().dialect.name == "postgresql" else ""
        op.execute(f"DROP TRIGGER IF EXISTS search_due_{table}_update{of}")
