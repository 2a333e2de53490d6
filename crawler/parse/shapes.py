"""How strings of Chinese news pages are compared and made comparable, one character for one character."""

from __future__ import annotations

import re
import unicodedata

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
_PLAIN: dict[int, str] = (
    {ord(wide): narrow for narrow, wides in _WIDE.items() for wide in wides}
    | {0xFF10 + digit: str(digit) for digit in range(10)}
    | _INVISIBLE
)


def plain(text: str) -> str:
    """The same length with full-width digits, blanks and separators made ASCII, so positions stay true.

    >>> plain("２０２４－０７－２６　来源：")
    '2024-07-26 来源:'
    """
    return text if text.isascii() and text.isprintable() else text.translate(_PLAIN)


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
    return _NO_LETTERS.sub("", unicodedata.normalize("NFKC", text)).casefold()
