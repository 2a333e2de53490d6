"""Shapes of addresses: what the articles of a list have in common, as a regular expression."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from urllib.parse import urlsplit

MOST_SHAPES = 4
"""Of one list; the addresses of a list of more have no shape in common."""
_CODE = re.compile(r"(?=[A-Za-z]*\d+[A-Za-z]+\d)[A-Za-z0-9]{6,}")
"""Letters and digits in turns: `NEWS24A7KQ9`."""
_DIGITS = re.compile(r"\d+")


def article_shape(urls: Iterable[str]) -> str | None:
    r"""The regular expression (`re.search`) that fits all of a list's articles; None where they are of many shapes.

    None as well where one of them holds no number: such a shape would fit anything.

    >>> print(article_shape([f"http://a.example/t2024/0{day}/t2024070{day}_{day}17.html" for day in (1, 2, 3)]))
    /t\d+/\d+/t\d+_\d+\.html
    >>> print(article_shape(["http://a.example/news.html"]))
    None
    """
    shapes = Counter(shape_of(url) for url in dict.fromkeys(urls))
    if not 0 < len(shapes) <= MOST_SHAPES or not all("\\d+" in shape or "\\w+" in shape for shape in shapes):
        return None
    return "|".join(shape for shape, _ in shapes.most_common())


def shape_of(url: str) -> str:
    """An address without scheme and host, numbers and codes in it as patterns."""
    parts = urlsplit(url)
    target = f"{parts.path}?{parts.query}" if parts.query else parts.path
    pieces: list[str] = []
    place = 0
    for match in re.finditer(f"{_CODE.pattern}|{_DIGITS.pattern}", target):
        pieces += [re.escape(target[place : match.start()]), r"\d+" if match[0].isdigit() else r"\w+"]
        place = match.end()
    # `-` and `/` need no escape outside of a class; a pattern is for people to read.
    return "".join([*pieces, re.escape(target[place:])]).replace(r"\-", "-").replace(r"\&", "&").replace(r"\=", "=")


def host_name(url: str) -> str:
    """The host that a profile names: without port and `www.`; empty for what is no web address."""
    parts = urlsplit(url)
    host = (parts.hostname or "") if parts.scheme in ("http", "https") else ""
    return host.removeprefix("www.")
