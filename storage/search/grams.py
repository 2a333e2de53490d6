"""What an index keeps of a folded text, and what a word looks for in it.

    台风“梅花”5G      atoms:  台 风 “ 梅 花 ” 5 g        grams:  each atom, and 台风 梅花 5g

An *atom* is one Han character (or kana, or Hangul), a run of other letters, a run of digits, or one mark. A *gram* is
an atom, or two letters or numbers that stand side by side. So a word of one or two atoms is one gram, and is in a text
exactly where its gram is; a longer one is only where all of its grams are, and has to be looked for there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from operator import add

from storage.search.fold import FIRST_HAN

_ATOM = re.compile(rf"[0-9]+|[^\W_0-9{FIRST_HAN}-\U0010ffff]+|\S")
_WRITTEN_IN_WORDS = re.compile(rf"[^\W_{FIRST_HAN}-\U0010ffff]+")
"""Letters and digits that are no words by themselves."""
_BLANKS = frozenset(" \x00")


@dataclass(frozen=True, kw_only=True)
class Grams:
    """What a word looks for."""

    all: tuple[str, ...]
    """A text that holds the word holds each of them. Never empty."""
    exact: bool
    """Whether a text that holds them holds the word."""


def grams_of_text(text: str) -> set[str]:
    """Every gram of a folded text; none reaches across `question.BETWEEN`."""
    single = _WRITTEN_IN_WORDS.sub(" ", text)  # what is left are atoms of one character: no need to look for them
    found = set(single) - _BLANKS
    found.update(filter(str.isalnum, map(add, single, single[1:])))
    for run in _WRITTEN_IN_WORDS.finditer(text):
        beside = (text[run.start() - 1 : run.start()], text[run.end() : run.end() + 1])
        before, behind = ([one] if one.isalnum() else [] for one in beside)
        atoms = [*before, *_ATOM.findall(run[0]), *behind]
        found.update(atoms)
        found.update(map(add, atoms, atoms[1:]))
    return found


def grams_of_word(word: str) -> Grams:
    """What a folded word or phrase, which is not blank, looks for.

    >>> grams_of_word("台风").all, grams_of_word("登陆时").all
    (('台风',), ('登陆', '陆时'))
    """
    found: list[str] = []
    for part in re.findall(r"[^\W_]+|[^\w\s]|_", word):
        atoms = _ATOM.findall(part)
        found.extend(map(add, atoms, atoms[1:]) if len(atoms) > 1 else atoms)
    return Grams(all=tuple(dict.fromkeys(found)), exact=len(found) == 1)


def stands_in(word: str, text: str) -> bool:
    """Whether a folded word stands in a folded text: the definition of a hit.

    Its characters stand there in order, and a word that begins or ends with a letter that is written in words, or with
    a digit, is not the middle of a longer one: `cat` is not in `concatenate`, nor `5` in `15`; both are in `cat5`.

    >>> stands_in("cat", "concatenate cat5"), stands_in("5", "15"), stands_in("台", "台风")
    (True, False, True)
    """
    return any(True for _ in places(word, text))


def places(word: str, text: str) -> Sequence[int]:
    """Where a folded word begins in a folded text; places may overlap."""
    found = []
    at = text.find(word)
    while at >= 0:
        if not _goes_on(text, at) and not _goes_on(text, at + len(word)):
            found.append(at)
        at = text.find(word, at + 1)
    return found


def _goes_on(text: str, edge: int) -> bool:
    """Whether one run of letters, or of digits, stands on both sides of an edge."""
    if not 0 < edge < len(text):
        return False
    kind = _kind(text[edge - 1])
    return bool(kind) and kind == _kind(text[edge])


def _kind(character: str) -> str:
    if "0" <= character <= "9":
        return "digit"
    return "letter" if character < FIRST_HAN and character.isalnum() else ""
