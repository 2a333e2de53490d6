"""One faulty page among well-made ones: it ends with a reason a person can read, and harms no other page."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from crawl_checks import check
from crawl_samples import Home
from fault_site import Crawled, crawl

from demo import faults
from demo.faults_pages import GOOD
from demo.faults_server import FaultServer
from demo.faults_traps import refresh

ENDS = {
    "reset": ("failed", "connection lost"),
    "closed": ("failed", "connection lost"),
    "not-http": ("failed", "connection lost"),
    "forbidden": ("failed", "HTTP 403"),
    "missing": ("gone", "HTTP 404"),
    "removed": ("gone", "HTTP 410"),
    "broken": ("failed", "HTTP 500"),
    "broken-for-a-while": ("new", "first seen"),
    "circle": ("failed", "too many redirects"),
    "on-and-on": ("failed", "too many redirects"),
    "leads-away": ("failed", "redirects off the site to localhost"),
    "leads-inside": ("failed", "redirects off the site to 127.0.0.2"),
    "leads-to-a-file": ("failed", "redirects to what is no web address"),
    "leads-to-nonsense": ("failed", "redirects to what is no address"),
    "leads-nowhere": ("failed", "HTTP 302"),
    "short": ("failed", "response not whole: disconnect"),
    "short-once": ("new", "first seen"),
    "chunk-missing": ("failed", "response not whole: disconnect"),
    "chunk-broken": ("failed", "response not whole: disconnect"),
    "gzip-cut": ("failed", "response not whole: gzip data breaks off"),
    "gzip-broken": ("failed", "response not whole: gzip data breaks off"),
    "gzip-not": ("new", "first seen"),
    "charset-unknown": ("new", "first seen"),
    "charset-lying": ("new", "first seen"),
    "charset-mixed": ("new", "first seen"),
    "binary": ("rejected", "not-html"),
    "noise": ("rejected", "not-html"),
    "empty": ("rejected", "no-body"),
    "challenge": ("rejected", "challenge"),
    "cookie": ("new", "first seen"),
    "cookie-asked": ("new", "first seen"),
    "refused": ("failed", "connection refused"),
    "no-such-host": ("failed", "host name not found"),
    "tls": ("failed", "TLS failure"),
    "named-inside": ("failed", "leads to the private address 127.0.0.2"),
}
"""Name of a faulty page → how it ends, and the reason that is stored and told."""
ASKED = {
    "broken": 2,
    "broken-for-a-while": 2,
    "short": 2,
    "short-once": 2,
    "reset": 2,
    "circle": 6,
    "on-and-on": 6,
    "forbidden": 1,
}
"""How often some of them are asked for in a run that may try twice."""
LEDGER = {"failed": "failed", "gone": "gone", "new": "done", "rejected": "done"}
"""How a page ends → what its ledger row says."""
INSIDE = "2130706434"
"""127.0.0.2 as a number: a name for the resolver, as the DNS of a site could have one."""


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    """One crawl of all of them."""
    with FaultServer({}, host="127.0.0.2") as inside, _nobody() as closed:
        port = inside.url.rpartition(":")[2]
        elsewhere = {
            "refused": f"http://127.0.0.1:{closed}",
            "no-such-host": "http://news.invalid",
            "tls": "https://127.0.0.1:{port}",
            "named-inside": f"http://{INSIDE}:{port}",
        }
        with FaultServer(faults.site(faults.page_faults(inside.url), elsewhere=elsewhere)) as server:
            home = Home(tmp_path_factory.mktemp("pages"), faults.profile(server.url, hosts=("news.invalid", INSIDE)))
            yield crawl(home, server, inside, environment={"XHA_PAGE_TIMEOUT": "30s"})


@contextmanager
def _nobody() -> Iterator[int]:
    """A port of 127.0.0.1 that nobody listens on, and nobody else can take meanwhile."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


def test_every_faulty_page_is_there(crawled):
    """A fault that no page of the crawl has would be in the table and not be tried."""
    assert set(crawled.ends) == set(ENDS)


@pytest.mark.parametrize("name", ENDS)
def test_page(crawled, name):
    """A faulty page ends in one way, with a reason in words that is stored, and its ledger row says what is next."""
    assert crawled.ends[name] == ENDS[name]
    outcome, reason = ENDS[name]
    [(state, error, tries, again)] = crawled.home.rows(
        "SELECT state, error, tries, next_check_at IS NOT NULL FROM ledger WHERE url LIKE ?", f"%/bad/{name}.html"
    )
    waits = outcome == "failed" or name == "missing"  # nobody has stored it: its list may have come before it
    assert state == ("failed" if waits else LEDGER[outcome])
    assert (error, again) == ((reason, 1) if waits or outcome == "gone" else (error, 0))
    assert tries == waits


