"""The verdict on an article just read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.dedupe.fingerprint import fingerprint, text_fingerprint
from storage.dedupe.judge import Known, judge
from storage.records import Article, How, Outcome

URL = "https://qsw.example/1"
PLAIN = Article(url="http://qsw.example/1", title="木栈道开放", editor="林一", body="青石湾新修的木栈道昨日开放。" * 3)


def known(article: Article, article_id: str = "one", url: str = URL) -> Known:
    """What the store knows of an article."""
    return Known(
        article_id=article_id,
        canonical_url=url,
        fingerprint=fingerprint(article),
        text_fingerprint=text_fingerprint(article),
        article=article,
    )


def test_what_nobody_knows_is_new() -> None:
    """Else nothing would ever be stored."""
    verdict = judge(PLAIN, URL, None, None)
    assert (verdict.outcome, verdict.article_id, verdict.reason) == (Outcome.NEW, None, "first seen")
    assert (verdict.canonical_url, verdict.fingerprint, verdict.text_fingerprint) == (
        URL,
        fingerprint(PLAIN),
        text_fingerprint(PLAIN),
    )


def test_what_is_as_before_is_the_same() -> None:
    """Else each fetch would make a version."""
    verdict = judge(PLAIN, URL, known(PLAIN), None)
    assert (verdict.outcome, verdict.article_id) == (Outcome.SAME, "one")


def test_what_led_here_is_no_edit() -> None:
    """Else an article would count as edited because another list called it otherwise."""
    found = replace(PLAIN, editor="林一改", how={"editor": How(rule="context")})
    assert judge(found, URL, known(PLAIN), None).outcome is Outcome.SAME
    assert judge(PLAIN, URL, known(found), None).outcome is Outcome.SAME


def test_same_bytes_are_no_edit() -> None:
    """Else every better reader would make edits that nobody made."""
    before = replace(known(PLAIN), digest="sha256:1")
    better = replace(PLAIN, title="木栈道今起开放")
    assert judge(better, URL, before, None, digest="sha256:1").outcome is Outcome.SAME
    assert judge(better, URL, before, None, digest="sha256:2").outcome is Outcome.CHANGED


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"body": "另一篇"}, "body differs"),
        ({"title": "木栈道关闭", "editor": None}, "title, editor differ"),
    ],
)
def test_what_differs_is_changed_and_says_where(change: dict[str, object], reason: str) -> None:
    """Else nobody could tell a corrected body from a corrected name."""
    verdict = judge(replace(PLAIN, **change), URL, known(PLAIN), None)
    assert (verdict.outcome, verdict.article_id, verdict.reason) == (Outcome.CHANGED, "one", reason)


def test_the_same_text_elsewhere_is_a_duplicate() -> None:
    """Else one text at four addresses would be four articles."""
    verdict = judge(PLAIN, URL, None, known(PLAIN, "other", "https://qsw.example/2"))
    assert (verdict.outcome, verdict.article_id) == (Outcome.DUPLICATE, "other")
    assert verdict.reason == "same text as https://qsw.example/2"


@given(st.booleans(), st.booleans(), st.booleans())
def test_an_address_that_is_known_keeps_its_article(here: bool, edited: bool, elsewhere: bool) -> None:
    """Else an edit that makes two articles alike would take one of them away."""
    before = replace(PLAIN, title="旧题") if edited else PLAIN
    by_url = known(before) if here else None
    twin = known(PLAIN, "other", "https://qsw.example/2") if elsewhere else None
    verdict = judge(PLAIN, URL, by_url, twin)
    assert (verdict.article_id == "one") == here
    assert (verdict.outcome in (Outcome.SAME, Outcome.CHANGED)) == here
    assert (verdict.outcome is Outcome.DUPLICATE) == (elsewhere and not here)
