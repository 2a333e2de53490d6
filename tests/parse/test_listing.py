"""List pages end to end: which articles, which next page, which sections a page of a channel leads to."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from list_pages import days, page_of, urls

from crawler.parse.listing import read_listing
from crawler.sites.profile import Channel, SiteProfile, load_profile
from storage.records import Kind, Listing

XIHAIAN = load_profile("xihaian")
CHANNELS = {channel.name: channel for channel in XIHAIAN.channel}
HOME = "http://www.xihaiannews.com/"


def listing(html: str, url: str = HOME + "xw/", channel: str = "www", **known: object) -> Listing:
    """What a page of a shipped channel leads to."""
    return read_listing(page_of(html, url, channel=channel, **known), CHANNELS[channel], XIHAIAN)


def with_selectors(**rules: object) -> Channel:
    """A list channel of its own."""
    return Channel(name="test", title="石桥要闻", start=(HOME,), **rules)


HEADLINES = ("石桥镇的渔船今天清晨出海", "灯塔村为老人办起了夜校", "跨海大桥主塔顺利封顶", "石桥集市从今天起改在周六")

FAMILIES = {
    "dated folder": "/content/2024-07/26/content_{}.htm",
    "trs": "./202407/t20240726_{}.html",
    "numbered": "/a/{}.html",
    "post": "/p/{}.html",
    "query": "/article.php?aid={}",
    "bare id": "/news/?id={}",
    "cms": "/index.php?m=content&c=index&a=show&catid=12&id={}",
    "portal": "/article-{}-1.html",
    "portal by query": "/portal.php?mod=view&aid={}",
    "thread": "/thread-{}-1-1.html",
    "art": "/art/2024/7/26/art_12_{}.html",
    "show": "/show-7-{}-1.html",
    "info": "/info/1003/{}.htm",
    "no ending": "/news/detail/{}",
    "platform": "http://dzrb.dzng.com/articleContent/1176_{}.html",
    "platform, new": "http://dzrb.dzng.com/general/0/NEWS{}ABC",
    "hash": "/news/5f3c{}0a9b8c7d6e5f4a3b2c.html",
}

FURNITURE = """<html><body><div class="topNav"><a href="/">首页</a><a href="/xw/">新闻中心</a>
<a href="/zj/list.html">镇街</a>
<a href="/p/11111.html">关于石桥新闻网的说明</a>
<a href="http://epaper.xihaiannews.com/epaper/html/qdxhab/content/PaperIndex.htm">
数字报纸在线阅读</a></div>
<div class="ad-box"><a href="/a/99999.html">石桥大酒店盛大开业欢迎光临</a></div>"""
FOOT = """<div class="pagination"><a href="index_2.html">2</a></div>
<a href="http://elsewhere.example.com/a/123.html">别的网站的一条新闻标题很长</a>
<a href="/xw/img/20240726/1.jpg">渔船出海的一张大图片</a>
<div class="footer"><a href="/about/20240101.html">互联网新闻信息服务许可证编号</a></div>
<a href="/p/77777.html">违法和不良信息举报电话专区</a>
<a href="/special/9.html">石桥镇党建工作巡礼专题</a></body></html>"""


def list_of(pattern: str, row: str = "<li><a href='{href}'>{text}</a><span>2024-07-2{n}</span></li>") -> str:
    """A list page with one row for each headline, between a site's usual furniture."""
    rows = [row.format(href=pattern.format(51230 + n), text=text, n=n) for n, text in enumerate(HEADLINES, start=1)]
    return FURNITURE + "<ul class=news-list>" + "\n".join(rows) + "</ul>" + FOOT


@pytest.mark.parametrize("pattern", FAMILIES.values(), ids=FAMILIES)
def test_articles_of_an_unknown_site_are_found_by_shape(pattern: str) -> None:
    """Every numbering that content systems use: the articles, all of them, and nothing else."""
    found = listing(list_of(pattern))
    assert [link.text for link in found.links] == list(HEADLINES)
    assert [link.day for link in found.links] == [date(2024, 7, 20 + n) for n in range(1, 5)]
    assert found.fell_back


