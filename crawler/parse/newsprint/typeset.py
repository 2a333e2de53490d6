"""How a line is set: its size, whether it is bold, centred or indented. Print tells its parts apart by nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.parse.document import Block
from crawler.parse.lines import Piece

DEFAULT_PX = 16.0
"""What browsers set text in where nothing says otherwise."""
_HEADINGS_PX = {"h1": 32.0, "h2": 24.0, "h3": 18.7, "h4": 16.0, "h5": 13.3, "h6": 10.7}
_FONT_PX = (10.0, 13.0, 16.0, 18.0, 24.0, 32.0, 48.0)
"""Of `<font size=1>` to 7."""
_UNITS_PX = {"px": 1.0, "pt": 4 / 3, "em": DEFAULT_PX, "rem": DEFAULT_PX, "%": DEFAULT_PX / 100}
_WORDS_PX = {"small": 13.0, "medium": 16.0, "large": 18.0, "x-large": 24.0, "xx-large": 32.0}
_STYLE_SIZE = re.compile(
    r"font-size\s*:\s*(?:(\d{1,3}(?:\.\d+)?)\s*(px|pt|em|rem|%)|((?:xx?-)?large|medium|small))", re.I
)
_CLASS_SIZE = re.compile(r"(?:^|\s)(?:f|fs|font|size|px)-?(\d{2})(?:px)?(?:$|\s)", re.I)
"""`f-20`: a class that says its size. `font06` numbers a class: below `SMALLEST_PX`."""
SMALLEST_PX = 9.0
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_CENTRED = re.compile(r"text-align\s*:\s*center", re.I)
_INDENTED = re.compile(r"text-indent\s*:\s*[1-9]", re.I)
_STEPS = 8
"""Elements around a line that are asked, at most."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """How one line is set."""

    size_px: float | None
    """None where nothing says."""
    bold: bool
    centred: bool
    indented: bool
    """By blanks wider than one or by style."""
    heading: str
    """`h1` to `h6`, or empty."""

    @property
    def look(self) -> tuple[float, bool, bool]:
        """What a reader sees: size, weight, place."""
        return self.size_px or DEFAULT_PX, self.bold or bool(self.heading), self.centred

    @property
    def weight(self) -> tuple[float, bool]:
        """What makes a line stand out: size, then weight."""
        return self.look[:2]


def setting_of(line: Block) -> Setting:
    """How a line is set: by the longest of its pieces, and the elements around that."""
    piece = max(line.pieces, key=lambda one: len(one.text.strip()))
    around = list(_around(piece))
    return Setting(
        size_px=next((size for node in around if (size := _size_of(node))), None),
        bold=any(node.tag in ("b", "strong") or _BOLD.search(node.get("style") or "") for node in around),
        centred=any(_is_centred(node) for node in around),
        indented=_is_indented(line),
        heading=next((str(node.tag) for node in around if node.tag in _HEADINGS_PX), ""),
    )


def sized_by(line: Block) -> HtmlElement | None:
    """The element that gives a line its size; what it breaks into several lines is one heading."""
    piece = max(line.pieces, key=lambda one: len(one.text.strip()))
    return next((node for node in _around(piece) if _size_of(node)), None)


def _around(piece: Piece) -> Iterator[HtmlElement]:
    """The elements around a text node, innermost first."""
    node = piece.element.getparent() if piece.tail else piece.element
    for _ in range(_STEPS):
        if node is None or node.tag in ("body", "html"):
            return
        yield node
        node = node.getparent()


def _size_of(node: HtmlElement) -> float | None:
    """The size an element itself gives, in CSS pixels."""
    if (style := node.get("style")) and (match := _STYLE_SIZE.search(style)):
        return _WORDS_PX[match[3].lower()] if match[3] else float(match[1]) * _UNITS_PX[match[2].lower()]
    if node.tag == "font" and (size := re.fullmatch(r"\s*([+-]?)(\d)\s*", node.get("size") or "")):
        step = int(size[2]) * (-1 if size[1] == "-" else 1) + (3 if size[1] else 0)
        return _FONT_PX[min(max(step, 1), len(_FONT_PX)) - 1]
    if (named := _CLASS_SIZE.search(node.get("class") or "")) and float(named[1]) >= SMALLEST_PX:
        return float(named[1])
    if node.tag in ("big", "small"):
        return 19.0 if node.tag == "big" else 13.0
    return _HEADINGS_PX.get(str(node.tag))


def _is_centred(node: HtmlElement) -> bool:
    align = (node.get("align") or "").lower()
    return node.tag == "center" or align == "center" or _CENTRED.search(node.get("style") or "") is not None


def _is_indented(line: Block) -> bool:
    before = _opening_of(line).lstrip("\r\n\t ")
    style = line.element.get("style") or ""
    return before.startswith(("\u3000", "\xa0\xa0", "\u2003", "\u2002\u2002")) or _INDENTED.search(style) is not None


def _opening_of(line: Block) -> str:
    """A line's first text with the blanks that stand before it: outside of the `<font>` that holds the words."""
    piece = line.pieces[0]
    text, node = piece.text, piece.element
    while not piece.tail and node is not line.element:
        before, around = node.getprevious(), node.getparent()
        if before is not None or around is None:
            return (before.tail or "") + text if before is not None and before.tag == "br" else text
        text, node = (around.text or "") + text, around
    return text
