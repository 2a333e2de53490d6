"""Texts of articles, as words are looked for in them. Those looked through last stay in memory.

Finding and copying a text takes the database several times as long as looking through it, and the newest articles are
looked through for nearly every question. A text is known by its digest in the index, which no other text has: what
stays is never out of date.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from sys import getsizeof
from threading import Lock

from sqlalchemy.orm import Session

from storage.query.bykeys import rows_by_key
from storage.query.plan import Entry
from storage.search.question import text_of
from storage.store.indexing import due

BYTES_KEPT = 96 << 20
"""Of texts: some forty thousand articles."""
ARTICLE_BYTES = 300
"""Of what remembers a text, so that many short ones do not take far more."""

_QUERY = "SELECT id, kicker, title, subtitle, body FROM article WHERE id"


Reader = Callable[[Sequence[Entry]], Sequence[str | None]]
"""Gives the texts of each entry with `BETWEEN` between them; None of an article that is not there any more."""


class Texts:
    """Those in memory, for all threads of a process.

    Two halves: what is looked through goes into the younger one, and when that is full, the older one is let go. A
    library's cache that orders its entries anew with each look takes as long for them as the looking.

    Args:
        most: Bytes at most.
    """

    def __init__(self, most: int = BYTES_KEPT) -> None:
        self._most = most // 2
        self._young: dict[str, str] = {}
        self._old: dict[str, str] = {}
        self._room = self._most
        self._lock = Lock()

    def reader(self, session: Session) -> Reader:
        """What gives the texts of entries of a session's transaction."""
        if session.info.get("writes") or due.any_waits(session.connection()):  # a digest may be that of a text that was
            return partial(_anew, session)
        return partial(self._remembering, session)

    def _remembering(self, session: Session, entries: Sequence[Entry]) -> Sequence[str | None]:
        young, old = self._young, self._old
        found = [young.get(one.digest) for one in entries]
        others = {one.digest: old.get(one.digest) for one, text in zip(entries, found, strict=True) if text is None}
        if missing := [one for one in entries if one.digest in others and others[one.digest] is None]:
            read = _load(session, missing)
            others |= {one.digest: read[one.article_id] for one in missing if one.article_id in read}
        self._keep(others.items())
        if not others:
            return found
        return [others[one.digest] if text is None else text for one, text in zip(entries, found, strict=True)]

    def _keep(self, found: Iterable[tuple[str, str | None]]) -> None:
        with self._lock:
            for digest, text in found:
                if text is None or digest in self._young:
                    continue
                size = getsizeof(text) + ARTICLE_BYTES
                if size > self._most:
                    continue
                if size > self._room:
                    self._young, self._old, self._room = {}, self._young, self._most
                self._young[digest] = text
                self._room -= size


def _anew(session: Session, entries: Sequence[Entry]) -> Sequence[str | None]:
    read = _load(session, entries)
    return [read.get(one.article_id) for one in entries]


def _load(session: Session, entries: Sequence[Entry]) -> dict[str, str]:
    rows = rows_by_key(session, _QUERY, [one.article_id for one in entries])
    return {one: text_of(*texts) for one, *texts in rows}
