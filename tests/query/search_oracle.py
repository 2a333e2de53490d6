"""What a search must find, by the definition in docs/search.md, looked at one by one; and chances to be wrong.

Nothing of the search's own code is used but the table of Traditional characters, which is data.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import storage.search

TABLE = Path(storage.search.__file__).with_name("simplified.txt")
PAIRS = {
    pair[0]: pair[1]
    for line in TABLE.read_text("utf-8").splitlines()
    if not line.startswith("#")
    for pair in line.split()
}
TRADITIONAL = {simple: traditional for traditional, simple in PAIRS.items()}
DOTS = "·•‧∙⋅・･ꞏ"


def folded(text: str) -> str:
    """A text as it is compared: each character by itself, then the commas of numbers in groups of three."""
    plain = "".join(map(_folded, text))
    grouped = re.compile(r"(?<!\d)(?<!\d，)\d{1,3}(，\d\d\d)+(?!\d)(?!，\d)", re.ASCII)
    return grouped.sub(lambda found: found[0].replace("，", ""), plain)


@cache
def _folded(character: str) -> str:
    if character.isspace() or unicodedata.category(character) == "Cc":
        return " "
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", character).casefold())
    if len(plain) > 1:
        return plain if all(one.isalnum() and one < "\u2e80" for one in plain) else character
    if plain in DOTS:
        return "·"
    if plain.isspace():
        return " "
    if "!" <= plain <= "~" and not plain.isalnum():
        return chr(ord(plain) - ord("!") + ord("！"))
    while plain in PAIRS and PAIRS[plain] != plain:
        plain = PAIRS[plain]
    return plain


def stands_in(word: str, text: str) -> bool:
    """Whether a folded word stands in a folded text, and does not begin or end inside a word or number."""
    for at in range(len(text) - len(word) + 1):
        edges = ((text[at - 1 : at], text[at]), (text[at + len(word) - 1], text[at + len(word) : at + len(word) + 1]))
        if text[at : at + len(word)] == word and not any(_one_run(*edge) for edge in edges):
            return True
    return False


def _one_run(left: str, right: str) -> bool:
    kinds = {
        "digit" if one in "0123456789" else "letter" if one.isalnum() and one < "\u2e80" else f"none {place}"
        for place, one in enumerate((left or " ", right or " "))
    }
    return len(kinds) == 1


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question as it was meant; its words as somebody types them."""

    groups: list[list[str]] = field(default_factory=list)
    without: list[str] = field(default_factory=list)

    @property
    def line(self) -> str:
        """As it is typed."""
        parts = [" OR ".join(map(_typed, group)) for group in self.groups]
        return " ".join([*parts, *(f"-{_typed(word)}" for word in self.without)])

    def answered_by(self, texts: Iterable[str]) -> bool:
        """Whether an article of these texts is an answer."""
        plain = [folded(text) for text in texts]

        def there(word: str) -> bool:
            return any(stands_in(" ".join(folded(word).split()), text) for text in plain)

        return all(any(map(there, group)) for group in self.groups) and not any(map(there, self.without))


def _typed(word: str) -> str:
    return f'"{word}"'


SCRAPS = (
    *(
        "台风",
        "颱風",
        "港口",
        "港",
        "口",
        "风",
        "红色预警",
        "红色",
        "预警",
        "約翰·漢斯",
        "约翰•汉斯",
        "后来",
        "後",
        "发展",
    ),
    *(
        "Cat",
        "concatenate",
        "CAT",
        "ＣＡＴ",
        "cat",
        "5G",
        "５Ｇ",
        "g",
        "COVID-19",
        "A",
        "é",
        "É",
        "Ⅳ级",
        "IV級",
        "㎡",
        "m2",
    ),
    *("1,200", "1200", "１，２００", "12,00", "3.14", "2024", "20", "15", "5", "1,2,3", "12,345,678", "100％", "100%"),
    *(
        "，",
        "。",
        " ",
        "\n",
        "、",
        "“",
        "”",
        "：",
        "(",
        "）",
        "-",
        "·",
        "　",
        "@",
        "_",
        "カタ",
        "ｶﾀ",
        "𠮷",
        "𫝈",
        "가나",
        "①",
        "∙",
    ),
)
"""What texts are made of: few, so that words are found often and meet in every way."""


def a_text(chance: random.Random, most: int) -> str:
    """A text of scraps."""
    return "".join(chance.choices(SCRAPS, k=chance.randint(1, most)))


def a_question(chance: random.Random, texts: list[str]) -> Asked:
    """Words cut out of texts, some of them written another way, put together in every way the language has."""

    def word() -> str:
        while True:
            if chance.random() < 0.2:
                found = "".join(chance.choices(SCRAPS, k=chance.randint(1, 2)))
            else:
                text = chance.choice(texts)
                at = chance.randrange(len(text))
                found = text[at : at + chance.choice((1, 1, 2, 2, 3, 4, 6, 9))]
            found = _rewritten(chance, found).replace('"', "").replace("＂", "")
            if folded(found).strip():
                return found

    groups = [[word() for _ in range(chance.choice((1, 1, 1, 2, 3)))] for _ in range(chance.choice((1, 1, 1, 2, 2, 3)))]
    without = [word() for _ in range(chance.choice((0, 0, 0, 1, 2)))]
    if without and chance.random() < 0.1:
        groups = []
    return Asked(groups=groups, without=without)


def _rewritten(chance: random.Random, word: str) -> str:
    how = chance.randrange(5)
    if how == 0:
        return "".join(TRADITIONAL.get(one, PAIRS.get(one, one)) for one in word)
    if how == 1:
        return "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in word)
    if how == 2:
        return word.swapcase()
    return word