@pytest.mark.parametrize(
    "row",
    [
        "<li><span>[2024-07-2{n}]</span> <a href='{href}'>{text}</a></li>",
        "<li><a href='{href}'>{text}</a>（07-2{n}）</li>",
        "<tr><td><a href='{href}'>{text}</a></td><td>甘一</td><td>2024/7/2{n} 09:30</td></tr>",
        "<div class=item><h3><a href='{href}'>{text}</a></h3><p>海边5月1日的事。</p><p>2024年07月2{n}日</p></div>",
        "<li><a href='{href}' title='{text}'>{text:.4}…</a> 7月2{n}日</li>",
        "<a href='{href}'><i>07-2{n}</i>{text}</a><br>",
        "<li><a href='{href}'>{text} 2024-07-2{n}</a></li>",
        "<dl><dt><a href='{href}'>{text}</a></dt><dd>07/2{n} 10:00</dd></dl>",
        "<a href='{href}'>{text}</a> 2024-07-2{n}<br>",
        "<li><a href='{href}'><img src=1></a><a href='{href}'>{text}</a><em>2{n}</em><em>2024.07</em></li>",
        "<A HREF={href}>{text}</A><FONT COLOR=red>(07-2{n})</FONT><BR>",
    ],
)
def test_the_day_beside_a_link_is_its_own(row: str) -> None:
    """Before, behind, inside, in the next cell, split in two: each row's day and headline."""
    found = listing(list_of("/a/{}.html", row))
    assert days(found) == {text: date(2024, 7, 20 + n) for n, text in enumerate(HEADLINES, start=1)}


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("12-31", date(2023, 12, 31)),
        ("昨天 10:02", date(2024, 7, 26)),
        ("3小时前", None),
        ("2天前", date(2024, 7, 25)),
        ("刚刚", date(2024, 7, 27)),
        ("浏览 07-26 次", None),
        ("2023年5月1日，第一艘渔船下水。", None),
    ],
)
def test_days_without_a_year_are_those_before_the_fetch(printed: str, day: date | None) -> None:
    """A day in the future is last year's; words count back from the fetch; what is unsure is left."""
    found = listing(f"<ul><li><a href='/a/51231.html'>{HEADLINES[0]}</a><span>{printed}</span></li></ul>")
    assert [link.day for link in found.links] == [day]


def test_a_day_that_a_headline_speaks_of_is_not_beside_it() -> None:
    """What an article announces is not when it was listed."""
    found = listing("<ul><li><a href='/a/51231.html'>2024年8月1日起石桥海滩免费开放</a></li></ul>")
    assert days(found) == {"2024年8月1日起石桥海滩免费开放": None}


def test_short_headlines_count_among_longer_ones() -> None:
    """A poem's title under the address pattern of three news items is an article; navigation is not."""
    html = list_of("/a/{}.html").replace("</ul>", "<li><a href='/a/51239.html'>夏日听海</a></li></ul>")
    assert "夏日听海" in days(listing(html))
    assert "镇街" not in days(listing(html))


def test_a_page_wrapped_in_furniture_is_still_a_page() -> None:
    """A wrapper called `pages` that holds everything hides nothing."""
    rows = [f"<p><a href=/a/512{n}.html>{text}</a>" for n, text in enumerate(HEADLINES * 4, start=10)]
    assert len(listing("<div class='pages share'>" + "".join(rows)).links) == 16


def test_repeats_are_one_link_with_the_better_text() -> None:
    """Picture, headline and 阅读全文 of one article; http and https; a place on the page."""
    html = f"""<a href="/a/51231.html"><img src=1.jpg></a>
    <a href="https://www.xihaiannews.com/a/51231.html#pl">{HEADLINES[0]}</a>
    <a href="/a/51231.html">阅读全文</a>"""
    found = listing(html)
    assert [(link.url, link.text) for link in found.links] == [(HOME + "a/51231.html", HEADLINES[0])]


def test_relative_links_start_from_the_base() -> None:
    """`<base href>` moves relative links, backslashes are slashes."""
    html = f"<base href='/news/'><a href='202407\\t20240726_51231.html'>{HEADLINES[0]}</a>"
    assert urls(listing(html)) == [HOME + "news/202407/t20240726_51231.html"]


def test_selectors_come_first_and_say_so() -> None:
    """A list channel with fruitful selectors takes what they find, whatever it looks like."""
    html = f"<div class=top><a href=/a/1.html>{HEADLINES[0]}</a></div><div class=main><a href=/story/sea>海</a></div>"
    found = read_listing(page_of(html, HOME), with_selectors(links=(".none a", ".main")), XIHAIAN)
    assert (urls(found), found.fell_back) == ([HOME + "story/sea"], False)


