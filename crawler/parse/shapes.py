"""How strings of Chinese news pages are compared and made comparable, one character for one character."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff〇"
"""Inside of a character class: Chinese characters."""

_INVISIBLE: dict[int, str] = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"), " ")
_GONE: dict[int, None] = dict.fromkeys(_INVISIBLE)
_UNSEEN = re.compile(f"[{''.join(map(chr, _INVISIBLE))}]")
_NO_LETTERS = re.compile(r"[\W_]+")
_WIDE = {
    " ": "\u3000\u00a0\t\r\n\u2002\u2003\u2009",
    ":": "：﹕∶",
    "/": "／∕",
    "|": "｜丨︱│┃",
    "-": "－‐‑–",
    ".": "．",
    "(": "（",
    ")": "）",
    "[": "［",
    "]": "］",
    ",": "，",
    ";": "；",
}
_PLAIN: dict[str, str] = (
    {wide: narrow for narrow, wides in _WIDE.items() for wide in wides}
    | {chr(0xFF10 + digit): str(digit) for digit in range(10)}
    | {chr(unseen): blank for unseen, blank in _INVISIBLE.items()}
)
_NOT_PLAIN = re.compile(f"[{re.escape(''.join(_PLAIN))}]")
_TO_FOLD = re.compile("[^\x00-\x7f\u4e00-\u9fff\u3000-\u3011“”‘’…—·，。：；！？（）［］]")
"""What may become another letter under NFKC; the rest stays or, being punctuation, goes either way."""


MAX_KEPT_CHARS = 200
"""Longer strings are made plain each time: few ask for them, and they take room."""


def plain(text: str) -> str:
    """The same length with full-width digits, blanks and separators made ASCII, so positions stay true.

    >>> plain("２０２４－０７－２６　来源：")
    '2024-07-26 来源:'
    """
    return _plain(text) if len(text) <= MAX_KEPT_CHARS else _NOT_PLAIN.sub(_narrow, text)


@lru_cache(maxsize=2048)
def _plain(text: str) -> str:
    """Several fields ask for the same lines, and translating is slow."""
    return _NOT_PLAIN.sub(_narrow, text)


def _narrow(wide: re.Match[str]) -> str:
    return _PLAIN[wide[0]]


def fold(text: str) -> str:
    """One line: runs of white space are one blank, invisible characters are gone, ends stripped."""
    if _UNSEEN.search(text):
        text = text.translate(_GONE)
    return " ".join(text.split())


def letters(text: str) -> str:
    """Letters and digits alone, width and case folded: what is compared when strings are asked to be the same.

    >>> letters("“测试” A１")
    '测试a1'
    """
    if _TO_FOLD.search(text):
        text = unicodedata.normalize("NFKC", text)
    return _NO_LETTERS.sub("", text).casefold()
