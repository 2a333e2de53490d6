"""Where on a page a value stands: the text nodes, or parts of them, that a witness read it from.

A witness names its place for people: a path, a label in a path, a meta name. Here the path is followed back to its
element, and the value looked for in the lines of that element. Where several elements have the same path, the value
decides; where the place is no path, the lines of the whole page are searched, from the headline on.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lxml.html import HtmlElement

from crawler.inspect.inspection import FieldView, Inspection
from crawler.parse.dates import find_moments
from crawler.parse.document import Block, Document
from crawler.parse.fields.published import same_moment
from crawler.parse.lines import Piece
from crawler.parse.scene import stand_of
from crawler.parse.shapes import letters
from crawler.parse.vote import Witness
from storage.records import Moment

NOT_SHOWN = frozenset(("meta", "json-ld", "title tag", "url", "context", "input", "time element"))
"""Rules of witnesses that read what no visible line says."""
MOST_LINES = 40
"""Lines of an element among which a value is looked for: those of half a page say nothing of the place."""
WHOLE_LINES = ("title", "kicker", "subtitle")
"""Fields that may take several lines."""
_MORE_LINES = re.compile(r" \(\+(\d+) lines\)$")
_LABELLED = re.compile(r"^.+? in (?=\S)")


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """A part of one text node."""

    piece: Piece
    start: int
    end: int
    """Behind its last character."""


class Spots:
    """Finds fields on one page."""

    def __init__(self, inspection: Inspection) -> None:
        self.inspection = inspection
        self.document: Document = inspection.document
        self._titled = inspection.field("title").value

    def of(self, field: FieldView) -> list[Stretch]:
        """The stretches a field's value was read from; none where it stands nowhere on the page."""
        if field.value is None or field.name in ("images", "edition"):
            return []
        if field.name == "body":
            return self.body
        winners = [one for one in (field.ballot.winners if field.ballot else ()) if one.rule not in NOT_SHOWN]
        for witness in winners:
            if found := self.of_witness(field.name, witness):
                return found
        shown = winners or (field.how is not None and field.how.rule not in NOT_SHOWN)
        return self._anywhere(field.name, field.value) if shown else []

    def of_witness(self, name: str, witness: Witness[Any]) -> list[Stretch]:
        """The stretches one witness read; the whole line where its value is not spelt out there."""
        lines, more = self._lines(witness)
        if witness.value is None or not lines:
            return []
        for line in lines[:MOST_LINES]:
            for wanted in self.document.blocks[line.index : line.index + 2]:
                if found := list(_said_in(name, witness.value, wanted)):
                    return list(whole(self.document.blocks[line.index : line.index + more + 1])) if more else found
        if name in WHOLE_LINES:
            return self._standing(witness.value)
        told = self.document.blocks[lines[0].index : lines[0].index + more + 1]
        return list(whole(told)) if len(lines) <= more + 1 else []

    @cached_property
    def body(self) -> list[Stretch]:
        """The text nodes of all lines that were kept as the text."""
        body = self.inspection.body
        return list(whole(body.lines)) if body else []

    def left_out(self) -> Iterator[tuple[Block, str]]:
        """Lines inside the text that were left out, each with the reason."""
        body = self.inspection.body
        if body is None:
            return
        kept = {line.pieces[0] for line in body.lines}
        waiting = list(body.removed)
        for line in self.lines_in(body.element):
            if waiting and line.text == waiting[0][0] and line.pieces[0] not in kept:
                yield line, waiting.pop(0)[1]

    def _lines(self, witness: Witness[Any]) -> tuple[list[Block], int]:
        """The lines at a witness's place, and how many further lines it took."""
        place = witness.place
        more = int(match[1]) if (match := _MORE_LINES.search(place)) else 0
        path = _LABELLED.sub("", _MORE_LINES.sub("", place))
        found = self.document.select(path)
        if witness.rule != "selector":
            found = [element for element in found if self.document.path_of(element) == path]
        return [line for element in found for line in self.lines_in(element)], more

    def lines_in(self, element: HtmlElement) -> list[Block]:
        """The visible lines of which some text stands inside an element."""
        inside = set(element.iter())
        return [
            line
            for line in self.document.blocks
            if any(piece.element in inside and not (piece.tail and piece.element is element) for piece in line.pieces)
        ]

    def _anywhere(self, name: str, value: Any) -> list[Stretch]:
        if name in WHOLE_LINES and (found := self._standing(value)):
            return found
        stand = stand_of(self._titled, self.document) if isinstance(self._titled, str) else None
        start = stand[0] if stand else 0
        for line in (*self.document.blocks[start:], *self.document.blocks[:start]):
            if found := list(_said_in(name, value, line)):
                return found
        return []

    def _standing(self, value: Any) -> list[Stretch]:
        """The lines that together say a headline."""
        stand = stand_of(str(value), self.document)
        return list(whole(self.document.blocks[stand[0] : stand[1] + 1])) if stand else []


def holder_of(stretches: Sequence[Stretch]) -> HtmlElement | None:
    """The smallest element that holds all stretches."""
    around: list[HtmlElement] | None = None
    for stretch in stretches:
        first = stretch.piece.element.getparent() if stretch.piece.tail else stretch.piece.element
        if first is None:
            return None
        own = [first, *first.iterancestors()]
        around = own if around is None else [node for node in around if node in set(own)]
    return around[0] if around else None


def _said_in(name: str, value: Any, line: Block) -> Iterator[Stretch]:
    """Where a line says a value: all of its names, its time as printed, its words."""
    for text in _texts(name, value, line):
        yield from _found(letters(text), line)


def _texts(name: str, value: Any, line: Block) -> Iterable[str]:
    if isinstance(value, Moment):
        return [one.text for one in find_moments(line.text, value.day.year) if same_moment(one.moment, value)][:1]
    if isinstance(value, tuple):
        return [str(one) for one in value]
    return str(value).split("、") if name == "editor" else [str(value)]


def _found(wanted: str, line: Block) -> Iterator[Stretch]:
    """The stretches of a line whose letters are the wanted ones, at their first place."""
    known = [
        (letter, number, place)
        for number, piece in enumerate(line.pieces)
        for place, char in enumerate(piece.text)
        for letter in _letters(char)
    ]
    at = "".join(letter for letter, _, _ in known).find(wanted) if wanted else -1
    if at < 0:
        return
    if len(wanted) == len(known):
        yield from whole([line])
        return
    covered = known[at : at + len(wanted)]
    for number in dict.fromkeys(number for _, number, _ in covered):
        places = [place for _, own, place in covered if own == number]
        yield Stretch(piece=line.pieces[number], start=places[0], end=places[-1] + 1)


def _letters(char: str) -> str:
    """What `letters` leaves of one character."""
    return "".join(one for one in unicodedata.normalize("NFKC", char) if one.isalnum()).casefold()


def whole(lines: Iterable[Block]) -> Iterator[Stretch]:
    """All text of lines, blanks at the edges of text nodes aside."""
    for line in lines:
        for piece in line.pieces:
            text = piece.text
            start, end = len(text) - len(text.lstrip()), len(text.rstrip())
            yield Stretch(piece=piece, start=start, end=end)
