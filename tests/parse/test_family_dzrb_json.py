"""The platform's article interface: an answer in JSON is read like a page, its keys heard before the page's words."""

from __future__ import annotations

import json
from typing import Any

import pytest
from dzrb_pages import INTERFACE, PICTURES, SPRING, answer, article_of, assert_tells, paragraphs, read_page

from storage.records import Article, Reason, Rejection


def read_answer(data: object, **known: Any) -> Article | Rejection:
    """What is read from an answer sent as JSON."""
    return read_page(json.dumps(data, ensure_ascii=False), INTERFACE, **known)


@pytest.mark.parametrize("content_type", ["application/json", "text/html; charset=utf-8", "application/javascript"])
@pytest.mark.parametrize(
    "wrapping",
    [
        "{}",
        "\ufeff{}",
        "\n cb_17({});",
        "/**/callback({})",
        "var detail = {};",
        '{{"code": 0, "data": {{"detail": [{}]}}}}',
    ],
)
def test_answer_however_wrapped(wrapping: str, content_type: str) -> None:
    """JSON under a wrong media type, behind a byte order mark, in a call or inside other objects is the same answer."""
    text = wrapping.format(json.dumps(answer(SPRING), ensure_ascii=False))
    article = assert_tells(read_page(text, INTERFACE, content_type))
    assert {article.how[name].rule for name in ("title", "published", "source", "editor", "body")} == {"api"}
    assert article.how["published"].place == "publishtime"


@pytest.mark.parametrize("respell", [str.upper, str.title, lambda key: key.replace("time", "_Time")])
def test_keys_in_other_letters(respell: Any) -> None:
    """Interfaces of one maker differ in the case of their keys."""
    assert_tells(read_answer({respell(key): value for key, value in answer(SPRING).items()}))


def test_line_feeds_inside_of_strings() -> None:
    """An interface written by hand does not escape them, and its answer must not be lost for that."""
    text = json.dumps(answer(SPRING, content="\n".join(SPRING.paragraphs)), ensure_ascii=False)
    assert_tells(read_page(text.replace("\\n", "\n"), INTERFACE), authors=())


def test_headline_with_marks_of_html() -> None:
    """A headline is text: what looks like a tag in it must neither vanish nor open one."""
    article = assert_tells(
        read_answer(answer(SPRING, title="水位&lt;i&gt;以下 &amp; 三渠同通")), title="水位<i>以下 & 三渠同通"
    )
    assert article.how["title"].confidence >= 0.97


def test_missing_keys_cost_only_themselves() -> None:
    """An answer that lacks all but title and content is still an article."""
    data = {key: value for key, value in answer(SPRING).items() if key in ("title", "content")}
    assert_tells(read_answer(data), published=None, source=None, editor=None)


def test_headline_of_the_list_where_the_answer_has_none() -> None:
    """The list page named the article; that name must not be thrown away with the answer's empty title."""
    article = assert_tells(read_answer(answer(SPRING, title=""), link_text=SPRING.title))
    assert article.how["title"].rule == "context"


def test_authors_of_the_answer() -> None:
    """The interface's `author` is heard before the byline in the text."""
    article = assert_tells(read_answer(answer(SPRING, author=" ".join(SPRING.authors))))
    assert article.how["authors"].rule == "api"


@pytest.mark.parametrize(
    "content",
    [
        "\n".join((SPRING.byline, *SPRING.paragraphs)),
        "".join(f"&lt;p&gt;{text}&lt;/p&gt;" for text in (SPRING.byline, *SPRING.paragraphs)),
        paragraphs(SPRING),
    ],
    ids=["plain text", "escaped once more", "a whole page"],
)
def test_content_of_other_make(content: str) -> None:
    """Content without tags, with tags escaped, or with headline and footer of its own gives the same paragraphs."""
    assert_tells(read_answer(answer(SPRING, content=content)))


def pictures(*names: str) -> list[dict[str, str]]:
    """Items of an `imagearray`."""
    return [{"imageUrl": PICTURES.format(name), "summary": f"图说{name}"} for name in names]


A, B, C = (
    "<p>渠水流过田埂，先下游、后上游，一户也不落下。</p>",
    "<p>闸房的黑板上写着今天的次序，谁家先浇、浇多久。</p>",
    "<p>标尺立在渠边，早晚各记一次水位，数据当天公布。</p>",
)


