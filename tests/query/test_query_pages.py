"""Pages of answers: they do not move, whatever arrives or is edited between two of them."""

from __future__ import annotations

import pytest
from query_samples import local, put
from sqlalchemy import event
from store_samples import MINUTE, NOW

from storage.errors import BadQuery
from storage.query.filters import Filters
from storage.query.search import Order, count, find, search, search_with_newest
from storage.search.question import Question
from storage.store.database import Database


def test_pages_stay_while_articles_arrive(database: Database) -> None:
    """Else a reader would see an article twice, or never, because another one was published meanwhile."""
    with database.begin() as session:
        for number in range(6):
            put(session, number, published=local(2024, 7, 1 + number))
    for order in Order:
        with database.read() as session:
            before = list(find(session))[:6]
            first = search(session, Question.of("栈道"), order=order, limit=4)
        with database.begin() as session:
            put(session, f"later {order}", published=local(2024, 8, 1))
            put(session, f"older {order}", published=local(2024, 6, 1))
        with database.read() as session:
            second = search(session, Question.of("栈道"), order=order, limit=4, cursor=first.cursor)
        shown = [*first.ids, *second.ids]
        assert set(shown) >= set(before), order
        assert len(set(shown)) == len(shown)
        assert order is not Order.NEWEST or shown[: len(before)] == before


def test_pages_by_relevance_stay_whatever_arrives(database: Database) -> None:
    """Else a page would repeat what the one before had shown, as soon as articles of old years are filled in."""
    words = Question(all=(("港口", "风浪"),))
    with database.begin() as session:
        for number in range(12):
            body = "港口的灯火。" * (number % 4) + "风浪起。" * (number % 3) + "孩子在沙滩放风筝。" * number
            put(session, number, body=f"{body}港口。", published=local(2024, 7, 1 + number))
    with database.read() as session:
        expected = search(session, words, order=Order.RELEVANCE, limit=12).ids
        page = search(session, words, order=Order.RELEVANCE, limit=4)
    shown = [*page.ids]
    for year in (2019, 2030):  # back-filled, and newer than all; both longer by far, and full of the rarer word
        with database.begin() as session:
            for day in range(1, 9):
                put(session, f"{year} {day}", body="风浪、" * 300 + f"{year}年{day}日", published=local(year, 5, day))
        with database.read() as session:
            page = search(session, words, order=Order.RELEVANCE, limit=4, cursor=page.cursor)
        shown += page.ids
    assert tuple(shown) == expected
    assert page.cursor is None


def test_an_edit_moves_no_other_article_by_relevance(database: Database) -> None:
    """Else correcting one article would show another one twice; the edited one itself is left out of later pages."""
    bodies = ["港口。" * (1 + number) + "孩子放风筝。" * (7 * number % 5) for number in range(9)]
    with database.begin() as session:
        ids = [put(session, one, body=body, published=local(2024, 7, 1 + one)) for one, body in enumerate(bodies)]
    with database.read() as session:
        expected = search(session, Question.of("港口"), order=Order.RELEVANCE, limit=9).ids
        first = search(session, Question.of("港口"), order=Order.RELEVANCE, limit=3)
    edited = ids.index(expected[5])
    with database.begin() as session:
        put(session, edited, at=NOW + MINUTE, body=f"{bodies[edited]}又一夜。" + "港口" * 200)
    with database.read() as session:
        second = search(session, Question.of("港口"), order=Order.RELEVANCE, limit=9, cursor=first.cursor)
    assert second.ids == tuple(one for one in expected[3:] if one != expected[5])


