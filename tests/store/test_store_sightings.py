"""Where an article was seen, and the same text at a second address; over both databases."""

from __future__ import annotations

from sqlalchemy import select
from store_samples import EDITED, LATER, NOW, address, article, count_of, listed, read

from storage.dedupe.canonical import article_id as id_of
from storage.records import Outcome
from storage.store import articles, ledger, sightings
from storage.store.database import Database
from storage.store.tables import ArticleRow, ArticleState, SightingRow, VersionRow


def test_the_same_text_elsewhere_is_a_second_sighting(database: Database) -> None:
    """Else one text at four addresses would be four articles."""
    with database.begin() as session:
        _, article_id, _ = read(session, article(1), 1)
        verdict, other, version_id = read(session, article(2), 2, at=LATER)
        assert (verdict.outcome, verdict.reason) == (Outcome.DUPLICATE, f"same text as {address(1)}")
        assert (other, version_id) == (article_id, None)
        assert (count_of(session, ArticleRow), count_of(session, VersionRow)) == (1, 1)
        seen = [(row.canonical_url, row.kind) for row in sightings.of_article(session, article_id)]
        assert seen == [(address(1), "url"), (address(2), "url")]
        found = articles.by_url(session, address(2))
        assert found is not None
        assert (found.id, found.last_seen_at) == (article_id, LATER)


def test_a_duplicate_that_shows_other_text_becomes_an_article(database: Database) -> None:
    """Else its new text would be lost, or would overwrite the first article's."""
    with database.begin() as session:
        _, first, _ = read(session, article(1), 1)
        ledger.discover(session, [listed(2)], now=NOW)
        read(session, article(2), 2)
        verdict, second, _ = read(session, article(2, body=EDITED), 2, at=LATER)
        assert (verdict.outcome, second) == (Outcome.NEW, id_of(address(2)))
        assert {row.canonical_url for row in sightings.of_article(session, first)} == {address(1)}
        assert {row.canonical_url for row in sightings.of_article(session, second)} == {address(2)}
        shown = articles.by_url(session, address(2))
        assert shown is not None
        assert shown.id == second


def test_a_gone_second_address_leaves_the_article(database: Database) -> None:
    """Else an article would be marked gone while it stands at its own address."""
    with database.begin() as session:
        _, article_id, _ = read(session, article(1), 1)
        read(session, article(2), 2)
        assert articles.gone(session, address(2), LATER) is None
        assert articles.gone(session, address("unknown"), LATER) is None
        row = articles.by_id(session, article_id)
        assert row is not None
        assert row.state is ArticleState.LIVE


def test_sightings_without_article_wait_for_it(database: Database) -> None:
    """Else an article would not know the lists that led to it."""
    with database.begin() as session:
        ledger.discover(session, [listed(1)], now=NOW)
        assert session.scalars(select(SightingRow.article_id)).all() == [None]
        _, article_id, _ = read(session, article(1), 1, at=LATER)
        session.expire_all()
        assert set(session.scalars(select(SightingRow.article_id))) == {article_id}
