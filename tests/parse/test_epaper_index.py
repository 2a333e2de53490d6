"""Issue indexes and print pages of the three e-paper generations, in every markup known from them or their siblings."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from issue_pages import DAY, H5, PC_DAY, SHTML, issue
from list_pages import by_name, link_of, urls

from crawler.parse.pagelabels import covering, read_label
from storage.records import Kind

TWO_LINKS_A_PAGE = """<html><body><div class=hdr>石桥晚报 2024年07月26日 星期五</div>
<ul><li class="banci"><span class="banci-A01"><a href="Page01NU.htm">第01版</a>
<a href="Page01NU.htm">要闻</a></span></li>
<li class="banci"><span class="banci-A01"><a href=Page02NU.htm>第02版</a> <a href=Page02NU.htm>海边·人家</a></span></li>
<li class="banci"><span class="banci-A01"><a href=Page04NU.htm>第04-05版</a>
<a href=Page04NU.htm>新镇|十年</a></span></li></ul>
<a href="Page02NU.htm">下一版</a> <a href="../20240725/IssueIndex.htm">上一期</a>
<a href="../20240725/Page01NU.htm">x</a>
<UL id=newslist><LI><A href=Articel01002NR.htm>石桥镇的渔船今天出海</A></LI>
<LI><A HREF='Articel01003NR.htm'>灯塔村办起夜校</A></UL></body></html>"""


def test_two_links_for_each_page_and_a_stray_one_are_one_page() -> None:
    """Number and name come from two links; 下一版 names nothing; another day's pages are left out."""
    listing = issue(TWO_LINKS_A_PAGE)
    assert by_name(listing) == {
        "Page01NU.htm": ("01", "要闻"),
        "Page02NU.htm": ("02", "海边·人家"),
        "Page04NU.htm": ("04-05", "新镇|十年"),
        "Articel01002NR.htm": ("01", "要闻"),
        "Articel01003NR.htm": ("01", "要闻"),
    }
    assert link_of(listing, "Articel01003NR.htm").text == "灯塔村办起夜校"
    assert listing.issue_day == DAY


ADDRESS_IN_DAOXIANG = """<div class="shijian">石桥日报     2024年07月26日</div>
<div class="listdaohang"><h4><a href="Page01DK.htm">01版：要闻</a></h4>
<ul><li><a daoxiang="Articel01001NR.htm">石桥镇的渔船今天出海</a></li></ul>
<h4><a href="Page02DK.htm">02版：副刊</a></h4>
<ul><li><a daoxiang="Articel02001NR.htm" href="javascript:void(0)">灯塔下的旧书摊</a></li></ul></div>"""

ADDRESS_IN_NEIRONG = """<div class="banmianlist_box"><a href="Page01BC.htm?div=-1">A01：要闻</a>
<a href="Page02BC.htm">A02：副刊</a></div>
<div id="mylink"><a class="overlink" href="Articel01001NR.htm?div=-1" neirong="石桥镇的渔船今天出海"></a>
<a class="overlink" href="Articel02001NR.htm" neirong="灯塔下的旧书摊"></a></div>
<div class="bd_newslist"><a href="Articel01001NR.htm?div=-1">石桥镇的渔船…</a></div>"""

ADDRESS_IN_ONCLICK = """<table><TR><TD onclick="javascript:window.location='Articel01001NR.htm'">
石桥镇的渔船今天出海</TD></TR>
<tr><td onclick=show("Articel02001NR.htm",2)>灯塔下的旧书摊</td></tr></table>
<map><area shape=poly coords="1,2" href="Articel01001NR.htm"></map>
<a onclick="goto('./Page01NU.htm')">01版:要闻</a><a onclick="goto('./Page02NU.htm')">02版:副刊</a>"""


@pytest.mark.parametrize("html", [ADDRESS_IN_DAOXIANG, ADDRESS_IN_NEIRONG, ADDRESS_IN_ONCLICK])
def test_an_article_is_found_in_whatever_attribute_its_address_stands(html: str) -> None:
    """`daoxiang`, `neirong` and `onclick` lead to the same two articles, named and placed."""
    listing = issue(html, "Page01DK.htm")
    articles = [link for link in listing.links if link.kind is Kind.ARTICLE]
    assert [(link.text, link.page_name) for link in articles] == [
        ("石桥镇的渔船今天出海", "要闻"),
        ("灯塔下的旧书摊", "副刊"),
    ]
    assert len(urls(listing, Kind.EDITION)) == 2


