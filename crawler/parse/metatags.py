"""Meta elements as one mapping, values that an inner quote cut short made whole."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from crawler.parse.shapes import fold

_KEYS = ("name", "property", "itemprop", "http-equiv")
_USUAL = frozenset({*_KEYS, "content", "charset", "scheme", "lang", "xml:lang", "id", "class", "media", "itemscope"})
MAX_METAS = 500
"""More meta elements than any page needs; the rest are not read."""
MAX_CONTENT_CHARS = 5000


def read_meta(root: HtmlElement, text: str) -> dict[str, str]:
    """Lower-cased key → first content.

    Args:
        root: the tree.
        text: what it was parsed from; `content="He said "so""` loses its end in the tree and is read from here.
    """
    found: dict[str, str] = {}
    for count, element in enumerate(root.iter("meta")):
        if count >= MAX_METAS:
            break
        content = element.get("content")
        if content is None:
            continue
        for key in _KEYS:
            name = (element.get(key) or "").strip().lower()
            if name and name not in found:
                found[name] = fold(_whole(element, key, content, text)[:MAX_CONTENT_CHARS])
    return found


def _whole(element: HtmlElement, key: str, content: str, text: str) -> str:
    """The content up to the quote that ends the element, where stray attributes show that an inner quote cut it."""
    if all(name in _USUAL or name.startswith("data-") for name in element.attrib):
        return content
    start = re.escape(content[:40])
    label = re.escape(element.get(key) or "")
    match = re.search(
        rf"""<meta\b[^<>]{{0,200}}?["']?{label}["']?[^<>]{{0,100}}?content=(["'])({start}.{{0,1000}}?)\1\s*/?>""", text
    )
    return match[2] if match else content
