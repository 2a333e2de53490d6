"""The day printed beside a link on a list page."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise

from lxml.html import HtmlElement

from crawler.parse.anchors import han, without_moment
from crawler.parse.dates import find_moments
from crawler.parse.shapes import fold, plain

_LEVELS = 4
"""How far up from a link its row reaches: link, headline, cell, row."""
_LINE_ENDS = ("br", "hr", "p", "div", "li", "table", "ul")
_LONGEST_STAMP = 40
"""Characters of a text that is a date and little else (`发布时间：2024年07月26日 09:30 来源：…`); more is a summary."""
_STAMP_HAN = 4
"""Chinese characters in a date of its own, at most: 年, 月, 日 and one more."""
_SENTENCE = re.compile(r"[,。;!?、！？；，]")
_MONTH_DAY = re.compile(
    r"[\[(【]?\s*(?:(?:发布(?:时间|日期)?|时间|日期):?\s*|:\s*)?"
    r"(0?[1-9]|1[0-2])\s*[-/.月]\s*(3[01]|[12]\d|0?[1-9])(?:\s*日)?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?\s*[\])】]?"
)
_YEAR_MONTH = re.compile(r"(20\d\d)\s*[-/.年]\s*(0?[1-9]|1[0-2])\s*月?")
_DAY_ALONE = re.compile(r"(3[01]|[12]\d|0?[1-9])\s*日?")
_AGO = re.compile(r"(\d{1,3})\s*天前")
_TODAY = re.compile(r"刚刚|刚才|\d{1,2}\s*分钟前|今天(?:\s*\d{1,2}:\d{2})?")
_YESTERDAY = re.compile(r"昨天(?:\s*\d{1,2}:\d{2})?")
_BEFORE_YESTERDAY = re.compile(r"前天(?:\s*\d{1,2}:\d{2})?")


def day_beside(
    element: HtmlElement, today: date, links: frozenset[HtmlElement], same: frozenset[HtmlElement]
) -> date | None:
    """The day that the row of a link shows, None where it shows none.

    Args:
        element: The link.
        today: The day on which the page was fetched, in the site's zone: the year of `07-26`, the day of `昨天`.
        links: All links to articles; a part of the page that holds another article's is not this one's row.
        same: Those of them that lead to the same article.
    """
    if own := day_of(_stamps_of(element), today):
        return own
    if day := day_of(_behind(element), today) or day_of(_before(element), today):
        return day
    inside = set(element.iter())
    row = element.getparent()
    for _ in range(_LEVELS):
        if row is None or row.tag in ("body", "html"):
            return None
        if any(link in links and link not in same for link in row.iter("a", "area")):
            return _day_of_definition(element, today)
        texts = [fold(text) for text in row.xpath(".//text()") if not (text.getparent() in inside and not text.is_tail)]
        if day := day_of(texts, today):
            return day
        row = row.getparent()
    return None


def _stamps_of(element: HtmlElement) -> list[str]:
    """What stands inside a link beside its headline."""
    texts = [fold(text) for text in element.itertext()]
    return [text.replace(without_moment(text), "") if han(text) > _STAMP_HAN else text for text in texts]


def _behind(element: HtmlElement) -> list[str]:
    """Texts on the link's own line, behind it: up to a line's end or the next link."""
    texts = [fold(element.tail or "")]
    for sibling in element.itersiblings():
        if _ends_line(sibling):
            break
        texts += [*map(fold, sibling.itertext()), fold(sibling.tail or "")]
    return texts


def _before(element: HtmlElement) -> list[str]:
    """Texts on the link's own line, before it."""
    texts: list[str] = []
    for sibling in element.itersiblings(preceding=True):
        texts.insert(0, fold(sibling.tail or ""))
        if _ends_line(sibling):
            # Behind another link on the same line: that one's date.
            return texts if sibling.tag in _LINE_ENDS else []
        texts[0:0] = map(fold, sibling.itertext())
    parent = element.getparent()
    return [fold(parent.text or ""), *texts] if parent is not None else texts


def _ends_line(element: HtmlElement) -> bool:
    return element.tag in _LINE_ENDS or next(element.iter("a"), None) is not None


def _day_of_definition(element: HtmlElement, today: date) -> date | None:
    """`<dt><a>…</a></dt><dd>2024-07-26</dd>`: the date stands in what follows the link's own cell."""
    cell = element.getparent()
    follower = cell.getnext() if cell is not None else None
    if follower is None or follower.tag not in ("dd", "p", "span", "div") or next(follower.iter("a"), None) is not None:
        return None
    return day_of([fold(text) for text in follower.itertext()], today)


def day_of(texts: list[str], today: date) -> date | None:
    """The first day in short texts; a day and a month in two neighbours are one.

    >>> day_of(["26", "2024-07"], date(2026, 1, 5))
    datetime.date(2024, 7, 26)
    >>> day_of(["[12-31]"], date(2026, 1, 5))
    datetime.date(2025, 12, 31)
    """
    lines = [plain(text).strip() for text in texts]
    lines = [line for line in lines if line and len(line) <= _LONGEST_STAMP]
    for line in lines:
        if (found := find_moments(line)) and not _SENTENCE.search(line):
            return found[0].moment.day
        if day := _month_day(line, today) or _relative(line, today):
            return day
    for first, second in pairwise(lines):
        if day := _split(first, second) or _split(second, first):
            return day
    return None


def _month_day(line: str, today: date) -> date | None:
    if match := _MONTH_DAY.fullmatch(line):
        for year in (today.year, today.year - 1):
            day = _date(year, match[1], match[2])
            if day and day <= today + timedelta(days=1):
                return day
    return None


def _relative(line: str, today: date) -> date | None:
    if _TODAY.fullmatch(line):
        return today
    if _YESTERDAY.fullmatch(line):
        return today - timedelta(days=1)
    if _BEFORE_YESTERDAY.fullmatch(line):
        return today - timedelta(days=2)
    if match := _AGO.fullmatch(line):
        return today - timedelta(days=int(match[1]))
    return None


def _split(month: str, day: str) -> date | None:
    year_month, day_alone = _YEAR_MONTH.fullmatch(month), _DAY_ALONE.fullmatch(day)
    return _date(year_month[1], year_month[2], day_alone[1]) if year_month and day_alone else None


def _date(year: int | str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
