"""Articles of the shtml e-paper: a story is read alike from every sibling's skin, whatever is sent is read."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from print_pages import BLIND, H5, PC, SHIPPED, SHTML, STORIES, facts, facts_of, page_of, read_page, refuse_page
from print_skins import BODIES, HEADS, SETTINGS, page, upper

from crawler.parse.decode import decode
from crawler.parse.reader import read
from crawler.sites.profile import SiteProfile
from storage.records import Article, Capture, Context, Edition, Kind, Moment, Reason, Rejection

DAY = date(2018, 3, 22)
GROUPS = ("content-h1", "detConTit", "atitle", "sized", "strong", "d_t_b", "con4", "centred", "inside")
TEXTS = ("content_div", "details", "acon", "height-25", "con3", "unknown", "bare")
SKINS = [
    (head, TEXTS[(place + other) % len(TEXTS)], setting, bool(place % 2), bool(other % 2))
    for place, head in enumerate(GROUPS)
    for other, setting in enumerate(SETTINGS)
]
"""Every headline group with every setting of paragraphs; bodies, frames and lists in turn."""
ALIKE = ("d_t_b", "inside")
"""Groups whose lines nothing but the index tells apart."""


@pytest.mark.parametrize("profile", [SHIPPED, BLIND], ids=["selectors", "blind"])
@pytest.mark.parametrize("name", STORIES)
@pytest.mark.parametrize(("head", "body", "setting", "framed", "beside"), SKINS)
def test_one_story_is_read_alike_from_every_skin(
    head: str, body: str, setting: str, framed: bool, beside: bool, name: str, profile: SiteProfile
) -> None:
    """Three years of the paper stand in a markup nobody has seen: each sibling's must do."""
    story = STORIES[name]
    html = page(story, head, body, setting, framed=framed, beside=beside)
    known = {"link_text": story.title} if head in ALIKE and name == "wire" else {}
    assert facts(read_page(html, SHTML, profile, **known)) == facts_of(story)
    assert facts(read_page(upper(html), SHTML, profile, **known)) == facts_of(story)


@pytest.mark.parametrize("name", ["report", "signed", "feature"])
def test_lines_alone_are_enough(name: str) -> None:
    """Not one tag tells kicker, headline and text apart: order, lengths and the way reports begin do."""
    story = STORIES[name]
    html = page(story, "inside", "bare", "br-plain")
    assert facts(read_page(html, SHTML, BLIND)) == facts_of(story)


@pytest.mark.parametrize("host", ["epaper.xihaiannews.com", "jnsx.xihaiannews.com"])
@pytest.mark.parametrize("known", [{}, {"channel": "qdxhab", "issue_date": DAY}])
def test_the_edition_of_an_shtml_article(host: str, known: dict[str, object]) -> None:
    """The paper's code is the profile's, not the folder's; the number runs over the paper and names no page."""
    url = f"http://{host}/shtml/jnsx/20180322/7001.shtml"
    article = read_page(page(STORIES["signed"], "sized", "height-25", "p"), url, **known)
    assert article.edition == Edition(paper="qdxhab", day=DAY)
    assert article.published == Moment.of_day(DAY)
    placed = read_page(page(STORIES["signed"], "sized", "acon", "p"), url, label="02", page_name="镇街·民生", **known)
    assert placed.edition == Edition(paper="qdxhab", day=DAY, label="02", page_name="镇街·民生")


def test_a_page_name_above_the_headline_is_no_kicker() -> None:
    """What the index calls the print page may stand right above the headline."""
    html = page(STORIES["signed"], "content-h1", "acon", "p").replace("<h1>", "<p>海湾十年|蝶变</p><h1>")
    article = read_page(html, SHTML, label="06", page_name="海湾十年|蝶变")
    assert facts(article) == facts_of(STORIES["signed"])


@pytest.mark.parametrize("line", ["2018年03月22日<br>版次：02 版名：镇街", "第02版：镇街", "版面：镇街 版次：02"])
def test_the_page_that_is_named_outside_of_links_is_the_articles(line: str) -> None:
    """Nothing in the address tells it, and the list of pages names them all."""
    html = page(STORIES["signed"], "content-h1", "content_div", "p", framed=False, beside=True)
    article = read_page(html.replace("<div id=content class=detailCon>", f"<div id=content><p>{line}</p>"), SHTML)
    assert article.edition == Edition(paper="qdxhab", day=DAY, label="02", page_name="镇街")
    assert facts(article) == facts_of(STORIES["signed"])


@pytest.mark.parametrize("tag", ["h3", "h4", "strong", "b"])
def test_the_first_section_has_a_head_and_the_article_no_subtitle(tag: str) -> None:
    """A line set off at the top of the text looks like a subtitle, until others below look like it."""
    part = "<p>渔船一艘接一艘靠岸，码头上热闹起来，鱼贩们早就等在那里。</p>"
    heads = ["一座渔港的变化", "一群渔民的故事"]
    text = "".join(f"<{tag}>{head}</{tag}>{part}" for head in heads)
    article = read_page(f"<h1>渔港的早晨</h1><div class=acon>{text}</div>", SHTML)
    assert article.subtitle is None
    assert [line for line in article.body.splitlines() if line in heads] == heads


