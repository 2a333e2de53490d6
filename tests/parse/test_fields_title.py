"""The headline: which line it is, where it ends, and what it is not. Kicker and subtitle around it."""

from __future__ import annotations

import pytest
from small_pages import TEXT, TITLE, article, examined

from crawler.parse.decode import page_from_text
from crawler.parse.document import Document
from crawler.parse.fields.title import strip_site

# What is odd → (markup of the headline, text of the title element, further head, expected).
HEADLINES = {
    "first h1 is the channel's logo": (
        f"<h1 class=logo><a href=/>云栖新闻中心</a></h1><h1>{TITLE}</h1>",
        f"{TITLE}|早稻|云栖新闻中心_云栖网",
        "",
        TITLE,
    ),
    "h1 is a plain channel name": (f"<h1>云栖新闻中心频道</h1><h2>{TITLE}</h2>", f"{TITLE}_云栖网", "", TITLE),
    "h3 alone": (f"<h3>{TITLE}</h3>", f"{TITLE} - 云栖网", "", TITLE),
    "no heading": (f"<div class=bt>{TITLE}</div>", f"{TITLE}-要闻-云栖网", "", TITLE),
    "no title element": (f"<h1>{TITLE}</h1>", "", "", TITLE),
    "title element names the site alone": (f"<h1>{TITLE}</h1>", "云栖网", "", TITLE),
    "title element of another page": (f"<h1>{TITLE}</h1>", "云栖网_云栖人的新闻网站_全国重点网站", "", TITLE),
    "site before the headline": (f"<h1>{TITLE}</h1>", f"云栖日报数字报-{TITLE}", "", TITLE),
    "three names behind it": (f"<h1>{TITLE}</h1>", f"{TITLE}_农业频道_云栖新闻_云栖网", "", TITLE),
    "blank and dash in the headline": (
        "<h1>早稻开镰 - 写在丰收之前</h1>",
        "早稻开镰 - 写在丰收之前 - 云栖网",
        "",
        "早稻开镰 - 写在丰收之前",
    ),
    "underscore in the headline": (
        "<h1>云栖_青石公路今天全线通车</h1>",
        "云栖_青石公路今天全线通车_云栖网",
        "",
        "云栖_青石公路今天全线通车",
    ),
    "column before a bar is part of it": (
        "<h1>深读|早稻为什么早</h1>",
        "深读|早稻为什么早_云栖网",
        "",
        "深读|早稻为什么早",
    ),
    "broken by br": (
        "<h1>云栖镇早稻开镰<br>机收率超过九成</h1>",
        f"{TITLE}_云栖网",
        "",
        TITLE,
    ),
    "broken over two paragraphs": (
        "<p align=center><b>云栖镇早稻开镰</b></p><p align=center><b>机收率超过九成</b></p>",
        f"{TITLE}_云栖网",
        "",
        TITLE,
    ),
    "outlet on the next line and in the title element": (
        f"<h1>{TITLE}</h1><p>云栖网</p>",
        f"{TITLE}_云栖网",
        "",
        TITLE,
    ),
    "dashes join two parts": (
        "<h1>苦干实干加油干——云栖镇部署秋收工作</h1>",
        "苦干实干加油干——云栖镇部署秋收工作_云栖网",
        "",
        "苦干实干加油干——云栖镇部署秋收工作",
    ),
    "cut by the site": (
        "<h1>定了！云栖镇早稻即将开镰！收割机已经...</h1>",
        "定了！云栖镇早稻即将开镰！收割机已经..._云栖网",
        "",
        "定了！云栖镇早稻即将开镰！收割机已经...",
    ),
    "inner quotes cut the meta title": (
        '<h1>云栖镇"早稻"开镰</h1>',
        '云栖镇"早稻"开镰_云栖网',
        '<meta property="og:title" content="云栖镇"早稻"开镰">',
        '云栖镇"早稻"开镰',
    ),
    "only meta has it": ("", "云栖网", f'<meta property="og:title" content="{TITLE}">', TITLE),
    "JSON-LD agrees": (
        f"<h1>{TITLE}</h1>",
        "云栖网",
        f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{TITLE}"}}</script>',
        TITLE,
    ),
    "very short": ("<h1>寻人启事</h1>", "寻人启事_云栖网", "", "寻人启事"),
    "repeated in the trail above": (
        f"<p><a href=/>首页</a> &gt; <a href=/n/>要闻</a> &gt; {TITLE}</p><h2>{TITLE}</h2>",
        f"{TITLE}_云栖网",
        "",
        TITLE,
    ),
    "traditional characters": ("<h1>雲棲鎮早稻開鐮</h1>", "雲棲鎮早稻開鐮 | 農業 | 雲棲新聞網", "", "雲棲鎮早稻開鐮"),
}


