"""A piece of an article's text around the first word that was found, with the words marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from storage.search.fold import fold_with_places
from storage.search.grams import places

BEFORE_CHARACTERS = 12
"""What is shown before the first hit: about half a clause."""
WHOLE_CHARACTERS = 60
"""What is shown altogether; two lines of Chinese in a terminal's column."""
ELLIPSIS = "…"
BETWEEN_MARKS = " ，。、；：！？…—·,.;:!?"
"""Marks that stand between clauses: alone at an edge they belong to what is not shown."""
NOT_FIRST, NOT_LAST = BETWEEN_MARKS + "”’）》」』】〉〕)]", BETWEEN_MARKS + "“‘（《「『【〈〔(["
"""And what closes or opens something that is not shown."""


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A stretch of text that is, or is not, one of the words."""

    text: str
    hit: bool


def mark(text: str, words: Sequence[str]) -> list[Piece]:
    """`text` cut where words (folded) begin and end; joined again the pieces are `text`.

    >>> [piece.text for piece in mark("解放ＡＢ區", ["ab区"]) if piece.hit]
    ['ＡＢ區']
    """
    hit = [False] * len(text)
    for first, end in _hits(text, words):
        hit[first:end] = [True] * (end - first)
    pieces: list[Piece] = []
    for is_hit, run in groupby(zip(text, hit, strict=True), key=itemgetter(1)):
        pieces.append(Piece(text="".join(character for character, _ in run), hit=is_hit))
    return pieces


def snippet(body: str, words: Sequence[str], *, length: int = WHOLE_CHARACTERS) -> list[Piece]:
    """The part of a body around its first hit on one line; its beginning where the words stand elsewhere.

    The `…` where the body goes on is no part of the body, and never a hit. No mark stands alone beside it: what is cut
    off begins and ends with a word, unless a mark was looked for.
    """
    found = [first for first, _ in _hits(body, words)]
    start = max(min(found) - BEFORE_CHARACTERS, 0) if found else 0
    end = start + length
    pieces = _trimmed(mark(" ".join(body[start:end].split()), words), cut=end < len(body))
    cut_off = Piece(text=ELLIPSIS, hit=False)
    return [*([cut_off] if pieces and start else []), *pieces, *([cut_off] if pieces and end < len(body) else [])]


def _trimmed(pieces: list[Piece], *, cut: bool) -> list[Piece]:
    """Without marks alone at the beginning, and at the end where the text was cut."""
    if pieces and not pieces[0].hit:
        pieces = [*_whole(pieces[0].text.lstrip(NOT_FIRST)), *pieces[1:]]
    if cut and pieces and not pieces[-1].hit:
        pieces = [*pieces[:-1], *_whole(pieces[-1].text.rstrip(NOT_LAST))]
    return pieces


def _whole(text: str) -> list[Piece]:
    return [Piece(text=text, hit=False)] if text else []


def _hits(text: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where words stand in a text: the index of the first character, and that behind the last."""
    folded, origins = fold_with_places(text)
    for word in filter(None, words):
        for at in places(word, folded):
            yield origins[at], origins[at + len(word) - 1] + 1