@pytest.mark.parametrize("head", ["<h1>{}</h1>", "<p>{}</p>", "<p align=center>{}</p>"])
@pytest.mark.parametrize("place", ["<p>{}</p>", "<p align=center>{}</p>", "<h3>{}</h3>"])
def test_two_dashes_begin_a_subtitle(head: str, place: str) -> None:
    """Right below a headline, whatever it looks like, and also inside the text's element."""
    dashed = place.format("——渔港改造见闻")
    text = "<p>渔船一艘接一艘靠岸，码头上热闹起来，鱼贩们早就等在那里。</p>"
    for html in (f"{dashed}<div class=acon>{text}</div>", f"<div class=acon>{dashed}{text}</div>"):
        article = read_page(head.format("渔港为何越改越好？") + html, SHTML)
        assert (article.title, article.subtitle) == ("渔港为何越改越好？", "——渔港改造见闻")
        assert article.body == "渔船一艘接一艘靠岸，码头上热闹起来，鱼贩们早就等在那里。"


def test_lines_alike_in_a_larger_type_than_the_text() -> None:
    """A group that is all of one size is told apart by order, however small the text below it is set."""
    story = STORIES["report"]
    assert facts(read_page(page(story, "d_t_b", "height-25", "p"), SHTML)) == facts_of(story)


def test_a_dateline_begins_the_text_also_where_its_sentence_is_broken() -> None:
    """The first paragraph may be cut before its first stop: it is no subtitle."""
    first, rest = "本报7月25日讯 今天上午，石桥镇的渔民代表和", "镇村干部、企业负责人座谈渔港改造，提出十二条意见。"
    html = f"<div class=acon><p>石桥镇座谈渔港改造</p><p>{first}</p><p>{rest}</p></div>"
    article = read_page(html, SHTML)
    assert (article.subtitle, article.body) == (None, first + rest)


def test_an_indented_line_is_text() -> None:
    """A story may open with a short line without any stop; the indent says that it is no subtitle."""
    lines = ["一场夜雨", "渔船一艘接一艘靠岸，码头上热闹起来。", "老渔民于海生说，没见过这么好的渔港。"]
    html = "".join(f"<p>\u3000\u3000{line}</p>" for line in lines)
    article = read_page(f"<div class=x><p>渔港的早晨</p>{html}</div>", SHTML, link_text="渔港的早晨")
    assert (article.subtitle, article.body.splitlines()) == (None, lines)


def test_a_subtitle_outside_of_the_text_may_hold_a_stop() -> None:
    """What stands above the text's own element is no text."""
    text = "<p>渔船一艘接一艘靠岸，码头上热闹起来。</p>"
    html = f"<h1>渔港的早晨</h1><p>渔民得到了实惠；渔村换上了新颜</p><div class=acon>{text}</div>"
    assert read_page(html, SHTML).subtitle == "渔民得到了实惠；渔村换上了新颜"


def test_an_interview_begins_with_its_first_question() -> None:
    """`记者：` before a question is no byline and no label."""
    lines = ["记者：渔港改造最难的是什么", "石守正：最难的是让大家都满意。", "记者：什么时候完工", "石守正：年底。"]
    article = read_page(
        f"<h1>渔港改造答问</h1><div class=acon>{''.join(f'<p>{line}</p>' for line in lines)}</div>", SHTML
    )
    assert article.body.splitlines() == lines


def test_each_item_of_several_in_one_keeps_its_author() -> None:
    """A column of short news is signed item by item: all of them wrote it, and each signature stays with its item."""
    items = [
        "石桥镇渔港昨天开工。(甘一禾)",
        "灯塔村渔家夜校昨天开课，首批学员五十人。(宋禾禾)",
        "海边木栈道昨天修好。(刘 禾)",
    ]
    article = read_page(f"<h1>简讯三则</h1><div class=acon>{''.join(f'<p>{item}</p>' for item in items)}</div>", SHTML)
    assert article.authors == ("甘一禾", "宋禾禾", "刘禾")
    assert article.body.splitlines() == items


def test_a_headline_with_a_date_in_it_is_one() -> None:
    """A line that is a date and little else is the page's; one that holds a date is not."""
    for title in ("石桥镇2024年7月26日开渔", "2024年7月26日开渔", "7月26日石桥镇停电公告"):
        article = read_page(f"<div class=x>{title}</div><div class=acon><p>渔船出海，渔民高兴。</p></div>", SHTML)
        assert article.title == title


def test_the_index_knows_the_headline_from_a_larger_masthead() -> None:
    """Nothing says that the largest line is a name, but the index calls the article otherwise."""
    html = f"<h1>石桥传媒</h1>{page(STORIES['signed'], 'detConTit', 'acon', 'p', framed=False)}"
    article = read_page(
        html.replace("<html><head><title>石桥晚报</title></head><body>", ""),
        SHTML,
        BLIND,
        link_text=STORIES["signed"].title,
    )
    assert (article.title, article.subtitle) == (STORIES["signed"].title, None)


