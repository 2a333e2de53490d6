"""Grams as numbers of 31 bits, for an index that keeps lists of numbers."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b

from storage.search.fold import FIRST_HAN

_FIRST = ord(FIRST_HAN)
_HAN_BITS = 15
"""From U+2E80 on, 32,768 characters: all of Han, kana and their marks that a newspaper prints."""
_PAIRS = 1 << 30
"""Numbers from here on are two such characters."""
_SINGLES = 1 << _HAN_BITS
"""Numbers below are one such character; those between are drawn from a hash, and two grams may share one."""


def gram_number(gram: str) -> int:
    """The number of a gram, above 0 and below 2**31.

    >>> gram_number("台风") != gram_number("风台"), gram_number("台") < 2**15
    (True, True)
    """
    if len(gram) == 2:
        first, second = ord(gram[0]) - _FIRST, ord(gram[1]) - _FIRST
        if 0 < first < _SINGLES and 0 < second < _SINGLES:
            return _PAIRS | first << _HAN_BITS | second
    elif len(gram) == 1 and 0 < (place := ord(gram) - _FIRST) < _SINGLES:
        return place
    return _hashed(gram)


def is_own(number: int) -> bool:
    """Whether no other gram has this number.

    >>> is_own(gram_number("台风")), is_own(gram_number("covid"))
    (True, False)
    """
    return number >= _PAIRS or number < _SINGLES


@lru_cache(maxsize=100_000)
def _hashed(gram: str) -> int:
    drawn = int.from_bytes(blake2b(gram.encode(errors="surrogatepass"), digest_size=8).digest())
    return _SINGLES + drawn % (_PAIRS - _SINGLES)
