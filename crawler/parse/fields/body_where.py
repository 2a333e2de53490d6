"""Which part of a page holds the article: the element, or the run of lines, that is worth most.

The article is the element in which the worth of the lines sums up highest: large enough to hold all its paragraphs,
small enough to leave comments, feeds and footers out. Where an article has no element of its own, its lines in a row
count; where it has no sentences, what stands right below the headline.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from lxml.html import HtmlElement

from crawler.parse.document import Block, Document, Span
from crawler.parse.fields.asides import is_article_hint
from crawler.parse.fields.body_worth import BEGUN_CHARS, MOST_OF_PROSE, SHORT_COST, is_info, line_value, trusted_values
from crawler.parse.lines import HEADINGS
from crawler.parse.shapes import letters

CHILD_SHARE = 0.95
"""A part of the best element with this share of its worth is the article; the rest is chance."""
PARENT_SHARE = 0.8
"""A single paragraph gives way to the element around it where that is worth this share of it."""
GOOD_HINT = 1.15
"""What an element that says it is the article is worth more. Small: section lists and side boxes say so as well."""
RUN_GAIN = 1.4
"""How many times more than the best element a run of lines must be worth: elements are right more often."""
WEAK_VALUE = 40
"""Below it what stands under the headline is looked at as well: a list of names, a notice of a few words."""
INFO_LINES = 12
"""Lines of time, source and buttons between headline and text, at most."""

_Worth = tuple[float, Span]
_PARAGRAPHS = frozenset(("p", "span", "font", "strong", "b", "em", "i", "u", "h1", "h2", "h3", "h4", "h5", "h6", "li"))


@dataclass(frozen=True, kw_only=True)
class _Found:
    """Lines from `start` up to, not including, `end`."""

    start: int
    end: int
    value: float
    element: HtmlElement


@dataclass(frozen=True, kw_only=True)
class Region:
    """An element that may hold the article."""

    element: HtmlElement
    lines: Sequence[Block] = field(repr=False)
    """The visible lines it holds."""
    value: float
    """What they are worth together."""
    rival: float
    """What the best element that shares no line with it is worth."""
    headline: int | None
    """Index of the line that carries the headline, where one was found."""
    hinted: bool
    """Whether the element or one right around it says by tag, itemprop, id or class that it is the article."""


def find_region(document: Document, title: str | None = None) -> Region | None:
    """The part of the page that holds the article; None where nothing is worth anything.

    Args:
        document: the page.
        title: the headline, where it is known already.
    """
    blocks = document.blocks
    if not blocks:
        return None
    by_itself = [line_value(block) for block in blocks]
    headline = find_headline(document, title, by_itself)
    values = trusted_values(document, headline, by_itself)
    worth = _worths(document, values)
    found = _by_element(worth)
    run = _by_run(document, values)
    if run is not None and (found is None or run.value > found.value * RUN_GAIN):
        found = run
    if headline is not None and (found is None or found.value < WEAK_VALUE):
        found = _fuller(found, _below_headline(document, values, headline), blocks)
    if found is None:
        return None
    rival = max((value for value, span in worth if span.end <= found.start or span.start >= found.end), default=0.0)
    return Region(
        element=found.element,
        lines=blocks[found.start : found.end],
        value=found.value,
        rival=max(rival, 0.0),
        headline=headline,
        hinted=is_article_hint(found.element),
    )


def region_of(document: Document, element: HtmlElement, title: str | None = None) -> Region | None:
    """A region for an element that is known to hold the article; None where it holds no visible line."""
    span = next((span for span in document.spans if span.element is element), None)
    around = set(element.iter())
    lines = (
        document.blocks[span.start : span.end]
        if span is not None
        else [block for block in document.blocks if block.pieces[0].element in around]
    )
    if not lines:
        return None
    headline = find_headline(document, title, [line_value(block) for block in document.blocks])
    return Region(element=element, lines=lines, value=1.0, rival=0.0, headline=headline, hinted=True)


def _worths(document: Document, values: list[float]) -> list[_Worth]:
    """What each element's lines are worth together."""
    sums = [0.0, *accumulate(values)]
    found = []
    for span in document.spans:
        value = sums[min(span.end, len(values))] - sums[span.start]
        found.append((value * GOOD_HINT if value > 0 and is_article_hint(span.element) else value, span))
    return found


def _by_element(worth: list[_Worth]) -> _Found | None:
    best = max(worth, key=lambda one: one[0], default=None)
    if best is None or best[0] <= 0:
        return None
    value, span = _around(_within(best, worth), worth)
    return _Found(start=span.start, end=span.end, value=value, element=span.element)