@pytest.mark.parametrize("name", HEADLINES)
def test_headline(name: str) -> None:
    """The headline is found among logos, channels and sites, whole and without them."""
    markup, title, head, expected = HEADLINES[name]
    assert article("<p>2019-09-06 09:00 来源：云栖网</p>", headline=markup, title=title, head=head).title == expected


def test_agreement_is_surer_than_a_heading_alone() -> None:
    """A heading that the title element confirms is nearly certain; a lone one is not sure."""
    confirmed = article(title=f"{TITLE}_云栖网").how["title"].confidence
    alone = article(title="云栖网").how["title"].confidence
    assert confirmed > 0.95
    assert alone < 0.9


def test_no_headline() -> None:
    """A page without any headline says so instead of taking a line of its text."""
    result = examined(headline="", title="").result
    assert getattr(result, "reason", None) == "no-title"


def test_original_title_is_not_the_headline() -> None:
    """原标题 names what the text was called elsewhere: neither the headline nor a line of the text."""
    read = article(text=f"<p>原标题：早稻熟了，收割机够用吗？</p>{TEXT}<p>（原题为《早稻熟了》）</p>")
    assert read.title == TITLE
    assert "早稻熟了" not in read.body


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{TITLE}_云栖网", TITLE),
        (f"{TITLE}—云栖新闻网", f"{TITLE}—云栖新闻网"),
        (f"{TITLE}-云栖网", TITLE),
        (f"{TITLE} | 要闻 | 云栖新闻网", TITLE),
        ("云栖网", "云栖网"),
        ("A-B", "A-B"),
    ],
)
def test_site_is_stripped(text: str, expected: str) -> None:
    """Without a visible headline to compare with, marks tell where the names of channel and site begin."""
    assert strip_site(text, Document(page_from_text("<p>x</p>", "https://news.example/1.html"))) == expected


BOX = "<div class=tit>{}<h1>{}</h1>{}</div><p>2019-09-06 09:00 来源：云栖网</p>"
COMPANIONS = {
    "kicker and subtitle as headings": (
        "<h3>抢收进行时</h3>",
        "<h4>八千亩五天之内全部收完</h4>",
        "抢收进行时",
        "八千亩五天之内全部收完",
    ),
    "kicker by its class": ("<p class=yinti>抢收进行时间</p>", "", "抢收进行时间", None),
    "subtitle by its class": ("", "<p class=sub-title>八千亩五天之内全部收完</p>", None, "八千亩五天之内全部收完"),
    "subtitle by its dashes": ("", "<p>——云栖镇早稻收割现场见闻</p>", None, "——云栖镇早稻收割现场见闻"),
    "subtitle of two lines": (
        "",
        "<h2>八千亩五天之内全部收完</h2><h2>机收率比去年高两成</h2>",
        None,
        "八千亩五天之内全部收完 机收率比去年高两成",
    ),
    "a link above": ("<h3><a href=/t/>抢收进行时专题</a></h3>", "", None, None),
    "a channel's name above": ("<h3>要闻</h3>", "", None, None),
    "a plain line above": ("<p>云栖镇人民政府主办</p>", "", None, None),
    "the line of the source below": ("", "<h4>2019-09-06 09:00 来源：云栖日报</h4>", None, None),
    "a byline below": ("", "<h4>本报记者 白小舟 通讯员 安小满</h4>", None, None),
}


@pytest.mark.parametrize("name", COMPANIONS)
def test_kicker_and_subtitle(name: str) -> None:
    """Kicker and subtitle are kept apart from the headline and the text; other lines beside it are neither."""
    above, below, kicker, subtitle = COMPANIONS[name]
    read = article(headline=BOX.format(above, TITLE, below))
    assert (read.kicker, read.title, read.subtitle) == (kicker, TITLE, subtitle)
    assert len(read.body.splitlines()) == 2


def test_first_sub_heading_is_no_subtitle() -> None:
    """A sub-heading right below the headline, without time or byline between, is the text's."""
    read = article(headline="", text=f"<h1>{TITLE}</h1><h2>抢在雨前收完</h2>{TEXT}")
    assert read.subtitle is None
    assert read.body.splitlines()[0] == "抢在雨前收完"
