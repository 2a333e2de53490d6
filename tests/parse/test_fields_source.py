"""The outlet: the labelled one before the one beside the time, its name without what is glued to it."""

from __future__ import annotations

import pytest
from small_pages import FIRST, SECOND, TEXT, article

from crawler.parse.outlets import clean_outlet, is_furniture, is_outlet

TIME = "<p>2019-09-06 09:00</p>"

# What is odd → (markup under the headline, text, markup below, further head, expected).
SOURCES = {
    "link without a label beside the time": (
        "<p>2019-09-06 09:00 <a href=/>云栖时报网</a></p>",
        TEXT,
        "",
        "",
        "云栖时报网",
    ),
    "compiled": ("<p>2019-09-06 09:00 云栖网[整理]</p>", TEXT, "", "", "云栖网"),
    "office": ("<p>来源于：云栖镇农技站</p>", TEXT, "", "", "云栖镇农技站"),
    "with its channel": ("<p>来源：云栖网－农业频道 原创稿</p>", TEXT, "", "", "云栖网－农业频道"),
    "group before the paper": ("<p>来源：报业·云栖日报</p>", TEXT, "", "", "报业·云栖日报"),
    "label in the text's last line": (TIME, f"{TEXT}<p>来源：云栖交警</p>", "", "", "云栖交警"),
    "label in a bracket at the text's end": (
        TIME,
        f"<p>{FIRST}</p><p>{SECOND}（来源：云栖气象台）</p>",
        "",
        "",
        "云栖气象台",
    ),
    "below the text": (TIME, TEXT, "<p>版权声明 来源：云栖商报 时间：2019-09-06</p>", "", "云栖商报"),
    "only meta has it": (TIME, TEXT, "", "<meta name=source content='来源：云栖网'>", "云栖网"),
    "label inside the meta value": (
        TIME,
        TEXT,
        "",
        "<meta name=source content='来源：云栖网-文化 原创稿'>",
        "云栖网-文化",
    ),
    "account of a platform": (f"<div>云栖观察</div><div>企鹅号</div>{TIME}", TEXT, "", "", "云栖观察"),
    "empty label before the author": ("<p>来源： 作者：李敏</p>", TEXT, "", "", None),
    "source of a picture": (TIME, f"<p>图片来源：云栖图库</p>{TEXT}", "", "", None),
    "source of data in the text": (TIME, f"{TEXT}<p>资料来源：云栖统计局</p>", "", "", None),
    "source of income in the text": (
        TIME,
        f"<p>种粮是他家的主要收入来源：去年卖了八万元，今年还要更多。</p>{TEXT}",
        "",
        "",
        None,
    ),
    "source of a video in the text": (TIME, f"<p>收割现场（来源：云栖视频）</p>{TEXT}", "", "", None),
    "buttons beside the time": ("<p>2019-09-06 09:00 分享到 微信 微博 字号 大 中 小</p>", TEXT, "", "", None),
    "byline beside the time": ("<p>2019-09-06 09:00 记者 李敏</p>", TEXT, "", "", None),
    "trail of links beside the time": ("<p>首页 &gt; 要闻 &gt; 正文 2019-09-06 09:00</p>", TEXT, "", "", None),
    "meeting in brackets": ("<p>（2019年9月6日第三届代表大会第二次会议通过）</p>", TEXT, "", "", None),
    "nothing": ("", TEXT, "", "", None),
}


@pytest.mark.parametrize("name", SOURCES)
def test_source(name: str) -> None:
    """The outlet in this form is read, and other things that stand there are not taken for it."""
    info, text, below, head, expected = SOURCES[name]
    assert article(info, below, text=text, head=head).source == expected


def test_label_wins_over_neighbour() -> None:
    """Where a label names an outlet, the name of the site beside the time is not the source."""
    read = article("<p>云栖在线 2019-09-06 09:00</p>", "<p>来源：青石日报</p>")
    assert read.source == "青石日报"
    assert read.how["source"].rule == "label"


def test_sureness() -> None:
    """A label is surer than a name beside the time, and both together are surer than either."""
    label = article("<p>2019-09-06 来源：云栖网</p>").how["source"].confidence
    beside = article("<p>2019-09-06 09:00 云栖网</p>").how["source"].confidence
    both = article("<p>2019-09-06 来源：云栖网</p>", head="<meta name=source content=云栖网>").how["source"].confidence
    assert beside < label < both


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("云栖网 北京", "云栖网"),
        ("云栖日报 记者 李敏", "云栖日报"),
        ("云栖日报 李敏", "云栖日报"),
        ("云栖日报、青石晚报", "云栖日报、青石晚报"),
        ("云栖日报（微信公众号：yunqi）", "云栖日报"),
        ("《云栖日报》2版", "云栖日报"),
        ("云栖网阅读(12)", "云栖网"),
        ("云栖早报 大字体 小字体", "云栖早报"),
        ("云栖网】", "云栖网"),
        ("—", None),
        ("123", None),
        ("云" * 50, None),
    ],
)
def test_outlet_is_cut_out(text: str, expected: str | None) -> None:
    """What stands behind an outlet's name (places, people, buttons, counters) is cut off."""
    assert clean_outlet(text) == expected


def test_outlets_and_furniture() -> None:
    """Names end like outlets; buttons and counters are furniture."""
    assert all(map(is_outlet, ("云栖日报", "云栖发布", "云栖镇政府", "云栖网[整理]", "CYN.com")))
    assert not any(map(is_outlet, ("苗禾", "收割", "报")))
    assert all(map(is_furniture, ("分享到", "308评论", "A+", "手机看新闻", "企鹅号", "第03版：水利")))
    assert not any(map(is_furniture, ("云栖日报", "云栖观察", "大河村")))
