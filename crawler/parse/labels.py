"""The labels that stand before values on Chinese news pages, and a line taken apart by them.

`2024-07-26 09:30 来源：青石日报 作者：苗禾 (责编：李禾、梁玉)` is a time, three labelled values and nothing left over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from crawler.parse import words
from crawler.parse.dates import Found, find_moments
from crawler.parse.shapes import HAN, plain


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
_KIND = {word: kind for kind, listed in _WORDS.items() for word in listed.split()}
_ANY = "|".join(" {0,4}".join(word) for word in sorted(_KIND, key=len, reverse=True))
_LABEL = re.compile(rf"(?P<word>{_ANY})(?P<gap> {{0,6}}(?:[:|/]|(?<=于)(?= {{0,2}}[^\d ])) {{0,6}})")
_SPREAD = re.compile(rf"(?:^|(?<=[\s(\[|【〔]))(?:{_ANY})(?= {{0,4}}:)")
_SPACED_WORDS = ("责任编辑", "责编", "编辑", "校对", "审核", "来源", "作者", "責任編輯", "編輯", "來源")
"""Labels that may do with a blank for a colon, at the start of a line or behind a blank: `编辑 苗禾 校对 李禾`."""
_SPACED = re.compile(rf"(?:^|(?<=[\s\])|]))(?P<word>{'|'.join(map(' {0,4}'.join, _SPACED_WORDS))})(?P<gap> +(?=\S))")
_BARE = re.compile(rf"^[\[(【〔]?\s*(?P<word>{_ANY})\s*[:|/]?\s*[\])】〕]?$")
_OPENERS, _CLOSERS = "([【〔「", ")]】〕」"
_EDGE = " \t:|·,、/;-—»>"
_WIDE_EDGE = "\u3000\xa0：｜丨（［"

MAX_INFO = 160
"""Characters. Of a longer line (prose) only head and tail are looked at."""


@dataclass(frozen=True, kw_only=True)
class Labelled:
    """A label and what stands behind it, up to the next label, time or closing bracket."""

    kind: Label
    word: str
    """As printed, without blanks."""
    value: str
    """Ends stripped; empty for an empty label."""
    start: int
    """Of the label in the line."""
    end: int
    """Behind the value."""
    glued: bool
    """True where a Chinese character stands right before it: maybe the end of another word."""
    spaced: bool = False
    """True where only a blank parts label and value."""


@dataclass(frozen=True, kw_only=True)
class InfoLine:
    """A line taken apart."""

    text: str
    labelled: tuple[Labelled, ...]
    moments: tuple[Found, ...]
    rest: str
    """What is neither a time nor a labelled value, its pieces joined with ` | `."""

    def of(self, *kinds: Label) -> tuple[Labelled, ...]:
        """The labelled values of some kinds, in order."""
        return tuple(one for one in self.labelled if one.kind in kinds)


def bare_label(text: str) -> Label | None:
    """The kind of a label that is all of a line (its value stands on the next); None for anything else.

    Without a colon 视频 and 专题 are rather links of a menu; labels of days and of what we look for are not.

    >>> bare_label("责任编辑："), bare_label("来源"), bare_label("视频"), bare_label("成文日期")
    (<Label.EDITOR: 'editor'>, <Label.SOURCE: 'source'>, None, <Label.OTHER: 'other'>)
    """
    match = _BARE.match(plain(text).strip()) if len(text) < 16 else None
    if match is None:
        return None
    word = match["word"].replace(" ", "")
    kind = _KIND[word]
    named = kind is not Label.OTHER or word.endswith(("时间", "日期")) or re.search("[:|/]", plain(text))
    return kind if named else None


def close_up(line: str) -> str:
    """A plain line with the blanks inside its labels taken out.

    >>> close_up("编 辑:苗 禾 校  对:李禾")
    '编辑:苗 禾 校对:李禾'
    """
    return _SPREAD.sub(lambda match: match.group().replace(" ", ""), line) if " " in line and ":" in line else line


@lru_cache(maxsize=1024)  # the same lines are asked for by several fields
def take_apart(text: str, year: int | None = None) -> InfoLine:
    """Labels, times and rest of one line.

    >>> line = take_apart("2024-07-26 09:30来源：青石日报作者：苗禾")
    >>> [(one.kind.value, one.value) for one in line.labelled]
    [('source', '青石日报'), ('author', '苗禾')]
    """
    line = plain(text)
    moments = tuple(find_moments(line, year))
    marks = _marks(line)
    stops = sorted([match.start() for match in marks] + [found.start for found in moments])
    labelled = tuple(_labelled(text, line, match, stops, marks) for match in marks) or _whole(text)
    return InfoLine(text=text, labelled=labelled, moments=moments, rest=_rest(text, labelled, moments))


def _whole(text: str) -> tuple[Labelled, ...]:
    """The label that is all of a line and has no colon, as in a definition list: its value stands on the next line."""
    kind = bare_label(text)
    if kind is None or kind is Label.OTHER:
        return ()
    word = _BARE.match(plain(text).strip())
    named = word["word"].replace(" ", "") if word else ""
    return (Labelled(kind=kind, word=named, value="", start=0, end=len(text), glued=False),)


def _marks(line: str) -> list[re.Match[str]]:
    marks = list(_LABEL.finditer(line))
    taken = [(match.start(), match.end()) for match in marks]
    spaced = [
        match
        for match in _SPACED.finditer(line)
        if not any(start < match.end() and match.start() < end for start, end in taken)
    ]
    return sorted(marks + spaced, key=lambda match: match.start())


def _labelled(text: str, line: str, match: re.Match[str], stops: list[int], marks: list[re.Match[str]]) -> Labelled:
    word = match["word"].replace(" ", "")
    end = next((stop for stop in stops if stop >= match.end()), len(line))
    end = match.end() + _closed(line[match.end() : end])
    before = line[: match.start()]
    glued = bool(re.search(rf"[{HAN}]$", before)) and not any(mark.end() <= match.start() for mark in marks)
    return Labelled(
        kind=_KIND[word],
        word=word,
        value=text[match.end() : end].strip(_EDGE + _WIDE_EDGE + _OPENERS),
        start=match.start(),
        end=end,
        glued=glued,
        spaced=not match["gap"].strip(),
    )


def _closed(value: str) -> int:
    """Length of a value up to the bracket that closes the one its label stands in."""
    depth = 0
    for place, char in enumerate(value):
        if char in _OPENERS:
            depth += 1
        elif char in _CLOSERS:
            depth -= 1
            if depth < 0:
                return place
    return len(value)


def _rest(text: str, labelled: tuple[Labelled, ...], moments: tuple[Found, ...]) -> str:
    spans = sorted([(one.start, one.end) for one in labelled] + [(one.start, one.end) for one in moments])
    pieces, place = [], 0
    for start, end in [*spans, (len(text), len(text))]:
        if start > place:
            pieces.append(text[place:start].strip(_EDGE + _WIDE_EDGE + _OPENERS + _CLOSERS + "）］"))
        place = max(place, end)
    return " | ".join(piece for piece in pieces if piece)
