"""The article's text: its element found, its lines sorted out, its structure kept."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from crawler.parse.clean import clean_html
from crawler.parse.document import Block, Document
from crawler.parse.fields.body_between import between, clipped
from crawler.parse.fields.body_lines import Verdicts
from crawler.parse.fields.body_where import Region, find_region, region_of
from crawler.parse.fields.images import Picture, pictures_of
from crawler.parse.furniture import EDITOR_BEHIND, EDITOR_LINE, NAV_LINK
from crawler.parse.lines import Piece
from crawler.parse.shapes import fold, plain
from storage.records import How, Image

MIN_KEPT_SHARE = 0.3
"""Where captions and small print were most of the text, they are the text: a photo story, a notice about copyright."""

_CLOSING = ")）]］】"
_OUTSIDE = ("after the end", "related", "credits", "invitation", "disclaimer", "footer")
"""A picture behind a line left out for these reasons is no part of the article."""


@dataclass(frozen=True, kw_only=True)
class BodyReading:
    """What was read as an article's body."""

    text: str = field(repr=False)
    """One line per block or `<br>` line, white space folded, no empty lines."""
    html: str = field(repr=False)
    """The same as clean HTML."""
    images: tuple[Image, ...]
    element: HtmlElement = field(repr=False)
    """The element that holds it."""
    how: How
    removed: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """Lines of the element that are not part of the body, each with the reason."""
    lines: tuple[Block, ...] = field(default=(), repr=False)
    """The lines that are."""


def find_body(
    document: Document,
    *,
    selectors: tuple[str, ...] = (),
    title: str | None = None,
    drop_lines: Collection[str] = (),
    within: tuple[int, int] | None = None,
) -> BodyReading | None:
    """Read the body of an article.

    Args:
        document: the page.
        selectors: CSS, tried in order before the general rules; the first that holds text wins.
        title: the headline, where it is known; what stands above it is no part of the body.
        drop_lines: further lines that are known to be other fields.
        within: first and last line between which the body is known to stand.

    Returns:
        None where no element of the page holds anything like an article.
    """
    for css in selectors:
        for element in document.select(css):
            region = region_of(document, element, title)
            if region is not None and (region := clipped(region, within, document)) is not None:
                return _read(document, region, How(rule="selector", place=css, confidence=0.97), title, drop_lines)
    if within is not None and (region := between(document, within)) is not None:
        how = How(rule="position", place=document.path_of(region.element), confidence=0.96)
        if (reading := _read(document, region, how, title, drop_lines)) is not None:
            return reading
    region = find_region(document, title)
    if region is None:
        return None
    how = How(rule="density", place=document.path_of(region.element), confidence=_confidence(region))
    return _read(document, region, how, title, drop_lines)


def _read(document: Document, region: Region, how: How, title: str | None, drop: Collection[str]) -> BodyReading | None:
    base = document.base
    pictures = pictures_of(region.element, region.lines, base, _around(document, region))
    reasons = Verdicts(document, region, pictures, title, drop).judge()
    _give_back(region, reasons)
    kept = tuple(without_trailers(line) for line in region.lines if line.index not in reasons)
    if not kept:
        return None
    pictures = [picture for picture in pictures if reasons.get(picture.after) not in _OUTSIDE]
    captions = _captions(region, reasons, pictures)
    pictures = [picture for picture in pictures if picture.url]
    return BodyReading(
        text="\n".join(line.text for line in kept),
        html=clean_html(region.element, kept, pictures, captions, base),
        images=tuple(
            Image(url=picture.url, caption=captions.get(picture.url), order=order)
            for order, picture in enumerate(pictures)
        ),
        element=region.element,
        how=how,
        removed=tuple((line.text, reasons[line.index]) for line in region.lines if line.index in reasons),
        lines=kept,
    )


