"""What never ends and what is too much: time, memory and the number of requests are bounded, the rest is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from crawl_checks import check
from crawl_samples import Home
from fault_site import Crawled, crawl

from crawler.follow import MOST_STEPS
from crawler.middlewares import ROBOTS_MAX_BYTES
from demo import faults
from demo.faults_pages import GOOD
from demo.faults_plays import PIECE
from demo.faults_server import Exchange, FaultServer
from demo.faults_traps import traps

MAX_PEAK_BYTES = 400_000_000
"""Of a crawl that meets all large pages at once; one that meets none takes some 140 MB."""
LARGE = {
    "bomb": "response not whole: more than 20 MB",
    "huge": "response not whole: longer than page_max_bytes",
    "endless": "response not whole: longer than page_max_bytes",
    "endless-head": "connection lost",
}
LIST_PAGES = 10
"""`max_pages` of the channels of this site."""
RULES = b"User-agent: *\nDisallow: /good/2\n"
LATE_RULE = b"Disallow: /good/3\n"
"""Stands behind what is read of a robots.txt."""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    """One crawl of all large pages, behind a robots.txt of 50 MB."""

    async def robots(exchange: Exchange) -> None:
        await exchange.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 50000000\r\n\r\n" + RULES)
        for number in range(50_000_000 // len(PIECE)):
            await exchange.send(PIECE + LATE_RULE if number == ROBOTS_MAX_BYTES // len(PIECE) else PIECE)

    with FaultServer(faults.site(faults.large_faults()) | {"/robots.txt": robots}) as server:
        home = Home(tmp_path_factory.mktemp("large"), faults.profile(server.url))
        yield crawl(home, server, environment={"XHA_PAGE_TIMEOUT": "120s"})


@pytest.mark.parametrize("name", LARGE)
def test_large_page(large, name):
    """A page far above what a page may be is cut off, says so, and is no article."""
    assert large.ends[name] == ("failed", LARGE[name])


def test_memory_is_bounded(large):
    """A gzip bomb, 500 MB and two answers without end, all at once, must not take the machine's memory."""
    assert 50_000_000 < large.peak_bytes < MAX_PEAK_BYTES


def test_large_pages_harm_no_other(large):
    """What comes as it should is stored beside them; robots.txt of 50 MB is obeyed as far as it is read."""
    assert (large.code, large.said) == (0, "")
    assert large.home.counts() == {"failed": len(LARGE) + 1, "index": 1, "new": GOOD - 1, "robots": 1}
    assert {"/good/2.html", "/good/3.html"} & set(large.requests) == {"/good/3.html"}
    check(large.home)


def test_large_pages_are_kept_as_far_as_they_came(large):
    """The archive holds what was read before the end, marked as truncated, and never the whole 500 MB."""
    kept = dict(large.home.rows("SELECT replace(url, rtrim(url, replace(url, '/', '')), ''), truncated FROM capture"))
    assert {name: kept[f"{name}.html"] for name in ("bomb", "huge", "endless")} == {
        "bomb": "unspecified",
        "huge": "length",
        "endless": "length",
    }
    assert kept["robots.txt"] == "length"
    assert sum(path.stat().st_size for path in (large.home.path / "data/warc").iterdir()) < 100_000_000


@pytest.mark.parametrize("name", list(faults.slow_faults()))
def test_slow_page(slow, name):
    """A server that says nothing, stops half-way, or sends a byte a second costs the time limit and one count."""
    assert slow.ends[name] == ("failed", "timed out")
    assert slow.requests.count(f"/bad/{name}.html") == 2


def test_slow_pages_harm_no_other(slow):
    """The rest of the site is stored while they are waited for."""
    assert (slow.code, slow.said) == (0, "")
    assert slow.home.counts() == {"failed": 3, "index": 1, "new": GOOD, "robots": 1}
    late = slow.home.rows("SELECT next_check_at IS NOT NULL FROM ledger WHERE state = 'failed'")
    assert late == [(1,)] * 3
    check(slow.home)


