"""Looking for the words of one question in many texts: what `Question.holds_for` says, sooner.

Folding a text takes longer than looking through it. A word of Han characters alone can be looked for in the text as it
is, each character in any of the forms that are folded to it; for all other words the text is folded, once.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from storage.search.fold import FIRST_HAN, forms_of
from storage.search.grams import places
from storage.search.question import BETWEEN, Question, fold_texts

_HAN = re.compile(rf"[{FIRST_HAN}-\u9fff\U00020000-\U0003ffff]+")
"""Han and kana: letters whose every other form `forms_of` knows."""


class Text:
    """One article's texts, with `BETWEEN` between them; folded when it is first needed."""

    __slots__ = ("_folded", "raw")

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self._folded: str | None = None

    @property
    def folded(self) -> str:
        """As it is compared."""
        if self._folded is None:
            self._folded = fold_texts(self.raw)
        return self._folded


class Matcher:
    """One question, ready to be asked of many texts."""

    def __init__(self, question: Question) -> None:
        self.words = question.words
        self._groups = [[_test_for(word) for word in group] for group in question.all]
        self._none = [_test_for(word) for word in question.none]

    def holds_for(self, raw: str) -> bool:
        """Whether the texts of an article are an answer."""
        text = Text(raw)
        return all(any(test(text) for test in group) for group in self._groups) and not any(
            test(text) for test in self._none
        )


def count_in(word: str, text: Text) -> tuple[int, int]:
    """How often a folded word stands in the headlines, and how often in the body.

    >>> count_in("港口", Text(f"{BETWEEN}港口{BETWEEN}{BETWEEN}港口的港口"))
    (1, 2)
    """
    if pattern := _pattern(word):
        at = [found.start() for found in pattern.finditer(text.raw)]
        body = text.raw.rfind(BETWEEN)
    else:
        at = list(places(word, text.folded))
        body = text.folded.rfind(BETWEEN)
    in_body = sum(place > body for place in at)
    return len(at) - in_body, in_body


def _test_for(word: str) -> Callable[[Text], object]:
    if pattern := _pattern(word):
        search = pattern.search
        return lambda text: word in text.raw or search(text.raw)  # most texts write it as it is folded
    return lambda text: places(word, text.folded)


@cache
def _pattern(word: str) -> re.Pattern[str] | None:
    """Finds a word of Han characters in a text that is not folded; None for any other word."""
    if not word.isalnum() or not _HAN.fullmatch(word):
        return None
    return re.compile("".join(_any_form(character) for character in word))


def _any_form(character: str) -> str:
    forms = forms_of(character)
    return f"[{''.join(forms)}]" if len(forms) > 1 else character