def test_the_editor_of_the_print_page_answers_for_the_article() -> None:
    """Print names 责任编辑 once a page, in its masthead."""
    html = page(STORIES["signed"], "content-h1", "acon", "p").replace(
        "石桥晚报 2024年07月26日 星期五", "2018年03月22日 责任编辑：徐 禾 美编：石禾"
    )
    assert read_page(html, SHTML).editor == "徐禾"


def test_an_indent_begins_a_paragraph_without_any_tag() -> None:
    """Text kept in one block is broken by line feeds and indents alone, drawn so by its style."""
    lines = "\n".join("\u3000\u3000" + line for line in STORIES["signed"].lines)
    html = f"<h1>{STORIES['signed'].title}</h1><div class=acon style='white-space: pre-wrap'>{lines}</div>"
    assert facts(read_page(html, SHTML)) == facts_of(STORIES["signed"])


@pytest.mark.parametrize("name", ["v01.shtml", "v1.shtml", "vA1.shtml", "vlist.shtml", "index.shtml", ""])
def test_a_print_page_is_no_article(name: str) -> None:
    """It lists several, also where its address is given by hand."""
    url = SHTML.rpartition("/")[0] + "/" + name
    assert refuse_page(page(STORIES["report"], "sized", "acon", "p"), url).reason is Reason.LIST_PAGE


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("□记者 揣禾禾 报道", ("揣禾禾",)),
        ("□本报记者 苗 禾", ("苗禾",)),
        ("□刘 禾", ("刘禾",)),
        ("本报记者 张典禾 通讯员 石守正", ("张典禾", "石守正")),
        ("青石报/青石网记者 李禾涛 梁玉禾", ("李禾涛", "梁玉禾")),
        ("甘一禾", ("甘一禾",)),
        ("文/图 本报记者 甘一禾", ("甘一禾",)),
    ],
)
def test_bylines_of_print(line: str, authors: tuple[str, ...]) -> None:
    """Whoever print names between headline and text wrote it, and the line is neither subtitle nor text."""
    story = STORIES["report"]
    for head in ("content-h1", "inside"):
        article = read_page(page(story, head, "unknown", "p").replace(story.byline or "", line), SHTML)
        assert article.authors == authors
        assert (article.subtitle, article.body.splitlines()) == (story.subtitle, list(story.body))


SPOILT = [
    page(story, head, body, setting, framed=framed)
    for story, head, body, setting, framed in zip(
        list(STORIES.values()) * 9,
        [*HEADS, "table", "inside"],
        list(BODIES) * 2,
        list(SETTINGS) * 3,
        [True, False] * 9,
        strict=False,
    )
]


@st.composite
def spoilt(draw: st.DrawFn) -> bytes:
    """A page cut into pieces that were lost, doubled, shuffled, or replaced by random bytes."""
    data = draw(st.sampled_from(SPOILT)).encode(draw(st.sampled_from(["utf-8", "gb18030"])))
    cuts = sorted(draw(st.lists(st.integers(0, len(data)), max_size=8)))
    pieces = [data[start:end] for start, end in zip([0, *cuts], [*cuts, len(data)], strict=True)]
    kept = draw(st.lists(st.sampled_from(pieces) | st.binary(max_size=40), max_size=len(pieces) + 2))
    return b"".join(kept)


def _read(data: bytes, url: str, **known: object) -> Article | Rejection:
    context = Context(kind=Kind.ARTICLE, site="xihaian", **known)
    moment = page_of("").fetched_at
    return read(
        decode(Capture(url=url, fetched_at=moment, status=200, headers=(), body=data, context=context)), SHIPPED
    )


@given(
    data=spoilt(),
    url=st.sampled_from([PC, H5, SHTML]),
    link_text=st.sampled_from([None, "", "广告", "石桥湾：双港联动 千帆竞发", "更多"]),
)
@settings(max_examples=200, deadline=None)
def test_whatever_is_sent_is_read_and_read_alike_twice(data: bytes, url: str, link_text: str | None) -> None:
    """A page that was cut, doubled or shuffled ends as an article or with a reason, the same one each time."""
    reading = _read(data, url, link_text=link_text)
    assert reading == _read(data, url, link_text=link_text)
    if isinstance(reading, Rejection):
        assert reading.reason is not Reason.UNREADABLE, reading.detail
    else:
        assert reading.problems == ()
        assert set(reading.how) >= {"title", "published", "body", "edition"}


@given(st.text(alphabet="<>/=ph2brdiv石桥渔港，。：（）□■文章内容更多往期报纸记者报道 \n", max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_without_an_error(text: str) -> None:
    """Tags that never end, words of the e-paper in any order."""
    reading = _read(text.encode(), SHTML, link_text="石桥渔港")
    assert not isinstance(reading, Rejection) or reading.reason is not Reason.UNREADABLE, reading
