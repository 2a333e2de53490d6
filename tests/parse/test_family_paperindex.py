"""PaperIndex articles, PC and h5: one story is read alike from every skin, with the profile's selectors or without."""

from __future__ import annotations

import pytest
from print_pages import BLIND, DAY, FETCHED, H5, PC, SHIPPED, STORIES, facts, facts_of, read_page
from print_skins import NESTED, SETTINGS, page, upper

from crawler.parse.decode import decode
from crawler.parse.reader import read
from crawler.sites.profile import SiteProfile
from storage.records import Article, Capture, Context, Kind, Moment, Precision

HEADS = (
    "neirong",
    "margin15",
    "duneirong",
    "news-header",
    "view-title",
    "title-div",
    "font-size",
    "zb",
    "centred",
    "table",
)
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


def test_the_html_says_what_the_text_says() -> None:
    """Paragraphs of the clean HTML are those of the text, broken sentences whole in both."""
    article = read_page(page(REPORT, "table", "div", "br"))
    inner = article.body_html.replace("<p>", "").replace("<strong>", "").replace("</strong>", "")
    assert inner.split("</p>")[:-1] == article.body.splitlines()


@pytest.mark.parametrize("name", ["Articel04004NR.htm", "Articel04003NR_2.htm", "Articel04003NR.htm?page=2"])
def test_a_print_article_has_one_page(name: str) -> None:
    """下一页 leads to the next article or print page: joined to this one it would be lost as one of its own."""
    html = page(REPORT, "neirong", "span", "p").replace("[下一版]", f"</a><a href={name}>下一页</a><a href=x>")
    assert read_page(html).next_url is None


def test_what_stands_between_the_words_of_the_frame_is_the_article() -> None:
    """A text in two boxes, of which a selector knows one."""
    story = STORIES["signed"]
    html = page(story, "content-h1", "span", "p")
    first = f"<p>{story.lines[1]}</p>"
    apart = (
        html.replace(first, f'</span><div class="more">{first}')
        .replace("</span>\n", "")
        .replace("</span></div>", "</div>")
    )
    assert facts(read_page(apart)) == facts_of(story)


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
