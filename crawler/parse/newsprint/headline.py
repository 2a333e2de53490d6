"""Which line of a headline group is the headline; what stands above it is the kicker, what stands below the subtitle.

How the lines are set is one witness, what page and index call the article are others. What they say is matched with the
lines first: an index may join headline and subtitle with a blank, a `title` element may add the paper's name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from crawler.parse.anchors import is_empty_word
from crawler.parse.document import Document
from crawler.parse.fields import title as general
from crawler.parse.newsprint import words
from crawler.parse.newsprint.opening import HeadLine, Opening
from crawler.parse.newsprint.printline import is_data
from crawler.parse.shapes import fold, letters, plain
from crawler.parse.vote import Witness

MOST_JOINED = 5
"""Lines of a group that one claim may name together."""
UNMATCHED = 0.5
"""What a claim is worth that no line of the group bears out: nothing either way."""
CALLED_TRUST = 0.97
"""Of a line that the index of the issue calls the article by: more than of its size, for mastheads are larger."""
TIE_TRUSTS = (0.75, 0.9, 0.97)
"""What a line is given, one after the other, until one headline outweighs all others together."""
SHORTEST_KICKER = 18
"""Characters. What stands above a plain headline and is longer than it by `KICKER_RATIO` is its kicker."""
KICKER_RATIO = 1.5
SHORTEST_TITLE = 6
MOST_LINES = 3
"""Lines of a kicker or a subtitle."""

_PARTS = re.compile(r"\s*[_|｜]+\s*|\s+[-–—]+\s+|--+|\s*>+\s*")
_CUT = re.compile(r"(?:…+|\.{2,}|。{2,})$")

Run = tuple[int, int]
"""First and last place in a headline group."""


@dataclass(frozen=True, kw_only=True)
class Headlines:
    """A headline group with what is claimed of it."""

    opening: Opening | None
    papers: Collection[str] = ()
    told: tuple[str, ...] = ()
    """What page and index call the article: tells whether the lines of a broken headline are joined with a blank."""

    @property
    def head(self) -> Sequence[HeadLine]:
        """The lines of the group."""
        return self.opening.head if self.opening else ()

    def witnesses(self, claims: Iterable[Witness[str]]) -> list[Witness[str]]:
        """Witnesses of the headline: the claims, each matched with the lines, and the lines themselves.

        Where they are at odds the line set largest wins: a headline taken for its kicker is better than no article.
        """
        heard = list(self._heard(claims))
        favourite = next((one.value for one in heard if one.rule == "type size"), None)
        for trust in TIE_TRUSTS:
            ballot = general.decide(heard)
            if ballot.value is not None or not ballot.winners:
                break
            value = favourite or ballot.winners[0].value
            heard.append(Witness(value=value, rule="tie", place="claims at odds", trust=trust))
        return heard

    def _heard(self, claims: Iterable[Witness[str]]) -> Iterator[Witness[str]]:
        for claim in claims:
            if claim.value is not None and (matched := self._matched(claim)) is not None:
                yield matched
        yield from self._by_type()
        if (run := self._by_order()) is not None:
            yield Witness(value=self.text_of(run), rule="order", place="headline group", trust=0.6)

    def _matched(self, claim: Witness[str]) -> Witness[str] | None:
        value = self.cleaned(claim.value or "")
        if not value:
            return None
        run = self.find(value)
        if run is not None:
            sure = claim.rule == "context" and not _CUT.search(value)
            trust = CALLED_TRUST if sure else claim.trust
            # The line stands on the page, whoever pointed to it: its words are the page's own, not the index's.
            rule = "called" if claim.rule == "context" else claim.rule
            return replace(claim, value=self.text_of(self._headline_in(run)), trust=trust, rule=rule)
        if not self.head or claim.rule in ("selector", "input"):
            return replace(claim, value=value)
        return replace(claim, value=value, trust=UNMATCHED) if claim.rule == "context" else None

    def cleaned(self, value: str) -> str:
        """A claim without the names of paper and page beside it; empty where nothing else is in it."""
        parts = [part for part in _PARTS.split(fold(value)) if part]
        kept = [part for part in parts if not is_data(plain(part), self.papers)]
        return fold(value) if len(kept) == len(parts) else " ".join(kept)

    def find(self, value: str) -> Run | None:
        """The lines that a claim names: all of them together, else those it holds most of, else one it begins with."""
        wanted = letters(_CUT.sub("", value))
        if not wanted:
            return None
        same = next((run for run, own in self._named if own == wanted), None)
        if same is not None:
            return same
        if _CUT.search(value) and len(wanted) >= SHORTEST_TITLE:
            cut = next((run for run, own in self._named if run[0] == run[1] and own.startswith(wanted)), None)
            if cut is not None:
                return cut
        held = [(run, own) for run, own in self._named if len(own) >= SHORTEST_TITLE and own in wanted]
        longest = max(held, key=lambda pair: len(pair[1]), default=None)
        return longest[0] if longest and len(longest[1]) * 2 > len(wanted) else None

    @cached_property
    def _named(self) -> list[tuple[Run, str]]:
        """Every sequence of lines that could be named together, short ones first, each with its letters."""
        own = [letters(line.text) for line in self.head]
        sizes = range(min(MOST_JOINED, len(own)))
        runs = [(first, first + size) for size in sizes for first in range(len(own) - size)]
        return [(run, "".join(own[run[0] : run[1] + 1])) for run in runs]

    def _headline_in(self, run: Run) -> Run:
        """The headline among lines that were named together: the heaviest, else the first that may be one."""
        first, last = run
        if first == last:
            return run
        places = [place for place in range(first, last + 1) if not self.head[place].is_dashed] or [first]
        top = max(self.head[place].setting.weight for place in places)
        heaviest = [place for place in places if self.head[place].setting.weight == top]
        if len(heaviest) == len(places) and self.opening and top <= self.opening.text_weight:
            place = places[_plain_headline([self.head[place] for place in places])]
            return place, place
        end = heaviest[0]
        while end + 1 in heaviest:
            end += 1
        return heaviest[0], end

    def _by_type(self) -> Iterator[Witness[str]]:
        """The line set largest, where that is larger than the text; of several the one that order tells."""
        if not self.head or self.opening is None:
            return
        weights = [(0.0, False) if line.is_dashed else line.setting.weight for line in self.head]
        top = max(weights)
        if top <= self.opening.text_weight:
            return
        largest = [place for place, weight in enumerate(weights) if weight == top]
        distinct = {letters(self.head[place].text) for place in largest}
        place = largest[_plain_headline([self.head[place] for place in largest])] if len(distinct) > 1 else largest[0]
        larger = top[0] > self.opening.text_weight[0]
        trust = (0.92 if larger else 0.78) if len(distinct) == 1 else 0.68
        yield Witness(value=self.text_of((place, place)), rule="type size", place=f"{top[0]:g}px", trust=trust)

    def _by_order(self) -> Run | None:
        """The headline of lines that nothing but their order tells apart: of those next to the text."""
        starts = [place for place, line in enumerate(self.head) if line.parted]
        first = starts[-1] if starts else 0
        if not self.head:
            return None
        place = first + _plain_headline(self.head[first:])
        return place, place

    def text_of(self, run: Run) -> str:
        """The lines as one headline: joined as page or index join them, else with a blank."""
        texts = [text for line in self.head[run[0] : run[1] + 1] for text in line.texts]
        glued = "".join(texts)
        return glued if any(glued in claim for claim in self.told) else fold(" ".join(texts))

    def around(self, title: str) -> tuple[tuple[HeadLine, ...], tuple[HeadLine, ...]]:
        """The lines above and below a headline, without those that say the same and those above a date above it.

        Where a page prints the group twice, beside the text and in it, a line goes by the nearest headline on its side.
        """
        wanted = letters(title)
        places = [run for run, own in self._named if own == wanted]
        above: dict[str, HeadLine] = {}
        below: dict[str, HeadLine] = {}
        for place, line in enumerate(self.head):
            same = letters(line.text)
            if not places or any(run[0] <= place <= run[1] for run in places) or not same or same in wanted:
                continue
            alike = [run for run in places if self.head[run[0]].inside == line.inside]
            run = min(alike or places, key=lambda one: min(abs(one[0] - place), abs(one[1] - place)))
            if place < run[0] and not any(one.parted for one in self.head[place + 1 : run[0] + 1]):
                above.setdefault(same, line)
            elif place > run[1]:
                below.setdefault(same, line)
        kicker = [line for same, line in above.items() if same not in below]
        return tuple(kicker[-MOST_LINES:]), tuple(below.values())[:MOST_LINES]


def _plain_headline(lines: Sequence[HeadLine]) -> int:
    """Place of the headline among lines set alike: the first, unless that is a kicker."""
    texts = [line.text for line in lines]
    if len(texts) > 1 and lines[0].is_dashed:
        return 1
    if len(texts) < 2 or lines[1].is_dashed or words.SUBTITLE_ENDS.search(plain(texts[1])):
        return 0
    first, second = len(texts[0]), len(texts[1])
    is_kicker = first >= SHORTEST_KICKER and first >= KICKER_RATIO * second and second >= SHORTEST_TITLE
    return int(is_kicker)


def claims_on(document: Document, selected: Iterable[Witness[str]]) -> list[Witness[str]]:
    """What profile, page and index call the article."""
    found = list(selected)
    if title := hidden_field(document, "text_title"):
        found.append(Witness(value=title, rule="input", place="#Text_title", trust=0.93))
    text = document.page.context.link_text
    if text and not is_empty_word(text):
        found.append(Witness(value=fold(text), rule="context", place="text of the link", trust=0.9))
    # That a line is a heading is said by its size already.
    return [*found, *(witness for witness in general.hear(document) if witness.rule != "lone heading")]


def hidden_field(document: Document, name: str) -> str:
    """What an `input` of that id or name holds: skins keep there what they do not print."""
    for element in document.root.iter("input"):
        if (element.get("id") or element.get("name") or "").lower() == name and element.get("value"):
            return fold(element.get("value") or "")
    return ""
