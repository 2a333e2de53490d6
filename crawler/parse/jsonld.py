"""JSON-LD of a page, read as it is written by hand and by templates: with line breaks in strings and stray commas."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from lxml.html import HtmlElement

MAX_CHARS = 1_000_000
MAX_OBJECTS = 200
"""JSON-LD objects read from one page, at most."""

_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)?[\s;]*$")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_MISSING_COMMA = re.compile(r'("\s*\n\s*)(?="[@\w]+"\s*:)')


def read_json_ld(root: HtmlElement) -> list[dict[str, object]]:
    """Objects of all `application/ld+json` scripts; lists and `@graph` made flat; unreadable ones left out."""
    found: list[dict[str, object]] = []
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        for item in _objects(_loaded(script.text or "")):
            if len(found) >= MAX_OBJECTS:
                return found
            found.append(item)
    return found


def _loaded(text: str) -> object:
    text = _WRAPPING.sub("", text[:MAX_CHARS])
    mended = _TRAILING_COMMA.sub(r"\1", text)
    for attempt in (text, mended, _MISSING_COMMA.sub(r"\1,", mended)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _objects(data: object) -> Iterator[dict[str, object]]:
    waiting = [data]
    while waiting:
        item = waiting.pop(0)
        if isinstance(item, list):
            waiting[:0] = item
        elif isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            if isinstance(graph, (list, dict)):
                waiting.insert(0, graph)
