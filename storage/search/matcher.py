"""Looking for the words of one question in many texts: what `Question.holds_for` says, sooner.

Folding a text takes far longer than looking through it. A word of Han characters alone can be looked for in the text as
it is, each character in any of the forms that are folded to it. For all other words the text is folded, once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, product
from math import prod
from typing import Any, Self

from storage.search.fold import FIRST_HAN, fold_with_places, forms_of
from storage.search.grams import places
from storage.search.question import BETWEEN, Question, fold_texts

_HAN = re.compile(rf"[{FIRST_HAN}-\u9fff\U00020000-\U0003ffff]+")
"""Han and kana: letters whose every other form `forms_of` knows."""
MOST_SPELLINGS = 8
"""Of a word that are looked for one by one; a pattern takes as long for any number."""
SPELLINGS_KEPT = 200
"""Of a word, by the other forms that stand in a text: a text may write them as it likes."""
WORDS_KEPT = 200
"""Words made ready: those of the questions at hand. Strangers ask for what they like, and a server runs for years."""


class _Text:
    """One article's texts; folded when they are first needed so."""

    __slots__ = ("_folded", "raw")

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self._folded: str | None = None

    @property
    def folded(self) -> str:
        """As they are compared."""
        if self._folded is None:
            self._folded = fold_texts(self.raw)
        return self._folded


class Matcher:
    """One question, ready to be asked of many texts."""

    def __init__(self, question: Question) -> None:
        words = (*chain.from_iterable(question.all), *question.none)
        self._as_it_is = all(map(_HanWord.of, words))
        tests = {word: self._test_for(word) for word in words}
        self._groups = [[tests[word] for word in group] for group in question.all]
        self._none = [tests[word] for word in question.none]

    def holds_for(self, raw: str) -> bool:
        """Whether the texts of an article are an answer.

        Args:
            raw: As they are, with `BETWEEN` between them.
        """
        text = raw if self._as_it_is else _Text(raw)
        for group in self._groups:  # spelled out: `all(any(…))` takes longer than looking
            for test in group:
                if test(text):
                    break
            else:
                return False
        return not any(test(text) for test in self._none) if self._none else True

    def _test_for(self, word: str) -> Callable[[Any], bool]:
        """Of the texts as they are where every word can be looked for in these, else of a `_Text`."""
        if not (han := _HanWord.of(word)):
            return lambda text: bool(places(word, text.folded))
        stands_in = han.stands_in
        return stands_in if self._as_it_is else lambda text: stands_in(text.raw)


class Tally:
    """The words of one question, ready to be counted in many texts.

    Args:
        headline_times: How much an occurrence in the headlines counts.
    """

    def __init__(self, question: Question, *, headline_times: int) -> None:
        self._further = headline_times - 1
        self._groups: list[tuple[list[_Sought], list[int]]] = []
        known: dict[str, int] = {}
        for group in question.all:
            new = [word for word in dict.fromkeys(group) if word not in known]
            known |= {word: len(known) + place for place, word in enumerate(new)}
            self._groups.append(([_sought(word) for word in new], [known[word] for word in group]))
        self._none = [_sought(word) for word in question.none]

    def counts(self, raw: str) -> tuple[int, ...] | None:
        """How often each of the question's `words` stands in the texts of an article; None where they are no answer.

        Of Han words no two that overlap: 哈哈哈 holds 哈哈 once. Not counted any further where a word is missing that
        must be there, so that what only seems to be an answer is looked through as little as by a `Matcher`.

        >>> Tally(Question.of("港口"), headline_times=4).counts(f"{BETWEEN}港口{BETWEEN}{BETWEEN}港口的港口")
        (6,)
        """
        body, text = raw.rfind(BETWEEN), _Text(raw)
        found: list[int] = []
        for words, choice in self._groups:
            for word, han in words:
                number, headlines = han.numbers(raw, body) if han else _numbers(word, text.folded)
                found.append(number + self._further * headlines)
            for place in choice:
                if found[place]:
                    break
            else:
                return None
        for word, han in self._none:
            if han.stands_in(raw) if han else places(word, text.folded):
                return None
        return tuple(found)


def _sought(word: str) -> _Sought:
    return word, _HanWord.of(word)


