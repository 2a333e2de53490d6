"""The text: every line of the article in order, and none of what stands in its element, before or behind it."""

from __future__ import annotations

import pytest
from small_pages import FIRST, SECOND, TEXT, TITLE, article, lines_of_body

from crawler.parse.fields.body_worth import _MAY_END, ENDS
from crawler.parse.furniture import EDITOR_WORDS

# Plain lines that end an article → what they are.
ENDS_SAID = {
    **{f"{word}:苗禾": {"editor"} for word in EDITOR_WORDS},
    **{line: {"comments"} for line in ("评论", "我来说两句")},
    **{line: {"comments", "thread"} for line in ("网友评论(12)", "查看评论", "全部留言", "跟贴 0", "热门评论")},
    **{
        line: {"footer"}
        for line in (
            "海ICP备00000001号",
            "海icp备00000001号",
            "海公网安备 000号",
            "经营许可证 B2",
            "许可证编号:1",
            "Copyright 2024",
            "COPYRIGHT 2024",
            "© 云栖网",
            "云栖网版权所有",
            "All Rights Reserved",
            "ALL RIGHTS RESERVED",
            "网站地图",
            "关于我们 | 加入",
            "联系我们",
            "违法和不良信息举报",
        )
    },
}
INFO = "<p>2019-09-06 09:00 来源：云栖网</p>"
THIRD = "“今年的价格也好，每斤比去年多卖五分钱。”种粮大户邵大海一边说，一边把刚打下来的稻谷装进袋子。"
FOURTH = "镇里还组织了三十台收割机跨村作业，优先帮助缺少劳力的人家，雨前抢收的面积已经超过六成。"
STORY = [FIRST, SECOND, THIRD, FOURTH]
P = "".join(f"<p>{line}</p>" for line in STORY)

# Lines that stand in the text's element and are not the article's → where they stand.
NOT_TEXT = {
    "（原标题：早稻熟了，收割机够用吗？）": "first",
    "原标题：早稻熟了": "first",
    "2019-09-06 09:00 来源：云栖网 作者：李敏": "first",
    "字号：大 中 小": "first",
    "点击上方蓝字关注我们": "first",
    "责任编辑：苗禾": "last",
    "（责任编辑：苗禾 HN666）": "last",
    "编辑 苗禾 校对 宁宁": "last",
    "本文来源：云栖网 责任编辑：苗禾_NB1": "last",
    "（原题为《早稻熟了》）": "last",
    "来源：云栖交警": "last",
    "（文章来源：云栖时报）": "last",
    "监制：高禾　统筹：方圆　设计：新媒体中心": "last",
    "免责声明：本文来自云栖网客户端自媒体，不代表云栖网的观点和立场。": "last",
    "郑重声明：本网发布此信息的目的在于传播更多信息，与本站立场无关。": "last",
    "版权声明：未经许可，不得转载。": "last",
    "本文仅代表作者本人观点，不代表本网立场。": "last",
    "转载请注明出处：云栖网": "last",
    "更多猛料，尽在云栖网客户端": "last",
    "扫描二维码，关注云栖发布": "last",
    "长按识别二维码关注我们": "last",
    "点击下载云栖新闻客户端": "last",
    "阅读原文": "last",
    "返回搜狗，查看更多": "last",
    "分享到：微信 微博 QQ空间": "last",
    "【纠错】": "last",
    "【1】【2】【3】": "last",
    "上一页 1 2 3 下一页": "last",
    "关键词：早稻 收割": "last",
    "标签：早稻": "last",
    "打印 关闭": "last",
    "阅读 (1024)": "last",
    "已有 12 人评论": "last",
    "新闻热线：0000-86812345": "last",
    "\ufffd\ufffd": "last",
}


@pytest.mark.parametrize("line", NOT_TEXT)
def test_not_of_the_text(line: str) -> None:
    """A label, a button, small print or an invitation inside the text's element is left out, and only that."""
    text = f"<p>{line}</p>{P}" if NOT_TEXT[line] == "first" else f"{P}<p>{line}</p>"
    assert lines_of_body(INFO, text=text) == STORY


# Lines that look like furniture and are the article's.
OF_THE_TEXT = [
    "一、抢收",
    "1",
    "■核心提示：",
    "（一）机收为主",
    "答：够用。",
    "“来源于土地，回到土地。”他说，这是父亲教他的第一句话。",
    "镇里公布了新闻热线：0000-86812345，欢迎村民随时反映收割中的困难，工作人员会在两小时内答复。",
    "分享到的不只是米香，还有一年的辛苦和一家人的盼头，大家都说这才是年味。",
    "扫一扫田头的二维码，就能知道这块地什么时候收、谁来收、用哪台机器收，村民管它叫田块的身份证。",
    "责任编辑这个活他干了三十年，退休以后回到云栖镇种起了水稻，成了村里最会写的种粮人。",
    "联系人：高禾，电话0000-86812345。",
    "附件：收割机调度表.xlsx",
    "云栖镇人民政府",
    "2019年9月6日",
    "（更多详情见今日二版）",
    "Rice is ready.",
]


