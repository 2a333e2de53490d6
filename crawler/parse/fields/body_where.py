"""Which element holds the article: the subtree whose lines are worth most together.

Prose is worth its length, links, controls and small print cost theirs. The article is the element in which that sums
up highest: large enough to hold all its paragraphs, small enough to leave comments, feeds and footers out. What stands
behind a lot of furniture is trusted less, for articles follow their headline and end before the share bar.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from lxml.html import HtmlElement

from crawler.parse.document import Block, Document, Span
from crawler.parse.furniture import CONTROLS, DISCLAIMER, EDITOR_LINE, FOOTER, META_LINE, RELATED, SOURCE_LINE
from crawler.parse.lines import HEADINGS, words
from crawler.parse.shapes import letters, plain

PROSE_CHARS = 16
"""A line with a comma or a full stop counts as prose from this length on."""
TRUST_CHARS = 200
"""After so much furniture behind the headline, prose is worth half."""
BEGUN_CHARS = 40
"""Furniture counts from this much prose on: what stands between headline and article says nothing."""
END_AFTER_CHARS = 80
"""An editor's line behind this much prose ends an article; before it, it belongs to the lines under the headline."""
AFTER_END = 0.3
"""What prose is worth behind the editor's line."""
CHILD_SHARE = 0.95
"""A part of the best element with this share of its worth is the article; the rest is chance."""
PARENT_SHARE = 0.8
"""A single paragraph gives way to the element around it where that is worth this share of it."""
SHORT_COST = 6
"""What a short line without any mark costs: sub-headings stay cheap, menus add up."""
MAX_LINE_VALUE = 600
"""A line is worth no more: one endless line of spam does not outweigh an article."""
GOOD_HINT = 1.15
"""What an element that says it is the article is worth more. Small: section lists and side boxes say so as well."""
MOST_OF_PROSE = 0.5
"""An element with this share of a page's prose is not beside anything, whatever it is called."""

