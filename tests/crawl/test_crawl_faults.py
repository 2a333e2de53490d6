"""A machine and a person that end a run: it ends in order, with one sentence, and the next one goes on."""

from __future__ import annotations

import base64
import random
import signal
import subprocess
import time

import pytest
from crawl_checks import check, table
from crawl_samples import ROOT, Answer, Home, SmallSite, article, listing, profile


def publish(site: SmallSite, count: int = 2) -> None:
    """A site with a list of articles `/a/1.html` …"""
    paths = [f"/a/{number}.html" for number in range(1, count + 1)]
    site.pages = {"/list.html": listing(*paths)} | {path: article(path) for path in paths}


def test_archive_that_is_full(tmp_path):
    """When the archive cannot be written the run ends with one sentence and nothing half; with room it goes on."""
    with SmallSite() as site:
        publish(site, 5)
        for number in range(1, 6):
            ballast = base64.b64encode(random.Random(number).randbytes(2_000_000)).decode()
            site.pages[f"/a/{number}.html"] = article(f"/a/{number}.html") + f"<!-- {ballast} -->"
        home = Home(tmp_path, profile(site.url))
        # No file may grow beyond 6 MB: the third article does not fit.
        limited = ["sh", "-c", 'ulimit -f 12000; exec "$@"', "sh", *home.command("columns", "CONCURRENT_REQUESTS=1")]
        done = subprocess.run(limited, cwd=ROOT, env=home.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 4
        assert done.stderr.splitlines()[-1].startswith("Error: ")
        assert "File too large" in done.stderr.splitlines()[-1]
        assert home.rows("SELECT state FROM run") == [("failed",)]
        assert 0 < len(table(home, "article")) < 5
        assert home.rows("SELECT count(*) FROM ledger WHERE state = 'leased'") == [(0,)]
        check(home)
        home.crawl("columns")
        assert len(table(home, "article")) == 5
        check(home)


def test_archive_that_is_taken_away(tmp_path):
    """A directory that vanishes under a run (a mount that went) fails it with a sentence; once back all is there."""
    with SmallSite() as site:
        publish(site, 3)
        home = Home(tmp_path, profile(site.url))
        warc, away = tmp_path / "data/warc", tmp_path / "away"
        site.on_request = lambda count: warc.rename(away) if count == 5 else None
        done = home.crawl("columns", "CONCURRENT_REQUESTS=1", "LOG_LEVEL=ERROR")
        assert done.returncode == 4
        assert "cannot be finished" in done.stderr
        [(state, why)] = home.rows("SELECT state, why FROM run")
        assert state == "failed"
        assert why in done.stderr
        away.rename(warc)
        site.on_request = lambda count: None
        home.crawl("columns")
        assert home.counts() == {"index": 1, "robots": 1}
        check(home, site)
    assert len(table(home, "article")) == 3


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 0)])
def test_told_to_stop(tmp_path, number, code):
    """SIGTERM and SIGINT end a run within seconds and in order: what is on the wire is stored, nothing stays leased."""
    with SmallSite() as site:
        publish(site, 30)
        home = Home(tmp_path, profile(site.url, delay=1.0))
        with home.start("columns") as crawl:
            site.on_request = lambda count: crawl.send_signal(number) if count == 5 else None
            said = crawl.communicate(timeout=60)[1]
            ended = time.monotonic()
        assert (crawl.returncode, said) == (code, "")
        assert ended - site.times[4] < 15
        assert len(site.requests) == 5
        assert home.rows("SELECT state, why, finished_at IS NOT NULL FROM run") == [("interrupted", "shutdown", 1)]
        assert home.counts() == {"index": 1, "new": 3, "robots": 1}
        assert home.rows("SELECT DISTINCT state, tries FROM ledger ORDER BY state") == [("done", 0), ("pending", 0)]
        check(home, site)
        site.on_request = lambda count: None
        home.crawl("columns", environment={"XHA_SITE": quick(home)})
        assert home.counts() == {"index": 1, "new": 27, "robots": 1}
        assert len(site.asked("/a/")) == len(set(site.asked("/a/"))) == 30
        check(home, site)


def quick(home: Home) -> str:
    """The same profile without a delay; its name."""
    text = (home.path / "site.toml").read_text("utf-8").replace("delay_seconds = 1.0", "delay_seconds = 0")
    (home.path / "quick.toml").write_text(text, "utf-8")
    return "quick.toml"


def test_stop_while_a_server_is_silent(tmp_path):
    """A run that is told to stop waits for what is on the wire no longer than for a page, and loses nothing."""
    with SmallSite() as site:
        publish(site, 6)
        site.pages["/a/1.html"] = Answer(wire=b"", silence=True)
        home = Home(tmp_path, profile(site.url))
        with home.start("columns", environment={"XHA_PAGE_TIMEOUT": "3s"}) as crawl:
            while "/a/1.html" not in site.requests:
                time.sleep(0.05)
            crawl.terminate()
            crawl.communicate(timeout=60)
            assert time.monotonic() - site.times[-1] < 20
        assert site.requests.count("/a/1.html") == 1
        assert home.rows("SELECT state FROM run") == [("interrupted",)]
        site.pages["/a/1.html"] = article("/a/1.html")
        home.crawl("columns")
        assert len(table(home, "article")) == 6
        check(home)
