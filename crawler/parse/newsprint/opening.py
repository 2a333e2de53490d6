"""Where the headline group of a print article ends and its text begins.

Print says so by how it sets its lines, and by how reports begin: a byline, a dateline, a lead box. Pages that keep only
the lines leave the second alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from crawler.parse.document import HEADINGS, Block
from crawler.parse.labels import InfoLine, Label, Labelled, take_apart
from crawler.parse.lines import words as vocabulary
from crawler.parse.names import read_names
from crawler.parse.newsprint import words
from crawler.parse.newsprint.signature import bare_name, byline_of
from crawler.parse.newsprint.typeset import DEFAULT_PX, Setting, setting_of, sized_by
from crawler.parse.shapes import fold, letters, plain

LINK_SHARE = 0.8
LONGEST_HEADLINE = 60
"""Characters of a line of the headline group that nothing but its place tells; kickers of print have up to fifty."""
LONGEST_SET = 110
"""The same, for a line that is set larger or bolder than the text."""
PROSE_CHARS = 18
"""A line with the end of a sentence is prose from this length on."""
MOST_LINES = 6
"""Lines of a headline group."""
SOON = 4
"""So many lines below a subtitle set like the text, a byline or a dateline stands."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of the page and how it is set."""

    block: Block
    setting: Setting
    plain: str

    papers: Collection[str] = ()
    """Names of papers that a masthead may show."""

    @classmethod
    def of(cls, block: Block, papers: Collection[str] = ()) -> Line:
        """A line as it stands on the page."""
        return cls(block=block, setting=setting_of(block), plain=plain(block.text), papers=papers)

    @property
    def is_link(self) -> bool:
        """Whether it leads elsewhere and is no heading."""
        return self.block.link_share >= LINK_SHARE and self.block.tag not in HEADINGS

    @cached_property
    def is_byline(self) -> bool:
        """Whether it says who wrote the article, and nothing else."""
        return bool(byline_of(self.plain))

    @cached_property
    def is_data(self) -> bool:
        """Whether it is about page or article and no part of either: a date, a page's name, 稿件来源."""
        return is_data(self.plain, self.papers)

    @property
    def is_prose(self) -> bool:
        """Whether it is a sentence of some length."""
        return len(self.plain) >= PROSE_CHARS and words.has_sentence(self.plain)

    @property
    def begins_report(self) -> bool:
        """Whether a report begins so: 本报讯, 核心提示."""
        return bool(words.DATELINE.match(self.plain) or words.LEAD.match(self.plain))

    @property
    def is_short(self) -> bool:
        """Whether it may be a section's head: short, without the end of a sentence."""
        return len(self.plain) <= words.LONGEST_HEAD and not words.is_closed(self.plain)


def is_data(line: str, papers: Collection[str] = ()) -> bool:
    """Whether a plain line is about page or article and no part of either.

    >>> [is_data(line) for line in ("第01版:要闻", "2024年07月26日 星期五 青石晚报 要闻", "[上一版] [下一版]")]
    [True, True, True]
    >>> [is_data(line) for line in ("2024年7月26日起石桥镇的班车加开两趟", "灯塔村办起黑板报")]
    [False, False]
    """
    if len(line) > LONGEST_HEADLINE or words.has_sentence(line):
        return False
    if words.CONTROL.match(line) or words.MASTHEAD.search(line) or words.is_page_name(line):
        return True
    if line.strip(" 《》") in papers:
        return True
    info = take_apart(fold(line))
    known = any(_is_known(one, info) for one in info.labelled if not one.glued and one.start <= 2)
    return known or (bool(info.moments) and len(letters(words.BESIDE_DATE.sub("", info.rest))) <= LITTLE)


def _is_known(one: Labelled, info: InfoLine) -> bool:
    """Whether a label's value is what the label promises: `记者:怎么办` and `时间:八时` are text."""
    if one.kind in (Label.TIME, Label.UPDATED, Label.MODIFIED):
        return bool(info.moments)
    if one.kind is Label.AUTHOR:
        return not read_names(one.value)[1]
    return one.kind is not Label.OTHER or one.word in _COUNTERS


_COUNTERS = vocabulary(
    "浏览次数 浏览量 浏览 点击次数 点击量 点击数 点击 阅读次数 阅读量 阅读数 阅读 访问量 分享到 分享 字号 打印"
)
LITTLE = 6
"""Letters beside a date on a line that is about the page: a page's name."""


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
            if line.is_link and not self.framed and not words.CONTROL.match(line.plain):
                self.head.clear()
            elif line.is_byline or (self.head and self._is_byline(line)):
                if self.head:
                    text_from, byline = line.block.index + 1, line
                    break
            elif line.is_data and not (self.head and self._is_inside(line) and line.is_prose):
                barrier = True
            elif not line.is_link:
                if self._is_text(place):
                    text_from = line.block.index
                    break
                if barrier:
                    self.parted.add(line.block.index)
                barrier = False
                self.head.append(line)
        weight = self.text_look[:2]
        return Opening(head=tuple(self._merged(weight)), text_from=text_from, byline=byline, text_weight=weight)

    def _is_byline(self, line: Line) -> bool:
        """Whether a line below a headline says who wrote the article; a name alone does."""
        return line.is_byline or (bare_name(line.plain) is not None and line.setting.look[0] <= self.text_look[0])

    def _is_inside(self, line: Line) -> bool:
        return line.block.index in self.inside

    def _is_text(self, place: int) -> bool:
        line = self.lines[place]
        if self._is_set_off(line):
            return len(line.plain) > LONGEST_SET or self._heads_section(line)
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