_Worth = tuple[float, Span]
_PARAGRAPHS = frozenset(("p", "span", "font", "strong", "b", "em", "i", "u", "h1", "h2", "h3", "h4", "h5", "h6", "li"))
_STOPS = re.compile(r"[，。；！？：、,;!?“”…]")
_TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_COMMENT = words("comment comments cmt cmts reply replies pinglun pl discuss discussion review reviews guestbook tie")
_ASIDE = words(
    """footer foot copyright sidebar aside related relate recommend recommended recom hot rank ranking nav navbar menu
    breadcrumb crumb crumbs share sharebar toolbar header login links friendlink ad ads advert banner tags tag pager
    pagination feed"""
)
_ARTICLE = words(
    "article articlebody artibody content contents contenttext body text txt main detail details zoom news story post"
    " editor entry neirong zw zhengwen ucap para paragraph"
)


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
    """The element that holds the article; None where no element is worth anything.

    Args:
        document: the page.
        title: the headline, where it is known already.
    """
    blocks, spans = document.blocks, document.spans
    if not blocks:
        return None
    headline = find_headline(document, title)
    values = _values(document, headline)
    sums = [0.0, *accumulate(values)]
    worth = [(_worth(span, sums), span) for span in spans]
    best = max(worth, key=lambda one: one[0], default=None)
    if best is None or best[0] <= 0:
        return None
    value, span = _around(_within(best, worth), worth)
    rival = max((other for other, one in worth if one.end <= span.start or one.start >= span.end), default=0.0)
    return Region(
        element=span.element,
        lines=blocks[span.start : span.end],
        value=value,
        rival=max(rival, 0.0),
        headline=headline,
        hinted=is_article_hint(span.element),
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
    headline = find_headline(document, title)
    return Region(element=element, lines=lines, value=1.0, rival=0.0, headline=headline, hinted=True)


def _worth(span: Span, sums: list[float]) -> float:
    value = sums[min(span.end, len(sums) - 1)] - sums[span.start]
    return value * GOOD_HINT if value > 0 and is_article_hint(span.element) else value


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


def _values(document: Document, headline: int | None) -> list[float]:
    plain_values = [line_value(block) for block in document.blocks]
    excluded = _excluded(document, headline, plain_values)
    trust = _Trust(headline)
    return [
        trust.value_of(block, -abs(value) if block.index in excluded else value)
        for block, value in zip(document.blocks, plain_values, strict=True)
    ]


class _Trust:
    """How far prose is believed to be the article's, from the top of the page down."""

    def __init__(self, headline: int | None) -> None:
        self.headline = -1 if headline is None else headline
        self.furniture = 0.0
        self.prose = 0.0
        self.ended = False

    def value_of(self, block: Block, value: float) -> float:
        if block.index <= self.headline:
            return min(value, 0.0)
        if value > 0:
            self.prose += value
            return value / (1 + (self.furniture / TRUST_CHARS) ** 2) * (AFTER_END if self.ended else 1)
        if value < -SHORT_COST and self.prose > BEGUN_CHARS:
            self.furniture -= value
            if self.prose > END_AFTER_CHARS and len(block.text) < 60 and EDITOR_LINE.search(plain(block.text)):
                self.ended = True
        return value


def line_value(block: Block) -> float:
    """What one line says for its element holding an article: its length for prose, less than nothing for furniture."""
    text = block.text
    size = len(text)
    if block.link_chars > size / 2:
        return -(min(size, 40) + 10.0)
    if size <= 60 and _is_furniture(text):
        return -(size / 2 + 12.0)
    stops = len(_STOPS.findall(text))
    if not stops or size < PROSE_CHARS:
        return -float(SHORT_COST)
    if FOOTER.search(text) or DISCLAIMER.search(plain(text)):
        return -min(size, 60.0)
    return float(min(size - block.link_chars, MAX_LINE_VALUE, stops * 60))


def _is_furniture(text: str) -> bool:
    line = plain(text)
    return any(pattern.search(line) for pattern in (CONTROLS, META_LINE, SOURCE_LINE, EDITOR_LINE, RELATED, FOOTER))


def _excluded(document: Document, headline: int | None, values: list[float]) -> set[int]:
    """Lines inside elements that say they are comments, or some other part beside the article.

    One that holds the headline or most of the page's prose is not believed.
    """
    prose = [0.0, *accumulate(max(value, 0.0) for value in values)]
    most = prose[-1] * MOST_OF_PROSE
    out: set[int] = set()
    for span in document.spans:
        if headline is not None and span.start <= headline < span.end:
            continue
        kind = aside_kind(span.element)
        held = prose[min(span.end, len(values))] - prose[span.start]
        if kind == "comments" or (kind and held < most):
            out.update(range(span.start, span.end))
    return out


def tokens_of(element: HtmlElement) -> set[str]:
    """The words in an element's id and class: `main-Content_2` → main, content, 2."""
    named = f"{element.get('id', '')} {element.get('class', '')}"
    return {token.lower() for token in _TOKEN.findall(named[:200])}


def aside_kind(element: HtmlElement) -> str:
    """What an element says it is beside the article: `comments`, `aside` (navigation, recommendations, footer) or ``."""
    if element.tag in ("nav", "footer", "aside"):
        return "aside"
    if not (element.get("id") or element.get("class")) or element.tag in ("body", "html"):
        return ""
    tokens = tokens_of(element)
    if tokens & _COMMENT:
        return "comments"
    return "aside" if tokens & _ASIDE and not tokens & _ARTICLE else ""


def is_article_hint(element: HtmlElement) -> bool:
    """Whether an element says by tag, itemprop, id or class that it is the article. A weak hint: many say so."""
    if element.tag == "article" or (element.get("itemprop") or "").lower() == "articlebody":
        return True
    return bool(tokens_of(element) & _ARTICLE) if element.get("id") or element.get("class") else False


def find_headline(document: Document, title: str | None) -> int | None:
    """Index of the line that shows the headline: the known one, else the one that the title element begins with.

    None as well where most of the page's prose stands above it: that is a headline repeated in a footer.
    """
    wanted = letters(title or "")
    found = [block for block in document.blocks if letters(block.text) == wanted] if len(wanted) > 1 else []
    if not found:
        found = _in_title_tag(document)
    return _likeliest(found, document.blocks)


def _in_title_tag(document: Document) -> list[Block]:
    """Lines that are a good part of the title element, the fullest ones."""
    page_title = letters(document.title_tag)
    sized = [
        (len(line), block)
        for block in document.blocks
        if 4 < len(block.text) < 200 and len(line := letters(block.text)) > 4 and line in page_title
    ]
    longest = max((size for size, _ in sized), default=0)
    if longest < min(8, len(page_title) / 3):
        return []
    return [block for size, block in sized if size >= longest * 0.9]


def _likeliest(found: list[Block], blocks: Sequence[Block]) -> int | None:
    """The first that is no link, a heading before a plain line unless the article lies between them."""
    if not found:
        return None
    prose = [0.0, *accumulate(max(line_value(block), 0.0) for block in blocks)]
    first = next((block for block in found if not block.link_chars), found[0])
    heading = next((block for block in found if block.tag in HEADINGS and not block.link_chars), first)
    near = prose[heading.index] - prose[first.index] < BEGUN_CHARS * 2
    chosen = heading if heading.index >= first.index and near else first
    return chosen.index if prose[chosen.index] <= prose[-1] * MOST_OF_PROSE else None
