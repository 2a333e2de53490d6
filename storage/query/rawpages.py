"""The raw pages that a state of an article was read from: one, or as many as its text is spread over."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.errors import StoreError
from storage.records import How, Outcome
from storage.store import captures
from storage.store.captures import StoredCapture
from storage.store.tables import ArticleRow, CaptureRow, LedgerRow, OutcomeRow, VersionRow

REMEDY = "the database is damaged; restore a backup, or rebuild it from the archive with `xha reparse`"


def raw_pages(session: Session, version: VersionRow) -> tuple[StoredCapture, ...]:
    """The captures of a state's pages in reading order.

    They are found as they were when it was read: what each address showed when the state's own capture was fetched, and
    what it showed first where it was fetched later. A page that the archive has lost is left out.

    Raises:
        StoreError: it has no capture: the database is damaged.
    """
    own = captures.by_id(session, version.capture_id)
    if own is None:
        raise StoreError(f"version {version.id} has no capture {version.capture_id}: {REMEDY}")
    number = How(**version.how["body"]).pages if "body" in version.how else 1
    if number == 1:
        return (own,)
    shown = (_shown(session, address, own) for address in _addresses(session, version.article_id)[:number])
    found = [page for page in shown if page is not None]
    return tuple(found if own in found else [*found, own])


def _addresses(session: Session, article_id: str) -> list[str]:
    """Canonical addresses of an article's first page and of all further ones it ever had, in order."""
    first = session.scalars(select(ArticleRow.canonical_url).where(ArticleRow.id == article_id)).one()
    query = (
        select(CaptureRow.canonical_url, LedgerRow.context)
        .join(OutcomeRow, OutcomeRow.capture_id == CaptureRow.id)
        .join(LedgerRow, LedgerRow.canonical_url == CaptureRow.canonical_url)
        .where(OutcomeRow.article_id == article_id, OutcomeRow.outcome == Outcome.PART)
    )
    further = {address: int(context["page_number"]) for address, context in session.execute(query)}
    return [first, *sorted(further, key=further.__getitem__)]


def _shown(session: Session, address: str, own: StoredCapture) -> StoredCapture | None:
    if address == own.canonical_url:
        return own
    return captures.latest(session, address, not_after=own.fetched_at) or captures.earliest(session, address)
