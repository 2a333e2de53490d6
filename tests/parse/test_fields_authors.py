"""The authors: names of bylines wherever they stand, and nobody whom the text merely names."""

from __future__ import annotations

import pytest
from small_pages import FIRST, SECOND, TEXT, article

from crawler.parse.names import is_name, read_byline, read_names

TIME = "<p>2019-09-06 09:00 来源：云栖网</p>"

# What is odd → (markup under the headline, text, markup below, expected).
AUTHORS = {
    "line above the text": (TIME, f"<p>□记者 刘腾 报道</p>{TEXT}", "", ("刘腾",)),
    "marked line without a verb": (TIME, f"<p>□本报记者 苗壮</p>{TEXT}", "", ("苗壮",)),
    "outlets and several names": (
        TIME,
        f"<p>云栖日报/云栖网记者 李涛 梁玉鹏 董梅雪</p>{TEXT}",
        "",
        ("李涛", "梁玉鹏", "董梅雪"),
    ),
    "roles and pictures": (
        TIME,
        f"<p>文/图 云栖记者 韩小伟 实习生迟珺怡 通讯员 侯群 崔倩男 报道</p>{TEXT}",
        "",
        ("韩小伟", "迟珺怡", "侯群", "崔倩男"),
    ),
    "in the dateline": (
        TIME,
        f"<p>本报讯（记者 李敏 通讯员 朱海生）{FIRST}</p><p>{SECOND}</p>",
        "",
        ("李敏", "朱海生"),
    ),
    "glued in the dateline": (TIME, f"<p>云栖网讯（记者李敏 整合）{FIRST}</p><p>{SECOND}</p>", "", ("李敏",)),
    "of a media group in the dateline": (
        TIME,
        f"<p>(云栖日报社全媒体记者 付凯 刘福文){FIRST}</p><p>{SECOND}</p>",
        "",
        ("付凯", "刘福文"),
    ),
    "in brackets at the end": (TIME, f"<p>{FIRST}</p><p>{SECOND}（记者 戴谦）</p>", "", ("戴谦",)),
    "signature with an inner blank": (TIME, f"<p>{FIRST}</p><p>{SECOND}(刘 腾)</p>", "", ("刘腾",)),
    "signature of its own": (TIME, f"{TEXT}<p>（宋迎迎）</p>", "", ("宋迎迎",)),
    "words and pictures at the end": (
        TIME,
        f"<p>{FIRST}</p><p>{SECOND}(文/图 刘玺东 易赛楠)</p>",
        "",
        ("刘玺东", "易赛楠"),
    ),
    "last line of the text": (TIME, f"{TEXT}<p>云栖晚报记者 张楠</p>", "", ("张楠",)),
    "采写 at the end": (TIME, f"{TEXT}<p>采写：云栖报记者 余毅菁 向雪妮</p>", "", ("余毅菁", "向雪妮")),
    "columnist in black brackets": (TIME, f"<p>【文/云栖网专栏作者 王文】</p>{TEXT}", "", ("王文",)),
    "below a summary": (TIME, f"<ul><li>{FIRST}</li></ul><p>《棱镜》作者 周纯</p>{TEXT}", "", ("周纯",)),
    "name and outlet parted by a slash": (f"<p>石佳/云栖青年报</p>{TIME}", TEXT, "", ("石佳",)),
    "label": ("<p>2019-09-06 来源：云栖网 作者：李在山</p>", TEXT, "", ("李在山",)),
    "label with two names": ("<p>2019-09-06 作者：李在山 安小满 来源：云栖网</p>", TEXT, "", ("李在山", "安小满")),
    "pen name behind 作者": ("<p>2019-09-06 作者：路闻卓立</p>", TEXT, "", ("路闻卓立",)),
    "unknown author": ("<p>2019-09-06 作者：未知</p>", TEXT, "", ()),
    "outlet behind 作者": ("<p>2019-09-06 作者：云栖日报</p>", TEXT, "", ()),
    "administrator": ("<p>2019-09-06 作者：admin</p>", TEXT, "", ()),
    "empty 作者": ("<p>2019-09-06 作者： 转载请注明：云栖网</p>", TEXT, "", ()),
    "photographer": (TIME, f"{TEXT}<p>本报记者 张晓科 摄</p>", "", ()),
    "photographer of a caption": (TIME, f"<p><img src=/1.jpg></p><p>收割现场。韩加君摄(云栖视觉)</p>{TEXT}", "", ()),
    "giver of a picture": (TIME, f"{TEXT}<p>云栖镇 农技站供图</p>", "", ()),
    "people in the text": (TIME, f"<p>记者在现场看到，苗禾正在收割，{FIRST}</p><p>{SECOND}</p>", "", ()),
    "explanation in brackets": (TIME, f"<p>{FIRST}</p><p>{SECOND}（应受访者要求，文中张严为化名。）</p>", "", ()),
    "commenters": (TIME, TEXT, "<div class=comments><p>记者 王小明</p><p>说得好，支持。</p></div>", ()),
}


@pytest.mark.parametrize("name", AUTHORS)
def test_authors(name: str) -> None:
    """The names in this form are read in order, and nobody else's."""
    info, text, below, expected = AUTHORS[name]
    assert article(info, below, text=text).authors == expected


@pytest.mark.parametrize(
    "line",
    [
        "□记者 刘腾 报道",
        "云栖日报/云栖网记者 李涛 梁玉鹏",
        "（记者 李敏）",
        "采写：云栖报记者 余毅菁",
        "本报记者 苗壮 通讯员 安小满 摄影报道",
        "文/图 刘玺东",
    ],
)
def test_byline_is_no_text(line: str) -> None:
    """A line that is nothing but a byline does not stay in the text."""
    assert line not in article(TIME, text=f"<p>{line}</p>{TEXT}").body


def test_inline_byline_stays() -> None:
    """A byline inside a paragraph is part of the paragraph."""
    body = article(TIME, text=f"<p>本报讯（记者 李敏）{FIRST}</p><p>{SECOND}(刘 腾)</p>").body
    assert "（记者 李敏）" in body
    assert body.endswith("(刘 腾)")


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("新华社记者张三丰、李四维", ("张三丰", "李四维")),
        ("红星新闻记者丨张三丰", ("张三丰",)),
        ("撰文丨张三丰", ("张三丰",)),
        ("首席记者 张三丰 通讯员 李四维", ("张三丰", "李四维")),
        ("云栖报社/观海新闻记者 王凯", ("王凯",)),
        ("南方云栖报记者 张三丰 发自北京", ("张三丰",)),
        ("记者 张三丰 实习生 李四维 文/图", ("张三丰", "李四维")),
        ("记者 张三丰 摄", None),
        ("记者在现场看到", None),
        ("记者：你怎么看", None),
        ("通讯员招聘启事", None),
        ("作者单位：云栖大学", None),
        ("责任编辑 张三丰", None),
    ],
)
def test_bylines(line: str, names: tuple[str, ...] | None) -> None:
    """The grammar of bylines takes reporters and correspondents, and no photographers or sentences."""
    assert read_byline(line) == names


def test_names() -> None:
    """Names look like names: a family name first, two to four signs, or dotted; words do not."""
    assert all(map(is_name, ("苗禾", "欧阳晓岚", "约翰·汉斯", "阿依古丽·买买提", "葉文")))
    assert not any(map(is_name, ("记者", "青石日报", "云栖网", "阅读", "苗", "苗禾苗禾苗", "NF4425", "大众·云栖网")))
    assert read_names("苗小禾青石26日电") == (["苗小禾"], "青石26日电")
