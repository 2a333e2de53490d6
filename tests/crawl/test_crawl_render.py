"""A column that exists only after script is read through a real Chromium, unfolded to its end, and kept honestly."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from crawl_checks import check, check_pace, table
from crawl_samples import ROOT, Answer, Home, SmallSite, article, headline, listing, profile

from crawler.asking import MOST_REQUESTS
from crawler.render import can_render
from storage.archive.reader import iterate
from storage.records import Kind

pytestmark = pytest.mark.skipif(can_render() is not None, reason=f"rendering {can_render()}")

PAGE = 4
"""Articles that one click brings."""
DELAY = 0.5
"""Seconds between requests."""
SHELL = """<html><head><title>县域</title><link rel=stylesheet href="/style.css"><script src="/list.js"></script></head>
<body><main><ul id=list></ul><img src="/logo.png"><button id=more>加载更多</button></main></body></html>"""
SCRIPT = """
let page = 0;
async function more() {
  page += 1;
  const answer = await fetch('/api?page=' + page);
  const items = (await answer.json()).list;
  for (const item of items) {
    const line = document.createElement('li');
    line.innerHTML = '<a href="' + item.url + '">' + item.title + '</a>';
    document.getElementById('list').append(line);
  }
  if (items.length < 4) document.getElementById('more').style.display = 'none';
}
document.addEventListener('DOMContentLoaded', () => {
  document.getElementById('more').onclick = more;
  more();
});
"""


def publish(site: SmallSite, count: int) -> None:
    """A column of articles that a script draws, four at a time."""
    paths = [f"/a/{number}.html" for number in range(count, 0, -1)]
    site.pages = {path: article(path) for path in paths}
    script, style = {"Content-Type": "text/javascript; charset=utf-8"}, {"Content-Type": "text/css"}
    site.pages |= {"/list.html": SHELL, "/list.js": Answer(SCRIPT, headers=script)}
    site.pages |= {"/style.css": Answer("body {color: black}", headers=style)}
    for start in range(0, count + 1, PAGE):
        items = [{"url": path, "title": headline(path)} for path in paths[start : start + PAGE]]
        heads = {"Content-Type": "application/json"}
        site.pages[f"/api?page={start // PAGE + 1}"] = Answer(json.dumps({"list": items}), headers=heads)


def drawn_home(path: Path, site: SmallSite, *, delay: float = 0.0) -> Home:
    """A home whose one channel is rendered."""
    return Home(path, profile(site.url, "render = true", delay=delay).replace(".list a", "main a"))


def test_column_is_unfolded(tmp_path):
    """All articles of a column drawn by script are found, 加载更多 clicked to the end, and stored; again: none anew."""
    with SmallSite() as site:
        publish(site, 10)
        home = drawn_home(tmp_path, site)
        done = home.crawl("columns")
        assert done.returncode == 0, done.stderr
        assert home.rows("SELECT count(*) FROM article") == [(10,)]
        assert site.asked("/api") == [f"/api?page={number}" for number in (1, 2, 3)]
        assert home.counts() == {"index": 1, "new": 10, "resource": 6, "robots": 1}
        check(home, site, drawn=1)
        publish(site, 12)
        home.crawl("columns")
        assert home.counts() == {"index": 1, "new": 2, "resource": 7, "robots": 1}
        check(home, site, drawn=2)
    assert json.loads(home.rows("SELECT notes FROM run")[0][0]) == []


def test_drawn_page_is_kept_as_such(tmp_path):
    """What the server sent is in the archive byte for byte; what the browser made of it beside it, never as sent."""
    with SmallSite() as site:
        publish(site, 5)
        home = drawn_home(tmp_path, site)
        home.crawl("columns")
    captures = list(iterate(tmp_path / "data/warc"))
    [drawn] = [one for one in captures if one.rendered]
    [shell] = [one for one in captures if one.url == drawn.url and not one.rendered]
    assert (shell.body.decode(), shell.context.kind) == (SHELL, Kind.RESOURCE)
    assert shell.body.count(b"href=") == 1
    assert (drawn.context.kind, drawn.body.count(b"/a/")) == (Kind.LISTING, 5)
    sent = {one.url.removeprefix(site.url): one.body for one in captures if one.context.kind is Kind.RESOURCE}
    assert set(sent) == {"/list.html", "/list.js", "/style.css", "/api?page=1", "/api?page=2"}
    assert sent["/list.js"] == SCRIPT.encode()
    links = "SELECT url FROM sighting WHERE kind = 'column' ORDER BY url"
    (tmp_path / "again").mkdir()
    other = Home(tmp_path / "again", (tmp_path / "site.toml").read_text(), more=f'archive = "{tmp_path}/data/warc"\n')
    command = "from crawler.reparse import reparse; from storage.config import load_config; reparse(load_config())"
    subprocess.run([sys.executable, "-c", command], cwd=ROOT, env=other.environment, check=True)
    assert other.rows(links) == home.rows(links)
    for name in ("article", "version", "sighting"):
        assert table(other, name, times=True) == table(home, name, times=True)


def test_browser_is_as_polite(tmp_path):
    """The browser keeps the pace and robots.txt, asks for no picture and no other site, and is given no cookie."""
    with SmallSite() as site, SmallSite() as elsewhere:
        publish(site, 6)
        site.pages["/robots.txt"] = "User-agent: *\nDisallow: /secret"
        cookie = {"Set-Cookie": "who=you; Path=/"}
        beacons = (
            f"fetch('/secret/1'); fetch('http://localhost:{elsewhere.port}/spy'); new WebSocket('ws://127.0.0.1/');"
        )
        pictures = f'<img src="http://localhost:{elsewhere.port}/p.png"><iframe src="/frame.html"></iframe>'
        library = f'<script src="http://localhost:{elsewhere.port}/lib.js"></script>'
        shell = SHELL.replace("</main>", f"{pictures}</main>{library}<script>{beacons}</script>")
        site.pages["/list.html"] = Answer(shell, headers=cookie)
        elsewhere.pages["/lib.js"] = Answer("var lib = 1;", headers={"Content-Type": "text/javascript"})
        home = drawn_home(tmp_path, site, delay=DELAY)
        done = home.crawl("columns")
        assert done.returncode == 0, done.stderr
        assert home.rows("SELECT count(*) FROM article") == [(6,)]
        assert not {"/logo.png", "/secret/1"} & set(site.requests)
        assert elsewhere.requests == ["/robots.txt", "/lib.js"]
        check_pace(site.times + elsewhere.times, DELAY)
        agents = {head["User-Agent"] for head in site.heads + elsewhere.heads}
        assert agents == {"Mozilla/5.0 (compatible; xihaian-archive/0.1; news archive)"}
        assert {name for head in site.heads for name in head} & {"Cookie", "Referer"} == set()
        refused = home.rows("SELECT url FROM outcome WHERE outcome = 'failed'")
        assert refused == [(f"{site.url}/secret/1",)]


def test_drawn_through_a_proxy(tmp_path):
    """A host whose name nobody can resolve is drawn through `http_proxy`, as every page is fetched."""
    with SmallSite() as proxy:
        publish(proxy, 3)
        url = "http://news.invalid"
        proxy.pages = {url + path: page for path, page in proxy.pages.items()}
        text = profile(url, "render = true").replace(".list a", "main a").replace("127.0.0.1", "news.invalid")
        home = Home(tmp_path, text)
        done = home.crawl("columns", environment={"http_proxy": proxy.url})
        assert done.returncode == 0, done.stderr
        assert home.counts() == {"index": 1, "new": 3, "resource": 4, "robots": 1}
        check(home, proxy, drawn=1)


def test_column_that_moved(tmp_path):
    """A rendered column that redirects is drawn where it is now, and its relative links lead on from there."""
    with SmallSite() as site:
        publish(site, 3)
        site.pages["/new/list.html"] = site.pages.pop("/list.html")
        site.pages["/list.html"] = Answer(status=301, headers={"Location": "/new/list.html"})
        home = drawn_home(tmp_path, site)
        home.crawl("columns")
        assert home.counts() == {"index": 1, "new": 3, "resource": 5, "robots": 1}
        check(home, site, drawn=1)
    [drawn] = [one for one in iterate(tmp_path / "data/warc") if one.rendered]
    assert (drawn.url, drawn.context.requested) == (f"{site.url}/new/list.html", f"{site.url}/list.html")


def test_column_that_fails(tmp_path):
    """A rendered column that answers 500 or not at all is one failed count with its own reason, as every page."""
    with SmallSite() as site:
        publish(site, 3)
        site.pages["/list.html"] = Answer("error", 500)
        home = drawn_home(tmp_path, site)
        home.crawl("columns")
        assert home.counts() == {"failed": 1, "resource": 2, "robots": 1}
        assert home.rows("SELECT reason FROM outcome WHERE outcome = 'failed'") == [("HTTP 500",)]
        check(home, site, drawn=1)
        site.pages["/list.html"] = Answer(wire=b"")
        home.crawl("columns")
        reason = "SELECT reason FROM outcome WHERE outcome = 'failed' AND run_id = 2"
        assert home.rows(reason) == [("connection lost",)]


def test_column_that_asks_for_ever(tmp_path):
    """A column that polls every 50 ms is unfolded all the same, its polls end with it, and the run says so."""
    with SmallSite() as site:
        publish(site, 10)
        polls = "setInterval(() => fetch('/poll?' + Math.random()), 50); fetch('/held')"
        site.pages["/list.html"] = SHELL.replace("</body>", f"<script>{polls}</script></body>")
        site.pages["/held"] = Answer(silence=True, wire=b"HTTP/1.1 200 OK\r\n\r\n")
        home = drawn_home(tmp_path, site, delay=0.1)
        done = home.crawl("columns", "LINKS_REST_SECONDS=1")
        assert done.returncode == 0, done.stderr
        assert home.rows("SELECT count(*) FROM article") == [(10,)]
        [polled] = home.rows("SELECT notes FROM run")
        assert "its links rested while it went on asking" in polled[0]
        first = next(number for number, path in enumerate(site.requests) if path.startswith("/a/"))
        assert not [path for path in site.requests[first:] if path.startswith(("/poll", "/api"))]
        assert home.rows("SELECT url FROM outcome WHERE outcome = 'failed'") == []


def test_column_that_asks_too_often(tmp_path):
    """A drawing sends a bounded number of requests, whatever its scripts ask for; what is listed is fetched."""
    with SmallSite() as site:
        publish(site, 3)
        polls = "setInterval(() => fetch('/poll/' + Math.random()), 20)"
        site.pages["/list.html"] = SHELL.replace("</body>", f"<script>{polls}</script></body>")
        home = drawn_home(tmp_path, site)
        done = home.crawl("columns", "LINKS_REST_SECONDS=60")
        assert done.returncode == 0, done.stderr
        assert home.counts() == {"index": 1, "new": 3, "resource": MOST_REQUESTS, "robots": 1}
        check(home, site, drawn=1)  # once it is cut off from us, the browser reaches nothing
        assert f"after {MOST_REQUESTS} requests, with 3 links" in home.rows("SELECT notes FROM run")[0][0]


def test_column_that_grows_too_large(tmp_path):
    """Else a script could fill our memory, or the archive with a page larger than any that is sent may be."""
    with SmallSite() as site:
        publish(site, 3)
        grow = "document.querySelector('main').append('港'.repeat(40_000));"
        lie = "Object.defineProperty(Element.prototype, 'outerHTML', {get: () => ''}); TextEncoder = undefined;"
        site.pages["/list.html"] = SHELL.replace("</body>", f"<script>{grow} {lie}</script></body>")
        home = drawn_home(tmp_path, site)
        done = home.crawl("columns", environment={"XHA_PAGE_MAX_BYTES": "100000"})
        assert done.returncode == 0, done.stderr
    why = ("failed", "response not whole: longer than page_max_bytes")
    assert home.rows("SELECT outcome, reason FROM outcome WHERE url LIKE '%/list.html' AND outcome <> 'resource'") == [
        why
    ]
    assert home.rows("SELECT state, tries FROM ledger") == [("failed", 1)]
    assert not [one for one in iterate(tmp_path / "data/warc") if one.rendered]


def test_column_that_never_lets_go(tmp_path):
    """A script that never ends costs its column and the time of one drawing, not the run."""
    with SmallSite() as site:
        publish(site, 3)
        site.pages["/list.html"] = SHELL.replace("</body>", "<script>setTimeout(() => {while (true);}, 200)</script>")
        site.pages["/plain.html"] = listing("/a/1.html")
        plain = f'[[channel]]\nname = "plain"\ntitle = "要闻"\nstart = ["{site.url}/plain.html"]\nlinks = [".list a"]\n'
        home = Home(tmp_path, profile(site.url, f"render = true\n{plain}"))
        done = home.crawl("columns", "DRAWING_SECONDS=3")
        assert done.returncode == 0, done.stderr
        assert home.rows("SELECT reason FROM outcome WHERE outcome = 'failed'") == [("timed out",)]
        assert home.rows("SELECT count(*) FROM article") == [(1,)]
        assert "could not be read: timed out" in home.rows("SELECT notes FROM run")[0][0]


def test_told_to_stop_while_drawing(tmp_path):
    """SIGTERM ends a run in the middle of a drawing within seconds; the column is due again."""
    with SmallSite() as site:
        publish(site, 10)
        home = drawn_home(tmp_path, site, delay=1.0)
        with home.start("columns") as crawl:
            site.on_request = lambda count: crawl.terminate() if count == 3 else None
            crawl.communicate(timeout=60)
            ended = time.monotonic()
        site.on_request = lambda count: None
        assert crawl.returncode == 0
        assert ended - site.times[2] < 20
        assert home.rows("SELECT state FROM run") == [("interrupted",)]
        assert home.rows("SELECT state, tries FROM ledger") == [("pending", 0)]
        check(home)
