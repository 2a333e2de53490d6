"""The next part of an article: its own further pages, never a neighbour's."""

from __future__ import annotations

import pytest

from crawler.parse.decode import page_from_text
from crawler.parse.document import Document
from crawler.parse.paging import next_part

HOST = "https://news.example"


def following(html: str, path: str) -> str | None:
    """Path of the next part."""
    found = next_part(Document(page_from_text(html, HOST + path)))
    return found.removeprefix(HOST) if found else None


@pytest.mark.parametrize(
    ("html", "path", "expected"),
    [
        ("<a href=100_2.html>下一页</a>", "/a/100.html", "/a/100_2.html"),
        ("<a href='/a/100_3.html'>下页</a>", "/a/100_2.html", "/a/100_3.html"),
        ("<a href=100-2.html>[下一页]</a>", "/a/100.html", "/a/100-2.html"),
        ("<a href=c33-2.html>下一页 &gt;</a>", "/n/c33.html", "/n/c33-2.html"),
        ("<a href=t2024_5612_1.html>下一页</a>", "/t2024_5612.html", "/t2024_5612_1.html"),
        ("<a href='?page=2'>下一頁</a>", "/a/88.html", "/a/88.html?page=2"),
        ("<a href='88.html?page=3#top'>下一页»</a>", "/a/88.html?page=2", "/a/88.html?page=3"),
        ("<a href='/a/88/2/'>余下全文</a>", "/a/88", "/a/88/2/"),
        ("<a href=88_2.html><span>下一页</span></a><a href=88_2.html>2</a>", "/a/88.html", "/a/88_2.html"),
        ("<base href='https://news.example/b/'><a href=88_2.html>下一页</a>", "/b/88.html", "/b/88_2.html"),
    ],
)
def test_next_part(html: str, path: str, expected: str) -> None:
    """An article's second page is found in each way that its address is built."""
    assert following(html, path) == expected


@pytest.mark.parametrize(
    ("html", "path"),
    [
        ("<a href=101.html>下一篇</a>", "/a/100.html"),
        ("<a href=2345.html>下一页</a>", "/a/1234.html"),
        ("<a href=100_all.html>余下全文</a>", "/a/100.html"),
        ("<a href='/comment/100_2.html'>下一页</a>", "/a/100.html"),
        ("<a href='https://other.example/a/100_2.html'>下一页</a>", "/a/100.html"),
        ("<a href='javascript:next()'>下一页</a>", "/a/100.html"),
        ("<a href='http://[broken/100_2.html'>下一页</a>", "/a/100.html"),
        ("<a href=100_3.html>下一页</a>", "/a/100.html"),
        ("<a href=100_1.html>上一页</a>", "/a/100_2.html"),
        ("<a href='100.html#p2'>下一页</a>", "/a/100.html"),
        ("<a href=100_2.html>2</a><p>下一页说的是另一件事。</p>", "/a/100.html"),
    ],
)
def test_no_next_part(html: str, path: str) -> None:
    """Neighbouring articles, comments, other hosts, whole-text pages and this page itself are no next part."""
    assert following(html, path) is None
