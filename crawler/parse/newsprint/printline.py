"""One line of a print page: how it is set, and whether it is text, a byline, a link or about the page itself."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from crawler.parse.document import HEADINGS, Block
from crawler.parse.furniture import CONTROLS
from crawler.parse.labels import InfoLine, Label, Labelled, take_apart
from crawler.parse.lines import words as vocabulary
from crawler.parse.names import read_names
from crawler.parse.newsprint import words
from crawler.parse.newsprint.signature import byline_of
from crawler.parse.newsprint.typeset import Setting, setting_of
from crawler.parse.shapes import fold, letters, plain

LINK_SHARE = 0.8
"""A line of which so much is a link leads elsewhere."""
LONGEST_HEADLINE = 60
"""Characters of a line of the headline group that nothing but its place tells; kickers of print have up to fifty."""
PROSE_CHARS = 18
"""A line with the end of a sentence is prose from this length on."""


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

    @cached_property
    def leads_away(self) -> bool:
        """Whether it leads to another article: a link, or what a script takes for one; buttons do not."""
        return leads_away(self.block) and not words.CONTROL.match(self.plain)

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


def leads_away(block: Block) -> bool:
    """Whether a line leads elsewhere and is no heading: by a link, or by an attribute that a script reads."""
    if block.tag in HEADINGS:
        return False
    return block.link_share >= LINK_SHARE or any(
        _CLICKED.intersection(node.keys()) and len(fold(node.text_content())) <= len(block.text)
        for node in (block.element, block.pieces[0].element, *list(block.element.iterancestors())[:1])
    )


def is_data(line: str, papers: Collection[str] = ()) -> bool:
    """Whether a plain line is about page or article and no part of either.

    >>> [is_data(line) for line in ("第01版:要闻", "2024年07月26日 星期五 青石晚报 要闻", "[上一版]", "扫码阅读")]
    [True, True, True, True]
    >>> [is_data(line) for line in ("2024年7月26日开渔", "开渔的日子 2024年7月26日", "灯塔村办起黑板报")]
    [False, False, False]
    """
    if len(line) > LONGEST_HEADLINE or words.has_sentence(line):
        return False
    if words.CONTROL.match(line) or CONTROLS.match(line) or words.MASTHEAD.search(line) or words.is_page_name(line):
        return True
    if line.strip(" 《》") in papers:
        return True
    info = take_apart(fold(line))
    labels = (one for one in info.labelled if not one.glued and (one.start <= 2 or info.moments))
    known = any(_is_known(one, info) for one in labels)
    return known or _is_dated(line, info, papers)


def _is_dated(line: str, info: InfoLine, papers: Collection[str]) -> bool:
    """Whether a line is a date, with the paper's name before it and little behind it, parted from it."""
    if not info.moments:
        return False
    first, last = info.moments[0], info.moments[-1]
    before = words.BESIDE_DATE.sub("", line[: first.start]).strip(" 《》")
    behind = line[last.end :]
    if (letters(before) and before not in papers) or letters(behind[:1]) not in ("", "星"):
        return False
    return len(letters(words.BESIDE_DATE.sub("", behind))) <= LITTLE


def _is_known(one: Labelled, info: InfoLine) -> bool:
    """Whether a label's value is what the label promises: `记者:怎么办` and `时间:八时` are text."""
    if one.kind in (Label.TIME, Label.UPDATED, Label.MODIFIED):
        return bool(info.moments)
    if one.kind is Label.AUTHOR:
        return not read_names(one.value)[1]
    return one.kind is not Label.OTHER or one.word in _COUNTERS


_CLICKED = frozenset(("onclick", "onmousedown", "daoxiang", "neirong"))
"""Attributes in which indexes keep the address of an article."""
_COUNTERS = vocabulary(
    "浏览次数 浏览量 浏览 点击次数 点击量 点击数 点击 阅读次数 阅读量 阅读数 阅读 访问量 分享到 分享 字号 打印"
)
LITTLE = 6
"""Letters beside a date on a line that is about the page: a page's name."""
