"""A crawl fetches what is new and nothing else, whatever kind of list leads to it."""

from __future__ import annotations

import json

from crawl_checks import check
from crawl_samples import Answer, Home, SmallSite, article, headline, listing, profile

PAGE = 6
"""Articles on one page of a list."""


def publish(site: SmallSite, numbers: range, *, etags: bool = False) -> None:
    """A site with these articles, the newest first in a list of several pages."""
    paths = [f"/a/{number}.html" for number in reversed(numbers)]
    site.pages = {path: article(path) for path in paths}
    for start in range(0, len(paths), PAGE):
        number = start // PAGE + 1
        onward = f"/list_{number + 1}.html" if start + PAGE < len(paths) else ""
        page = listing(*paths[start : start + PAGE], onward=onward)
        etag = {"ETag": f'"{hash(page)}"'} if etags else {}
        site.pages["/list.html" if number == 1 else f"/list_{number}.html"] = Answer(page, headers=etag)


def stored(home: Home) -> set[str]:
    """Paths of the articles in the database."""
    return {"/" + row[0].split("/", 3)[3] for row in home.rows("SELECT url FROM article")}


def test_second_crawl_fetches_no_article(tmp_path):
    """A crawl after which nothing was published asks for the first list page and for no article."""
    with SmallSite() as site:
        publish(site, range(101, 115))
        home = Home(tmp_path, profile(site.url))
        assert home.crawl("columns").returncode == 0
        assert home.counts() == {"index": 3, "new": 14, "robots": 1}
        check(home, site)
        before = len(site.requests)
        home.crawl("columns")
        assert site.requests[before:] == ["/robots.txt", "/list.html"]
        check(home, site)
    assert home.counts() == {"index": 1, "robots": 1}


def test_growth_is_fetched_exactly(tmp_path):
    """Five new articles cost five article requests, and the list pages up to the first that holds nothing new."""
    with SmallSite() as site:
        publish(site, range(101, 115))
        home = Home(tmp_path, profile(site.url))
        home.crawl("columns")
        site.requests.clear()
        publish(site, range(101, 120))
        home.crawl("columns")
        assert sorted(site.asked("/a/")) == [f"/a/{number}.html" for number in range(115, 120)]
        assert site.asked("/list") == ["/list.html", "/list_2.html"]
        assert len(stored(home)) == 19
    check(home)


def test_full_walks_on(tmp_path):
    """With `full=1` the pages behind a page without news are walked, and what was missed there is found."""
    with SmallSite() as site:
        publish(site, range(103, 115))
        home = Home(tmp_path, profile(site.url))
        home.crawl("columns")
        site.requests.clear()
        publish(site, range(101, 115))
        home.crawl("columns")
        assert site.asked() == ["/list.html"]
        home.crawl("columns", full="1")
        assert sorted(site.asked("/list_")) == ["/list_2.html", "/list_3.html"]
        assert stored(home) >= {"/a/101.html", "/a/102.html"}
        check(home)


def test_pages_are_bounded(tmp_path):
    """A list that leads on for ever ends at the profile's bound, and the run says so."""
    with SmallSite() as site:
        publish(site, range(101, 140))
        home = Home(tmp_path, profile(site.url, "max_pages = 3"))
        home.crawl("columns")
        assert site.asked("/list") == ["/list.html", "/list_2.html", "/list_3.html"]
    assert "stopped after 3 list pages" in home.rows("SELECT notes FROM run")[0][0]


def test_what_is_left_comes_first(tmp_path):
    """Articles that an earlier run found and could not fetch are fetched before any list is looked at."""
    with SmallSite() as site:
        publish(site, range(101, 105))
        home = Home(tmp_path, profile(site.url))
        home.crawl_until(site, 3, "columns")  # robots.txt, the list, the first article
        left = home.rows("SELECT url FROM ledger WHERE state <> 'done'")
        site.requests.clear()
        home.crawl("columns", "CONCURRENT_REQUESTS=1")
        assert site.requests[1 : len(left) + 1] == [url.removeprefix(site.url) for (url,) in left]
        assert site.requests[len(left) + 1 :] == ["/list.html"]
        assert len(stored(home)) == 4
        check(home)


def test_unchanged_list_is_not_sent_again(tmp_path):
    """A list page with an ETag is asked for conditionally; 304 is counted and archived, and ends the walk."""
    with SmallSite() as site:
        publish(site, range(101, 110), etags=True)
        home = Home(tmp_path, profile(site.url))
        home.crawl("columns")
        home.crawl("columns")
        assert site.heads[-1]["If-None-Match"]
        assert home.rows("SELECT status FROM capture ORDER BY id DESC LIMIT 1") == [(304,)]
        assert home.rows("SELECT reason FROM outcome ORDER BY id DESC LIMIT 1") == [("not modified",)]
        check(home, site)


