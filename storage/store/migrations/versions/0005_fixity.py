"""Results of checks of the archive."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(JSONB(), "postgresql")
NUMBERS = ("parts", "part", "files", "bytes", "records", "captures", "compared", "wrong")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "fixity",
        sa.Column("id", BIG, nullable=False),
        sa.Column("started_at", TIME, nullable=False),
        sa.Column("finished_at", TIME, nullable=False),
        *(sa.Column(name, BIG, nullable=False) for name in NUMBERS),
        sa.Column("problems", JSON, nullable=False),
        sa.Column("planned_id", BIG, nullable=True),
        sa.ForeignKeyConstraint(["planned_id"], ["planned.id"], name="fk_fixity_planned_id"),
        sa.PrimaryKeyConstraint("id", name="pk_fixity"),
    )
    op.create_index("ix_fixity_parts_part", "fixity", ["parts", "part"])
    op.create_index("ix_fixity_planned_id", "fixity", ["planned_id"])
