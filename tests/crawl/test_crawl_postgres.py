"""The whole way on PostgreSQL: crawled, asked, and read again from the archive into either kind of database."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from crawl_samples import ROOT, Home, SmallSite, article, headline, listing, profile
from sqlalchemy import Engine, select, text

from storage.query.filters import Filters
from storage.query.health import faults
from storage.query.reports import run_reports
from storage.query.search import find
from storage.query.shape import articles
from storage.search.question import Question
from storage.store.database import Database
from storage.store.tables import ArticleRow, Base, CaptureRow, ImageRow, RejectedRow, SightingRow, VersionRow

READ_AGAIN = "from crawler.reparse import reparse; from storage.config import load_config; reparse(load_config())"
PATHS = [f"/a/{number}.html" for number in range(101, 106)]
COPY, BLANK = "/copy/200.html", "/a/109.html"


@contextmanager
def empty(server: Engine, name: str) -> Iterator[str]:
    """Address of an empty database, as the documents write it; it is gone with the block."""
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield server.url.set(drivername="postgresql", database=name).render_as_string(hide_password=False)
    finally:
        with server.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(scope="module")
def crawled(postgres_server: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Home, str]]:
    """A home and its database after three crawls of a site that grew, edited, copied and withdrew meanwhile."""
    with empty(postgres_server, "crawled") as url, SmallSite() as site:
        home = Home(tmp_path_factory.mktemp("postgres"), profile(site.url), more=f'database = "{url}"')
        site.pages = {path: article(path) for path in PATHS}
        site.pages |= {COPY: article(PATHS[0]), BLANK: "<html><body></body></html>"}
        site.pages["/list.html"] = listing(*PATHS[:4], BLANK, COPY)
        first = home.crawl("columns")
        site.pages["/list.html"] = listing(*PATHS, BLANK)
        site.pages[PATHS[1]] = article(
            PATHS[1], body=("镇里更正：清淤的渠长四公里，不是三公里，沿岸受益的村子共有十五个。",)
        )
        del site.pages[PATHS[2]]
        given = " ".join(site.url + path for path in PATHS[1:4])
        for done in (first, home.crawl("columns"), home.crawl("article", urls=given)):
            assert done.returncode == 0, done.stderr
        yield home, url


def _rows(database: Database, table: type[Base]) -> list[dict[str, object]]:
    """What a table says: without row numbers, captures by what they are, in an order of its own."""
    columns = {column.key: column for column in table.__table__.columns}
    numbers = {"version_id", "capture_id"} | (set() if table is ArticleRow else {"id"})
    query = select(*(column for name, column in columns.items() if name not in numbers))
    if "capture_id" in columns:
        what = (CaptureRow.url.label("captured"), CaptureRow.fetched_at.label("at"), CaptureRow.digest)
        query = query.add_columns(*what).outerjoin(CaptureRow, CaptureRow.id == columns["capture_id"])
    with database.read() as session:
        return sorted((dict(row) for row in session.execute(query).mappings()), key=repr)


def test_crawls_end_as_they_should(crawled: tuple[Home, str], open_database: Callable[[str], Database]) -> None:
    """Leases, pace, locks and verdicts are PostgreSQL's here: each response ends in its one count all the same."""
    with open_database(crawled[1]).read() as session:
        assert list(faults(session)) == []
        given, second, first = run_reports(session, 10)
        ids = find(session, Question.of("四公里"), Filters.read(source="云栖", since="2024-05-06"))
        shown = list(articles(session, ids))
        held = session.scalar(text("SELECT count(*) FROM ledger WHERE state = 'leased'"))
    assert first["counts"] == {"new": 4, "duplicate": 1, "rejected": 1, "index": 1, "robots": 1}
    assert second["counts"] == {"new": 1, "index": 1, "robots": 1}
    assert given["counts"] == {"changed": 1, "same": 1, "gone": 1, "robots": 1}
    assert {report["state"] for report in (first, second, given)} == {"finished"}
    assert held == 0
    assert [(one["title"], one["published_at"]) for one in shown] == [(headline(PATHS[1]), "2024-05-06T08:30:00+08:00")]


@pytest.mark.parametrize("system", ["postgresql", "sqlite"])
def test_the_archive_read_again_gives_the_same_rows(
    crawled: tuple[Home, str],
    postgres_server: Engine,
    tmp_path: Path,
    open_database: Callable[[str], Database],
    system: str,
) -> None:
    """Else what was read would depend on where it is kept, or the archive alone would not be enough."""
    home, url = crawled
    with empty(postgres_server, "again") as empty_url:
        other = empty_url if system == "postgresql" else f"sqlite:///{tmp_path / 'again.db'}"
        environment = home.environment | {"XHA_DATABASE": other}
        command = [sys.executable, "-c", READ_AGAIN]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        before, after = open_database(url), open_database(other)
        for table in (ArticleRow, VersionRow, SightingRow, ImageRow, RejectedRow):
            assert _rows(after, table) == _rows(before, table)
        assert (len(_rows(after, ArticleRow)), len(_rows(after, VersionRow))) == (5, 6)
        after.close()
