"""Where words stand in a text as it is, whatever forms it is written in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.search import matcher
from storage.search.fold import fold, fold_with_places
from storage.search.grams import places
from storage.search.matcher import spans

WRITTEN = st.text(alphabet="台臺颱后後里裡裏發髮发干乾幹港ｶカab1,， \n", max_size=40)


def by_folding(text: str, words: list[str]) -> list[tuple[int, int]]:
    """What `spans` says, in other words."""
    folded, origins = fold_with_places(text)
    return [(origins[at], origins[at + len(word) - 1] + 1) for word in words if word for at in places(word, folded)]


@pytest.mark.parametrize("most", [matcher.MOST_SPELLINGS, 2])
@given(text=WRITTEN, asked=st.lists(WRITTEN.map(lambda written: written[:3]), max_size=3))
def test_words_stand_where_folding_finds_them(most: int, text: str, asked: list[str]) -> None:
    """Else a hit in traditional characters would not be marked, or something else would be."""
    words = [fold(word) for word in asked]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matcher, "MOST_SPELLINGS", most)
        matcher._HanWord.of.cache_clear()  # which remembers spellings
        assert sorted(spans(text, words)) == sorted(by_folding(text, words))
    matcher._HanWord.of.cache_clear()


def test_a_word_is_found_in_every_form_at_once() -> None:
    """One text may write it in several ways."""
    assert sorted(spans("後里台 后裡臺 后里颱", ["后里台"])) == [(0, 3), (4, 7), (8, 11)]