def test_none_takes_the_place_of_an_edited_article(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else an article that was too old to be put in order stands on the second page of those that were."""
    monkeypatch.setattr("storage.query.search.RANKED", 5)
    with database.begin() as session:
        ids = [put(session, number, published=local(2024, 7, 1 + number)) for number in range(6)]
    with database.read() as session:
        first = search(session, Question.of("栈道"), order=Order.RELEVANCE, limit=2)
    assert first.ids == (ids[5], ids[4])
    with database.begin() as session:
        put(session, 3, at=NOW + MINUTE, body="改过的栈道。")
    with database.read() as session:
        second = search(session, Question.of("栈道"), order=Order.RELEVANCE, limit=9, cursor=first.cursor)
    assert second.ids == (ids[2], ids[1])


def test_a_place_among_other_words_is_refused(database: Database) -> None:
    """Else a cursor given with another question would order its answers by numbers that mean other words."""
    with database.begin() as session:
        for number in range(3):
            put(session, number)
    with database.read() as session:
        cursor = search(session, Question.of("栈道"), order=Order.RELEVANCE, limit=1).cursor
        with pytest.raises(BadQuery, match="--cursor"):
            search(session, Question.of("栈道", "沙滩"), order=Order.RELEVANCE, limit=1, cursor=cursor)


@pytest.mark.parametrize("cursor", ["", "x", "1", "1.a.b", "9999999999999999999999.a", "1.a.5", "1.é"])
def test_what_is_no_cursor_is_refused(database: Database, cursor: str) -> None:
    """Else a page from nowhere would be taken for the next one."""
    with database.read() as session, pytest.raises(BadQuery, match="--cursor"):
        search(session, cursor=cursor)


@pytest.mark.parametrize("order", Order)
def test_a_first_page_and_its_count_come_out_of_one_look(
    database: Database, monkeypatch: pytest.MonkeyPatch, order: Order
) -> None:
    """Else every text that may hold a phrase would be read twice for one page; and both must be what each alone is."""
    for name in ("COUNTED", "COUNTED_BESIDE", "RANKED"):
        monkeypatch.setattr(f"storage.query.search.{name}", 5)
    with database.begin() as session:
        for number in range(6):
            put(session, number)
    asked: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
    for words, limit in ((Question.of("段栈道昨"), 2), (Question.of("栈道"), 5), (Question.of("第3段"), 2)):
        with database.read() as session:
            asked.clear()
            page, found = search_with_newest(session, words, Filters(), order=order, limit=limit)
            assert sum("body" in one for one in asked) <= 1
            assert page == search(session, words, order=order, limit=limit)
            assert found.count == count(session, words)
            assert [one.article_id for one in found.entries] == list(find(session, words, limit=5))
            if page.cursor:
                second = search_with_newest(session, words, Filters(), order=order, limit=limit, cursor=page.cursor)
                assert second == (search(session, words, order=order, limit=limit, cursor=page.cursor), found)


@pytest.mark.parametrize("order", Order)
def test_beside_a_page_less_is_counted(database: Database, monkeypatch: pytest.MonkeyPatch, order: Order) -> None:
    """Else whoever waits for a page waits most of the time for a number beside it."""
    monkeypatch.setattr("storage.query.search.COUNTED_BESIDE", 4)
    with database.begin() as session:
        for number in range(6):
            put(session, number)
    words = Question.of("段栈道昨")
    with database.read() as session:
        page, beside = search_with_newest(session, words, Filters(), order=order, limit=2)
        second = search_with_newest(session, words, Filters(), order=order, limit=2, cursor=page.cursor)[1]
        assert beside == second
        assert (str(beside.count), str(count(session, words))) == ("4+", "6")
        assert [one.article_id for one in beside.entries] == list(find(session, words, limit=4))


def test_beside_a_page_only_so_many_texts_are_looked_through(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a phrase whose parts are everywhere keeps everybody waiting; and the page must be full all the same."""
    monkeypatch.setattr("storage.query.search.TEXTS_BESIDE", 8)
    words = _hard(database, monkeypatch)
    with database.read() as session:
        every = list(find(session, words))
        assert len(every) == 30
        for limit, most in ((2, 6), (12, 21), (29, 30)):
            page, beside = search_with_newest(session, words, Filters(), limit=limit)
            assert page == search(session, words, limit=limit)
            assert [one.article_id for one in beside.entries] == every[: len(beside.entries)]
            assert (len(beside.entries), beside.more) == (most, most < 30)
        page, beside = search_with_newest(session, words, Filters(), limit=40)
        assert (str(beside.count), page.cursor) == ("30", None)


@pytest.mark.parametrize("order", Order)
def test_the_number_beside_a_page_stays(database: Database, monkeypatch: pytest.MonkeyPatch, order: Order) -> None:
    """Else it would change while somebody leafs, though nothing has."""
    monkeypatch.setattr("storage.query.search.TEXTS_BESIDE", 8)
    words = _hard(database, monkeypatch)
    cursor, said, ids = None, set(), []
    with database.read() as session:
        while not ids or cursor:
            page, beside = search_with_newest(session, words, Filters(), order=order, limit=7, cursor=cursor)
            ids, cursor = [*ids, *page.ids], page.cursor
            said.add(str(beside.count))
        assert sorted(ids) == sorted(find(session, words))
    assert said == {"9+" if order is Order.NEWEST else "30"}


def _hard(database: Database, monkeypatch: pytest.MonkeyPatch) -> Question:
    """A phrase that stands in three of four texts that hold its parts; stored forty times, looked through by fours."""
    monkeypatch.setattr("storage.query.hits.FIRST_TEXTS", 4)
    with database.begin() as session:
        for number in range(40):
            body = "港区扩建。" if number % 4 else "港区，区扩，扩建。"
            put(session, number, body=f"{number}：{body}", published=local(2024, 7, 9, 12, number))
    return Question.of("港区扩")
