"""The table of checks: whether the archive is still what it was."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.store.tables.base import Base


class FixityRow(Base):
    """One check of the archive, or of a part of it (`xha verify`). Written when the check has come to its end."""

    __tablename__ = "fixity"
    __table_args__ = (Index("ix_fixity_parts_part", "parts", "part"),)

    id: Mapped[int] = mapped_column(primary_key=True, doc="Row number.")
    started_at: Mapped[datetime] = mapped_column(doc="When it began.")
    finished_at: Mapped[datetime] = mapped_column(doc="When it ended.")
    parts: Mapped[int] = mapped_column(doc="Into how many parts the archive was divided; 1: all of it was checked.")
    part: Mapped[int] = mapped_column(doc="Which part was checked, from 0.")
    files: Mapped[int] = mapped_column(doc="WARC files read.")
    bytes: Mapped[int] = mapped_column(doc="Their bytes.")
    records: Mapped[int] = mapped_column(doc="WARC records read.")
    captures: Mapped[int] = mapped_column(doc="Whole captures found.")
    compared: Mapped[int] = mapped_column(doc="Rows of `capture` that were compared with their records.")
    wrong: Mapped[int] = mapped_column(doc="Number of things that are wrong; 0: all is well.")
    problems: Mapped[list[Any]] = mapped_column(doc="Sentences that name them, JSON list; the first thousand.")
    planned_id: Mapped[int | None] = mapped_column(
        ForeignKey("planned.id"), index=True, doc="The timetable's row that started it; NULL: by hand."
    )
