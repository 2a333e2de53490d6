"""The labels that stand before values on Chinese news pages, and a line taken apart by them.

`2024-07-26 09:30 来源：青石日报 作者：苗禾 (责编：李禾、梁玉)` is a time, three labelled values and nothing left over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from crawler.parse.dates import Found, find_moments
from crawler.parse.labelmarks import KIND, Label, Mark, bare_word, marks_in
from crawler.parse.names import read_names
from crawler.parse.shapes import HAN, plain

__all__ = ["InfoLine", "Label", "Labelled", "bare_label", "close_up", "take_apart"]

_HAN_BEFORE = re.compile(rf"[{HAN}]$")
_HOUSE = re.compile(rf"(?:^|(?<=[\s|(【\[]))[{HAN}]{{2,4}}(?<![的做当任是和与名位])$")
"""What may stand before a label of people: `每石记者:`, `本文编辑:`."""
_PLACE = re.compile(r"[^\d\s]+(?=\s)|.*")
"""Of the value of a time's label: a word without digits alone, for `发布于:青石省 青石日报` names a place."""
_OPENERS, _CLOSERS = "([【〔「", ")]】〕」"
_EDGE = " \t:|·,、/;-—»>"
_WIDE_EDGE = "\u3000\xa0：｜丨（［"
_BEFORE_LABELS = " ([|【〔"

MAX_BARE = 16
"""Characters. A line that is a label alone is shorter."""


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
    word = bare_word(plain(text).strip()) if len(text) < MAX_BARE else None
    if word is None:
        return None
    kind = KIND[word]
    named = kind is not Label.OTHER or word.endswith(("时间", "日期")) or re.search("[:|/]", plain(text))
    return kind if named else None


def close_up(line: str) -> str:
    """A plain line with the blanks inside its labels taken out, and the brackets around a label alone made a colon.

    >>> close_up("编 辑:苗 禾 校  对:李禾"), close_up("【记者】苗禾")
    ('编辑:苗 禾 校对:李禾', '记者:苗禾')
    """
    if not ((" " in line and ":" in line) or line.startswith(("【", "["))):
        return line
    for mark in reversed(marks_in(line)):
        if not mark.spaced and (mark.start == 0 or line[mark.start - 1] in _BEFORE_LABELS):
            label = line[mark.start : mark.end]
            closed = f"{mark.word}:" if label[0] in "【[" else label.replace(" ", "")
            line = line[: mark.start] + closed + line[mark.end :]
    return line


@lru_cache(maxsize=1024)  # the same lines are asked for by several fields
def take_apart(text: str, year: int | None = None) -> InfoLine:
    """Labels, times and rest of one line.

    >>> line = take_apart("2024-07-26 09:30来源：青石日报作者：苗禾")
    >>> [(one.kind.value, one.value) for one in line.labelled]
    [('source', '青石日报'), ('author', '苗禾')]
    """
    line = plain(text)
    moments = tuple(find_moments(line, year))
    marks = [_housed(line, mark) for mark in marks_in(line)]
    stops = sorted([mark.start for mark in marks] + [found.start for found in moments])
    labelled = tuple(_labelled(text, line, mark, stops, marks) for mark in marks) or _whole(text)
    return InfoLine(text=text, labelled=labelled, moments=moments, rest=_rest(text, labelled, moments))


def _housed(line: str, mark: Mark) -> Mark:
    """The mark with the short name of the house before it, where a person's name follows: `每石编辑:苗禾`."""
    if mark.start < 2 or KIND[mark.word] not in (Label.EDITOR, Label.EDITOR_PLAIN, Label.AUTHOR):
        return mark
    house = _HOUSE.search(line, max(mark.start - 6, 0), mark.start)
    named = house is not None and bool(read_names(line[mark.end : mark.end + 12])[0])
    return mark._replace(start=house.start()) if house is not None and named else mark


def _whole(text: str) -> tuple[Labelled, ...]:
    """The label that is all of a line and has no colon, as in a definition list: its value stands on the next line."""
    kind = bare_label(text)
    if kind is None or kind is Label.OTHER:
        return ()
    word = bare_word(plain(text).strip()) or ""
    return (Labelled(kind=kind, word=word, value="", start=0, end=len(text), glued=False),)


def _labelled(text: str, line: str, mark: Mark, stops: list[int], marks: list[Mark]) -> Labelled:
    end = next((stop for stop in stops if stop >= mark.end), len(line))
    end = mark.end + _closed(line[mark.end : end])
    if KIND[mark.word] is Label.TIME:  # 发布于：青石省 says where, and ends with the word
        end = mark.end + len(_PLACE.match(line[mark.end : end])[0])  # type: ignore[index]
    glued = _HAN_BEFORE.search(line[: mark.start]) is not None and not any(one.end <= mark.start for one in marks)
    return Labelled(
        kind=KIND[mark.word],
        word=mark.word,
        value=text[mark.end : end].strip(_EDGE + _WIDE_EDGE + _OPENERS),
        start=mark.start,
        end=end,
        glued=glued,
        spaced=mark.spaced,
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