def _around(document: Document, region: Region) -> tuple[Block | None, Block | None]:
    """The lines right before and right behind a region."""
    first, end = region.lines[0].index, region.lines[-1].index + 1
    return (
        document.blocks[first - 1] if first else None,
        document.blocks[end] if end < len(document.blocks) else None,
    )


def _give_back(region: Region, reasons: dict[int, str]) -> None:
    """Keep captions where they are most of what there is to read."""
    total = sum(len(line.text) for line in region.lines if reasons.get(line.index, "caption") == "caption")
    kept = sum(len(line.text) for line in region.lines if line.index not in reasons)
    if kept < total * MIN_KEPT_SHARE:
        for line in region.lines:
            if reasons.get(line.index) == "caption" and len(line.text) > 20:
                del reasons[line.index]


def without_trailers(line: Block) -> Block:
    """The line without what stands at its end in an element of its own and is no part of it.

    Links that lead away (`…仍将持续。返回首页>>`) and the editor (`…好局面。责任编辑：苗禾`).
    """
    pieces = list(line.pieces)
    while len(pieces) > 1 and _trails(pieces[-1]):
        pieces.pop()
    if len(pieces) == len(line.pieces):
        return _without_editor(line)
    text = fold("".join(piece.text for piece in pieces))
    return line._replace(text=text, pieces=tuple(pieces)) if text else line


def _without_editor(line: Block) -> Block:
    """The line without the bracket at its end that names who edited: `…算得清。（责编：苗禾）`."""
    end = EDITOR_BEHIND.search(plain(line.text)) if line.text[-1] in _CLOSING else None
    if end is None or end.start() == 0:
        return line
    pieces = list(line.pieces)
    surplus = len("".join(line.text[end.start() :].split()))
    while surplus:
        text = pieces.pop().text
        signs = [place for place, sign in enumerate(text) if not (sign.isspace() or not fold(sign))]
        if len(signs) > surplus:
            last = line.pieces[len(pieces)]
            pieces.append(last._replace(end=signs[-surplus]))
        surplus = max(surplus - len(signs), 0)
    return line._replace(text=line.text[: end.start()].rstrip(), pieces=tuple(pieces))


def _trails(piece: Piece) -> bool:
    return bool(NAV_LINK.search(plain(_link_text(piece)))) or (
        not piece.tail and bool(EDITOR_LINE.match(plain(fold(piece.text))))
    )


def _link_text(piece: Piece) -> str:
    """The text of a piece that stands in a link, else nothing."""
    node = piece.element.getparent() if piece.tail else piece.element
    for _ in range(3):
        if node is None:
            break
        if node.tag == "a":
            return fold(piece.text)
        node = node.getparent()
    return ""


def _captions(region: Region, reasons: dict[int, str], pictures: list[Picture]) -> dict[str, str]:
    """Picture address → caption: the caption lines between it and the next text."""
    found: dict[str, str] = {}
    for picture in pictures:
        words = []
        for line in region.lines:
            if line.index <= picture.after:
                continue
            if reasons.get(line.index) != "caption" or _of_another(line, picture):
                break
            words.append(line.text)
            if any(other.after == line.index for other in pictures):
                break
        if words:
            found[picture.url] = " ".join(words)
    return found


def _of_another(caption: Block, picture: Picture) -> bool:
    """Whether a caption stands in a `figure` that is not the picture's."""
    figure = next((node for node in (caption.element, *caption.element.iterancestors()) if node.tag == "figure"), None)
    return figure is not None and figure not in picture.element.iterancestors()


def _confidence(region: Region) -> float:
    """How likely the element is the right one: by what it is worth, how far the next one is, and who agrees."""
    size = min(1.0, region.value / 400)
    lead = region.value / (region.value + region.rival)
    confidence = 0.55 + 0.2 * size + 0.2 * max(0.0, lead * 2 - 1)
    confidence += 0.03 * region.hinted
    confidence -= 0.1 * (region.headline is None)
    return round(min(max(confidence, 0.05), 0.98), 3)