def test_unchanged_article_was_seen(tmp_path):
    """An article that answers 304, by its ETag or its date, is the same article, seen once more."""
    marks = {"/a/1.html": {"ETag": '"7"'}, "/a/2.html": {"Last-Modified": "Mon, 06 May 2024 00:30:00 GMT"}}
    seen = "SELECT url, last_seen_at FROM {} ORDER BY url"
    with SmallSite() as site:
        site.pages = {path: Answer(article(path), headers=heads) for path, heads in marks.items()}
        site.pages["/list.html"] = listing(*marks)
        home = Home(tmp_path, profile(site.url))
        home.crawl("columns")
        before = [home.rows(seen.format(name)) for name in ("article", "sighting WHERE kind = 'url'")]
        home.crawl("article", urls=" ".join(site.url + path for path in marks))
        asked = {name for head in site.heads[-2:] for name in head}
        assert {"If-None-Match", "If-Modified-Since"} <= asked
        assert home.counts() == {"same": 2, "robots": 1}
        after = [home.rows(seen.format(name)) for name in ("article", "sighting WHERE kind = 'url'")]
        for old, new in zip(before, after, strict=True):
            assert [url for url, _ in old] == [url for url, _ in new]
            assert all(later > earlier for (_, earlier), (_, later) in zip(old, new, strict=True))
        assert home.rows("SELECT count(*) FROM version") == [(2,)]
        check(home, site)


def test_links_by_shape_are_said(tmp_path):
    """Where the profile's selectors find nothing, articles are found by the shape of links, and the run says so."""
    with SmallSite() as site:
        publish(site, range(101, 105))
        home = Home(tmp_path, profile(site.url).replace(".list a", ".no-such-list a"))
        home.crawl("columns")
    assert len(stored(home)) == 4
    [(notes,)] = home.rows("SELECT notes FROM run")
    assert json.loads(notes) == ["channel news: article links found by shape, not by selectors"]


def test_sitemap(tmp_path):
    """A sitemap, reached through a sitemap of sitemaps, leads to its articles."""
    with SmallSite() as site:
        publish(site, range(101, 104))
        head = '<?xml version="1.0" encoding="UTF-8"?>'
        space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        urls = "".join(f"<url><loc>{site.url}/a/{number}.html</loc></url>" for number in range(101, 104))
        index = f"<sitemap><loc>{site.url}/map1.xml</loc></sitemap>"
        xml = {"Content-Type": "application/xml"}
        site.pages["/sitemap.xml"] = Answer(f"{head}<sitemapindex {space}>{index}</sitemapindex>", headers=xml)
        site.pages["/map1.xml"] = Answer(f"{head}<urlset {space}>{urls}</urlset>", headers=xml)
        home = Home(tmp_path, channel(site.url, "sitemap", "/sitemap.xml"))
        home.crawl("columns")
        check(home, site)
    assert len(stored(home)) == 3
    assert home.rows("SELECT DISTINCT kind, place FROM sighting WHERE kind = 'column'") == [("column", "other")]


def test_feed(tmp_path):
    """An RSS feed leads to its articles."""
    with SmallSite() as site:
        publish(site, range(101, 104))
        items = "".join(
            f"<item><title>{headline(f'/a/{number}.html')}</title><link>{site.url}/a/{number}.html</link></item>"
            for number in range(101, 104)
        )
        feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>要闻</title>{items}</channel></rss>'
        site.pages["/feed.xml"] = Answer(feed, headers={"Content-Type": "application/rss+xml"})
        home = Home(tmp_path, channel(site.url, "feed", "/feed.xml"))
        home.crawl("columns")
        check(home, site)
    assert len(stored(home)) == 3


def test_json_list(tmp_path):
    """A JSON list is paged by number and last id up to its end, and each item's address is made by the template."""
    with SmallSite() as site:
        publish(site, range(101, 106))
        for page, numbers, last in ((1, (105, 104, 103), 0), (2, (102, 101), 103), (3, (), 101)):
            items = [{"fileId": number, "title": headline(f"/a/{number}.html")} for number in numbers]
            answer = Answer(json.dumps({"list": items}), headers={"Content-Type": "application/json"})
            site.pages[f"/api?page={page}&last={last}"] = answer
        table = f'[channel.json]\nurl = "{site.url}/a/{{fileId}}.html"\nnext = "?page={{page}}&last={{last}}"'
        home = Home(tmp_path, channel(site.url, "json", "/api?page=1&last=0", table))
        done = home.crawl("columns")
        assert done.returncode == 0, done.stderr
        check(home, site)
        site.requests.clear()
        home.crawl("columns")
        assert site.asked() == ["/api?page=1&last=0"]
    assert len(stored(home)) == 5


