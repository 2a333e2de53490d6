"""Label forms of Chinese news pages, each read from a page of its own."""

from __future__ import annotations

import pytest
from small_pages import article

from crawler.parse.labels import Label, bare_label, take_apart

# Markup under the headline → (time, source, editor, authors).
INFO_LINES = {
    "<p>2017-07-18 10:12:00 来源: 云栖新闻网 作者:</p>": ("2017-07-18T10:12:00+08:00", "云栖新闻网", None, ()),
    "<p>来源:云栖网   作者:李敏   2013-08-28 21:17:00</p>": ("2013-08-28T21:17:00+08:00", "云栖网", None, ("李敏",)),
    "<p>2010-09-08 稿件来源： 云栖新闻网-青石晚报</p>": ("2010-09-08", "云栖新闻网-青石晚报", None, ()),
    "<p>发布时间: 2019-07-18 10:12｜来源: 云栖网｜作者: 马顺｜责任编辑: 李勇</p>": (
        "2019-07-18T10:12:00+08:00",
        "云栖网",
        "李勇",
        ("马顺",),
    ),
    "<p>【来源:云栖日报】 【作者:云栖镇管委】</p>": (None, "云栖日报", None, ()),
    "<p>2021-02-24 10:49:09 发布来源:报业·云栖日报</p>": ("2021-02-24T10:49:09+08:00", "报业·云栖日报", None, ()),
    "<p>2021-02-24 10:49:09　　发布来源：云栖日报</p>": ("2021-02-24T10:49:09+08:00", "云栖日报", None, ()),
    "<p>浏览次数：  信息来源： 省发改委</p>": (None, "省发改委", None, ()),
    "<p>2020-09-25 18:55 报业·云栖网阅读 (20147) 扫描到手机</p>": (
        "2020-09-25T18:55:00+08:00",
        "报业·云栖网",
        None,
        (),
    ),
    "<p>云栖新闻网 2010-08-24 10:27:07 现有新闻评论</p>": ("2010-08-24T10:27:07+08:00", "云栖新闻网", None, ()),
    "<p>2017-04-07 06:18   来源: 云栖都市报 手机看新闻</p>": ("2017-04-07T06:18:00+08:00", "云栖都市报", None, ()),
    "<p>2017-04-07 06:18 来源:云栖早报 大字体 小字体 扫码带走 打印</p>": (
        "2017-04-07T06:18:00+08:00",
        "云栖早报",
        None,
        (),
    ),
    "<p>2017-04-07 来源：云栖早报 字号:A- A+</p>": ("2017-04-07", "云栖早报", None, ()),
    "<p>（ 2026-04-28 ） 稿件来源：云栖每日电讯 要闻</p>": ("2026-04-28", "云栖每日电讯", None, ()),
    "<p>2012年 09月11日 08:30　来源于：云栖办事处</p>": ("2012-09-11T08:30:00+08:00", "云栖办事处", None, ()),
    "<p>2019-09-26 12:11来源：云栖时报网作者：李在山</p>": (
        "2019-09-26T12:11:00+08:00",
        "云栖时报网",
        None,
        ("李在山",),
    ),
    "<p>时间：2019/9/6 8:05:01　来源：云栖网　编辑：苗禾</p>": ("2019-09-06T08:05:01+08:00", "云栖网", "苗禾", ()),
    "<p>2019-09-06T08:05:01　出处：云栖网</p>": ("2019-09-06T08:05:01+08:00", "云栖网", None, ()),
    "<p>2019-09-06 08:05:01.0　稿源：云栖网　作者：未知</p>": ("2019-09-06T08:05:01+08:00", "云栖网", None, ()),
    "<p>来源：</p><p>云栖网</p><p>时间：</p><p>2019-09-06 08:05</p>": ("2019-09-06T08:05:00+08:00", "云栖网", None, ()),
    "<p>来源：<br>2019-09-06 08:05</p>": ("2019-09-06T08:05:00+08:00", None, None, ()),
    "<p>2019-09-06 来源：云栖网（ID：yunqi）</p>": ("2019-09-06", "云栖网", None, ()),
    "<p>2019-09-06 来源：《云栖日报》</p>": ("2019-09-06", "云栖日报", None, ()),
    "<p>2019-09-06 来源：云栖日报、青石晚报</p>": ("2019-09-06", "云栖日报、青石晚报", None, ()),
    "<p>2019-09-06 来源：云栖网 点击：<span>12</span> 【字体：大 中 小】</p>": ("2019-09-06", "云栖网", None, ()),
    "<p>2019-09-06 来源：云栖日报客户端 记者：李敏</p>": ("2019-09-06", "云栖日报客户端", None, ("李敏",)),
    "<p>2019-09-06 文章来源：云栖网 文字：李敏 摄影：安小满</p>": ("2019-09-06", "云栖网", None, ("李敏",)),
    "<p>2019-09-06 09:00 云栖网</p>": ("2019-09-06T09:00:00+08:00", "云栖网", None, ()),
    "<p>云栖网</p><p>2019-09-06 09:00</p>": ("2019-09-06T09:00:00+08:00", "云栖网", None, ()),
    "<p>李敏/云栖青年报</p><p>2019-09-06 09:00</p>": ("2019-09-06T09:00:00+08:00", "云栖青年报", None, ("李敏",)),
}