def test_fruitless_selectors_fall_back_aloud() -> None:
    """A site that changed its markup is still read, and the listing says that it was read by shape."""
    channel = with_selectors(links=(".gone a",), article=r"/gone/\d+")
    found = read_listing(page_of(list_of("/a/{}.html"), HOME + "xw/"), channel, XIHAIAN)
    assert (len(found.links), found.fell_back) == (4, True)


def test_the_profile_s_article_shape_is_tried_before_the_general_one() -> None:
    """Without selectors, addresses of the given shape are the articles, short texts too."""
    html = f"<a href=/read/sea>夏日听海</a><a href=/a/51231.html>{HEADLINES[0]}</a><a href=/read/more>更多</a>"
    found = read_listing(page_of(html, HOME), with_selectors(article="/read/"), XIHAIAN)
    assert urls(found) == [HOME + "read/sea"]


def test_the_platform_s_older_list_is_read_by_selector() -> None:
    """`.list ul a[target=_blank][title]` with relative links and titles cut short."""
    html = f"""<div class=list><ul><li><a target=_blank title="{HEADLINES[0]}" href="../articleContent/1176_5001.html">
    石桥镇的渔船…</a></li></ul></div><div id=columns><a data-id=2131 href=#>黄岛海岸</a><a data-id=7>省内</a></div>
    <div id=top><div><a href="/col/88.htmlx">西海岸</a><a href="/col/89.htmlx">体育</a></div></div>"""
    found = listing(html, "http://dzrb.dzng.com/col/17.htmlx", "dzrb-col")
    assert [(link.url, link.text) for link in found.links] == [
        ("http://dzrb.dzng.com/articleContent/1176_5001.html", HEADLINES[0])
    ]
    assert not found.fell_back
    assert [link.url.split("?")[-1].split("&")[0] for link in found.sections] == [
        "http://dzrb.dzng.com/col/2131.htmlx",
        "columnId=2131",
        "http://dzrb.dzng.com/col/88.htmlx",
        "columnId=88",
    ]
    assert {link.kind for link in found.sections} == {Kind.LISTING}


def test_the_drawn_county_page_is_read_as_the_browser_left_it() -> None:
    """Relative `main a` links of the platform's new articles; places in the county are no articles."""
    html = f"""<main><a href="/county/">县域</a><a href="/general/0/NEWS1234567AB">
    <h3>{HEADLINES[0]}</h3><span>07-26</span></a>
    <a href="/videos/0/NEWS7654321CD"><img alt="{HEADLINES[1]}"></a></main>"""
    found = listing(html, "http://dzrb.dzng.com/county/", "dzrb-county")
    assert [(link.url, link.text, link.day) for link in found.links] == [
        ("http://dzrb.dzng.com/general/0/NEWS1234567AB", HEADLINES[0], date(2024, 7, 26)),
        ("http://dzrb.dzng.com/videos/0/NEWS7654321CD", HEADLINES[1], None),
    ]


HOME_PAGE = """<div class=nav><a href="/">首 页</a><a href="/xwzx/">新 闻</a><a href="node_12.htm">镇街动态</a>
<a href="list.php?catid=3">教育</a><a href="/channel/7.html"><i></i>民生</a><a href="http://news.xihaiannews.com/">海岸</a>
<a href="http://club.xihaiannews.com/forum-58-1.html">海边论坛</a><a href="http://tuan.xihaiannews.com/">海岸团</a>
<a href="http://epaper.xihaiannews.com/epaper/html/qdxhab/content/PaperIndex.htm">西海岸报</a>
<a href="http://other.example.com/">友情链接</a><a href="/reg.php">注册</a><a href="/rss.xml">订阅</a>
<a href="javascript:void(0)">搜索</a></div>
<div class=box><h2>灯塔夜话</h2><a href="/dtyh/index.html">更多&gt;&gt;</a>
<a href="/a/51231.html">石桥镇的渔船今天清晨出海</a></div><div><a href="/about.html">关于我们</a></div>"""


def test_sections_of_a_home_page_are_its_own_lists() -> None:
    """Navigation and 更多 lead to lists; forum, e-paper, registration and other sites do not."""
    found = listing(HOME_PAGE, HOME)
    assert {link.text: link.url.removeprefix(HOME) for link in found.sections} == {
        "新闻": "xwzx/",
        "镇街动态": "node_12.htm",
        "教育": "list.php?catid=3",
        "民生": "channel/7.html",
        "海岸": "http://news.xihaiannews.com/",
        "灯塔夜话": "dtyh/index.html",
    }
    assert urls(found) == [HOME + "a/51231.html"]


