"""The form in which texts and words are compared."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.search.fold import fold, fold_with_places, forms_of

EVERY = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("ＡＢＣ１２３", "abc123"),
        ("臺灣颱風", "台湾台风"),
        ("約翰•漢斯", "约翰・汉斯"),
        ("（港口）", "(港口)"),
        ("100％", "100%"),
        ("Ⅳ级", "IV级"),
        ("㎡", "m2"),
        ("Straße", "STRASSE"),
        ("1,200,000元", "1200000元"),
        ("１，２００", "1200"),
        ("红色　预警", "红色 预警"),
        ("红色\n预警", "红色\xa0预警"),
        ("ｶﾀ", "カタ"),
    ],
)
def test_what_reads_the_same_is_the_same(text: str, same: str) -> None:
    """Else a word typed in one way would not find what was printed in the other."""
    assert fold(text) == fold(same)


@pytest.mark.parametrize(
    ("text", "other"),
    [("港口", "巷口"), ("1,2,3", "123"), ("12,00", "1200"), ("1,200,35", "120035"), ("“好”", '"好"'), ("3.14", "314")],
)
def test_what_reads_otherwise_is_not_the_same(text: str, other: str) -> None:
    """Else a list of numbers would be one number, or a name another one."""
    assert fold(text) != fold(other)


def test_every_character_folded_twice_is_folded_once() -> None:
    """Else words that went through two hands would not be found any more."""
    wrong = [one for one in EVERY if fold(fold(one)) != fold(one)]
    assert wrong == []


@given(st.text())
def test_every_text_folded_twice_is_folded_once(text: str) -> None:
    """Else the commas of a number could fall away one by one."""
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("0123456789,，Ⅳ㎡台臺"))))
def test_places_lead_back(text: str) -> None:
    """Else a hit would be marked beside where it stands."""
    folded, places = fold_with_places(text)
    assert folded == fold(text)
    assert len(places) == len(folded)
    assert list(places) == sorted(places)
    assert all(one in fold(text[place]) for one, place in zip(folded, places, strict=True))


def test_every_form_of_a_letter_is_known() -> None:
    """Else looking for a word in a text as it is would miss what looking in the folded text finds."""
    letters = [
        one
        for one in EVERY
        if fold(one) == one and one.isalnum() and re.fullmatch("[⺀-\u9fff\U00020000-\U0003ffff]", one)
    ]
    form_of = {form: one for one in letters for form in forms_of(one)}
    wanted = {one: plain for one in EVERY if (plain := fold(one)) in form_of}
    assert form_of == wanted
