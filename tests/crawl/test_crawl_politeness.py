"""robots.txt, one delay for all, patience where the site asks for it, nothing said that need not be (law 9)."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise

import pytest
from crawl_checks import check, check_pace, make_database
from crawl_samples import Answer, Home, SmallSite, article, listing, profile
from scrapy.http import Response

from crawler.pace import retry_after
from crawler.robots import LONGEST_CRAWL_DELAY_SECONDS
from storage.store.pace import LONGEST_PAUSE_SECONDS

DELAY = 0.5
"""Seconds between requests in these tests."""
LATE = 0.1
"""Seconds that two clocks may differ by."""


def publish(site: SmallSite, count: int) -> None:
    """A site with a list of articles `/a/1.html` …"""
    paths = [f"/a/{number}.html" for number in range(1, count + 1)]
    site.pages = {"/list.html": listing(*paths)} | {path: article(path) for path in paths}


def test_robots_is_obeyed(tmp_path):
    """What robots.txt forbids is not fetched, and is counted with that reason; robots.txt itself is archived."""
    with SmallSite() as site:
        publish(site, 3)
        site.pages["/robots.txt"] = "User-agent: *\nDisallow: /a/2"
        home = Home(tmp_path, profile(site.url))
        done = home.crawl("columns")
        assert done.returncode == 0, done.stderr
        assert sorted(site.asked("/a/")) == ["/a/1.html", "/a/3.html"]
        assert home.counts() == {"failed": 1, "index": 1, "new": 2, "robots": 1}
        check(home, site)
    refused = home.rows("SELECT url, reason, capture_id FROM outcome WHERE outcome = 'failed'")
    assert refused == [(f"{site.url}/a/2.html", "forbidden by robots.txt", None)]
    assert home.rows("SELECT kind, status FROM capture WHERE url LIKE '%/robots.txt'") == [("robots", 200)]


def test_robots_is_obeyed_by_all_that_wait_for_it(tmp_path):
    """Pages that are due at the start of a run wait for robots.txt together; it speaks to each of them."""
    with SmallSite() as site:
        publish(site, 8)
        site.pages["/robots.txt"] = "User-agent: *\nDisallow: /a/"
        home = Home(tmp_path, profile(site.url))
        done = home.crawl("article", urls=" ".join(f"{site.url}/a/{number}.html" for number in range(1, 9)))
        assert done.returncode == 0, done.stderr
        assert site.asked() == []
        assert home.counts() == {"failed": 8, "robots": 1}


def test_crawl_delay_of_robots_is_kept(tmp_path):
    """A site that asks for a slower pace than ours would be asked at ours; a slower one than any run can keep, not."""
    with SmallSite() as site:
        publish(site, 2)
        site.pages["/robots.txt"] = f"User-agent: *\nCrawl-delay: {DELAY}"
        home = Home(tmp_path, profile(site.url))
        assert home.crawl("columns").returncode == 0
        check_pace(site.times, DELAY)
        asked = f"robots.txt of 127.0.0.1:{site.port} asks for"
        assert home.rows("SELECT notes FROM run") == [(f'["{asked} {DELAY} s between requests"]',)]
        site.pages["/robots.txt"] = "User-agent: *\nCrawl-delay: 1e300"
        newest = "SELECT notes FROM run ORDER BY id DESC"
        with home.start("columns") as crawl:
            while crawl.poll() is None and "are kept" not in home.rows(newest)[0][0]:
                time.sleep(0.1)
            crawl.terminate()
        assert (
            f"{asked} 1e+300 s between requests; {LONGEST_CRAWL_DELAY_SECONDS:g} s are kept" in home.rows(newest)[0][0]
        )


def test_a_site_that_forbids_all_is_there(tmp_path):
    """A site that forbids everything was reached: no error, no word of an unreachable site."""
    with SmallSite() as site:
        publish(site, 1)
        site.pages["/robots.txt"] = "User-agent: *\nDisallow: /"
        home = Home(tmp_path, profile(site.url))
        done = home.crawl("columns", "LOG_LEVEL=ERROR")
        assert site.asked() == []
        check(home, site)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("status", [500, 503, 429])
def test_robots_that_cannot_be_had_closes_the_site(tmp_path, status):
    """Where robots.txt answers with an error of the server nothing is fetched; the next run finds all."""
    with SmallSite() as site:
        publish(site, 2)
        site.pages["/robots.txt"] = Answer("busy", status)
        home = Home(tmp_path, profile(site.url))
        done = home.crawl("columns", "BUSY_WAIT_SECONDS=0.1")
        assert site.asked() == []
        assert done.returncode == 6
        assert f"robots.txt answers HTTP {status}" in done.stderr.splitlines()[-1]
        check(home, site)
        del site.pages["/robots.txt"]
        home.crawl("columns", "BUSY_WAIT_SECONDS=0.1")
        assert home.counts() == {"index": 1, "new": 2, "robots": 1}
        check(home, site)


def test_robots_is_followed_to_another_host(tmp_path):
    """robots.txt may lie on another host (RFC 9309, 2.3.1.2); its rules hold for the host that was asked."""
    with SmallSite() as site:
        publish(site, 2)
        elsewhere = f"http://localhost:{site.port}/rules.txt"
        site.pages["/robots.txt"] = Answer(status=302, headers={"Location": elsewhere})
        site.pages["/rules.txt"] = "User-agent: *\nDisallow: /a/2"
        home = Home(tmp_path, profile(site.url))
        home.crawl("columns")
        assert site.asked("/a/") == ["/a/1.html"]
        check(home, site)


def test_delay_holds_between_requests(tmp_path):
    """No request starts sooner than the delay after the one before, robots.txt included."""
    with SmallSite() as site:
        publish(site, 6)
        home = Home(tmp_path, profile(site.url, delay=DELAY))
        home.crawl("columns")
        assert len(site.requests) == 8
        check_pace(site.times, DELAY)


def test_delay_holds_across_processes(tmp_path):
    """Two crawls of one site at once keep one delay between them, and fetch every article once."""
    with SmallSite() as site:
        publish(site, 5)
        more = [f"/b/{number}.html" for number in range(1, 6)]
        site.pages |= {"/life.html": listing(*more)} | {path: article(path + "9") for path in more}
        life = f'[[channel]]\nname = "life"\ntitle = "民生"\nstart = ["{site.url}/life.html"]\nlinks = [".list a"]\n'
        home = Home(tmp_path, profile(site.url, life, delay=DELAY))
        make_database(home)
        with home.start("columns", channel="news") as one, home.start("columns", channel="life") as other:
            said = [crawl.communicate(timeout=60)[1] for crawl in (one, other)]
        assert (one.returncode, other.returncode, said) == (0, 0, ["", ""])
        check_pace(site.times, DELAY)
        assert len(site.asked()) == len(set(site.asked())) == 12
    check(home)
    assert home.rows("SELECT count(*) FROM article") == [(10,)]


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_retry_after_is_waited_for(tmp_path, form):
    """429 with Retry-After: nothing at all is asked of the site until then, then the page is fetched."""
    wait = 2.0
    with SmallSite() as site:
        publish(site, 6)
        page = site.pages["/a/2.html"]
        asked: list[float] = []

        def answer() -> Answer:
            asked.append(time.monotonic())
            until = datetime.now(UTC) + timedelta(seconds=wait + 1)  # a date has no fractions
            value = "2" if form == "seconds" else format_datetime(until, usegmt=True)
            return Answer("slow down", 429, {"Retry-After": value}) if len(asked) == 1 else Answer(page)

        site.pages["/a/2.html"] = answer
        home = Home(tmp_path, profile(site.url, delay=0.05))
        home.crawl("columns")
        assert len(asked) == 2
        behind = [moment for moment in site.times if moment > asked[0] + wait / 2]  # what was on its way is let pass
        assert min(behind) >= asked[0] + wait - LATE
        assert home.counts() == {"index": 1, "new": 6, "retried": 1, "robots": 1}
        check(home, site)


def test_long_pause_ends_the_run(tmp_path):
    """A site that asks for an hour gets it: the run ends in order and says so, later runs keep the pause."""
    with SmallSite() as site:
        publish(site, 5)
        site.pages["/a/1.html"] = Answer("maintenance", 503, {"Retry-After": "3600"})
        home = Home(tmp_path, profile(site.url, delay=0.1))
        done = home.crawl("columns")
        assert done.returncode == 0
        assert site.requests[-1] == "/a/1.html"
        assert home.counts() == {"failed": 1, "index": 1, "robots": 1}
        assert "left alone until" in home.rows("SELECT notes FROM run")[0][0]
        assert home.rows("SELECT count(*) FROM ledger WHERE state = 'pending' AND tries = 0") == [(4,)]
        check(home, site)
        before = len(site.requests)
        home.crawl("columns")
        assert len(site.requests) == before
        assert "left alone until" in home.rows("SELECT notes FROM run")[1][0]
        check(home, site)


def test_busy_site_is_asked_less_and_less(tmp_path):
    """503 with a Retry-After of 0 or none: our own pause, tries with growing waits, then counted as failed."""
    with SmallSite() as site:
        publish(site, 1)
        heads = iter(({"Retry-After": "0"}, {}, {}))
        site.pages["/a/1.html"] = lambda: Answer("busy", 503, next(heads))
        home = Home(tmp_path, profile(site.url))
        waits = ("BUSY_WAIT_SECONDS=1.0", "RETRY_WAIT_SECONDS=0.3")
        home.crawl("columns", *waits, environment={"XHA_RETRIES": "2"})
        tried = [moment for moment, path in zip(site.times, site.requests, strict=True) if path == "/a/1.html"]
        first, second = (later - earlier for earlier, later in pairwise(tried))
        assert first >= 1.0 - LATE
        assert second >= 1.2 - LATE
        assert home.counts() == {"failed": 1, "index": 1, "retried": 2, "robots": 1}
        [(state, error, again)] = home.rows("SELECT state, error, next_check_at FROM ledger WHERE kind = 'article'")
        assert (state, error) == ("failed", "HTTP 503")
        assert again is not None
        check(home, site)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("0", 0), ("120", 120), ("9" * 400, LONGEST_PAUSE_SECONDS), ("²", None), ("-5", None), ("soon", None)],
)
def test_retry_after_of_any_kind(value, seconds):
    """A Retry-After that is no time, or no time that a calendar has, would cost the answer that carries it."""
    assert retry_after(Response("http://a.cn/", headers={"Retry-After": value.encode("latin-1")})) == seconds


def test_who_is_asking(tmp_path):
    """Requests name the project and the contact of `xha.toml`, carry no referer, and no cookie is ever sent back."""
    with SmallSite() as site:
        publish(site, 2)
        cookie = {"Set-Cookie": "who=you; Path=/"}
        site.pages["/list.html"] = Answer(site.pages["/list.html"], headers=cookie)
        home = Home(tmp_path, profile(site.url), more='contact = "mailto:archive@example.org"\n')
        home.crawl("columns")
        agent = "Mozilla/5.0 (compatible; xihaian-archive/0.1; news archive; mailto:archive@example.org)"
        assert {head["User-Agent"] for head in site.heads} == {agent}
        assert {name for head in site.heads for name in head} & {"Cookie", "Referer"} == set()


def test_proxy_is_used(tmp_path):
    """`http_proxy` is honoured: a site whose name nobody can resolve is crawled through it."""
    with SmallSite() as proxy:
        url = "http://news.invalid"
        proxy.pages = {
            f"{url}/list.html": listing("/a/1.html"),
            f"{url}/a/1.html": article("/a/1.html"),
        }
        home = Home(tmp_path, profile(url).replace("127.0.0.1", "news.invalid"))
        done = home.crawl("columns", environment={"http_proxy": f"http://me:secret@127.0.0.1:{proxy.port}"})
        assert done.returncode == 0, done.stderr
        assert proxy.requests == [f"{url}/robots.txt", f"{url}/list.html", f"{url}/a/1.html"]
        assert all("Proxy-Authorization" in head for head in proxy.heads)
        check(home, proxy)
    assert home.rows("SELECT url FROM article") == [(f"{url}/a/1.html",)]
    assert b"Proxy-Auth" not in b"".join(path.read_bytes() for path in (tmp_path / "data/warc").glob("*.cdxj"))


def test_no_proxy_is_heard(tmp_path):
    """Hosts in `no_proxy` are asked directly."""
    with SmallSite() as site, SmallSite() as proxy:
        publish(site, 1)
        home = Home(tmp_path, profile(site.url))
        environment = {"http_proxy": proxy.url, "no_proxy": "localhost,127.0.0.1"}
        home.crawl("columns", environment=environment)
        assert proxy.requests == []
        assert len(site.requests) == 3
