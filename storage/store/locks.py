"""One writer of records at a time, on both databases.

Judging an article (is its address known? is its text?) and storing it must not interleave with another worker doing
the same: both would find nothing and both would store it. SQLite has one writer at a time anyway. On PostgreSQL an
advisory lock, held to the end of the transaction, gives the same order; a site is limited by politeness to about one
page a second, so waiting for each other's milliseconds costs nothing, and one lock cannot deadlock with itself.
"""

from __future__ import annotations

import hashlib

from sqlalchemy import text
from sqlalchemy.orm import Session

RECORDS = "records"
"""Held by whoever changes `ledger` membership, `article`, `version` or `sighting`."""


def exclusive(session: Session, name: str = RECORDS) -> None:
    """Wait until no other transaction holds `name`, and hold it to the end of this one.

    Does nothing in a transaction that only reads.
    """
    if session.info.get("writes") and session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _key(name)})


def _key(name: str) -> int:
    """PostgreSQL's locks are numbered with signed 64 bits."""
    return int.from_bytes(hashlib.sha256(b"xha:" + name.encode()).digest()[:8], signed=True)
