"""Where the headline group of a print article ends and its text begins.

Print says so by how it sets its lines, and by how reports begin: a byline, a dateline, a lead box. Pages that keep only
the lines leave the second alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from crawler.parse.document import HEADINGS
from crawler.parse.newsprint import words
from crawler.parse.newsprint.printline import LONGEST_HEADLINE, Line
from crawler.parse.newsprint.signature import bare_name
from crawler.parse.newsprint.typeset import DEFAULT_PX, Setting, sized_by
from crawler.parse.shapes import fold

LONGEST_SET = 110
"""Characters of a line of the headline group that is set larger or bolder than the text."""
MOST_LINES = 6
"""Lines of a headline group that nothing sets off."""
MOST_SET = 12
"""Lines of a headline group, printed twice."""
SOON = 4
"""So many lines below a subtitle set like the text, a byline or a dateline stands."""


@dataclass(frozen=True, kw_only=True)
class HeadLine:
    """One line of the headline group; a headline that is broken over several lines is one."""

    lines: tuple[Line, ...] = field(repr=False)
    parted: bool
    """Whether a date, a page's name or the like stands between it and the line above it."""
    inside: bool
    """Whether it stands within the text's element."""

    @property
    def texts(self) -> tuple[str, ...]:
        """Its lines as they stand on the page."""
        return tuple(line.block.text for line in self.lines)

    @property
    def text(self) -> str:
        """Its lines joined with a blank."""
        return fold(" ".join(self.texts))

    @property
    def setting(self) -> Setting:
        """How it is set."""
        return self.lines[0].setting

    @property
    def is_dashed(self) -> bool:
        """Whether it begins with the dashes of a subtitle, which no headline does."""
        return words.DASHED.match(self.text) is not None

    @property
    def first(self) -> int:
        """Index of its first line on the page."""
        return self.lines[0].block.index


@dataclass(frozen=True, kw_only=True)
class Opening:
    """The headline group of an article and where its text begins."""

    head: tuple[HeadLine, ...]
    text_from: int
    """Index of the text's first line; beyond the page where there is no text."""
    byline: Line | None
    """The line between both that says who wrote the article."""
    text_weight: tuple[float, bool]
    """Size and weight in which most of the text is set."""


def open_article(lines: Sequence[Line], inside: Collection[int], *, framed: bool) -> Opening:
    """Part the lines of an article into headline group and text.

    Args:
        lines: from some line above the headline group to the last of the text.
        inside: indexes of those known to be the text's element's; empty where that is not known for sure.
        framed: whether nothing that is not the article's stands above them.
    """
    return _Walk(lines, inside, framed).walk()


