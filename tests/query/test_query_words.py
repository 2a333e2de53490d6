"""How a line of words is read, and the form in which words and texts are compared."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.errors import BadQuery
from storage.query.fold import fold, read_words
from storage.query.search import holds


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("台风", ("台风",)),
        ("港", ("港",)),
        ("  台风\t港口　大桥\n", ("台风", "港口", "大桥")),
        ("台风 台风 ＡＢ ab", ("台风", "ab")),
        ('"红色 预警" 台风', ("红色 预警", "台风")),
        ("“红色　 预警”台风", ("红色 预警", "台风")),
        ("＂红色 预警＂", ("红色 预警",)),
        ('台风"红色 预警"', ("台风", "红色 预警")),
        ("打造“花园城市”", ("打造“花园城市”",)),
        ('"他说“好”"', ("他说“好”",)),
        ('"" “ ” ', ()),
        ("", ()),
    ],
)
def test_a_line_of_words_is_read_as_it_is_meant(line: str, words: tuple[str, ...]) -> None:
    """Else a phrase would fall apart, or a word be looked for that nobody typed."""
    assert read_words(line) == words


@pytest.mark.parametrize(
    ("line", "place"),
    [('"红色 预警', 1), ('台风 "红色', 4), ('"台风" ＂红色', 6), ("台风 “红色 预警", 4), ('台风"', 3)],
)
def test_an_unclosed_quotation_mark_is_named_with_its_place(line: str, place: int) -> None:
    """Else the rest of the line would be looked for as something nobody meant, and found nowhere."""
    with pytest.raises(BadQuery, match=f"at character {place} of .* is never closed"):
        read_words(line)


@given(st.text())
def test_a_line_without_quotation_marks_is_its_words(line: str) -> None:
    """Else some character would be dropped or end a word."""
    plain = line.translate(str.maketrans("", "", '"＂“'))
    expected = [" ".join(fold(word).split()) for word in plain.split()]
    assert list(read_words(plain)) == list(dict.fromkeys(filter(None, expected)))


@pytest.mark.parametrize(
    ("text", "plain"),
    [("ＡＢＣ１２３", "abc123"), ("Straße", "strasse"), ("（港口）", "(港口)"), ("㎡", "m2"), ("Ⅳ", "iv")],
)
def test_what_reads_the_same_is_the_same(text: str, plain: str) -> None:
    """Else a word typed in half width would not find the full width of old pages."""
    assert fold(text) == plain


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    """Else words that went through two hands would not be found any more."""
    assert fold(fold(text)) == fold(text)
    assert unicodedata.is_normalized("NFKC", fold(text))


@given(st.text(min_size=1), st.text(), st.text())
def test_a_word_is_found_wherever_it_stands(word: str, before: str, behind: str) -> None:
    """Else a text would hide what is in it; a combining mark behind a word makes it another one."""
    text = f"{before}\n{word}\n{behind}"
    assert holds([fold(word)], text, "")
    assert holds([fold(word)], "", text)
