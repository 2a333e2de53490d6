"""Pictures of a print article: they stand in boxes of their own beside the text, with the lines that describe them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.parse.anchors import base_of
from crawler.parse.document import HEADINGS, Block, Document
from crawler.parse.fields.images import Picture, pictures_of

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
    """The pictures of a page that may be an article's, and the lines of their boxes."""

    pictures: tuple[Picture, ...] = ()
    captions: Mapping[str, tuple[Block, ...]]
    """Picture address → the lines that describe it; none for a picture within the text."""
    hinted: frozenset[str]
    """Addresses of those in boxes that say they hold pictures."""

    @property
    def lines(self) -> set[int]:
        """Indexes of all lines that describe a picture."""
        return {line.index for lines in self.captions.values() for line in lines}


def boxes_on(document: Document, selectors: Sequence[str] = ()) -> Boxes:
    """The boxes of pictures on a page.

    Args:
        document: the page.
        selectors: CSS of pictures that are known to be an article's.
    """
    known = {element for css in selectors for element in document.select(css)}
    found = pictures_of(document.root, document.blocks, base_of(document.root, document.page.url))
    pictures = [picture for picture in found if not _is_page(picture.element)]
    captions: dict[str, tuple[Block, ...]] = {}
    for place, picture in enumerate(pictures):
        following = pictures[place + 1].after if place + 1 < len(pictures) else len(document.blocks)
        captions[picture.url] = tuple(_captions(picture, following, document))
    hinted = (one.url for one in pictures if one.element in known or _says_pictures(one.element))
    return Boxes(pictures=tuple(pictures), captions=captions, hinted=frozenset(hinted))


def of_article(boxes: Boxes, first: int, last: int) -> list[Picture]:
    """The pictures of an article whose lines run from `first` to `last`: those among these lines, and those in boxes
    that say they hold pictures, wherever they stand.
    """
    return [
        picture
        for picture in boxes.pictures
        if picture.url in boxes.hinted
        or (picture.after <= last and picture.after + len(boxes.captions.get(picture.url, ())) >= first - 1)
    ]


def _is_page(image: HtmlElement) -> bool:
    """Whether it is the picture of a whole print page, which leads to the articles on it."""
    if image.get("usemap") is not None:
        return True
    links = (node for node in image.iterancestors("a"))
    return any(_ELSEWHERE.search(link.get("href") or "") for link in links)


def _says_pictures(image: HtmlElement) -> bool:
    around = [image, *list(image.iterancestors())[:3]]
    return any(_BOX.search(f"{node.get('class') or ''} {node.get('id') or ''}") for node in around)


def _captions(picture: Picture, following: int, document: Document) -> list[Block]:
    """The lines behind a picture in the smallest element that holds both, where that holds little else."""
    box = _box_of(picture.element)
    if box is None:
        return []
    inside = set(box.iter())
    held = [line for line in document.blocks if line.pieces[0].element in inside]
    held = [line for line in held if not _is_own_tail(line, box)]
    if sum(len(line.text) for line in held) > BOX_CHARS or any(line.tag in HEADINGS for line in held):
        return []
    return [line for line in held if picture.after < line.index <= following][:BOX_LINES]


def _is_own_tail(line: Block, box: HtmlElement) -> bool:
    """Whether a line is the text behind the box itself."""
    return line.pieces[0].tail and line.pieces[0].element is box


def _box_of(image: HtmlElement) -> HtmlElement | None:
    """The smallest element around a picture that holds text."""
    for node in image.iterancestors():
        if node.tag in ("body", "html"):
            return None
        if node.text_content().strip():
            return node
    return None
