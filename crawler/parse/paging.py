"""The next part of an article that is spread over several pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from crawler.parse.document import Document
from crawler.parse.shapes import fold, plain

_WORDS = re.compile(
    r"^[\[(<]?\s*(?:下\s*一?\s*页|下\s*一?\s*頁|后一页|余下全文|阅读余下全文|阅读下一页)\s*[\])>]?[›»>]*$"
)
_PART = re.compile(
    r"(?:[_-]p?|/|/p|/page/|[?&](?:page|p|pageno|pagenum)=)(\d{1,3})(?=\.s?html?$|/?$|&|\.\w{3,5}$)", re.I
)
MAX_PARTS = 100
"""A higher number is an id, not a part."""


def next_part(document: Document) -> str | None:
    """Absolute address of the article's next part; None on its last or only one.

    Taken are links that say 下一页 or 余下全文 and whose address is this page's with a part's number added or raised by
    one: 下一页 of a list of comments or of a neighbouring article does not look so.
    """
    own = _split(document.page.url)
    for link in _links(document.root):
        url = str(urljoin(document.page.url, (link.get("href") or "").strip()))
        stem, part = _split(url)
        if stem == own[0] and part == own[1] + 1 and urlsplit(url).scheme in ("http", "https"):
            return url
    return None


def _links(root: HtmlElement) -> Iterator[HtmlElement]:
    for link in root.iter("a"):
        if link.get("href") and _WORDS.match(plain(fold(link.text_content()))):
            yield link


def _split(url: str) -> tuple[str, int]:
    """Address without its part's number and scheme, and the number; 1 where it has none.

    >>> _split("https://a.cn/n/2024/c1-33.html"), _split("https://a.cn/t1024.html")
    (('a.cn/n/2024/c1.html', 33), ('a.cn/t1024.html', 1))
    """
    address = re.sub(r"^[a-z]+://", "", url.split("#")[0])
    match = next(reversed(list(_PART.finditer(address))), None)
    if match is None or not 1 <= int(match[1]) <= MAX_PARTS:
        return address, 1
    return address[: match.start()] + address[match.end() :], int(match[1])
