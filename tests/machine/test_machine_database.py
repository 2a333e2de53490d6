"""A database that is held by another program, or whose server is restarted, in the middle of a crawl."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from crawl_checks import check, make_database
from crawl_samples import Home, SmallSite, article, listing, profile
from own_postgres import own_postgres
from sqlalchemy import text

from storage.query.health import faults
from storage.store.database import Database
from storage.store.engines import RESTART_SECONDS

PATHS = [f"/a/{number}.html" for number in range(101, 121)]
HELD_SECONDS = 30
DOWN_SECONDS = 3


@pytest.fixture
def site() -> Iterator[SmallSite]:
    """A site of twenty articles."""
    with SmallSite() as one:
        one.pages = {path: article(path) for path in PATHS} | {"/list.html": listing(*PATHS)}
        yield one


@pytest.mark.slow
def test_database_held_by_another_program(tmp_path: Path, site: SmallSite) -> None:
    """Else a backup that holds the file for half a minute would end every crawl it meets."""
    home = Home(tmp_path, profile(site.url))
    make_database(home)
    held: list[float] = []

    def hold() -> None:
        other = sqlite3.connect(home.path / "data/archive.db", timeout=60, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        began.set()
        time.sleep(HELD_SECONDS)
        other.execute("ROLLBACK")
        held.append(time.monotonic())
        other.close()

    began = threading.Event()
    thread = threading.Thread(target=hold)

    def on_request(number: int) -> None:
        if number == 5:
            thread.start()
            assert began.wait(60)

    site.on_request = on_request
    done = home.crawl("columns", "LOG_LEVEL=WARNING", environment={"XHA_PAGE_TIMEOUT": "120s"})
    ended = time.monotonic()
    thread.join()
    assert (done.stderr, done.returncode) == ("", 0)
    assert held[0] < ended, "the crawl waited"
    assert home.counts() == {"index": 1, "new": len(PATHS), "robots": 1}
    check(home, site)


def test_server_restarted(tmp_path: Path, site: SmallSite) -> None:
    """Else an update of the server would leave a half-stored page, a run without an end, or a page of traces."""
    with own_postgres(tmp_path / "runtime") as server:
        home = Home(tmp_path / "home", profile(site.url), more=f'database = "{server.url}"\n')
        restart = threading.Thread(target=lambda: (time.sleep(DOWN_SECONDS), server.start()))

        def on_request(number: int) -> None:
            if number == 8:
                server.stop()
                restart.start()

        site.on_request = on_request
        first = home.crawl("columns", "LOG_LEVEL=WARNING", environment={"XHA_PAGE_TIMEOUT": "120s"})
        restart.join()
        assert first.returncode in (0, 3)
        assert "Traceback" not in first.stderr
        assert first.stderr.count("\n") == (1 if first.returncode else 0), first.stderr
        again = home.crawl("columns", "LOG_LEVEL=WARNING")
        assert (again.returncode, again.stderr) == (0, "")
        with Database.open(server.url) as database, database.read() as session:
            assert list(faults(session)) == []
            assert session.scalar(text("SELECT count(*) FROM article")) == len(PATHS)
            assert session.scalar(text("SELECT count(*) FROM version")) == len(PATHS)
            left = "SELECT count(*) FROM ledger WHERE state IN ('leased', 'pending')"
            assert session.scalar(text(left)) == 0
            states = session.execute(text("SELECT state, why FROM run ORDER BY id")).all()
    how = ("finished", True) if first.returncode == 0 else ("failed", False)
    assert [(state, why == "") for state, why in states] == [how, ("finished", True)]


def test_server_that_is_not_there(tmp_path: Path, site: SmallSite) -> None:
    """Else a wrong address would be waited for, or end in a page of traces."""
    began = time.monotonic()
    nowhere = f"postgresql://me:secret@/none?host={tmp_path}"
    home = Home(tmp_path / "home", profile(site.url), more=f'database = "{nowhere}"\n')
    done = home.crawl("columns", "LOG_LEVEL=ERROR")
    assert done.returncode == 3
    assert done.stderr.count("\n") == 1
    assert "check that the server runs and is reachable" in done.stderr
    assert "secret" not in done.stderr
    assert time.monotonic() - began < RESTART_SECONDS / 2, "one that never answered is not waited for"
    assert site.requests == []
