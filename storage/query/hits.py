"""Answers to a question: candidates of the index whose texts hold what was asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from math import ceil
from typing import TypeVar

from sqlalchemy.orm import Session

from storage.query import candidates
from storage.query.plan import Entry, Plan
from storage.query.texts import Texts
from storage.search.matcher import Matcher
from storage.search.question import Question

FIRST_TEXTS, MOST_TEXTS = 32, 256
"""Texts read at a time: a page needs few, a hard phrase thousands."""
FURTHER_TEXTS = 8
"""Read beyond what should be enough by what the texts so far came to."""

MEMORY = Texts()
"""What this process has looked through."""
IN_TIME = "in time"
"""Key in the `info` of a session whose time is bounded: what raises when it is over. Texts that are in memory are
looked through without a question to the database, which would be broken off."""


Seen = TypeVar("Seen")
Look = Callable[[str], Seen | None]
"""What is wanted of the texts of an answer, as they are and with `BETWEEN` between them; None where they are none."""


def newest_first(session: Session, asked: Plan, question: Question, most: int | None = None) -> Iterator[Entry]:
    """The answers, the newest first, at most so many; read as they are taken."""
    if asked.exact:
        return islice(candidates.newest_first(session, asked), most)
    return (entry for entry, _ in newest_seen(session, asked, _answers(question), most))


def newest_within(
    session: Session, asked: Plan, question: Question, *, most: int, least: int, texts: int
) -> tuple[list[Entry], bool]:
    """The newest answers, found by looking through a bounded number of texts.

    Args:
        most: Answers at most.
        least: So many are looked for however many texts that takes.
        texts: Where so many have been looked through, no more than `least` answers are looked for.

    Returns:
        The answers, and whether they are all there are, or `most`; else there may be more.
    """
    if asked.exact:
        return list(newest_first(session, asked, question, most)), True
    found: list[Entry] = []
    all_seen = True

    def some() -> Iterator[Entry]:  # taken in turns: the answers among these are in `found` when the next are asked for
        nonlocal all_seen
        for place, entry in enumerate(candidates.newest_first(session, asked)):
            if place >= texts and len(found) >= least:
                all_seen = False
                return
            yield entry

    for entry, _ in _holding(session, some(), _answers(question), most):
        found.append(entry)
    return found, all_seen


def newest_seen(session: Session, asked: Plan, look: Look[Seen], most: int | None) -> Iterator[tuple[Entry, Seen]]:
    """The newest answers with what `look` makes of their texts, at most so many."""
    return _holding(session, candidates.newest_first(session, asked), look, most)


def number(session: Session, asked: Plan, question: Question, most: int) -> int:
    """How many answers there are; counted up to `most`."""
    if asked.exact:
        return candidates.number(session, asked, most)
    return sum(1 for _ in _holding(session, candidates.in_any_order(session, asked), _answers(question), most))


def _answers(question: Question) -> Look[bool]:
    """Whether texts are an answer."""
    holds = Matcher(question).holds_for
    return lambda text: holds(text) or None


def _holding(
    session: Session, found: Iterable[Entry], look: Look[Seen], most: int | None
) -> Iterator[tuple[Entry, Seen]]:
    """Those whose texts are an answer, in their order.

    A text takes longer than all else there is to an answer: no more are read than are likely to be needed.
    """
    entries = iter(found)
    texts_of, in_time = MEMORY.reader(session), session.info.get(IN_TIME)
    looked, held, size = 0, 0, FIRST_TEXTS
    while most is None or held < most:
        wanted = size
        if most is not None:
            wanted = min(size, ceil((most - held) * (looked + 1) / (held + 1)) + FURTHER_TEXTS)
        some = list(islice(entries, wanted))
        if in_time:
            in_time()
        texts = zip(some, texts_of(some), strict=True)
        hits = [(one, seen) for one, text in texts if text is not None and (seen := look(text)) is not None]
        yield from hits if most is None else hits[: most - held]
        if len(some) < wanted:
            return
        looked, held, size = looked + len(some), held + len(hits), min(2 * size, MOST_TEXTS)
