"""The part of a page between two of its lines, where a page family knows the article to stand there."""

from __future__ import annotations

from dataclasses import replace

from crawler.parse.document import Document
from crawler.parse.fields.body_where import Region

MOST_OF_IT = 0.5
"""An element with less than this share of what stands between the lines is a part of the article, not its holder."""


def between(document: Document, within: tuple[int, int]) -> Region | None:
    """The lines from the first to the last, in the smallest element that holds them all."""
    first, last = within
    lines = document.blocks[first : last + 1]
    span = next((span for span in document.spans if span.start <= first and last < span.end), None)
    if not lines or span is None:
        return None
    return Region(element=span.element, lines=lines, value=1.0, rival=0.0, headline=None, hinted=True)


def clipped(region: Region, within: tuple[int, int] | None, document: Document) -> Region | None:
    """A region without its lines outside of two lines; None where hardly any of what stands between them is in it."""
    if within is None:
        return region
    first, last = within
    lines = [line for line in region.lines if first <= line.index <= last]
    held = sum(len(line.text) for line in lines)
    enough = held > MOST_OF_IT * sum(len(line.text) for line in document.blocks[first : last + 1])
    return replace(region, lines=lines) if lines and enough else None
