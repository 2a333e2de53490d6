"""The raw pages behind articles, as one file that others can check and replay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.archive.wacz import Page, write_wacz
from storage.records import Locator
from storage.store.batches import batches
from storage.store.tables import CaptureRow, VersionRow


def write_evidence(session: Session, ids: Iterable[str], directory: Path, path: Path, *, title: str) -> int:
    """Every state of the articles as a WACZ file: the captures they were read from, each under its headline.

    Args:
        ids: Of articles, in the order in which a replay tool shall list them.
        directory: The archive directory.
        title: Of the whole collection.

    Returns:
        Number of captures.

    Raises:
        RecordMissing, RecordDamaged, WarcError: one of the captures cannot be read.
        OSError: the file cannot be written.
    """
    with path.open("wb") as out:
        return write_wacz(directory, _pages(session, ids), out, title=title)


def _pages(session: Session, ids: Iterable[str]) -> Iterator[Page]:
    for some in batches(list(ids)):
        states: dict[str, list[Page]] = {}
        columns = (CaptureRow.warc_file, CaptureRow.offset, CaptureRow.length, CaptureRow.digest)
        query = select(VersionRow.article_id, VersionRow.title, VersionRow.body, *columns).join(
            CaptureRow, CaptureRow.id == VersionRow.capture_id
        )
        for row in session.execute(query.where(VersionRow.article_id.in_(some)).order_by(VersionRow.seen_at)):
            place = Locator(file=row.warc_file, offset=row.offset, length=row.length)
            page = Page(locator=place, digest=row.digest, title=row.title, text=row.body)
            states.setdefault(row.article_id, []).append(page)
        yield from _in_order(some, states)


def _in_order(ids: Sequence[str], states: dict[str, list[Page]]) -> Iterator[Page]:
    for one in ids:
        yield from states.get(one, ())
