"""Tables about fetching: what should be fetched, what came, how it ended, and how fast we may go."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.records import Kind, Outcome, Reason
from storage.store.tables.base import Base
from storage.store.types import Address, Word


class LedgerState(StrEnum):
    """Where a ledger row stands."""

    PENDING = "pending"
    LEASED = "leased"
    DONE = "done"
    GONE = "gone"
    FAILED = "failed"


class LedgerRow(Base):
    """A URL somebody should fetch. Written when the URL is discovered, before it is fetched."""

    __tablename__ = "ledger"
    __table_args__ = (
        Index("ix_ledger_site_state_id", "site", "state", "id"),
        Index("ix_ledger_site_next_check_at", "site", "next_check_at"),
        Index("ix_ledger_site_channel_issue_day", "site", "channel", "issue_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, doc="Row number; its order is the order of discovery.")
    site: Mapped[str] = mapped_column(doc="Name of the site profile.")
    canonical_url: Mapped[str] = mapped_column(Address(), unique=True, doc="Names the page in all tables.")
    url: Mapped[str] = mapped_column(doc="Address to fetch, as it was found.")
    kind: Mapped[Kind] = mapped_column(Word(Kind), doc="What it should be: `listing`, `issue`, `edition`, `article`.")
    channel: Mapped[str | None] = mapped_column(doc="Channel or paper of the profile that led here.")
    issue_day: Mapped[date | None] = mapped_column(doc="E-paper: the day whose issue it belongs to.")
    found_on: Mapped[str | None] = mapped_column(doc="URL of the page it was found on; NULL for start pages.")
    context: Mapped[dict[str, Any]] = mapped_column(doc="What was known of it when found (`records.Context`), JSON.")
    discovered_at: Mapped[datetime] = mapped_column(doc="When it was found first.")
    state: Mapped[LedgerState] = mapped_column(
        Word(LedgerState),
        default=LedgerState.PENDING,
        doc="`pending` to be fetched, `leased` a worker has it, `done` fetched, `gone` 404 or 410, `failed` gave up.",
    )
    tries: Mapped[int] = mapped_column(default=0, doc="Leases handed out since it was last finished or renewed.")
    leased_by: Mapped[str | None] = mapped_column(index=True, doc="Worker that holds it: `<host>:<process>:<run>`.")
    leased_until: Mapped[datetime | None] = mapped_column(doc="When the lease runs out and the row is anybody's.")
    next_check_at: Mapped[datetime | None] = mapped_column(
        doc="When it is due again; NULL: now if pending, else never."
    )
    last_fetched_at: Mapped[datetime | None] = mapped_column(doc="When a fetch of it last ended, however it ended.")
    etag: Mapped[str | None] = mapped_column(doc="ETag of the last whole response, for conditional requests.")
    last_modified: Mapped[str | None] = mapped_column(doc="Last-Modified of the last whole response, as sent.")
    error: Mapped[str | None] = mapped_column(doc="Why the last fetch failed; NULL where it did not.")


class CaptureRow(Base):
    """One response. Never changed once written; the record it speaks of is in the WARC file already."""

    __tablename__ = "capture"
    __table_args__ = (
        UniqueConstraint("warc_file", "offset"),
        # A redirect's target may be longer than a B-tree holds; equality is all that is asked of it.
        Index("ix_capture_canonical_url", "canonical_url", postgresql_using="hash"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, doc="Row number.")
    run_id: Mapped[int | None] = mapped_column(
        ForeignKey("run.id"), index=True, doc="Run that fetched it; NULL where it was found in the archive alone."
    )
    url: Mapped[str] = mapped_column(doc="URL that was requested and that answered.")
    canonical_url: Mapped[str] = mapped_column(Address(), doc="Its canonical form.")
    fetched_at: Mapped[datetime] = mapped_column(index=True, doc="When the response was complete; the WARC-Date.")
    status: Mapped[int] = mapped_column(doc="HTTP status.")
    digest: Mapped[str] = mapped_column(doc="`sha256:<hex>` of the entity as sent; the record's payload digest.")
    warc_file: Mapped[str] = mapped_column(doc="WARC file, relative to the archive directory.")
    offset: Mapped[int] = mapped_column(doc="First byte of the record's gzip member.")
    length: Mapped[int] = mapped_column(doc="Compressed length in bytes.")
    kind: Mapped[Kind] = mapped_column(
        Word(Kind),
        doc="What the URL was expected to be, as in `ledger`; `robots`, `resource` (a browser's, to draw a page) too.",
    )
    content_type: Mapped[str | None] = mapped_column(doc="Content-Type header as sent.")
    truncated: Mapped[str | None] = mapped_column(doc="WARC-Truncated reason where the body is not whole.")


class OutcomeRow(Base):
    """How one response, or one fetch that got none, ended. Every capture ends in exactly one row."""

    __tablename__ = "outcome"
    __table_args__ = (Index("ix_outcome_run_id_outcome", "run_id", "outcome"),)

    id: Mapped[int] = mapped_column(primary_key=True, doc="Row number.")
    run_id: Mapped[int | None] = mapped_column(ForeignKey("run.id"), doc="Run that counts it: the one that fetched.")
    capture_id: Mapped[int | None] = mapped_column(
        ForeignKey("capture.id"), unique=True, doc="The response; NULL where none came."
    )
    url: Mapped[str] = mapped_column(doc="URL that was requested.")
    outcome: Mapped[Outcome] = mapped_column(
        Word(Outcome),
        doc="`new`, `changed`, `same`, `duplicate`, `part`, `rejected`, `gone`, `failed`, `index`, `redirect`, "
        "`robots`, `resource`, `retried`.",
    )
    reason: Mapped[str] = mapped_column(default="", doc="One phrase: `first seen`, `body differs`, `no-body` …")
    article_id: Mapped[str | None] = mapped_column(
        ForeignKey("article.id"), index=True, doc="The article it is about, where there is one."
    )
    version_id: Mapped[int | None] = mapped_column(ForeignKey("version.id"), doc="The version it made, if any.")
    judged_at: Mapped[datetime] = mapped_column(doc="When this was written, by the clock.")


class AttemptRow(Base):
    """A run that began to judge what a dead run had left. Written before the page is read, which may be its end too."""

    __tablename__ = "attempt"

    capture_id: Mapped[int] = mapped_column(ForeignKey("capture.id"), primary_key=True, doc="The capture.")
    run_id: Mapped[int] = mapped_column(
        ForeignKey("run.id"), primary_key=True, doc="The run; those that died (`interrupted`) tell of a dangerous page."
    )


class RejectedRow(Base):
    """A fetched page that could not be read as an article; waits to be parsed again."""

    __tablename__ = "rejected"
    __table_args__ = (
        Index(
            "uq_rejected_open",
            "canonical_url",
            unique=True,
            sqlite_where=text("resolved_at IS NULL"),
            postgresql_where=text("resolved_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, doc="Row number.")
    capture_id: Mapped[int] = mapped_column(ForeignKey("capture.id"), index=True, doc="The newest capture of the page.")
    canonical_url: Mapped[str] = mapped_column(Address(), doc="The page; at most one open row for each.")
    url: Mapped[str] = mapped_column(doc="URL of that capture.")
    reason: Mapped[Reason] = mapped_column(Word(Reason), index=True, doc="What is wrong, one word (`records.Reason`).")
    detail: Mapped[str] = mapped_column(default="", doc="The same in one sentence.")
    rejected_at: Mapped[datetime] = mapped_column(doc="When that capture was fetched.")
    resolved_at: Mapped[datetime | None] = mapped_column(doc="Fetch time of a capture that could be read; NULL: open.")


class PaceRow(Base):
    """When a site may be asked next; shared by all workers."""

    __tablename__ = "pace"

    site: Mapped[str] = mapped_column(primary_key=True, doc="Name of the site profile.")
    next_at: Mapped[datetime] = mapped_column(doc="The next free moment for a request.")
    sent_at: Mapped[datetime | None] = mapped_column(doc="When a worker last let a request go.")
    slow_until: Mapped[datetime | None] = mapped_column(doc="No request before this: the site asked for a pause.")
    reason: Mapped[str] = mapped_column(default="", doc="Why it is slow: `429`, `Retry-After 120` …")
