"""A piece of an article's text around the first word that was found, with the words marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from storage.search.matcher import spans

BEFORE_CHARACTERS = 12
"""What is shown before the first hit: about half a clause."""
WHOLE_CHARACTERS = 60
"""What is shown altogether; two lines of Chinese in a terminal's column."""
ELLIPSIS = "…"
BETWEEN_MARKS = " ，。、；：！？…—·,.;:!?"
"""Marks that stand between clauses: alone at an edge they belong to what is not shown."""
NOT_FIRST, NOT_LAST = BETWEEN_MARKS + "”’）》」』】〉〕)]", BETWEEN_MARKS + "“‘（《「『【〈〔(["
"""And what closes or opens something that is not shown."""

_BLANKS = re.compile(r"\s+")


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
    return _pieces(text, spans(text, words))


def snippet(
    body: str, words: Sequence[str], *, length: int = WHOLE_CHARACTERS, instead: Sequence[str] = ()
) -> list[Piece]:
    """The part of a body around its first hit on one line; its beginning where the words stand elsewhere.

    The `…` where the body goes on is no part of the body, and never a hit. No mark stands alone beside it: what is cut
    off begins and ends with a word, unless a mark was looked for.

    Args:
        instead: Texts of which the first that has a hit is shown where the body has none.
    """
    for text in (body, *instead):
        if found := spans(text, words):
            return _cut(text, found, length)
    return _cut(body, [], length)


def _cut(text: str, found: Sequence[tuple[int, int]], length: int) -> list[Piece]:
    at, behind = min(found, default=(0, 0))
    start = max(at - max(min(BEFORE_CHARACTERS, length - (behind - at)), 0), 0)
    end = start + length
    # Looked for before the cut: behind it a word may end that goes on, and a part of one would be marked.
    whole = [(first - start, last - start) for first, last in found if start <= first and last <= end]
    if found and not whole:  # a long sentence that somebody pasted: better in part than not at all
        whole = [(0, length)]
    pieces = _trimmed(_on_one_line(_pieces(text[start:end], whole)), cut=end < len(text))
    cut_off = Piece(text=ELLIPSIS, hit=False)
    return [*([cut_off] if pieces and start else []), *pieces, *([cut_off] if pieces and end < len(text) else [])]


def _pieces(text: str, hits: Iterable[tuple[int, int]]) -> list[Piece]:
    """The text cut where hits begin and end; those that touch or overlap are one."""
    found, at = [], 0
    for first, end in _joined(hits):
        found += [*_plain(text[at:first]), Piece(text=text[first:end], hit=True)]
        at = end
    return [*found, *_plain(text[at:])]


def _joined(hits: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for first, end in sorted(hits):
        if joined and first <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((first, end))
    return joined


def _on_one_line(pieces: Iterable[Piece]) -> list[Piece]:
    """With one blank for several, and none at the ends. Two pieces of a kind between which nothing is left are one."""
    found: list[Piece] = []
    for piece in pieces:
        text = _BLANKS.sub(" ", piece.text)
        if not found or found[-1].text.endswith(" "):
            text = text.removeprefix(" ")
        if found and found[-1].hit == piece.hit:
            text = found.pop().text + text
        if text:
            found.append(Piece(text=text, hit=piece.hit))
    return [*found[:-1], *(Piece(text=text, hit=last.hit) for last in found[-1:] if (text := last.text.rstrip(" ")))]


def _trimmed(pieces: list[Piece], *, cut: bool) -> list[Piece]:
    """Without marks alone at the beginning, and at the end where the text was cut."""
    if pieces and not pieces[0].hit:
        pieces = [*_plain(pieces[0].text.lstrip(NOT_FIRST)), *pieces[1:]]
    if cut and pieces and not pieces[-1].hit:
        pieces = [*pieces[:-1], *_plain(pieces[-1].text.rstrip(NOT_LAST))]
    return pieces


def _plain(text: str) -> list[Piece]:
    return [Piece(text=text, hit=False)] if text else []
