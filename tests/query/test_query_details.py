"""Everything known of one article: its states and what changed, where it was seen, where its raw records lie."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from query_samples import list_in, print_at, put
from sqlalchemy import update
from sqlalchemy.orm import Session
from store_samples import BODY, DAY, MINUTE, NOW, address, article, capture, read

from storage.errors import StoreError
from storage.query.details import Details, details
from storage.records import Edition, Moment
from storage.store import articles
from storage.store.database import Database
from storage.store.tables import ArticleRow

EDITED = BODY + "\n更正：照明月底完工。"


def _details(session: Session, article_id: str) -> Details:
    row = articles.by_id(session, article_id)
    assert row is not None
    return details(session, row)


def test_each_state_says_what_changed_and_where_its_record_lies(database: Database) -> None:
    """Else nobody could show what an article said before it was edited."""
    with database.begin() as session:
        _, article_id, _ = read(session, article())
        read(session, article(body=EDITED, editor="郑四"), at=NOW + MINUTE)
        read(session, article(), at=NOW + 2 * MINUTE)
        known = _details(session, article_id)
    assert [(state.number, state.changed) for state in known.versions] == [
        (1, ()),
        (2, ("editor", "body")),
        (3, ("editor", "body")),
    ]
    assert [state.seen_at for state in known.versions] == [NOW, NOW + MINUTE, NOW + 2 * MINUTE]
    assert [state.capture.locator for state in known.versions] == [
        capture(at=NOW + number * MINUTE).locator for number in range(3)
    ]
    assert known.current == known.versions[2]


def test_states_stand_in_the_order_of_fetching(database: Database) -> None:
    """Else a capture that was read late, after a crash, would stand in the history as the newest edit."""
    with database.begin() as session:
        _, article_id, _ = read(session, article(body=EDITED), at=NOW + MINUTE)
        read(session, article(), at=NOW)
        known = _details(session, article_id)
    assert [(state.number, state.seen_at) for state in known.versions] == [(1, NOW), (2, NOW + MINUTE)]
    assert (known.current.number, known.article["body"]) == (2, EDITED)


EDITS: tuple[tuple[dict[str, Any], dict[str, Any], tuple[str, ...]], ...] = (
    ({"title": "木栈道开放"}, {"title": "木栈道开放了"}, ("title",)),
    ({"subtitle": None}, {"subtitle": "副题"}, ("subtitle",)),
    ({"kicker": "引题"}, {"kicker": "导语"}, ("kicker",)),
    ({"published": None}, {"published": Moment(at=NOW)}, ("published_at",)),
    (
        {"published": Moment.of_day(DAY)},
        {"published": Moment(at=Moment.of_day(DAY).at)},  # midnight, now to the second
        ("published_at",),
    ),
    ({"source": "青石湾报"}, {"source": None}, ("source",)),
    ({"authors": ("周二",)}, {"authors": ("周二", "吴三")}, ("authors",)),
    ({"images": ()}, {}, ("images",)),
    (
        {"title": "旧", "column": "要闻", "edition": Edition(paper="qsw", day=DAY, label="01", page_name="要闻")},
        {
            "title": "新",
            "column": "区内",
            "edition": Edition(paper="qsw", day=DAY + timedelta(days=1), label="02", page_name="民生"),
        },
        ("title", "column", "edition"),
    ),
)
"""Fields before, fields after → what changed."""


def test_every_field_that_changes_is_named(database: Database) -> None:
    """Else an edit would be kept and nobody could see in what it consists."""
    with database.begin() as session:
        for number, (before, after, changed) in enumerate(EDITS):
            own = {"body": f"{BODY}\n第{number}段。"}
            _, article_id, _ = read(session, article(number, **own | before), number)
            read(session, article(number, **own | after), number, at=NOW + MINUTE)
            assert _details(session, article_id).versions[1].changed == changed


def test_every_sighting_is_told(database: Database) -> None:
    """Else the second address of a text, its column and its print page would be known and never shown."""
    with database.begin() as session:
        article_id = put(session, 1, title="同一篇", body=BODY)
        assert put(session, 2, title="同一篇", body=BODY, at=NOW + MINUTE) == article_id
        list_in(session, 1, "news", "要闻")
        list_in(session, 1, "news", "要闻", at=NOW + 2 * MINUTE)
        print_at(session, 1, DAY, "04-05", "专题")
        known = _details(session, article_id)
    assert [(seen.kind.value, seen.url, seen.place) for seen in known.sightings] == [
        ("url", "http://qsw.example/1", ""),
        ("column", "http://qsw.example/1", "news 要闻"),
        ("edition", "http://qsw.example/1", "qsw 2024-07-26 04-05 专题"),
        ("url", "http://qsw.example/2", ""),
    ]
    assert (known.sightings[1].first_seen_at, known.sightings[1].last_seen_at) == (NOW, NOW + 2 * MINUTE)


def test_what_the_shape_leaves_out_is_ready_for_json(database: Database) -> None:
    """Else a program would have to read the screen to learn how a field was read or where its record lies."""
    with database.begin() as session:
        _, article_id, _ = read(session, article(kicker="引题"))
        articles.gone(session, address(), NOW + MINUTE)
        told = _details(session, article_id).as_json()
    assert json.loads(json.dumps(told)) == told
    page = {
        "id": 1,
        "url": "http://qsw.example/1",
        "fetched_at": "2024-07-26T09:02:03+08:00",
        "status": 200,
        "digest": "sha256:00",
        "file": "a.warc.gz",
        "offset": capture().locator.offset,
        "length": 10,
    }
    assert told == {
        "site": "qsw",
        "canonical_url": address(),
        "paper": None,
        "family": "generic",
        "state": "gone",
        "gone_at": "2024-07-26T09:03:03+08:00",
        "last_seen_at": "2024-07-26T09:02:03+08:00",
        "how": {"title": {"rule": "selector", "place": "h1", "confidence": 0.99}},
        "problems": ["kicker: nothing"],
        "images": [{"url": "http://qsw.example/1.jpg", "caption": "栈道"}],
        "sightings": [
            {
                "kind": "url",
                "url": "http://qsw.example/1",
                "place": "",
                "first_seen_at": "2024-07-26T09:02:03+08:00",
                "last_seen_at": "2024-07-26T09:02:03+08:00",
            }
        ],
        "versions": [
            {
                "number": 1,
                "seen_at": "2024-07-26T09:02:03+08:00",
                "changed": [],
                "capture": page,
                "pages": [page],
            }
        ],
    }


def test_how_a_field_was_read_stands_under_its_name_in_json(database: Database) -> None:
    """Else the time of publication would be one field in the article and another one in how it was read."""
    plain = article()
    with database.begin() as session:
        _, article_id, _ = read(session, article(how={"published": plain.how["title"]}))
        assert list(_details(session, article_id).how) == ["published_at"]


def test_a_damaged_article_is_named(database: Database) -> None:
    """Else the damage would show as a stack trace of ours."""
    with database.begin() as session:
        _, article_id, _ = read(session, article())
        session.execute(update(ArticleRow).values(version_id=None))
        session.expire_all()
        with pytest.raises(StoreError, match=f"article {article_id} has no current version: .* restore a backup"):
            _details(session, article_id)
