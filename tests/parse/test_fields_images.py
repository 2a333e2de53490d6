"""Pictures and their captions, and the cleaned HTML they stand in."""

from __future__ import annotations

import re

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_pages import FIRST, SECOND, TEXT, URL, article

from crawler.parse.clean import ATTRIBUTES, TAGS, sanitize

INFO = "<p>2019-09-06 09:00 来源：云栖网</p>"
PICTURE = "https://news.example/i/1.jpg"

# What is odd → (markup of the picture and its caption, caption; None: no caption).
CAPTIONS = {
    "figcaption": (
        "<figure><img src=/i/1.jpg><figcaption>收割机在田里作业。</figcaption></figure>",
        "收割机在田里作业。",
    ),
    "centred paragraph behind a centred picture": (
        "<p align=center><img src=/i/1.jpg></p><p align=center>收割机在田里作业</p>",
        "收割机在田里作业",
    ),
    "centred by style": (
        "<p style='text-align: center'><img src=/i/1.jpg></p><p style='text-align:center'>收割机在田里作业</p>",
        "收割机在田里作业",
    ),
    "in a center element": (
        "<center><img src=/i/1.jpg></center><center><font color=navy>收割机在田里作业</font></center>",
        "收割机在田里作业",
    ),
    "behind br in the picture's paragraph": (
        "<p align=center><img src=/i/1.jpg><br>收割机在田里作业</p>",
        "收割机在田里作业",
    ),
    "class says so": ("<p><img src=/i/1.jpg></p><p class=img_desc>收割机在田里作业</p>", "收割机在田里作业"),
    "photographer": ("<p><img src=/i/1.jpg></p><p>收割机在田里作业 白小舟 摄</p>", "收割机在田里作业 白小舟 摄"),
    "pointer": ("<p><img src=/i/1.jpg></p><p>▲收割机在田里作业</p>", "▲收割机在田里作业"),
    "图为": ("<p><img src=/i/1.jpg></p><p>图为收割机在田里作业。云栖镇供图</p>", "图为收割机在田里作业。云栖镇供图"),
    "source of the picture": ("<p><img src=/i/1.jpg></p><p>图片来源：云栖图库</p>", "图片来源：云栖图库"),
    "small and grey": (
        "<p><img src=/i/1.jpg></p><p style='font-size:12px;color:#888;text-align:center'>收割机在作业</p>",
        "收割机在作业",
    ),
    "same as the picture's alt": ("<p><img src=/i/1.jpg alt=收割机在作业></p><p>收割机在作业</p>", "收割机在作业"),
    "none": ("<p><img src=/i/1.jpg></p>", None),
}


@pytest.mark.parametrize("name", CAPTIONS)
def test_caption(name: str) -> None:
    """A caption in this form belongs to its picture, stands under it in the HTML, and is no line of the text."""
    markup, caption = CAPTIONS[name]
    read = article(INFO, text=f"<p>{FIRST}</p>{markup}<p>{SECOND}</p>")
    assert [(image.url, image.caption) for image in read.images] == [(PICTURE, caption)]
    assert read.body.splitlines() == [FIRST, SECOND]
    figure = f"<figcaption>{caption}</figcaption>" if caption else ""
    assert re.search(rf'</p><figure><img src="{PICTURE}"[^>]*>{re.escape(figure)}</figure><p>', read.body_html)


NO_CAPTIONS = {
    "sentence behind a picture": f"<p><img src=/i/1.jpg></p><p>{SECOND}</p>",
    "bold sub-heading behind a picture": "<p><img src=/i/1.jpg></p><p><strong>抢在雨前收完</strong></p>",
    "heading behind a picture": "<p><img src=/i/1.jpg></p><h3>抢在雨前收完</h3>",
    "number behind a picture": "<p><img src=/i/1.jpg></p><p>2</p>",
    "short line without any sign": "<p><img src=/i/1.jpg></p><p>雨还是来了。</p>",
}


@pytest.mark.parametrize("name", NO_CAPTIONS)
def test_no_caption(name: str) -> None:
    """What follows a picture and is the article's stays in the text."""
    read = article(INFO, text=f"<p>{FIRST}</p>{NO_CAPTIONS[name]}<p>{FIRST[::-1]}</p>")
    assert len(read.body.splitlines()) == 3
    assert [image.caption for image in read.images] == [None]


def test_plain_captions_of_many_pictures() -> None:
    """Where short lines follow all pictures and all other lines are long, the short ones are captions."""
    shots = "".join(
        f"<p><img src=/i/{n}.jpg></p><p>{caption}</p><p>{FIRST}{SECOND}</p>"
        for n, caption in enumerate(("收割现场。", "运粮的车队。", "晒谷场。", "邵大海在田头。"), 1)
    )
    read = article(INFO, text=shots)
    assert [image.caption for image in read.images] == ["收割现场。", "运粮的车队。", "晒谷场。", "邵大海在田头。"]
    assert len(read.body.splitlines()) == 4


ADDRESSES = {
    "relative": ("<img src='../i/1.jpg'>", ["https://news.example/i/1.jpg"]),
    "loaded late": ("<img src=/loading.gif data-original=/i/1.jpg>", ["https://news.example/i/1.jpg"]),
    "blank first": (
        "<img src='data:image/gif;base64,R0' data-src='//img.example/1.jpg'>",
        ["https://img.example/1.jpg"],
    ),
    "blank in the address": ("<img src='/i/a b.jpg'>", ["https://news.example/i/a%20b.jpg"]),
    "twice": ("<img src=/i/1.jpg><img src=/i/1.jpg>", ["https://news.example/i/1.jpg"]),
    "a code to scan": ("<img src=/images/qrcode.png>", []),
    "a share icon": ("<img src=/images/share_wx.png>", []),
    "an icon by its size": ("<img src=/i/1.gif width=16 height=16>", []),
    "a script": ("<img src='javascript:alert(1)'>", []),
    "no address": ("<img>", []),
    "hidden": ("<div style='display:none'><img src=/i/1.jpg></div>", []),
    "in an advert": ("<div class=ad><img src=/i/1.jpg></div>", []),
}


