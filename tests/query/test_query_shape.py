"""The one JSON shape of an article, and finding the one article somebody means."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from query_samples import ask, list_in, local, print_at, put
from store_samples import BODY, DAY, MINUTE, NOW, address, article, read

from storage.errors import NotFound
from storage.query import lookup
from storage.query.lookup import find_article
from storage.query.shape import articles, shape_of_reading
from storage.records import Edition, Moment
from storage.store import articles as stored
from storage.store.database import Database
from storage.store.tables import ArticleRow

KEYS = [
    "id",
    "url",
    "urls",
    "title",
    "subtitle",
    "kicker",
    "published_at",
    "source",
    "editor",
    "authors",
    "column",
    "edition",
    "body",
    "first_seen_at",
    "last_changed_at",
]
"""As the documents promise them to other programs, in this order."""

WHOLE = {
    "title": "木栈道开放",
    "subtitle": "沿海步道贯通",
    "kicker": "全长十公里",
    "published": local(2021, 2, 24, 10, 49, 9),
    "source": "大众·青石湾报",
    "editor": "林一",
    "authors": ("周二", "吴三"),
    "column": "要闻",
    "edition": Edition(paper="qsw", day=DAY, label="04-05", page_name="专题"),
    "body": BODY,
}


def test_an_article_has_one_shape(database: Database) -> None:
    """Else a program that reads what search prints could not read what export writes."""
    with database.begin() as session:
        article_id = put(session, 1, **WHOLE)
        read(session, article("again", **WHOLE), "again", at=NOW + MINUTE)
        print_at(session, 1, DAY, "04-05", "专题")
        read(session, article(1, **WHOLE | {"source": "青石湾报"}), 1, at=NOW + 2 * MINUTE)
    (shape,) = ask(database)
    assert list(shape) == KEYS
    assert shape == {
        "id": article_id,
        "url": "http://qsw.example/1",
        "urls": ["http://qsw.example/1", "http://qsw.example/again"],
        "title": "木栈道开放",
        "subtitle": "沿海步道贯通",
        "kicker": "全长十公里",
        "published_at": "2021-02-24T10:49:09+08:00",
        "source": "青石湾报",
        "editor": "林一",
        "authors": ["周二", "吴三"],
        "column": "要闻",
        "edition": {"date": "2024-07-26", "label": "04-05", "page_name": "专题"},
        "body": BODY,
        "first_seen_at": "2024-07-26T09:02:03+08:00",
        "last_changed_at": "2024-07-26T09:04:03+08:00",
    }


def test_what_is_not_known_is_there_and_empty(database: Database) -> None:
    """Else a program would have to ask of every key whether it is there."""
    nothing = dict.fromkeys(("subtitle", "kicker", "published", "source", "editor", "column", "edition"))
    with database.begin() as session:
        put(session, 1, **nothing, authors=())
    (shape,) = ask(database)
    assert list(shape) == KEYS
    assert {key for key, value in shape.items() if value is None} == {*nothing, "published_at"} - {"published"}
    assert shape["authors"] == []


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        (Moment.of_day(DAY), "2024-07-26"),
        (Moment(at=NOW, precision="minute"), "2024-07-26T09:02:03+08:00"),
        (local(2024, 7, 27), "2024-07-27T00:00:00+08:00"),
    ],
)
def test_a_day_alone_is_shown_alone(database: Database, published: Moment, shown: str) -> None:
    """Else a day without a time would look like midnight, or midnight like a day without a time."""
    with database.begin() as session:
        put(session, 1, published=published)
    assert ask(database)[0]["published_at"] == shown


def test_column_and_edition_come_from_where_it_was_seen(database: Database) -> None:
    """Else an article of the website would hide that it was printed too; what the page itself says goes before."""
    with database.begin() as session:
        own = put(session, 1, column="区内", edition=Edition(paper="qsw", day=DAY, label="01"))
        seen = put(session, 2)
        for number in (1, 2):
            list_in(session, number, "front", None)
            list_in(session, number, "news", "要闻", at=NOW + MINUTE)
            print_at(session, number, DAY - timedelta(days=1), "03", "民生")
    with database.read() as session:
        one, two = articles(session, [own, seen])
    assert (one["column"], one["edition"]) == ("区内", {"date": "2024-07-26", "label": "01", "page_name": None})
    assert (two["column"], two["edition"]) == ("要闻", {"date": "2024-07-25", "label": "03", "page_name": "民生"})


def test_articles_come_in_the_order_asked_for(database: Database) -> None:
    """Else newest first would be lost on the way from ids to articles."""
    with database.begin() as session:
        ids = [put(session, number) for number in range(230)]
    wanted = ids[::-1]
    with database.read() as session:
        assert [one["id"] for one in articles(session, iter(wanted))] == wanted


def test_a_reading_that_is_not_stored_has_the_same_shape() -> None:
    """Else `fetch --dry-run` would show another article than the one that would be stored."""
    shape = shape_of_reading(article(1, **WHOLE))
    assert list(shape) == KEYS
    assert (shape["id"], shape["first_seen_at"], shape["last_changed_at"]) == (None, None, None)
    assert shape["published_at"] == "2021-02-24T10:49:09+08:00"
    assert shape["edition"] == {"date": "2024-07-26", "label": "04-05", "page_name": "专题"}
    assert json.loads(json.dumps(shape)) == shape
    assert shape_of_reading(article(1, published=None, edition=None))["edition"] is None


# -- the one somebody means


def _meant(database: Database, wanted: str, canonical_url: str | None = None) -> str:
    with database.read() as session:
        return find_article(session, wanted, canonical_url).id


def test_an_article_is_found_by_its_id_and_the_beginning_of_it(database: Database) -> None:
    """Else ten characters would have to be copied without a slip."""
    with database.begin() as session:
        article_id = put(session, 1)
    assert _meant(database, article_id) == article_id
    assert _meant(database, f" {article_id.upper()}\n") == article_id
    assert _meant(database, article_id[:3]) == article_id
    with pytest.raises(NotFound, match="too short"):
        _meant(database, article_id[:2])


def test_an_article_is_found_by_each_of_its_addresses(database: Database) -> None:
    """Else whoever has a link would not learn what became of the page behind it."""
    with database.begin() as session:
        article_id = put(session, 1, title="同一篇", body=BODY)
        assert put(session, 2, title="同一篇", body=BODY) == article_id
        list_in(session, 1, "news", "要闻")
        row = stored.by_id(session, article_id)
        assert row is not None
        row.canonical_url = "https://qsw.example/under-another-rule"
    assert _meant(database, "http://qsw.example/2", address(2)) == article_id  # the second address of its text
    assert _meant(database, "x", "https://qsw.example/under-another-rule") == article_id
    assert _meant(database, "http://qsw.example/1", "https://qsw.example/as-no-row-has-it") == article_id


def test_what_is_not_there_says_so(database: Database) -> None:
    """Else a slip of the finger would look like an empty archive."""
    with pytest.raises(NotFound, match="no article has an id that begins with 'abc'"):
        _meant(database, "abc")
    for wanted in ("港口", "a%c", "a_c", ""):
        with pytest.raises(NotFound, match=f"{wanted!r} is neither an article's id nor an address"):
            _meant(database, wanted)
    with pytest.raises(NotFound, match=r"`xha fetch http://qsw\.example/9` would fetch it"):
        _meant(database, "http://qsw.example/9", address(9))


def test_a_beginning_that_fits_several_names_them(database: Database) -> None:
    """Else any of them would be shown as if it were the one that was meant."""
    with database.begin() as session:
        template = stored.by_id(session, put(session, 1))
        assert template is not None
        columns = {column.key: getattr(template, column.key) for column in ArticleRow.__table__.columns}
        for number in range(lookup.MOST_NAMED + 1):
            session.add(ArticleRow(**columns | {"id": f"abc{number}000000", "canonical_url": address(f"n{number}")}))
    with pytest.raises(NotFound, match=r"'abc' begins several ids: abc0000000 \(青石湾第1号新闻\), abc1.*abc4.*, …$"):
        _meant(database, "abc")
    assert _meant(database, "abc5") == "abc5000000"
