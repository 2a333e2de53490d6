"""How names of people and outlets are compared."""

from __future__ import annotations

import re

from storage.search.fold import fold

_BETWEEN_NAMES = re.compile(r"[、，,；;／/｜|\s]+")


def plain_text(text: str | None) -> str | None:
    """A source or column as it is compared; None where nothing is left.

    >>> plain_text(" ＱＳＷ青石灣報 ")
    'qsw青石湾报'
    """
    return fold(text or "").strip() or None


def plain_name(name: str | None) -> str | None:
    """A name without the blanks that print puts into short ones: 王 伟 is 王伟.

    >>> plain_name("王　偉")
    '王伟'
    """
    return "".join(fold(name or "").split()) or None


def names_in(line: str | None) -> tuple[str, ...]:
    """The people named in one field as they are named there: all together, then each.

    >>> names_in("王伟、林一")
    ('王伟、林一', '王伟', '林一')
    """
    whole = (line or "").strip()
    return tuple(dict.fromkeys(filter(None, (whole, *_BETWEEN_NAMES.split(whole)))))


def is_one_name(name: str) -> bool:
    """Whether a field names one person, not several together."""
    return not _BETWEEN_NAMES.search(name)
