"""PaperIndex articles, PC and h5: one story is read alike from every skin, with the profile's selectors or without."""

from __future__ import annotations

import pytest
from print_pages import BLIND, DAY, FETCHED, H5, PC, SHIPPED, STORIES, facts, facts_of, read_page, refuse_page
from print_skins import NESTED, SETTINGS, page, upper

from crawler.parse.decode import decode
from crawler.parse.reader import read
from crawler.sites.profile import SiteProfile
from storage.records import Article, Capture, Context, Edition, Kind, Moment, Precision, Reason

HEADS = ("neirong", "margin15", "duneirong", "news-header", "view-title", "title-div", "zb", "centred", "table")
BODIES = ("span", "div", "old", "view", "ozoom", "news-con", "unknown")
REPORT, WIRE = STORIES["report"], STORIES["wire"]
SKINS = [
    (head, BODIES[(place + other) % len(BODIES)], setting, bool(place % 2), bool(other % 2))
    for place, head in enumerate((*HEADS, "inside"))
    for other, setting in enumerate(SETTINGS)
]
"""Every headline group with every setting of paragraphs; bodies, frames and lists in turn."""


@pytest.mark.parametrize("profile", [SHIPPED, BLIND], ids=["selectors", "blind"])
@pytest.mark.parametrize("name", STORIES)
@pytest.mark.parametrize(("head", "body", "setting", "framed", "beside"), SKINS)
def test_one_story_is_read_alike_from_every_skin(
    head: str, body: str, setting: str, framed: bool, beside: bool, name: str, profile: SiteProfile
) -> None:
    """The live markup is not known: a reader that needs one skin loses the paper with the next one."""
    story = STORIES[name]
    html = page(story, head, body, setting, framed=framed, beside=beside)
    known = {"link_text": story.title} if head == "inside" else {}
    assert facts(read_page(html, profile=profile, **known)) == facts_of(story)
    assert facts(read_page(upper(html), profile=profile, **known)) == facts_of(story)


@pytest.mark.parametrize("head", [*HEADS, "inside"])
@pytest.mark.parametrize("url", [PC, H5, PC.replace("NR.htm", "MT.htm"), H5.replace("GN.htm", "SR.html")])
def test_the_template_of_an_address_changes_nothing(url: str, head: str) -> None:
    """PC and h5 carry the same articles, under suffixes that differ by paper and year."""
    story = STORIES["feature"]
    assert facts(read_page(page(story, head, "unknown", "p"), url)) == facts_of(story)


@pytest.mark.parametrize(
    ("charset", "said"), [("gb18030", "utf-8"), ("utf-8", "gb2312"), ("gb18030", ""), ("utf-8-sig", "gbk")]
)
def test_bytes_are_believed_before_labels(charset: str, said: str) -> None:
    """Papers of this make send GBK under a utf-8 label and the reverse."""
    html = page(REPORT, "neirong", "span", "br").replace("<head>", f"<head><meta charset={said}>")
    header = (("Content-Type", f"text/html; charset={said}"),) if said else ()
    context = Context(kind=Kind.ARTICLE, site="xihaian")
    capture = Capture(
        url=PC, fetched_at=FETCHED, status=200, headers=header, body=html.encode(charset), context=context
    )
    article = read(decode(capture), SHIPPED)
    assert isinstance(article, Article)
    assert facts(article) == facts_of(REPORT)


def test_the_day_is_the_issues_and_no_more_exact() -> None:
    """Nothing on the page says when: the issue's day, marked as a day; days and hours in the text are the story's."""
    html = page(REPORT, "neirong", "span", "p").replace("今天上午", "2024年7月25日上午9:30")
    article = read_page(html)
    assert article.published == Moment.of_day(DAY)
    assert article.how["published"].rule == "url"


@pytest.mark.parametrize(
    "line", ["2024-07-26 06:12:33", "发布时间：2024年07月26日 06:12:33", "2024-07-26 06:12:33 来源：海州日报"]
)
def test_a_printed_time_makes_the_day_exact(line: str) -> None:
    """Where the page says when it was put up, that is kept to the second."""
    html = page(REPORT, "news-header", "span", "p").replace(
        '<SPAN id="contenttext">', f"<div class=infor>{line}</div><span id=contenttext>"
    )
    html = html.replace('<span id="contenttext">', f"<div class=infor>{line}</div><span id=contenttext>")
    article = read_page(html)
    assert article.published is not None
    assert (article.published.iso(), article.published.precision) == ("2024-07-26T06:12:33+08:00", Precision.SECOND)
    assert facts(article) == facts_of(REPORT)


