"""Where a page of answers begins, as text that survives an address bar."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from storage.errors import BadQuery, Wrong
from storage.query.plan import FIRST, Key
from storage.query.relevance import Scored, Statistics

_KEY = r"(?P<moment>-?\d{1,19})\.(?P<article>[0-9a-z]*)"
_WRITTEN = re.compile(_KEY, re.ASCII)
_RANKED = re.compile(
    _KEY + r"\.(?P<score>\d{1,15})\.(?P<arrived>\d{1,18})\.(?P<oldest>-?\d{1,19})\.(?P<oldest_article>[0-9a-z]+)"
    r"\.(?P<answers>[1-9]\d{0,5})\.(?P<length>[1-9]\d{0,14})\.(?P<having>(?:\d{1,6}(?:-\d{1,6})*)?)",
    re.ASCII,
)

LARGEST = 2**63
"""Beyond what a database counts to."""
LONGEST = 700
"""Characters of a written place: 64 words with a number each, and some hundred."""


@dataclass(frozen=True, kw_only=True)
class Cursor:
    """A place among the answers from the newest on."""

    before: Key = FIRST
    """Only articles older than this."""

    @classmethod
    def read(cls, text: str) -> Self:
        """The place a text means.

        Raises:
            BadQuery: it means none, or one in another order.
        """
        return cls(before=_key(_matched(_WRITTEN, text)))

    def written(self) -> str:
        """As text."""
        return _joined(*self.before)


@dataclass(frozen=True, kw_only=True)
class RankedCursor:
    """A place among the answers by relevance, with all that their order came from on the first page.

    Of the archive as it is now the later pages would be another list: whatever arrives, back-filled articles of old
    years too, changes what is rare and how long a text is on average.
    """

    after: Scored
    """Only answers that come behind this one."""
    arrived: int
    """Only articles whose number in the index is below this: those that were there for the first page."""
    oldest: Key
    """Only articles that are as new as this one, the oldest of those that were put in order: where one of these is
    edited, none takes its place."""
    statistics: Statistics
    """Of the first page."""

    @classmethod
    def read(cls, text: str, *, words: int) -> Self:
        """The place a text means.

        Args:
            words: How many different words are asked for.

        Raises:
            BadQuery: it means none, or one in another order, or one among the answers to another question.
        """
        found = _matched(_RANKED, text)
        having = tuple(map(int, filter(None, found["having"].split("-"))))
        if len(having) != words:
            raise BadQuery(Wrong.NO_CURSOR, text=text)
        return cls(
            after=(int(found["score"]), _key(found)),
            arrived=int(found["arrived"]),
            oldest=(_moment(found["oldest"], text), found["oldest_article"]),
            statistics=Statistics(answers=int(found["answers"]), length=int(found["length"]), having=having),
        )

    def written(self) -> str:
        """As text."""
        score, key = self.after
        counted = self.statistics
        having = "-".join(map(str, counted.having))
        return _joined(*key, score, self.arrived, *self.oldest, counted.answers, counted.length, having)


def _matched(pattern: re.Pattern[str], text: str) -> re.Match[str]:
    found = pattern.fullmatch(text)
    if found is None:
        raise BadQuery(Wrong.NO_CURSOR, text=text)
    return found


def _key(found: re.Match[str]) -> Key:
    return _moment(found["moment"], found.string), found["article"]


def _moment(digits: str, text: str) -> int:
    if not -LARGEST <= int(digits) < LARGEST:
        raise BadQuery(Wrong.NO_CURSOR, text=text)
    return int(digits)


def _joined(*parts: object) -> str:
    return ".".join(map(str, parts))
