"""A line's text with its emphasis and links, so that it can be cut and joined and still be written as HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import lxml.html
from lxml.html import HtmlElement

from crawler.parse.document import Block
from crawler.parse.lines import Piece
from crawler.parse.shapes import HAN, fold

_KEPT = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "a": "a"}
_SIGNS = HAN + "，、；：。！？“”‘’《》（）"
_BROKEN = re.compile(rf"(?<=[{_SIGNS}])\r?\n[ \t\r\n]*(?=[{_SIGNS}])")
"""A line feed in the source between two characters that no blank parts in print."""

Marks = tuple[tuple[str, str], ...]
"""Tags around a character, outermost first, each with its address (links) or nothing."""


@dataclass(frozen=True, kw_only=True)
class Marked:
    """A text, and for each of its characters the tags around it."""

    text: str
    marks: tuple[Marks, ...]

    @classmethod
    def of(cls, line: Block) -> Marked:
        """A line of a page; line feeds inside its words are taken out."""
        marks: list[Marks] = [()] * len(line.text)
        gaps: set[int] = set()
        place = 0
        for piece in line.pieces:
            text = fold(piece.text)
            start = line.text.find(text, place)
            if start < 0:
                continue
            place = start + len(text)
            marks[start:place] = [_marks_of(piece, line.element)] * len(text)
            gaps |= {start + len(fold(piece.text[: found.start()])) for found in _BROKEN.finditer(piece.text)}
        kept = [one for one in range(len(line.text)) if one not in gaps or line.text[one] != " "]
        return cls(text="".join(line.text[one] for one in kept), marks=tuple(marks[one] for one in kept))

    def without(self, start: int, end: int) -> Marked:
        """The text without the characters from `start` up to `end`, its ends stripped."""
        kept = Marked(text=self.text[:start] + self.text[end:], marks=self.marks[:start] + self.marks[end:])
        return kept.stripped()

    def stripped(self) -> Marked:
        """The text without blanks at its ends."""
        start = len(self.text) - len(self.text.lstrip())
        end = len(self.text.rstrip())
        return Marked(text=self.text[start:end], marks=self.marks[start:end]) if start < end else EMPTY

    def joined(self, other: Marked) -> Marked:
        """Both texts as one; between two Latin words a blank."""
        latin = self.text[-1:].isascii() and other.text[:1].isascii() and other.text[:1].isalpha()
        gap = " " if latin and self.text[-1:].isalpha() else ""
        return Marked(text=self.text + gap + other.text, marks=self.marks + ((),) * len(gap) + other.marks)

    def written(self, like: Block) -> Block:
        """A paragraph of its own with this text, standing where another line stands."""
        holder = lxml.html.Element("p")
        place = 0
        for marks, group in groupby(self.marks):
            size = len(list(group))
            _append(holder, self.text[place : place + size], marks)
            place += size
        return Block(
            text=self.text,
            element=holder,
            index=like.index,
            link_chars=like.link_chars,
            tag=like.tag,
            pieces=tuple(piece for piece in _pieces(holder) if piece.text),
        )


EMPTY = Marked(text="", marks=())


def _marks_of(piece: Piece, within: HtmlElement) -> Marks:
    """The kept tags around a text node, below the line's own element."""
    found: list[tuple[str, str]] = []
    node = piece.element.getparent() if piece.tail else piece.element
    while node is not None and node is not within:
        if (tag := _KEPT.get(str(node.tag))) and tag not in [one for one, _ in found]:
            found.insert(0, (tag, node.get("href") or "" if tag == "a" else ""))
        node = node.getparent()
    return tuple(found)


def _append(holder: HtmlElement, text: str, marks: Marks) -> None:
    """Add a text with tags around it to the end of an element."""
    node = holder
    for tag, href in marks:
        inner = lxml.html.Element(tag)
        if href:
            inner.set("href", href)
        node.append(inner)
        node = inner
    last = node[-1] if len(node) else None
    if last is None:
        node.text = (node.text or "") + text
    else:
        last.tail = (last.tail or "") + text


def _pieces(node: HtmlElement) -> Iterator[Piece]:
    """Text nodes under an element in reading order."""
    yield Piece(element=node, tail=False)
    for child in node:
        yield from _pieces(child)
        yield Piece(element=child, tail=True)