@pytest.mark.parametrize("name", ADDRESSES)
def test_addresses(name: str) -> None:
    """Pictures come with absolute addresses wherever these stand; buttons, codes and adverts are no pictures."""
    markup, expected = ADDRESSES[name]
    read = article(INFO, text=f"<p>{FIRST}</p><p>{markup}</p><p>{SECOND}</p>")
    assert [image.url for image in read.images] == expected
    assert read.body_html.count("<img") == len(expected)
    assert [image.order for image in read.images] == list(range(len(expected)))


def test_pictures_behind_the_end() -> None:
    """A picture below the editor's line, or in a box of links, is none of the article's."""
    text = f"<p><img src=/i/1.jpg></p>{TEXT}<p>责任编辑：苗禾</p><p><img src=/i/2.jpg></p>"
    assert [image.url for image in article(INFO, text=text).images] == [PICTURE]


STRUCTURE = {
    "paragraphs": (f"<p>{FIRST}</p><div>{SECOND}</div>", f"<p>{FIRST}</p><p>{SECOND}</p>"),
    "emphasis and links": (
        f"<p><b>早稻</b>今天<em>开镰</em>了，详见<a href=/2.html onclick=x()>二版</a>。</p>{TEXT}",
        '<p><strong>早稻</strong>今天<em>开镰</em>了，详见<a href="https://news.example/2.html">二版</a>。</p>',
    ),
    "sub-heading": (f"{TEXT}<h3>抢在雨前</h3><p>{FIRST}</p>", f"<h3>抢在雨前</h3><p>{FIRST}</p>"),
    "list": (f"{TEXT}<ol><li>石桥村</li><li>大河村</li></ol>", "<ol><li>石桥村</li><li>大河村</li></ol>"),
    "quote": (f"{TEXT}<blockquote><p>{FIRST}</p></blockquote>", f"<blockquote><p>{FIRST}</p></blockquote>"),
    "data table": (
        f"{TEXT}<table border=1><tr><th>村</th><th>亩</th></tr><tr><td>石桥</td><td colspan=2>420</td></tr></table>",
        '<table><tbody><tr><th>村</th><th>亩</th></tr><tr><td>石桥</td><td colspan="2">420</td></tr></tbody></table>',
    ),
    "lines of one paragraph": (f"<p>{FIRST}<br>{SECOND}</p>", f"<p>{FIRST}<br>{SECOND}</p>"),
    "characters of markup": (
        f"<p>3 &lt; 5 &amp;&amp; 5 &gt; 3，这是算术。</p>{TEXT}",
        "<p>3 &lt; 5 &amp;&amp; 5 &gt; 3，这是算术。</p>",
    ),
}


@pytest.mark.parametrize("name", STRUCTURE)
def test_structure_is_kept(name: str) -> None:
    """What a reader sees as paragraphs, headings, lists, quotes, tables and emphasis is the same in the clean HTML."""
    text, expected = STRUCTURE[name]
    assert expected in article(INFO, text=text).body_html


def test_layout_table_is_not_kept() -> None:
    """A table that only lays out the page leaves no cells behind."""
    assert "<t" not in article(INFO, text=f"<table><tr><td>{TEXT}</td></tr></table>").body_html


@pytest.mark.parametrize(
    "attack",
    [
        "<p onclick=alert(1)>x</p>",
        "<a href='javascript:alert(1)'>云栖</a>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)></svg>",
        "<iframe src=//x.example></iframe>",
        "<style>p{background:url(javascript:1)}</style>",
        "<p style='background:url(javascript:1)'>云栖</p>",
        "<a href=' java\nscript:alert(1)'>云栖</a>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
    ],
)
def test_nothing_active(attack: str) -> None:
    """Nothing in the clean HTML can act, whatever the page holds."""
    html = article(INFO, text=f"<p>{FIRST}</p>{attack}<p>{SECOND}</p>").body_html
    assert not re.search(r"<[^>]*(?:\son\w+=|javascript:|style=)|<(?:script|iframe|svg|style)", html, re.I)


@given(st.text(max_size=200))
def test_sanitizing_twice_is_once(html: str) -> None:
    """Cleaning what is clean changes nothing, and what comes out is clean by the sanitiser's own judgement."""
    once = sanitize(html)
    assert sanitize(once) == once
    assert nh3.clean(once, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https"}, link_rel=None) == once


def test_text_and_html_say_the_same() -> None:
    """Without captions the clean HTML holds the lines of the text and no other words."""
    read = article(INFO, text=f"{TEXT}<ul><li>石桥村</li></ul><h3>抢在雨前</h3><p>{FIRST[::-1]}</p>", url=URL)
    words = re.sub(r"<[^>]+>", "\n", read.body_html)
    assert [line for line in words.splitlines() if line] == read.body.splitlines()


@pytest.mark.parametrize("url", ["file:///saved/88.html", ""])
def test_saved_page(url: str) -> None:
    """A page with no address on the web lists no pictures, but their captions are still no part of its text."""
    read = article(
        INFO,
        text=f"<p>{FIRST}</p><p align=center><img src=i/1.jpg></p><p>收割现场 苗禾 摄</p>"
        f"<p align=center><img src=i/2.jpg></p><p align=center>新磨的米</p><p>{SECOND}</p>",
        url=url,
    )
    assert read.images == ()
    assert read.body.splitlines() == [FIRST, SECOND]
