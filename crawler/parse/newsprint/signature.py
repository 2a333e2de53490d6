"""Who signed an article: bylines glued to its first sentence, names in brackets behind its last one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.parse.names import is_name, read_byline, read_names
from crawler.parse.newsprint import words
from crawler.parse.shapes import plain

MOST_NAMES = 6
_BRACKET = re.compile(r"\s*[(\[【〔]\s*([^()\[\]【】〔〕]{2,60}?)\s*[)\]】〕][\s。.]*$")
_BREAK = re.compile(r"报道\s*|\s+")
GLUED_WITHIN = 60
"""A byline in front of the first sentence ends within these characters."""


@dataclass(frozen=True, kw_only=True)
class Signature:
    """Names, and the part of the line that gives them."""

    names: tuple[str, ...]
    start: int
    end: int


def closing_signature(text: str) -> Signature | None:
    """Names in brackets behind the last sentence, or alone on a line.

    >>> closing_signature("会议还研究了渔港改造工作。(甘 一)").names, closing_signature("主持人(甘一)")
    (('甘一',), None)
    """
    line = plain(text)
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
