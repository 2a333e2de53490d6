"""How long one request may ask the database, on both of them."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session
from store_samples import article, read

from storage.errors import BadQuery, StoreError, TookTooLong, Wrong
from storage.query import hits
from storage.query.bykeys import rows_by_key
from storage.query.search import find
from storage.query.texts import Texts
from storage.search.matcher import Matcher
from storage.search.question import Question
from storage.store.database import Database
from web.reading import bounded

SECONDS = 0.5
ARTICLES = 400
FAR_TOO_LONG_SECONDS = 30
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
"""Numbers without end."""


def for_a_while(session: Session, seconds: float) -> None:
    """A question that takes some time on either database, without being near the bound."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"SELECT pg_sleep({seconds})"))
    else:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            session.execute(text("SELECT 1"))


def test_one_question_is_broken_off(database: Database) -> None:
    """A question without end must not hold its reader, or the connection, for ever."""
    began = time.monotonic()
    with pytest.raises(TookTooLong, match=r"longer than 0\.5 seconds"), bounded(database, SECONDS) as session:
        session.execute(text(ENDLESS))
    assert time.monotonic() - began < FAR_TOO_LONG_SECONDS


def test_a_question_is_broken_off_while_its_rows_are_read(database: Database) -> None:
    """Most of a question's time may pass after its first row, on the driver's own way too."""
    numbers = ENDLESS.replace("count(*)", "i")
    with pytest.raises(TookTooLong), bounded(database, SECONDS) as session:
        rows_by_key(session, f"SELECT i FROM ({numbers}) AS numbers WHERE i", [1])


def ask_on_and_on(session: Session, asked: list[float]) -> None:
    """Ask short questions for far too long; `asked`: when each was answered."""
    began = time.monotonic()
    while time.monotonic() - began < FAR_TOO_LONG_SECONDS:
        for_a_while(session, SECONDS / 3)
        asked.append(time.monotonic() - began)


def test_many_questions_are_broken_off_together(database: Database) -> None:
    """Questions that are each within the bound must not take a multiple of it one after the other."""
    asked: list[float] = []
    with pytest.raises(TookTooLong), bounded(database, SECONDS) as session:
        ask_on_and_on(session, asked)
    assert len(asked) <= 3


def test_texts_in_memory_are_not_looked_through_for_ever(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """For these the database is asked nothing, and breaks nothing off."""
    monkeypatch.setattr(hits, "MEMORY", Texts())
    with database.begin() as session:
        for number in range(ARTICLES):
            read(session, article(number, title=f"第{number}号", body="栈道完。道完工。"), number)  # all pairs of it
    question, holds_for = Question.of("栈道完工"), Matcher.holds_for
    with database.read() as session:
        assert list(find(session, question)) == []

    def slowly(matcher: Matcher, text: str) -> bool:
        time.sleep(SECONDS / hits.FIRST_TEXTS)
        return holds_for(matcher, text)

    monkeypatch.setattr(Matcher, "holds_for", slowly)
    began = time.monotonic()
    with pytest.raises(TookTooLong), bounded(database, SECONDS) as session:
        list(find(session, question))
    assert time.monotonic() - began < 6 * SECONDS


def test_the_last_question_gets_what_is_left(postgres_url: str, open_database: Callable[[str], Database]) -> None:
    """On PostgreSQL one that is begun shortly before the end must not get the whole time once more."""
    with bounded(open_database(postgres_url), 1000 * SECONDS) as session:
        session.execute(text("SELECT 1"))
        time.sleep(SECONDS)
        left = session.execute(text("SELECT setting::int FROM pg_settings WHERE name = 'statement_timeout'")).scalar()
    assert left is not None
    assert 0 < left <= 999 * SECONDS * 1000


def test_work_between_questions_counts(database: Database) -> None:
    """What is done with the rows takes the reader's time as well: past the bound no more are asked for."""
    with bounded(database, SECONDS) as session:
        session.execute(text("SELECT 1"))
        time.sleep(SECONDS * 1.2)
        with pytest.raises(TookTooLong):
            session.execute(text("SELECT 1"))


def test_other_errors_are_told_as_they_are(database: Database) -> None:
    """A wrong question, or a database that fails, must not be called slow."""
    with pytest.raises(BadQuery), bounded(database, SECONDS):
        raise BadQuery(Wrong.NO_STATE, text="x", known="y")
    with pytest.raises(StoreError) as caught, bounded(database, 60) as session:
        session.execute(text("DELETE FROM article"))
    assert not isinstance(caught.value, TookTooLong)


def test_a_bound_ends_with_its_request(database: Database) -> None:
    """The connection goes to the next request, which has a time of its own."""
    with bounded(database, SECONDS) as session:
        session.execute(text("SELECT 1"))
    time.sleep(SECONDS * 1.2)
    with database.read() as session:
        for_a_while(session, SECONDS * 1.2)
        assert session.execute(text("SELECT 1")).scalar() == 1
