"""What each line of a page says for or against the article standing there.

Prose is worth its length, links, controls and small print cost theirs. What stands behind a lot of furniture is trusted
less, for articles follow their headline and end before the share bar.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import accumulate

from lxml.html import HtmlElement

from crawler.parse.dates import find_moments
from crawler.parse.document import Block, Document, Span
from crawler.parse.fields.asides import aside_kind
from crawler.parse.furniture import (
    COMMENTS_BELOW,
    COMMENTS_HEAD,
    CONTROLS,
    DISCLAIMER,
    EDITOR_ANYWHERE,
    EDITOR_LINE,
    FOOTER,
    META_LINE,
    RELATED,
    SOURCE_LINE,
)
from crawler.parse.shapes import plain

PROSE_CHARS = 16
"""A line with a comma or a full stop counts as prose from this length on."""
SENTENCE_CHARS = 5
"""A shorter one is no sentence, whatever it ends with."""
TRUST_CHARS = 200
"""After so much furniture behind the headline, prose is worth half."""
BEGUN_CHARS = 40
"""Furniture counts from this much prose on: what stands between headline and article says nothing."""
END_AFTER_CHARS = 80
"""An editor's line behind this much prose ends an article; before it, it belongs to the lines under the headline."""
AFTER_END = 0.3
"""What prose is worth behind the editor's line, the head of the comments, the footer; behind two of them its square."""
_MAY_END = re.compile("[编編缉审審校监監稿值核签评留跟说备权许地关联违©]|opyright|OPYRIGHT|[Rr]ights|RIGHTS")
"""Signs without which no line is one of them: asked first, for it takes a tenth of the time."""
LINK_CHARS = 16
"""A line with links is an end only if shorter: 查看评论, not the headlines of other stories."""
ENDS = {"editor": EDITOR_ANYWHERE, "comments": COMMENTS_HEAD, "thread": COMMENTS_BELOW, "footer": FOOTER}
"""What ends an article; behind the head of a thread of comments nothing is worth anything."""
SHORT_COST = 6
"""What a short line without any mark costs: sub-headings stay cheap, menus add up."""
MAX_LINE_VALUE = 600
"""A line is worth no more: one endless line of spam does not outweigh an article."""
HEADLINE_LETTERS = 8
TEASER = 0.2
"""What prose right below a linked headline is worth: it tells of another page."""
BOX_LINES = 5
"""Lines of an item in a list of stories: headline, summary, day, source, a button."""
BOX_STEPS = 4
"""Steps up from a summary to its item's box."""
MOST_OF_PROSE = 0.5
"""An element with this share of a page's prose is not beside anything, whatever it is called."""
INFO_CHARS = 60
"""A line of time and source is no longer."""
INFO_REST = 30
"""Characters beside the time in it, at most."""

_STOPS = re.compile(r"[，。；！？：、,;!?“”…]")
_BEGINNINGS = (CONTROLS, META_LINE, SOURCE_LINE, EDITOR_LINE, RELATED)
_DAY = re.compile(r"\d{4}\s*[-/.年]\s*\d")
_SENTENCE = re.compile(r"[，。！？；]")
_SENTENCE_END = re.compile(r"[。！？][”’」）)]?$")


def trusted_values(document: Document, headline: int | None, plain_values: list[float]) -> list[float]:
    """What each line is worth where it stands; lines of boxes beside the article count against them.

    Args:
        document: the page.
        headline: index of the line that shows the headline, where one was found.
        plain_values: what each line is worth by itself.
    """
    teasers = _teasers(document, plain_values)
    values = [value * TEASER if place in teasers else value for place, value in enumerate(plain_values)]
    excluded = _excluded(document, headline, _placed(document, headline, values))
    return _placed(
        document, headline, [-abs(value) if place in excluded else value for place, value in enumerate(values)]
    )


def _placed(document: Document, headline: int | None, values: list[float]) -> list[float]:
    """Values as far as they are believed from the top of the page down."""
    trust = _Trust(headline)
    return [trust.value_of(block, value) for block, value in zip(document.blocks, values, strict=True)]


