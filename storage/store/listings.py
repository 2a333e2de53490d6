"""List pages that earlier runs found, so that a run can begin with all of a channel's lists."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.contexts import read_context
from storage.records import Kind
from storage.store.ledger import Candidate
from storage.store.tables import LedgerRow


def first_pages(session: Session, *, site: str, channel: str) -> list[Candidate]:
    """The first page of every list of a channel: its start pages and the section pages found from them."""
    query = select(LedgerRow).where(
        LedgerRow.site == site, LedgerRow.channel == channel, LedgerRow.kind == Kind.LISTING
    )
    rows = session.scalars(query.order_by(LedgerRow.id))
    found = [Candidate(url=row.url, canonical_url=row.canonical_url, context=read_context(row.context)) for row in rows]
    return [candidate for candidate in found if candidate.context.page_number == 1]
