"""The language of a search line, read in one place, and what it means.

    港口 "红色 预警" 台风 OR 风暴 -广告      (港口) and (红色 预警) and (台风 or 风暴) and not (广告)

See docs/search.md. A line is read into a `Question`, all of whose words are folded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from storage.errors import BadQuery, Wrong
from storage.search.fold import fold
from storage.search.grams import grams_of_text, stands_in

OR = ("OR", "ＯＲ")
"""As it is written in half-width and in full-width letters; never as half of each."""
LIKE_OPERATORS = ("or", "and", "not")
"""Words that join in other languages of search; folded."""
MOST_WORDS = 64
"""Words a line may hold; more is no question, and every word costs time."""
MOST_CHARACTERS = 2_000
"""A longer line is a text somebody pasted."""

_TERM = re.compile(
    r"(?P<minus>[-－−]?)"
    r'(?:"(?P<quoted>[^"]*)"|“(?P<chinese>[^”]*)”|(?P<stray>["“])|(?P<word>[^\s"]+))'
    r"|(?P<alone>[-－−])"
)
BETWEEN = "\x00"
"""Stands between the texts of an article when they are searched as one: no word holds it, none reaches across."""


def text_of(kicker: str | None, title: str, subtitle: str | None, body: str) -> str:
    """The texts of an article that are searched, as one."""
    return BETWEEN.join((kicker or "", title, subtitle or "", body))


def fold_texts(text: str) -> str:
    """Fold what `text_of` gives; what stands between the texts stays."""
    return BETWEEN.join(map(fold, text.split(BETWEEN)))


def grams_in(text: str) -> str:
    """The grams of what `text_of` gives, as an index takes them: separated by blanks."""
    return " ".join(grams_of_text(fold_texts(text)))


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked of the words of an article."""

    all: tuple[tuple[str, ...], ...] = ()
    """Of each of these groups one word at least must stand in it; folded."""
    none: tuple[str, ...] = ()
    """Words that must not stand in it; folded."""

    @classmethod
    def of(cls, *words: str) -> Question:
        """Each of the words, as it stands; blank ones ask nothing.

        >>> Question.of("ＡＢ", "港口").words
        ('ab', '港口')
        """
        plain = dict.fromkeys(filter(None, map(_plain, words)))
        return cls(all=tuple((word,) for word in plain))

    @cached_property
    def words(self) -> tuple[str, ...]:
        """All words that may stand in an article that is found, each once: what a snippet marks."""
        return tuple(dict.fromkeys(word for group in self.all for word in group))

    @cached_property
    def like_operators(self) -> tuple[str, ...]:
        """What was asked for as text and may have been meant to join words: `or` in small letters, `and`, `not`, and
        `(` where a word holds one of two brackets.
        """
        grouped = any(word.count("（") != word.count("）") for word in self.words)
        return (*(word for word in self.words if word in LIKE_OPERATORS), *(["("] if grouped else []))

    def holds_for(self, text: str) -> bool:
        """Whether a folded text, the parts of an article with `BETWEEN` between them, is an answer."""
        return all(any(stands_in(word, text) for word in group) for group in self.all) and not any(
            stands_in(word, text) for word in self.none
        )


def read_question(line: str) -> Question:
    """The question a line asks.

    Words separated by blanks must all be there; `"a b"` or `“a b”` is one phrase; `-word` must not be there; of words
    joined by `OR` one is enough. A Chinese quotation mark, a minus or an OR inside a word is part of it. Minus,
    quotation marks and OR may be full-width.

    Raises:
        BadQuery: the line makes no sense; says at which character, counted from 1.
    """
    if len(line) > MOST_CHARACTERS:
        raise BadQuery(Wrong.LINE_TOO_LONG, number=len(line), most=MOST_CHARACTERS)
    reader = _Reader(line)
    for found in _TERM.finditer(line.replace("＂", '"')):
        reader.take(found)
    return reader.question()


def _plain(word: str) -> str:
    """Folded, with one blank for several."""
    return " ".join(fold(word).split())


class _Reader:
    """What has been read of a line so far."""

    def __init__(self, line: str) -> None:
        self.line = line
        self.groups: list[list[str]] = []
        self.none: list[str] = []
        self.joining: int | None = None
        """Where an `OR` stands whose right side has not come yet."""
        self.may_join = False
        """Whether what stands directly before is a word that may be joined."""

    def take(self, found: re.Match[str]) -> None:
        """Read one term."""
        at = found.start()
        if found["stray"]:
            raise self._wrong(Wrong.QUOTE_OPEN, found.start("stray"))
        if found["alone"] or (found["word"] and found["word"] in "-－−" and not found["minus"]):
            raise self._wrong(Wrong.MINUS_ALONE, at)
        if found["word"] in OR and not found["minus"]:
            self._or(at)
            return
        word = _plain(next(filter(None, (found["quoted"], found["chinese"], found["word"])), ""))
        if not word:
            return
        if found["minus"]:
            self._without(at, word)
        else:
            self._with(word)

    def question(self) -> Question:
        """What was asked, now that the line has ended."""
        if self.joining is not None:
            raise self._wrong(Wrong.OR_LAST, self.joining)
        if sum(map(len, self.groups)) + len(self.none) > MOST_WORDS:
            raise BadQuery(Wrong.TOO_MANY_WORDS, most=MOST_WORDS)
        groups = dict.fromkeys(tuple(dict.fromkeys(group)) for group in self.groups)
        return Question(all=tuple(groups), none=tuple(dict.fromkeys(self.none)))

    def _or(self, at: int) -> None:
        if not self.may_join:
            raise self._wrong(Wrong.OR_FIRST, at)
        self.joining, self.may_join = at, False

    def _with(self, word: str) -> None:
        if self.joining is None:
            self.groups.append([word])
        else:
            self.groups[-1].append(word)
        self.joining, self.may_join = None, True

    def _without(self, at: int, word: str) -> None:
        if self.joining is not None:
            raise self._wrong(Wrong.MINUS_AFTER_OR, at)
        self.none.append(word)
        self.may_join = False

    def _wrong(self, wrong: Wrong, at: int) -> BadQuery:
        return BadQuery(wrong, at=at + 1, line=self.line)
