"""What several workers of one crawl must know of each other."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add columns only: rows that are there keep what they say."""
    op.add_column("run", sa.Column("machine", sa.Text(), nullable=True))
    op.add_column("run", sa.Column("led_by", BIG, nullable=True))
    op.add_column("run", sa.Column("idle_since", TIME, nullable=True))
    op.add_column("pace", sa.Column("sent_at", TIME, nullable=True))
