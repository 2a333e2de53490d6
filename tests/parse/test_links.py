"""Single links: the next page, where a page sends its reader, what an address's shape says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from list_pages import page_of

from crawler.parse.anchors import absolute, anchors, without_moment
from crawler.parse.document import Document
from crawler.parse.linkshape import Shape, shape_of
from crawler.parse.pagination import next_page
from crawler.parse.refresh import refresh_target
from storage.records import Kind

HOST = "http://www.bridge.example"


def following(html: str, path: str = "/xw/index.html", selectors: tuple[str, ...] = (), number: int = 1) -> str | None:
    """Path of the next page."""
    found = next_page(Document(page_of(html, HOST + path, page_number=number)), selectors)
    return found.removeprefix(HOST) if found else None


@pytest.mark.parametrize(
    ("html", "path", "expected"),
    [
        ("<a href=index_1.html>下一页</a>", "/xw/index.html", "/xw/index_1.html"),
        ("<a href='?page=1'>首页</a><a href='?page=2'>下页 ›</a><a href='?page=9'>尾页</a>", "/xw/", "/xw/?page=2"),
        ("<a href=list_2.shtml>[下一页]</a>", "/list.shtml", "/list_2.shtml"),
        ("<a href=2.html>&gt;</a><a href=9.html>&gt;&gt;</a>", "/xw/1.html", "/xw/2.html"),
        ("<a href=2.html>›</a><a href=9.html>»</a>", "/xw/1.html", "/xw/2.html"),
        ("<a href=2.html>»</a>", "/xw/1.html", "/xw/2.html"),
        ("<a href=2.html><img src=n.gif alt=下一页></a>", "/xw/1.html", "/xw/2.html"),
        ("<a href=2.html title=下一页><i class=arrow></i></a>", "/xw/1.html", "/xw/2.html"),
        ("<link rel=next href='/xw/p2'>", "/xw/", "/xw/p2"),
        ("<a rel='nofollow next' href='/xw/p2'>older</a>", "/xw/", "/xw/p2"),
        ("<A HREF='javascript:;'>下一页</A>", "/xw/", None),
        ("<li class=disabled><a href='?page=9'>下一页</a></li>", "/xw/", None),
        ("<a href='/xw/index.html'>下一页</a>", "/xw/index.html", None),
        ("<a href='http://elsewhere.example/2.html'>下一页</a>", "/xw/", None),
        ("<a href=2.html>下一篇：石桥镇的渔船</a><a href=3.html>下一版</a>", "/xw/1.html", None),
    ],
)
def test_the_next_page_by_its_words(html: str, path: str, expected: str | None) -> None:
    """下一页 in all its spellings; dead buttons, other hosts and this page itself are no next page."""
    assert following(html, path) == expected


@pytest.mark.parametrize(
    ("html", "path", "number", "expected"),
    [
        ("<p><b>1</b><a href=index_1.html>2</a><a href=index_2.html>3</a>", "/xw/index.html", 1, "/xw/index_1.html"),
        (
            "<p><a href=index.html>1</a><span>2</span><a href=index_2.html>3</a>",
            "/xw/index_1.html",
            2,
            "/xw/index_2.html",
        ),
        ("<ul><li class=on>2</li><li><a href='?page=3'>3</a></ul>", "/xw/?page=2", 1, "/xw/?page=3"),
        ("<a href='?p=1'>1</a><a href='?p=2'>2</a><a href='?p=3'>3</a>", "/xw/?p=2", 1, "/xw/?p=3"),
        ("<a href='/xw/2/'>[2]</a><a href='/xw/3/'>[3]</a>", "/xw/", 1, "/xw/2/"),
        ("<a href='/xw/page/2'>2</a>", "/xw/", 1, "/xw/page/2"),
        ("<a href='forum-58-2.html'>2</a>", "/forum-58-1.html", 1, "/forum-58-2.html"),
        ("<p><b>3</b><a href='index_1.html'>2</a>", "/xw/index_2.html", 3, None),
        ("<li><a href='/a/51231.html'>1</a></li><li><a href='/a/51232.html'>2</a></li>", "/a/", 1, None),
    ],
)
def test_the_next_page_by_its_number(html: str, path: str, number: int, expected: str | None) -> None:
    """A pager of numbers alone: the one after this page's, and no rank list."""
    assert following(html, path, number=number) == expected


