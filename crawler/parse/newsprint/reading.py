"""A sheet's text as a body: furniture and captions left out, paragraphs whole, pictures with what describes them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from crawler.parse.anchors import base_of
from crawler.parse.clean import clean_html
from crawler.parse.document import Block, Document
from crawler.parse.fields.body import BodyReading
from crawler.parse.fields.body_lines import Verdicts
from crawler.parse.fields.body_where import Region
from crawler.parse.fields.images import Picture
from crawler.parse.newsprint import words
from crawler.parse.newsprint.paragraphs import paragraphs
from crawler.parse.newsprint.pictures import of_article
from crawler.parse.newsprint.sheet import Sheet
from crawler.parse.shapes import plain
from storage.records import Image


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
    boxed = [line for picture in pictures for line in sheet.boxes.captions.get(picture.url, ())]
    kept = [line for line in sheet.text if line.index not in reasons]
    if not kept:  # a photo with what it shows is all there is to read
        flagged = [line for line in sheet.text if reasons[line.index] == "caption"]
        kept = sorted({line.index: line for line in (*flagged, *boxed)}.values(), key=lambda line: line.index)
    if not kept:
        return None
    captions = _captions(sheet, reasons, pictures)
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
    region = Region(element=sheet.element, lines=sheet.text, value=1.0, rival=0.0, headline=None, hinted=True)
    reasons = Verdicts(document, region, pictures, title, drop).judge()
    for line in sheet.text:
        text = plain(line.text)
        if words.CONTROL.match(text) or words.is_page_name(text):
            reasons.setdefault(line.index, "controls")
    return reasons


def _captions(sheet: Sheet, reasons: Mapping[int, str], pictures: Sequence[Picture]) -> dict[str, str]:
    """Picture address → what describes it: the lines of its box, else the caption lines that follow it in the text."""
    found: dict[str, str] = {}
    for place, picture in enumerate(pictures):
        lines = list(sheet.boxes.captions.get(picture.url, ()))
        following = pictures[place + 1].after if place + 1 < len(pictures) else None
        for line in () if lines else sheet.text:
            if line.index <= picture.after:
                continue
            if reasons.get(line.index) != "caption" or (following is not None and line.index > following):
                break
            lines.append(line)
        if lines:
            found[picture.url] = " ".join(line.text for line in lines)
    return found


def _html(
    document: Document,
    sheet: Sheet,
    lines: Sequence[Block],
    pictures: Sequence[Picture],
    captions: Mapping[str, str],
) -> str:
    return clean_html(sheet.element, lines, pictures, captions, base_of(document.root, document.page.url))
