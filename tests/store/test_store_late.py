"""Captures judged again, late or out of order; over both databases."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session
from store_samples import EDITED, LATER, MINUTE, NOW, article, read

from storage.records import Outcome
from storage.store import articles, images, sightings
from storage.store.database import Database
from storage.store.tables import Base, VersionRow


def _everything(session: Session) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    return {
        table.name: sorted(map(tuple, session.execute(select(table))), key=repr)
        for table in Base.metadata.sorted_tables
    }


def test_storing_a_capture_twice_is_storing_it_once(database: Database) -> None:
    """Law 4: else a crash between storing and counting would store twice."""
    steps = [(article(), NOW), (article(), LATER), (article(body=EDITED), LATER + MINUTE)]
    with database.begin() as session:
        for reading, at in steps:
            read(session, reading, at=at, channel="news", column="要闻")
        read(session, article(2), 2, at=LATER)
    with database.read() as session:
        before = _everything(session)
    with database.begin() as session:
        for reading, at in reversed(steps):
            read(session, reading, at=at, channel="news", column="要闻")
        read(session, article(2), 2, at=LATER)
    with database.read() as session:
        assert _everything(session) == before


def test_a_better_reading_of_a_capture_is_no_edit(database: Database) -> None:
    """Else each improvement of the parser would show as an edit of every article."""
    with database.begin() as session:
        _, article_id, first = read(session, article(editor=None, images=()))
        _, _, again = read(session, article())
        row = articles.by_id(session, article_id)
        assert row is not None
        assert (again, row.editor, len(images.of_article(session, article_id))) == (first, "林一", 1)
        verdict, _, _ = read(session, article(), at=LATER)
        assert verdict.outcome is Outcome.SAME


def test_a_better_reading_of_an_old_capture_leaves_the_current_state(database: Database) -> None:
    """Else a re-parse of the archive would bring back withdrawn text."""
    with database.begin() as session:
        _, article_id, first = read(session, article(editor=None))
        read(session, article(body=EDITED), at=LATER)
        read(session, article())
        row = articles.by_id(session, article_id)
        assert row is not None
        assert row.body == EDITED
        old = session.get(VersionRow, first)
        assert old is not None
        assert old.editor == "林一"


def test_an_older_capture_judged_late_is_no_edit_back(database: Database) -> None:
    """Else what a dead worker had fetched would replace what was fetched since."""
    with database.begin() as session:
        _, article_id, _ = read(session, article(), at=NOW)
        read(session, article(body=EDITED), at=NOW + 9 * MINUTE)
        verdict, _, version_id = read(session, article(), at=NOW + 5 * MINUTE)
        assert (verdict.outcome, version_id) == (Outcome.SAME, None)
        verdict, _, version_id = read(session, article(body="更早的文字" * 9), at=NOW + 6 * MINUTE)
        assert verdict.outcome is Outcome.CHANGED
        row = articles.by_id(session, article_id)
        assert row is not None
        assert (row.body, row.last_changed_at) == (EDITED, NOW + 9 * MINUTE)
        assert [one.seen_at for one in articles.versions(session, article_id)] == [
            NOW,
            NOW + 6 * MINUTE,
            NOW + 9 * MINUTE,
        ]


def test_an_article_seen_earlier_than_thought_says_so(database: Database) -> None:
    """Else the order in which captures are judged would show in the rows."""
    with database.begin() as session:
        _, article_id, _ = read(session, article(), at=LATER, channel="news")
        read(session, article(), at=NOW, channel="news")
        row = articles.by_id(session, article_id)
        assert row is not None
        assert (row.first_seen_at, row.last_seen_at) == (NOW, LATER)
        spans = {(one.first_seen_at, one.last_seen_at) for one in sightings.of_article(session, article_id)}
        assert spans == {(NOW, LATER)}
