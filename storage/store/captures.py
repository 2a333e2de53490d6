"""Rows of responses. A row is written after its record is in the WARC file and never changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Select, bindparam, insert, select
from sqlalchemy.orm import Session

from storage.records import Capture, Kind, Locator
from storage.store.tables import CaptureRow, OutcomeRow, RunRow, RunState

# Said for every page, and so made once.
_AT = select(CaptureRow).where(CaptureRow.warc_file == bindparam("file"), CaptureRow.offset == bindparam("offset"))
_ADD = insert(CaptureRow.__table__).returning(CaptureRow.__table__.c.id)


@dataclass(frozen=True, kw_only=True)
class StoredCapture:
    """A row of `capture`: where a response lies, without its bytes."""

    id: int
    run_id: int | None
    url: str
    canonical_url: str
    fetched_at: datetime
    status: int
    digest: str
    locator: Locator
    kind: Kind
    content_type: str | None
    truncated: str | None


def add(session: Session, capture: Capture, canonical_url: str) -> Capture:
    """Write the row of an archived response; writing it twice is writing it once.

    Returns:
        The capture with its row's `id`.

    Raises:
        ValueError: it has no locator or digest: it was not archived yet.
    """
    if capture.locator is None or not capture.digest:
        raise ValueError(f"{capture.url} is not archived yet: a row must not speak of a record that is not there")
    known = by_locator(session, capture.locator)
    if known is not None:
        return replace(capture, id=known.id, run_id=known.run_id)
    row = {
        "run_id": capture.run_id,
        "url": capture.url,
        "canonical_url": canonical_url,
        "fetched_at": capture.fetched_at,
        "status": capture.status,
        "digest": capture.digest,
        "warc_file": capture.locator.file,
        "offset": capture.locator.offset,
        "length": capture.locator.length,
        "kind": capture.context.kind,
        "content_type": capture.header("content-type"),
        "truncated": capture.truncated,
    }
    return replace(capture, id=session.execute(_ADD, row).scalar_one())


def by_id(session: Session, capture_id: int) -> StoredCapture | None:
    """The capture with that row id."""
    row = session.get(CaptureRow, capture_id)
    return None if row is None else _stored(row)


def by_locator(session: Session, locator: Locator) -> StoredCapture | None:
    """The capture whose record begins at that byte of that file."""
    row = session.scalar(_AT, {"file": locator.file, "offset": locator.offset})
    return None if row is None else _stored(row)


def latest(session: Session, canonical_url: str, *, not_after: datetime) -> StoredCapture | None:
    """The last whole page an address showed up to some time."""
    query = _whole(canonical_url).where(CaptureRow.fetched_at <= not_after)
    row = session.scalar(query.order_by(CaptureRow.fetched_at.desc(), CaptureRow.id.desc()).limit(1))
    return None if row is None else _stored(row)


def earliest(session: Session, canonical_url: str) -> StoredCapture | None:
    """The first whole page an address ever showed."""
    row = session.scalar(_whole(canonical_url).order_by(CaptureRow.fetched_at, CaptureRow.id).limit(1))
    return None if row is None else _stored(row)


def unjudged(session: Session, limit: int, *, after_id: int = 0) -> list[StoredCapture]:
    """Captures that ended in no outcome, oldest first: a process died between archiving and storing.

    Those of runs that are still running are left to them (see `runs.interrupt_stale`).

    Args:
        after_id: Only captures behind this one, to go on after some that could not be judged.
    """
    query = (
        select(CaptureRow)
        .outerjoin(OutcomeRow, OutcomeRow.capture_id == CaptureRow.id)
        .outerjoin(RunRow, RunRow.id == CaptureRow.run_id)
        .where(OutcomeRow.id.is_(None), RunRow.state.is_distinct_from(RunState.RUNNING), CaptureRow.id > after_id)
        .order_by(CaptureRow.id)
        .limit(limit)
    )
    return [_stored(row) for row in session.scalars(query)]


def every(session: Session, *, after_id: int = 0, limit: int = 1_000) -> Iterator[StoredCapture]:
    """Up to `limit` captures behind `after_id`, in row order: the archive as the database knows it, part by part."""
    query = select(CaptureRow).where(CaptureRow.id > after_id).order_by(CaptureRow.id).limit(limit)
    return (_stored(row) for row in session.scalars(query))


def _whole(canonical_url: str) -> Select[CaptureRow]:
    return select(CaptureRow).where(
        CaptureRow.canonical_url == canonical_url, CaptureRow.status == 200, CaptureRow.truncated.is_(None)
    )


def _stored(row: CaptureRow) -> StoredCapture:
    return StoredCapture(
        id=row.id,
        run_id=row.run_id,
        url=row.url,
        canonical_url=row.canonical_url,
        fetched_at=row.fetched_at,
        status=row.status,
        digest=row.digest,
        locator=Locator(file=row.warc_file, offset=row.offset, length=row.length),
        kind=row.kind,
        content_type=row.content_type,
        truncated=row.truncated,
    )