@pytest.mark.parametrize(
    ("content", "groups", "order"),
    [
        (A + "<!--IMAGEARRAY#0-->" + B + "<!--IMAGEARRAY#1-->" + C, [pictures("a", "b")], "AaBbC"),
        (A + "<!--IMAGEARRAY#1-->" + B + "<!-- imagearray#2 -->" + C, [pictures("a", "b")], "AaBbC"),
        (A + "<p><!--IMAGEARRAY#1--></p>" + B + "<!--IMAGEARRAY#0-->" + C, [pictures("a", "b")], "AbBaC"),
        (A + "<!--IMAGEARRAY#0-->" + B + "<!--IMAGEARRAY#1-->" + C, [pictures("a", "b"), pictures("c")], "AabBcC"),
        (A + "<!--IMAGEARRAY#0-->" + B + C, [pictures("a", "b", "c")], "AabcBC"),
        (A + B + C, [pictures("a", "b")], "abABC"),
        (A + "<!--IMAGEARRAY#7-->" + B + C, [], "ABC"),
    ],
)
def test_pictures_at_their_placeholders(content: str, groups: list[Any], order: str) -> None:
    """A picture at the wrong place illustrates something else; one without a place must not be lost."""
    article = article_of(
        read_answer(answer(SPRING, content=content, images=[{"imagearray": g} for g in groups], videos=None))
    )
    signs = {A[3:8]: "A", B[3:8]: "B", C[3:8]: "C"} | {f"small_{name}.jpg": name for name in "abc"}
    places = sorted((article.body_html.index(text), sign) for text, sign in signs.items() if text in article.body_html)
    assert "".join(sign for _, sign in places) == order
    assert all(image.caption == f"图说{image.url[-5]}" for image in article.images)
    assert article.how.get("images", article.how["body"]).rule == "api"


def test_pictures_without_groups() -> None:
    """`images` may hold the pictures themselves."""
    article = article_of(read_answer(answer(SPRING, images=pictures("a"), videos=None)))
    assert [image.url for image in article.images] == [PICTURES.format("a")]


def test_caption_of_the_second_picture() -> None:
    """A caption must not be given to the picture before its own."""
    images = [{"imagearray": [{"imageUrl": PICTURES.format("a")}, *pictures("b")]}]
    article = article_of(read_answer(answer(SPRING, images=images, videos=None)))
    assert [image.caption for image in article.images] == [None, "图说b"]


def test_still_of_a_video() -> None:
    """What a video showed is kept as its still, in its place."""
    article = article_of(read_answer(answer(SPRING)))
    assert [image.url for image in article.images] == [PICTURES.format("aa"), PICTURES.format("still")]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (answer(SPRING, position="3"), Reason.LIST_PAGE),
        (answer(SPRING, position=3), Reason.LIST_PAGE),
        (answer(SPRING, articleType="3"), Reason.LIST_PAGE),
        ({"list": [{"title": "青石镇通水", "fileId": 7}]}, Reason.LIST_PAGE),
        (answer(SPRING, content=None), Reason.NO_BODY),
        ({"success": False, "msg": "稿件不存在"}, Reason.ERROR_PAGE),
    ],
)
def test_answers_that_hold_no_article(data: object, reason: Reason) -> None:
    """A list of links or a message must wait among the rejected, with its reason, and never be stored as an article."""
    rejection = read_answer(data)
    assert isinstance(rejection, Rejection)
    assert rejection.reason is reason
    assert rejection.detail.endswith((".", "稿件不存在"))


def test_answer_cut_off() -> None:
    """Half an answer must not be read as a page that says `{"position": "0", …`."""
    rejection = read_page(json.dumps(answer(SPRING))[:900], INTERFACE)
    assert isinstance(rejection, Rejection)
    assert rejection.reason is Reason.NOT_HTML


SCRIPTS = (
    '<script id="__NEXT_DATA__" type="application/json">{}</script>',
    "<script>window.__INITIAL_STATE__ = {};(function(){{}}())</script>",
)


@pytest.mark.parametrize("script", SCRIPTS)
def test_page_that_a_script_draws(script: str) -> None:
    """The text of a page without any may stand in the data its script starts from."""
    other = answer(SPRING, title="邻镇的水闸", content="<p>老闸门用了三十年，锈得厉害，去年坏了四次。</p>" * 5)
    state = {"props": {"detail": answer(SPRING), "hot": [other]}}
    drawn = script.format(json.dumps(state, ensure_ascii=False))
    assert_tells(read_page(f"<html><head><title>大众新闻</title></head><body><div id=app></div>{drawn}</body></html>"))


def test_data_of_other_stories_beside_a_text() -> None:
    """Where a page shows its text, a longer story in the data of its scripts must not replace it."""
    other = answer(SPRING, title="邻镇的水闸", content="<p>老闸门用了三十年，锈得厉害，去年坏了四次。</p>" * 99)
    script = SCRIPTS[1].format(json.dumps(other, ensure_ascii=False))
    assert_tells(read_page(paragraphs(SPRING).replace("</body>", f"{script}</body>")))
