"""Texts of articles, as words are looked for in them. Those looked through last stay in memory.

Finding and copying a text takes the database several times as long as looking through it, and the newest articles are
looked through for nearly every question. A text is known by its digest in the index, which no other text has: what
stays is never out of date.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from sys import getsizeof
from threading import Lock

from cachetools import LRUCache
from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.query.bykeys import rows_by_key
from storage.query.plan import Entry
from storage.search.question import text_of
from storage.store.tables import SearchDueRow

BYTES_KEPT = 96 << 20
"""Of texts: some forty thousand articles."""
ARTICLE_BYTES = 300
"""Of what remembers a text, so that many short ones do not take far more."""

_TEXTS = "SELECT id, kicker, title, subtitle, body FROM article WHERE id"
_ANY_DUE = select(SearchDueRow.place).limit(1)


class Texts:
    """Those in memory, for all threads of a process.

    Args:
        most: Bytes at most.
    """

    def __init__(self, most: int = BYTES_KEPT) -> None:
        self._held: LRUCache[str, str] = LRUCache(most, getsizeof=lambda text: getsizeof(text) + ARTICLE_BYTES)
        self._lock = Lock()

    def read(self, session: Session, entries: Sequence[Entry]) -> Mapping[str, str]:
        """Article id → its texts with `BETWEEN` between them; of articles that are still there."""
        if session.execute(_ANY_DUE).first():  # a digest may be that of a text that was
            return _read(session, entries)
        with self._lock:
            held = {one.article_id: self._held.get(one.digest) for one in entries}
        found = {article_id: text for article_id, text in held.items() if text is not None}
        missing = [one for one in entries if one.article_id not in found]
        if missing:
            read = _read(session, missing)
            found |= read
            with self._lock:
                self._held.update((one.digest, read[one.article_id]) for one in missing if one.article_id in read)
        return found


def _read(session: Session, entries: Sequence[Entry]) -> dict[str, str]:
    rows = rows_by_key(session, _TEXTS, [one.article_id for one in entries])
    return {one: text_of(*texts) for one, *texts in rows}
