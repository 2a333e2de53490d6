"""The states of an article and what changed between them."""

from __future__ import annotations

import pytest
from history_samples import HOUR, at, put
from store_samples import NOW

from storage.errors import NotFound
from storage.query.difference import Mark
from storage.query.history import compare, history
from storage.records import Image, Moment, Precision
from storage.store.database import Database


def test_every_state_says_what_changed(database: Database) -> None:
    """Else nobody could show what an article said before it was edited, and where it differs."""
    with database.begin() as session:
        wanted = put(session, 1, body="三人受伤。\n道路已通。", editor="林一")
        put(session, 1, body="五人受伤。\n道路已通。", editor="郑四", seen=NOW + HOUR)
        versions = history(session, wanted)
    assert [(one.number, one.current) for one in versions] == [(1, False), (2, True)]
    assert [change.field for change in versions[1].changes] == ["editor", "body"]
    body = versions[1].changes[1]
    marked = [(piece.mark, piece.text) for piece in body.lines[0].after]
    assert marked == [(Mark.ADDED, "五"), (Mark.SAME, "人受伤。")]


def test_pieces_of_a_long_text_are_as_fine_as_its_lines(database: Database) -> None:
    """A program must be told which figures of a long article were put right, not that it was rewritten whole."""
    old = [f"第{n}户的渠水在{n % 7}点放到田里，{'沿岸的人都来看' * 4}。" for n in range(100)]
    new = [line.replace("第3户", "第三户") for line in old]
    new[98] = "今年雨多，不必放到田里。"
    with database.begin() as session:
        wanted = put(session, 4, body="\n".join(old))
        put(session, 4, body="\n".join(new), seen=NOW + HOUR)
        (change,) = compare(session, wanted, 1, 2)
    assert [(piece.mark, piece.text) for piece in change.pieces if piece.mark is not Mark.SAME] == [
        (Mark.REMOVED, "3"),
        (Mark.ADDED, "三"),
        (Mark.REMOVED, "\n" + old[98]),
        (Mark.ADDED, "\n" + new[98]),
    ]


def test_fields_are_compared_as_people_read_them(database: Database) -> None:
    """A day that became a time, a second author, another caption: each must be readable in the list of changes."""
    day = Moment(at=at(2024, 7, 26).at, precision=Precision.DAY)
    caption = Image(url="http://qsw.example/1.jpg", caption="傍晚的栈道")
    with database.begin() as session:
        wanted = put(session, 2, published=day, authors=("周二",))
        put(session, 2, published=at(2024, 7, 26, 9, 5), authors=("周二", "吴三"), images=(caption,), seen=NOW + HOUR)
        found = {change.field: (change.before, change.after) for change in compare(session, wanted, 1, 2)}
    assert found["published_at"] == ("2024-07-26", "2024-07-26T09:05:00+08:00")
    assert found["authors"] == ("周二", "周二、吴三")
    assert found["images"] == ("http://qsw.example/1.jpg 栈道", "http://qsw.example/1.jpg 傍晚的栈道")


def test_states_that_are_not_there_are_named(database: Database) -> None:
    """A slip in a number must be told apart from an article without edits."""
    with database.begin() as session:
        wanted = put(session, 3)
        with pytest.raises(NotFound, match="has no version 2; it has 1"):
            compare(session, wanted, 1, 2)
        with pytest.raises(NotFound, match="no article has the id"):
            history(session, "0000000000")
