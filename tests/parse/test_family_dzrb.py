"""Pages of the 大众日报 platform are read by their words, in any markup: article pages and NEWS pages."""

from __future__ import annotations

import json

import pytest
from dzrb_pages import MARKUPS, SPRING, article_of, assert_tells, read_page


def page(**parts: str) -> str:
    """An article page in plain paragraphs; parts given by name replace its own."""
    own = {
        "head": f"<title>{SPRING.title}</title>",
        "title": f"<h1>{SPRING.title}</h1>",
        "info": f"<p>{SPRING.info}</p>",
        "byline": f"<p>{SPRING.byline}</p>",
        "text": "".join(f"<p>{text}</p>" for text in SPRING.paragraphs),
        "editor": f"<p>责任编辑: {SPRING.editor}</p>",
        "comments": "<p>评论:</p><p>提交评论</p>",
        "footer": "".join(f"<p>{text}</p>" for text in SPRING.footer),
    } | parts
    head, *body = own.values()
    return f"<html><head>{head}</head><body>{''.join(body)}</body></html>"


@pytest.mark.parametrize("name", MARKUPS)
def test_every_markup(name: str) -> None:
    """A reader that needs one markup reads nothing on the day the platform changes it."""
    assert_tells(read_page(MARKUPS[name](SPRING)))


@pytest.mark.parametrize("content_type", ["text/html", "text/html; charset=iso-8859-1", "text/html; charset=utf-8"])
@pytest.mark.parametrize("name", ["paragraphs", "table", "bare"])
def test_gbk_bytes_under_any_label(name: str, content_type: str) -> None:
    """What header and meta say of the charset is wrong often enough."""
    assert_tells(read_page(MARKUPS[name](SPRING).encode("gbk"), content_type=content_type))


STAMP, SOURCE = SPRING.stamp, SPRING.source
COMMENT = "<p>我家就在下游，去年真的等了九天的水，希望黑板上的数天天都有人写，大家都来看，都来守夜。</p>"
COMMENTS = "<p>评论:</p>" + COMMENT * 30
DATE, CLOCK = STAMP.split(" ")


@pytest.mark.parametrize(
    "info",
    [
        f"<p>{STAMP}发布来源：{SOURCE}</p>",
        f"<p>发布来源:{SOURCE} {STAMP}</p>",
        f"<p>{STAMP}&nbsp;&nbsp;　发布来源：&nbsp;{SOURCE}　阅读 1234</p>",
        f"<p>{STAMP} 发布来源：<a href='/media/7'>{SOURCE}</a></p><p>分享到</p><p>字号: A+ A-</p>",
        f"<div><i>{DATE}</i></div><div>{CLOCK}</div><div>发布来源</div><div>：{SOURCE}</div>".replace(
            "</div><div>：", "："
        ),
        f"<p>发布来源：{SOURCE}</p><p>{STAMP}</p>",
        f"<p>发布时间：{STAMP}</p><p>发布来源：</p><p>{SOURCE}</p>",
        f"<p><time datetime='2022-03-09'>{STAMP}</time><span>发布来源：{SOURCE}</span></p>",
    ],
)
def test_time_and_source_in_any_arrangement(info: str) -> None:
    """The one line that dates the article and names its outlet may be broken, turned round or furnished."""
    assert_tells(read_page(page(info=info)))


def test_lines_that_are_blocks_by_style_alone() -> None:
    """Elements that the page itself makes lines must not run together into one paragraph."""
    text = "".join(f"<span style='display: block'>{text}</span>" for text in SPRING.paragraphs)
    assert_tells(read_page(page(text=text)))


