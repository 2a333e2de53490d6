"""Grams: what an index keeps of a text, and what words look for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.search import matcher
from storage.search.fold import fold
from storage.search.grams import grams_of_text, grams_of_word, stands_in
from storage.search.matcher import Matcher, Tally
from storage.search.numbers import gram_number, is_own
from storage.search.question import BETWEEN, Question, fold_texts, read_question

LETTERS = "台风臺港aAbＢ5１é，。 -·%㎡Ⅳカ𠮷"
texts = st.text(LETTERS, max_size=25).map(fold)
words = st.text(LETTERS, min_size=1, max_size=5).map(lambda word: " ".join(fold(word).split())).filter(bool)


@pytest.mark.parametrize(
    ("word", "text", "there"),
    [
        ("台", "台风", True),
        ("台风", "今台风来", True),
        ("台风", "台、风", False),
        ("cat", "concatenate", False),
        ("cat", "the cat.", True),
        ("cat", "cats", False),
        ("cat", "猫cat猫", True),
        ("5", "15", False),
        ("5", "5g", True),
        ("g", "5g", True),
        ("5g", "15g", False),
        ("covid－19", "covid－19。", True),
        ("19", "covid－19", True),
        ("1200", "1200000", False),
        ("，渔船", "预警，渔船", True),
    ],
)
def test_a_word_stands_in_a_text(word: str, text: str, there: bool) -> None:
    """Else an English word would be found within another, or a Chinese one not within its sentence."""
    assert stands_in(word, text) is there


@given(words, texts)
def test_the_index_rules_nothing_out_that_is_there(word: str, text: str) -> None:
    """Else an article would be hidden; and a word said to be certain would be found where it is not."""
    grams, held = grams_of_word(word), grams_of_text(text)
    if stands_in(word, text):
        assert held.issuperset(grams.all)
    if grams.exact:
        assert stands_in(word, text) is held.issuperset(grams.all)


groups = st.lists(st.lists(words, min_size=1, max_size=3), max_size=2)


@given(groups, st.lists(words, max_size=2), st.text(LETTERS + BETWEEN, max_size=25))
def test_looking_in_a_text_as_it_is_finds_the_same(some: list[list[str]], none: list[str], raw: str) -> None:
    """Else the quick ways and the definition would part."""
    question = Question(all=tuple(map(tuple, some)), none=tuple(none))
    holds = question.holds_for(fold_texts(raw))
    assert Matcher(question).holds_for(raw) is holds
    counts = Tally(question, headline_times=1).counts(raw)
    assert (counts is not None) is holds
    if counts is not None:
        assert [bool(number) for number in counts] == [stands_in(word, fold_texts(raw)) for word in question.words]


def test_what_only_seems_to_be_an_answer_is_not_counted_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else thousands of texts that hold the parts of a phrase would be folded for a Latin word beside it."""
    folded: list[str] = []
    monkeypatch.setattr(matcher, "fold_texts", lambda raw: folded.append(raw) or fold_texts(raw))
    counts = Tally(read_question('"红色预警" gdp OR 港口 -abc'), headline_times=4).counts
    assert (counts(f"{BETWEEN}红色，预警，GDP"), folded) == (None, [])
    assert counts(f"{BETWEEN}红色预警，GDP") == (1, 1, 0)
    assert len(folded) == 1


@given(words, st.text(LETTERS, max_size=25), st.text(LETTERS, max_size=25))
def test_occurrences_are_counted_where_they_are(word: str, title: str, body: str) -> None:
    """Else an article that names a word in its headline would stand below others."""
    counts = Tally(Question.of(word), headline_times=1_000).counts(BETWEEN.join(("", title, "", body)))
    [number] = counts or [0]
    headlines, in_body = divmod(number, 1_000)
    assert bool(headlines) is stands_in(word, fold(title))
    assert bool(in_body) is stands_in(word, fold(body))


HAN = "台臺檯颱干乾"
"""Few, so that words and their beginnings come again; two of the first four make more than eight spellings."""
han_words = st.text(HAN, min_size=1, max_size=3).map(fold)


@given(han_words, st.text(HAN, max_size=25), st.text(HAN, max_size=25))
def test_occurrences_are_counted_in_any_form(word: str, title: str, body: str) -> None:
    """Else the order by relevance would depend on how a page writes its characters."""
    counts = Tally(Question.of(word), headline_times=1_000).counts(BETWEEN.join(("", title, "", body)))
    number = 1_000 * fold(title).count(word) + fold(body).count(word)
    assert counts == ((number,) if number else None)


@given(
    st.sets(st.one_of(st.text("一丁丂鿿台风カ", min_size=1, max_size=2), st.text("abc1，𠮷가", min_size=1, max_size=3)))
)
def test_han_grams_have_numbers_of_their_own(grams: set[str]) -> None:
    """Else PostgreSQL would call an article an answer because another word has the same number."""
    own = [gram for gram in grams if is_own(gram_number(gram))]
    assert len({gram_number(gram) for gram in own}) == len(own)
    assert all(0 < gram_number(gram) < 2**31 for gram in grams)
    assert {"台风", "台"} & grams <= set(own)
