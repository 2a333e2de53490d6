"""The piece of text shown beside a hit, and the words marked in it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.query.snippet import BEFORE_CHARACTERS, ELLIPSIS, WHOLE_CHARACTERS, Piece, mark, snippet
from storage.search.fold import fold
from storage.search.grams import stands_in

LONG = "".join(f"第{number}段写栈道。" for number in range(40)) + "最后才说到台风。"


def shown(pieces: list[Piece]) -> str:
    """The pieces as a text with 【】 around the hits."""
    return "".join(f"【{piece.text}】" if piece.hit else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        ("台风登陆，台风远去", ["台风"], "【台风】登陆，【台风】远去"),
        ("ＡＢ區的ab店", ["ab"], "【ＡＢ】區的【ab】店"),
        ("concatenate the cat", ["cat"], "concatenate the 【cat】"),
        ("約翰•漢斯來了", ["约翰·汉斯"], "【約翰•漢斯】來了"),
        ("约1,200,000元，15元", ["1200000", "5元"], "约【1,200,000】元，15元"),
        ("Ⅳ級响应", ["iv级"], "【Ⅳ級】响应"),
        ("港口风光", ["港口", "口风"], "【港口风】光"),
        ("呵呵呵", ["呵呵"], "【呵呵呵】"),
        ("占地５㎡", ["m"], "占地５【㎡】"),
        ("无关", ["台风"], "无关"),
        ("原样", [""], "原样"),
        ("", ["台风"], ""),
    ],
)
def test_words_are_marked_where_they_stand(text: str, words: list[str], marked: str) -> None:
    """Else a reader would have to look for what was found."""
    assert shown(mark(text, words)) == marked


@given(st.text(), st.lists(st.text(min_size=1), max_size=3))
def test_marking_leaves_the_text_as_it_is(text: str, words: list[str]) -> None:
    """Else a headline would lose or double a character because somebody searched for it."""
    pieces = mark(text, words)
    assert "".join(piece.text for piece in pieces) == text
    assert all(piece.text for piece in pieces)
    assert all(one.hit is not next_one.hit for one, next_one in pairwise(pieces))


letters = st.text("台风港ａbＣ。", max_size=12)


@given(letters, st.text("台风港。", min_size=1, max_size=40).map(str.strip), st.integers(min_value=1, max_value=30))
def test_a_piece_shows_where_its_word_stands(before: str, word: str, length: int) -> None:
    """Else who pastes a headline, to see where it stands, is shown a piece without any mark."""
    assert any(piece.hit for piece in snippet(before + word + LONG, [fold(word)], length=length))


@given(letters, letters.filter(bool), letters)
def test_what_was_found_is_marked(before: str, word: str, behind: str) -> None:
    """Else the search and what it shows would disagree on where a word stands."""
    text = before + word + behind
    hits = [piece.text for piece in mark(text, [fold(word)]) if piece.hit]
    assert any(fold(word) in fold(hit) for hit in hits) is stands_in(fold(word), fold(text))


def test_a_piece_is_cut_out_around_the_first_hit() -> None:
    """Else the beginning of a long article would be shown, and never the place that was asked for."""
    at = LONG.index("台风")
    assert shown(snippet(LONG, ["台风"])) == f"{ELLIPSIS}{LONG[at - BEFORE_CHARACTERS : at]}【台风】。"
    assert shown(snippet(LONG, ["第3段", "台风"])).startswith(f"{ELLIPSIS}段写栈道。第2段写栈道。【第3段】写")


def test_without_a_hit_the_body_begins() -> None:
    """Else an article found by its headline would show nothing."""
    assert shown(snippet(LONG, ["标题"])) == LONG[:WHOLE_CHARACTERS] + ELLIPSIS
    assert shown(snippet("短文。", [])) == "短文。"
    assert snippet("", ["台风"]) == []


@pytest.mark.parametrize(
    ("body", "words", "shown_as"),
    [
        ("一二三，四五六七八九十一二三四港口扩建，明年", ["港口"], "…四五六七八九十一二三四【港口】扩建…"),
        ("一”。四五六七八九十一二三港口；、“扩建明年完", ["港口"], "…四五六七八九十一二三【港口】…"),
        ("，一二三。四五", ["三"], "一二【三】。四五"),
        ("一二三四五六七八九十一二，港口", ["，"], "一二三四五六七八九十一二【，】港口"),
        ("一二三四五六七八九十一二港口。", ["港口"], "一二三四五六七八九十一二【港口】。"),
        ("一二三四五六七八九十一二，港口。", ["。"], "…四五六七八九十一二，港口【。】"),
        ("一二三四五六七八九十港口。", ["港口"], "一二三四五六七八九十【港口】。"),
    ],
)
def test_no_mark_stands_alone_at_an_edge(body: str, words: list[str], shown_as: str) -> None:
    """Else a line would begin with the comma of a clause that is not shown."""
    assert shown(snippet(body, words, length=17)) == shown_as


def test_paragraphs_become_one_line() -> None:
    """Else a row of a table would be torn apart."""
    assert shown(snippet("台风。\n港口。\n", ["港口"])) == "台风。 【港口】。"


def test_a_part_of_a_longer_word_is_no_hit_where_the_text_is_cut() -> None:
    """Else a word that the article does not hold would be marked in it."""
    body = "港口" + "字" * 20 + "concatenate"
    assert shown(snippet(body, ["港口", "con"], length=25)) == "【港口】" + "字" * 20 + "con…"


def test_where_the_body_holds_no_word_another_text_is_shown() -> None:
    """Else an answer that was found by its subtitle would not show why."""
    assert shown(snippet("码头", ["港口"], instead=["港口扩建"])) == "【港口】扩建"
    assert shown(snippet("码头", ["港口"], instead=["扩建"])) == "码头"


def test_the_ellipsis_is_never_a_hit() -> None:
    """Else whoever looks for an ellipsis would be shown one that is not in the article."""
    pieces = snippet("一" * 30 + "说…版" + "二" * 60, ["…"])
    assert pieces[0] == pieces[-1] == Piece(text=ELLIPSIS, hit=False)
    assert [piece.text for piece in pieces if piece.hit] == ["…"]


@given(letters, st.lists(letters.filter(bool), max_size=2), st.integers(1, 80))
def test_a_piece_is_of_the_body_and_no_longer_than_asked(body: str, words: list[str], length: int) -> None:
    """Else a line would overflow its column, or say what the article does not."""
    text = "".join(piece.text for piece in snippet(body, [fold(word) for word in words], length=length))
    assert text.strip(ELLIPSIS) in body
    assert len(text.strip(ELLIPSIS)) <= length
