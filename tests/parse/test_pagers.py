"""Pagers of hand-made and foreign pages: scripts, buttons, choices, arrows, files counted from the oldest."""

from __future__ import annotations

import pytest
from list_pages import page_of

from crawler.parse.document import Document
from crawler.parse.pagination import next_page

HOST = "http://www.bridge.example"


def following(html: str, path: str, number: int = 1) -> str | None:
    """Path of the next page."""
    found = next_page(Document(page_of(html, HOST + path, page_number=number)))
    return found.removeprefix(HOST) if found else None


@pytest.mark.parametrize(
    ("html", "path", "expected"),
    [
        ("<a href=# onclick=\"window.location='index_1.htm';return false\">下一页</a>", "/xw/", "/xw/index_1.htm"),
        ("<a href=\"javascript:turn('index_1.htm')\">下一页</a>", "/xw/", "/xw/index_1.htm"),
        ("<button onclick=\"location='?page=2'\">下一页</button>", "/xw/", "/xw/?page=2"),
        ("<input type=button value=下一页 onclick=\"location.href='?page=2'\">", "/xw/", "/xw/?page=2"),
        ("<td onclick=\"go('index_1.html')\">下一页</td>", "/xw/", "/xw/index_1.html"),
        (
            "<script>function go(p){document.location='list.asp?page='+p}</script>"
            "<a href='javascript:go(2)'>下一页</a>",
            "/xw/list.asp",
            "/xw/list.asp?page=2",
        ),
        (
            "<script>var go=function(n){ if(n<1) return; self.location.href='index_'+(n-1)+'.html'; }</script>"
            "<a href=# onclick='return go(2)'>下一页</a>",
            "/xw/index.html",
            "/xw/index_1.html",
        ),
        (
            "<script>function go(p){f.page.value=p;f.submit()}</script><a href='javascript:go(2)'>下一页</a>",
            "/xw/list.jsp",
            None,
        ),
        ("<script>function go(p){location=base+p}</script><a href='javascript:go(2)'>下一页</a>", "/xw/", None),
    ],
)
def test_the_next_page_behind_a_script(html: str, path: str, expected: str | None) -> None:
    """An address in the call, or one that a function of the page makes of a number; nothing is guessed."""
    assert following(html, path) == expected


@pytest.mark.parametrize(
    ("html", "path", "expected"),
    [
        ("<li class=next><a href='?page=2'><i></i></a></li>", "/xw/", "/xw/?page=2"),
        ("<a class=page-next href='?page=2'></a>", "/xw/", "/xw/?page=2"),
        ("<li class='next disabled'><a href='?page=2'></a></li>", "/xw/", None),
        ("<a class=next href='/photos/12.html'></a>", "/xw/", None),
        ("<a href='/xw/?page=2'>加载更多</a>", "/xw/", "/xw/?page=2"),
        ("<a href='javascript:;' data-url='/xw/?page=2'>点击加载更多</a>", "/xw/", "/xw/?page=2"),
        ("<a href=/xw/list_2.html>查看更多</a>", "/xw/list.html", "/xw/list_2.html"),
        ("<a href=/other/>查看更多</a>", "/xw/", None),
        ("<a href='http://bridge.example/xw/?page=2'>下一页</a>", "/xw/", "http://bridge.example/xw/?page=2"),
    ],
)
def test_the_next_page_behind_a_sign(html: str, path: str, expected: str | None) -> None:
    """An arrow by its class, 加载更多 of this list; pictures that scroll and other lists' 更多 are none."""
    assert following(html, path) == expected


CHOICE = "<select><option value=index.htm{}>第1页</option><option value=index_1.htm{}>2</option>"


@pytest.mark.parametrize(
    ("html", "path", "number", "expected"),
    [
        (CHOICE.format(" selected", "") + "</select>", "/xw/index.htm", 1, "/xw/index_1.htm"),
        (CHOICE.format("", "") + "<option value=index_2.htm>3</select>", "/xw/index_1.htm", 2, "/xw/index_2.htm"),
        (CHOICE.format("", " selected") + "</select>", "/xw/index_1.htm", 2, None),
        ("<select name=year><option value=2.html>2</select>", "/xw/index.html", 1, None),
        ("<b>1</b><a href=index_57.html>2</a><a href=index_56.html>3</a>", "/xw/index.html", 1, "/xw/index_57.html"),
        ("<a href=index.html>1</a><b>2</b><a href=index_56.html>3</a>", "/xw/index_57.html", 2, "/xw/index_56.html"),
        ("<a href=/xw/p/2.html>2</a>", "/xw/", 1, "/xw/p/2.html"),
        ("<a href=/xw-p2.html>2</a>", "/xw.html", 1, "/xw-p2.html"),
        ("<b>1</b><a href='/i.php?a=show&id=2'>2</a>", "/i.php?a=lists&catid=2", 1, None),
        ("<a href='/i.php?a=lists&catid=2&page=2'>2</a>", "/i.php?a=lists&catid=2", 1, "/i.php?a=lists&catid=2&page=2"),
    ],
)
def test_the_next_page_by_number(html: str, path: str, number: int, expected: str | None) -> None:
    """Pages to choose from, files counted from the oldest, folders of pages; a rank list is no pager."""
    assert following(html, path, number) == expected
