"""Addresses of articles and of lists, as content systems of all kinds write them."""

from __future__ import annotations

import pytest
from list_pages import page_of, urls

from crawler.parse.listing import read_listing
from crawler.sites.profile import load_profile
from storage.records import Listing

XIHAIAN = load_profile("xihaian")
(WWW,) = [channel for channel in XIHAIAN.channel if channel.name == "www"]
HOME = "http://www.xihaiannews.com/"
HEADLINES = ("石桥镇的渔船今天清晨出海", "灯塔村为老人办起了夜校", "跨海大桥主塔顺利封顶")


def listing(html: str, path: str = "xw/", **known: object) -> Listing:
    """What a page of the shipped home page's channel leads to."""
    return read_listing(page_of(html, HOME + path, channel="www", **known), WWW, XIHAIAN)


ARTICLES = """
/?p={n} /archives/{n} /post/{n}.html /index.php/home/article/detail/id/{n}.html /content/detail/id/{n} /news/{n}/
/news/view/id/{n}/catid/3 /a/20240726/00{i}2.html /system/2024/07/26/0{n}.shtml /n1/2024/0726/c1001-{n}.html
/c/2024-07-26/{n}.shtml /webDetails/news?id={n}&tenantId=12 /h5/news/detail.html?contentId={n} ReadNews.asp?NewsID={n}
shownews.asp?id={n}&BigClassName=a /newsDetail.action?id={n} content.jsp?contentid={n} /view.do?method=show&nid={n}
/Item/{n}.aspx /e/action/ShowInfo.php?classid=3&id={n} /plus/view.php?aid={n} /index.php?id={n} /news/?{n}.html
/index.php?s=/home/news/detail/id/{n}.html /p/5f3c0a9b8c{i}d /2024/7/26/{i}.html /201907/{n}.htm /viewnews-{n}.html
"""


@pytest.mark.parametrize("pattern", ARTICLES.split())
def test_articles_are_known_by_their_address(pattern: str) -> None:
    """Every way of numbering that a content system of the country uses."""
    rows = "".join(
        f"<li><a href='{pattern.format(n=51231 + place, i=place + 1)}'>{text}</a></li>"
        for place, text in enumerate(HEADLINES)
    )
    assert [link.text for link in listing(f"<ul>{rows}</ul>").links] == list(HEADLINES)


SECTIONS = """
/Category_12/Index.aspx /news.php?lang=cn&class2=3 /html/news/12/ /News.aspx?Type=3 /list-3-1.html /?cat=3 /3.html
/index.php/home/article/index/cid/3.html /news/list/3 /channels/3.html /NewsList.asp?SortID=3
/e/action/ListInfo/?classid=3 /portal.php?mod=list&catid=3 /xw.asp
//www.xihaiannews.com/xw node_123.htm /class/3/ /col/col123/ /news/3.html
/index.php?s=/home/news/lists/category/3.html /news-3.html /plus/list.php?tid=3 /News/Index/3 /newslist.html?type=3
"""


@pytest.mark.parametrize("href", SECTIONS.split())
def test_sections_are_known_by_their_address(href: str) -> None:
    """Lists of the same systems, behind a menu's words; none of them is an article."""
    found = listing(f"<div class=nav><a href='/'>首页</a><a href='{href}'>青岛西海岸新区要闻</a></div>", "")
    assert [link.text for link in found.sections] == ["青岛西海岸新区要闻"]
    assert urls(found) == []


def test_a_short_number_outside_the_menu_is_no_section() -> None:
    """An early article with a short headline would be asked for as a list in every run."""
    assert listing("<ul class=poems><li><a href='/poems/3.html'>夏日听海</a></li></ul>", "").sections == ()


def test_an_article_is_no_section_as_well() -> None:
    """A headline as short as a section's name, among others under the same short numbers, is the article alone."""
    rows = "".join(
        f"<li><a href='/i.php?a=show&id=44{place}' title='{text}，沿岸的人都来看'>{text[:8]}…</a></li>"
        for place, text in enumerate(HEADLINES)
    )
    found = listing(f"<ul>{rows}</ul><p><a href='/i.php?a=show&id=449'>夏日听海</a></p>", "")
    assert (len(found.links), found.sections) == (4, ())


FRAMES = (
    '<html><frameset rows="90,*"><frame src=top.htm><frame src="/main.asp?x=1#a"><frame src="/gg/1.htm"></frameset>'
)


def test_a_frame_set_is_the_pages_in_its_frames() -> None:
    """A home page of frames leads nowhere by itself; a frame is called what the page around it was called."""
    home, section = listing(FRAMES, ""), listing(FRAMES, "xw/", link_text="新闻", via=HOME)
    assert [(link.url, link.text) for link in home.sections] == [
        (HOME + "top.htm", ""),
        (HOME + "main.asp?x=1", ""),
    ]
    assert {link.text for link in section.sections} == {"新闻"}


def test_a_frame_inside_a_page_counts_where_the_page_lists_nothing() -> None:
    """A list in an iframe is the page's list; beside a list of its own it is weather and adverts."""
    framed = "<iframe src=/news_list.html></iframe><iframe src=http://other.example.com/></iframe>"
    rows = f"<a href=/a/51231.html>{HEADLINES[0]}</a>"
    assert [link.url for link in listing(framed).sections] == [HOME + "news_list.html"]
    assert listing(framed + rows).sections == ()


ROWS = [(f"/a/5123{place}.html", text) for place, text in enumerate(HEADLINES)]
IN_SCRIPTS = {
    "records": "<script type='text/xml'><recordset>"
    + "".join(f"<record><![CDATA[<li><a href='{href}'>{text}</a></li>]]></record>" for href, text in ROWS)
    + "</recordset></script>",
    "written": '<script>document.write("'
    + "".join(rf"<li><a href=\"{href}\">{text}<\/a>" for href, text in ROWS)
    + '");</script>',
    "state": '<div id=app></div><script>window.__STATE__={"menu":[{"title":"关于我们的网站","url":"/about"}],"rows":['
    + ",".join(f'{{"title":"{text}","url":"{href}"}}' for href, text in ROWS)
    + "]};run()</script>",
    "data": "<script type=application/json>["
    + ",".join(f'{{"headline":"{text}","link":"{href}"}}' for href, text in ROWS)
    + "]</script>",
}


@pytest.mark.parametrize("html", IN_SCRIPTS.values(), ids=IN_SCRIPTS)
def test_a_list_in_a_script_is_read_where_the_page_shows_none(html: str) -> None:
    """Records in CDATA, written markup and the state of a page drawn by a script hold the same list."""
    assert [link.text for link in listing(html).links] == list(HEADLINES)


def test_a_script_s_list_stands_behind_the_page_s_own() -> None:
    """What a page shows is its list; a script's is recommended reading."""
    found = listing(f"<a href=/a/99999.html>{HEADLINES[0]}昨天</a>" + IN_SCRIPTS["state"])
    assert urls(found) == [HOME + "a/99999.html"]


def test_an_empty_page_of_scripts_lists_nothing() -> None:
    """A shell without data is an empty list, and no menu becomes one."""
    assert (
        listing('<div id=app></div><script>var menu=[{"title":"关于我们的网站","url":"/about"}]</script>') == Listing()
    )


def test_a_page_of_headlines_without_selectors_says_that_it_fell_back() -> None:
    """And one without any link does not claim that it found some."""
    assert listing(f"<a href=/a/51231.html>{HEADLINES[0]}</a>").fell_back
    assert not listing("<p>网站维护中</p>").fell_back
