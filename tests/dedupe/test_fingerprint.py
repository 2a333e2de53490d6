"""What counts as an article's text, and as a change of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from storage.dedupe.fingerprint import OWN_TEXT_CHARACTERS, fingerprint, fold, parts, text_fingerprint
from storage.records import Article, Edition, How, Image, Moment

BODY = "青石湾新修的木栈道昨日开放，清晨已有居民沿海散步，管理方说照明下月完工。"
PLAIN = Article(
    url="http://qsw.example/1",
    title="木栈道开放",
    subtitle="副题",
    kicker="引题",
    published=Moment(at=datetime(2024, 7, 26, 1, 2, 3, tzinfo=UTC)),
    source="青石湾报",
    editor="林一",
    authors=("周二", "吴三"),
    body=BODY,
    images=(Image(url="http://img1.qsw.example/a/1.jpg?t=1", caption="栈道"),),
)

EDITS = [
    {"title": "木栈道关闭"},
    {"subtitle": None},
    {"kicker": "另一引题"},
    {"published": Moment(at=datetime(2024, 7, 26, 1, 2, 4, tzinfo=UTC))},
    {"source": "另一家报"},
    {"editor": "郑四"},
    {"authors": ("吴三", "周二")},
    {"body": BODY + "更正。"},
    {"images": ()},
    {"images": (replace(PLAIN.images[0], caption="另一图"),)},
    {"images": (Image(url="http://img1.qsw.example/a/2.jpg", caption="栈道"),)},
]

NO_EDITS = [
    {"url": "https://m.qsw.example/1?from=app"},
    {"title": "木栈道 开放"},
    {"body": BODY.replace("，", ",").replace("青", "青\u200b") + "\n\u3000\u3000"},
    {"body_html": "<p class='x'>" + BODY},
    {"column": "要闻"},
    {"edition": Edition(paper="qsw", day=date(2024, 7, 26), label="01")},
    {"images": (Image(url="https://img2.qsw.example/a/1.jpg?t=2", caption="栈道"),)},
    {"how": {"title": How(rule="meta")}, "problems": ("x",), "family": "dzrb"},
]


@pytest.mark.parametrize("change", EDITS, ids=lambda change: next(iter(change)))
def test_what_an_editor_changes_changes_the_fingerprint(change: dict[str, object]) -> None:
    """Else an edit would pass unnoticed."""
    assert fingerprint(replace(PLAIN, **change)) != fingerprint(PLAIN)


@pytest.mark.parametrize("change", NO_EDITS, ids=lambda change: next(iter(change)))
def test_what_no_reader_sees_does_not(change: dict[str, object]) -> None:
    """Else an article would get a new version at each fetch."""
    assert fingerprint(replace(PLAIN, **change)) == fingerprint(PLAIN)


@pytest.mark.parametrize("change", [EDITS[0], EDITS[7]])
def test_headline_and_body_make_the_text(change: dict[str, object]) -> None:
    """Else another article would be taken for this one."""
    assert text_fingerprint(replace(PLAIN, **change)) != text_fingerprint(PLAIN)


@pytest.mark.parametrize("change", [*EDITS[1:7], *EDITS[8:], *NO_EDITS])
def test_all_else_does_not(change: dict[str, object]) -> None:
    """Else the e-paper's article and the website's would be two."""
    assert text_fingerprint(replace(PLAIN, **change)) == text_fingerprint(PLAIN)


def test_a_text_too_short_to_say_anything_equals_itself_alone() -> None:
    """Else all articles titled 图片新闻 without text would be one, and all but the first be lost."""
    short = replace(PLAIN, title="图片新闻", body="字" * (OWN_TEXT_CHARACTERS - 1))
    assert text_fingerprint(short) != text_fingerprint(replace(short, url="http://qsw.example/2"))
    whole = replace(short, body="字" * OWN_TEXT_CHARACTERS)
    assert text_fingerprint(whole) == text_fingerprint(replace(whole, url="http://qsw.example/2"))


def test_what_the_way_there_said_is_no_part_of_the_state() -> None:
    """Else the day printed beside the link in one list, and not in the other, would look like an edit."""
    borrowed = {"published": How(rule="context"), "title": How(rule="selector")}
    one = replace(PLAIN, how=borrowed)
    two = replace(PLAIN, published=Moment.of_day(date(2024, 7, 25)), how=borrowed)
    assert fingerprint(one) == fingerprint(two)
    assert "published" not in parts(one)


def test_words_do_not_wander_between_fields() -> None:
    """Else moving a line from the headline to the body could go unnoticed."""
    long = "字" * 40
    assert text_fingerprint(replace(PLAIN, title="甲乙", body=long)) != text_fingerprint(
        replace(PLAIN, title="甲", body="乙" + long)
    )
    one = replace(PLAIN, source="甲", editor=None)
    two = replace(PLAIN, source=None, editor="甲")
    assert fingerprint(one) != fingerprint(two)


@given(st.text(st.characters(exclude_categories=())), st.text(st.characters(exclude_categories=())))
def test_no_text_breaks_it(title: str, url: str) -> None:
    """Else a page with a lone surrogate or a broken image address would end the run."""
    article = Article(url=url, title=title, body=title * 9, images=(Image(url="http://[" + url, caption=title),))
    assert len(fingerprint(article)) == len(text_fingerprint(article)) == 64


@given(st.text())
@example("R\u00b8")  # NFKC makes a blank and a combining cedilla of the sign
def test_folding_twice_is_folding_once(text: str) -> None:
    """Else a stored text and the same text read again could differ."""
    assert fold(fold(text)) == fold(text)
