"""Articles whose entries have to be looked at, and what is to be indexed of them."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, select
from sqlalchemy.orm import Session

from storage.search.apart import Apart
from storage.store.batches import batches
from storage.store.indexing.documents import Document, documents
from storage.store.locks import exclusive
from storage.store.tables import SearchDueRow

ROWS_AT_ONCE = 500
"""Articles whose texts are in memory together; while the next are made ready, twice as many."""
TRANSACTION_SECONDS = 30.0
"""Then no more are read: a bulk's transaction ends before others who want to write give up."""

# Made once: making a statement takes longer than running it. Run below the session, which takes as long again.
_DUE = (
    select(SearchDueRow.place, SearchDueRow.article_id)
    .where(SearchDueRow.place > bindparam("after"))
    .order_by(SearchDueRow.place)
    .limit(bindparam("most"))
)
_MANY = select(SearchDueRow.place).limit(1).offset(bindparam("but"))
_NUMBER = select(func.count()).select_from(SearchDueRow)
_DONE = delete(SearchDueRow).where(SearchDueRow.article_id.in_(bindparam("ids", expanding=True)))


class Chunk(NamedTuple):
    """Some of the articles that are due."""

    ids: Sequence[str]
    found: Mapping[str, Document]
    """Article id → document, of those that are still there."""
    made: Mapping[str, str]
    """Article id → grams, of those whose were made ahead."""


def waiting(connection: Connection) -> int:
    """How many are due."""
    return connection.scalar(_NUMBER) or 0


def any_waits(connection: Connection) -> bool:
    """Whether one is due."""
    return connection.execute(_MANY, {"but": 0}).first() is not None


def are_many(connection: Connection) -> bool:
    """Whether as many are due as are taken in at once."""
    return connection.execute(_MANY, {"but": ROWS_AT_ONCE - 1}).first() is not None


def chunks(session: Session, most: int, apart: Apart | None) -> Iterator[Chunk]:
    """Articles that are due, in their order; whoever takes them writes in the same transaction.

    Args:
        most: Articles at most.
        apart: What makes grams ahead; without it nothing is.
    """
    found = _chunks(session, most)
    if apart is None:
        yield from found
        return
    with_texts = ((chunk, [one.text for one in chunk.found.values()]) for chunk in found)
    for chunk, made in apart.ahead(with_texts):
        yield chunk._replace(made=dict(zip(chunk.found, made, strict=True)))


def done(connection: Connection, ids: Sequence[str]) -> None:
    """They are no longer due."""
    for some in batches(ids):
        connection.execute(_DONE, {"ids": some})


def _chunks(session: Session, most: int) -> Iterator[Chunk]:
    connection = session.connection()
    last, left = 0, most
    end = time.monotonic() + TRANSACTION_SECONDS
    while left > 0:
        wanted = min(ROWS_AT_ONCE, left)
        due = connection.execute(_DUE, {"after": last, "most": wanted}).all()
        if not due:
            return
        exclusive(session)
        ids = [one.article_id for one in due]
        if connection.dialect.name == "postgresql":  # so that who changes one of them from now on makes it due
            done(connection, ids)
        yield Chunk(ids, documents(connection, ids), {})
        if len(ids) < wanted or time.monotonic() > end:
            return
        last, left = due[-1].place, left - wanted
