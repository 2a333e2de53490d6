"""Order by what answers say of the words: BM25 over the answers at hand, headlines counting more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import log
from typing import NamedTuple

from storage.query.plan import Entry, Key
from storage.search.matcher import Tally
from storage.search.question import Question

SATURATION = 1.2
"""BM25's k1: how soon one more occurrence adds nothing."""
LENGTH_SHARE = 0.75
"""BM25's b: how much a long text's occurrences count less."""
HEADLINE_TIMES = 4
"""An occurrence in the headlines counts as so many in the body."""
UNITS = 10**9
"""Of a score: whole numbers are the same on every machine, and in an address."""

Scored = tuple[int, Key]
"""(score, key): the order by relevance, the greatest first; of equal scores the newer one."""


class Said(NamedTuple):
    """What one answer says of the words."""

    entry: Entry
    length: int
    """Characters of its texts."""
    counts: tuple[int, ...]
    """Word by word how often it stands there, headlines counting more."""


@dataclass(frozen=True, kw_only=True)
class Statistics:
    """What answers have in common, which the score of each depends on."""

    answers: int
    length: int
    """Of all of them together, in characters."""
    having: tuple[int, ...]
    """Word by word how many hold it."""

    @classmethod
    def of(cls, said: Sequence[Said], words: int) -> Statistics:
        """Of these answers to a question of so many words."""
        having = tuple(sum(1 for one in said if one.counts[place]) for place in range(words))
        return cls(answers=len(said), length=sum(one.length for one in said), having=having)


def saying(question: Question) -> Callable[[str], tuple[int, tuple[int, ...]] | None]:
    """What tells of the texts of an article how long they are and how often they say each word; None where they are no
    answer."""
    counts = Tally(question, headline_times=HEADLINE_TIMES).counts

    def look(text: str) -> tuple[int, tuple[int, ...]] | None:
        found = counts(text)
        return None if found is None else (len(text), found)

    return look


def ranked(said: Iterable[Said], statistics: Statistics) -> list[Scored]:
    """The answers with their scores, the one that says most of the words first; of equals the newer one."""
    mean = statistics.length / max(statistics.answers, 1)
    rarity = [_rarity(having, statistics.answers) for having in statistics.having]
    shortest, longer = SATURATION * (1 - LENGTH_SHARE), SATURATION * LENGTH_SHARE / (mean or 1)
    scored = []
    for one in said:  # spelled out: a call for each answer takes longer than its score
        score, damping = 0.0, shortest + longer * one.length
        for number, weight in zip(one.counts, rarity, strict=True):
            score += weight * number / (number + damping)
        scored.append((round(score * UNITS), one.entry.key))
    scored.sort(reverse=True)
    return scored


def _rarity(having: int, of: int) -> float:
    """A word that all answers hold still tells those apart that hold it often; a rare one of an OR counts more."""
    return log(1 + (of + 1) / (having + 1))
