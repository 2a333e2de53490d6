"""Tables about work: crawls, the timetable's runs, and the e-paper issues that are owed."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.store.tables.base import Base
from storage.store.types import Word


class RunState(StrEnum):
    """Where a run stands."""

    RUNNING = "running"
    FINISHED = "finished"
    INTERRUPTED = "interrupted"
    FAILED = "failed"


class IssueState(StrEnum):
    """What is known of one day's e-paper issue."""

    AWAITED = "awaited"
    OWED = "owed"
    COMPLETE = "complete"
    NONE = "none"


class PlannedOutcome(StrEnum):
    """What became of a run the timetable planned."""

    RAN = "ran"
    LATE = "late"
    SKIPPED = "skipped"
    MISSED = "missed"


class RunRow(Base):
    """One crawl, re-parse or other piece of work that judges captures."""

    __tablename__ = "run"
    __table_args__ = (Index("ix_run_state", "state"), Index("ix_run_started_at", "started_at"))

    id: Mapped[int] = mapped_column(primary_key=True, doc="Row number.")
    site: Mapped[str] = mapped_column(doc="Name of the site profile.")
    spider: Mapped[str] = mapped_column(doc="`columns`, `epaper`, `article` …")
    arguments: Mapped[dict[str, Any]] = mapped_column(doc="Its arguments, JSON.")
    started_at: Mapped[datetime] = mapped_column(doc="When it began.")
    finished_at: Mapped[datetime | None] = mapped_column(doc="When it ended; NULL while it runs.")
    state: Mapped[RunState] = mapped_column(
        Word(RunState), doc="`running`, `finished` in order, `interrupted` its process died, `failed` it gave up."
    )
    why: Mapped[str] = mapped_column(default="", doc="Why it ended as it did.")
    host: Mapped[str] = mapped_column(doc="Machine it runs on.")
    pid: Mapped[int] = mapped_column(doc="Its process.")
    pid_born: Mapped[str | None] = mapped_column(
        doc="Start time of that process as the system counts it: tells it from a later one with the same number."
    )
    machine: Mapped[str | None] = mapped_column(
        doc="Boot and process space that `pid` belongs to; NULL where the system tells neither. Where these are not "
        "our own, nobody here can look for that process."
    )
    heartbeat_at: Mapped[datetime] = mapped_column(doc="When it last said that it lives.")
    led_by: Mapped[int | None] = mapped_column(
        doc="Run that leads the crawl this one helps with, → `run.id`; NULL: it began one, or took one over."
    )
    idle_since: Mapped[datetime | None] = mapped_column(
        doc="Since when it has nothing to fetch and waits for the others of its crawl; NULL: it is at work."
    )
    counts: Mapped[dict[str, Any] | None] = mapped_column(
        doc="Outcome → number, written at the end, JSON; of a re-parse: of what it read."
    )
    planned_id: Mapped[int | None] = mapped_column(
        ForeignKey("planned.id"), index=True, doc="The timetable's row that started it; NULL: by hand."
    )
    notes: Mapped[list[Any]] = mapped_column(doc="Sentences: `channel www fell back to shape`, JSON list.")


class IssueRow(Base):
    """One day of one e-paper."""

    __tablename__ = "issue"
    __table_args__ = (UniqueConstraint("paper", "day"), Index("ix_issue_paper_state", "paper", "state"))

    id: Mapped[int] = mapped_column(primary_key=True, doc="Row number.")
    paper: Mapped[str] = mapped_column(doc="Paper code of the profile.")
    day: Mapped[date] = mapped_column(doc="Issue date.")
    state: Mapped[IssueState] = mapped_column(
        Word(IssueState),
        doc="`awaited` may still come today, `owed` begun or overdue, `complete` all its articles are fetched, "
        "`none` there was no issue that day.",
    )
    generation: Mapped[str | None] = mapped_column(doc="E-paper generation that answered.")
    index_url: Mapped[str | None] = mapped_column(doc="Address of its index.")
    pages: Mapped[int | None] = mapped_column(doc="Print pages (版) found.")
    articles: Mapped[int | None] = mapped_column(doc="Articles found.")
    checked_at: Mapped[datetime | None] = mapped_column(doc="When it was last looked for.")
    note: Mapped[str] = mapped_column(default="", doc="One sentence: `index led to 2024-07-25`.")


class PlannedRow(Base):
    """One run the timetable planned, and what became of it."""

    __tablename__ = "planned"
    __table_args__ = (UniqueConstraint("job", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True, doc="Row number.")
    job: Mapped[str] = mapped_column(doc="Name of the job in `xha.toml`.")
    due_at: Mapped[datetime] = mapped_column(index=True, doc="When it was to start.")
    outcome: Mapped[PlannedOutcome | None] = mapped_column(
        Word(PlannedOutcome),
        doc="`ran` in time, `late` caught up, `skipped` the last one still ran or it was not needed, `missed` nobody "
        "was there; NULL: not decided yet.",
    )
    reason: Mapped[str] = mapped_column(default="", doc="Why it was late, skipped, missed or ended early.")
    started_at: Mapped[datetime | None] = mapped_column(doc="When its process started.")
    finished_at: Mapped[datetime | None] = mapped_column(doc="When its process ended.")
    exit_code: Mapped[int | None] = mapped_column(doc="Exit code of its process; negative: the signal that ended it.")
    pid: Mapped[int | None] = mapped_column(doc="Its process.")
