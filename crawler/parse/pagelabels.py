"""版次 and 版名 of print pages, as e-papers print them: `01版:要闻`, `第04-05版：镇街`, `T19-T22版`, `A01`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from crawler.parse.shapes import fold, plain

_ONE = r"[A-Za-z]{0,2}\d{1,3}"
_NAMED = re.compile(
    rf"^\W{{0,3}}(?:第\s*)?(?P<first>{_ONE})(?:\s*版?\s*[-—–~～至到和及、,/]\s*(?:第\s*)?(?P<last>{_ONE}))?\s*"
    r"版(?![权本画面式])\s*[:|·—-]*\s*(?P<name>.*)$"
)
_BARE = re.compile(
    r"^\W{0,2}(?P<first>[A-Za-z]{0,2}\d{1,3})(?:\s*-\s*(?P<last>[A-Za-z]{0,2}\d{1,3}))?(?:\s*[:|]\s*(?P<name>.*)|\W*)$"
)
_STRAY = re.compile(
    r"^\W*(?:(?:上|下|前|后)\s*一?\s*[版页期]|第一版|末版|返回.*|首页|尾页|版面(?:导航|目录)|PDF.*|.*PDF)\W*$", re.I
)
_PART = re.compile(r"^([A-Za-z]{0,2})(\d{1,3})$")
LONGEST_NAME = 40
"""Characters of a page's name, at most; a longer text beside a page number is no name."""


@dataclass(frozen=True, kw_only=True)
class Label:
    """One print page, or several printed as one."""

    text: str
    """As printed, without 版: `01`, `04-05`, `T19-T22`."""
    name: str | None = None
    """版名."""


def read_label(text: str, *, bare: bool = False) -> Label | None:
    """The page that a text names, None where it names none.

    Args:
        text: What a link or a heading says.
        bare: Whether `A01` alone, without 版, may be one: true where a link is known to lead to a page.

    >>> read_label("第04－05版：镇街·新貌")
    Label(text='04-05', name='镇街·新貌')
    >>> read_label("A01", bare=True), read_label("下一版"), read_label("12个村庄通了公交")
    (Label(text='A01', name=None), None, None)
    """
    line = plain(fold(text)).strip()
    if len(line) > 2 * LONGEST_NAME or is_stray(line):
        return None
    match = _NAMED.match(line) or (_BARE.match(line) if bare else None)
    if match is None:
        return None
    found = match.groupdict()
    first, last = found["first"], found["last"]
    name = (found["name"] or "").strip(" :|")
    if len(name) > LONGEST_NAME:
        return None
    return Label(text=f"{first}-{last}" if last else first, name=name or None)


def read_name(text: str, number: str | None = None) -> str | None:
    """A page's name standing alone, beside a link with its number; None for 下一版 and the like.

    Args:
        text: What a link to the page says.
        number: The page's number by its file name; where the text begins with it (`A01要闻`), it is left out.
    """
    line = fold(text).strip(" :：|[]()（）")
    if number and line.startswith(number):
        line = line.removeprefix(number).removeprefix("版").strip(" :：|")
    return None if not line or len(line) > LONGEST_NAME or is_stray(line) or not re.search(r"[^\W\d]", line) else line


def is_stray(text: str) -> bool:
    """Whether a text moves a reader about instead of naming a page: 下一版, 返回目录."""
    return _STRAY.match(text) is not None


def covering(number: str, labels: Iterable[Label]) -> Label | None:
    """The page that an article's number belongs to: the one that begins with it, else the smallest that holds it.

    >>> pages = [Label(text="01-08"), Label(text="02-07"), Label(text="03")]
    >>> [covering(number, pages).text for number in ("01", "02", "03", "08", "04")]
    ['01-08', '02-07', '03', '01-08', '02-07']
    >>> covering("02", [Label(text="01-03"), Label(text="02-07")]).text
    '02-07'
    """
    wanted = _part(number)
    if wanted is None:
        return None
    spans = [(span, label) for label in labels if (span := _span(label.text))]
    beginning = [(span, label) for span, label in spans if (span[0], span[1]) == wanted]
    holding = [(span, label) for span, label in spans if span[0] == wanted[0] and span[1] <= wanted[1] <= span[2]]
    chosen = beginning or holding
    return min(chosen, key=lambda pair: pair[0][2] - pair[0][1])[1] if chosen else None


def _part(text: str) -> tuple[str, int] | None:
    match = _PART.match(text)
    return (match[1].upper(), int(match[2])) if match else None


def _span(text: str) -> tuple[str, int, int] | None:
    """Letter, first and last number of a label."""
    first, _, last = text.partition("-")
    begin, end = _part(first), _part(last or first)
    if begin is None or end is None:
        return None
    return begin[0], begin[1], max(begin[1], end[1])
