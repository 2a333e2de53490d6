"""Stored articles are looked at again: edits and removals are noticed, and a site that is down removes nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from crawl_samples import Answer, Home, SmallSite, article, listing, profile
from store_samples import NOW, address, read
from store_samples import article as reading

from storage.records import Moment
from storage.store import articles, rechecks
from storage.store.database import Database

PATHS = [f"/a/{number}.html" for number in (100, 101, 102, 103)]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


TIMES = {
    "article": ("last_seen_at", "first_seen_at", "last_changed_at", "gone_at"),
    "ledger": ("discovered_at", "last_fetched_at", "next_check_at"),
    "capture": ("fetched_at",),
}


def age(home: Home, hours: int) -> None:
    """Let everything have happened so much earlier, as if the clock had gone on since."""
    for table, columns in TIMES.items():
        for column in columns:
            home.write(f"UPDATE {table} SET {column} = datetime({column}, '-{hours} hours') || '.000000'")
    home.write("UPDATE article SET published_at = NULL")  # else they are years old, and looked at once a year


def test_edits_and_removals_are_noticed(tmp_path: Path) -> None:
    """What the site changed or took down in silence must be in the archive without anybody asking for that page."""
    with SmallSite() as site:
        tagged = Answer(article(PATHS[3]), headers={"ETag": '"1"'})
        site.pages = {"/list.html": listing(*PATHS), **{path: article(path) for path in PATHS}, PATHS[3]: tagged}
        home = Home(tmp_path, profile(site.url))
        home.crawl("columns")
        asked = len(site.requests)
        assert home.crawl("recheck").returncode == 0
        assert site.requests[asked:] == []  # nothing is due yet
        age(home, 2)
        site.pages[PATHS[0]] = article(PATHS[0], body=("改过的第一段，写得和先前不一样，" * 5, "改过的第二段。" * 8))
        del site.pages[PATHS[1]]
        done = home.crawl("recheck")
        assert done.returncode == 0, done.stderr
        assert home.counts() == {"changed": 1, "gone": 1, "same": 2, "robots": 1}
        assert home.rows("SELECT status FROM capture WHERE url LIKE ? ORDER BY id", f"%{PATHS[3]}") == [(200,), (304,)]
        assert home.rows("SELECT count(*) FROM article WHERE state = 'gone'") == [(0,)]  # it was missing only once
        asked = len(site.requests)
        home.crawl("recheck")
        assert PATHS[1] not in site.requests[asked:]  # it waits for an hour
        age(home, 2)
        home.crawl("recheck")
    ((first,),) = home.rows("SELECT min(fetched_at) FROM capture WHERE status = 404 AND url LIKE ?", f"%{PATHS[1]}")
    assert home.rows("SELECT url, gone_at FROM article WHERE state = 'gone'") == [(f"{site.url}{PATHS[1]}", first)]


def test_a_site_that_is_down_removes_nothing(tmp_path: Path) -> None:
    """An outage must not be taken for the removal of everything."""
    with SmallSite() as site:
        site.pages = {"/list.html": listing(*PATHS), **{path: article(path) for path in PATHS}}
        home = Home(tmp_path, profile(site.url))
        home.crawl("columns")
        age(home, 2)
        site.pages = dict.fromkeys([*PATHS, "/robots.txt"], Answer("busy", 503))
        home.crawl("recheck")
    age(home, 2)
    home.crawl("recheck")  # nobody listens any more
    assert home.rows("SELECT count(*) FROM article WHERE state = 'live'") == [(4,)]


def test_a_site_that_answers_404_to_everything_removes_nothing(tmp_path: Path) -> None:
    """A site in disorder must not turn a single article into a removed one, however often we look in a night."""
    paths = [f"/a/{number}.html" for number in range(100, 160)]
    with SmallSite() as site:
        site.pages = {"/list.html": listing(*paths), **{path: article(path) for path in paths}}
        home = Home(tmp_path, profile(site.url))
        home.crawl("columns")
        site.pages = {}
        for _ in range(3):
            age(home, 2)
            asked = len(site.requests)
            assert home.crawl("recheck").returncode == 0
            assert len(site.requests) - asked < 40
            ((notes,),) = home.rows("SELECT notes FROM run ORDER BY id DESC LIMIT 1")
            assert "has the site moved?" in notes
    looks = home.rows("SELECT max(looks) FROM (SELECT count(*) looks FROM capture WHERE status = 404 GROUP BY url)")
    assert looks[0][0] > 1  # else the second look was never taken, and nothing was shown here
    assert home.rows("SELECT count(*) FROM article WHERE state = 'gone'") == [(0,)]


def test_a_removed_article_that_is_put_back_is_found_again(tmp_path: Path) -> None:
    """What was gone for some days only must not be told as removed for ever."""
    with SmallSite() as site:
        site.pages = {"/list.html": listing(*PATHS), **{path: article(path) for path in PATHS}}
        home = Home(tmp_path, profile(site.url))
        home.crawl("columns")
        kept = site.pages.pop(PATHS[0]), site.pages.pop(PATHS[1])
        home.crawl("article", urls=f"{site.url}{PATHS[0]} {site.url}{PATHS[1]}")
        assert home.rows("SELECT count(*) FROM article WHERE state = 'gone'") == [(2,)]
        site.pages |= {PATHS[0]: kept[0], "/list.html": listing(*PATHS[2:])}
        age(home, 25)
        home.crawl("recheck")
        assert home.rows("SELECT state, gone_at IS NULL FROM article ORDER BY url")[:2] == [("live", 1), ("gone", 0)]
        asked = len(site.requests)
        site.pages |= {PATHS[1]: kept[1], "/list.html": listing(*PATHS)}
        home.crawl("columns")
        assert PATHS[1] not in site.requests[asked:]  # a dead link is not asked for at every visit
        age(home, 6 * 24)
        home.crawl("columns")
    assert home.rows("SELECT count(*) FROM article WHERE state = 'live' AND gone_at IS NULL") == [(4,)]


def test_a_run_looks_at_no_more_than_it_may(tmp_path: Path) -> None:
    """The longest overdue come first, the rest waits for the next run."""
    with SmallSite() as site:
        site.pages = {"/list.html": listing(*PATHS), **{path: article(path) for path in PATHS}}
        home = Home(tmp_path, profile(site.url))
        home.crawl("columns")
        age(home, 2)
        asked = len(site.requests)
        assert home.crawl("recheck", limit="3").returncode == 0
        assert len([path for path in site.requests[asked:] if path in PATHS]) == 3
        wrong = home.crawl("recheck", limit="many")
    assert "expected a number of articles" in wrong.stderr


@pytest.mark.parametrize(
    ("stood", "wait"),
    [(timedelta(0), HOUR), (3 * HOUR, 6 * HOUR), (10 * DAY, 20 * DAY), (3000 * DAY, 365 * DAY)],
)
def test_what_has_stood_long_is_left_alone_longer(stood: timedelta, wait: timedelta) -> None:
    """Corrections come early; asking for old pages every day would be rude and find nothing."""
    at = datetime(2024, 7, 26, tzinfo=UTC)
    assert rechecks.interval(standing_since=at, last_seen_at=at + stood) == wait


def test_due_are_live_articles_by_age(database: Database) -> None:
    """A page of years ago is not asked for an hour after a backfill, nor what is gone and no row says when."""
    old = Moment(at=NOW - 2000 * DAY)
    with database.begin() as session:
        _, fresh, _ = read(session, reading(1, body="新闻一。"), 1)
        read(session, reading(2, body="旧闻。", published=old), 2)
        read(session, reading(3, body="撤下的。"), 3)
        articles.gone(session, address(3), NOW + timedelta(minutes=1))
        assert rechecks.due(session, "qsw", now=NOW + timedelta(minutes=30), limit=9) == []
        found = rechecks.due(session, "qsw", now=NOW + 2 * HOUR, limit=9)
        assert [(one.article_id, one.since) for one in found] == [(fresh, NOW + HOUR)]
        assert len(rechecks.due(session, "qsw", now=NOW + 400 * DAY, limit=9)) == 2
        assert rechecks.due(session, "other", now=NOW + 400 * DAY, limit=9) == []
