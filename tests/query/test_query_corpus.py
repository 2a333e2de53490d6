"""The generated archive that searches and pages are measured on: it is one that a crawl could have left."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from bench.crawled import PAPER, run_finder, runs, write
from bench.searchcorpus import fill, rows
from storage.query.filters import Filters
from storage.query.health import faults
from storage.query.history import history
from storage.query.newspaper import issue
from storage.query.search import count
from storage.store.database import Database
from storage.store.indexing import upkeep
from storage.store.tables import VersionRow

ARTICLES = 250


def test_a_generated_archive_is_whole_and_has_what_pages_show(database: Database) -> None:
    """Else pages would be measured on an archive that no crawl leaves, and answer with errors or with nothing."""
    assert list(fill(database, ARTICLES)) == [ARTICLES]
    upkeep.prepare(database)
    with database.read() as session:
        assert not list(faults(session))
        edited = session.scalars(select(VersionRow.article_id).where(VersionRow.number > 1)).all()
        assert len(edited) == 5
        assert [one.current for one in history(session, edited[0])] == [False, True]
        assert {change.field for change in history(session, edited[0])[1].changes} == {"title", "body"}
        first = issue(session, PAPER, date(2014, 1, 1))
        assert first is not None
        assert first.day.articles == sum(len(one.articles) for one in first.pages) > 0
        numbers = [
            count(session, filters=one).number
            for one in (Filters.read(channel=PAPER), Filters.read(state="edited"), Filters.read(state="gone"))
        ]
        assert numbers == [50, 5, 1]


def test_a_single_article_comes_with_all_that_is_beside_it(database: Database) -> None:
    """Else the time that adding takes would be that of less than a crawl stores."""
    with database.begin() as session:
        write(session.connection(), list(rows(50, 1)), lambda _: None)
    with database.read() as session:
        assert not list(faults(session))
        assert count(session, filters=Filters.read(state="edited")).number == 1


def test_every_article_belongs_to_the_run_whose_places_it_is_among() -> None:
    """Else runs would count other articles than those that name them."""
    for number in (3, 10, 1_050):
        run_of = run_finder(number)
        found = {run: [place for place in range(number) if run_of(place) == run] for run in runs(number)}
        assert found == {run: list(places) for run, places in runs(number).items()}
