"""The visible lines of a tree: what a reader sees between two line breaks, and which text nodes it is made of."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from crawler.parse.shapes import fold


def words(text: str) -> frozenset[str]:
    """A vocabulary written as one text, blanks between its words."""
    return frozenset(text.split())


BLOCK_TAGS = words(
    """address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer
    form frameset h1 h2 h3 h4 h5 h6 header hgroup html legend li listing main menu nav ol p plaintext pre search
    section summary table tbody td tfoot th thead tr ul caption"""
)
"""Elements that begin and end a line (the HTML standard's display: block and table parts)."""
HEADINGS = words("h1 h2 h3 h4 h5 h6")
BREAKS = frozenset({"br", "hr"})
UNSEEN_TAGS = words(
    """script style noscript template head title meta link iframe object embed applet audio video canvas svg math
    select option textarea button noembed noframes datalist"""
)
"""Elements whose text is not part of what a page says: never drawn, drawn by other means, or a control."""

_BLOCK_STYLE = re.compile(r"display\s*:\s*(?:block|flex|grid|table|list-item)", re.I)
MAX_LINES = 20_000
"""What stands behind so many lines is not read. The longest news pages, comments included, have 3,000."""
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_GONE_STYLE = re.compile(r"display\s*:\s*none", re.I)


class Piece(NamedTuple):
    """One text node: an element's text, or the tail behind it.

    A tuple like lines and spans: a page has thousands, and tuples are made five times as fast as frozen dataclasses.
    """

    element: HtmlElement
    tail: bool
    end: int | None = None
    """Where a part that was cut off begins."""

    @property
    def text(self) -> str:
        """Its characters as they stand in the tree, up to `end`."""
        return ((self.element.tail if self.tail else self.element.text) or "")[: self.end]


class Block(NamedTuple):
    """One visible line."""

    text: str
    """White space folded, invisible characters gone; never empty."""
    element: HtmlElement
    """The block-level element that holds it."""
    index: int  # type: ignore[assignment]  # hides tuple.index, which nobody asks a line for
    """Its place among the lines of the document, from 0."""
    link_chars: int
    """How many of its characters stand in links."""
    tag: str
    """Of `element`; the heading's where that stands inside a heading."""
    pieces: tuple[Piece, ...] = ()
    """The text nodes it is made of; no text node is part of two lines."""

    @property
    def link_share(self) -> float:
        """Share of its characters that stand in links, in [0, 1]."""
        return min(1.0, self.link_chars / len(self.text))


def hides(element: HtmlElement, *, veils: bool = True) -> bool:
    """Whether an element hides itself: by its tag, the `hidden` attribute or its inline style.

    `html` and `body` never do: a page that hides itself shows itself by script.

    Args:
        veils: whether `visibility: hidden` hides; text that keeps its place on the page is mostly shown by script.
    """
    return _hides(element, element.tag, element.get("style"), veils)


def _hides(element: HtmlElement, tag: object, style: str | None, veils: bool) -> bool:
    if tag in UNSEEN_TAGS or not isinstance(tag, str):
        return True
    if style is not None and (_HIDING_STYLE if veils else _GONE_STYLE).search(style) is not None:
        return tag not in ("html", "body")
    return element.get("hidden") is not None and tag not in ("html", "body")


class _Lines:
    """Collects text nodes until a line ends."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.texts: list[str] = []
        self.pieces: list[Piece] = []
        self.link_chars = 0

    def add(self, text: str, element: HtmlElement, tail: bool, linked: bool) -> None:
        self.texts.append(text)
        self.pieces.append(Piece(element, tail))
        if linked:
            self.link_chars += len(text.strip())

    def end(self, holder: HtmlElement, tag: str) -> None:
        if not self.texts:
            return
        if text := fold("".join(self.texts)):
            self.blocks.append(Block(text, holder, len(self.blocks), self.link_chars, tag, tuple(self.pieces)))
        self.texts, self.pieces, self.link_chars = [], [], 0


class Span(NamedTuple):
    """Which lines an element holds: those from `start` up to, not including, `end`."""

    element: HtmlElement
    start: int
    end: int


def lines_of(
    root: HtmlElement, *, veils: bool = True, boxes: Collection[HtmlElement] = ()
) -> tuple[list[Block], list[Span]]:
    """The visible lines under an element, in document order, and the lines each element holds.

    An inline element has a span where it holds two lines or more; a child comes before its parent.

    Args:
        veils: as in `hides`.
        boxes: inline elements that begin and end a line all the same.
    """
    lines = _Lines()
    spans: list[Span] = []
    holder = (root, str(root.tag))
    """The block-level element that lines belong to now, and its tag or that of the heading around it."""
    links = 0
    opened: list[tuple[HtmlElement, int, bool, tuple[HtmlElement, str], int]] = []
    """Elements that are open: with the index of the next line when each began, -1 if unseen; whether it is a block;
    holder and number of links around it."""
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            if len(lines.blocks) >= MAX_LINES:
                break
            tag, style = element.tag, element.get("style")
            block = tag in BLOCK_TAGS or (style is not None and _BLOCK_STYLE.search(style) is not None)
            if boxes and element in boxes:
                block = True
            if lines.texts and (block or tag in BREAKS):
                lines.end(*holder)
            if _hides(element, tag, style, veils):
                opened.append((element, -1, block, holder, links))
                walk.skip_subtree()
                continue
            opened.append((element, len(lines.blocks), block, holder, links))
            if block:
                holder = (element, holder[1] if holder[1] in HEADINGS else str(tag))
            links += tag == "a"
            if text := element.text:
                if not text.isspace():  # asked here: most text nodes are white space, and a call costs more
                    lines.add(text, element, False, links > 0)
                elif lines.texts:
                    lines.texts.append(" ")
            continue
        _, start, block, around, outer = opened.pop()
        if block and lines.texts:
            lines.end(*holder)
        if start >= 0:
            holder, links = around, outer
            end = len(lines.blocks) + bool(lines.pieces)
            if end - start > (0 if block else 1):
                spans.append(Span(element, start, end))
        if (tail := element.tail) and element is not root:
            if not tail.isspace():
                lines.add(tail, element, True, links > 0)
            elif lines.texts:
                lines.texts.append(" ")
    lines.end(*holder)
    end = len(lines.blocks)
    spans += [Span(element, start, end) for element, start, *_ in reversed(opened) if start >= 0]
    return lines.blocks, [span for span in spans if span.start < end]
