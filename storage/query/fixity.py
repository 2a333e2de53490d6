"""Whether the archive is what it was: a check of all of it or of the part whose turn it is, with its result kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from storage.archive.check import Row
from storage.archive.verify import Report, verify
from storage.localtime import present
from storage.query.health import faults
from storage.query.shape import shanghai
from storage.store import captures, fixity
from storage.store.database import Database


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What a check found."""

    began_at: datetime
    report: Report
    """What was read of the archive, and what is wrong with it."""
    faults: tuple[str, ...]
    """What the database promises and does not hold."""

    @property
    def wrong(self) -> tuple[str, ...]:
        """One sentence for each thing that is wrong: file, byte, what, and what to do."""
        return (*map(str, self.report.problems), *self.faults)


def check(
    database: Database,
    directory: Path,
    *,
    share: float = 1.0,
    on_progress: Callable[[int, int], None] | None = None,
) -> Checked:
    """Check the archive, or the share of it whose turn it is, and the database. Nothing is changed.

    Args:
        share: how much of the archive, in (0, 1]; checks of one share that are kept come round to all of it.
        on_progress: called after each file with the number of files checked so far, and of all.

    Raises:
        ValueError: `share` is not in (0, 1].
        WarcError, StoreError: the directory or the database cannot be read.
    """
    began = present()
    with database.read() as session:
        turn = fixity.next_part(session, round(1 / share)) if 0 < share <= 1 else 0
    report = verify(directory, rows_of(database), share=share, turn=turn, on_progress=on_progress)
    with database.read() as session:
        return Checked(began_at=began, report=report, faults=tuple(faults(session)))


def keep(database: Database, checked: Checked, *, planned_id: int | None = None) -> None:
    """Keep the result of a check. One that died before has none, and the next check takes the same part.

    Args:
        planned_id: the timetable's row that started it; None: by hand.

    Raises:
        StoreError: the database cannot be written.
    """
    with database.begin() as session:
        fixity.add(
            session,
            checked.report,
            checked.wrong,
            started_at=checked.began_at,
            now=present(),
            planned_id=planned_id,
        )


def rows_of(database: Database) -> Iterator[Row]:
    """What every capture row says of its record."""
    after = 0
    while True:
        with database.read() as session:
            batch = list(captures.every(session, after_id=after))
        for row in batch:
            yield Row(locator=row.locator, digest=row.digest, url=row.url, status=row.status)
        if not batch:
            return
        after = batch[-1].id


def check_reports(session: Session) -> list[dict[str, Any]]:
    """The last check of each part of the archive, the newest first; ready for JSON."""
    return [
        {
            "finished_at": shanghai(row.finished_at),
            "seconds": (row.finished_at - row.started_at).total_seconds(),
            "part": row.part + 1,
            "parts": row.parts,
            "files": row.files,
            "bytes": row.bytes,
            "records": row.records,
            "captures": row.captures,
            "wrong": row.wrong,
            "problems": list(row.problems),
        }
        for row in fixity.latest(session)
    ]
