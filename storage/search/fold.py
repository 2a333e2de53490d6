"""The form in which texts, words and names are compared. What docs/search.md calls *folding*.

An index and the questions put to it must be folded alike, so everything that decides it lies in this folder, and
`VERSION` says which form an index was made of.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path

VERSION = 2
"""Raise it with every change of folding, grams, labels, or how an index is built: one of another version
is built anew."""

MIDDLE_DOT = "·"
_MIDDLE_DOTS = "·•‧∙⋅・･ꞏ"
"""What stands between the parts of a foreign name; fonts and input methods differ in which."""
_TO_FULL_WIDTH = 0xFEE0
"""From an ASCII mark to its full-width form."""
FIRST_HAN = "\u2e80"
"""Letters from here on (Han, kana, Hangul …) are words by themselves; those before are written in words."""


def _simplified() -> dict[str, str]:
    """Traditional → Simplified, chains followed to their end."""
    lines = Path(__file__).with_name("simplified.txt").read_text("utf-8").splitlines()
    pairs = {pair[0]: pair[1] for line in lines if not line.startswith("#") for pair in line.split()}
    for traditional, simple in pairs.items():
        while simple in pairs and pairs[simple] != simple:
            simple = pairs[simple]
        pairs[traditional] = simple
    return pairs


_SIMPLIFIED = _simplified()


class _Forms(dict[str, str]):
    """Character → its folded form, worked out when it is first met."""

    def __missing__(self, character: str) -> str:
        self[character] = form = _form(character)
        return form


def _form(character: str) -> str:
    if character.isspace() or character < " " or character == "\x7f":
        return " "
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", character).casefold())
    if len(plain) > 1:
        return plain if all(part.isalnum() and part < FIRST_HAN for part in plain) else character
    if plain in _MIDDLE_DOTS:
        return MIDDLE_DOT
    if plain.isspace():
        return " "
    if plain.isascii() and not plain.isalnum():
        return chr(ord(plain) + _TO_FULL_WIDTH)
    return _SIMPLIFIED.get(plain, plain)


_FORMS = _Forms()

_MAY_CHANGE = re.compile(
    r"[\x00-/:-`{-\xb6\xb8-\u2013\u2015-\u2017\u201a\u201b\u201e-\u2025\u2027-\u3000\u3003-\u3007\u3012-\u33ff"
    r"\ua640-\uabff\uf900-\uff00\uff02-\uff07\uff0a\uff0b\uff0d-\uff19\uff1c-\uff1e\uff20-\U0010ffff"
    + "".join(traditional for traditional in _SIMPLIFIED if traditional < "\U00010000")  # one by one they are slow
    + "]"
)
"""All that folding may change, and some more; the common marks and characters of a Chinese text are not among them."""

_MAY_BE_GROUPED = re.compile("，[0-9]{3}")
_GROUPED = re.compile("(?<![0-9])(?<![0-9]，)[0-9]{1,3}(?:，[0-9]{3})+(?![0-9])(?!，[0-9])")
"""1,000 or 12,345,678, once its commas are folded; no list such as 1,200,35."""


def fold(text: str) -> str:
    """A text as it is compared.

    Each character by itself: NFKC and case folded (full width becomes half width), Traditional as Simplified, every
    middle dot as ·, every kind of blank as one blank, ASCII marks as their full-width forms. A character that stands
    for several letters or digits (Ⅳ, ㎡) becomes these; the commas of a number in groups of three fall away.

    >>> fold("ＡＢ１２，Ⅳ级") == fold("ab12,IV級")
    True
    >>> fold("約翰•漢斯 1,200,000元")
    '约翰·汉斯 1200000元'
    """
    plain = _MAY_CHANGE.sub(lambda found: _FORMS[found[0]], text)
    if _MAY_BE_GROUPED.search(plain):
        plain = _GROUPED.sub(lambda found: found[0].replace("，", ""), plain)
    return plain


def fold_with_places(text: str) -> tuple[str, Sequence[int]]:
    """`fold(text)`, and for each of its characters the index in `text` of the one it came from."""
    folded = fold(text)
    if len(folded) == len(text) and all(len(_FORMS[one]) == 1 for one in set(_MAY_CHANGE.findall(text))):
        return folded, range(len(text))  # nearly every text: each character became one
    forms = [_FORMS[character] for character in text]
    plain = "".join(forms)
    places = [index for index, form in enumerate(forms) for _ in form]
    for found in reversed(list(_GROUPED.finditer(plain))):
        for at in range(found.end() - 4, found.start(), -4):
            del places[at]
    return folded, places


def forms_of(character: str) -> Sequence[str]:
    """The characters that are folded to a Han or kana letter, itself among them.

    >>> sorted(forms_of("台"))
    ['台', '檯', '臺', '颱']
    """
    return _forms_of().get(character, (character,))


_WITH_OTHER_FORMS = ((0x2E80, 0x3400), (0xF900, 0xFB00), (0xFE30, 0xFFF0), (0x1F200, 0x1F300), (0x2F800, 0x2FA20))
"""Where Unicode keeps characters that NFKC replaces by one Han or kana letter."""


@cache
def _forms_of() -> dict[str, tuple[str, ...]]:
    """Letter → what is folded to it, of those for which that is more than itself."""
    others = [*_SIMPLIFIED, *(chr(code) for first, end in _WITH_OTHER_FORMS for code in range(first, end))]
    found: dict[str, set[str]] = {}
    for other in others:
        if (letter := _FORMS[other]) != other:
            found.setdefault(letter, {letter}).add(other)
    return {letter: tuple(sorted(forms)) for letter, forms in found.items()}
