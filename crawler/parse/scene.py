"""Where things stand on a page: its headline, the lines around it, the lines around the end of the article.

Readers of time, source, editor and authors look there first: what is printed beside the headline or under the last
paragraph speaks of the article; the same words elsewhere speak of other stories.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property

from lxml.html import HtmlElement

from crawler.parse.dates import broken_moment, day_in_url, read_stamp, year_in_url
from crawler.parse.document import HEADINGS, Block, Document
from crawler.parse.fields.asides import aside_kind
from crawler.parse.labels import InfoLine, take_apart
from crawler.parse.shapes import letters
from crawler.parse.spoken import spoken
from storage.records import Moment, Page

ABOVE_HEADLINE = 6
"""Lines above the headline that may belong to it: a kicker, the time, the outlet's logo line."""
BELOW_HEADLINE = 40
"""Lines between headline and text, at most: share buttons and font sizes, one word a line, take some thirty."""
INTO_BODY = 4
"""Lines of the article that may still be its byline or its source."""
OUT_OF_BODY = 8
"""Last lines of the article that may be its byline, source or editor."""
BELOW_BODY = 16
"""Lines under the article that may still belong to it: paging, buttons, then source and editor."""
LINKED = 0.8
"""A line with this share of its characters in links leads elsewhere."""
_COLONS = (":", "：")
MAX_SHORT = 160
"""Characters. Longer lines are prose."""


