"""What an edit took out of a text and what it put in: by paragraphs first, by characters inside those that changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from operator import attrgetter, itemgetter

from storage.query.stretches import Budget, Stretch, common_stretches

STEPS_PER_CHARACTER = 1_000
"""Pairs of equal characters, or paragraphs, to look at for each character of two texts. A paragraph of three
thousand characters of which every third changed takes 25."""
MOST_STEPS = 20_000_000
"""The same for texts of any length: four seconds at worst. What is left then is shown as taken out and put in whole."""
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
    """One paragraph of both texts, or of the one where it stands."""

    pieces: tuple[Piece, ...]
    """Both sides in one, in reading order."""

    @property
    def before(self) -> tuple[Piece, ...]:
        """Its text before the edit: `same` and `removed` pieces; empty where it did not stand."""
        return tuple(piece for piece in self.pieces if piece.mark is not Mark.ADDED)

    @property
    def after(self) -> tuple[Piece, ...]:
        """Its text after the edit: `same` and `added` pieces; empty where it does not stand."""
        return tuple(piece for piece in self.pieces if piece.mark is not Mark.REMOVED)

    @property
    def same(self) -> bool:
        """Whether nothing in it changed."""
        return all(piece.mark is Mark.SAME for piece in self.pieces)


def difference(before: str, after: str) -> tuple[Piece, ...]:
    """Both texts in one: what stayed, what was taken out, what was put in, in reading order.

    Joining all but the removed pieces gives `after`, all but the added ones `before`.

    >>> [(piece.mark.value, piece.text) for piece in difference("港口扩建", "港口将扩建")]
    [('same', '港口'), ('added', '将'), ('same', '扩建')]
    """
    return _pieces(before, after, common_stretches(before, after, _budget(before, after)))


def lines(before: str, after: str) -> tuple[Line, ...]:
    """Paragraphs (lines) of two texts side by side; where one became another, its pieces are marked.

    The lines that have an `after` are those of `after` in order; the same holds for `before`.
    """
    old, new = before.split("\n") if before else [], after.split("\n") if after else []
    found: list[Line] = []
    budget = _budget(before, after)
    at = there = 0
    for same in (*common_stretches(old, new, budget), Stretch(old=len(old), new=len(new), size=0)):
        found += _changed(old[at : same.old], new[there : same.new], budget)
        found += [_whole(Mark.SAME, text) for text in old[same.old : same.old + same.size]]
        at, there = same.old + same.size, same.new + same.size
    return tuple(found)


def blocks(found: Iterable[Line]) -> Iterator[tuple[bool, tuple[Line, ...]]]:
    """Lines in blocks: (whether nothing changed in them, the lines).

    >>> [(same, len(some)) for same, some in blocks(lines("一\\n二\\n三", "一\\n二\\n四"))]
    [(True, 2), (False, 2)]
    """
    for same, some in groupby(found, key=attrgetter("same")):
        yield same, tuple(some)


def in_one(found: Sequence[Line]) -> tuple[Piece, ...]:
    """Both texts in one, as `difference` gives them, where they were compared by paragraphs.

    >>> [(piece.mark.value, piece.text) for piece in in_one(lines("通水\\n通车", "通水"))]
    [('same', '通水'), ('removed', '\\n通车')]
    """
    marked: list[tuple[Mark, str]] = []
    old_begun = new_begun = False
    for line in found:
        stood, stands = bool(line.before), bool(line.after)
        if any(broken := (stood and old_begun, stands and new_begun)):
            marked.append((_MARK_OF[broken], "\n"))
        marked += [(piece.mark, piece.text) for piece in line.pieces]
        old_begun, new_begun = old_begun or stood, new_begun or stands
    return tuple(
        Piece(mark=mark, text="".join(text for _, text in some)) for mark, some in groupby(marked, key=itemgetter(0))
    )


_MARK_OF = {(True, True): Mark.SAME, (True, False): Mark.REMOVED, (False, True): Mark.ADDED}
"""Whether something stands before and after the edit → its mark."""


def _budget(before: str, after: str) -> Budget:
    return Budget(left=min(MOST_STEPS, STEPS_PER_CHARACTER * (len(before) + len(after))))


def _pieces(before: str, after: str, common: Sequence[Stretch]) -> tuple[Piece, ...]:
    """Two texts in one; `common`: what they have in common, in order."""
    marked: list[tuple[Mark, str]] = []
    at = there = 0
    for same in _no_islands(before, after, common):
        marked.append((Mark.REMOVED, before[at : same.old]))
        marked.append((Mark.ADDED, after[there : same.new]))
        at, there = same.old + same.size, same.new + same.size
        marked.append((Mark.SAME, before[same.old : at]))
    return tuple(Piece(mark=mark, text=text) for mark, text in marked if text)


def _no_islands(before: str, after: str, common: Sequence[Stretch]) -> Iterator[Stretch]:
    """The stretches worth showing, and an empty one at the end of both."""
    for same in common:
        at_start = same.old == same.new == 0
        at_end = same.old + same.size == len(before) and same.new + same.size == len(after)
        if same.size >= SHORTEST_SAME or at_start or at_end:
            yield same
    yield Stretch(old=len(before), new=len(after), size=0)


def _changed(old: Sequence[str], new: Sequence[str], budget: Budget) -> list[Line]:
    """Pair paragraphs that became one another, in order; the others stand alone."""
    found: list[Line] = []
    at = 0
    for text in old:
        ahead = range(at, min(at + FARTHEST_PAIR, len(new)))
        pairs = ((place, line) for place in ahead if (line := _paired(text, new[place], budget)))
        match, line = next(pairs, (at, None))
        found += [_whole(Mark.ADDED, between) for between in new[at:match]]
        found.append(line or _whole(Mark.REMOVED, text))
        at = match + 1 if line else at
    return found + [_whole(Mark.ADDED, text) for text in new[at:]]


def _paired(before: str, after: str, budget: Budget) -> Line | None:
    """Two paragraphs as forms of one, with what changed marked; None where they are not alike, or nobody may look."""
    whole = len(before) + len(after)
    enough = ALIKE * whole / 2
    if budget.left <= 0 or min(len(before), len(after)) < enough:
        return None
    budget.left -= whole
    if (Counter(before) & Counter(after)).total() < enough:
        return None
    common = common_stretches(before, after, budget)
    if sum(same.size for same in common) < enough:
        return None
    return Line(pieces=_pieces(before, after, common))


def _whole(mark: Mark, text: str) -> Line:
    return Line(pieces=(Piece(mark=mark, text=text),))