H5_ISSUE = """<html><body><nav><a href="Page01SC.htm">01-08版:新石桥 新海湾</a>
<a href="Page02SC.htm">02-07版:新石桥 新海湾</a>
<a href="Page03SC.htm">03版:要闻</a><a href="PageT19SC.htm">T19-T22版:建镇十周年特刊</a>
<a href="PageT20SC.htm">T20-T21版:建镇十周年·画册</a></nav>
<p><a href="Page02SC.htm">前一版</a> <a href="Page03SC.htm">下一版</a> 2024年07月26日</p>
<h3><a href="Articel01001GN.htm">石桥镇的渔船今天出海</a></h3><p>□记者 甘一 报道</p>
<p>2023年5月1日，第一艘渔船下水。</p>
<h3><a href="Articel08001GN.htm">灯塔村办起夜校</a></h3>
<h3><a href="Articel04001GN.htm">跨海大桥合龙</a></h3>
<h3><a href="Articel03002GN.htm">石桥集市改在周六</a></h3>
<h3><a href="ArticelT20001GN.htm">老照片里的石桥</a></h3>
<h3><a href="ArticelT22001GN.htm">后记：十年一瞬间</a></h3></body></html>"""


def test_articles_of_an_h5_page_belong_to_the_page_their_number_names() -> None:
    """Merged and overlapping pages: the page that begins with the number, else the smallest that holds it."""
    labels = by_name(issue(H5_ISSUE, "PageT20SC.htm", H5))
    assert labels["Articel01001GN.htm"] == ("01-08", "新石桥 新海湾")
    assert labels["Articel08001GN.htm"] == ("01-08", "新石桥 新海湾")
    assert labels["Articel04001GN.htm"] == ("02-07", "新石桥 新海湾")
    assert labels["Articel03002GN.htm"] == ("03", "要闻")
    assert labels["ArticelT20001GN.htm"] == ("T20-T21", "建镇十周年·画册")
    assert labels["ArticelT22001GN.htm"] == ("T19-T22", "建镇十周年特刊")


def test_a_date_inside_the_text_is_not_the_issues_day() -> None:
    """The h5 page tells of 2023; it is the issue of the day in its head."""
    assert issue(H5_ISSUE, generation=H5).issue_day == DAY


def test_a_page_list_without_links_still_names_the_pages() -> None:
    """The h5 page list leads to one address with a page number behind `?`; its texts name the pages."""
    html = """<a href="PageArticleIndexLB.htm?pagetonum=01">01版：要闻</a><a href="PageArticleIndexLB.htm?pagetonum=04">
    04-05版：镇街</a><p><a href="Articel05001GN.htm">石桥集市改在周六</a></p>"""
    listing = issue(html, "PageArticleIndexLB.htm?pagetonum=01", H5)
    assert by_name(listing) == {"Articel05001GN.htm": ("04-05", "镇街")}


@pytest.mark.parametrize("printed", ["2024年07月25日", "石桥日报 2024-07-25 星期四 第01版:要闻"])
def test_another_days_issue_under_this_address_says_so(printed: str) -> None:
    """A server that answers a day without an issue with the last one: the date in print tells."""
    html = f"<div>{printed}</div><a href=Page01NU.htm>01版:要闻</a><a href=Articel01002NR.htm>石桥镇的渔船出海</a>"
    assert issue(html).issue_day == date(2024, 7, 25)


def test_links_into_another_days_folder_say_so_too() -> None:
    """An index whose pages all lie in another day's folder is that day's index."""
    html = (
        "<a href='../20240725/Page01NU.htm'>01版:要闻</a><a href='../20240725/Articel01002NR.htm'>石桥镇的渔船出海</a>"
    )
    listing = issue(html, "IssueIndex.htm")
    assert listing.issue_day == date(2024, 7, 25)
    assert len(listing.links) == 2


