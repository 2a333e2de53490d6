"""Pictures of a print article: they stand in boxes of their own beside the text, with the lines that describe them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.parse.anchors import base_of
from crawler.parse.document import HEADINGS, Block, Document
from crawler.parse.fields.images import Picture, pictures_of
from crawler.parse.shapes import fold

BOX_CHARS = 240
"""What describes the pictures of one box is no longer, all together."""
BOX_LINES = 3
"""Lines that describe one picture, at most: what it shows, who took it."""

_BOX = re.compile(r"image|img|pic|photo|tupian|figure|marquee|attach", re.I)
_ELSEWHERE = re.compile(
    r"Artic(?:el|le)\w+\.html?|Page[A-Z]{0,2}\d{1,3}\w{0,2}\.html?|\.pdf\b|/v[A-Z]{0,2}\d{1,3}\.shtml", re.I
)
"""Where pictures lead that are not the article's: the print page, its PDF, another article."""


@dataclass(frozen=True, kw_only=True)
class Boxes:
    """The pictures of a page that may be an article's, and what stands in boxes with them."""

    pictures: tuple[Picture, ...] = ()
    captions: Mapping[str, str]
    """Picture address → what describes it in its box; none for a picture within the text."""
    lines: Mapping[int, Block]
    """The lines of all boxes, by index."""
    hinted: frozenset[str]
    """Addresses of pictures in boxes that say they hold pictures."""


@dataclass(frozen=True, kw_only=True)
class _Box:
    """An element that holds pictures, what describes them, and nothing else."""

    element: HtmlElement
    lines: tuple[Block, ...]
    pictures: tuple[Picture, ...]


def boxes_on(document: Document, selectors: Sequence[str] = (), text: Collection[int] = ()) -> Boxes:
    """The boxes of pictures on a page.

    Args:
        document: the page.
        selectors: CSS of pictures that are known to be an article's.
        text: indexes of the lines of the article's text; an element that holds all of them is no box.
    """
    known = {element for css in selectors for element in document.select(css)}
    found = pictures_of(document.root, document.blocks, base_of(document.root, document.page.url))
    pictures = [picture for picture in found if not _is_page(picture.element)]
    boxes: dict[HtmlElement, _Box | None] = {}
    for picture in pictures:
        element = _around(picture.element)
        if element is not None and element not in boxes:
            named = any(one in known or _says_pictures(one) for one in (picture.element, element))
            boxes[element] = _box(element, pictures, document, () if named else text)
    kept = [box for box in boxes.values() if box is not None]
    captions = {url: caption for box in kept for url, caption in _captions(box).items()}
    hinted = (one.url for one in pictures if one.element in known or _says_pictures(one.element))
    return Boxes(
        pictures=tuple(pictures),
        captions=captions,
        lines={line.index: line for box in kept for line in box.lines},
        hinted=frozenset(hinted),
    )


def of_article(boxes: Boxes, first: int, last: int) -> list[Picture]:
    """The pictures of an article whose lines run from `first` to `last`: those among these lines, and those in boxes
    that say they hold pictures, wherever they stand.
    """
    return [
        picture
        for picture in boxes.pictures
        if picture.url in boxes.hinted or (picture.after <= last and _behind(picture.after, boxes) >= first - 1)
    ]


def _behind(index: int, boxes: Boxes) -> int:
    """The last line of a run of box lines that begins behind a line."""
    while index + 1 in boxes.lines:
        index += 1
    return index


def _is_page(image: HtmlElement) -> bool:
    """Whether it is the picture of a whole print page, which leads to the articles on it."""
    if image.get("usemap") is not None:
        return True
    links = (node for node in image.iterancestors("a"))
    return any(_ELSEWHERE.search(link.get("href") or "") for link in links)


def _says_pictures(image: HtmlElement) -> bool:
    around = [image, *list(image.iterancestors())[:3]]
    return any(_BOX.search(f"{node.get('class') or ''} {node.get('id') or ''}") for node in around)


def _around(image: HtmlElement) -> HtmlElement | None:
    """The smallest element around a picture that holds text."""
    for node in image.iterancestors():
        if node.tag in ("body", "html"):
            return None
        if node.text_content().strip():
            return node
    return None


def _box(element: HtmlElement, pictures: Sequence[Picture], document: Document, text: Collection[int]) -> _Box | None:
    """The element as a box; None where it holds more than pictures and what describes them."""
    inside = set(element.iter())
    held = tuple(
        line
        for line in document.blocks
        if (piece := line.pieces[0]).element in inside and not (piece.tail and piece.element is element)
    )
    own = tuple(picture for picture in pictures if picture.element in inside)
    lines = tuple(line for line in held if line.index > own[0].after)
    if not lines or len(lines) > BOX_LINES * len(own) or any(line.tag in HEADINGS for line in held):
        return None
    if sum(len(line.text) for line in held) > BOX_CHARS * len(own) or (
        text and set(text) <= {one.index for one in held}
    ):
        return None
    return _Box(element=element, lines=lines, pictures=own)


def _captions(box: _Box) -> dict[str, str]:
    """Picture address → the text behind it, up to the next picture; a line each where all stand behind the last one."""
    order = {node: place for place, node in enumerate(box.element.iter())}
    starts = [order[picture.element] for picture in box.pictures]
    words: dict[str, list[str]] = {picture.url: [] for picture in box.pictures}
    for line in box.lines:
        parts: dict[str, str] = {}
        for piece in line.pieces:
            before = [place for place, start in enumerate(starts) if start <= order[piece.element]]
            url = box.pictures[before[-1] if before else 0].url
            parts[url] = parts.get(url, "") + piece.text
        for url, text in parts.items():
            words[url].append(fold(text))
    if len(box.lines) == len(box.pictures) and len(words[box.pictures[-1].url]) == len(box.lines):
        return {picture.url: line.text for picture, line in zip(box.pictures, box.lines, strict=True)}
    return {url: " ".join(texts) for url, texts in words.items() if texts}
