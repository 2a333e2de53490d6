"""Attempts to judge what a dead run left.

Revision ID: 0008
Revises: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "attempt",
        sa.Column("capture_id", BIG, nullable=False),
        sa.Column("run_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["capture_id"], ["capture.id"], name="fk_attempt_capture_id"),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_attempt_run_id"),
        sa.PrimaryKeyConstraint("capture_id", "run_id", name="pk_attempt"),
    )
