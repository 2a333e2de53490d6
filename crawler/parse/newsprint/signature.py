"""Who signed an article: bylines glued to its first sentence, names in brackets behind its last one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.parse.names import is_name, read_byline, read_names
from crawler.parse.newsprint import words
from crawler.parse.shapes import HAN, plain

MOST_NAMES = 6
LAST_LINES = 2
"""Lines among which a lone signature stands: behind it may follow what a picture shows."""
_BRACKET = re.compile(r"\s*[(\[【〔]\s*([^()\[\]【】〔〕]{2,60}?)\s*[)\]】〕][\s。.]*$")
_BREAK = re.compile(r"报道\s*|\s+")
_SQUARES = tuple("□◎○◇△☆")
"""What stands before names in a byline; filled ones head sections."""
_MARKED = re.compile(
    rf"^(?:本报|全媒体|见习|特约|首席)*记者\s*([{HAN}][{HAN}\s、,]{{1,30}}?)\s*(?:摄影|综合)?(?:报道)?$"
)
_HAN_ONLY = re.compile(rf"[{HAN}]{{1,3}}(?: {{1,3}}[{HAN}])?")
LONGEST_NAME = 3
"""Characters of a name that nothing marks as one."""
GLUED_WITHIN = 60
"""A byline in front of the first sentence ends within these characters."""


@dataclass(frozen=True, kw_only=True)
class Signature:
    """Names, and the part of the line that gives them."""

    names: tuple[str, ...]
    start: int
    end: int


def byline_of(text: str) -> tuple[str, ...]:
    """The names of a line that is nothing but a byline; print marks one with a square in place of 记者.

    >>> byline_of("□记者 甘一禾 报道"), byline_of("□刘 禾"), byline_of("本报记者 甘一禾 摄"), byline_of("■石头新村")
    (('甘一禾',), ('刘禾',), (), ())
    >>> byline_of("□记者 揣 禾 蒿一鸣 报道")
    ('揣禾', '蒿一鸣')
    """
    return read_byline(text) or _squared(plain(text).strip())


def _squared(line: str) -> tuple[str, ...]:
    """The names behind a square."""
    if line[:1] not in _SQUARES:
        return ()
    marked = _MARKED.match(line[1:].strip())
    return _tokens(marked[1]) if marked else _names(line[1:].strip())


def _tokens(text: str) -> tuple[str, ...]:
    """Names behind a square and 记者, where no list of family names is needed to know them."""
    joined = re.sub(rf"(?:^|(?<=[\s、,]))([{HAN}])\s+([{HAN}])(?=$|[\s、,])", r"\1\2", text.strip())
    tokens = [token for token in re.split(r"[\s、,]+", joined) if token]
    return tuple(tokens) if all(2 <= len(token) <= 4 for token in tokens) else ()


def bare_name(text: str) -> str | None:
    """The name that is all of a line: right below a headline it is the author's.

    >>> bare_name("甘一禾"), bare_name("刘 禾"), bare_name("甘一禾："), bare_name("甘一禾 石守正")
    ('甘一禾', '刘禾', None, None)
    """
    line = plain(text).strip()
    names, rest = read_names(line) if _HAN_ONLY.fullmatch(line) else ([], "")
    return names[0] if len(names) == 1 and not rest and len(names[0]) <= LONGEST_NAME else None


def signatures(lines: Sequence[str]) -> list[tuple[int, Signature]]:
    """The lines of a text that end with a signature, by place: one of the last, or each item's of several in one."""
    found = [(place, one) for place, line in enumerate(lines) if (one := closing_signature(line)) is not None]
    return found if len(found) > 1 else [pair for pair in found if pair[0] >= len(lines) - LAST_LINES]


def closing_signature(text: str) -> Signature | None:
    """Names in brackets behind the last sentence or alone on a line, or behind a square.

    >>> closing_signature("会议还研究了渔港改造工作。(甘 一)").names, closing_signature("主持人(甘一)")
    (('甘一',), None)
    """
    line = plain(text)
    if marked := _squared(line):
        return Signature(names=marked, start=0, end=len(line))
    match = _BRACKET.search(line)
    if match is None or (match.start() and line[: match.start()].rstrip("”\"' ")[-1:] not in tuple(words.STOPS)):
        return None
    names = _names(match[1])
    return Signature(names=names, start=match.start(), end=len(line)) if names else None


def _names(text: str) -> tuple[str, ...]:
    if byline := read_byline(text):
        return byline if all(map(is_name, byline)) else ()
    names, rest = read_names(text)
    return tuple(names) if names and not rest and len(names) <= MOST_NAMES else ()


def opening_byline(text: str) -> Signature | None:
    """A byline that stands on one line with the first sentence.

    >>> found = opening_byline("□记者 甘一 报道   本报7月25日讯 今天上午，渔港开工。")
    >>> found.names, found.end
    (('甘一',), 12)
    """
    line = plain(text)
    for stop in reversed(list(_BREAK.finditer(line[:GLUED_WITHIN]))):
        names = read_byline(line[: stop.end()])
        begins = words.DATELINE.match(line[stop.end() :]) or (line[:1] in "□■" and "报道" in stop.group())
        if names and begins and stop.end() < len(line):
            return Signature(names=names, start=0, end=stop.end())
    return None
