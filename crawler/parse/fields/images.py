"""Pictures of an article: which `img` are part of it, where they stand between its lines, under which address."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement

from crawler.parse.anchors import absolute
from crawler.parse.document import Block
from crawler.parse.fields.asides import aside_kind
from crawler.parse.lines import hides

MAX_IMAGES = 300
MIN_SIDE_PX = 60
"""Pictures that say they are smaller are buttons, rulers and counters."""

_ADDRESSES = """
    data-original data-src data-lazy-src data-lazysrc data-lazy data-echo data-url data-real-src data-actualsrc
    data-original-src data-origin-src data-file original real_src _src file lazysrc src2 src
"""
_LAZY = _ADDRESSES.split()
"""Where the address stands, in the order tried: pages that load pictures late put a blank one into `src`."""
_FURNITURE = re.compile(
    r"(?:^|[/_.=-])(?:logos?|icons?|ico|favicon|share|qr|qrcode|qrimg|ewm|erweima|weixin|wechat|wx|loading|load|lazy"
    r"|blank|spacer|"
    r"space|pixel|transparent|grey|gray|placeholder|avatar|face|emoji|emoticon|btn|button|arrow|dot|play|close|end"
    r"|end_[a-z]+|"
    r"print|fontsize|count|stat|default_?(?:pic|img)?)\d{0,3}(?=[/_.?&=-]|$)|^data:|\.svg(?:\?|$)",
    re.I,
)
_RELATIVE = re.compile(r"[\w./%-]*\w")


@dataclass(frozen=True, kw_only=True)
class Picture:
    """An `img` inside the article's element."""

    element: HtmlElement = field(repr=False)
    url: str
    """Absolute; empty where the page's own address is none of the web: the picture still has a caption."""
    after: int
    """Index of the line that begins before it; -1 where none of the element's lines does."""
    alt: str = ""


def pictures_of(
    element: HtmlElement, lines: Sequence[Block], base: str, around: tuple[Block | None, Block | None] = (None, None)
) -> list[Picture]:
    """Pictures under an element that belong to an article, in order, with the line each one follows.

    Left out are buttons, codes to scan, rulers, hidden ones and those in boxes that say they stand aside.

    Args:
        element: what holds the article.
        lines: those of its lines that may be the article's.
        base: what addresses are relative to.
        around: the lines right before and behind them. What stands above the one or below the other is not the
            article's, though the same element may hold it.
    """
    images = _between(element, *around)
    starts = {(line.pieces[0].element, line.pieces[0].tail): line.index for line in lines}
    found: list[Picture] = []
    current = -1
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in walk:
        if event == "end":
            current = starts.get((node, True), current)
            continue
        if node is not element and (hides(node) or aside_kind(node)):
            walk.skip_subtree()
            continue
        current = starts.get((node, False), current)
        if node in images and len(found) < MAX_IMAGES:
            reference = reference_of(node)
            url = absolute(base, reference) or ""
            unreachable = not url and bool(_RELATIVE.match(reference)) and not base.startswith("http")
            if (url or unreachable) and not _too_small(node) and all(url != one.url or not url for one in found):
                found.append(Picture(element=node, url=url, after=current, alt=(node.get("alt") or "").strip()))
    return found


def _between(element: HtmlElement, before: Block | None, behind: Block | None) -> set[HtmlElement]:
    """The `img` elements under an element from the end of one line to the start of another."""
    opens = (before.pieces[-1].element, before.pieces[-1].tail) if before else None
    closes = (behind.pieces[0].element, behind.pieces[0].tail) if behind else None
    found: set[HtmlElement] = set()
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "start" and node.tag == "img":
            found.add(node)
        place = (node, event == "end")
        if place == opens:
            found.clear()
        if place == closes:
            break
    return found


def address_of(image: HtmlElement, base: str) -> str | None:
    """The absolute address of a picture; None where it has none or is page furniture by its name."""
    return absolute(base, reference_of(image))


def reference_of(image: HtmlElement) -> str:
    """A picture's address as it stands on the page; empty where it has none or is page furniture by its name."""
    values = ((image.get(name) or "").strip() for name in _LAZY)
    return next((value for value in values if value and not _FURNITURE.search(value)), "")


def _too_small(image: HtmlElement) -> bool:
    for name in ("width", "height"):
        match = re.match(r"\s*(\d{1,5})\s*(?:px)?\s*$", image.get(name) or "")
        if match and int(match[1]) < MIN_SIDE_PX:
            return True
    return False