@pytest.mark.parametrize("name", ASKED)
def test_page_is_asked_for(crawled, name):
    """What may pass is tried again, what will not is left alone, neither without end; what was answered is archived."""
    assert sum(path.startswith(f"/bad/{name}.html") for path in crawled.requests) == ASKED[name]
    kept = crawled.home.rows("SELECT count(*) FROM capture WHERE url LIKE ?", f"%/bad/{name}.html%")
    assert kept == [(0 if name == "reset" else ASKED[name],)]


def test_neighbours_are_unharmed(crawled):
    """A page that comes as it should is stored whole, whatever stands beside it; the run ends well, without a word."""
    assert (crawled.code, crawled.said) == (0, "")
    assert crawled.home.rows("SELECT state FROM run") == [("finished",)]
    good = crawled.home.rows(
        "SELECT count(*) FROM article WHERE url LIKE '%/good/%' AND title LIKE '鹭洲街道%口袋公园建成开放 家门口添新景'"
        " AND body LIKE '%补种两百棵行道树。%' AND source = '澜港日报' AND editor = '陈禾' AND gone_at IS NULL"
    )
    assert good == [(GOOD,)]
    check(crawled.home)


def test_charsets_cost_no_character(crawled):
    """A charset that is unknown, wrong or not kept to leaves the text as it was."""
    rows = crawled.home.rows(
        "SELECT body LIKE '%还安排了专人负责日常巡查和养护%' FROM article WHERE url LIKE '%/charset-%'"
    )
    assert rows == [(1,)] * 3


def test_nothing_inside_is_contacted(crawled):
    """No redirect and no name in the site's DNS brings a request to the network the crawler stands in."""
    assert crawled.inside == ()
    [(notes,)] = crawled.home.rows("SELECT notes FROM run")
    assert f"{INSIDE} was not contacted: it leads to the private address 127.0.0.2" in notes


def test_no_cookie_is_sent_back(crawled):
    """A site that hands out cookies must not tell one visit from the next."""
    assert any("/bad/cookie-asked.html" in head for head in crawled.heads)
    assert not [head for head in crawled.heads if "\r\ncookie:" in head.lower()]


def test_site_whose_name_leads_inside(tmp_path):
    """A whole site whose name leads to a private address is refused with a sentence that names the remedy; an address
    that the profile itself names is not."""
    with FaultServer(faults.site({})) as server:
        port = server.url.rpartition(":")[2]
        home = Home(tmp_path, faults.profile(f"http://0x7f.1:{port}").replace('"127.0.0.1"', '"0x7f.1"'))
        done = home.crawl("columns", "LOG_LEVEL=ERROR")
        assert done.returncode == 6
        assert f"no answer from 0x7f.1:{port} (leads to the private address 127.0.0.1)" in done.stderr
        assert server.requests == []
        text = (tmp_path / "site.toml").read_text("utf-8")
        (tmp_path / "site.toml").write_text(text.replace('"0x7f.1"', '"0x7f.1", "127.0.0.1"'), "utf-8")
        assert home.crawl("columns").returncode == 0
        assert home.counts() == {"index": 1, "new": GOOD, "robots": 1}


def test_address_given_by_hand(tmp_path):
    """`xha fetch` of a private address somebody typed is his own affair; where it redirects to is not."""
    with FaultServer({}, host="127.0.0.3") as inside, FaultServer({}, host="127.0.0.2") as given:
        given.plays = {
            "/1.html": faults.plays.page(faults.article(faults.told("1"))),
            "/2.html": faults.plays.redirect(f"{inside.url}/2.html"),
            "/3.html": faults.plays.page(refresh(f"{inside.url}/3.html")),
        }
        home = Home(tmp_path, faults.profile("http://127.0.0.1:9"))
        home.crawl("article", urls=" ".join(f"{given.url}/{number}.html" for number in (1, 2, 3)))
        assert home.counts()["new"] == 1
        assert home.rows("SELECT reason FROM outcome WHERE outcome = 'failed'") == [
            ("redirects off the site to 127.0.0.3",)
        ]
        assert inside.requests == []
