"""The order of answers, the filters together, and that nothing is read beyond what is shown."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from query_samples import ask, found, local, put
from search_oracle import folded
from sqlalchemy import event
from store_samples import MINUTE

from storage.query import candidates, hits, texts
from storage.query.filters import Filters
from storage.query.plan import plan
from storage.query.search import COUNTED, Count, Order, count, find, search
from storage.records import SITE_ZONE, Moment
from storage.search.question import Question, read_question
from storage.store.database import Database

SOURCES = (None, "青石湾报", "大众·青石湾报", "ＱＳＷ")
EDITORS = (None, "林一", "林一、周二", "林一一")
DAYS = 4
"""Days of publication; half of the articles stand at the edge of one."""


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the oracle knows of an article."""

    id: str
    published: Moment | None
    source: str | None
    editor: str | None


@pytest.fixture
def corpus(database: Database) -> list[Known]:
    """Articles of random letters in a database."""
    chance = random.Random(26)
    first_day = datetime(2024, 7, 24, tzinfo=SITE_ZONE)
    times = [
        first_day + timedelta(days=day, seconds=second) for day, second in product(range(DAYS), (0, 86_399, 5_000))
    ]
    moments = [None, *(Moment(at=at) for at in times), *(Moment.of_day(at.date()) for at in times)]
    known = []
    with database.begin() as session:
        for number in range(80):
            fields = {
                "published": chance.choice(moments),
                "source": chance.choice(SOURCES),
                "editor": chance.choice(EDITORS),
            }
            known.append(Known(id=put(session, number, **fields), **fields))
    return known


def by_definition(
    corpus: Sequence[Known], *, since: date | None, until: date | None, source: str | None, editor: str | None
) -> list[str]:
    """What a search should find, in order: looked at one by one."""

    def fits(one: Known) -> bool:
        day = one.published.day if one.published else None
        return (
            (since is None or (day is not None and day >= since))
            and (until is None or (day is not None and day <= until))
            and (source is None or folded(source) in folded(one.source or ""))
            and (editor is None or editor in (one.editor or "").split("、"))
        )

    def order(one: Known) -> tuple[bool, float, str]:
        return one.published is not None, one.published.at.timestamp() if one.published else 0.0, one.id

    return [one.id for one in sorted(filter(fits, corpus), key=order, reverse=True)]


days = st.none() | st.dates(date(2024, 7, 23), date(2024, 7, 28))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    bounds=st.tuples(days, days),
    source=st.sampled_from((None, "青石湾", "大众·青石湾报", "qsw", "无")),
    editor=st.sampled_from((None, "林一", "周二", "林")),
)
def test_filters_are_right_by_definition(
    database: Database,
    corpus: list[Known],
    bounds: tuple[date | None, date | None],
    source: str | None,
    editor: str | None,
) -> None:
    """Else some day or name would hide articles that are there, or show others."""
    since, until = bounds if None in bounds else sorted(filter(None, bounds))
    filters = Filters(since=since, until=until, source=folded(source) if source else None, editor=editor)
    expected = by_definition(corpus, since=since, until=until, source=source, editor=editor)
    with database.read() as session:
        assert list(find(session, filters=filters)) == expected
        assert list(find(session, Question.of("栈道"), filters)) == expected
        assert count(session, None, filters) == Count(number=len(expected), more=False)


def test_newest_first_and_what_has_no_date_last(database: Database) -> None:
    """Else yesterday's news would stand below those of ten years ago; PostgreSQL alone puts what is unknown first."""
    with database.begin() as session:
        unknown = put(session, 1, published=None)
        old = put(session, 2, published=local(2017, 4, 24, 8))
        day = put(session, 3, published=Moment.of_day(date(2024, 7, 26)))
        late = put(session, 4, published=local(2024, 7, 26, 0, 0, 1))
        other = put(session, 5, published=None)
    assert found(database) == [late, day, old, *sorted((unknown, other), reverse=True)]
    assert found(database, "栈道") == found(database)


def test_many_articles_come_in_one_order(database: Database) -> None:
    """Else a long answer would be shuffled, doubled or cut where what is read at a time ends."""
    number = 450
    with database.begin() as session:
        expected = [
            put(session, one, published=Moment(at=datetime(2024, 1, 1, tzinfo=UTC) - one * MINUTE))
            for one in range(number)
        ]
    assert found(database, "栈道") == expected
    assert found(database, "第219号 栈道") == [expected[219]]
    assert found(database, "栈道", limit=number - 1) == expected[:-1]


def test_what_has_no_date_is_in_no_span_of_days(database: Database) -> None:
    """It is the last of all articles, and before the first of the others."""
    with database.begin() as session:
        put(session, 1, published=None)
        put(session, 2, published=local(2024, 7, 26))
    for words in (Question.of("栈道"), Question()):
        for filters, number in (({"until": date(2020, 1, 1)}, 0), ({"until": date(2024, 7, 26)}, 1), ({}, 2)):
            with database.read() as session:
                assert count(session, words, Filters(**filters)).number == number
                assert len(list(find(session, words, Filters(**filters)))) == number