@pytest.fixture(scope="module")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    """One crawl of all that is without end in time."""
    with FaultServer(faults.site(faults.slow_faults())) as server:
        home = Home(tmp_path_factory.mktemp("slow"), faults.profile(server.url))
        yield crawl(home, server, environment={"XHA_PAGE_TIMEOUT": "4s"}, longest_seconds=100)


@pytest.fixture(scope="module")
def trapped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    """One crawl of every trap, to its end: `full` walks on where a page brings nothing new."""
    with FaultServer({}, host="127.0.0.2") as inside:
        lists = traps(inside.url)
        with FaultServer(faults.site({}, lists)) as server:
            home = Home(tmp_path_factory.mktemp("traps"), faults.profile(server.url, lists=lists))
            yield crawl(home, server, inside, environment={"XHA_PAGE_TIMEOUT": "60s"}, full="1")


def asked(crawled: Crawled) -> Counter[str]:
    """Path without its query → how often it was asked for."""
    return Counter(path.partition("?")[0] for path in crawled.requests)


def test_endless_lists_end(trapped):
    """Pagers and calendars without a last page are walked as far as the profile allows, and the run says so."""
    assert (asked(trapped)["/pages"], asked(trapped)["/calendar"]) == (LIST_PAGES, LIST_PAGES)
    [(notes,)] = trapped.home.rows("SELECT notes FROM run")
    assert f"channel pages: stopped after {LIST_PAGES} list pages" in notes
    assert f"channel calendar: stopped after {LIST_PAGES} list pages" in notes


def test_endless_steps_end(trapped):
    """Refreshes, frames and lists of lists that lead on without end are followed some steps, and the run says so."""
    most = MOST_STEPS + 1
    assert {path: asked(trapped)[path] for path in ("/moves", "/frames", "/maps")} == {
        "/moves": most,
        "/frames": most,
        "/maps": most,
    }
    [(notes,)] = trapped.home.rows("SELECT notes FROM run")
    assert "could not be read: refreshes on and on (5 in a row)" in notes
    assert "channel frames: lists lead on and on (5 in a row)" in notes


def test_traps_grow_no_deeper(trapped):
    """A later run asks for no more of a trap than the first: else the traps would grow with every run."""
    before = trapped.home.rows("SELECT count(*) FROM ledger")
    again = trapped.home.crawl("columns")
    assert again.returncode in (0, 6)
    assert trapped.home.rows("SELECT count(*) FROM ledger") == before


def test_odd_links(trapped):
    """An article linked in seven ways is one, asked for once; links to scripts, files and other hosts are none."""
    assert {path: many for path, many in asked(trapped).items() if path.endswith("/good/1.html")} == {"/good/1.html": 1}
    ledger = [url for (url,) in trapped.home.rows("SELECT url FROM ledger")]
    own = trapped.home.rows("SELECT url FROM capture WHERE url LIKE '%/robots.txt'")[0][0].removesuffix("robots.txt")
    assert [url for url in ledger if not url.startswith(own)] == []
    assert max(map(len, ledger)) < 200


def test_no_link_leads_inside(trapped):
    """No link, refresh or frame brings a request to the network the crawler stands in."""
    assert trapped.inside == ()
    assert trapped.home.rows("SELECT url FROM ledger WHERE url LIKE '%/news/20240506/%'") == []
    assert ("refreshes off the site to 127.0.0.2",) in trapped.home.rows("SELECT reason FROM outcome")


def test_rest_is_stored_beside_traps(trapped):
    """Traps cost their own pages and no article."""
    assert (trapped.code, trapped.said) == (0, "")
    assert trapped.home.rows("SELECT count(*) FROM article WHERE url LIKE '%/good/%'") == [(GOOD,)]
    check(trapped.home)