@pytest.mark.parametrize(
    "notice",
    [
        "本平台转载的稿件均在标题之下标明发布来源：请各位读者注意辨别，有疑问时请与本平台的编辑部联系。",
        "发布来源：本平台转载的稿件均已标明，请注意辨别。",
        "读者来信问，新闻标题下面的小字是什么意思，又是谁定下的规矩？ 发布来源：青石湾报",
        "请看发布来源：大众日报",
    ],
)
def test_sentence_that_speaks_of_sources(notice: str) -> None:
    """A notice with the words 发布来源 must not be taken for the line that names the outlet."""
    assert_tells(read_page(page(title=f"<p>{notice}</p><h1>{SPRING.title}</h1>")))


def test_byline_on_the_line_of_the_source() -> None:
    """The reporters' outlet must not become a part of the source, nor their names be lost."""
    info = f"<p><span>{STAMP}</span> <span>发布来源:{SOURCE}</span> <span>{SPRING.byline}</span></p>"
    assert_tells(read_page(page(info=info, byline="")))


@pytest.mark.parametrize(
    ("editor", "named"),
    [
        (f"<p>（责任编辑：{SPRING.editor}）</p>", SPRING.editor),
        (f"<div><div>责任编辑:</div><div>{SPRING.editor}</div></div>", SPRING.editor),
        ("", None),
    ],
)
@pytest.mark.parametrize("form", ["评论:", "评论（30）", "提交评论", SPRING.footer[0]])
def test_the_text_ends_where_the_words_say_so(editor: str, named: str | None, form: str) -> None:
    """Readers' comments and footers must not be stored as the reporter's words, whoever is named as editor."""
    comments = f"<p>{form}</p>{COMMENT * 30}"
    assert_tells(read_page(page(editor=editor, comments=comments)), editor=named)


def test_editor_named_above_the_text() -> None:
    """A 责任编辑 under the headline must not end the article before it began."""
    byline = f"<p>{SPRING.byline}</p><p>责任编辑: {SPRING.editor}</p>"
    assert_tells(read_page(page(byline=byline, editor="", comments=COMMENTS)))


def test_editor_in_an_element_at_the_end_of_the_last_paragraph() -> None:
    """The editor's name must not become the end of the article's last sentence."""
    *texts, last = SPRING.paragraphs
    text = "".join(f"<p>{text}</p>" for text in texts) + f"<p>{last}<span>责任编辑: {SPRING.editor}</span></p>"
    assert_tells(read_page(page(text=text, editor="")))


def test_a_subheading_that_says_comment() -> None:
    """`评论` as a line of the text must not end it while a 责任编辑 stands below."""
    text = "".join(
        f"<p>{text}</p>" for text in ("渠水流过田埂，一河水大家护，今年不用再等九天。", "评论", *SPRING.paragraphs)
    )
    article = article_of(read_page(page(text=text)))
    assert article.body.splitlines()[-1] == SPRING.paragraphs[-1]


@pytest.mark.parametrize("told", ["大众日报", "大众新闻客户端", "大众日报_大众新媒体大平台", ""])
def test_headline_that_only_its_place_tells(told: str) -> None:
    """The platform's own name in the head must not become the headline."""
    first, second = SPRING.title.split("——")
    title = f"<div>{first}</div><div>——{second}</div>"
    article = assert_tells(read_page(page(head=f"<title>{told}</title>", title=title)))
    assert article.how["title"].confidence >= 0.9


@pytest.mark.parametrize(
    "between",
    [
        "<p>要闻</p>",
        "<p>打印本页 关闭窗口</p>",
        "<p><a href='/yw/'>青石镇春耕保水专题报道</a></p>",
        f"<p>{SPRING.byline}</p>",
        f"<p>{STAMP}</p>",
        f"<p>{DATE}</p><p>{CLOCK}</p>",
    ],
)
def test_lines_between_headline_and_source(between: str) -> None:
    """What stands right above the line of the source is not always the headline."""
    parts = {"head": "<title>大众日报</title>", "title": f"<div>{SPRING.title}</div>"}
    info = f"<p>发布来源:{SOURCE}</p>" if between.startswith("<p>2022") else f"<p>{SPRING.info}</p>"
    assert_tells(
        read_page(page(**parts, info=between + info, byline="" if SPRING.byline in between else SPRING.byline))
    )


