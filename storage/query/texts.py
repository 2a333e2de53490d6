"""Texts of articles, as words are looked for in them. Those looked through last stay in memory.

Finding and copying a text takes the database several times as long as looking through it, and the newest articles are
looked through for nearly every question. A text is known by its digest in the index, which no other text has: what
stays is never out of date.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from threading import Lock

from cachetools import LRUCache
from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.query.bykeys import rows_by_key
from storage.query.plan import Entry
from storage.search.question import BETWEEN, text_of
from storage.store.tables import SearchDueRow

BYTES_KEPT = 96 << 20
"""Of texts: some forty thousand articles."""
ARTICLE_BYTES = 300
"""What Python takes beside the bytes of each, so that many short ones do not take far more."""

_TEXTS = "SELECT id, kicker, title, subtitle, body FROM article WHERE id"
_TEXTS_UNDECODED = (
    "SELECT id, CAST(kicker AS blob), CAST(title AS blob), CAST(subtitle AS blob), CAST(body AS blob) FROM article"
    " WHERE id"
)
"""As SQLite keeps them: decoding takes a third of the time of reading."""
_BETWEEN = BETWEEN.encode()
_ANY_DUE = select(SearchDueRow.place).limit(1)


class Texts:
    """Those in memory, for all threads of a process.

    Args:
        most: Bytes at most.
    """

    def __init__(self, most: int = BYTES_KEPT) -> None:
        self._held: LRUCache[str, bytes] = LRUCache(most, getsizeof=lambda text: len(text) + ARTICLE_BYTES)
        self._lock = Lock()

    def read(self, session: Session, entries: Sequence[Entry]) -> Mapping[str, bytes]:
        """Article id → its texts in UTF-8, with `BETWEEN` between them; of articles that are still there."""
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


def _read(session: Session, entries: Sequence[Entry]) -> dict[str, bytes]:
    ids = [one.article_id for one in entries]
    if session.get_bind().dialect.name == "sqlite":
        rows = rows_by_key(session, _TEXTS_UNDECODED, ids)
        return {
            one: _BETWEEN.join((kicker or b"", title, subtitle or b"", body))
            for one, kicker, title, subtitle, body in rows
        }
    return {one: text_of(*texts).encode() for one, *texts in rows_by_key(session, _TEXTS, ids)}
