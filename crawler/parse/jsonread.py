"""JSON as interfaces answer it: plain or wrapped in a call, its keys in whatever case, its objects however deep."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from crawler.parse.shapes import fold

MAX_DEPTH = 12
"""Deeper nesting than any interface has; bounds every search in an unknown answer."""
MAX_CHARS = 2_000_000
"""A longer answer is not read: it costs some thirty times its length in memory. Interfaces answer with kilobytes."""
MAX_ITEMS = 5_000
"""More objects on one level than any answer has; bounds what one answer can add."""

_CALL = re.compile(
    r"^\s*(?:/\*.*?\*/\s*)?(?:try\s*\{\s*)?(?:(?:var|let|const)\s+)?[\w$.]+\s*(?:=|\()\s*(?=[\[{])", re.DOTALL
)
_BEGINS = re.compile(r"^[\[{]\s*[\"\[{]")

Item = Mapping[str, Any]


def read_json(text: str) -> object | None:
    """What a JSON or JSONP answer holds, None where it is neither. Never raises.

    Line feeds inside strings are taken as they are: interfaces written by hand do not escape them.

    >>> read_json('callback([{"id": 1}]);')
    [{'id': 1}]
    """
    if len(text) > MAX_CHARS:
        return None
    body = text.strip("\ufeff \t\r\n")
    start = _CALL.match(body)
    try:
        value, _ = json.JSONDecoder(strict=False).raw_decode(body, start.end() if start else 0)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict | list) else None


def looks_like_json(text: str) -> bool:
    """Whether an answer begins like JSON or JSONP, whole or cut off.

    >>> looks_like_json('cb({"title": "青石'), looks_like_json("<p>{}</p>")
    (True, False)
    """
    body = text[:4096].strip("\ufeff \t\r\n")
    start = _CALL.match(body)
    return _BEGINS.match(body[start.end() :] if start else body) is not None


def children(place: object) -> list[object]:
    """What an object or a list holds."""
    if isinstance(place, dict):
        return list(place.values())
    return place if isinstance(place, list) else []


def objects(data: object) -> Iterator[Item]:
    """Every object of an answer, from the outside in."""
    level = [data]
    for _ in range(MAX_DEPTH):
        yield from (place for place in level if isinstance(place, dict))
        level = [inner for place in level for inner in children(place)][:MAX_ITEMS]


def first(item: Item, keys: tuple[str, ...]) -> Any:
    """The value of the first of these keys that holds something; None where none does.

    Letter case and underscores do not count: interfaces of one maker differ in them.

    >>> first({"Title": "", "PUB_TIME": "2024-07-26"}, ("title", "pubTime"))
    '2024-07-26'
    """
    known = {_bare(key): value for key, value in item.items() if value not in (None, "", [], {})}
    return next((known[bare] for key in keys if (bare := _bare(key)) in known), None)


def _bare(key: str) -> str:
    return key.lower().replace("_", "")


def text_of(value: object) -> str:
    """A string or a number as text; nothing for anything else."""
    return str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""


def unmarked(text: str) -> str:
    """A value that may hold tags and entities, as one line of text."""
    return fold(html.unescape(re.sub(r"<[^<>]{0,200}>", "", text)))