@pytest.mark.parametrize(
    "line",
    ["今天是2026年1月5日 星期一", "摄影：甘一 2023年5月1日摄", "截至2024年6月30日", "<a href='#'>2024年07月19日</a>"],
)
def test_a_clock_or_a_caption_is_no_other_issue(line: str) -> None:
    """A day printed for another reason does not make a day lose its issue."""
    html = f"<div>{line}</div><a href=Page01NU.htm>01版:要闻</a><a href=Articel01002NR.htm>石桥镇的渔船出海</a>"
    assert issue(html).issue_day == DAY


def test_the_newest_issue_of_an_entry_page_is_its_day() -> None:
    """An entry page without a day of its own leads to the newest of the issues it links to."""
    html = "<a href=20240726/Page01NU.htm>01版:要闻</a><a href=20240719/Page01NU.htm>上周</a>"
    listing = issue(html, PC_DAY.replace("20240726/", "PaperIndex.htm"), day=date(2024, 7, 27))
    assert listing.issue_day == DAY
    assert urls(listing, Kind.EDITION) == [PC_DAY + "Page01NU.htm"]


def test_a_walked_page_keeps_the_label_it_was_found_under() -> None:
    """A page that lists no pages knows from the index what it is called."""
    html = "<ul id=newslist><li><a href=Articel05003NR.htm>石桥集市改在周六</a></ul>"
    listing = issue(html, "Page04NU.htm", label="04-05", page_name="镇街")
    assert by_name(listing) == {"Articel05003NR.htm": ("04-05", "镇街")}


def test_a_button_to_itself_does_not_unname_a_page() -> None:
    """A page linked on itself by its number alone keeps the name the index gave it; its neighbour has a number."""
    html = """<a href=Page04NU.htm><img src=04.jpg></a><a href=Page06NU.htm>下一版</a>
    <a href=Articel04003NR.htm>石桥集市改在周六</a>"""
    assert by_name(issue(html, "Page04NU.htm", label="04-05", page_name="镇街")) == {
        "Page04NU.htm": ("04-05", "镇街"),
        "Page06NU.htm": ("06", None),
        "Articel04003NR.htm": ("04-05", "镇街"),
    }


def test_one_article_listed_twice_is_one_link() -> None:
    """With and without https, with and without a text."""
    html = f"""<a href=Articel01002NR.htm></a>
    <a href="{PC_DAY.replace("https", "http")}Articel01002NR.htm">石桥镇的渔船出海</a>
    <a href="Articel01002NR.htm#here">[详细]</a>"""
    (link,) = issue(html).links
    assert (link.url, link.text) == (PC_DAY + "Articel01002NR.htm", "石桥镇的渔船出海")


@pytest.mark.parametrize("suffix", ["NR", "SC", "MT", "a", "QX"])
def test_any_template_suffix_is_followed(suffix: str) -> None:
    """The two letters are a template's name and change."""
    html = f"<a href=Page01{suffix}.htm>01版:要闻</a><a href=Articel01002{suffix}.htm>石桥镇的渔船出海</a>"
    assert len(issue(html).links) == 2


def test_addresses_in_a_script_are_found() -> None:
    """An index drawn by a script carries its addresses in it."""
    html = """<script>var pages=[{"u":"Page01NU.htm"},{"u":"Page02NU.htm"}]; show('Articel01002NR.htm');</script>"""
    assert [link.label for link in issue(html).links] == ["01", "02", "01"]


def test_frames_lead_to_pages() -> None:
    """An index that is a frame set leads to the page in its frame."""
    html = "<html><frameset><frame src=left.htm><frame src=Page01NU.htm></frameset></html>"
    assert urls(issue(html, "IssueIndex.htm"), Kind.EDITION) == [PC_DAY + "Page01NU.htm"]


