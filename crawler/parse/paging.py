"""The next part of an article that is spread over several pages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from crawler.parse.anchors import absolute
from crawler.parse.document import Block, Document
from crawler.parse.shapes import fold, plain

_WORDS = re.compile(
    r"^[\[(<]?\s*(?:下\s*一?\s*页|下\s*一?\s*頁|后一页|余下全文|阅读余下全文|阅读下一页|剩余全文)\s*[\])>]?[›»>]*$"
)
_PART = re.compile(
    r"(?:[_-]p?|/|/p|/page/|[?&](?:page|p|pageno|pagenum)=)(\d{1,3})(?=\.s?html?$|/?$|&|\.\w{3,5}$)", re.I
)
MAX_PARTS = 100
"""A higher number is an id, not a part."""
_LINK_STEPS = 3
"""Steps up from a piece of text to the link it stands in."""


def next_part(document: Document) -> str | None:
    """Absolute address of the article's next part; None on its last or only one.

    Taken are links that say 下一页 or 余下全文 and whose address is this page's with a part's number added or raised by
    one: 下一页 of a list of comments or of a neighbouring article does not look so.
    """
    own_address = _address(document.page.url)
    # A number at the end of the address may be the part's or the article's own: /a/100.html, /a/100_2.html. Where
    # parts are counted from 0, the second is /a/100_1.html.
    own = {_split(document.page.url), (own_address, 1), (own_address, 0)}
    for link in _links(document.blocks):
        url = absolute(document.base, link.get("href") or "")
        if url is not None:
            stem, part = _split(url)
            if (stem, part - 1) in own and _address(url) != own_address:
                return url.split("#")[0]
    return None


def _links(blocks: list[Block]) -> Iterator[HtmlElement]:
    """Links that say they lead to the next part, in page order."""
    for block in blocks:
        if block.link_chars and ("页" in block.text or "頁" in block.text or "全文" in block.text):
            for piece in block.pieces:
                link = _link_around(piece.element.getparent() if piece.tail else piece.element)
                if link is not None and _WORDS.match(plain(fold(link.text_content()))):
                    yield link


def _link_around(node: HtmlElement | None) -> HtmlElement | None:
    for _ in range(_LINK_STEPS):
        if node is None or node.tag == "a":
            break
        node = node.getparent()
    return node if node is not None and node.tag == "a" else None


def _split(url: str) -> tuple[str, int]:
    """Address without its part's number and scheme, and the number; 1 where it has none.

    >>> _split("https://a.cn/n/2024/c1-33.html"), _split("https://a.cn/t1024.html")
    (('a.cn/n/2024/c1.html', 33), ('a.cn/t1024.html', 1))
    """
    address = _address(url)
    match = next(reversed(list(_PART.finditer(address))), None)
    if match is None or not 1 <= int(match[1]) <= MAX_PARTS:
        return address, 1
    return address[: match.start()] + address[match.end() :], int(match[1])


def _address(url: str) -> str:
    """What is compared: no scheme, no fragment, no slash at the end of the path."""
    return re.sub(r"^[a-z]+://|/+(?=$|\?)", "", url.split("#")[0])
