"""What an edit took out of a text and what it put in: by paragraphs first, by characters inside those that changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

MOST_COMPARED = 2_000
"""Characters of a paragraph that are compared one by one: the comparison takes the square of their number. A longer
paragraph that changed is shown as taken out and put in whole."""
MOST_COMPARISONS = 20_000_000
"""Pairs of characters that may be compared in one text, a second or two at worst; what changed behind that is shown as
taken out and put in whole."""
ALIKE = 0.35
"""Paragraphs less alike than this are two different ones: marking their common characters would show a mosaic."""
FARTHEST_PAIR = 12
"""Paragraphs ahead in which the new form of a changed one is looked for: bounds the time for a text rewritten whole."""
SHORTEST_SAME = 2
"""A single character between two changes belongs to them: else every 的 that both have would be an island."""


class Mark(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A stretch of text with one mark."""

    mark: Mark
    text: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """One paragraph on both sides; empty on the side where it does not stand."""

    before: tuple[Piece, ...]
    """Its text before the edit: `same` and `removed` pieces."""
    after: tuple[Piece, ...]
    """Its text after the edit: `same` and `added` pieces."""

    @property
    def same(self) -> bool:
        """Whether nothing in it changed."""
        return all(piece.mark is Mark.SAME for piece in (*self.before, *self.after))


def difference(before: str, after: str) -> tuple[Piece, ...]:
    """Both texts in one: what stayed, what was taken out, what was put in, in reading order.

    Joining all but the removed pieces gives `after`, all but the added ones `before`.

    >>> [(piece.mark.value, piece.text) for piece in difference("港口扩建", "港口将扩建")]
    [('same', '港口'), ('added', '将'), ('same', '扩建')]
    """
    if len(before) > MOST_COMPARED or len(after) > MOST_COMPARED:
        pieces = [(Mark.SAME, before)] if before == after else [(Mark.REMOVED, before), (Mark.ADDED, after)]
    else:
        pieces = list(_characters(before, after))
    return tuple(Piece(mark=mark, text=text) for mark, text in pieces if text)


def lines(before: str, after: str) -> tuple[Line, ...]:
    """Paragraphs (lines) of two texts side by side; where one became another, its pieces are marked.

    The lines that have an `after` are those of `after` in order; the same holds for `before`.
    """
    old, new = before.split("\n") if before else [], after.split("\n") if after else []
    found: list[Line] = []
    budget = _Budget(MOST_COMPARISONS)
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [_both(text) for text in old[a:b]]
        else:
            found += _changed(old[a:b], new[c:d], budget)
    return tuple(found)


def _characters(before: str, after: str) -> Iterator[tuple[Mark, str]]:
    removed = added = ""
    opcodes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for index, (tag, a, b, c, d) in enumerate(opcodes):
        inner = 0 < index < len(opcodes) - 1
        if tag == "equal" and not (inner and b - a < SHORTEST_SAME):
            yield Mark.REMOVED, removed
            yield Mark.ADDED, added
            yield Mark.SAME, before[a:b]
            removed = added = ""
        else:
            removed, added = removed + before[a:b], added + after[c:d]
    yield Mark.REMOVED, removed
    yield Mark.ADDED, added


class _Budget:
    """What may still be compared."""

    def __init__(self, pairs: int) -> None:
        self.left = pairs

    def allows(self, one: str, other: str) -> bool:
        """Whether two paragraphs may be compared; that counts."""
        if len(one) > MOST_COMPARED or len(other) > MOST_COMPARED or self.left <= 0:
            return False
        self.left -= len(one) * len(other)
        return True


def _changed(old: Sequence[str], new: Sequence[str], budget: _Budget) -> list[Line]:
    """Pair paragraphs that became one another, in order; the others stand alone."""
    found: list[Line] = []
    at = 0
    for text in old:
        ahead = range(at, min(at + FARTHEST_PAIR, len(new)))
        match = next((place for place in ahead if budget.allows(text, new[place]) and _alike(text, new[place])), None)
        if match is None:
            found.append(_removed(text))
            continue
        found += [_added(between) for between in new[at:match]]
        found.append(_paired(text, new[match]))
        at = match + 1
    return found + [_added(text) for text in new[at:]]


def _alike(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _paired(before: str, after: str) -> Line:
    pieces = difference(before, after)
    return Line(
        before=tuple(piece for piece in pieces if piece.mark is not Mark.ADDED),
        after=tuple(piece for piece in pieces if piece.mark is not Mark.REMOVED),
    )


def _both(text: str) -> Line:
    piece = (Piece(mark=Mark.SAME, text=text),)
    return Line(before=piece, after=piece)


def _removed(text: str) -> Line:
    return Line(before=(Piece(mark=Mark.REMOVED, text=text),), after=())


def _added(text: str) -> Line:
    return Line(before=(), after=(Piece(mark=Mark.ADDED, text=text),))