def channel(url: str, kind: str, start: str, table: str = "") -> str:
    """A profile whose one channel is of another kind."""
    return (
        f'name = "small"\ntitle = "小站"\nhosts = ["127.0.0.1"]\ndelay_seconds = 0\n\n'
        f'[[channel]]\nname = "other"\ntitle = "别的"\nkind = "{kind}"\nstart = ["{url}{start}"]\n{table}\n'
    )


def test_sections_are_remembered(tmp_path):
    """Section pages found on a start page are lists of the channel, in this run and in each later one."""
    sections = "".join(f'<li><a href="/{name}/">{title}</a></li>' for name, title in (("yw", "要闻"), ("ms", "民生")))
    with SmallSite() as site:
        publish(site, range(101, 104))
        home_page = f"<html><body><ul class=nav>{sections}</ul>{listing('/a/101.html')}</body></html>"
        site.pages |= {
            "/list.html": home_page,
            "/yw/": listing("/a/101.html", "/a/102.html"),
            "/ms/": listing("/a/103.html"),
        }
        home = Home(tmp_path, profile(site.url, "sections = true"))
        home.crawl("columns")
        assert len(stored(home)) == 3
        site.requests.clear()
        site.pages["/list.html"] = listing("/a/101.html")
        site.pages |= {"/ms/": listing("/a/104.html", "/a/103.html"), "/a/104.html": article("/a/104.html")}
        home.crawl("columns")
        assert sorted(site.asked()) == ["/a/104.html", "/list.html", "/ms/", "/yw/"]
        check(home)


def two_channels(url: str) -> str:
    """A profile with the channels `news` and `life`."""
    life = f'[[channel]]\nname = "life"\ntitle = "民生"\nstart = ["{url}/life.html"]\nlinks = [".list a"]\n'
    return profile(url, life)


def test_channel_argument(tmp_path):
    """`channel=life` crawls that channel, leaves the others' rows alone, and names it as the article's column."""
    with SmallSite() as site:
        publish(site, range(101, 104))
        site.pages |= {"/life.html": listing("/b/7.html"), "/b/7.html": article("/b/7.html")}
        home = Home(tmp_path, two_channels(site.url))
        home.crawl("columns", channel="life")
        assert site.asked() == ["/life.html", "/b/7.html"]
    assert home.rows('SELECT title, "column" FROM article') == [(headline("/b/7.html"), "民生")]


def test_channel_that_cannot_be_drawn_is_left_out(tmp_path):
    """Where there is no browser a rendered channel is left out, the run says so, and the others are crawled."""
    with SmallSite() as site:
        publish(site, range(101, 103))
        site.pages |= {"/life.html": listing("/b/7.html"), "/b/7.html": article("/b/7.html")}
        home = Home(tmp_path, two_channels(site.url) + "render = true\n")
        done = home.crawl("columns", environment={"PATH": str(tmp_path)})
        assert done.returncode == 0, done.stderr
        assert stored(home) == {"/a/101.html", "/a/102.html"}
        check(home, site)
    [(notes,)] = home.rows("SELECT notes FROM run")
    assert json.loads(notes)[0].startswith("channel life left out: needs ")


def test_unknown_channel_is_refused(tmp_path):
    """A misspelt channel is one sentence that names those there are, exit code 2, no request and no run."""
    with SmallSite() as site:
        home = Home(tmp_path, two_channels(site.url))
        done = home.crawl("columns", "LOG_LEVEL=ERROR", channel="lief")
        assert site.requests == []
    assert done.returncode == 2
    assert done.stderr.strip() == "Error: no channel 'lief' in site 'small'; there are: news, life"
    assert not (tmp_path / "data").exists()


def test_hostile_links_cost_themselves(tmp_path):
    """Addresses that cannot be asked for do not stop the run or each other."""
    with SmallSite() as site:
        publish(site, range(101, 103))
        odd = (
            f"/a/{'9' * 4000}.html",
            f"http://127.0.0.1:{site.port}\\@x/a/1.html",
            "http://127.0.0.1:999999/a/105.html",
        )
        odd += ("http://[::1/a/106.html", "http://..127.0.0.1/a/107.html", "/a/%ZZ 108.html", "/a/109.html\x00", "//a/")
        site.pages["/list.html"] = listing("/a/101.html", *odd, "/a/102.html")
        home = Home(tmp_path, profile(site.url))
        done = home.crawl("columns")
        assert done.returncode == 0, done.stderr
        check(home)
    assert stored(home) >= {"/a/101.html", "/a/102.html"}
    assert home.rows("SELECT count(*) FROM ledger WHERE state IN ('pending', 'leased')") == [(0,)]