@pytest.mark.parametrize("line", OF_THE_TEXT)
def test_of_the_text(line: str) -> None:
    """A sub-heading, a number, an answer or a sentence with a label's word in it stays in the text."""
    text = "".join(f"<p>{one}</p>" for one in (FIRST, SECOND, line, THIRD, FOURTH))
    assert lines_of_body(INFO, text=text) == [FIRST, SECOND, line, THIRD, FOURTH]


def test_signature_of_a_notice() -> None:
    """Office and day below a notice are its signature, not furniture."""
    text = f"<p>各村民委员会：</p>{TEXT}<p align=right>云栖镇人民政府</p><p align=right>2019年9月6日</p>"
    assert lines_of_body(INFO, text=text) == ["各村民委员会：", FIRST, SECOND, "云栖镇人民政府", "2019年9月6日"]


BOX = "<li><a href=/2.html>长桥渔港迎来开渔</a></li><li><a href=/3.html>石桥小学新操场启用</a></li>"
# A box inside the text's element → its markup.
BOXES = {
    "related links at the end": f"<div><p>相关阅读</p><ul>{BOX}</ul></div>",
    "related links in the middle": f"<div class=rel><p>延伸阅读</p><ul>{BOX}</ul></div><p>{THIRD}</p>",
    "a related story with its summary": (
        "<div class=ext><h3>延伸 · 推荐</h3><p><a href=/2.html>长桥渔港迎来开渔</a></p>"
        "<p>近日，长桥渔港迎来开渔，百余艘渔船陆续出海，码头上热闹非凡。</p></div>"
    ),
    "share bar": "<div class=share><span>分享到：</span><a>微信</a><a>微博</a></div>",
    "advert": "<div class=ad-box><p>云栖好米，产地直发，现在下单立减十元，先到先得，欢迎选购。</p></div>",
    "code to scan": "<div class=qr><img src=/qrcode.png><p>扫描二维码</p></div>",
    "hidden copy": f"<div style='display: none'><p>{FIRST}</p></div>",
    "hidden by attribute": f"<p hidden>{FIRST}</p>",
    "script and style": "<script>var a='正文，正文，正文。';</script><style>p{color:red}</style>",
    "video player": "<video><p>您的浏览器不支持播放，请升级后再试，谢谢您的理解。</p></video>",
}


@pytest.mark.parametrize("name", BOXES)
def test_boxes_in_the_text(name: str) -> None:
    """A box that leads elsewhere, sells, or is hidden is no part of the text around it."""
    expected = [FIRST, SECOND, THIRD, FOURTH] if "<p>" + THIRD in BOXES[name] else [FIRST, SECOND, FOURTH]
    assert lines_of_body(INFO, text=f"{TEXT}{BOXES[name]}<p>{FOURTH}</p>") == expected


def test_background_box_without_links_stays() -> None:
    """相关链接 above plain paragraphs is the article's own background."""
    text = f"{TEXT}<p>新闻链接</p><p>{THIRD}</p>"
    assert lines_of_body(INFO, text=text) == [FIRST, SECOND, "新闻链接", THIRD]


