"""A site that fails as a whole or in the middle: half is not taken for whole, nothing is lost, nothing marked gone."""

from __future__ import annotations

import gzip
from itertools import cycle

import pytest
from crawl_checks import check, locator
from crawl_samples import Answer, Home, SmallSite, article, headline, listing, profile
from paper_samples import CONTENT, FRIDAY, paper_profile, pc

from demo.faults_server import FaultServer
from storage.archive.reader import read_capture
from storage.records import Capture

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"


def publish(site: SmallSite, count: int = 2) -> None:
    """A site with a list of articles `/a/1.html` …"""
    paths = [f"/a/{number}.html" for number in range(1, count + 1)]
    site.pages = {"/list.html": listing(*paths)} | {path: article(path) for path in paths}


def archived(home: Home, url: str) -> Capture:
    """The last response of an address, from the archive."""
    return read_capture(home.path / "data/warc", locator(home, url))


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


@pytest.mark.parametrize("silent", [True, False])
def test_nothing_is_gone_because_a_site_is_down(tmp_path, silent):
    """A site that does not answer, or answers everything with an error of its own, has removed no article."""
    errors = [Answer("broken", 500), Answer("closed to us", 403), Answer("not here for you", 451)]
    with SmallSite() as site:
        publish(site, 3)
        home = Home(tmp_path, profile(site.url))
        home.crawl("columns")
        paths = list(site.pages)
        site.pages = {path: Answer(wire=b"") if silent else error for path, error in zip(paths, cycle(errors))}
        urls = " ".join(f"{site.url}/a/{number}.html" for number in (1, 2, 3))
        for spider, given in (("columns", {"full": "1"}), ("article", {"urls": urls})):
            done = home.crawl(spider, "LOG_LEVEL=ERROR", **given)
            assert done.returncode == (6 if silent else 0)
            assert done.stderr.count("\n") <= 1
        assert home.rows("SELECT count(*) FROM article WHERE gone_at IS NULL") == [(3,)]
        assert home.rows("SELECT count(*) FROM outcome WHERE outcome = 'gone'") == [(0,)]
        check(home)
        publish(site, 3)
        home.crawl("article", urls=urls)
        assert home.counts() == {"robots": 1, "same": 3}


def test_issue_that_lists_another_host(tmp_path):
    """An e-paper whose index names an article of another host, in the shape of its own, must not lead us there."""
    with FaultServer({}, host="127.0.0.2") as inside, SmallSite() as site:
        site.pages = pc(FRIDAY)
        first, own = f"{CONTENT}/{FRIDAY:%Y%m%d}/Page01BC.htm", "Articel01001NR.htm"
        listed = site.pages[first].replace(f'"{own}"', f'"{inside.url}{CONTENT}/{FRIDAY:%Y%m%d}/{own}"')
        site.pages[first] = listed
        home = Home(tmp_path, paper_profile(site.url))
        done = home.crawl("epaper", "LOG_LEVEL=ERROR", since=str(FRIDAY), until=str(FRIDAY))
        assert (done.returncode, done.stderr) == (0, "")
        assert inside.url in listed
        assert inside.requests == []
        failed = home.rows("SELECT reason FROM outcome WHERE outcome = 'failed'")
        assert failed == [("leads off the site to 127.0.0.2",)]
        assert home.rows("SELECT count(*) FROM article") == [(3,)]
        check(home)
