"""A piece of an article's text around the first word that was found, with the words marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from storage.query.fold import fold

BEFORE_CHARACTERS = 12
"""What is shown before the first hit: about half a clause."""
WHOLE_CHARACTERS = 60
"""What is shown altogether; two lines of Chinese in a terminal's column."""
ELLIPSIS = "…"


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A stretch of text that is, or is not, one of the words."""

    text: str
    hit: bool


def mark(text: str, words: Sequence[str]) -> list[Piece]:
    """`text` cut where words (folded) begin and end; joined again the pieces are `text`.

    >>> [piece.text for piece in mark("解放ＡＢ区", ["ab"]) if piece.hit]
    ['ＡＢ']
    """
    folded, places = _folded_with_places(text)
    hit = [False] * len(text)
    for word in filter(None, words):
        at = folded.find(word)
        while at >= 0:
            for place in places[at : at + len(word)]:
                hit[place] = True
            at = folded.find(word, at + 1)
    pieces: list[Piece] = []
    for character, is_hit in zip(text, hit, strict=True):
        if pieces and pieces[-1].hit is is_hit:
            pieces[-1] = Piece(text=pieces[-1].text + character, hit=is_hit)
        else:
            pieces.append(Piece(text=character, hit=is_hit))
    return pieces


def snippet(body: str, words: Sequence[str], *, length: int = WHOLE_CHARACTERS) -> list[Piece]:
    """The part of a body around its first hit on one line; its beginning where the words stand elsewhere.

    The `…` where the body goes on is no part of the body, and never a hit.
    """
    folded, places = _folded_with_places(body)
    found = [at for word in filter(None, words) if (at := folded.find(word)) >= 0]
    start = max(places[min(found)] - BEFORE_CHARACTERS, 0) if found else 0
    end = start + length
    pieces = mark(" ".join(body[start:end].split()), words)
    cut_off = Piece(text=ELLIPSIS, hit=False)
    return [*([cut_off] if pieces and start else []), *pieces, *([cut_off] if pieces and end < len(body) else [])]


def _folded_with_places(text: str) -> tuple[str, list[int]]:
    """`text` folded character by character, and for each folded character the index of the one it came from.

    A letter followed by a combining mark folds otherwise as a whole; such a hit is found by the search and not marked.
    """
    folded: list[str] = []
    places: list[int] = []
    for index, character in enumerate(text):
        plain = fold(character)
        folded.append(plain)
        places.extend([index] * len(plain))
    return "".join(folded), places