WAYS = {
    "paragraphs in one element": f"<div>{P}</div>",
    "lines of one element": f"<div>{'<br>'.join(STORY)}</div>",
    "double br and blanks": f"<div>{'<br><br>'.join('&nbsp;&nbsp;&nbsp;&nbsp;' + line for line in STORY)}</div>",
    "one element a paragraph": "".join(f"<div>{line}</div>" for line in STORY),
    "paragraphs each in a box": "".join(f"<div><div><p>{line}</p></div></div>" for line in STORY),
    "two boxes beside each other": f"<div><p>{FIRST}</p><p>{SECOND}</p></div><div><p>{THIRD}</p><p>{FOURTH}</p></div>",
    "spans and fonts": "".join(f"<p><span><font>{line[:9]}</font>{line[9:]}</span></p>" for line in STORY),
    "table as layout": f"<table><tr><td>{P}</td></tr></table>",
    "cells as paragraphs": "<table>" + "".join(f"<tr><td>{line}</td></tr>" for line in STORY) + "</table>",
    "bare text and elements mixed": f"{FIRST}<p>{SECOND}</p>{THIRD}<div>{FOURTH}</div>",
    "sections of an account": "".join(f"<section><section><span>{line}</span></section></section>" for line in STORY),
    "list items": "<ul>" + "".join(f"<li>{line}</li>" for line in STORY) + "</ul>",
    "preformatted": "<pre>" + "\n".join(STORY) + "</pre>",
    "unclosed paragraphs": "".join(f"<p>{line}" for line in STORY),
    "nested document": f"<html><head><meta charset=utf-8></head><body>{P}</body></html>",
    "a bold first sentence": f"<p><strong>{FIRST}</strong></p>" + "".join(f"<p>{line}</p>" for line in STORY[1:]),
    "links inside sentences": "".join(f"<p>{line[:5]}<a href=/x>{line[5:9]}</a>{line[9:]}</p>" for line in STORY),
    "inside an article element": f"<article><header></header>{P}<footer></footer></article>",
    "inside a form": f"<form action=/>{P}<input type=hidden></form>",
    "upper case without quotes": f"<DIV ID=CONTENT><P>{'</P><P>'.join(STORY)}</P></DIV>",
}


@pytest.mark.parametrize("way", WAYS)
def test_ways_to_write_paragraphs(way: str) -> None:
    """However the paragraphs are written, the text is the same lines."""
    assert lines_of_body(INFO, text=WAYS[way]) == STORY


def test_headline_repeated_in_the_text() -> None:
    """A headline that stands once more above the text is not a line of it."""
    assert lines_of_body(INFO, text=f"<p><strong>{TITLE}</strong></p>{P}") == STORY


def test_first_line_close_to_the_headline_stays() -> None:
    """The source's own headline, pasted as a paragraph, differs from the page's and stays."""
    own = "云栖镇早稻今天开镰，机收率超过了九成"
    assert lines_of_body(INFO, text=f"<p>{own}</p>{P}")[0] == own


def test_link_at_the_end_of_a_paragraph() -> None:
    """A link home at the end of the last paragraph is cut off, the paragraph stays."""
    text = P.replace(f"{FOURTH}</p>", f"{FOURTH}<a href=/>返回云栖网首页&gt;&gt;</a></p>")
    assert lines_of_body(INFO, text=text) == STORY


def test_interview() -> None:
    """Turns that begin with 记者： are the text of an interview, not bylines."""
    turns = [
        "记者：今年收成怎么样？",
        "邵大海：比去年好，每亩多了三十斤。",
        "记者：机器够用吗？",
        "邵大海：够。",
        "记者：谢谢。",
    ]
    text = "".join(f"<p>{line}</p>" for line in [*STORY, *turns])
    assert lines_of_body(INFO, text=text) == STORY + turns


def test_white_space() -> None:
    """Runs of blanks of any width are one blank, invisible signs are gone, empty lines too."""
    text = f"<p>　　{FIRST[:10]}&nbsp; \n　{FIRST[10:]}</p><p> </p><p>&#8203;</p><p>{SECOND[:4]}&#8203;{SECOND[4:]}</p>"
    assert lines_of_body(INFO, text=text) == [f"{FIRST[:10]} {FIRST[10:]}", SECOND]


def test_comments_longer_than_the_article() -> None:
    """A thread of comments, however long and wherever it begins, is not the text."""
    thread = "".join(f"<div class=item><b>渔夫{n}</b><p>我家也种了二十亩，{SECOND}</p></div>" for n in range(30))
    assert lines_of_body(INFO, f"<div id=comment-box>{thread}</div>") == [FIRST, SECOND]


def test_feed_below_the_article() -> None:
    """Teasers of other stories below the article are not the text."""
    feed = "".join(f"<div class=item><h3><a href=/{n}.html>{TITLE}{n}</a></h3><p>{THIRD}</p></div>" for n in range(20))
    assert lines_of_body(INFO, f"<div class=feed>{feed}</div>") == [FIRST, SECOND]


def test_confidence() -> None:
    """A long text alone on its page is surer than two short lines among others."""
    long = article(INFO, text=P * 4).how["body"].confidence
    short = article(INFO, text="<p>明天有雨，出行请带伞。</p>").how["body"].confidence
    assert long >= 0.9 > short


@pytest.mark.parametrize("end", sorted(ENDS_SAID))
def test_every_end_is_looked_for(end: str) -> None:
    """The signs that are asked first let every line pass that ends an article."""
    assert ENDS_SAID[end] == {kind for kind, pattern in ENDS.items() if pattern.search(end)}
    assert _MAY_END.search(end)