def spans(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Where folded words stand in a text as it is, in no order: the index of the first character, and that behind the
    last; they may overlap.

    >>> spans("解放ＡＢ區", ["ab区", "解放"])
    [(2, 5), (0, 2)]
    """
    found: list[tuple[int, int]] = []
    folded: tuple[str, Sequence[int]] | None = None
    for word in filter(None, words):
        if (han := _HanWord.of(word)) and (of_word := han.spans(text)) is not None:
            found += of_word
            continue
        if folded is None:
            folded = fold_with_places(text)
        plain, origins = folded
        found += [(origins[at], origins[at + len(word) - 1] + 1) for at in places(word, plain)]
    return found


def _numbers(word: str, folded: str) -> tuple[int, int]:
    """How often a word stands in the texts of an article, and how often in the headlines."""
    at, body = places(word, folded), folded.rfind(BETWEEN)
    return len(at), sum(place < body for place in at)


@dataclass(frozen=True, kw_only=True)
class _HanWord:
    """A word of Han characters, as it may stand in a text that is not folded."""

    plain: str
    """As it is folded; most texts write it so."""
    others: tuple[str, ...]
    """The other forms of its characters. Where none of them stands, the word stands in no other form."""
    forms: tuple[tuple[str, ...], ...]
    """Of each of its characters, as it is folded first."""

    @classmethod
    @lru_cache(maxsize=WORDS_KEPT)
    def of(cls, word: str) -> Self | None:
        """None for any other word."""
        if not word.isalnum() or not _HAN.fullmatch(word):
            return None
        forms = tuple(tuple(dict.fromkeys((character, *forms_of(character)))) for character in word)
        others = dict.fromkeys(form for some in forms for form in some[1:])
        return cls(plain=word, others=tuple(others), forms=forms)

    @cached_property
    def any_form(self) -> re.Pattern[str]:
        """What finds it in any form. To make it and to look with it takes long."""
        return re.compile("".join(f"[{''.join(some)}]" for some in self.forms))

    def stands_in(self, raw: str) -> bool:
        """Whether it stands there in any form."""
        if self.plain in raw:
            return True
        if not (others := self._others_in(raw)):
            return False
        if (spellings := self._spellings(others)) is None:
            return self.any_form.search(raw) is not None
        return any(map(raw.__contains__, spellings))

    def numbers(self, raw: str, end: int) -> tuple[int, int]:
        """How often it stands there, and how often before `end`."""
        if not (others := self._others_in(raw)):
            number = raw.count(self.plain)
            return number, raw.count(self.plain, 0, end) if number else 0
        spellings = self._spellings(others) if self._overlaps_none else None
        if spellings is None:
            at = [found.start() for found in self.any_form.finditer(raw)]
            return len(at), sum(place < end for place in at)
        number = sum(map(raw.count, spellings))
        return number, sum([raw.count(spelling, 0, end) for spelling in spellings]) if number else 0

    def spans(self, raw: str) -> list[tuple[int, int]] | None:
        """Where it stands there; None where the ways to write it are many, so that folding takes less long."""
        others = self._others_in(raw)
        if (spellings := self._spellings(others) if others else [self.plain]) is None:
            return None
        return [(at, at + len(self.plain)) for spelling in spellings for at in places(spelling, raw)]

    def _others_in(self, raw: str) -> tuple[str, ...]:
        """Which of its characters' other forms stand somewhere in a text."""
        return tuple([form for form in self.others if form in raw])  # a generator takes longer than looking

    def _spellings(self, others: tuple[str, ...]) -> Sequence[str] | None:
        """All ways to write it with these other forms; None: they are many, and are as soon as the forms are."""
        if len(others) >= MOST_SPELLINGS:
            return None
        with suppress(KeyError):  # not asked whether it is there: another thread may clear them meanwhile
            return self._known[others]
        some = [[form for place, form in enumerate(forms) if not place or form in others] for forms in self.forms]
        spellings = ["".join(one) for one in product(*some)] if prod(map(len, some)) <= MOST_SPELLINGS else None
        if len(self._known) >= SPELLINGS_KEPT:
            self._known.clear()
        self._known[others] = spellings
        return spellings

    @cached_property
    def _overlaps_none(self) -> bool:
        """Whether no two occurrences can overlap, however they are written: no character comes twice."""
        return len(set(self.forms)) == len(self.forms)

    @cached_property
    def _known(self) -> dict[tuple[str, ...], Sequence[str] | None]:
        """Spellings by the other forms that stand in a text; of a dozen forms few stand in texts together."""
        return {}


_Sought = tuple[str, _HanWord | None]
"""A word, and what it is where it is one of Han characters."""
