"""Answers to a question: candidates of the index whose texts hold what was asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from sqlalchemy.orm import Session

from storage.query import candidates
from storage.query.bykeys import rows_by_key
from storage.query.plan import Key, Plan
from storage.search.matcher import Matcher
from storage.search.question import BETWEEN, Question, text_of

FIRST_TEXTS, MOST_TEXTS = 32, 256
"""Texts read at a time: a page needs few, a hard phrase thousands."""

_TEXTS = "SELECT id, kicker, title, subtitle, body FROM article WHERE id"
_TEXTS_UNDECODED = (
    "SELECT id, CAST(kicker AS blob), CAST(title AS blob), CAST(subtitle AS blob), CAST(body AS blob) FROM article"
    " WHERE id"
)
"""As SQLite keeps them: decoding takes a third of the time of reading."""
_BETWEEN = BETWEEN.encode()


class Hit(NamedTuple):
    """An article that was found."""

    key: Key
    text: bytes
    """Its texts as they are, in UTF-8, with `BETWEEN` between them."""


def newest_first(session: Session, asked: Plan, question: Question) -> Iterator[Key]:
    """Keys of the answers, the newest first."""
    found = candidates.newest_first(session, asked)
    return found if asked.exact else (hit.key for hit in _holding(session, found, question))


def newest_texts(session: Session, asked: Plan, question: Question, most: int) -> Iterator[Hit]:
    """The newest answers with their texts, at most so many."""
    found = candidates.newest_first(session, asked)
    if asked.exact:
        return texts(session, islice(found, most))
    return islice(_holding(session, found, question), most)


def number(session: Session, asked: Plan, question: Question, most: int) -> int:
    """How many answers there are; counted up to `most`."""
    if asked.exact:
        return sum(1 for _ in candidates.in_any_order(session, asked, most))
    return sum(1 for _ in islice(_holding(session, candidates.newest_first(session, asked), question), most))


def texts(session: Session, keys: Iterable[Key]) -> Iterator[Hit]:
    """Texts of articles, in the order of the keys; read as they are taken."""
    rest = iter(keys)
    size = FIRST_TEXTS
    while some := list(islice(rest, size)):
        read = _read(session, [article_id for _, article_id in some])
        yield from (Hit(key, read[key[1]]) for key in some if key[1] in read)
        size = min(2 * size, MOST_TEXTS)


def _holding(session: Session, found: Iterator[Key], question: Question) -> Iterator[Hit]:
    matcher = Matcher(question)
    return (hit for hit in texts(session, found) if matcher.holds_for(hit.text))


def _read(session: Session, ids: Sequence[str]) -> dict[str, bytes]:
    """Article id → texts."""
    if session.get_bind().dialect.name == "sqlite":
        rows = rows_by_key(session, _TEXTS_UNDECODED, ids)
        return {
            one: _BETWEEN.join((kicker or b"", title, subtitle or b"", body))
            for one, kicker, title, subtitle, body in rows
        }
    return {one: text_of(*texts).encode() for one, *texts in rows_by_key(session, _TEXTS, ids)}
