"""Reading a replica's answers as a reader of its pages would."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from lxml import html

from demo.answer import Answer
from demo.replica import Replica


def text_of(answer: Answer) -> str:
    """The page as its reader sees it, whatever it says of its charset."""
    assert answer.status == 200
    try:
        return answer.body.decode("utf-8")
    except UnicodeDecodeError:
        return answer.body.decode("gb18030")


def links_of(replica: Replica, path: str) -> list[str]:
    """Addresses that a page links to, on this site."""
    root = html.fromstring(text_of(replica.answer(path)))
    found = [urljoin(f"http://site{path}", href) for href in root.xpath("//a/@href")]
    return [
        f"{one.path}?{one.query}" if one.query else one.path for one in map(urlsplit, found) if one.netloc == "site"
    ]


def walk(replica: Replica, path: str, word: str) -> list[str]:
    """Pages of a list, by its links of a word."""
    pages = [path]
    while True:
        root = html.fromstring(text_of(replica.answer(pages[-1])))
        onward = root.xpath(f"//a[text()='{word}']/@href")
        if not onward:
            return pages
        pages.append(urljoin(pages[-1], onward[0]))
