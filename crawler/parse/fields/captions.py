"""Captions and photo credits among the lines of an article: told by their words, or by place and look."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from lxml.html import HtmlElement

from crawler.parse import furniture
from crawler.parse.document import HEADINGS, Block
from crawler.parse.fields.images import Picture
from crawler.parse.lines import words
from crawler.parse.shapes import letters, plain

CAPTION_CHARS = 120
PLAIN_CAPTION_CHARS = 60
"""A caption that only its place tells is no longer."""
ENOUGH = 2
"""So many signs make a line behind a picture its caption."""
MOSTLY = 0.8
SEVERAL = 3
"""From so many pictures on, what follows them is compared with the other lines of the page."""

_CLASSES = words(
    "caption figcaption img image pic picture photo desc describe note zhushi tu tuzhu imgtext picinfo picture_desc "
    "center"
)
_TOKEN = re.compile(r"[a-z]+")
_CENTRED = re.compile(r"text-align\s*:\s*center", re.I)
_SMALL = re.compile(
    r"font-size\s*:\s*(?:9|10|11|12|13)\s*(?:px|pt)|color\s*:\s*(?:#[89a-f][89a-f0-9]|gr[ae]y|rgb\(1[0-9]{2})", re.I
)
_NUMBER = re.compile(r"^\W*(?:[\d一二三四五六七八九十]{1,3}|part\s*\d+)\W*$", re.I)
_SENTENCE = re.compile(r"[。！？]")
_UNFINISHED = re.compile(r"[，,、；;：:]$")


class Captions:
    """Knows the pictures of a region and how its ordinary lines look."""

    def __init__(self, lines: Sequence[Block], pictures: Sequence[Picture]) -> None:
        self.behind: dict[int, list[Picture]] = {}
        indexes = [line.index for line in lines]
        for picture in pictures:
            following = next((index for index in indexes if index > picture.after), None)
            if following is not None:
                self.behind.setdefault(following, []).append(picture)
        ordinary = [line for line in lines if line.index not in self.behind and len(line.text) > 20]
        self.usual_chars = median([len(line.text) for line in ordinary]) if ordinary else 0.0
        self.centred = sum(map(_is_centred, ordinary)) * 2 > len(ordinary)
        self.indented = sum(map(_is_indented, ordinary)) * 2 > len(ordinary)
        self.small = sum(map(_is_small, ordinary)) * 2 > len(ordinary)
        self.follow_short = False
        self.follow_short = self._short_ones_follow(lines)
        self.marked = bool(pictures)

    def _short_ones_follow(self, lines: Sequence[Block]) -> bool:
        """Whether what follows the pictures of this page is mostly much shorter than its other lines."""
        sizes = [
            len(line.text)
            for line in lines
            if (pictures := self.behind.get(line.index)) and self._signs(line, plain(line.text), pictures) < ENOUGH
        ]
        if len(sizes) < SEVERAL or median(sizes) * 2 > self.usual_chars:
            return False
        return sum(size <= PLAIN_CAPTION_CHARS for size in sizes) >= MOSTLY * len(sizes)

    def is_caption(self, line: Block) -> bool:
        """Whether a line describes a picture or says who took it."""
        text = plain(line.text)
        if len(text) > CAPTION_CHARS or _NUMBER.match(text):
            return False
        pictures = self.behind.get(line.index)
        if pictures or len(_SENTENCE.findall(line.text.rstrip("。 "))) <= 1:
            if furniture.CAPTION_HEAD.match(text) or furniture.CREDIT_TAIL.search(text):
                return True
            if self.marked and furniture.CAPTION_MARK.match(text):
                return True
        return pictures is not None and self._signs(line, text, pictures) >= ENOUGH

    def _signs(self, line: Block, text: str, pictures: list[Picture]) -> int:
        """How much speaks for a line right behind a picture being its caption."""
        same = letters(text)
        if any(same and same == letters(picture.alt) for picture in pictures):
            return ENOUGH
        if len(text) <= CAPTION_CHARS and (_in_caption_box(line) or _shares_paragraph(line, pictures)):
            return ENOUGH
        if len(text) > PLAIN_CAPTION_CHARS or _UNFINISHED.search(line.text) or line.tag in HEADINGS:
            return 0
        if _is_bold(line):
            return 0
        signs = 2 * (_is_centred(line) and not self.centred)
        signs += not self.small and _is_small(line)
        signs += not self.small and _is_small_and_grey(line)
        signs += self.indented and not _is_indented(line)
        signs += furniture.CAPTION_TAIL.search(text) is not None
        signs += 2 * (self.follow_short and not (self.indented and _is_indented(line)))
        signs += text.startswith("(") and text.endswith(")")
        return signs


def _in_caption_box(line: Block) -> bool:
    """Whether the line's element, or one or two around it, is called a caption or a picture."""
    node: HtmlElement | None = line.element
    for _ in range(2):
        if node is None or node.tag in ("body", "article"):
            return False
        if node.tag in ("figcaption", "figure"):
            return True
        named = set(_TOKEN.findall(f"{node.get('class', '')} {node.get('id', '')}".lower()))
        if named & _CLASSES and len(node.text_content()) < len(line.text) * 2 + 20:
            return True
        node = node.getparent()
    return False


def _shares_paragraph(line: Block, pictures: list[Picture]) -> bool:
    """Whether the picture stands in the same small element, before the text."""
    holder = line.element
    if len(holder.text_content().strip()) > len(line.text) * 2 + 20:
        return False
    return any(holder in picture.element.iterancestors() for picture in pictures)


def _is_centred(line: Block) -> bool:
    node: HtmlElement | None = line.element
    for _ in range(2):
        if node is None:
            return False
        if (
            node.tag == "center"
            or (node.get("align") or "").lower() == "center"
            or _CENTRED.search(node.get("style") or "")
        ):
            return True
        node = node.getparent()
    return False


def _is_indented(line: Block) -> bool:
    first = line.pieces[0]
    raw = (first.element.tail if first.tail else first.element.text) or ""
    style = line.element.get("style") or ""
    return raw.lstrip("\r\n\t ").startswith(("\u3000", "\xa0\xa0")) or "text-indent" in style


def _is_small(line: Block) -> bool:
    """Whether it is printed small or grey by inline style."""
    first = line.pieces[0].element
    around = [line.element, *([] if first is line.element else [first])]
    return any(_SMALL.search(node.get("style") or "") or node.get("size") in ("1", "2") for node in around)


def _is_small_and_grey(line: Block) -> bool:
    """Whether inline style makes it small and grey at once."""
    style = " ".join(node.get("style") or "" for node in (line.element, line.pieces[0].element))
    return len({found[0].partition(":")[0].strip() for found in _SMALL.finditer(style)}) > 1


def _is_bold(line: Block) -> bool:
    first = line.pieces[0]
    node = first.element.getparent() if first.tail else first.element
    while node is not None and node is not line.element:
        if node.tag in ("strong", "b"):
            return True
        node = node.getparent()
    return False