def _teasers(document: Document, values: list[float]) -> set[int]:
    """Prose right below a linked headline, in one small box with it or above the next one."""
    blocks, keys = document.blocks, document.keys
    linked = {block.index for block in blocks if _is_linked_headline(block, keys)}
    below = [blocks[place + 1] for place in linked if place + 1 < len(blocks) and values[place + 1] > 0]
    held = {span.element: span for span in document.spans} if below else {}
    return {block.index for block in below if block.index + 1 in linked or _in_small_box(block, held)}


def _in_small_box(block: Block, held: Mapping[HtmlElement, Span]) -> bool:
    """Whether the smallest element that holds a line and the one before it holds few more."""
    node: HtmlElement | None = block.element
    for _ in range(BOX_STEPS):
        span = held.get(node) if node is not None else None
        if span is not None and span.start < block.index:
            return span.end - span.start <= BOX_LINES
        node = node.getparent() if node is not None else None
    return False


class _Trust:
    """How far prose is believed to be the article's, from the top of the page down."""

    def __init__(self, headline: int | None) -> None:
        self.headline = -1 if headline is None else headline
        self.furniture = 0.0
        self.prose = 0.0
        self.ends: set[str] = set()

    def value_of(self, block: Block, value: float) -> float:
        if block.index <= self.headline:
            return min(value, 0.0)
        if value > 0:
            self.prose += value
            after = 0.0 if "thread" in self.ends else AFTER_END ** len(self.ends)
            return value / (1 + (self.furniture / TRUST_CHARS) ** 2) * after
        if value < -SHORT_COST and self.prose > BEGUN_CHARS:
            self.furniture -= value
            if self.prose > END_AFTER_CHARS and _MAY_END.search(block.text):
                self.ends |= _ends(block)
        return value


def _ends(block: Block) -> set[str]:
    """What ends of articles a line is."""
    if len(block.text) >= (LINK_CHARS if block.link_chars else INFO_CHARS):
        return set()
    return {kind for kind, pattern in ENDS.items() if pattern.search(plain(block.text))}


def _is_linked_headline(block: Block, keys: Sequence[str]) -> bool:
    """Whether a line is a link that says as much as a headline does; menus say less."""
    return block.link_chars > len(block.text) / 2 and len(keys[block.index]) >= HEADLINE_LETTERS


def line_value(block: Block) -> float:
    """What one line says for its element holding an article: its length for prose, less than nothing for furniture."""
    text = block.text
    size = len(text)
    if block.link_chars > size / 2:
        return -(min(size, 40) + 10.0)
    if size <= 60 and _is_furniture(text):
        return -(size / 2 + 12.0)
    stops = len(_STOPS.findall(text))
    if stops and SENTENCE_CHARS <= size < PROSE_CHARS and _SENTENCE_END.search(text):
        return size / 2
    if not stops or size < PROSE_CHARS or is_info(text):
        return -float(SHORT_COST)
    if FOOTER.search(text) or DISCLAIMER.search(plain(text)):
        return -min(size, 60.0)
    return float(min(size - block.link_chars, MAX_LINE_VALUE, stops * 60))


def is_info(text: str) -> bool:
    """Whether a line is a time with little around it: `2024-07-26 09:30　来源：青石日报`."""
    if len(text) > INFO_CHARS or not _DAY.search(text) or _SENTENCE.search(text):
        return False
    rest = len(text) - sum(found.end - found.start for found in find_moments(text))
    return rest <= INFO_REST


def _is_furniture(text: str) -> bool:
    line = plain(text)
    return any(pattern.match(line) for pattern in _BEGINNINGS) or FOOTER.search(line) is not None


def _excluded(document: Document, headline: int | None, values: list[float]) -> set[int]:
    """Lines inside elements that say they are comments, or some other part beside the article.

    One that holds the headline or most of the page's prose is not believed.
    """
    prose = [0.0, *accumulate(max(value, 0.0) for value in values)]
    most = prose[-1] * MOST_OF_PROSE
    out: set[int] = set()
    for span in document.spans:
        if headline is not None and span.start <= headline:
            continue  # it holds the headline, or stands above it, where nothing counts anyway
        held = prose[min(span.end, len(values))] - prose[span.start]
        kind = aside_kind(span.element) if held > 0 else ""
        if kind == "comments" or (kind and held < most):
            out.update(range(span.start, span.end))
    return out
