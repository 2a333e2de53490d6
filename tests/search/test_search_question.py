"""The language of a search line."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.errors import BadQuery
from storage.search.question import MOST_CHARACTERS, MOST_WORDS, Question, read_question


@pytest.mark.parametrize(
    ("line", "groups", "none"),
    [
        ("", [], []),
        ("台风", [["台风"]], []),
        ("  台风\t港口　大桥\n", [["台风"], ["港口"], ["大桥"]], []),
        ("台风 颱風 ＡＢ ab", [["台风"], ["ab"]], []),
        ('"红色 预警" 台风', [["红色 预警"], ["台风"]], []),
        ("“红色　 预警”台风", [["红色 预警"], ["台风"]], []),
        ("＂红色 预警＂", [["红色 预警"]], []),
        ('台风"红色 预警"', [["台风"], ["红色 预警"]], []),
        ("打造“花园城市”", [["打造“花园城市”"]], []),
        ('"他说“好”"', [["他说“好”"]], []),
        ("台风 OR 风暴潮", [["台风", "风暴潮"]], []),
        ("港口 台风 OR 风暴 OR 台风 救援", [["港口"], ["台风", "风暴"], ["救援"]], []),
        ("台风 ＯＲ 风暴潮", [["台风", "风暴潮"]], []),
        ("ｏｒ or Or ＯR", [["or"]], []),
        ('"OR"', [["or"]], []),
        ("港口 -广告", [["港口"]], ["广告"]),
        ("－广告 −“招 聘” 港口", [["港口"]], ["广告", "招 聘"]),
        ("covid-19", [["covid－19"]], []),
        ('"-"', [["－"]], []),
        ('"" “ ” ', [], []),
        ("-OR", [], ["or"]),
    ],
)
def test_a_line_is_read_as_it_is_meant(line: str, groups: list[list[str]], none: list[str]) -> None:
    """Else something would be looked for that nobody typed."""
    assert read_question(line) == Question(all=tuple(map(tuple, groups)), none=tuple(none))


def test_words_that_join_elsewhere_are_known() -> None:
    """Else whoever writes `or` in small letters is told that there is nothing, and not why."""
    assert read_question("台风 or 风暴 AND 港口").like_operators == ("or", "and")
    assert read_question("台风 OR 风暴 -and oregon 港口（图）").like_operators == ()
    assert read_question("(港口 OR 台风) 警").like_operators == ("(",)
    assert read_question("港口 NOT 台风").like_operators == ("not",)


@pytest.mark.parametrize(
    ("line", "place", "why"),
    [
        ('"红色 预警', 1, "is never closed"),
        ('台风 "红色', 4, "is never closed"),
        ('"台风" ＂红色', 6, "is never closed"),
        ("台风 “红色 预警", 4, "is never closed"),
        ('台风"', 3, "is never closed"),
        ('台风 -"红色', 5, "is never closed"),
        ("OR 台风", 1, "no word before it"),
        ("台风 OR", 4, "no word behind it"),
        ("台风 OR OR 港", 7, "no word before it"),
        ("-台风 OR 港", 5, "no word before it"),
        ("台风 OR -港", 7, "cannot stand behind OR"),
        ("台风 - 港", 4, "what to leave out"),
        ("-", 1, "what to leave out"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(line: str, place: int, why: str) -> None:
    """Else the line would be taken for something nobody meant, and nobody told where it went wrong."""
    with pytest.raises(BadQuery, match=f"at character {place} of .*{why}"):
        read_question(line)


def test_a_line_has_bounds() -> None:
    """Else a pasted book would keep the database busy."""
    read_question(" ".join(f"字{number}" for number in range(MOST_WORDS)))
    with pytest.raises(BadQuery, match="more than 64 words"):
        read_question(" ".join(f"字{number}" for number in range(MOST_WORDS + 1)))
    with pytest.raises(BadQuery, match="2,001 characters is too long"):
        read_question("字" * (MOST_CHARACTERS + 1))


@given(st.text())
def test_any_line_is_read_or_refused(line: str) -> None:
    """Else what somebody pastes would end in a traceback, or ask for something that is no word."""
    with suppress(BadQuery):
        question = read_question(line)
        assert all(word.strip() == word != "" for word in (*question.words, *question.none))
        assert len(set(question.all)) == len(question.all)