def test_the_owner_of_the_site_is_not_the_source() -> None:
    """The copyright line and the masthead name the paper on every page; no article says 来源."""
    article = read_page(page(REPORT, "neirong", "span", "p", framed=True, title="灯塔-石桥晚报"))
    assert article.source is None
    assert article.column is None


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("（ 2024-07-26 ） 稿件来源：海州每日电讯 要闻", "海州每日电讯"),
        ("稿件来源：海州日报", "海州日报"),
        ("【来源:海州日报】", "海州日报"),
    ],
)
def test_a_printed_source_is_kept(line: str, source: str) -> None:
    """稿件来源 in the header table names the outlet, and a print page behind it."""
    html = page(WIRE, "table", "div", "br").replace("（ 2024-07-26 ） 要闻", line)
    article = read_page(html)
    assert article.source == source
    assert facts(article) == facts_of(WIRE)


def test_a_printed_editor_is_kept() -> None:
    """责任编辑 under the text is a field, not its last paragraph."""
    html = page(REPORT, "neirong", "span", "p").replace("</span>", "<p>责任编辑：徐 禾 美编：石禾</p></span>")
    article = read_page(html)
    assert article.editor == "徐禾"
    assert facts(article) == facts_of(REPORT)


@pytest.mark.parametrize(
    ("known", "printed", "label", "page_name"),
    [
        ({"channel": "qdxhab", "label": "04-05", "page_name": "镇街"}, "", "04-05", "镇街"),
        ({"label": "04"}, "第04版：镇街", "04", "镇街"),
        ({}, "04版:海边·人家 2024年07月26日 星期五", "04", "海边·人家"),
        ({}, "03版:要闻</p><p>第04-05版：新镇|十年</p><p>06版:副刊", "04-05", "新镇|十年"),
        ({}, "03版:要闻</p><p>06版:副刊", "04", None),
        ({"issue_date": DAY}, "", "04", None),
    ],
)
def test_the_edition_is_what_the_index_said_else_what_the_page_prints(
    known: dict[str, object], printed: str, label: str, page_name: str | None
) -> None:
    """Code, day, 版次 and 版名; the number of the address where nobody says more."""
    html = page(REPORT, "neirong", "span", "p", framed=False).replace(
        "<div id=content", f"<p>{printed}</p><div id=content"
    )
    article = read_page(html, **known)
    assert article.edition == Edition(paper="qdxhab", day=DAY, label=label, page_name=page_name)
    assert article.how["edition"]
    assert facts(article) == facts_of(REPORT)


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Articel01005NR.htm", "01"),
        ("ArticelT20001GN.htm", "T20"),
        ("ArticelA06003SA.htm", "A06"),
        ("Article12003a.htm", "12"),
    ],
)
def test_an_address_names_the_print_page(name: str, label: str) -> None:
    """The number in the file name is the page's, letters included."""
    article = read_page(page(REPORT, "neirong", "span", "p"), PC.rpartition("/")[0] + "/" + name)
    assert article.edition is not None
    assert article.edition.label == label


def test_an_index_that_joins_headline_and_subtitle_tells_the_headline() -> None:
    """`标题 副标题` is what these indexes call an article: the first line of those it names is the headline."""
    told = f"{REPORT.title} {REPORT.subtitle}"
    article = read_page(page(REPORT, "inside", "unknown", "p"), profile=BLIND, link_text=told)
    assert facts(article) == facts_of(REPORT)


@pytest.mark.parametrize(
    "told", ["远洋渔业发展论坛在石桥…", "远洋渔业发展论坛在石桥开幕", "远洋渔业发展论坛在石桥开幕 "]
)
def test_an_index_tells_headline_from_kicker(told: str) -> None:
    """Of two plain lines alike, the one the index names is the headline, also where it cuts it."""
    article = read_page(page(WIRE, "inside", "unknown", "p"), profile=BLIND, link_text=told)
    assert facts(article) == facts_of(WIRE)


@pytest.mark.parametrize(
    "title", ["{}", "{}-石桥晚报", "{}_要闻_青岛西海岸报", "青岛西海岸报 | {}", "青岛西海岸报数字报 - 第04版:镇街 - {}"]
)
def test_the_title_element_tells_headline_from_kicker(title: str) -> None:
    """The names of paper and page around it do not matter."""
    html = page(WIRE, "inside", "unknown", "p", title=title.format(WIRE.title))
    assert facts(read_page(html, profile=BLIND)) == facts_of(WIRE)


def test_a_hidden_field_tells_the_headline_where_none_is_shown() -> None:
    """`#Text_title` and `#Text_author` hold what the skin may not print."""
    story = STORIES["signed"]
    html = page(story, "nothing", "span", "br").replace(
        "<body>",
        f"<body><input type=hidden id=Text_title value='{story.title}'><input type=hidden id=Text_date value=''>",
    )
    article = read_page(html)
    assert (article.title, article.how["title"].rule) == (story.title, "input")
    assert facts(article) == facts_of(story)


