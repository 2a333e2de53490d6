"""A clock that is set while a crawl runs, and between two runs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from crawl_checks import check, check_pace
from crawl_samples import ROOT, Home, SmallSite, profile
from small_disks import NEW, PATHS, site_of_articles, whole
from sqlalchemy import select

from storage.store import runs
from storage.store.database import Database
from storage.store.tables import PaceRow

RUNNER = Path(__file__).with_name("clock_runner.py")
DAY, YEAR = 24, 8766
DELAY_SECONDS = 0.4


@pytest.fixture
def site() -> Iterator[SmallSite]:
    """The site."""
    with site_of_articles() as one:
        yield one


def command(*hours: float, beat_seconds: float = 0.3) -> list[str]:
    """A crawl whose clock is ahead by these hours, one after another."""
    told = [
        part
        for one in ("LOG_LEVEL=ERROR", "RETRY_WAIT_SECONDS=0.05", f"HEARTBEAT_SECONDS={beat_seconds}")
        for part in ("-s", one)
    ]
    return [sys.executable, str(RUNNER), ",".join(map(str, hours)), "columns", *told]


def crawl(home: Home, *hours: float, beat_seconds: float = 0.3) -> subprocess.CompletedProcess[str]:
    """Such a crawl to its end."""
    return subprocess.run(
        command(*hours, beat_seconds=beat_seconds),
        cwd=ROOT,
        env=home.environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("beat_seconds", [0.3, 60.0], ids=["between-beats", "before-the-first-beat"])
def test_clock_that_jumps_during_a_crawl(tmp_path, site, beat_seconds):
    """Else a clock that is set would cost a lease, a page or the pace, or have a site asked for nothing for days."""
    home = Home(tmp_path, profile(site.url, delay=DELAY_SECONDS))
    # The furthest comes last, when everything is leased by an earlier clock.
    done = crawl(home, 0, 3 * DAY, -2 * DAY, 1, -YEAR, 20 * YEAR, beat_seconds=beat_seconds)
    assert (done.returncode, done.stderr) == (0, "")
    assert home.counts() == NEW
    whole(home)
    assert sorted(site.asked("/a/")) == sorted(PATHS)
    check_pace(site.times, DELAY_SECONDS)
    years = {day[:4] for (day,) in home.rows("SELECT DISTINCT fetched_at FROM capture")}
    assert len(years) > 1, "the clock jumped"
    check(home, site)


def test_clock_that_jumps_under_two_workers(tmp_path, site):
    """Else the first that looks finds the other silent for an hour, and both do all that is left.

    What one has in hand while the other's clock jumps is taken for given back, and asked for twice.
    """
    home = Home(tmp_path, profile(site.url, delay=DELAY_SECONDS))
    workers = [
        subprocess.Popen(command(0, 1, 2, 3, 4, 5), cwd=ROOT, env=home.environment, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    said = [worker.communicate(timeout=120)[1] for worker in workers]
    assert (said, [worker.returncode for worker in workers]) == ([b"", b""], [0, 0])
    assert home.rows("SELECT DISTINCT state, why FROM run") == [("finished", "")]
    assert site.asked("/list") == ["/list.html"]
    assert set(site.asked("/a/")) == set(PATHS)
    assert home.rows("SELECT count(*) FROM article") == home.rows("SELECT count(*) FROM version") == [(len(PATHS),)]
    whole(home)


def test_signs_of_life_go_by_the_clock_of_the_server(tmp_path, site, postgres_url):
    """Else a host whose clock is wrong would be taken for dead by the others, or they by it."""
    home = Home(tmp_path, profile(site.url), more=f'database = "{postgres_url.replace("+psycopg", "")}"\n')
    assert crawl(home, -YEAR).returncode == 0
    with Database.open(postgres_url) as database, database.read() as session:
        [row] = runs.latest(session)
        [sent] = session.scalars(select(PaceRow.sent_at))
    assert datetime.now(UTC) - row.started_at > timedelta(days=300), "the clock of the host"
    assert datetime.now(UTC) - row.heartbeat_at < timedelta(hours=1)
    assert datetime.now(UTC) - sent < timedelta(hours=1), "the pace, too"


@pytest.mark.parametrize(("killed", "next_one"), [(YEAR, -YEAR), (-YEAR, YEAR)], ids=["back", "forth"])
def test_clock_that_is_set_between_runs(tmp_path, site, killed, next_one):
    """Else what a dead run had leased, or had given back, would wait for years that are not to come."""
    home = Home(tmp_path, profile(site.url, delay=DELAY_SECONDS / 4))
    with subprocess.Popen(command(killed), cwd=ROOT, env=home.environment, stderr=subprocess.PIPE) as first:
        site.on_request = lambda count: first.kill() if count == 6 else None
        first.communicate(timeout=120)
    assert home.rows("SELECT count(*) > 0 FROM ledger WHERE state = 'leased'") == [(1,)]
    with subprocess.Popen(command(killed), cwd=ROOT, env=home.environment, stderr=subprocess.PIPE) as second:
        site.on_request = lambda count: second.terminate() if count == 9 else None
        second.communicate(timeout=120)
    assert home.rows("SELECT count(*) > 0 FROM ledger WHERE state = 'pending'") == [(1,)]
    site.on_request = lambda count: None
    done = crawl(home, next_one)
    assert (done.returncode, done.stderr) == (0, "")
    whole(home)
    assert [state for (state,) in home.rows("SELECT state FROM run ORDER BY id")] == ["interrupted"] * 2 + ["finished"]
