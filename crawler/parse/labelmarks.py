"""Where labels stand in a line, found from the marks behind them: a few colons are looked at, not every character."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from crawler.parse import words


class Label(StrEnum):
    """What a label's value is."""

    SOURCE = "source"
    EDITOR = "editor"
    """责任编辑, 责编: the one answerable."""
    EDITOR_PLAIN = "editor-plain"
    """编辑 and its kinds: taken where no 责任编辑 stands."""
    AUTHOR = "author"
    TIME = "time"
    MODIFIED = "modified"
    """最后更新 and the like: not the time of publication."""
    UPDATED = "updated"
    """更新时间: on many pages the only time there is, on others a second one."""
    ORIGINAL_TITLE = "original-title"
    OTHER = "other"
    """Named only because it ends the value before it."""


_WORDS = {
    Label.SOURCE: words.SOURCE,
    Label.EDITOR: words.EDITOR,
    Label.EDITOR_PLAIN: words.EDITOR_PLAIN,
    Label.AUTHOR: words.AUTHOR,
    Label.TIME: words.TIME,
    Label.MODIFIED: words.MODIFIED,
    Label.UPDATED: words.UPDATED,
    Label.ORIGINAL_TITLE: words.ORIGINAL_TITLE,
    Label.OTHER: words.OTHER,
}
KIND = {word: kind for kind, listed in _WORDS.items() for word in listed.split()}
"""Label as printed, without blanks → what its value is."""
_SIGNS = frozenset("".join(KIND))
_LONGEST = max(map(len, KIND))
_MARK = re.compile(r"(?P<mark>[:|/])|于(?= {0,2}[^\d ])")
_SPACED_WORDS = ("责任编辑", "责编", "编辑", "校对", "审核", "来源", "作者", "責任編輯", "編輯", "來源")
"""Labels that may do with a blank for a colon, at the start of a line or behind a blank: `编辑 苗禾 校对 李禾`."""
_SPACED = re.compile(rf"(?:^|(?<=[\s\])|]))(?P<word>{'|'.join(map(' {0,4}'.join, _SPACED_WORDS))}) +(?=\S)")
_BRACKETED = re.compile(r"(?:^|(?<=[\s\]】]))[\[【] ?(?P<word>[^\[\]【】]{1,12}?) ?[\]】] ?:? ?(?=[^\s\[\]【】])")
"""A label in brackets of its own, its value behind them: `【记者】苗禾`."""
_BARE = re.compile(r"^[\[(【〔]?\s*(.{1,12}?)\s*[:|/]?\s*[\])】〕]?$")
INNER_BLANKS = 4
"""Blanks between the signs of a label, at most: `编  辑:`."""
OUTER_BLANKS = 6
"""Blanks before and behind a label's colon, at most."""


class Mark(NamedTuple):
    """A label in a line, its colon included."""

    start: int
    end: int
    word: str
    """Without blanks."""
    spaced: bool = False
    """Whether only a blank parts label and value."""


def marks_in(line: str) -> list[Mark]:
    """The labels of a plain line, in order, none overlapping another.

    >>> marks_in("2024 来 源: 青石网 责编:苗禾")
    [Mark(start=5, end=10, word='来源', spaced=False), Mark(start=14, end=17, word='责编', spaced=False)]
    """
    found: list[Mark] = []
    for mark in _marked(line):
        if found and mark.start < found[-1].end:
            if mark.start > found[-1].start:
                continue
            found.pop()  # 文/ was the beginning of 文/图:
        found.append(mark)
    more = [*(_bracketed(line) if "】" in line or "]" in line else ()), *(_spaced(line) if " " in line else ())]
    if more:
        found += [mark for mark in more if not any(one.start < mark.end and mark.start < one.end for one in found)]
        found.sort()
    return found


def bare_word(line: str) -> str | None:
    """The label that is all of a plain line, with or without its colon and brackets; None for anything else.

    >>> bare_word("(责 任 编 辑)"), bare_word("来源:"), bare_word("来源:青石网")
    ('责任编辑', '来源', None)
    """
    match = _BARE.match(line)
    word = match[1].replace(" ", "") if match else ""
    return word if word in KIND else None


def _marked(line: str) -> Iterator[Mark]:
    """Labels that end at a colon, a bar, a slash, or with 于."""
    for match in _MARK.finditer(line):
        before = match.start() if match["mark"] else match.end()
        if (found := _word_before(line, before)) is not None:
            end = match.end()
            while end < len(line) and end - match.end() < OUTER_BLANKS and line[end] == " ":
                end += 1
            yield Mark(found[0], end, found[1])


def _word_before(line: str, place: int) -> tuple[int, str] | None:
    """The longest label that ends at a place, blanks between and behind its signs aside; where it starts."""
    best: tuple[int, str] | None = None
    word, blanks = "", INNER_BLANKS - OUTER_BLANKS
    while place > 0 and len(word) < _LONGEST:
        place -= 1
        sign = line[place]
        if sign == " " and blanks < INNER_BLANKS:
            blanks += 1
            continue
        if sign not in _SIGNS:
            break
        word, blanks = sign + word, 0
        if word in KIND:
            best = (place, word)
    return best


def _bracketed(line: str) -> Iterator[Mark]:
    for match in _BRACKETED.finditer(line):
        word = match["word"].replace(" ", "")
        if word in KIND:
            yield Mark(match.start(), match.end(), word)


def _spaced(line: str) -> Iterator[Mark]:
    for match in _SPACED.finditer(line):
        yield Mark(match.start(), match.end(), match["word"].replace(" ", ""), spaced=True)
