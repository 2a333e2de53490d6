"""The search beside its definition: hundreds of random questions, thousands where `SEARCH_QUESTIONS` says so."""

from __future__ import annotations

import os
import random
from datetime import timedelta

import pytest
from query_samples import put
from search_oracle import Asked, a_question, a_text
from store_samples import MINUTE, NOW

from storage.query.filters import Filters
from storage.query.search import COUNTED, Order, count, find, search
from storage.records import Moment
from storage.search.question import read_question
from storage.store.database import Database

QUESTIONS = int(os.environ.get("SEARCH_QUESTIONS", "300"))
ARTICLES = 150

Texts = tuple[str, ...]


@pytest.fixture(scope="module")
def chance() -> random.Random:
    """The same dice in every run."""
    return random.Random(5)


def fill(database: Database, chance: random.Random) -> dict[str, Texts]:
    """Articles of scraps, in any order of time, some of them edited; id → texts as they are now."""
    found: dict[str, Texts] = {}
    for number in range(ARTICLES):
        with database.begin() as session:
            for state in range(chance.choice((1, 1, 1, 2))):
                kicker, title, subtitle = (
                    a_text(chance, 3) if chance.random() < share else None for share in (0.3, 1, 0.3)
                )
                body = a_text(chance, 14) + f"\n编号{number}。"
                published = (
                    Moment(at=NOW - chance.randrange(5_000) * timedelta(hours=7)) if chance.random() < 0.9 else None
                )
                one = put(
                    session,
                    number,
                    at=NOW + state * MINUTE,
                    kicker=kicker,
                    title=title,
                    subtitle=subtitle,
                    body=body,
                    published=published,
                )
                found[one] = tuple(filter(None, (kicker, title, subtitle, body)))
    return found


def test_every_question_is_answered_as_defined(database: Database, chance: random.Random) -> None:
    """Else some word, written in some way, would hide articles that are there, or show others."""
    known = fill(database, chance)
    texts = [text for several in known.values() for text in several]
    sizes = []
    for _ in range(QUESTIONS):
        asked = a_question(chance, texts)
        expected = {one for one, several in known.items() if asked.answered_by(several)}
        question = read_question(asked.line)
        with database.read() as session:
            found = list(find(session, question))
            number = count(session, question).number
            best = search(session, question, order=Order.RELEVANCE, limit=COUNTED).ids
        assert set(found) == expected, asked.line
        assert (len(found), number, set(best)) == (len(expected), len(expected), expected), asked.line
        sizes.append(len(expected))
    assert sum(map(bool, sizes)) > QUESTIONS / 3  # questions without an answer prove little


def test_pages_put_together_are_the_whole(database: Database, chance: random.Random) -> None:
    """Else an article would be shown twice, or never, where one page ends; filters must not change that."""
    known = fill(database, chance)
    texts = [text for several in known.values() for text in several]
    for order, length in ((Order.NEWEST, 7), (Order.RELEVANCE, 11), (Order.NEWEST, 1)):
        for asked in (Asked(), Asked(groups=[["港", "风"]]), a_question(chance, texts)):
            for filters in (Filters(), Filters.read(since="2021-01-01", until="2024-01-01")):
                question = read_question(asked.line)
                pages, cursor = [], None
                with database.read() as session:
                    whole = search(session, question, filters, order=order, limit=ARTICLES + 1)
                    while True:
                        page = search(session, question, filters, order=order, limit=length, cursor=cursor)
                        pages += page.ids
                        cursor = page.cursor
                        if cursor is None:
                            break
                assert tuple(pages) == whole.ids
                assert len(set(pages)) == len(pages)


@pytest.mark.parametrize("many_streams", [1, 1_000])
def test_small_steps_lead_to_the_same_answers(
    database: Database, chance: random.Random, monkeypatch: pytest.MonkeyPatch, many_streams: int
) -> None:
    """Else what is read at a time would decide over what is found; archives of this size are read in one step."""
    for name, value in {
        "storage.store.indexing.sqlite.BLOCK_NUMBERS": 4,
        "storage.query.candidates.sqlite.BLOCK_NUMBERS": 4,
        "storage.query.candidates.sqlite.FIRST_ROWS": 1,
        "storage.query.candidates.sqlite.MOST_ROWS": 3,
        "storage.query.candidates.sqlite.MANY_STREAMS": many_streams,
        "storage.query.candidates.sqlite.FEW_ANSWERS": 20,
        "storage.query.candidates.postgres.NEWEST_ROWS": 3,
        "storage.query.candidates.postgres.FIRST_MONTHS": 1,
        "storage.query.candidates.postgres.MOST_MONTHS": 4,
        "storage.query.candidates.postgres.ROWS": 7,
        "storage.query.candidates.postgres.MOST_WAYS": 2,
        "storage.query.hits.FIRST_TEXTS": 2,
        "storage.query.hits.MOST_TEXTS": 5,
        "storage.query.hits.FURTHER_TEXTS": 1,
    }.items():
        monkeypatch.setattr(name, value)
    known = fill(database, chance)
    texts = [text for several in known.values() for text in several]
    with database.read() as session:
        every = list(find(session))
    for _ in range(40):
        asked = a_question(chance, texts)
        for days in ({}, {"since": "2021-01-01", "until": "2024-01-01"}):
            with database.read() as session:
                passed = set(find(session, None, Filters.read(**days)))
                found = list(find(session, read_question(asked.line), Filters.read(**days)))
                most = chance.randint(1, 12)
                first = list(find(session, read_question(asked.line), Filters.read(**days), limit=most))
            expected = [one for one in every if one in passed and asked.answered_by(known[one])]
            assert (found, first) == (expected, expected[:most]), asked.line
    assert set(every) == set(known)
