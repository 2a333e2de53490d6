"""Verdicts: whatever was read and whatever is stored, exactly one, and the same the other way round."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from property_samples import any_text, tries

from storage.dedupe.fingerprint import OWN_TEXT_CHARACTERS, fingerprint, fold, parts, text_fingerprint
from storage.dedupe.judge import Known, judge
from storage.records import Article, How, Image, Moment, Outcome

BODY = "青石湾新修的木栈道昨日开放，附近居民来看海。"
TEXTS = st.sampled_from(["", "木栈道开放", "木栈道 开放", "林一", BODY, f"{BODY}又一句。"]) | any_text(12)
MOMENTS = st.integers(0, 3).map(lambda day: Moment(at=datetime(2024, 7, 26, tzinfo=UTC) + timedelta(days=day)))
ARTICLES = st.builds(
    Article,
    url=st.sampled_from(["http://a.cn/1", "http://a.cn/2"]),
    title=TEXTS,
    subtitle=st.none() | TEXTS,
    kicker=st.none() | TEXTS,
    published=st.none() | MOMENTS,
    source=st.none() | TEXTS,
    editor=st.none() | TEXTS,
    authors=st.lists(TEXTS, max_size=2).map(tuple),
    column=st.none() | TEXTS,
    body=TEXTS,
    images=st.lists(st.builds(Image, url=any_text(), caption=st.none() | TEXTS), max_size=2).map(tuple),
    how=st.dictionaries(
        st.sampled_from(["title", "editor", "source"]), st.builds(How, rule=st.sampled_from(["context"]))
    ),
)
DIGESTS = st.sampled_from(["", "sha256:1", "sha256:2"])


def known(article: Article, digest: str = "", article_id: str = "one") -> Known:
    """What the store knows of an article."""
    return Known(
        article_id=article_id,
        canonical_url=article.url,
        fingerprint=fingerprint(article),
        text_fingerprint=text_fingerprint(article),
        article=article,
        digest=digest,
    )


@tries(2)
@given(ARTICLES, st.none() | ARTICLES, st.none() | ARTICLES, DIGESTS, DIGESTS)
def test_every_page_gets_one_verdict_that_says_why(
    article: Article, here: Article | None, elsewhere: Article | None, digest: str, before: str
) -> None:
    """Else a page would end in no count, or change an article that nobody named."""
    stored = known(here, before) if here else None
    twin = known(elsewhere, article_id="two") if elsewhere else None
    verdict = judge(article, "https://a.cn/1", stored, twin, digest=digest)
    expected = {Outcome.SAME, Outcome.CHANGED} if here else {Outcome.DUPLICATE} if elsewhere else {Outcome.NEW}
    assert verdict.outcome in expected
    assert verdict.article_id == ("one" if here else "two" if elsewhere else None)
    assert (verdict.fingerprint, verdict.text_fingerprint) == (fingerprint(article), text_fingerprint(article))
    assert verdict.reason
    if verdict.outcome is Outcome.CHANGED:
        assert here
        assert not (digest and digest == before), "the same bytes are no edit"
        differing = [name for name, value in parts(article).items() if parts(here).get(name, value) != value]
        assert verdict.reason.removesuffix(" differs").removesuffix(" differ").split(", ") == differing


@tries(2)
@given(ARTICLES, ARTICLES)
def test_an_edit_back_is_an_edit(one: Article, other: Article) -> None:
    """Else an article that is edited and then set back would show its middle state for ever."""
    there = judge(one, "https://a.cn/1", known(other), None).outcome
    back = judge(other, "https://a.cn/1", known(one), None).outcome
    assert there is back


@tries(2)
@given(ARTICLES)
def test_what_was_just_stored_is_the_same(article: Article) -> None:
    """Else every fetch of a page would make a version."""
    verdict = judge(article, "https://a.cn/1", known(article), None)
    assert verdict.outcome is Outcome.SAME


@tries(2)
@given(ARTICLES, st.sampled_from(["\u200b", "\ufeff", "\u3000", "\n", "\u00ad", " \u2060"]))
def test_what_nobody_sees_is_no_edit(article: Article, unseen: str) -> None:
    """Else a system that breaks lines elsewhere would make every article look edited."""
    looks_alike = replace(
        article,
        title=unseen + article.title,
        body=unseen.join(article.body),
        authors=tuple(author + unseen for author in article.authors),
        column="另一栏目",
    )
    assert fingerprint(looks_alike) == fingerprint(article)
    assert text_fingerprint(looks_alike) == text_fingerprint(article)


@tries(2)
@given(ARTICLES, ARTICLES)
def test_only_the_same_text_is_a_duplicate(one: Article, other: Article) -> None:
    """Else two short notices with one headline, or two texts that only begin alike, would be one article."""
    alike = fold(one.title) == fold(other.title) and fold(one.body) == fold(other.body)
    long_enough = len(fold(one.body)) >= OWN_TEXT_CHARACTERS
    assert (text_fingerprint(one) == text_fingerprint(other)) == (alike and (long_enough or one.url == other.url))
