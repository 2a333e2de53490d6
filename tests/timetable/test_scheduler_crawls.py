"""`python scheduler.py` with real crawls of a real site: what it starts, stops and catches up is stored."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from crawl_checks import check
from crawl_samples import ROOT, Home, SmallSite, article, listing, profile
from scheduler_samples import PATIENCE_SECONDS, end, now, until

from storage.records import SITE_ZONE
from storage.store.database import Database

PAPER = """
[[paper]]
name = "xzb"
title = "小站报"

  [[paper.generation]]
  name = "pc"
  family = "paperindex"
  since = 2020-01-01
  issue = ["{url}/paper/{{yyyymmdd}}/index.htm"]
  page = '^Page(?P<label>\\d+)\\.htm$'
  article = '^Articel(?P<label>\\d{{2}})\\d{{3}}\\.htm$'
"""

STOPPED_WHILE_OPENING = """
import os, signal
from crawler.keeper import Keeper
from scrapy.cmdline import execute
really = Keeper.open
def open_and_be_stopped(*given, **named):
    keeper = really(*given, **named)
    os.kill(os.getpid(), signal.SIGTERM)
    return keeper
Keeper.open = open_and_be_stopped
execute(["scrapy", "crawl", "columns"])
"""


def many(number: int) -> list[str]:
    """Addresses of so many articles."""
    return [f"/a/{100 + one}.html" for one in range(number)]


def site_of(paths: list[str]) -> dict[str, str]:
    """A list of articles, and the articles."""
    return {"/list.html": listing(*paths)} | {path: article(path) for path in paths}


def todays_issue() -> dict[str, str]:
    """An issue of two articles for today, and for tomorrow should midnight come first."""
    pages = {}
    today = now().astimezone(SITE_ZONE).date()
    for day in (today, today + timedelta(days=1)):
        folder = f"/paper/{day:%Y%m%d}"
        names = [f"Articel0100{number}.htm" for number in (1, 2)]
        items = "".join(f'<li><a href="{name}">第{name[8:12]}号消息</a></li>' for name in names)
        pages[f"{folder}/index.htm"] = '<a href="Page01.htm">第01版 要闻</a>'
        pages[f"{folder}/Page01.htm"] = f"<html><body><h3>第01版 要闻</h3><ul id=newslist>{items}</ul></body></html>"
        pages |= {f"{folder}/{name}": article(f"{folder[-2:]}{name}") for name in names}
    return pages


def home_of(path: Path, site_profile: str, *jobs: dict[str, object]) -> Home:
    """A home with a timetable (keys and values as in TOML) and a migrated database."""
    lines = [line for job in jobs for line in ("[[job]]", *(f"{key} = {json.dumps(job[key])}" for key in job))]
    home = Home(path, site_profile, more="\n".join(lines))
    (path / "data").mkdir()
    Database.open(f"sqlite:///{path / 'data/archive.db'}").close()
    return home


@contextmanager
def scheduled(home: Home) -> Iterator[subprocess.Popen[str]]:
    """The command itself, ended with the block however the block ends."""
    process = subprocess.Popen(
        [sys.executable, "scheduler.py", "--config", str(home.path / "xha.toml")],
        cwd=ROOT,
        env=home.environment,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=PATIENCE_SECONDS)


def planned(home: Home, job: str) -> list[tuple[str, str, int | None]]:
    """(outcome, reason, exit code) of a job's planned runs, in the order of their due times."""
    return home.rows("SELECT outcome, reason, exit_code FROM planned WHERE job = ? ORDER BY due_at", job)


def stored(home: Home) -> list[str]:
    """Paths of the articles that are stored."""
    return sorted("/" + url.split("/", 3)[3] for (url,) in home.rows("SELECT url FROM article"))


def last_due(home: Home) -> datetime:
    """The latest due time that has its row."""
    ((due,),) = home.rows("SELECT max(due_at) FROM planned")
    return datetime.fromisoformat(due).replace(tzinfo=UTC)


def leased(home: Home) -> list[tuple[str, ...]]:
    """Addresses somebody holds."""
    return home.rows("SELECT url FROM ledger WHERE state = 'leased' OR leased_by IS NOT NULL")


def test_three_jobs_run_and_an_overlapping_run_is_skipped(tmp_path):
    """A timetable of seconds: each job crawls what is its own, none runs beside itself, none is left without a row."""
    with SmallSite(site_of(many(3)) | todays_issue()) as site:
        given = site.url + "/a/100.html"
        home = home_of(
            tmp_path,
            profile(site.url, PAPER.format(url=site.url)),
            {"name": "columns", "spider": "columns", "every": "1s"},
            {"name": "epaper", "spider": "epaper", "every": "1s", "until_issue": True},
            {"name": "given", "spider": "article", "every": "1s", "arguments.urls": given},
        )
        with scheduled(home) as process:
            for job in ("columns", "epaper", "given"):
                until(lambda job=job: ("ran", "", 0) in planned(home, job))
            until(lambda: ("skipped", "today's issue is in", None) in planned(home, "epaper"))
            code, said = end(process)
    assert code == 0, said
    for job in ("columns", "epaper", "given"):
        assert ("skipped", "the last run still runs", None) in planned(home, job)
    ran = home.rows(
        "SELECT DISTINCT p.job, r.spider FROM run r JOIN planned p ON p.id = r.planned_id"
        " WHERE r.state = 'finished' ORDER BY p.job"
    )
    assert ran == [("columns", "columns"), ("epaper", "epaper"), ("given", "article")]
    assert len(stored(home)) == 5
    assert home.rows("SELECT count(*) FROM outcome WHERE outcome = 'new'") == [(5,)]
    assert leased(home) == []
    check(home)


