"""What an edit changed, piece by piece."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from storage.query.difference import MOST_COMPARED, Mark, difference, lines

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


def test_long_texts_take_no_long_time() -> None:
    """A page of two long texts without a common line must not hold a reader's request for minutes."""
    before = "\n".join(f"旧的第{n}段，{'写了许多字' * 40}" for n in range(600))
    after = "\n".join(f"全新{n}节；{'另有很多话' * 40}" for n in range(600))
    started = time.process_time()
    assert len(lines(before, after)) >= 600
    assert not lines("字" * (MOST_COMPARED + 1), "句" * (MOST_COMPARED + 1))[0].same
    assert time.process_time() - started < 20