def test_short_headline_in_the_title_element() -> None:
    """The platform's names must go from behind a headline that is shorter than they are."""
    article = article_of(read_page(page(head="<title>雨水_大众新闻_大众新媒体大平台</title>", title="", info="")))
    assert article.title == "雨水"


def test_values_for_machines_that_contradict_the_page() -> None:
    """What readers see counts; meta values and JSON-LD of a template must not outvote it."""
    data = {"@type": "NewsArticle", "headline": "大众日报", "datePublished": "2023-01-01T00:00:00+08:00"}
    head = (
        f"<title>{SPRING.title}</title>"
        '<meta name="author" content="admin"><meta name="source" content="大众日报客户端">'
        '<meta property="og:title" content="大众日报"><meta name="pubdate" content="2021-03-01 08:00:00">'
        f'<script type="application/ld+json">{json.dumps(data)}</script>'
    )
    assert_tells(read_page(page(head=head)))


def test_pictures_between_source_and_editor() -> None:
    """The platform's banners are no pictures of the article, though one element holds all."""
    text = (
        f"<p>{SPRING.paragraphs[0]}</p><p><img src='/pic/1.jpg'></p>"
        "<p style='text-align:center'>标尺立在渠边 苗禾 摄</p>"
        + "".join(f"<p>{text}</p>" for text in SPRING.paragraphs[1:])
    )
    title = f"<img src='/static/banner.jpg'><h1>{SPRING.title}</h1>"
    article = assert_tells(read_page(page(title=title, text=text, footer="<img src='/static/campaign.jpg'>")))
    assert [(image.url, image.caption) for image in article.images] == [
        ("https://dzrb.dzng.com/pic/1.jpg", "标尺立在渠边 苗禾 摄")
    ]


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("<div id='news-con'>全文约八百字，读完需三分钟。</div>", ""),
        ("<div id='news-con'>", "</div>"),
    ],
    ids=["a box inside", "the whole page"],
)
def test_selector_that_fits_something_else(opening: str, closing: str) -> None:
    """A name the profile knows may come to mean a box in the text, or all of the page: the words decide."""
    article = article_of(read_page(page(byline=opening + SPRING.byline + "<br>", comments=COMMENTS + closing)))
    assert tuple(article.body.splitlines()[-len(SPRING.paragraphs) :]) == SPRING.paragraphs


def test_every_field_says_how_it_was_read() -> None:
    """Evidence is worth as much as the reading of it can be retraced."""
    article = article_of(read_page(MARKUPS["soup"](SPRING)))
    rules = {name: how.rule for name, how in article.how.items()}
    assert rules == {
        "title": "position",
        "published": "label",
        "source": "label",
        "editor": "label",
        "authors": "byline",
        "body": "position",
    }
    assert "发布来源" in article.how["source"].place


@pytest.mark.parametrize("host", ["https://dzrb.dzng.com", "https://m.dzplus.dzng.com/share"])
def test_news_page(host: str) -> None:
    """A NEWS page's title carries the platform's names, and its source only a note under the text."""
    told = "青石镇三条支渠同日通水"
    text = "".join(f"<p>{text}</p>" for text in SPRING.paragraphs)
    article = article_of(
        read_page(
            f"<html><head><title>{told}_大众新闻_大众新媒体大平台</title></head><body><div id=app><main>"
            f"<div>{told}</div><div>2024-03-01 10:20</div>{text}<p>（来源：青石发布）</p></main></div></body></html>",
            f"{host}/general/0/NEWS2403010001ABCDEF",
        )
    )
    assert article.title == told
    assert article.source == "青石发布"
    assert article.published is not None
    assert article.published.iso() == "2024-03-01T10:20:00+08:00"
    assert article.body.splitlines() == list(SPRING.paragraphs)
