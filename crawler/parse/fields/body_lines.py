"""Which lines of the article's element are the article, and why the others are not."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cached_property
from itertools import accumulate, pairwise

from crawler.parse import furniture
from crawler.parse.dates import find_moments
from crawler.parse.document import Block, Document
from crawler.parse.fields.asides import aside_kind
from crawler.parse.fields.body_where import Region
from crawler.parse.fields.captions import Captions
from crawler.parse.fields.credits import is_credits
from crawler.parse.fields.images import Picture
from crawler.parse.labels import close_up
from crawler.parse.lines import words
from crawler.parse.names import read_broken_byline, read_byline, read_signature
from crawler.parse.shapes import letters, plain

CREDIT_CHARS = 80
"""Credits, sources and bylines are no longer."""
HEAD_CHARS = 100
"""Lines of date, source and clicks under a headline are no longer."""
HEAD_LINES = 12
"""So many lines may stand between a headline and the first sentence."""
ORIGINAL_TITLE_CHARS = 120
"""A line of 原标题 is no longer; in a longer one the text begins behind it."""
SMALL_PRINT_CHARS = 400
"""Disclaimers are no longer."""
INVITATION_CHARS = 40
"""Longer sentences of scanning and following may be the story's; they are left out at the text's edges only."""
BOX_TAGS = words("div section aside nav ul ol dl table footer form")
"""Elements that are boxes; a paragraph of an odd class is still a paragraph."""
LINK_SHARE = 0.8
REST_SHARE = 0.3
"""An editor's line with more than this share of the prose behind it does not end the article."""
HEAD_OF_COMMENTS_CHARS = 16
INTERVIEW_TURNS = 3
"""So many lines beginning with 记者 are turns of an interview, not bylines."""
BOX_SHARE = 0.34
"""A box beside the article holds less than this share of the region's text."""

_ATTACHMENT = re.compile(r"^\W*附件|^《[^》]+》$|\.(?:docx?|xlsx?|pptx?|pdf|rar|zip|wps|et)\W*$", re.I)
_STOPS = re.compile(r"[。！？!?；]")
_BROKEN = re.compile(r"^[\ufffd\s\W]*\ufffd[\ufffd\s\W]*$")
_BRACKET = re.compile(r"^[(\[【]([^()\[\]【】]{2,30})[)\]】]$")
_JOINTS = re.compile(r"[\s·•・|]+")


