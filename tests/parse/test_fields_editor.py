"""The editor: who answers before who edited, a person and not a code, this article's and not the page's."""

from __future__ import annotations

import pytest
from small_pages import TEXT, article

from crawler.parse.fields.editor import clean_editor

TIME = "<p>2019-09-06 09:00 来源：云栖网</p>"

# What is odd → (markup under the headline, text, markup below, expected).
EDITORS = {
    "inside the text's element": (TIME, f"{TEXT}<p>责任编辑：苗禾</p>", "", "苗禾"),
    "portal's below the source's own": (
        TIME,
        f"{TEXT}<p>编辑 安小满 校对 宁宁</p>",
        "<p>责任编辑：苗禾_NF4425</p>",
        "苗禾",
    ),
    "above the text": ("<p>2019-09-06 来源：云栖网 责任编辑：苗禾</p>", TEXT, "", "苗禾"),
    "above and below": ("<p>编辑：安小满 2019-09-06</p>", TEXT, "<p>责编：苗禾</p>", "苗禾"),
    "behind paging and buttons": (
        TIME,
        TEXT,
        "<p>1 <a href=2>2</a> <a href=2>下一页</a></p><p>分享到</p><p>微信</p><p>打印</p><p>责编：苗禾</p>",
        "苗禾",
    ),
    "editor-in-chief only": (TIME, TEXT, "<p>总编辑：苗禾　值班主编：安小满</p>", None),
    "picture editor only": (TIME, TEXT, "<p>图片编辑：苗禾</p>", None),
    "word of a sentence": (TIME, f"<p>他在出版社做编辑：每天看十万字，看了三十年，眼睛早就花了。</p>{TEXT}", "", None),
    "button of a wiki": (TIME, TEXT, "<p>编辑</p><p>收藏</p>", None),
    "office": (TIME, TEXT, "<p>编辑：云栖网编辑部</p>", "云栖网编辑部"),
    "administrator": (TIME, TEXT, "<p>责任编辑：admin</p>", None),
    "unknown": (TIME, TEXT, "<p>责任编辑：未知</p>", None),
    "mailbox behind": (TIME, TEXT, "<p>责任编辑：苗禾（miao@news.example）</p>", "苗禾"),
    "next block is no person": (TIME, TEXT, "<p>责任编辑：</p><p>相关新闻</p>", None),
    "next block is a label": (TIME, TEXT, "<p>责任编辑：</p><p>审核：高禾</p>", None),
    "next block is the person": (TIME, TEXT, "<span>责任编辑：</span><p>苗禾</p>", "苗禾"),
    "name in a link": (TIME, TEXT, "<p>责任编辑：<a href=/u/1>苗禾</a></p>", "苗禾"),
    "traditional characters": (TIME, TEXT, "<p>責任編輯：葉文</p>", "葉文"),
    "minority name": (TIME, TEXT, "<p>责任编辑：阿依古丽·买买提</p>", "阿依古丽·买买提"),
}


@pytest.mark.parametrize("name", EDITORS)
def test_editor(name: str) -> None:
    """The editor in this form is read, and other duties, codes and words are not taken for him."""
    info, text, below, expected = EDITORS[name]
    assert article(info, below, text=text).editor == expected


def test_empty_label_is_not_filled_from_elsewhere() -> None:
    """An empty 责任编辑 says that nobody is named: the name in the next story's line is not taken."""
    read = article(TIME, "<p>责任编辑：</p><ul><li><a href=/2>苗禾获评种粮能手</a></li></ul>")
    assert read.editor is None
    assert "editor" not in read.how


def test_login_is_less_sure() -> None:
    """A login name is kept, with less confidence than a person's name."""
    person = article(TIME, "<p>责任编辑：苗禾</p>").how["editor"].confidence
    login = article(TIME, "<p>责任编辑：biaoffeng</p>").how["editor"].confidence
    assert login < person


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("苗禾_NB9527", "苗禾"),
        ("苗禾NB9527", "苗禾"),
        ("苗禾 PK155", "苗禾"),
        ("SN009", None),
        ("12345", None),
        ("苗禾、李禾，安小满", "苗禾、李禾、安小满"),
        ("苗禾 打印 关闭", "苗禾"),
        ("苗 禾", "苗禾"),
        ("欧阳晓岚", "欧阳晓岚"),
        ("小婷", "小婷"),
        ("棒棒不是糖", "棒棒不是糖"),
        ("", None),
    ],
)
def test_name_is_cut_out(text: str, expected: str | None) -> None:
    """Codes, buttons and blanks are cut off; pen names stay."""
    assert clean_editor(text) == expected
