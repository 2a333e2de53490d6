"""Looking for the words of one question in many texts: what `Question.holds_for` says, sooner.

Decoding a text takes longer than looking through it, and folding it far longer. A word of Han characters alone can be
looked for in the text's UTF-8 as it is, each character in any of the forms that are folded to it: no character's bytes
stand within another's. For all other words the text is folded, once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from typing import Any, Self

from storage.search.fold import FIRST_HAN, forms_of
from storage.search.grams import places
from storage.search.question import BETWEEN, Question, fold_texts

_HAN = re.compile(rf"[{FIRST_HAN}-\u9fff\U00020000-\U0003ffff]+")
"""Han and kana: letters whose every other form `forms_of` knows."""
_BETWEEN = BETWEEN.encode()
WORDS_KEPT = 200
"""Words made ready: those of the questions at hand. Strangers ask for what they like, and a server runs for years."""


class _Text:
    """One article's texts; folded when they are first needed so."""

    __slots__ = ("_folded", "raw")

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self._folded: str | None = None

    @property
    def folded(self) -> str:
        """As they are compared."""
        if self._folded is None:
            self._folded = fold_texts(self.raw.decode())
        return self._folded


class Matcher:
    """One question, ready to be asked of many texts."""

    def __init__(self, question: Question) -> None:
        words = (*chain.from_iterable(question.all), *question.none)
        self._as_it_is = all(map(_HanWord.of, words))
        tests = {word: self._test_for(word) for word in words}
        self._groups = [[tests[word] for word in group] for group in question.all]
        self._none = [tests[word] for word in question.none]

    def holds_for(self, raw: bytes) -> bool:
        """Whether the texts of an article are an answer.

        Args:
            raw: In UTF-8, with `BETWEEN` between them.
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
        """Of bytes where every word can be looked for in these, else of a `_Text`."""
        if not (han := _HanWord.of(word)):
            return lambda text: bool(places(word, text.folded))
        stands_in = han.stands_in
        return stands_in if self._as_it_is else lambda text: stands_in(text.raw)


class Tally:
    """Words, ready to be counted in many texts.

    Args:
        words: Folded.
        headline_times: How much an occurrence in the headlines counts.
    """

    def __init__(self, words: Sequence[str], *, headline_times: int) -> None:
        self._words = [(word, _HanWord.of(word)) for word in words]
        self._further = headline_times - 1

    def counts(self, raw: bytes) -> tuple[int, ...]:
        """Word by word how often it stands in the texts of an article.

        Of Han words no two that overlap: 哈哈哈 holds 哈哈 once.

        >>> Tally(["港口"], headline_times=4).counts(f"{BETWEEN}港口{BETWEEN}{BETWEEN}港口的港口".encode())
        (6,)
        """
        text, body = _Text(raw), raw.rfind(_BETWEEN)
        found = []
        for word, han in self._words:
            number, headlines = han.numbers(raw, body) if han else _numbers(word, text.folded)
            found.append(number + self._further * headlines)
        return tuple(found)


def _numbers(word: str, folded: str) -> tuple[int, int]:
    """How often a word stands in the texts of an article, and how often in the headlines."""
    at, body = places(word, folded), folded.rfind(BETWEEN)
    return len(at), sum(place < body for place in at)


@dataclass(frozen=True, kw_only=True)
class _HanWord:
    """A word of Han characters, as it may stand in a text that is not folded."""

    plain: bytes
    """As it is folded; most texts write it so."""
    others: tuple[bytes, ...]
    """The other forms of its characters. Where none of them stands, the word stands in no other form."""
    forms: str
    """A pattern of it in any form."""

    @classmethod
    @lru_cache(maxsize=WORDS_KEPT)
    def of(cls, word: str) -> Self | None:
        """None for any other word."""
        if not word.isalnum() or not _HAN.fullmatch(word):
            return None
        forms = [forms_of(character) for character in word]
        others = (form for character, some in zip(word, forms, strict=True) for form in some if form != character)
        return cls(
            plain=word.encode(),
            others=tuple(form.encode() for form in dict.fromkeys(others)),
            forms="".join(f"(?:{'|'.join(some)})" for some in forms),
        )

    @cached_property
    def any_form(self) -> re.Pattern[bytes]:
        """Made when a text writes one of its characters in another form, which few do: it takes long."""
        return re.compile(self.forms.encode())

    def stands_in(self, raw: bytes) -> bool:
        """Whether it stands there in any form."""
        return self.plain in raw or (self._has_others(raw) and self.any_form.search(raw) is not None)

    def numbers(self, raw: bytes, end: int) -> tuple[int, int]:
        """How often it stands there, and how often before `end`."""
        if self._has_others(raw):
            at = [found.start() for found in self.any_form.finditer(raw)]
            return len(at), sum(place < end for place in at)
        return raw.count(self.plain), raw.count(self.plain, 0, end)

    def _has_others(self, raw: bytes) -> bool:
        for form in self.others:  # noqa: SIM110 (spelled out, as above)
            if form in raw:
                return True
        return False