@pytest.mark.parametrize(
    ("script", "path", "expected"),
    [
        ('createPageHTML(20, 0, "index", "html");', "/xw/", "/xw/index_1.html"),
        ("createPageHTML(20, 4, 'index', 'shtml');", "/xw/index_4.shtml", "/xw/index_5.shtml"),
        ('createPageHTML("20","0","list","htm")', "/xw/list.htm", "/xw/list_1.htm"),
        ("createPageHTML('page_div',20, 1,'list','html',400);", "/xw/list.html", "/xw/list_2.html"),
        ('createPageHTML(20, 19, "index", "html");', "/xw/index_19.html", None),
        ('createPageHTML(1, 0, "index", "html");', "/xw/", None),
        ("var currentPage = 3;//from 0\nvar countPage = 9//pages", "/xw/index_3.html", "/xw/index_4.html"),
        ("function createPageHTML(_nPageCount, _nCurrIndex, _sPageName, _sPageExt){}", "/xw/", None),
    ],
)
def test_the_next_page_by_the_script_that_counts_files(script: str, path: str, expected: str | None) -> None:
    """TRS pages name count, place, name and ending in a script; the last page has no next."""
    assert following(f"<html><body><script>\n{script}\n</script></body></html>", path) == expected


def test_selectors_of_the_profile_come_before_words() -> None:
    """What the profile points at is the next page."""
    html = "<a href=2.html>下一页</a><div class=older><a href=/old/7.html>earlier</a></div>"
    assert following(html, selectors=(".none", ".older a")) == "/old/7.html"


REFRESHES = [
    ("<META HTTP-EQUIV='REFRESH' CONTENT='0; URL=20240726/IssueIndex.htm'>", "/c/20240726/IssueIndex.htm"),
    ('<meta http-equiv="refresh" content="0;url=Page01NU.htm">', "/c/Page01NU.htm"),
    ("<meta content='3; /index.shtml' http-equiv=Refresh>", "/index.shtml"),
    ("<meta http-equiv=refresh content=\"0; url='../x.htm'\">", "/x.htm"),
    ("<meta http-equiv=refresh content='0.5 ; URL = \"x.htm\"'>", "/c/x.htm"),
    ("<html><body></html><META HTTP-EQUIV=REFRESH CONTENT='0;URL=x.htm'>", "/c/x.htm"),
    ("<base href='/d/'><meta http-equiv=refresh content='0;url=x.htm'>", "/d/x.htm"),
    ("<script>window.location.href='20240726/IssueIndex.htm';</script>", "/c/20240726/IssueIndex.htm"),
    ('<script>location = "x.htm"</script><noscript><a href=y.htm>go</a></noscript>', "/c/x.htm"),
    ("<script>self.location.replace('x.htm')</script>", "/c/x.htm"),
    ("<body onload=\"top.location.href='x.htm'\"></body>", "/c/x.htm"),
    ("<script>if(/Mobile/.test(a)){location.href='/h5/'}else{location.href='/html/'}</script>", "/html/"),
    ("<script>location.href='new.htm'\n// location.href='old.htm'\n/* location='x' */</script>", "/c/new.htm"),
]


@pytest.mark.parametrize(("html", "expected"), REFRESHES)
def test_where_a_page_sends_its_reader(html: str, expected: str) -> None:
    """Meta refresh in any spelling, and the one script of an empty index page."""
    assert refresh_target(page_of(html, HOST + "/c/PaperIndex.htm", Kind.ISSUE)) == HOST + expected


@pytest.mark.parametrize(
    "html",
    [
        "<meta http-equiv=refresh content='300; url=/'>",
        "<meta http-equiv=refresh content='5'>",
        "<meta http-equiv=refresh content='0;url=javascript:go()'>",
        "<noscript><meta http-equiv=refresh content='0;url=/noscript.html'></noscript>",
        "<script>if(phone){location.href='/m/'}</script>" + "<p>石桥镇的渔船今天清晨出海</p>" * 20,
        "<script>if(phone){location.href='/m/'}</script>" + "<a href=1.html>一</a>" * 9,
        "<script>location.href='/a/' + id</script>",
        "<p>location.href='x.htm'</p>",
        "{}",
        "",
    ],
)
def test_a_page_that_shows_something_itself_sends_nobody_on(html: str) -> None:
    """A page that renews itself, one for readers without scripts, one that moves phones away."""
    assert refresh_target(page_of(html, HOST + "/c/")) is None