def test_a_page_without_headline_takes_the_indexs() -> None:
    """One stored page of the site has neither heading nor headline: the index knew it."""
    story = STORIES["signed"]
    article = read_page(page(story, "nothing", "span", "p"), link_text=story.title)
    assert (article.title, article.how["title"].rule) == (story.title, "context")
    assert article.body.splitlines() == list(story.body)
    assert refuse_page(page(story, "nothing", "span", "p")).reason is Reason.NO_TITLE


@pytest.mark.parametrize(
    "broken", ["石桥渔港改造<br>三年迈出大步伐", "<div>石桥渔港改造</div><div>三年迈出大步伐</div>"]
)
@pytest.mark.parametrize(
    ("told", "title"), [(None, "石桥渔港改造 三年迈出大步伐"), ("石桥渔港改造三年迈出大步伐",) * 2]
)
def test_a_headline_in_two_lines_is_one(broken: str, told: str | None, title: str) -> None:
    """It is joined as the index joins it, else with a blank; neither line is kicker or subtitle."""
    for html in (
        page(WIRE, "table", "div", "br").replace(WIRE.title, broken),
        page(WIRE, "neirong", "span", "p").replace(f"<h2>{WIRE.title}</h2>", f"<h2>{broken}</h2>"),
    ):
        article = read_page(html, link_text=told)
        assert (article.kicker, article.title, article.subtitle) == (WIRE.kicker, title, None)


def test_a_group_printed_twice_is_read_once() -> None:
    """Headline beside the text, the whole group in the table within it: kicker and subtitle are the table's."""
    html = page(REPORT, "table", "div", "br").replace(
        '<div id="contenttext"', f'<h2>{REPORT.title}</h2><div id="contenttext"'
    )
    assert facts(read_page(html)) == facts_of(REPORT)


def test_the_html_says_what_the_text_says() -> None:
    """Paragraphs of the clean HTML are those of the text, broken sentences whole in both."""
    article = read_page(page(REPORT, "table", "div", "br"))
    inner = article.body_html.replace("<p>", "").replace("<strong>", "").replace("</strong>", "")
    assert inner.split("</p>")[:-1] == article.body.splitlines()


LISTS = {
    "daoxiang": "<ul><li><a daoxiang=Articel04001NR.htm>石桥集市改在每周六</a></li></ul>",
    "onclick": "<table><tr><td onclick=show('Articel04001NR.htm')>石桥集市改在每周六</td></tr></table>",
    "li": "<ul><li>石桥集市改在每周六</li><li>灯塔村办起渔家夜校</li></ul>",
    "neirong": "<div><span neirong=x>石桥集市改在每周六</span></div>",
}


@pytest.mark.parametrize("listed", LISTS.values(), ids=LISTS)
@pytest.mark.parametrize("name", STORIES)
def test_headlines_of_other_articles_are_no_kicker(listed: str, name: str) -> None:
    """The list of the page's articles may stand right above the headline, without one ordinary link."""
    story = STORIES[name]
    html = page(story, "content-h1", "unknown", "p", framed=False)
    html = html.replace("<div id=content class=detailCon>", f"<div id=content>{listed}")
    assert facts(read_page(html, profile=BLIND)) == facts_of(story)


@pytest.mark.parametrize("name", ["Articel04004NR.htm", "Articel04003NR_2.htm", "Articel04003NR.htm?page=2"])
def test_a_print_article_has_one_page(name: str) -> None:
    """下一页 leads to the next article or print page: joined to this one it would be lost as one of its own."""
    html = page(REPORT, "neirong", "span", "p").replace("[下一版]", f"</a><a href={name}>下一页</a><a href=x>")
    assert read_page(html).next_url is None


def test_words_of_the_frame_below_the_article_do_not_hide_it() -> None:
    """文章内容 may be what a button says, below everything."""
    story = STORIES["signed"]
    html = page(story, "content-h1", "span", "p", framed=False).replace(
        "</body>", "<p>文章内容</p><p>石桥晚报</p></body>"
    )
    assert facts(read_page(html)) == facts_of(story)


def test_a_whole_document_inside_the_text_is_left_behind() -> None:
    """Print editors write a document of its own into `#contenttext`; its head is no text and its styles are none."""
    story = STORIES["signed"]
    html = page(story, "neirong", "span", "p").replace("<p>", NESTED.format("<p>"), 1)
    assert facts(read_page(html)) == facts_of(story)
