"""Everything a network does to a response: the run ends, each response is kept as far as it came, and counted."""

from __future__ import annotations

import base64
import gzip
import random
import signal
import subprocess
import time

import pytest
from crawl_checks import check, locator, table
from crawl_samples import ROOT, Answer, Home, SmallSite, article, headline, listing, profile

from storage.archive.reader import read_capture
from storage.records import Capture

PATIENCE = {"XHA_PAGE_TIMEOUT": "1s"}
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"


def publish(site: SmallSite, count: int = 2) -> None:
    """A site with a list of articles `/a/1.html` …"""
    paths = [f"/a/{number}.html" for number in range(1, count + 1)]
    site.pages = {"/list.html": listing(*paths)} | {path: article(path) for path in paths}


def archived(home: Home, url: str) -> Capture:
    """The last response of an address, from the archive."""
    return read_capture(home.path / "data/warc", locator(home, url))


def test_stalled_response_is_given_up(tmp_path):
    """A server that falls silent, before or in the middle of its answer, costs the time limit and one count."""
    with SmallSite() as site:
        publish(site, 3)
        site.pages["/a/1.html"] = Answer(wire=b"", silence=True)
        site.pages["/a/2.html"] = Answer(wire=HEAD + b"Content-Length: 5000\r\n\r\n<html>", silence=True)
        home = Home(tmp_path, profile(site.url))
        done = home.crawl("columns", environment=PATIENCE)
        assert done.returncode == 0, done.stderr
        assert sorted(site.asked("/a/")) == ["/a/1.html"] * 2 + ["/a/2.html"] * 2 + ["/a/3.html"]
        assert home.counts() == {"failed": 2, "index": 1, "new": 1, "robots": 1}
        assert home.rows("SELECT reason FROM outcome WHERE outcome = 'failed'") == [("timed out",)] * 2
        late = home.rows("SELECT url, next_check_at IS NOT NULL FROM ledger WHERE state = 'failed' ORDER BY url")
        assert late == [(f"{site.url}/a/{number}.html", 1) for number in (1, 2)]
        check(home)


