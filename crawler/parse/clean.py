"""Kept lines and pictures → clean HTML that keeps the structure a reader sees.

The HTML is written anew from the lines that were kept, so that nothing comes through which was not looked at; a
sanitiser passes over the result once more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape

import nh3
from lxml.html import HtmlElement

from crawler.parse.anchors import absolute
from crawler.parse.document import Block
from crawler.parse.fields.images import Picture
from crawler.parse.lines import words
from crawler.parse.shapes import fold

TAGS = set(words("p h2 h3 h4 ul ol li table thead tbody tr td th blockquote figure img figcaption strong em br a"))
ATTRIBUTES = {
    "*": set[str](),  # not named, it would be title and lang
    "a": {"href"},
    "img": {"src", "alt"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
_HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
_INLINE = {"strong": "strong", "b": "strong", "em": "em", "i": "em"}
_FRAMES = words("ul ol li blockquote")
_TABLE_PARTS = words("table thead tbody tr td th")
_LINE_BREAKERS = words("p li td th blockquote h1 h2 h3 h4 h5 h6")
MAX_CELL_CHARS = 60
"""Tables with longer cells on average lay the page out, they hold no data."""


def clean_html(
    element: HtmlElement, lines: Sequence[Block], pictures: Sequence[Picture], captions: Mapping[str, str], base: str
) -> str:
    """The body as HTML.

    Args:
        element: the article's element.
        lines: the lines that are kept.
        pictures: with the index of the line each follows.
        captions: picture address → caption.
        base: what links are relative to.
    """
    return _Writer(element, lines, base).write(pictures, captions)


def sanitize(html: str) -> str:
    """Nothing but the tags and attributes of a body; addresses http(s) only."""
    return nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https"}, link_rel=None)


class _Writer:
    def __init__(self, element: HtmlElement, lines: Sequence[Block], base: str) -> None:
        self.element = element
        self.lines = lines
        self.base = base
        self.tables = _data_tables(element, lines)
        self.out: list[str] = []
        self.open: list[HtmlElement] = []
        self.holder: HtmlElement | None = None
        """Element of the paragraph that is still open."""

    def write(self, pictures: Sequence[Picture], captions: Mapping[str, str]) -> str:
        waiting = list(pictures)
        for line in self.lines:
            while waiting and waiting[0].after < line.index:
                self._picture(waiting.pop(0), captions)
            self._line(line)
        for picture in waiting:
            self._picture(picture, captions)
        self._close_to([])
        return sanitize("".join(self.out))

    def _line(self, line: Block) -> None:
        inner = self._inline(line)
        if self.holder is line.element and line.tag in _LINE_BREAKERS:
            self.out.append(f"<br>{inner}")
            return
        frames = self._frames(line.element)
        self._close_to(frames)
        tag = _HEADINGS.get(line.tag, "p")
        inside = bool(frames) and frames[-1] is line.element
        self.out.append(inner if inside else f"<{tag}>{inner}")
        self.holder = line.element
        self.close_tag = "" if inside else f"</{tag}>"

    def _close_to(self, frames: list[HtmlElement]) -> None:
        """End the open paragraph; close and open what stands around until these frames are open."""
        if self.holder is not None:
            self.out.append(self.close_tag)
            self.holder = None
        same = 0
        while same < min(len(frames), len(self.open)) and frames[same] is self.open[same]:
            same += 1
        for frame in reversed(self.open[same:]):
            self.out.append(f"</{frame.tag}>")
        for frame in frames[same:]:
            self.out.append(f"<{frame.tag}{_spans(frame)}>")
        self.open = frames

    def _frames(self, node: HtmlElement | None) -> list[HtmlElement]:
        """Lists, quotes and data tables around a line, outermost first."""
        frames: list[HtmlElement] = []
        while node is not None and node is not self.element:
            tag = node.tag
            if tag in _FRAMES or (tag in _TABLE_PARTS and self._in_data_table(node)):
                frames.insert(0, node)
            node = node.getparent()
        return frames

    def _in_data_table(self, node: HtmlElement) -> bool:
        return node in self.tables or next(node.iterancestors("table"), None) in self.tables

    def _inline(self, line: Block) -> str:
        """The line's text with emphasis and links."""
        pieces: list[str] = []
        for piece in line.pieces:
            text = piece.text
            html = escape(fold(text), quote=False)
            node: HtmlElement | None = piece.element.getparent() if piece.tail else piece.element
            while node is not None and node is not line.element:
                html = self._wrapped(html, node)
                node = node.getparent()
            pieces.append((" " if text[:1].isspace() and pieces else "") + html + (" " if text[-1:].isspace() else ""))
        return "".join(pieces).strip()

    def _wrapped(self, html: str, node: HtmlElement) -> str:
        tag = _INLINE.get(str(node.tag))
        if tag:
            return f"<{tag}>{html}</{tag}>"
        href = absolute(self.base, node.get("href") or "") if node.tag == "a" else None
        return f'<a href="{escape(href)}">{html}</a>' if href else html

    def _picture(self, picture: Picture, captions: Mapping[str, str]) -> None:
        if not any(frame.tag == "td" for frame in self.open):
            self._close_to([])
        caption = captions.get(picture.url)
        words = f"<figcaption>{escape(caption, quote=False)}</figcaption>" if caption else ""
        self.out.append(f'<figure><img src="{escape(picture.url)}" alt="{escape(picture.alt)}">{words}</figure>')


def _spans(frame: HtmlElement) -> str:
    kept = [(name, frame.get(name) or "") for name in ("colspan", "rowspan")]
    return "".join(f' {name}="{value}"' for name, value in kept if value.isdigit())


def _data_tables(element: HtmlElement, lines: Sequence[Block]) -> set[HtmlElement]:
    """Tables that hold data: two rows and two columns at least, short cells."""
    held: Counter[HtmlElement] = Counter()
    chars: Counter[HtmlElement] = Counter()
    for line in lines:
        for table in line.element.iterancestors("table"):
            held[table] += 1
            chars[table] += len(line.text)
    wide: Counter[HtmlElement] = Counter()
    for row in element.iter("tr"):
        if sum(1 for cell in row if cell.tag in ("td", "th")) > 1:
            wide.update(row.iterancestors("table"))
    return {table for table, count in held.items() if wide[table] > 1 and chars[table] <= MAX_CELL_CHARS * count}
