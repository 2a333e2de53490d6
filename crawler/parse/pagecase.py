"""What can be counted on a page that may be no article: the figures on which `notarticle` decides.

Each is computed when it is first asked for: most pages are articles, and two or three figures show it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from crawler.parse.dates import broken_moment, find_moments
from crawler.parse.document import Block, Document
from crawler.parse.fields.body import BodyReading
from crawler.parse.fields.images import pictures_of
from crawler.parse.furniture import FOOTER
from crawler.parse.labels import Label, take_apart
from crawler.parse.scene import stand_of
from crawler.parse.shapes import plain

LONG_CHARS = 600
"""No error page and no challenge says so much."""
SIGN_CHARS = 60
"""A line that says that something went wrong is no longer; longer ones tell a story about it."""
HEADLINE_CHARS = 8
"""Letters of a link that is a headline; menus say less."""
ALBUM_PICTURES = 4
"""An album has so many pictures; fewer illustrate."""
NEAR_HEADLINE = 12
"""Lines below a headline among which the time or the source of an article stands."""

_DAY = re.compile(r"\d{1,2}[-/.月]\d{1,2}")


@dataclass(frozen=True, kw_only=True)
class Case:
    """A page, what was read as its text, and what can be counted on it."""

    document: Document
    body: BodyReading | None
    headline: str | None

    @property
    def blocks(self) -> Sequence[Block]:
        """The visible lines."""
        return self.document.blocks

    @property
    def text(self) -> str:
        """What was read as the article; nothing where nothing was."""
        return self.body.text if self.body else ""

    @cached_property
    def headlines(self) -> frozenset[int]:
        """Indexes of the lines that are links and say as much as a headline."""
        return frozenset(line.index for line in self.blocks if line.link_chars and self.leads_away(line))

    def leads_away(self, line: Block) -> bool:
        """Whether a line is a link that says as much as a headline."""
        return (
            line.link_share > 0.5
            and len(self.document.keys[line.index]) >= HEADLINE_CHARS
            and not FOOTER.search(line.text)
        )

    @cached_property
    def linked(self) -> Sequence[Block]:
        """The same lines, in page order."""
        return [line for line in self.blocks if line.index in self.headlines]

    @cached_property
    def rows(self) -> Sequence[Block]:
        """Those of them beside which a day stands."""
        return [line for line in self.linked if _has_day(line, self.blocks)]

    @cached_property
    def sentences(self) -> int:
        """Characters of the lines outside of links that are sentences; of a long article its own are enough."""
        own = len(self.text)
        return own if own > LONG_CHARS else sum(len(line.text) for line in self.blocks if _is_sentence(line))

    @cached_property
    def own_chars(self) -> int:
        """Characters of the paragraphs of what was read as the article."""
        return sum(len(line) for line in self.text.splitlines() if len(line) >= SIGN_CHARS // 2)

    @cached_property
    def following(self) -> int:
        """Sentences that each follow a headline in a link."""
        return sum(_heads_item(line, self.blocks) for line in self.linked)

    @cached_property
    def prose(self) -> int:
        """Lines outside of links that are sentences."""
        return sum(map(_is_sentence, self.blocks))

    @cached_property
    def pictures(self) -> int:
        """Pictures of the article; of the whole page where these are too few for an album."""
        own = len(self.body.images) if self.body else 0
        return own if own >= ALBUM_PICTURES else len(pictures_of(self.document.root, (), self.document.page.url))

    @cached_property
    def shown_chars(self) -> int:
        """Characters outside of links and of the footer."""
        return sum(len(line.text) for line in self.blocks if line.link_share < 0.5 and not FOOTER.search(line.text))

    @cached_property
    def script_chars(self) -> int:
        """Characters in scripts."""
        return sum(len(element.text or "") for element in self.document.root.iter("script"))

    @cached_property
    def announced(self) -> bool:
        """Whether the page does what only articles do: print time, source or people beside a headline of its own."""
        stand = stand_of(self.headline, self.document) if self.headline else None
        if stand is None or self.blocks[stand[0]].link_share > 0.5:
            return False
        near = self.blocks[stand[1] + 1 :][:NEAR_HEADLINE]
        below = list(takewhile(lambda line: not self.leads_away(line), near))
        above = self.blocks[max(stand[0] - 3, 0) : stand[0]]
        ends = self.blocks[self.body.lines[-1].index + 1 :][:3] if self.body and self.body.lines else ()
        texts = [line.text for line in below]
        return (
            any(map(_announces, (*above, *below)))
            or any(_announces(line, time=False) for line in ends)
            or any(broken_moment(texts[place : place + 4]) for place in range(len(texts)))
        )


def _heads_item(line: Block, blocks: Sequence[Block]) -> bool:
    """Whether a line is a linked headline above a summary; a day may stand between them."""
    below = blocks[line.index + 1 : line.index + 3]
    if below and len(below[0].text) < SIGN_CHARS and find_moments(below[0].text):
        below = below[1:]
    return bool(below) and _is_sentence(below[0])


def _announces(line: Block, *, time: bool = True) -> bool:
    """Whether a line names a source, an author or an editor; or, above a text, a time."""
    if line.link_share > 0.5 or len(line.text) > 2 * SIGN_CHARS:
        return False
    info = take_apart(line.text)
    return (time and bool(info.moments)) or any(
        one.value and not one.glued
        for one in info.of(Label.SOURCE, Label.EDITOR, Label.EDITOR_PLAIN, Label.AUTHOR, Label.TIME)
    )


def _has_day(line: Block, blocks: Sequence[Block]) -> bool:
    """Whether a day stands in a linked headline's line or alone in the next."""
    if _DAY.search(plain(line.text)):
        return True
    following = blocks[line.index + 1].text if line.index + 1 < len(blocks) else ""
    return len(following) <= 24 and _DAY.search(plain(following)) is not None


def _is_sentence(line: Block) -> bool:
    return (
        line.link_share < 0.5
        and len(line.text) >= 16
        and not FOOTER.search(line.text)
        and re.search("[，。！？；]", line.text) is not None
    )