class Scene:
    """A document with its headline and its body found. What it computes, it computes once."""

    def __init__(
        self,
        document: Document,
        *,
        title: str | None,
        body_text: str = "",
        body_element: HtmlElement | None = None,
        captions: Collection[str] = (),
    ) -> None:
        """What was found so far.

        Args:
            document: the page.
            title: the headline, where one was found.
            body_text: the article's text, one line a paragraph.
            body_element: the element that holds it.
            captions: lines that speak of pictures: who took them and where from, not who wrote the article.
        """
        self.document = document
        self.title = title
        self.body_lines = [line for line in body_text.splitlines() if line]
        self.body_element = body_element
        self.captions = frozenset(captions)
        self._taken: dict[int, InfoLine] = {}

    @property
    def page(self) -> Page:
        """The page the document was made of."""
        return self.document.page

    @property
    def blocks(self) -> list[Block]:
        """The visible lines of the document."""
        return self.document.blocks

    @cached_property
    def headline(self) -> tuple[int, int] | None:
        """First and last line of the headline; None where it does not stand on the page."""
        return stand_of(self.title, self.document) if self.title else None

    @cached_property
    def body(self) -> tuple[int, int] | None:
        """First and last line of the article's text; None where none was found."""
        span = self._by_text() or self._by_element()
        if span is None or self.headline is None or span[0] > self.headline[1] or span[1] <= self.headline[1]:
            return span
        return self.headline[1] + 1, span[1]

    def _by_text(self) -> tuple[int, int] | None:
        if not self.body_lines:
            return None
        first, last = set(self.body_lines[:2]), set(self.body_lines[-2:])
        floor = self.headline[1] if self.headline else -1
        starts = [block.index for block in self.blocks if block.text in first and block.index > floor]
        if not starts:
            return None
        ends = [block.index for block in self.blocks if block.text in last and block.index >= starts[0]]
        return (starts[0], max(ends)) if ends else None

    def _by_element(self) -> tuple[int, int] | None:
        if self.body_element is None:
            return None
        inside = set(self.body_element.iter())
        places = [block.index for block in self.blocks if block.element in inside]
        return (places[0], places[-1]) if places else None

    @cached_property
    def head(self) -> Sequence[Block]:
        """The lines around the headline up to the first lines of the text."""
        headline, body = self.headline, self.body
        if headline is None and body is None:
            return self.blocks[:BELOW_HEADLINE]
        start = headline[0] - ABOVE_HEADLINE if headline else body[0] - BELOW_HEADLINE // 2 if body else 0
        after = headline[1] + 1 if headline else max(start, 0)
        end = after + BELOW_HEADLINE
        if body is not None and body[0] >= after:
            end = min(end, body[0] + INTO_BODY, body[1] + 1)
        return [block for block in self.blocks[max(start, 0) : end] if block.text not in self.captions]

    @cached_property
    def tail(self) -> Sequence[Block]:
        """The last lines of the text and those under it."""
        if self.body is None:
            return ()
        floor = self.head[-1].index + 1 if self.head and self.head[-1].index < self.body[1] else self.body[0]
        start = max(self.body[1] - OUT_OF_BODY + 1, min(floor, self.body[1] + 1))
        inside, below = self.blocks[start : self.body[1] + 1], self.blocks[self.body[1] + 1 :][:BELOW_BODY]
        known: dict[HtmlElement, bool] = {}
        ours = [*inside, *(block for block in below if not _is_comment(block.element, known))]
        return [block for block in ours if block.text not in self.captions]

    def in_body(self, block: Block) -> bool:
        """Whether a line is one of the article's text."""
        return self.body is not None and self.body[0] <= block.index <= self.body[1]

    def after(self, block: Block) -> Block | None:
        """The next line that is not a colon alone."""
        following = self.blocks[block.index + 1 : block.index + 3]
        return next((line for line in following if line.text not in _COLONS), None)

    def info(self, block: Block) -> InfoLine:
        """The line taken apart into labels, times and rest; of prose only its end."""
        known = self._taken.get(block.index)
        if known is None:
            text = spoken(block) if len(block.text) <= MAX_SHORT else block.text[-MAX_SHORT // 2 :]
            known = self._taken[block.index] = take_apart(text, self.year)
        return known

    def broken_moment(self, block: Block) -> tuple[Moment, int] | None:
        """The time that begins with a year alone on this line, and how many lines it takes."""
        return broken_moment([one.text for one in self.blocks[block.index : block.index + 4]])

    @cached_property
    def year(self) -> int | None:
        """The year of publication as URL, meta or list page give it: what a printed `07-26 09:30` lacks."""
        page = self.page
        if (day := day_in_url(page.url) or page.context.listed_day or page.context.issue_date) is not None:
            return day.year
        stamps = (read_stamp(value) for key, value in self.document.meta.items() if "publ" in key or "time" in key)
        known = next((stamp for stamp in stamps if stamp is not None), None)
        return known.day.year if known else year_in_url(page.url)


def _is_comment(element: HtmlElement | None, known: dict[HtmlElement, bool]) -> bool:
    """Whether an element, or one around it, says that it holds comments: readers are no authors."""
    path: list[HtmlElement] = []
    while element is not None and element not in known and aside_kind(element) != "comments":
        path.append(element)
        element = element.getparent()
    inside = element is not None and known.get(element, True)
    known.update(dict.fromkeys(path, inside))
    return inside


def stand_of(title: str, document: Document) -> tuple[int, int] | None:
    """Where a title stands: first and last line. A heading before plain text, plain text before links."""
    if title not in document.stands:
        document.stands[title] = _stand_of(letters(title), document)
    return document.stands[title]


def _stand_of(wanted: str, document: Document) -> tuple[int, int] | None:
    if not wanted:
        return None
    best: tuple[float, int, int] | None = None
    for place, got in enumerate(document.keys):
        if len(got) < 2 or not wanted.startswith(got):
            continue
        block = document.blocks[place]
        end = _completed(got, wanted, place, document.keys)
        if end is not None:
            rank = 7.0 - int(block.tag[1]) if block.tag in HEADINGS else 0.5
            if block.link_share > LINKED:
                rank /= 14  # of another page that tells the same
            if best is None or rank > best[0]:
                best = (rank, place, end)
    return best[1:] if best else None


def _completed(got: str, wanted: str, place: int, keys: Sequence[str]) -> int | None:
    """The line with which a title that begins in one line is complete; None where the next lines say other things."""
    while got != wanted:
        place += 1
        if place >= len(keys):
            return None
        more = keys[place]
        if not more or not wanted.startswith(got + more):
            return None
        got += more
    return place