def test_only_what_is_shown_is_read(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else asking for one article would read the whole archive's texts."""
    monkeypatch.setattr(hits, "MEMORY", texts.Texts())
    with database.begin() as session:
        for number in range(300):
            put(session, number)
    asked: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
    assert len(found(database, "栈道", limit=1)) == 1
    assert sum("body" in one for one in asked) == 1  # of the article that is shown
    assert len(found(database, "段栈道昨", limit=1)) == 1
    assert sum("body" in one for one in asked) == 3  # and of the first that may hold the phrase


def test_no_more_texts_are_read_than_are_needed(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else counting a thousand answers would read a quarter more: a text takes longer than all else there is to one."""
    with database.begin() as session:
        for number in range(90):
            put(session, number, body="栈道完工。" if number % 2 else "段段栈道昨日完工。")
    read: list[int] = []
    read_them = texts._load
    monkeypatch.setattr(texts, "_load", lambda session, some: read.append(len(some)) or read_them(session, some))
    for words, most, needed in ((Question.of("段栈道昨"), 40, 40), (Question.of("栈道完工"), 40, 80)):
        monkeypatch.setattr(hits, "MEMORY", texts.Texts())
        with database.read() as session:
            read.clear()
            assert len(list(find(session, words, limit=most))) == min(most, 45)
            assert sum(read) <= needed + hits.FURTHER_TEXTS


def test_an_article_deleted_in_plain_sql_is_left_out(database: Database) -> None:
    """Else every page that should show it would be an error until the next write takes it out of the index."""
    with database.begin() as session:
        ids = [put(session, number, published=local(2024, 7, 1 + number)) for number in range(3)]
    with database.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute("DELETE FROM sighting")
        for table in ("outcome", "image", "version"):
            driver.execute(f"DELETE FROM {table} WHERE article_id = '{ids[1]}'")
        driver.execute(f"DELETE FROM article WHERE id = '{ids[1]}'")
        driver.commit()
    for line in ("栈道", "段栈道昨"):
        assert found(database, line) == [ids[2], ids[0]]


def test_counting_ends_at_a_thousand(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a frequent word would be counted through the whole archive, or more be claimed than there are."""
    monkeypatch.setattr("storage.query.search.COUNTED", 5)
    with database.begin() as session:
        for number in range(5):
            put(session, number)
    with database.read() as session:
        assert str(count(session, Question.of("栈道"))) == "5"
    with database.begin() as session:
        put(session, 5)
    with database.read() as session:
        assert str(count(session, Question.of("栈道"))) == "5+"
        assert str(count(session, Question.of("段栈道昨"))) == "5+"
    assert str(Count(number=COUNTED, more=True)) == "1,000+"


def test_what_says_most_of_a_word_comes_first(database: Database) -> None:
    """Else order by relevance would be another order by chance."""
    long = "居民前来散步，孩子在沙滩放风筝。" * 10
    with database.begin() as session:
        once = put(session, 1, body=f"港口的灯火。{long}", published=local(2024, 7, 5))
        often = put(session, 2, body=f"港口连着港口，一座港口。{long}", published=local(2024, 7, 4))
        headline = put(session, 3, title="港口扩建", body=f"港口的船。{long}", published=local(2024, 7, 3))
        newer = put(session, 4, body=f"港口的灯光。{long}", published=local(2024, 7, 6))
        put(session, 5, published=local(2024, 7, 7))
    with database.read() as session:
        assert list(search(session, Question.of("港口"), order=Order.RELEVANCE).ids) == [headline, often, newer, once]


def test_words_of_one_and_two_characters_are_found(database: Database) -> None:
    """Else the commonest questions in Chinese would stay without an answer."""
    with database.begin() as session:
        harbour = put(session, 1, title="港口夜景", body="灯火映在水面上，游人不愿离去，直到最后一班船开走。")
        storm = put(session, 2, title="预警解除", body="气象台说，台风已经远去，ＱＳＷ号渡轮明晨复航，居民可以出海。")
    assert found(database, "港") == [harbour]
    assert found(database, "台风") == [storm]
    assert found(database, "qsw") == [storm]
    assert found(database, "预警 台风") == [storm]  # one word in the title, one in the body
    assert found(database, "港口 台风") == []


def test_an_or_of_many_words_with_one_beginning_is_left_to_the_index(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else 青石… OR 青石… would read the text of every article about 青石, to find none of these words in it."""
    monkeypatch.setattr("storage.query.candidates.postgres.NEWEST_ROWS", 1)
    with database.begin() as session:
        for number in range(5):
            put(session, number)
    ends = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午"
    absent = " OR ".join(f"青石{end}{end}" for end in ends)
    with database.read() as session:
        for line in (f"段栈道 OR 在沙滩 {absent}", f"{absent} OR 段栈道 台风红色 OR 港口预警"):
            asked = plan(session, read_question(line), Filters())
            assert list(candidates.newest_first(session, asked)) == [], line


def test_a_phrase_is_found_as_it_stands(database: Database) -> None:
    """Else quotation marks would be decoration."""
    with database.begin() as session:
        here = put(session, 1, body="今晨 红色 预警 生效，渔船全部回港避风，岸边不见一个人影。")
        put(session, 2, body="预警 级别 红色，渔船全部回港避风，岸边不见一个人影，直到傍晚。")
    assert found(database, '"红色　预警"') == [here]
    assert len(ask(database, "红色 预警")) == 2
