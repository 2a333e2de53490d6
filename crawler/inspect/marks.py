"""Marks in a tree: each stretch of text that was read gets a `span` of its own that names its fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree
from lxml.html import Element, HtmlElement

from crawler.inspect.spots import Stretch
from crawler.parse.lines import Piece

READ = "data-read"
"""Attribute of a mark: the fields that were read from it, with blanks between."""
LABEL = "data-label"
"""Attribute of the first mark of a field: its name, for people."""
LEFT_OUT = "data-left-out"
"""Attribute of a line inside the text that is no part of it: why."""
ASIDE = "data-aside"
"""Attribute of a part of the page in which nothing was read and nothing left out."""


@dataclass(frozen=True, kw_only=True)
class Mark:
    """What is to be said of a stretch."""

    stretch: Stretch
    field: str = ""
    """The field that was read from it."""
    left_out: str = ""
    """Why it is no part of the text around it."""


def put_marks(marks: Iterable[Mark]) -> None:
    """Wrap stretches in the tree they stand in; the tree is changed, its text is not.

    To be called once for a tree: a text node that was wrapped is no longer where a stretch looks for it.
    """
    wanted: dict[Piece, list[Mark]] = {}
    for mark in marks:
        wanted.setdefault(mark.stretch.piece, []).append(mark)
    for piece, found in wanted.items():
        _wrap(piece, list(_runs(piece.text, found)))


def put_labels(root: HtmlElement, names: Mapping[str, str]) -> None:
    """Name each field at its first mark, in document order."""
    waiting = dict(names)
    for span in root.iter("span"):
        told = [waiting.pop(name) for name in (span.get(READ) or "").split() if name in waiting]
        if told:
            span.set(LABEL, " · ".join(told))


def set_aside(root: HtmlElement) -> None:
    """Tell the parts of the page that hold no mark, each at its outermost element, so that they can be drawn small."""
    marked = {span for span in root.iter("span") if span.get(READ) or span.get(LEFT_OUT)}
    holding = {node for span in marked for node in (span, *span.iterancestors())}
    for node in holding - marked if holding else (root,):
        for child in node.iterchildren(etree.Element):
            if child not in holding:
                child.set(ASIDE, "1")


def _runs(text: str, marks: Sequence[Mark]) -> Iterator[tuple[str, dict[str, str]]]:
    """The text in runs of characters of which the same is to be said, with the attributes that say it."""
    ends = {0, len(text)} | {place for mark in marks for place in (mark.stretch.start, mark.stretch.end)}
    for start, end in pairwise(sorted(ends)):
        here = [mark for mark in marks if mark.stretch.start <= start and end <= mark.stretch.end]
        fields = " ".join(dict.fromkeys(mark.field for mark in here if mark.field))
        why = next((mark.left_out for mark in here if mark.left_out), "")
        yield text[start:end], {name: value for name, value in ((READ, fields), (LEFT_OUT, why)) if value}


def _wrap(piece: Piece, runs: Iterable[tuple[str, dict[str, str]]]) -> None:
    """Put runs where the text node stood."""
    first, spans = "", list[HtmlElement]()
    for text, attributes in runs:
        if attributes:
            span = Element("span", attributes)
            span.text = text
            spans.append(span)
        elif spans:
            spans[-1].tail = text
        else:
            first = text
    element = piece.element
    if piece.tail:
        element.tail = None  # so that it does not matter on which side of it things are added
        for span in reversed(spans):
            element.addnext(span)
        element.tail = first
    else:
        element.text = first
        element[0:0] = spans