def test_stopped_in_the_middle_of_a_crawl_it_goes_on_where_it_was(tmp_path):
    """SIGTERM loses nothing and fetches nothing twice; what fell due meanwhile is caught up once, and said."""
    paths = many(30)
    with SmallSite(site_of(paths)) as site:
        job = {"name": "columns", "spider": "columns", "every": "1s"}
        home = home_of(tmp_path, profile(site.url, delay=0.15), job)
        with scheduled(home) as process:
            until(lambda: len(stored(home)) >= 3)
            code, said = end(process)
        assert code == 0, said
        before = stored(home)
        assert len(before) < len(paths)
        assert home.rows("SELECT state, why FROM run") == [("interrupted", "shutdown")]
        assert leased(home) == []
        assert home.rows("SELECT count(*) FROM ledger WHERE state = 'pending'") == [(len(paths) - len(before),)]
        first, *others = planned(home, "columns")
        assert first == ("ran", "the scheduler was stopped (SIGTERM); run 1 interrupted: shutdown", 0)
        assert {row[:2] for row in others} <= {("skipped", "the last run still runs")}
        number = len(planned(home, "columns"))
        until(lambda: now() - last_due(home) > timedelta(seconds=3))
        with scheduled(home) as process:
            until(lambda: home.rows("SELECT 1 FROM planned WHERE outcome = 'late' AND finished_at IS NOT NULL"))
            assert end(process)[0] == 0
    missed, late, *_ = planned(home, "columns")[number:]
    assert missed[0] == "missed"
    assert missed[1].endswith(": the scheduler was not running")
    assert (late[0], late[2]) == ("late", 0)
    assert late[1].endswith(" after it was due")
    assert [row[0] for row in planned(home, "columns")].count("late") == 1
    assert stored(home) == paths
    assert sorted(site.asked("/a/")) == paths
    check(home, site)


def test_crawl_that_reaches_its_time_limit_is_stopped_in_order(tmp_path):
    """A crawl that takes too long gives way; what it had not fetched waits for the job's next run."""
    paths = many(200)  # more than the time limit lets it fetch, which a busy machine needs to begin
    with SmallSite(site_of(paths)) as site:
        job = {"name": "columns", "spider": "columns", "every": "1s", "time_limit": "20s"}
        home = home_of(tmp_path, profile(site.url, delay=0.2), job)
        with scheduled(home) as process:
            until(lambda: home.rows("SELECT 1 FROM planned WHERE finished_at IS NOT NULL"))
            assert end(process)[0] == 0
    assert planned(home, "columns")[0] == ("ran", "stopped at its time limit of 20 s; run 1 interrupted: shutdown", 0)
    assert leased(home) == []
    assert 0 < len(stored(home)) < len(paths)
    assert sorted(site.asked("/a/")) == stored(home)
    assert home.rows("SELECT count(*) FROM ledger") == [(len(paths) + 1,)]
    check(home, site)


def test_killed_scheduler_is_followed_by_a_new_one(tmp_path):
    """After kill -9 the crawl ends its work alone, the new scheduler waits for it, and no article is stored twice."""
    paths = many(40)
    met = threading.Event()  # the new scheduler has met the crawl; until then the site takes its time

    def slowly(path: str) -> str:
        met.wait(3)
        return article(path)

    with SmallSite({"/list.html": listing(*paths)} | {path: partial(slowly, path) for path in paths}) as site:
        home = home_of(tmp_path, profile(site.url), {"name": "columns", "spider": "columns", "every": "1s"})
        with scheduled(home) as process:
            until(lambda: site.asked("/a/"))
            process.kill()
            process.communicate()
        ((crawl,),) = home.rows("SELECT pid FROM run")
        with scheduled(home) as process:
            until(lambda: ("skipped", f"the last run still runs (process {crawl})", None) in planned(home, "columns"))
            met.set()
            until(lambda: home.rows("SELECT 1 FROM planned WHERE finished_at IS NOT NULL AND outcome = 'ran'"))
            assert end(process)[0] == 0
    assert planned(home, "columns")[0] == ("ran", "the scheduler ended before it did", None)
    assert home.rows("SELECT pid, state FROM run WHERE id = 1") == [(crawl, "finished")]
    assert stored(home) == sorted(site.asked("/a/")) == paths
    check(home, site)


def test_crawl_that_is_stopped_while_it_opens_ends_in_order(tmp_path):
    """SIGTERM in the moments before Scrapy's engine runs, which Scrapy forgets to close, leaves nothing half open."""
    with SmallSite(site_of(many(2))) as site:
        home = home_of(tmp_path, profile(site.url))
        done = subprocess.run(
            [sys.executable, "-c", STOPPED_WHILE_OPENING],
            cwd=ROOT,
            env=home.environment,
            capture_output=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    assert home.rows("SELECT state, why FROM run") == [("interrupted", "shutdown")]
    assert leased(home) == []
