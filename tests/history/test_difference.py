"""What an edit changed, piece by piece."""

from __future__ import annotations

from itertools import pairwise

import pytest
from growth import assert_grows_evenly, processor_seconds
from hypothesis import given
from hypothesis import strategies as st

from storage.query.difference import Mark, difference, in_one, lines

TEXTS = st.text(alphabet="港口扩建的。，ab \n", max_size=60)


@given(TEXTS, TEXTS)
def test_both_texts_are_in_the_difference(before: str, after: str) -> None:
    """A difference that loses or invents a character would show a reader what no state ever said."""
    pieces = difference(before, after)
    assert "".join(piece.text for piece in pieces if piece.mark is not Mark.ADDED) == before
    assert "".join(piece.text for piece in pieces if piece.mark is not Mark.REMOVED) == after


@given(TEXTS, TEXTS)
def test_both_texts_are_in_the_lines(before: str, after: str) -> None:
    """Side by side, each column must be its text, paragraph for paragraph."""
    found = lines(before, after)
    assert "\n".join("".join(piece.text for piece in line.before) for line in found if line.before) == before
    assert "\n".join("".join(piece.text for piece in line.after) for line in found if line.after) == after


@given(TEXTS, TEXTS)
def test_lines_in_one_are_both_texts(before: str, after: str) -> None:
    """What programs get of a long text must be the text, line ends included."""
    pieces = in_one(lines(before, after))
    assert "".join(piece.text for piece in pieces if piece.mark is not Mark.ADDED) == before
    assert "".join(piece.text for piece in pieces if piece.mark is not Mark.REMOVED) == after
    assert all(one.mark is not other.mark for one, other in pairwise(pieces))


def test_a_changed_paragraph_stands_beside_its_old_form() -> None:
    """An inserted paragraph above must not make every paragraph below look changed."""
    before = "第一段写港口。\n第二段写三人受伤。\n第三段不变。"
    after = "新加一段，讲天气。\n第一段写港口。\n第二段写五人受伤。\n第三段不变。"
    found = lines(before, after)
    assert [line.same for line in found] == [False, True, False, True]
    changed = found[2]
    assert [(piece.mark.value, piece.text) for piece in changed.after] == [
        ("same", "第二段写"),
        ("added", "五"),
        ("same", "人受伤。"),
    ]


def test_lone_common_characters_are_no_islands() -> None:
    """A sentence rewritten whole must read as taken out and put in, not as a mosaic of shared 的."""
    pieces = difference("昨天的雨很大", "今日的风甚小")
    assert [piece.mark for piece in pieces] == [Mark.REMOVED, Mark.ADDED]


def test_one_character_of_a_long_paragraph_is_found() -> None:
    """A page whose text is one long paragraph must not seem to be rewritten whole because a number was put right."""
    before = "".join(f"第{n}户的渠水在{n % 7}点放到田里；" for n in range(400))
    (line,) = lines(before, before.replace("第200户", "第二百户"))
    assert [piece.text for piece in line.before if piece.mark is Mark.REMOVED] == ["200"]
    assert [piece.text for piece in line.after if piece.mark is Mark.ADDED] == ["二百"]


HARD = {
    "paragraphs": lambda size: ("好\n" * size, "好\n坏\n" * (size // 2)),
    "characters": lambda size: ("好" * size, "好坏" * (size // 2)),
    "nothing in common": lambda size: (
        "\n".join(f"旧的第{n}段，{'写了许多字' * 10}" for n in range(size // 10)),
        "\n".join(f"全新{n}节；{'另有很多话' * 10}" for n in range(size // 10)),
    ),
}
"""Texts of a size that are hard to compare."""


@pytest.mark.parametrize("hard", HARD)
def test_long_texts_take_no_long_time(hard: str) -> None:
    """A page that repeats itself, or was rewritten whole, must not hold a reader's request for minutes."""
    assert_grows_evenly(lambda size: processor_seconds(lambda: lines(*HARD[hard](size))), 100)