class Verdicts:
    """Why each line is left out; a line without a reason is the article's."""

    def __init__(
        self,
        document: Document,
        region: Region,
        pictures: Sequence[Picture],
        title: str | None,
        drop: Collection[str],
    ) -> None:
        self.document = document
        self.region = region
        self.title = letters(title or "")
        self.drop = {letters(line) for line in drop if letters(line)}
        self.reasons: dict[int, str] = {}
        self.headings: set[int] = set()
        """Lines that may head a box of links."""
        self.texts = {
            line.index: close_up(plain(line.text)) if len(line.text) <= SMALL_PRINT_CHARS else line.text
            for line in region.lines
        }
        turns = sum(1 for text in self.texts.values() if text.startswith(("记者:", "记者 :")))
        self.interview = turns >= INTERVIEW_TURNS
        self.captions = Captions(region.lines, pictures)

    def judge(self) -> dict[int, str]:
        """Line index → reason, for every line that is left out."""
        for line in self.region.lines:
            if reason := self._reason(line, self.texts[line.index]):
                self.reasons[line.index] = reason
        self._broken_bylines()
        self._boxes()
        self._asides()
        self._head()
        self._tail()
        self._edge(self.region.lines)
        self._edge(self.region.lines[::-1])
        return self.reasons

    def _reason(self, line: Block, text: str) -> str:
        if self.region.headline is not None and line.index <= self.region.headline:
            return "headline"
        if "\ufffd" in text and _BROKEN.match(text):
            return "broken characters"
        if len(text) <= ORIGINAL_TITLE_CHARS and furniture.ORIGINAL_TITLE.match(text):
            return "original title"
        if len(text) <= CREDIT_CHARS and (reason := self._short(line, text)):
            return reason
        if len(text) <= SMALL_PRINT_CHARS and furniture.DISCLAIMER.search(text):
            return "disclaimer"
        return "caption" if self.captions.is_caption(line) else ""

    def _short(self, line: Block, text: str) -> str:
        same = letters(text)
        if same and (same in self.drop or same == self.title):
            return "headline"
        if len(text) <= 16 and furniture.RELATED.match(_JOINTS.sub("", text)):
            self.headings.add(line.index)
        if self.interview and text.startswith("记者"):
            return ""
        ended = _STOPS.search(text) is not None
        if not ended and (reason := self._labelled(text)):
            return reason
        if furniture.INVITATION.search(text) and (not ended or len(text) <= INVITATION_CHARS):
            return "invitation"
        if furniture.CONTROLS.match(text) and not text.isdigit():
            return "controls"
        if not ended and furniture.FOOTER.search(text):
            return "footer"
        if line.link_share >= LINK_SHARE and not _ATTACHMENT.search(text):
            return "link"
        return ""

    def _labelled(self, text: str) -> str:
        if furniture.EDITOR_LINE.match(text) or is_credits(text):
            return "credits"
        if furniture.SOURCE_LINE.match(text):
            return "source"
        if furniture.META_LINE.match(text) or furniture.IMPRINT.match(text):
            return "page data"
        return "byline" if read_byline(text) else ""

    def _broken_bylines(self) -> None:
        """Bylines over two lines: the role at the end of one, names alone on the next."""
        for line, following in pairwise(self.region.lines):
            if read_broken_byline(self.texts[line.index], self.texts[following.index]):
                for one in (line, following):
                    self.reasons.setdefault(one.index, "byline")

    def _boxes(self) -> None:
        """A box that a line like 相关阅读 heads and that holds links; without a box, the links that follow."""
        places = {line.index: place for place, line in enumerate(self.region.lines)}
        for index in sorted(self.headings):
            inside = self._box_of(self.region.lines[places[index]])
            following = []
            for line in self.region.lines[places[index] + 1 :]:
                if line.index not in inside and line.link_share < LINK_SHARE:
                    break
                following.append(line)
            if any(line.link_share >= LINK_SHARE for line in following):
                for line in following:
                    self.reasons.setdefault(line.index, "related")
                self.reasons[index] = "related"

    def _asides(self) -> None:
        """Boxes inside the region that say they stand beside the article: adverts, share bars, recommendations."""
        first, end = self.region.lines[0].index, self.region.lines[-1].index + 1
        limit = self._sizes[-1] * BOX_SHARE
        for span in self.document.spans:
            inside = first <= span.start and span.end <= end and span.element.tag in BOX_TAGS
            if not inside or self._sizes[span.end - first] - self._sizes[span.start - first] > limit:
                continue
            if aside_kind(span.element):
                self.reasons |= {index: "related" for index in range(span.start, span.end) if index not in self.reasons}

    def _box_of(self, line: Block) -> range:
        """The lines of the largest element around a line, below the region, that holds little of its text."""
        sizes = self._sizes
        first = self.region.lines[0].index
        limit = sizes[-1] * BOX_SHARE
        box = range(line.index, line.index + 1)
        for span in self.document.spans:  # children come before their parents
            if not (span.start <= line.index < span.end) or span.start < first:
                continue
            held = sizes[min(span.end - first, len(sizes) - 1)] - sizes[span.start - first]
            if held > limit:
                break
            box = range(span.start, span.end)
        return box

    @cached_property
    def _sizes(self) -> list[int]:
        return [0, *accumulate(len(line.text) for line in self.region.lines)]

    def _head(self) -> None:
        """Before the first sentence: the headline in pieces, the line with date and source, and all above it."""
        head: list[Block] = []
        for line in self.region.lines[:HEAD_LINES]:
            text = self.texts[line.index]
            if line.index not in self.reasons:
                if self._is_headline_part(text) or _is_data(text):
                    for one in head:
                        self.reasons.setdefault(one.index, "head")
                    self.reasons[line.index] = "head"
                elif len(text) > HEAD_CHARS or _STOPS.search(text):
                    return
            head.append(line)

    def _is_headline_part(self, text: str) -> bool:
        part = letters(text)
        return len(part) >= 4 and part in self.title

    def _tail(self) -> None:
        """Everything behind the line that ends the article."""
        lines = self.region.lines
        kept = [0 if line.index in self.reasons else len(line.text) for line in lines]
        total = sum(kept)
        before = 0
        for place, line in enumerate(lines):
            before += kept[place]
            ends = self.reasons.get(line.index) in ("credits", "disclaimer", "footer")
            thread = len(line.text) <= HEAD_OF_COMMENTS_CHARS and furniture.COMMENTS_BELOW.match(self.texts[line.index])
            if before > 0 and ((ends and total - before <= total * REST_SHARE) or thread):
                self.reasons.setdefault(line.index, "comments")
                for other in lines[place + 1 :]:
                    self.reasons.setdefault(other.index, "after the end")
                return

    def _edge(self, lines: Sequence[Block]) -> None:
        """Loose signs of furniture count while nothing but furniture stands between them and the edge."""
        for line in lines:
            if line.index in self.reasons:
                continue
            reason = self._loose(line, self.texts[line.index])
            if not reason:
                return
            self.reasons[line.index] = reason

    def _loose(self, line: Block, text: str) -> str:
        if line.index in self.headings:
            return "related"
        if len(text) <= SMALL_PRINT_CHARS and furniture.DISCLAIMER_LOOSE.search(text):
            return "disclaimer"
        if len(text) > CREDIT_CHARS:
            return ""
        if furniture.INVITATION.search(text) or furniture.INVITATION_LOOSE.search(text):
            return "invitation"
        if furniture.META_LOOSE.match(text):
            return "page data"
        if (bracket := _BRACKET.match(text)) and read_signature(bracket[1]):
            return "byline"
        return "credits" if furniture.CREDITS_LOOSE.match(text) and not _STOPS.search(text) else ""


def _is_data(text: str) -> bool:
    """A date with little around it: `2024-07-26 09:30 青石日报 阅读 12`."""
    if len(text) > HEAD_CHARS or _STOPS.search(text) or "," in text:
        return False
    moments = find_moments(text)
    rest = len(text) - sum(found.end - found.start for found in moments)
    return bool(moments) and rest <= 30