def _within(best: _Worth, worth: list[_Worth]) -> _Worth:
    """The smallest part that is worth nearly as much."""
    value, span = best
    parts = [
        (other, one)
        for other, one in worth
        if span.start <= one.start and one.end <= span.end and other >= value * CHILD_SHARE
    ]
    return min(parts, key=lambda part: part[1].end - part[1].start)


def _around(best: _Worth, worth: list[_Worth]) -> _Worth:
    """The element that holds a paragraph, where the paragraph alone came out best."""
    value, span = best
    if span.element.tag not in _PARAGRAPHS:
        return best
    around = set(span.element.iterancestors())
    holders = [
        (other, one) for other, one in worth if one.element in around and other >= value * PARENT_SHARE and other > 0
    ]
    return min(holders, key=lambda holder: holder[1].end - holder[1].start, default=best)


def _by_run(document: Document, values: list[float]) -> _Found | None:
    """The lines in a row that are worth most: for articles that share their element with the rest of the page."""
    best, start, end, total, begin = 0.0, 0, 0, 0.0, 0
    for place, value in enumerate(values):
        if total <= 0:
            total, begin = 0.0, place
        total += value
        if total > best:
            best, start, end = total, begin, place + 1
    return _found(document, *_stretched(document.blocks, values, start, end), best) if best > 0 else None


def _stretched(blocks: Sequence[Block], values: list[float], start: int, end: int) -> tuple[int, int]:
    """The run with the short lines at its ends that stand in the same element: a salutation, a signature, a day."""
    first, last = blocks[start].element.getparent(), blocks[end - 1].element.getparent()
    while start > 0 and values[start - 1] == -SHORT_COST and blocks[start - 1].element.getparent() is first:
        start -= 1
    while end < len(blocks) and values[end] == -SHORT_COST and blocks[end].element.getparent() is last:
        end += 1
    return start, end


def _below_headline(document: Document, values: list[float], headline: int) -> _Found | None:
    """The lines between the headline and the first link or control: lists of names have no sentences."""
    start = headline + 1
    while start < len(values) and start <= headline + INFO_LINES and _is_beside(document.blocks[start]):
        start += 1
    end = start
    while end < len(values) and values[end] >= -SHORT_COST:
        end += 1
    return _found(document, start, end, 1.0) if end > start else None


def _is_beside(block: Block) -> bool:
    """Whether a line below a headline is about the article or a control, not of it."""
    return line_value(block) < -SHORT_COST or is_info(block.text)


def _fuller(one: _Found | None, other: _Found | None, blocks: Sequence[Block]) -> _Found | None:
    def chars(found: _Found | None) -> int:
        return sum(len(block.text) for block in blocks[found.start : found.end]) if found else 0

    return other if chars(other) > chars(one) else one


def _found(document: Document, start: int, end: int, value: float) -> _Found | None:
    """A run of lines with the smallest element that holds them all."""
    span = next((span for span in document.spans if span.start <= start and end <= span.end), None)
    return _Found(start=start, end=end, value=value, element=span.element) if span else None


def find_headline(document: Document, title: str | None, values: list[float]) -> int | None:
    """Index of the line that shows the headline: the known one, else the one that the title element begins with.

    None as well where most of the page's prose stands above it: that is a headline repeated in a footer.
    """
    wanted = letters(title or "")
    blocks, keys = document.blocks, document.keys
    found = [blocks[place] for place, key in enumerate(keys) if key == wanted] if len(wanted) > 1 else []
    if not found:
        found = _in_title_tag(document)
    return _likeliest(found, values)


def _in_title_tag(document: Document) -> list[Block]:
    """Lines that are a good part of the title element, the fullest ones."""
    page_title = letters(document.title_tag)
    sized = [
        (len(key), block)
        for key, block in zip(document.keys, document.blocks, strict=True)
        if 4 < len(key) < 200 and key in page_title
    ]
    longest = max((size for size, _ in sized), default=0)
    if longest < min(8, len(page_title) / 3):
        return []
    return [block for size, block in sized if size >= longest * 0.9]


def _likeliest(found: list[Block], values: list[float]) -> int | None:
    """The first that is no link, a heading before a plain line unless the article lies between them."""
    if not found:
        return None
    prose = [0.0, *accumulate(max(value, 0.0) for value in values)]
    first = next((block for block in found if not block.link_chars), found[0])
    heading = next((block for block in found if block.tag in HEADINGS and not block.link_chars), first)
    near = prose[heading.index] - prose[first.index] < BEGUN_CHARS * 2
    chosen = heading if heading.index >= first.index and near else first
    return chosen.index if prose[chosen.index] <= prose[-1] * MOST_OF_PROSE else None
