"""The form in which words and texts are compared, and how a line of words is read."""

from __future__ import annotations

import re
import unicodedata

from storage.errors import BadQuery

_TERM = re.compile(r'"(?P<quoted>[^"]*)"|“(?P<chinese>[^”]*)”|(?P<stray>["“])|(?P<word>[^\s"]+)')


def fold(text: str) -> str:
    """Full width as half width, compatibility forms as plain ones (NFKC), letters without case.

    >>> fold("ＡＢ１２，Ⅳ") == fold("ab12,iv")
    True
    """
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def read_words(line: str) -> tuple[str, ...]:
    """The words of a query, folded: separated by blanks, `"a b"` (or `“a b”`) one phrase, each once.

    Chinese quotation marks inside a word are part of it: 打造“花园城市” is looked for as it stands.

    >>> read_words('台风 "红色 预警" 台风')
    ('台风', '红色 预警')

    Raises:
        BadQuery: a quotation mark is never closed; says which.
    """
    words: list[str] = []
    for found in _TERM.finditer(line.replace("＂", '"')):
        if found["stray"]:
            raise BadQuery(f"the quotation mark at character {found.start() + 1} of {line!r} is never closed")
        word = " ".join(fold(found[found.lastgroup or 0]).split())
        if word and word not in words:
            words.append(word)
    return tuple(words)