def test_sections_are_one_level_deep() -> None:
    """A section page repeats the navigation: following it again would never end."""
    assert listing(HOME_PAGE, HOME + "xwzx/", via=HOME, link_text="新闻").sections == ()
    assert listing(HOME_PAGE, HOME, page_number=2).sections == ()


@pytest.mark.parametrize("known", [{"via": HOME}, {"requested": "https://www.xihaiannews.com"}])
def test_a_start_page_that_moved_is_still_the_start(known: dict[str, str]) -> None:
    """After a meta refresh or a redirect the home page stands at another address."""
    assert listing(HOME_PAGE, HOME + "index.shtml", **known).sections


def test_section_shapes_of_a_profile_decide() -> None:
    """A profile that knows the shape of its section addresses gets exactly those."""
    channel = with_selectors(sections=True, section=r"/node_\d+\.htm")
    found = read_listing(page_of(HOME_PAGE, HOME), channel, XIHAIAN)
    assert [link.text for link in found.sections] == ["镇街动态"]


def test_e_paper_pages_are_left_to_the_e_paper() -> None:
    """An e-paper article linked from the home page is found by the walk that knows its page."""
    address = "http://epaper.xihaiannews.com/epaper/html/qdxhab/content/20240726/Articel01002NR.htm"
    html = f"<a href={address}>{HEADLINES[0]}</a>"
    assert listing(html, HOME).links == ()


def test_a_list_channel_that_answers_with_json_is_read_as_json() -> None:
    """The content decides; items name their own addresses."""
    text = '{"data":{"rows":[{"title":"石桥镇的渔船今天出海","url":"/a/51231.html","pubDate":"2024-07-26 10:00"}]}}'
    found = listing(text, HOME + "api")
    assert [(link.url, link.day) for link in found.links] == [(HOME + "a/51231.html", date(2024, 7, 26))]
    assert found.fell_back


def test_a_list_channel_that_answers_with_a_feed_is_read_as_a_feed() -> None:
    """The same for RSS; other sites' items stay out."""
    text = """<?xml version="1.0" encoding="gb2312"?><rss><channel><item>
    <title>石桥</title><link>http://www.xihaiannews.com/a/1.html
    </link></item><item><title>远方</title><link>http://elsewhere.example.com/a/1.html</link></item></channel></rss>"""
    assert urls(listing(text, HOME + "rss.xml")) == [HOME + "a/1.html"]


def test_a_json_channel_that_answers_with_html_is_read_by_shape() -> None:
    """An interface that was switched off and shows a page instead."""
    found = listing(list_of("/articleContent/1176_{}.html"), "http://phoneapi2.xrdz.dzng.com/index.php", "dzrb-list")
    assert (len(found.links), found.fell_back) == (4, True)


@pytest.mark.parametrize("text", ["", "   ", "<", "{", "[]", "null", "<html></html>", "<?xml version='1.0'?>", "404"])
@pytest.mark.parametrize("channel", CHANNELS)
def test_a_page_with_nothing_lists_nothing(text: str, channel: str) -> None:
    """Empty and broken answers are empty listings."""
    found = listing(text, CHANNELS[channel].start[0], channel)
    assert (found.links, found.next_url, found.sections) == ((), None, ())


@given(st.text(alphabet="<>/a=\"'hreful{}[]:,1海?&#;%\\. \n", max_size=150), st.sampled_from(list(CHANNELS)))
def test_any_text_can_be_read(text: str, channel: str) -> None:
    """Whatever a server sends, reading it ends in a listing of the site's own addresses."""
    found = listing(text, CHANNELS[channel].start[0], channel)
    assert all(XIHAIAN.owns(link.url.split("/")[2].split(":")[0].lower()) for link in found.links)


def test_a_profile_of_another_site_is_another_territory() -> None:
    """Nothing is wired to the shipped site: hosts come from the profile."""
    profile = SiteProfile(name="bridge", title="石桥网", hosts=("bridge.example",), channel=())
    html = list_of("http://www.bridge.example/a/{}.html")
    found = read_listing(page_of(html, "http://www.bridge.example/"), with_selectors(), profile)
    assert len(found.links) == 4
