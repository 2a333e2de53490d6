"""Tables about work and fetching: timetable, runs, issues, ledger, captures, rejected pages, pace."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(JSONB(), "postgresql")
OPEN = sa.text("resolved_at IS NULL")


def upgrade() -> None:
    """Make them in an order in which each table finds those it points to."""
    _issue()
    _ledger()
    _pace()
    _planned()
    _run()
    _capture()
    _rejected()


def _issue() -> None:
    op.create_table(
        "issue",
        sa.Column("id", BIG, nullable=False),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("generation", sa.Text(), nullable=True),
        sa.Column("index_url", sa.Text(), nullable=True),
        sa.Column("pages", BIG, nullable=True),
        sa.Column("articles", BIG, nullable=True),
        sa.Column("checked_at", TIME, nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_issue"),
        sa.UniqueConstraint("paper", "day", name="uq_issue_paper_day"),
    )
    op.create_index("ix_issue_paper_state", "issue", ["paper", "state"])


def _ledger() -> None:
    op.create_table(
        "ledger",
        sa.Column("id", BIG, nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("canonical_url", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("issue_day", sa.Date(), nullable=True),
        sa.Column("found_on", sa.Text(), nullable=True),
        sa.Column("context", JSON, nullable=False),
        sa.Column("discovered_at", TIME, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("tries", BIG, nullable=False),
        sa.Column("leased_by", sa.Text(), nullable=True),
        sa.Column("leased_until", TIME, nullable=True),
        sa.Column("next_check_at", TIME, nullable=True),
        sa.Column("last_fetched_at", TIME, nullable=True),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_ledger"),
        sa.UniqueConstraint("canonical_url", name="uq_ledger_canonical_url"),
    )
    op.create_index("ix_ledger_leased_by", "ledger", ["leased_by"])
    op.create_index("ix_ledger_site_channel_issue_day", "ledger", ["site", "channel", "issue_day"])
    op.create_index("ix_ledger_site_next_check_at", "ledger", ["site", "next_check_at"])
    op.create_index("ix_ledger_site_state_id", "ledger", ["site", "state", "id"])


def _pace() -> None:
    op.create_table(
        "pace",
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("next_at", TIME, nullable=False),
        sa.Column("slow_until", TIME, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("site", name="pk_pace"),
    )


def _planned() -> None:
    op.create_table(
        "planned",
        sa.Column("id", BIG, nullable=False),
        sa.Column("job", sa.Text(), nullable=False),
        sa.Column("due_at", TIME, nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("started_at", TIME, nullable=True),
        sa.Column("finished_at", TIME, nullable=True),
        sa.Column("exit_code", BIG, nullable=True),
        sa.Column("pid", BIG, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_planned"),
        sa.UniqueConstraint("job", "due_at", name="uq_planned_job_due_at"),
    )
    op.create_index("ix_planned_due_at", "planned", ["due_at"])


def _run() -> None:
    op.create_table(
        "run",
        sa.Column("id", BIG, nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("spider", sa.Text(), nullable=False),
        sa.Column("arguments", JSON, nullable=False),
        sa.Column("started_at", TIME, nullable=False),
        sa.Column("finished_at", TIME, nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("pid", BIG, nullable=False),
        sa.Column("pid_born", sa.Text(), nullable=True),
        sa.Column("heartbeat_at", TIME, nullable=False),
        sa.Column("counts", JSON, nullable=True),
        sa.Column("planned_id", BIG, nullable=True),
        sa.Column("notes", JSON, nullable=False),
        sa.ForeignKeyConstraint(["planned_id"], ["planned.id"], name="fk_run_planned_id"),
        sa.PrimaryKeyConstraint("id", name="pk_run"),
    )
    op.create_index("ix_run_planned_id", "run", ["planned_id"])
    op.create_index("ix_run_started_at", "run", ["started_at"])
    op.create_index("ix_run_state", "run", ["state"])


def _capture() -> None:
    op.create_table(
        "capture",
        sa.Column("id", BIG, nullable=False),
        sa.Column("run_id", BIG, nullable=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("canonical_url", sa.Text(), nullable=False),
        sa.Column("fetched_at", TIME, nullable=False),
        sa.Column("status", BIG, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("warc_file", sa.Text(), nullable=False),
        sa.Column("offset", BIG, nullable=False),
        sa.Column("length", BIG, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=True),
        sa.Column("truncated", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_capture_run_id"),
        sa.PrimaryKeyConstraint("id", name="pk_capture"),
        sa.UniqueConstraint("warc_file", "offset", name="uq_capture_warc_file_offset"),
    )
    op.create_index("ix_capture_canonical_url", "capture", ["canonical_url"], postgresql_using="hash")
    op.create_index("ix_capture_fetched_at", "capture", ["fetched_at"])
    op.create_index("ix_capture_run_id", "capture", ["run_id"])


def _rejected() -> None:
    op.create_table(
        "rejected",
        sa.Column("id", BIG, nullable=False),
        sa.Column("capture_id", BIG, nullable=False),
        sa.Column("canonical_url", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("rejected_at", TIME, nullable=False),
        sa.Column("resolved_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(["capture_id"], ["capture.id"], name="fk_rejected_capture_id"),
        sa.PrimaryKeyConstraint("id", name="pk_rejected"),
    )
    op.create_index("ix_rejected_capture_id", "rejected", ["capture_id"])
    op.create_index("ix_rejected_reason", "rejected", ["reason"])
    op.create_index(
        "uq_rejected_open", "rejected", ["canonical_url"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN
    )
