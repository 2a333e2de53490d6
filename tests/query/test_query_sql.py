"""Plain SQL: the view `articles`, and the worked examples of both READMEs as they stand there, over both databases."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from query_samples import local, put
from sqlalchemy import text
from store_samples import DAY, MINUTE, NOW, address, article, capture, read

from storage.records import Edition, Moment
from storage.store import articles
from storage.store.database import Database

ROOT = Path(__file__).resolve().parents[2]


def examples(name: str) -> list[str]:
    """The SQL statements of a document: indented blocks that begin with SELECT."""
    written = (ROOT / name).read_text("utf-8")
    return [" ".join(block.split()) for block in re.findall(r"^ {4}SELECT.*?;$", written, re.MULTILINE | re.DOTALL)]


def _rows(database: Database, statement: str) -> list[tuple[object, ...]]:
    with database.read() as session:
        return [tuple(row) for row in session.execute(text(statement))]


def test_both_languages_show_the_same_three_examples() -> None:
    """Else one of them would be an example nobody runs."""
    assert examples("README.md") == examples("README.zh-CN.md")
    assert len(examples("README.md")) == 3


def test_articles_are_counted_by_month_and_source(database: Database) -> None:
    """Else the first thing a reader copies would fail, or count a month's first morning to the month before."""
    days = [(2021, 2, 1), (2021, 2, 28, 23, 59, 59), (2021, 3, 1), (2021, 3, 31, 12)]
    with database.begin() as session:
        for number, day in enumerate(days):
            put(session, number, published=local(*day), source="青石湾报")
        put(session, "day", published=Moment.of_day(date(2021, 3, 1)), source="青石湾报")
        put(session, "other", published=local(2021, 2, 10), source="ＱＳＷ")
    assert _rows(database, examples("README.md")[0]) == [
        ("2021-02", "青石湾报", 2),
        ("2021-02", "ＱＳＷ", 1),
        ("2021-03", "青石湾报", 3),
    ]


def test_an_editors_week_has_its_seven_days(database: Database) -> None:
    """Else the week would lack its first morning or last night, or begin the next one."""
    inside = {
        "monday": local(2021, 2, 22),
        "seed": local(2021, 2, 24, 10, 49, 9),
        "sunday": local(2021, 2, 28, 23, 59, 59),
        "day": Moment.of_day(date(2021, 2, 22)),
    }
    outside = {"before": local(2021, 2, 21, 23, 59, 59), "next": local(2021, 3, 1), "unknown": None}
    outside["next day"] = Moment.of_day(date(2021, 3, 1))
    with database.begin() as session:
        for name, published in (inside | outside).items():
            put(session, name, published=published, editor="徐丽", title=name)
        put(session, "other", published=inside["seed"], editor="徐丽丽")
    assert _rows(database, examples("README.md")[1]) == [
        ("2021-02-22", "day", "http://qsw.example/day"),
        ("2021-02-22 00:00:00", "monday", "http://qsw.example/monday"),
        ("2021-02-24 10:49:09", "seed", "http://qsw.example/seed"),
        ("2021-02-28 23:59:59", "sunday", "http://qsw.example/sunday"),
    ]


def test_each_state_of_what_was_edited_leads_to_its_record(database: Database) -> None:
    """Else the evidence for an edit would be there and nobody could name its place."""
    with database.begin() as session:
        read(session, article(1, title="旧"), 1)
        read(session, article(1, title="新"), 1, at=NOW + MINUTE)
        put(session, 2)
    places = [capture(1, at=at).locator for at in (NOW, NOW + MINUTE)]
    rows = _rows(database, examples("README.md")[2])
    assert [(title, number, file, offset) for title, number, _, file, offset in rows] == [
        ("新", number, place.file, place.offset) for number, place in enumerate(places, start=1) if place
    ]


@pytest.fixture
def edited(database: Database) -> str:
    """An article with all fields, edited and gone; its id."""
    with database.begin() as session:
        edition = Edition(paper="qsw", day=DAY, label="04-05", page_name="专题")
        whole = article(
            kicker="引题", subtitle="副题", column="要闻", edition=edition, published=local(2021, 2, 24, 10, 49, 9)
        )
        _, article_id, _ = read(session, article(title="旧"))
        read(session, whole, at=NOW + MINUTE)
        articles.gone(session, address(), NOW + 2 * MINUTE)
    return article_id


def test_the_view_shows_everything_in_local_time(database: Database, edited: str) -> None:
    """Else who asks in SQL would have to know how SQLite and PostgreSQL keep times, names and places."""
    with database.read() as session:
        (row,) = session.execute(text("SELECT * FROM articles")).mappings()
    assert dict(row) == {
        "id": edited,
        "site": "qsw",
        "canonical_url": address(),
        "url": "http://qsw.example/1",
        "title": "木栈道开放",
        "subtitle": "副题",
        "kicker": "引题",
        "published_at": "2021-02-24 10:49:09",
        "source": "青石湾报",
        "editor": "林一",
        "authors": "周二、吴三",
        "column_name": "要闻",
        "edition": "2024-07-26 04-05版 专题",
        "edition_paper": "qsw",
        "edition_day": "2024-07-26",
        "edition_label": "04-05",
        "edition_page_name": "专题",
        "body": article().body,
        "state": "gone",
        "first_seen_at": "2024-07-26 09:02:03",
        "last_seen_at": "2024-07-26 09:03:03",
        "last_changed_at": "2024-07-26 09:03:03",
        "gone_at": "2024-07-26 09:04:03",
        "versions": 2,
    }


@pytest.mark.parametrize(
    ("edition", "shown"),
    [
        (None, None),
        (Edition(paper="qsw", day=DAY), "2024-07-26"),
        (Edition(paper="qsw", day=DAY, label="T12"), "2024-07-26 T12版"),
        (Edition(paper="qsw", day=DAY, page_name="专题"), "2024-07-26 专题"),
    ],
)
def test_the_view_shows_what_is_known_of_a_place_and_nothing_else(
    database: Database, edition: Edition | None, shown: str | None
) -> None:
    """Else an empty part would make the whole place unknown, or leave a gap in it."""
    with database.begin() as session:
        put(session, 1, edition=edition, authors=(), published=None)
    assert _rows(database, "SELECT edition, authors, published_at, versions FROM articles") == [(shown, None, None, 1)]


def test_the_views_times_sort_and_compare_as_texts(database: Database) -> None:
    """Else ORDER BY, BETWEEN and LIKE on them would mean one thing on SQLite and another one on PostgreSQL."""
    moments = [
        local(2021, 2, 1, 8),
        Moment.of_day(date(2021, 2, 1)),
        local(2020, 12, 31, 23),
        local(2021, 2, 1, 0, 0, 1),
    ]
    with database.begin() as session:
        for number, moment in enumerate(moments):
            put(session, number, published=moment)
    assert [row[0] for row in _rows(database, "SELECT published_at FROM articles ORDER BY published_at")] == [
        "2020-12-31 23:00:00",
        "2021-02-01",
        "2021-02-01 00:00:01",
        "2021-02-01 08:00:00",
    ]
    for condition, number in (
        ("published_at LIKE '2021-02-%'", 3),
        ("published_at BETWEEN '2021-02-01' AND '2021-02-01 07:59:59'", 2),
        ("substr(first_seen_at, 1, 10) = '2024-07-26'", 4),
    ):
        assert _rows(database, f"SELECT count(*) FROM articles WHERE {condition}") == [(number,)]
