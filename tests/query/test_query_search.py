"""Search against its definition: every word, folded, in title or body; the filters; newest first; at most so many."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from query_samples import ask, found, local, put
from sqlalchemy import event
from store_samples import MINUTE, NOW

from storage.query.filters import Filters
from storage.query.search import search
from storage.records import SITE_ZONE, Moment
from storage.store.batches import KEYS_PER_QUERY
from storage.store.database import Database

LETTERS = "港口风台 aAＡbß①é\u0301。\n"
"""Few, so that words are found often: wide and narrow, of both cases, composed and not, blanks, a line's end."""
SOURCES = (None, "青石湾报", "大众·青石湾报", "ＱＳＷ")
EDITORS = (None, "林一", "林一、周二", "林一一")
DAYS = 4
"""Days of publication; half of the articles stand at the edge of one."""

words = st.text(LETTERS, min_size=1, max_size=3)


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the oracle knows of an article."""

    id: str
    title: str
    body: str
    published: Moment | None
    seen: datetime
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
            text = partial(chance.choices, LETTERS)
            title, body = "".join(text(k=chance.randint(1, 5))), "".join(text(k=chance.randint(0, 12)))
            seen = NOW + chance.randint(0, 3) * MINUTE
            fields = {
                "title": title,
                "body": body,
                "published": chance.choice(moments),
                "source": chance.choice(SOURCES),
                "editor": chance.choice(EDITORS),
            }
            known.append(Known(id=put(session, number, at=seen, **fields), seen=seen, **fields))
    return known


def plainly(text: str) -> str:
    """The definition of folding, spelled out once more."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def by_definition(
    corpus: Sequence[Known],
    words: Sequence[str],
    *,
    since: date | None,
    until: date | None,
    source: str | None,
    editor: str | None,
    limit: int | None,
) -> list[str]:
    """What a search should find, in order: looked at one by one."""

    def fits(one: Known) -> bool:
        texts = plainly(one.title), plainly(one.body)
        day = one.published.day if one.published else None
        return (
            all(any(plainly(word) in text for text in texts) for word in words)
            and (since is None or (day is not None and day >= since))
            and (until is None or (day is not None and day <= until))
            and (source is None or plainly(source) in plainly(one.source or ""))
            and (editor is None or editor in (one.editor or "").split("、"))
        )

    def order(one: Known) -> tuple[bool, float, float, str]:
        published = one.published.at.timestamp() if one.published else 0.0
        return one.published is None, -published, -one.seen.timestamp(), one.id

    return [one.id for one in sorted(filter(fits, corpus), key=order)][:limit]


days = st.none() | st.dates(date(2024, 7, 23), date(2024, 7, 28))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    wanted=st.lists(words, max_size=2),
    bounds=st.tuples(days, days),
    source=st.sampled_from((None, "青石湾", "大众·青石湾报", "qsw", "无")),
    editor=st.sampled_from((None, "林一", "周二", "林")),
    limit=st.none() | st.integers(0, 90),
)
def test_search_is_right_by_definition(
    database: Database,
    corpus: list[Known],
    wanted: list[str],
    bounds: tuple[date | None, date | None],
    source: str | None,
    editor: str | None,
    limit: int | None,
) -> None:
    """Else some word, day or name would hide articles that are there, or show others."""
    since, until = bounds if None in bounds else sorted(filter(None, bounds))
    filters = Filters(since=since, until=until, source=source, editor=editor)
    with database.read() as session:
        ids = list(search(session, [plainly(word) for word in wanted], filters, limit=limit))
    assert ids == by_definition(corpus, wanted, since=since, until=until, source=source, editor=editor, limit=limit)


def test_newest_first_and_what_has_no_date_last(database: Database) -> None:
    """Else yesterday's news would stand below those of ten years ago; PostgreSQL alone puts what is unknown first."""
    with database.begin() as session:
        unknown = put(session, 1, published=None)
        old = put(session, 2, published=local(2017, 4, 24, 8))
        day = put(session, 3, published=Moment.of_day(date(2024, 7, 26)))
        late = put(session, 4, published=local(2024, 7, 26, 0, 0, 1))
        later_seen = put(session, 5, published=None, at=NOW + MINUTE)
    assert found(database) == [late, day, old, later_seen, unknown]


def test_more_articles_than_one_query_holds_come_in_one_order(database: Database) -> None:
    """Else a long answer would be shuffled, doubled or cut where one batch ends."""
    count = KEYS_PER_QUERY + 30
    with database.begin() as session:
        expected = [
            put(session, number, published=Moment(at=datetime(2024, 1, 1, tzinfo=UTC) - number * MINUTE))
            for number in range(count)
        ]
    assert found(database, "栈道") == expected
    assert found(database, "第219号 栈道") == [expected[219]]
    assert found(database, "栈道", limit=count - 1) == expected[:-1]


def test_only_what_the_limit_needs_is_read(database: Database) -> None:
    """Else asking for one article would read the whole archive's texts."""
    with database.begin() as session:
        for number in range(KEYS_PER_QUERY + 1):
            put(session, number)
    asked: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
    assert len(found(database, "栈道", limit=1)) == 1
    # Of one batch to look for the word, and of the article that is shown.
    assert sum("article.body" in one for one in asked) == 2


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


def test_a_phrase_is_found_as_it_stands(database: Database) -> None:
    """Else quotation marks would be decoration."""
    with database.begin() as session:
        here = put(session, 1, body="今晨 红色 预警 生效，渔船全部回港避风，岸边不见一个人影。")
        put(session, 2, body="预警 级别 红色，渔船全部回港避风，岸边不见一个人影，直到傍晚。")
    assert found(database, '"红色　预警"') == [here]
    assert len(ask(database, "红色 预警")) == 2
