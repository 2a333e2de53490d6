"""Looking for the words of one question in many texts: what `Question.holds_for` says, sooner.

Decoding a text takes longer than looking through it, and folding it far longer. A word of Han characters alone can be
looked for in the text's UTF-8 as it is, each character in any of the forms that are folded to it: no character's bytes
stand within another's. For all other words the text is folded, once.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Self

from storage.search.fold import FIRST_HAN, forms_of
from storage.search.grams import places
from storage.search.question import BETWEEN, Question, fold_texts

_HAN = re.compile(rf"[{FIRST_HAN}-\u9fff\U00020000-\U0003ffff]+")
"""Han and kana: letters whose every other form `forms_of` knows."""
_BETWEEN = BETWEEN.encode()
WORDS_KEPT = 200
"""Words made ready: those of the questions at hand. Strangers ask for what they like, and a server runs for years."""


class Text:
    """One article's texts, with `BETWEEN` between them; folded when it is first needed."""

    __slots__ = ("_folded", "raw")

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        """UTF-8."""
        self._folded: str | None = None

    @property
    def folded(self) -> str:
        """As it is compared."""
        if self._folded is None:
            self._folded = fold_texts(self.raw.decode())
        return self._folded


class Matcher:
    """One question, ready to be asked of many texts."""

    def __init__(self, question: Question) -> None:
        self._groups = [[_test_for(word) for word in group] for group in question.all]
        self._none = [_test_for(word) for word in question.none]

    def holds_for(self, raw: bytes) -> bool:
        """Whether the texts of an article are an answer."""
        text = Text(raw)
        for group in self._groups:  # spelled out: `all(any(…))` takes longer than looking
            for test in group:
                if test(text):
                    break
            else:
                return False
        return not any(test(text) for test in self._none) if self._none else True


def count_in(word: str, text: Text) -> tuple[int, int]:
    """How often a folded word stands in the headlines, and how often in the body.

    >>> count_in("港口", Text(f"{BETWEEN}港口{BETWEEN}{BETWEEN}港口的港口".encode()))
    (1, 2)
    """
    if han := _HanWord.of(word):
        body = text.raw.rfind(_BETWEEN)
        return han.number(text.raw[:body]), han.number(text.raw[body:])
    body = text.folded.rfind(BETWEEN)
    at = places(word, text.folded)
    in_body = sum(place > body for place in at)
    return len(at) - in_body, in_body


def _test_for(word: str) -> Callable[[Text], bool]:
    if han := _HanWord.of(word):
        stands_in = han.stands_in
        return lambda text: stands_in(text.raw)
    return lambda text: bool(places(word, text.folded))


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

    def number(self, raw: bytes) -> int:
        """How often it stands there."""
        return len(self.any_form.findall(raw)) if self._has_others(raw) else raw.count(self.plain)

    def _has_others(self, raw: bytes) -> bool:
        return any(form in raw for form in self.others)