@pytest.mark.parametrize("how", ["length", "chunked"])
def test_cut_response_is_tried_again_and_kept(tmp_path, how):
    """A body that ends too soon is tried again; the part that came is archived as truncated and is no article."""
    page = article("/a/1.html").encode()
    half = page[: len(page) // 2]
    with SmallSite() as site:
        publish(site)
        chunked = HEAD + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n" % (len(half), half)
        site.pages["/a/1.html"] = Answer(wire=chunked) if how == "chunked" else Answer(half, promised=len(page))
        home = Home(tmp_path, profile(site.url))
        home.crawl("columns")
        assert home.counts() == {"failed": 1, "index": 1, "new": 1, "retried": 1, "robots": 1}
        kept = archived(home, f"{site.url}/a/1.html")
        assert (kept.truncated, kept.body) == ("disconnect", half)
        assert home.rows("SELECT reason FROM outcome WHERE outcome = 'failed'") == [("response not whole: disconnect",)]
        check(home, site)
        site.pages["/a/1.html"] = article("/a/1.html")
        home.crawl("article", urls=f"{site.url}/a/1.html")
        assert home.counts() == {"new": 1, "robots": 1}


def test_half_a_list_is_no_list(tmp_path):
    """A list page that was cut is not taken for a whole one: what stands behind the cut is found by the next run."""
    with SmallSite() as site:
        publish(site, 4)
        page = site.pages["/list.html"]
        half = page[: page.index("/a/3.html")]
        cut = Answer(half, headers={"ETag": '"1"'}, promised=len(page.encode()))
        site.pages["/list.html"] = cut
        home = Home(tmp_path, profile(site.url))
        home.crawl("columns")
        assert home.counts() == {"failed": 1, "retried": 1, "robots": 1}
        site.pages["/list.html"] = Answer(page, headers={"ETag": '"1"'})
        home.crawl("columns")
        assert home.counts() == {"index": 1, "new": 4, "robots": 1}
        check(home, site)


def test_site_that_is_down(tmp_path):
    """No answer at all: not zero, one sentence that names the host and the demo, nothing lost, the next run goes on."""
    with SmallSite() as site:
        publish(site, 3)
        home = Home(tmp_path, profile(site.url))
        home.crawl_until(site, 3, "columns")  # three articles are known, none is stored
    done = home.crawl("columns", "LOG_LEVEL=ERROR")
    assert done.returncode == 6
    assert done.stderr.strip() == (
        f"Error: The site cannot be reached: no answer from 127.0.0.1:{site.port} (connection refused). "
        "What was to be fetched waits in the ledger; try again later, or see the archive at work on its replica: "
        "make demo"
    )
    assert home.rows("SELECT DISTINCT state, tries FROM ledger WHERE kind = 'article'") == [("pending", 0)]
    assert set(home.counts()) == {"failed"}
    with SmallSite(site.pages, port=site.port) as site:
        assert home.crawl("columns").returncode == 0
        assert home.counts() == {"index": 1, "new": 3, "robots": 1}
        check(home)


def test_site_that_goes_down_is_left_alone(tmp_path):
    """A site that stops answering in the middle of a run is not knocked at for every page there is."""
    with SmallSite() as site:
        publish(site, 200)
        home = Home(tmp_path, profile(site.url))
        stop = Answer(wire=b"")
        for number in range(6, 201):
            site.pages[f"/a/{number}.html"] = stop
        done = home.crawl("columns", "LOG_LEVEL=ERROR", environment={"XHA_RETRIES": "0"})
        assert done.returncode == 6
        assert "stopped answering" in done.stderr
        assert len(site.requests) < 60
        assert home.rows("SELECT state FROM run") == [("failed",)]
        check(home)
    assert home.rows("SELECT count(*) FROM article") == [(5,)]
    waiting = home.rows("SELECT count(*) FROM ledger WHERE state = 'pending'")[0][0]
    assert waiting > 150


def test_body_above_the_limit_is_cut_off(tmp_path):
    """A body larger than a page may be is kept up to the limit, marked so, and is no article; the rest goes on."""
    with SmallSite() as site:
        publish(site)
        site.pages["/a/1.html"] = article("/a/1.html") + "<!-- " + "x" * 3_000_000 + "-->"
        home = Home(tmp_path, profile(site.url))
        home.crawl("columns", environment={"XHA_PAGE_MAX_BYTES": "100000"})
        assert home.counts() == {"failed": 1, "index": 1, "new": 1, "robots": 1}
        kept = archived(home, f"{site.url}/a/1.html")
        assert kept.truncated == "length"
        assert 100_000 < len(kept.body) < 500_000
        check(home, site)


def test_codings(tmp_path):
    """A content coding stays on in the archive and is off for the reader; a transfer coding is off in both."""
    pages = {path: article(path).encode() for path in ("/a/1.html", "/a/2.html")}
    first, second = pages.values()
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (second[:100], second[100:]))
    with SmallSite() as site:
        publish(site, 2)
        site.pages["/a/1.html"] = Answer(gzip.compress(first), headers={"Content-Encoding": "gzip"})
        site.pages["/a/2.html"] = Answer(wire=HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + chunks + b"0\r\n\r\n")
        home = Home(tmp_path, profile(site.url))
        home.crawl("columns")
        zipped, chunked = (archived(home, site.url + path) for path in pages)
        assert (gzip.decompress(zipped.body), zipped.header("Content-Encoding")) == (first, "gzip")
        assert (chunked.body, chunked.header("Content-Encoding")) == (second, None)
        check(home, site)
    assert {row[0] for row in home.rows("SELECT title FROM article")} == {headline(path) for path in pages}


def test_lying_charset(tmp_path):
    """A header that lies about the charset costs no character."""
    lies = {"/a/1.html": ("gb2312", "utf-8"), "/a/2.html": ("utf-8", "gbk"), "/a/3.html": ("iso-8859-1", "gbk")}
    with SmallSite() as site:
        publish(site, 3)
        for path, (said, sent) in lies.items():
            heads = {"Content-Type": f"text/html; charset={said}"}
            site.pages[path] = Answer(article(path).encode(sent), headers=heads)
        home = Home(tmp_path, profile(site.url))
        home.crawl("columns")
        check(home, site)
    found = home.rows("SELECT title, body LIKE '%镇里还安排了专人负责日常巡查和养护。%' FROM article")
    assert sorted(found) == sorted((headline(path), 1) for path in lies)


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
        assert "is the disk full?" in done.stderr.splitlines()[-1]
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
        home = Home(tmp_path, profile(site.url, delay=0.4))
        with home.start("columns") as crawl:
            site.on_request = lambda count: crawl.send_signal(number) if count == 5 else None
            said = crawl.communicate(timeout=60)[1]
            ended = time.monotonic()
        assert (crawl.returncode, said) == (code, "")
        assert ended - site.times[4] < 5
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
    text = (home.path / "site.toml").read_text("utf-8").replace("delay_seconds = 0.4", "delay_seconds = 0")
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
            crawl.communicate(timeout=20)
            assert time.monotonic() - site.times[-1] < 6
        assert home.rows("SELECT state FROM run") == [("interrupted",)]
        site.pages["/a/1.html"] = article("/a/1.html")
        home.crawl("columns")
        assert len(table(home, "article")) == 6
        check(home)