@pytest.mark.parametrize(
    ("path", "shape"),
    [
        ("/content/2024-07/26/content_123.htm", Shape.DATED),
        ("/202407/t20240726_123.html", Shape.DATED),
        ("/2024/0726/123.shtml", Shape.DATED),
        ("/2024/07/26/ARTI1234.shtml", Shape.DATED),
        ("/art/2024/7/26/art_12_345.html", Shape.DATED),
        ("/2024/0726/123/index.html", Shape.DATED),
        ("/a/123.html", Shape.NUMBERED),
        ("/news/show-12-345-1.html", Shape.NUMBERED),
        ("/thread-123-1-1.html", Shape.NUMBERED),
        ("/forum.php?mod=viewthread&tid=9", Shape.NUMBERED),
        ("/general/0/NEWS123ABC", Shape.NUMBERED),
        ("/node_123.htm", Shape.OTHER),
        ("/list/12.html", Shape.OTHER),
        ("/col/17.htmlx", Shape.OTHER),
        ("/col/col1234/index.html", Shape.OTHER),
        ("/forum-58-1.html", Shape.OTHER),
        ("/forum.php?mod=forumdisplay&fid=58", Shape.OTHER),
        ("/index.php?m=content&c=index&a=lists&catid=3", Shape.OTHER),
        ("/list.php?id=3", Shape.OTHER),
        ("/index_2.html", Shape.OTHER),
        ("/xw/?page=2", Shape.OTHER),
        ("/20240726/1.jpg", Shape.OTHER),
        ("/xw/", Shape.OTHER),
        ("/about/us.html", Shape.OTHER),
        ("", Shape.OTHER),
        (":99999/1.html", Shape.NUMBERED),
    ],
)
def test_what_the_shape_of_an_address_says(path: str, shape: Shape) -> None:
    """Articles are dated or numbered; lists, files and pages about the site are not."""
    assert shape_of(HOST + path) is shape


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        (" ..\\20240726\\Page01.htm ", HOST + "/20240726/Page01.htm"),
        ("a\nb.htm", HOST + "/c/ab.htm"),
        ("//other.example/x y", "http://other.example/x%20y"),
        ("#top", None),
        ("", None),
        ("javascript:void(0)", None),
        ("mailto:a@b.example", None),
        ("http://[broken", None),
    ],
)
def test_references_become_addresses(href: str, expected: str | None) -> None:
    """Backslashes, line ends and blanks of hand-made pages; what is no web address is none."""
    assert absolute(HOST + "/c/d.htm", href) == expected


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<a href=1><h3>渔船出海</h3><p>海边的摘要</p></a>", "渔船出海"),
        ("<a href=1>渔船<br>出海</a>", "渔船 出海"),
        ("<a href=1 title=渔船今天出海>渔船今…</a>", "渔船今天出海"),
        ("<a href=1 title=点击查看详情>渔船出海</a>", "渔船出海"),
        ("<a href=1><img alt=渔船出海></a>", "渔船出海"),
        ("<a href=1><script>x()</script>渔船<b>出海</b></a>", "渔船出海"),
        ("<a href=1>[详细]</a>", "[详细]"),
    ],
)
def test_what_a_link_says(html: str, text: str) -> None:
    """Its headline before its summary, its title where the text is cut, its picture's description."""
    assert [anchor.text for anchor in anchors(Document(page_of(html, HOST + "/")).root, HOST + "/")] == [text]


@pytest.mark.parametrize("text", ["3-5岁儿童疫苗接种点", "12306新功能上线", "2024年7月26日起石桥免费", "1:0战胜灯塔队"])
def test_numbers_that_belong_to_a_headline_stay(text: str) -> None:
    """A headline is not shortened by a number at its start, unless that is a date beside it."""
    assert without_moment(text) == text


@given(st.text(max_size=80))
def test_any_text_may_be_a_reference_or_a_headline(text: str) -> None:
    """Never raises, and what comes back is an address or none."""
    found = absolute(HOST + "/c/", text)
    assert found is None or found.startswith("http")
    shape_of(HOST + text)
    assert len(without_moment(text)) <= len(text)


@given(st.text(alphabet="<>metascript ='\"urlhttp-equivrefresh0;locationcontent./", max_size=150))
def test_any_page_can_be_asked_where_it_leads(text: str) -> None:
    """Refresh and next page never raise."""
    page = page_of(text, HOST + "/c/")
    for found in (refresh_target(page), next_page(Document(page))):
        assert found is None or found.startswith("http")