class _Walk:
    """Goes down the lines until the text begins."""

    def __init__(self, lines: Sequence[Line], inside: Collection[int], framed: bool) -> None:
        self.lines = lines
        self.inside = inside
        self.framed = framed
        self.head: list[Line] = []
        self.parted: set[int] = set()
        prose = [line for line in lines if line.is_prose]
        looks = Counter[tuple[float, bool, bool]]()
        for line in prose:
            looks[line.setting.look] += len(line.plain)
        self.text_look = looks.most_common(1)[0][0] if looks else (DEFAULT_PX, False, False)
        behind = lines[lines.index(prose[0]) + 1 :] if prose else []
        self.section_looks = {line.setting.look for line in behind if line.is_short and not line.is_byline}
        self.indented = sum(line.setting.indented for line in prose) * 2 > len(prose)

    def walk(self) -> Opening:
        barrier, byline = False, None
        text_from = self.lines[-1].block.index + 1 if self.lines else 0
        for place, line in enumerate(self.lines):
            if line.leads_away or self._is_listed(line):
                if not self.framed:
                    self.head.clear()
            elif line.is_byline or (self.head and self._is_byline(line)):
                if self.head:
                    text_from, byline = line.block.index + 1, line
                    break
            elif line.is_data:
                barrier = True
            elif self._is_text(place):
                text_from = line.block.index
                break
            else:
                if barrier:
                    self.parted.add(line.block.index)
                barrier = False
                self.head.append(line)
        weight = self.text_look[:2]
        return Opening(head=tuple(self._merged(weight)), text_from=text_from, byline=byline, text_weight=weight)

    def _is_listed(self, line: Line) -> bool:
        """Whether a line is an item of a list beside the article."""
        return line.block.element.tag == "li" and not self.framed and not self._is_inside(line)

    def _is_byline(self, line: Line) -> bool:
        """Whether a line below a headline says who wrote the article; a name alone does."""
        return line.is_byline or (bare_name(line.plain) is not None and line.setting.look[0] <= self.text_look[0])

    def _is_inside(self, line: Line) -> bool:
        return line.block.index in self.inside

    def _is_text(self, place: int) -> bool:
        line = self.lines[place]
        if self.head and words.DASHED.match(line.plain) and not words.is_closed(line.plain):
            return False
        if self._is_set_off(line):
            return len(line.plain) > LONGEST_SET or len(self.head) >= MOST_SET or self._heads_section(line)
        if line.begins_report or len(line.plain) > LONGEST_HEADLINE:
            return True
        if len(self.head) >= MOST_LINES:
            return True
        if self.inside and not self._is_inside(line):
            return False
        if words.has_sentence(line.plain) and len(line.plain) >= 10:
            return True
        return bool(self.head) and (self._begins_something(line) or not self._is_subtitle(place))

    def _is_set_off(self, line: Line) -> bool:
        """Whether it is set larger than the text, or as a heading."""
        weight = line.setting.weight
        return weight[0] > self.text_look[0] or (line.block.tag in HEADINGS and self.text_look != line.setting.look)

    def _heads_section(self, line: Line) -> bool:
        """Whether a line set off within the text heads its first section: numbered, or looking like others below."""
        if not self.head or not self._is_inside(line):
            return False
        others = line.setting.look in self.section_looks and line.setting.look != self.head[-1].setting.look
        return others or words.BULLET.match(line.plain) is not None

    def _begins_something(self, line: Line) -> bool:
        ends = line.plain.rstrip()[-1:] in (":", ",", "、")
        return ends or words.is_closed(line.plain) or words.BULLET.match(line.plain) is not None

    def _is_subtitle(self, place: int) -> bool:
        """Whether a plain line below a headline belongs to it and not to the text."""
        line, look = self.lines[place], self.lines[place].setting.look
        sunk = line.setting.indented and not self.head[-1].setting.indented and not line.setting.centred
        if self.indented and sunk:
            return False
        if look != self.text_look:
            return look not in self.section_looks or look == self.head[-1].setting.look
        following = [one for one in self.lines[place + 1 : place + 1 + SOON] if not one.is_data]
        reported = next((one for one in following if one.begins_report or self._is_byline(one)), None)
        if reported is not None and not any(one.is_prose for one in following[: following.index(reported)]):
            return True
        apart = self._is_inside(line) and not self._is_inside(self.head[-1])
        if apart or self.head[-1].setting.look != look or look in self.section_looks:
            return False
        return any(one.is_prose for one in following[:2])

    def _merged(self, weight: tuple[float, bool]) -> list[HeadLine]:
        """Lines of one heading joined: those that one large element breaks."""
        groups: list[list[Line]] = []
        for line in self.head:
            if groups and line.block.index not in self.parted and self._is_broken(groups[-1][-1], line, weight):
                groups[-1].append(line)
            else:
                groups.append([line])
        return [
            HeadLine(
                lines=tuple(group),
                parted=group[0].block.index in self.parted,
                inside=self._is_inside(group[0]),
            )
            for group in groups
        ]

    def _is_broken(self, one: Line, other: Line, weight: tuple[float, bool]) -> bool:
        if one.setting.look != other.setting.look or one.setting.weight <= weight:
            return False
        holder = sized_by(one.block)
        return holder is not None and holder is sized_by(other.block)
