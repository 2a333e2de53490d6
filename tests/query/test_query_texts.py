"""Texts that stay in memory: read once, never out of date, never too many."""

from __future__ import annotations

from collections.abc import Callable
from sys import getsizeof
from typing import Any

import pytest
from query_samples import put
from store_samples import MINUTE, NOW

from storage.query import hits, texts
from storage.query.search import find
from storage.search.question import Question, text_of
from storage.store import engines
from storage.store.database import Database

BODY = "第一段栈道昨日完工。"
OTHER = "第一段栈道今日完工。"
OF_BODY, OF_OTHER = "栈道昨日", "栈道今日"
"""More than two characters: the index alone does not tell whether they stand there."""

Found = Callable[[str], int]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many texts the database was asked for, each time; none is in memory at first."""
    asked: list[int] = []
    read_them = texts._load
    monkeypatch.setattr(texts, "_load", lambda session, some: asked.append(len(some)) or read_them(session, some))
    monkeypatch.setattr(hits, "MEMORY", texts.Texts())
    return asked


@pytest.fixture
def answers(database: Database) -> Found:
    """How many answers a phrase has."""

    def _answers(phrase: str) -> int:
        with database.read() as session:
            return len(list(find(session, Question.of(phrase))))

    return _answers


def in_plain_sql(url: str, body: str) -> None:
    """Give every article another text; nothing of ours takes notice."""
    engine = engines.engine(engines.address(url))
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute(f"UPDATE article SET body = '{body}'")
        driver.commit()
    engine.dispose()


def test_a_text_is_read_once(database: Database, answers: Found, read: list[int]) -> None:
    """Else every question would have the newest thousand texts copied out of the database."""
    with database.begin() as session:
        put(session, 1, body=BODY)
    assert (answers(OF_BODY), answers("昨日完工"), answers(OF_OTHER)) == (1, 1, 0)
    assert read == [1]
    with database.begin() as session:
        put(session, 2, body=BODY)
    assert answers(OF_BODY) == 2
    assert read == [1, 1]


def test_an_edited_article_is_looked_for_in_its_new_text(database: Database, answers: Found, read: list[int]) -> None:
    """Else what was in memory would be found, and not what is there."""
    with database.begin() as session:
        put(session, 1, body=BODY)
    assert (answers(OF_BODY), answers(OF_OTHER)) == (1, 0)
    with database.begin() as session:
        put(session, 1, body=OTHER, at=NOW + MINUTE)
    assert (answers(OF_BODY), answers(OF_OTHER)) == (0, 1)


def test_a_text_the_index_does_not_know_yet_is_not_kept(
    database: Database, database_url: str, answers: Found, read: list[int]
) -> None:
    """Else a text would be looked through for ever under the digest of the one before it; nor is the old one looked
    through that is in memory."""
    with database.begin() as session:
        put(session, 1, body=BODY)
    in_plain_sql(database_url, OTHER)
    assert answers(OF_BODY) == 0
    in_plain_sql(database_url, BODY)
    with database.begin():
        """Its end takes in what has changed."""
    assert answers(OF_BODY) == 1
    in_plain_sql(database_url, OTHER)
    assert answers(OF_BODY) == 0
    in_plain_sql(database_url, BODY)
    with database.begin():
        """Its end takes in what has changed."""
    assert answers(OF_BODY) == 1


def test_no_more_stays_in_memory_than_is_allowed(
    database: Database, answers: Found, read: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a server would grow with the archive."""
    with database.begin() as session:
        for number in range(4):
            put(session, number, title=f"第{number}号", body=BODY)
    one = getsizeof(text_of(None, "第0号", None, BODY)) + texts.ARTICLE_BYTES
    for most, again in ((8 * one, 0), (4 * one, 0), (3 * one, 2), (one, 4)):
        kept = texts.Texts(most)
        monkeypatch.setattr(hits, "MEMORY", kept)
        read.clear()
        assert [answers(OF_BODY) for _ in range(2)] == [4, 4]
        assert sum(read) == 4 + again
        assert sum(map(getsizeof, (*kept._young.values(), *kept._old.values()))) <= most
