"""What a channel showed last: the newest whole captures of its pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.records import Kind
from storage.store import captures
from storage.store.captures import StoredCapture
from storage.store.tables import LedgerRow


def of_channel(
    session: Session, *, site: str, channel: str, kind: Kind, limit: int, not_after: datetime
) -> list[StoredCapture]:
    """The last whole capture of each of a channel's pages: the newest articles, the first pages of its lists.

    Pages that were never fetched, or that answered with a redirect, are passed over.

    Args:
        channel: Channel or paper of the site's profile.
        kind: ARTICLE: those discovered last come first; any other: those discovered first.
        limit: Pages at most.
        not_after: Captures fetched later do not count.
    """
    query = select(LedgerRow.canonical_url).where(
        LedgerRow.site == site, LedgerRow.channel == channel, LedgerRow.kind == kind
    )
    order = LedgerRow.id.desc() if kind is Kind.ARTICLE else LedgerRow.id
    found: list[StoredCapture] = []
    for capture in _latest(session, session.scalars(query.order_by(order)), not_after):
        if len(found) == limit:
            break
        found.append(capture)
    return found


def _latest(session: Session, urls: Iterator[str], not_after: datetime) -> Iterator[StoredCapture]:
    for url in urls:
        if (capture := captures.latest(session, url, not_after=not_after)) is not None:
            yield capture