# Markup below the text → (editor, authors).
END_LINES = {
    "<p>责任编辑: 徐丽  </p>": ("徐丽", ()),
    "<p>(责编:张若涵)</p>": ("张若涵", ()),
    "<p>（责编：汤诗瑶、丁涛)</p>": ("汤诗瑶、丁涛", ()),
    "<p>[编辑: 张珍珍]</p>": ("张珍珍", ()),
    "<p>[责任编辑：白羽]</p>": ("白羽", ()),
    "<p>【编辑：姚昊】</p>": ("姚昊", ()),
    "<p>[责任编辑：张楠 PT012]</p>": ("张楠", ()),
    "<p>责任编辑：杨倩_NF4425</p>": ("杨倩", ()),
    "<p>[责任编辑：杨凡、张弛]</p>": ("杨凡、张弛", ()),
    "<p>责任编辑：杨凡,张弛</p>": ("杨凡、张弛", ()),
    "<p>责任编辑：杨凡 张弛</p>": ("杨凡、张弛", ()),
    "<div>责任编辑:叶文<br/>打印|投稿</div>": ("叶文", ()),
    "<p>(责任编辑:吴岩)</p>": ("吴岩", ()),
    "<p>编 辑:李海滨 台 可</p><p>校 对:曾 艳</p>": ("李海滨、台可", ()),
    "<p>责任编辑：</p><p>叶文</p>": ("叶文", ()),
    "<p>责任编辑：</p>": (None, ()),
    "<p>责任编辑：</p><div>相关新闻</div>": (None, ()),
    "<p>（责任编辑： HN666）</p>": (None, ()),
    "<p>责任编辑：biaoffeng</p>": ("biaoffeng", ()),
    "<p>编辑|禤志杰</p><p>责编|陈梦莹</p><p>校对|曾艳</p>": ("陈梦莹", ()),
    "<p>编辑丨叶文</p>": ("叶文", ()),
    "<p>编辑/叶文</p>": ("叶文", ()),
    "<p>编辑 叶文 校对 曾艳</p>": ("叶文", ()),
    "<p>值班编辑：叶文　值班主任：高禾　审核：方圆　监制：安然</p>": ("叶文", ()),
    "<p>初审：高禾　复审：方圆　终审：安然</p>": (None, ()),
    "<p>责编：叶文 邮箱：a@news.example</p>": ("叶文", ()),
    "<p>发布日期：2019-03-06 责任编辑：龙慧</p>": ("龙慧", ()),
    "<p>來源：雲棲網　責任編輯：葉文</p>": ("葉文", ()),
    "<p>作者：李敏　编辑：叶文</p>": ("叶文", ("李敏",)),
    "<p>（记者 李敏 通讯员 朱海生）</p><p>责编：叶文</p>": ("叶文", ("李敏", "朱海生")),
}


@pytest.mark.parametrize("info", INFO_LINES)
def test_line_under_the_headline(info: str) -> None:
    """A line of time, source and people in this form is taken apart rightly."""
    read = article(info)
    published = read.published.iso() if read.published else None
    assert (published, read.source, read.editor, read.authors) == INFO_LINES[info]


@pytest.mark.parametrize("end", END_LINES)
def test_line_below_the_text(end: str) -> None:
    """An editor's line in this form gives the editor, and no part of it stays in the text."""
    read = article("<p>2019-09-06 09:00</p>", end)
    assert (read.editor, read.authors) == END_LINES[end]
    assert len(read.body.splitlines()) == 2


def test_longer_label_hides_shorter() -> None:
    """图片来源 is not 来源, 图片编辑 is not 编辑: their values are nobody's source or editor."""
    line = take_apart("图片来源：安小满 图片编辑：高禾 资料来源：水利站 会议时间：9月6日")
    assert {one.kind for one in line.labelled} == {Label.OTHER}


def test_value_ends() -> None:
    """A value ends at the next label, at a time, and at the bracket around its label."""
    line = take_apart("来源：云栖网 2019-09-06 09:00（责编：叶文）浏览：12")
    assert [(one.kind, one.value) for one in line.labelled] == [
        (Label.SOURCE, "云栖网"),
        (Label.EDITOR, "叶文"),
        (Label.OTHER, "12"),
    ]
    assert line.rest == ""


def test_word_inside_a_sentence_is_no_label() -> None:
    """A label's word glued to the end of another word is marked so, for 经济来源 is nobody's source."""
    (one,) = take_apart("他家的唯一来源：卖菜").of(Label.SOURCE)
    assert one.glued


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("责任编辑：", Label.EDITOR),
        ("来 源：", Label.SOURCE),
        ("（编辑）", Label.EDITOR_PLAIN),
        ("发布时间", Label.TIME),
        ("视频", None),
        ("视频：", Label.OTHER),
        ("来源：云栖网", None),
        ("编辑部的故事", None),
    ],
)
def test_bare_label(line: str, kind: Label | None) -> None:
    """A label alone on its line is known, a menu's word and a label with a value are not."""
    assert bare_label(line) is kind
