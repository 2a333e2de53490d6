"""A sheet's text as a body: furniture and captions left out, paragraphs whole, pictures with what describes them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from crawler.parse.anchors import base_of
from crawler.parse.clean import clean_html
from crawler.parse.document import Block, Document
from crawler.parse.fields.body import BodyReading
from crawler.parse.fields.body_lines import Verdicts
from crawler.parse.fields.body_where import Region
from crawler.parse.fields.credits import is_credits
from crawler.parse.fields.images import Picture
from crawler.parse.furniture import EDITOR_LINE, INVITATION, META_LINE
from crawler.parse.newsprint import words
from crawler.parse.newsprint.paragraphs import paragraphs
from crawler.parse.newsprint.pictures import of_article
from crawler.parse.newsprint.sheet import Sheet
from crawler.parse.shapes import plain
from storage.records import Image

_ABOUT_COPIES = re.compile(r"转载|复制|版权|立场|声明")
"""What a disclaimer of a site speaks of."""


def read_lines(document: Document, sheet: Sheet, title: str | None, drop: Collection[str]) -> BodyReading | None:
    """The text line by line, as it stands on the page.

    Args:
        document: the page.
        sheet: its lines, sorted.
        title: the headline.
        drop: further lines that are known to be other fields.

    Returns:
        None where neither text nor captions are left.
    """
    pictures = of_article(sheet.boxes, sheet.first, sheet.last)
    reasons = _reasons(document, sheet, pictures, title, drop)
    captions = _captions(sheet, reasons, pictures)
    kept = [line for line in sheet.text if line.index not in reasons]
    if not kept:  # a photo with what it shows is all there is to read
        flagged = [line for line in sheet.text if reasons[line.index] == "caption"]
        boxed = [line for line in sheet.boxes.lines.values() if sheet.first - 1 <= line.index <= sheet.last]
        kept = sorted({line.index: line for line in (*flagged, *boxed)}.values(), key=lambda line: line.index)
    if not kept:
        return None
    removed = tuple((line.text, reasons[line.index]) for line in sheet.text if line.index in reasons)
    return BodyReading(
        text="\n".join(line.text for line in kept),
        html=_html(document, sheet, kept, pictures, captions),
        images=tuple(
            Image(url=picture.url, caption=captions.get(picture.url), order=order)
            for order, picture in enumerate(pictures)
        ),
        element=sheet.element,
        how=sheet.how,
        removed=removed,
        lines=tuple(kept),
    )


def made_whole(document: Document, sheet: Sheet, body: BodyReading) -> BodyReading:
    """The same body in paragraphs."""
    found = paragraphs(body.lines)
    if not found:
        return body
    urls = {image.url for image in body.images}
    pictures = [picture for picture in sheet.boxes.pictures if picture.url in urls]
    captions = {image.url: image.caption for image in body.images if image.caption}
    return BodyReading(
        text="\n".join(line.text for line in found),
        html=_html(document, sheet, found, pictures, captions),
        images=body.images,
        element=body.element,
        how=body.how,
        removed=body.removed,
        lines=tuple(found),
    )


def _reasons(
    document: Document, sheet: Sheet, pictures: Sequence[Picture], title: str | None, drop: Collection[str]
) -> dict[int, str]:
    """Why lines of the text are left out."""
    if not sheet.text:
        return {}
    lines = document.blocks[sheet.text[0].index : sheet.text[-1].index + 1]  # without gaps: boxes are measured by place
    region = Region(element=sheet.element, lines=lines, value=1.0, rival=0.0, headline=None, hinted=True)
    reasons: dict[int, str] = {}
    general = Verdicts(document, region, pictures, title, drop).judge()
    for line in sheet.text:
        text = plain(line.text)
        if words.CONTROL.match(text) or words.is_page_name(text):
            reasons[line.index] = "controls"
        elif line.index in general and _holds(general[line.index], text, bool(pictures)):
            reasons[line.index] = general[line.index]
    return reasons


def _holds(reason: str, text: str, pictured: bool) -> bool:
    """Whether a general reason holds in print: a notice may say 时间: or 未经许可, a letter end with a date."""
    if reason == "disclaimer":
        return _ABOUT_COPIES.search(text) is not None
    if reason == "credits":
        return EDITOR_LINE.match(text) is not None or is_credits(text)
    if reason == "page data":
        return META_LINE.match(text) is not None
    if reason == "invitation":
        return INVITATION.search(text) is not None
    return reason != "head" and (reason != "caption" or pictured)


def _captions(sheet: Sheet, reasons: dict[int, str], pictures: Sequence[Picture]) -> dict[str, str]:
    """Picture address → what describes it: the lines of its box, else the caption lines that follow it in the text.

    A caption that follows none goes to the last picture that has no other; without one it is text again.
    """
    found = {one.url: sheet.boxes.captions[one.url] for one in pictures if one.url in sheet.boxes.captions}
    left = [line for line in sheet.text if reasons.get(line.index) == "caption"]
    for picture in pictures:
        lines = [] if picture.url in found else _following(sheet.text, reasons, picture, pictures)
        if lines:
            found[picture.url] = " ".join(line.text for line in lines)
            left = [line for line in left if line not in lines]
    bare = [picture.url for picture in pictures if picture.url not in found]
    if bare and left:
        found[bare[-1]] = " ".join(line.text for line in left)
    else:
        for line in left:
            del reasons[line.index]
    return found


def _following(
    text: Sequence[Block], reasons: Mapping[int, str], picture: Picture, pictures: Sequence[Picture]
) -> list[Block]:
    """The caption lines between a picture and the next line of the text or the next picture."""
    later = [one.after for one in pictures if one.after > picture.after]
    until = min(later, default=text[-1].index if text else 0)
    found: list[Block] = []
    for line in text:
        if line.index <= picture.after:
            continue
        if reasons.get(line.index) != "caption" or line.index > until:
            break
        found.append(line)
    return found


def _html(
    document: Document,
    sheet: Sheet,
    lines: Sequence[Block],
    pictures: Sequence[Picture],
    captions: Mapping[str, str],
) -> str:
    return clean_html(sheet.element, lines, pictures, captions, base_of(document.root, document.page.url))