PAGE_NAV = """<div class="pageNav"><ul><li><a href="v01.shtml">第01版：要闻</a></li>
<li><a href="v02.shtml">第02版：镇街</a></li>
<li><a href="vA1.shtml">A1版 特刊</a></li></ul></div>"""
TITLE_NAV = """<div class="titleNav"><ul><li><a onclick="loadNews('7001.shtml')">石桥镇的渔船今天出海</a></li>
<li><a onclick="javascript:load('/shtml/jnsx/20180322/7002.shtml')">灯塔村办起夜校</a></li></ul></div>"""
SHTML_ISSUE_DAY = date(2018, 3, 22)


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("v02.shtml", ("02", "镇街")),
        ("index.shtml", ("01", "要闻")),
        ("", ("01", "要闻")),
        ("vA1.shtml", ("A1", "特刊")),
    ],
)
def test_articles_of_an_shtml_page_stand_on_that_page(name: str, label: tuple[str, str]) -> None:
    """Running numbers say nothing of the page: it is the one that lists them; an index is the first page."""
    labels = by_name(issue(PAGE_NAV + TITLE_NAV, name, SHTML, SHTML_ISSUE_DAY))
    assert labels["7001.shtml"] == labels["7002.shtml"] == label
    assert labels["v02.shtml"] == ("02", "镇街")


def test_the_marked_page_of_the_list_is_the_one_shown() -> None:
    """An index that opens on another page marks it."""
    nav = PAGE_NAV.replace('<li><a href="v02.shtml">', '<li class="cur"><a href="v02.shtml">')
    assert by_name(issue(nav + TITLE_NAV, "index.shtml", SHTML, SHTML_ISSUE_DAY))["7001.shtml"] == ("02", "镇街")


def test_a_list_of_the_whole_issue_goes_by_its_headings() -> None:
    """`vlist.shtml` puts each page's articles under its name."""
    html = """<h3>第01版：要闻</h3><ul><li><a href=7001.shtml>石桥镇的渔船今天出海</a></ul>
    <h3>第02版：镇街</h3><ul><li><a href=7002.shtml>灯塔村办起夜校</a>
    <li><a href=7003.shtml>石桥集市改在周六</a></ul>"""
    labels = by_name(issue(html, "vlist.shtml", SHTML, SHTML_ISSUE_DAY))
    assert labels == {
        "7001.shtml": ("01", "要闻"),
        "7002.shtml": ("02", "镇街"),
        "7003.shtml": ("02", "镇街"),
    }


def test_a_page_without_an_issue_lists_nothing() -> None:
    """A polite page that there is no issue leads nowhere and has the day of its address."""
    listing = issue("<p>该日期没有报纸</p>", "index.shtml", SHTML, SHTML_ISSUE_DAY)
    assert (listing.links, listing.issue_day) == ((), SHTML_ISSUE_DAY)


@pytest.mark.parametrize(
    ("text", "label", "name"),
    [
        ("01版:要闻", "01", "要闻"),
        ("第01版：要闻", "01", "要闻"),
        ("０４－０５版：石桥节 醉美海湾", "04-05", "石桥节 醉美海湾"),
        ("T19-T22版:特刊", "T19-T22", "特刊"),
        ("第A01版要闻", "A01", "要闻"),
        ("03版:样板·村村有好戏", "03", "样板·村村有好戏"),
        ("04版:石桥十年|筑梦", "04", "石桥十年|筑梦"),
        ("第8版", "8", None),
        ("第04版、05版：镇街", "04-05", "镇街"),
        ("06版-07版：专题", "06-07", "专题"),
        ("第08/09版:副刊", "08-09", "副刊"),
        ("10、11版 公益", "10-11", "公益"),
    ],
)
def test_labels_are_read_as_printed(text: str, label: str, name: str | None) -> None:
    """Half and full width, merged pages, letters, names with signs in them."""
    found = read_label(text)
    assert found
    assert (found.text, found.name) == (label, name)


@pytest.mark.parametrize(
    "text", ["下一版", "12版画展览开幕", "01版权所有", "3个版本", "石桥镇要闻", "2024版", "第一版"]
)
def test_what_names_no_page_is_no_label(text: str) -> None:
    """Headlines, notices and buttons are not pages."""
    assert read_label(text) is None


@given(st.text(max_size=12), st.text(max_size=60))
def test_any_text_can_be_asked(number: str, text: str) -> None:
    """Labels come from hostile pages: reading them never fails."""
    label = read_label(text, bare=True)
    assert covering(number, [label] if label else []) in (label, None)


@given(st.text(alphabet="<>/a='\"hrefPage01NU.tmArticl版:20240726 ", max_size=120))
def test_any_page_can_be_read(text: str) -> None:
    """Whatever a server sends, reading it ends in a listing."""
    assert all(link.url.startswith("http") for link in issue(text).links)
