"""Order by what answers say of the words: BM25 over the answers at hand, headlines counting more."""

from __future__ import annotations

from collections.abc import Iterable
from math import log

from storage.query.hits import Hit
from storage.query.plan import Key
from storage.search.matcher import Text, count_in
from storage.search.question import Question

SATURATION = 1.2
"""BM25's k1: how soon one more occurrence adds nothing."""
LENGTH_SHARE = 0.75
"""BM25's b: how much a long text's occurrences count less."""
HEADLINE_TIMES = 4
"""An occurrence in the headlines counts as so many in the body."""


def ranked(question: Question, found: Iterable[Hit]) -> list[Key]:
    """Keys of the answers, the one that says most of the words first; of equals the newer one."""
    words = question.words
    rows = [(hit.key, len(hit.text), _counts(words, hit.text)) for hit in found]
    mean = sum(length for _, length, _ in rows) / len(rows) if rows else 1
    rarity = [_rarity(sum(1 for *_, counts in rows if counts[place]), len(rows)) for place in range(len(words))]
    scored = [(_score(counts, rarity, length / mean), key) for key, length, counts in rows]
    return [key for _, key in sorted(scored, reverse=True)]


def _counts(words: Iterable[str], raw: str) -> list[int]:
    text = Text(raw)
    return [HEADLINE_TIMES * headlines + body for headlines, body in (count_in(word, text) for word in words)]


def _rarity(having: int, of: int) -> float:
    """A word that all answers hold still tells those apart that hold it often; a rare one of an OR counts more."""
    return log(1 + (of + 1) / (having + 1))


def _score(counts: Iterable[int], rarity: Iterable[float], length: float) -> float:
    damping = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * length)
    return sum(weight * number / (number + damping) for number, weight in zip(counts, rarity, strict=True))
