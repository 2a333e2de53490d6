"""How the live hosts are reached: proxies, both schemes, hosts that are down, pages that hold nothing."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from crawl_samples import SmallSite, article
from standin_home import Home
from standin_proxy import Answer, Proxy, World
from standin_small import EPAPER, WHOLE, WWW, page_of, small_www


@pytest.mark.parametrize(
    ("spider", "arguments", "host"),
    [
        ("columns", {"channel": "www"}, WWW),
        ("epaper", {"since": "2024-07-26", "until": "2024-07-26"}, EPAPER),
        ("article", {"urls": f"http://{WWW}/a/801.html"}, WWW),
    ],
)
def test_a_site_that_is_down_is_one_sentence(spider: str, arguments: dict[str, str], host: str, tmp_path: Path) -> None:
    """No host answers, the proxy says so: the run fails, names the host and where the archive can be seen at work."""
    with Proxy(World(), tmp_path) as proxy:
        home = Home(tmp_path / "home", proxy.url)
        ended = home.crawl(spider, **arguments)
    assert ended.code == 6
    [sentence] = ended.errors.splitlines()
    assert sentence.startswith("Error: ")
    assert host in sentence
    assert "make demo" in sentence
    assert home.stored() == {}
    assert home.rows("SELECT count(*) FROM ledger WHERE state IN ('failed', 'pending')") > [(0,)]


def test_a_proxy_that_is_down_is_said_as_well(tmp_path: Path) -> None:
    """Nothing listens where the proxy should be: the same sentence, and no direct connection behind its back."""
    home = Home(tmp_path / "home", "http://127.0.0.1:9")
    ended = home.crawl("columns", channel="www")
    assert ended.code == 6
    assert f"{WWW} (" in ended.errors
    assert "refused" in ended.errors


INSIDE = ("localhost", "a.localhost", "127.1", "2130706433", "0x7f.1", "10.0.0.8", "[::1]", "[64:ff9b::7f00:1]")
"""Names and addresses of the network we stand in, as a proxy could take them."""


def test_no_proxy_is_sent_inside(tmp_path: Path) -> None:
    """Else a robots.txt that redirects could have our proxy ask what stands beside it: only names that say nothing of
    where they lead are for the proxy to look up."""
    world = World()
    asking = {f"www{number}.xihaiannews.com": host for number, host in enumerate(INSIDE)}
    for ours, inside in asking.items():
        world.add(f"http://{ours}/robots.txt", Answer("", 302, {"Location": f"http://{inside}:9200/"}))
        world.add(f"http://{ours}/a/801.html", page_of(801))
    with Proxy(world, tmp_path) as proxy:
        home = Home(tmp_path / "home", proxy.url)
        home.crawl("article", urls=" ".join(f"http://{ours}/a/801.html" for ours in asking))
    assert sorted(world.requests) == sorted(f"http://{ours}/robots.txt" for ours in asking)
    reasons = {reason for (reason,) in home.rows("SELECT reason FROM outcome WHERE outcome = 'failed'")}
    assert reasons == {
        f"leads to the private address {address}" for address in ("127.0.0.1", "10.0.0.8", "::1", "64:ff9b::7f00:1")
    }
    assert any("localhost was not contacted: it leads to the private address 127.0.0.1" in one for one in home.notes())


EMPTY = {
    "empty": ("", "no article links"),
    "shell": (
        "<noscript>请启用JavaScript</noscript><div id=app></div><script src=/app.js></script>",
        "runs scripts",
    ),
    "challenge": (
        "<html><script>document.cookie='acw_sc__v2='+x;document.location.reload();</script></html>",
        "checks browsers",
    ),
    "refused": (Answer("no", 403), "HTTP 403"),
    "away": (Answer("", 302, {"Location": "http://www.elsewhere.example/"}), "off the site"),
}


@pytest.mark.parametrize("name", EMPTY)
def test_a_home_page_that_leads_nowhere_is_said(name: str, tmp_path: Path) -> None:
    """Nothing is stored, nothing is invented, and the run says what it found instead of a list."""
    answer, sign = EMPTY[name]
    world = World()
    world.add(f"http://{WWW}/", answer)
    with Proxy(world, tmp_path) as proxy:
        home = Home(tmp_path / "home", proxy.url)
        ended = home.crawl("columns", channel="www")
    assert ended.code == 0, ended.errors
    assert home.stored() == {}
    [note] = home.notes()
    assert sign in note
    assert f"http://{WWW}/" in note
    assert world.asked() == [f"http://{WWW}/"]


def test_two_pages_that_refresh_to_each_other_end(tmp_path: Path) -> None:
    """A circle of refreshes is walked once, not for ever."""
    world = World()
    refresh = '<meta http-equiv=refresh content="0;url={}">'
    world.add(f"http://{WWW}/", refresh.format("/b.html"))
    world.add(f"http://{WWW}/b.html", refresh.format("/"))
    with Proxy(world, tmp_path) as proxy:
        Home(tmp_path / "home", proxy.url).crawl("columns", channel="www")
    assert world.asked() == [f"http://{WWW}/", f"http://{WWW}/b.html"]


def test_a_host_without_port_80_is_asked_over_https(tmp_path: Path) -> None:
    """The profile says http; a host that is silent there is asked over https, its robots.txt first."""
    world = small_www(silent_http=frozenset({WWW}))
    world.add(f"http://{WWW}/robots.txt", "User-agent: *\nDisallow: /a/803.html\n")
    with Proxy(world, tmp_path) as proxy:
        home = Home(tmp_path / "home", proxy.url)
        ended = home.crawl("columns", channel="www")
    assert ended.code == 0, ended.errors
    assert set(home.stored()) == WHOLE - {f"https://{WWW}/a/803.html"}
    assert all(url.startswith("https://") for url in world.asked())


def test_robots_of_one_scheme_does_not_speak_for_the_other(tmp_path: Path) -> None:
    """Else pages that wait while the file is asked for over the silent scheme all go, or none does, whatever their own
    file says."""
    world = small_www(silent_http=frozenset({WWW}))
    world.add(f"http://{WWW}/robots.txt", "User-agent: *\nDisallow: /a/803\n")
    with Proxy(world, tmp_path) as proxy:
        home = Home(tmp_path / "home", proxy.url)
        home.requests_at_once = 8
        pages = zip(("http", "https", "https"), (801, 803, 802), strict=True)
        home.crawl("article", urls=" ".join(f"{scheme}://{WWW}/a/{number}.html" for scheme, number in pages))
    assert f"https://{WWW}/a/803.html" not in world.asked()
    assert set(home.stored()) == WHOLE - {f"https://{WWW}/a/803.html"}


def test_https_links_of_a_host_that_answers_over_http_are_taken_as_they_are(tmp_path: Path) -> None:
    """A host that answers over http is never asked over https behind its back."""
    world = small_www(only_http=frozenset({WWW}))
    world.pages.pop(f"{WWW}/a/803.html")
    with Proxy(world, tmp_path) as proxy:
        home = Home(tmp_path / "home", proxy.url)
        home.crawl("columns", channel="www")
    assert len(home.stored()) == 2
    assert all(url.startswith("http://") for url in world.requests)


def test_the_proxy_s_password_is_for_the_proxy_alone(tmp_path: Path) -> None:
    """It is sent with every request, and stands in no archived one."""
    world = small_www()
    with Proxy(world, tmp_path) as proxy:
        home = Home(tmp_path / "home", proxy.url.replace("//", "//somebody:gh31m@"))
        assert home.crawl("columns", channel="www").code == 0
    assert len(home.stored()) == 3
    assert all("Proxy-Authorization" in heads for heads in world.heads)
    archived = b"".join(gzip.decompress(path.read_bytes()) for path in home.path.glob("data/warc/*.warc.gz"))
    assert b"Host: www.xihaiannews.com" in archived
    assert b"Proxy-" not in archived


def test_hosts_of_no_proxy_are_asked_directly(tmp_path: Path) -> None:
    """`no_proxy` as everywhere: what it names is not sent through the proxy."""
    with Proxy(World(), tmp_path) as proxy, SmallSite({"/a/101.html": article("/a/101.html")}) as site:
        home = Home(tmp_path / "home", proxy.url)
        home.more["no_proxy"] = "127.0.0.1,localhost"
        ended = home.crawl("article", urls=f"{site.url}/a/101.html")
        assert ended.code == 0, ended.errors
        assert site.asked() == ["/a/101.html"]
        assert proxy.world.requests == []
    assert len(home.stored()) == 1


def test_four_addresses_of_a_print_article_are_one(tmp_path: Path) -> None:
    """Both schemes of both hosts of the old e-paper name one article; it is fetched once and stored once."""
    world, path = World(), "xihaiannews.com/shtml/jnsx/20190725/75448.shtml"
    for host in ("epaper", "jnsx"):
        world.add(f"http://{host}.{path}", page_of(805))
    given = [f"{scheme}://{host}.{path}" for host in ("jnsx", "epaper") for scheme in ("https", "http")]
    with Proxy(world, tmp_path) as proxy:
        home = Home(tmp_path / "home", proxy.url)
        assert home.crawl("article", urls=" ".join(given)).code == 0
    assert len(world.asked()) == 1
    assert set(home.stored()) == {f"https://epaper.{path}"}
