"""What a channel showed last: the newest whole captures of its pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.contexts import read_context
from storage.records import Kind
from storage.store import captures
from storage.store.captures import StoredCapture
from storage.store.ledger import Candidate
from storage.store.tables import LedgerRow


def of_channel(
    session: Session,
    *,
    site: str,
    channel: str,
    kind: Kind,
    limit: int,
    not_after: datetime,
    fits: Callable[[str], bool] = lambda _: True,
) -> list[StoredCapture]:
    """The last whole capture of each of a channel's pages: the newest articles and issues, the first pages of lists.

    Pages that were never fetched, or that answered with a redirect, are passed over.

    Args:
        channel: Channel or paper of the site's profile.
        kind: LISTING: those discovered first come first; any other: those discovered last.
        limit: Pages at most.
        not_after: Captures fetched later do not count.
        fits: Which of them count, by canonical address.
    """
    query = select(LedgerRow.canonical_url).where(
        LedgerRow.site == site, LedgerRow.channel == channel, LedgerRow.kind == kind
    )
    order = LedgerRow.id if kind is Kind.LISTING else LedgerRow.id.desc()
    found: list[StoredCapture] = []
    for capture in _latest(session, filter(fits, session.scalars(query.order_by(order))), not_after):
        if len(found) == limit:
            break
        found.append(capture)
    return found


def _latest(session: Session, urls: Iterator[str], not_after: datetime) -> Iterator[StoredCapture]:
    for url in urls:
        if (capture := captures.latest(session, url, not_after=not_after)) is not None:
            yield capture


def discovered(session: Session, *, site: str, channel: str, kind: Kind) -> Iterator[Candidate]:
    """The addresses of a channel that the ledger holds, in the order of their discovery."""
    query = select(LedgerRow).where(LedgerRow.site == site, LedgerRow.channel == channel, LedgerRow.kind == kind)
    for row in session.scalars(query.order_by(LedgerRow.id)):
        yield Candidate(url=row.url, canonical_url=row.canonical_url, context=read_context(row.context))
