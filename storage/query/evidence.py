"""The raw pages behind articles, as one file that others can check and replay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.archive.wacz import Page, write_wacz
from storage.query.rawpages import raw_pages
from storage.store.batches import batches
from storage.store.captures import StoredCapture
from storage.store.tables import CaptureRow, VersionRow


def write_evidence(session: Session, ids: Iterable[str], directory: Path, path: Path, *, title: str) -> int:
    """Every state of the articles as a WACZ file: all captures they were read from, each under its headline.

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
    told: set[int] = set()
    for some in batches(list(ids)):
        states: dict[str, list[VersionRow]] = {}
        # Captures come along, so that none has to be asked for by itself.
        query = select(VersionRow, CaptureRow).join(CaptureRow, CaptureRow.id == VersionRow.capture_id)
        order = (VersionRow.seen_at, VersionRow.capture_id)
        rows = session.execute(query.where(VersionRow.article_id.in_(some)).order_by(*order)).all()
        for version, _ in rows:
            states.setdefault(version.article_id, []).append(version)
        for version in (version for one in some for version in states.get(one, ())):
            for number, capture in enumerate(raw_pages(session, version), start=1):
                if capture.id not in told:  # an edit of one page leaves the others as they were
                    told.add(capture.id)
                    yield _page(version, number, capture)


def _page(version: VersionRow, number: int, capture: StoredCapture) -> Page:
    """One page of a state; the first one bears the whole text."""
    title = version.title if number == 1 else f"{version.title}（第{number}页）"
    text = version.body if number == 1 else ""
    return Page(locator=capture.locator, digest=capture.digest, title=title, text=text)
