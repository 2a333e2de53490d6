"""A run whose end is not in its own hands ends all the same: taken over by another process, or unable to write."""

from __future__ import annotations

from crawl_checks import check, make_database
from crawl_samples import Home, SmallSite, article, listing, profile
from paper_samples import paper_profile

PATHS = [f"/a/{number}.html" for number in range(1, 9)]


def test_run_that_was_taken_for_dead(tmp_path):
    """A run whose leases another process may have would fetch and store beside it; what it left is then fetched."""
    with SmallSite({path: article(path) for path in PATHS} | {"/list.html": listing(*PATHS)}) as site:
        home = Home(tmp_path, profile(site.url, delay=0.4))
        taken = "UPDATE run SET state = 'interrupted', why = 'taken'"
        site.on_request = lambda number: home.write(taken) if number == 4 else None
        done = home.crawl("columns", "HEARTBEAT_SECONDS=0.2", "LOG_LEVEL=ERROR")
        assert done.returncode == 3
        assert done.stderr.startswith("Error: run 1 was taken for dead by another process")
        assert len(done.stderr.splitlines()) == 1
        assert 4 <= len(site.requests) < len(PATHS)
        [(state, why)] = home.rows("SELECT state, why FROM run")
        assert (state, "taken for dead" in why) == ("failed", True)
        home.crawl("columns", "HEARTBEAT_SECONDS=0.2")
        assert home.rows("SELECT count(*) FROM article") == [(len(PATHS),)]
        assert sorted(site.asked("/a/")) == sorted(PATHS)
        check(home, site)


def test_last_words_that_cannot_be_written(tmp_path):
    """A run that fails as it writes down its e-paper days would stay open, and say that all is well."""
    with SmallSite() as site:
        home = Home(tmp_path, paper_profile(site.url))
        make_database(home)
        full = "SELECT RAISE(ABORT, 'no room for days')"
        home.write(f"CREATE TRIGGER full BEFORE UPDATE ON issue WHEN new.state = 'none' BEGIN {full}; END")
        done = home.crawl("epaper", "LOG_LEVEL=ERROR", since="2024-07-27", until="2024-07-28")
        assert (done.returncode, "the run could not be ended in order" in done.stderr) == (1, True)
        [(state, why)] = home.rows("SELECT state, why FROM run")
        assert (state, "no room for days" in why) == ("failed", True)
        assert home.rows("SELECT DISTINCT state FROM issue") == [("owed",)]
