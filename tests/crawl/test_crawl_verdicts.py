"""What becomes of a page that is fetched again, moved, copied, edited, removed or unreadable; each counted once."""

from __future__ import annotations

import sqlite3

from crawl_checks import check, locator, make_database, table
from crawl_samples import Answer, Home, SmallSite, article, headline, listing, profile

from storage.archive.reader import read_capture

NEWS = (
    "新桥镇的老渡口今天停了最后一班船，船工老汪把缆绳系好，在码头上站了很久才离开。",
    "从明天起，两岸的人改走刚通车的大桥，过江只要三分钟，而摆渡要二十分钟。",
)
EDITED = (NEWS[0], NEWS[1].replace("三分钟", "四分钟"))


def one(site: SmallSite, body: tuple[str, ...] = NEWS) -> None:
    """A site with one article."""
    site.pages = {"/list.html": listing("/a/1.html"), "/a/1.html": article("/a/1.html", body=body)}


def again(home: Home, site: SmallSite, *paths: str) -> dict[str, int]:
    """Fetch addresses by hand; how they ended."""
    done = home.crawl("article", urls=" ".join(site.url + path for path in paths))
    assert done.returncode == 0, done.stderr
    counts = home.counts()
    assert counts.pop("robots") == 1
    return counts


def test_same_text_is_the_same(tmp_path):
    """The same page once more is no second article and no second version; it was seen later."""
    with SmallSite() as site:
        one(site)
        home = Home(tmp_path, profile(site.url))
        home.crawl("columns")
        before = table(home, "article", times=True)[0]
        assert again(home, site, "/a/1.html") == {"same": 1}
        after = table(home, "article", times=True)[0]
        assert after.pop("last_seen_at") > before.pop("last_seen_at")
        assert after == before
        assert len(table(home, "version")) == 1
        check(home, site)


def test_same_text_elsewhere_is_a_second_sighting(tmp_path):
    """The text of a stored article at another address is one record, seen at two addresses."""
    with SmallSite() as site:
        one(site)
        site.pages |= {"/life.html": listing("/b/1.html"), "/b/1.html": site.pages["/a/1.html"]}
        life = f'[[channel]]\nname = "life"\ntitle = "民生"\nstart = ["{site.url}/life.html"]\nlinks = [".list a"]\n'
        home = Home(tmp_path, profile(site.url, life))
        home.crawl("columns", channel="news")
        home.crawl("columns", channel="life")
        assert home.counts() == {"duplicate": 1, "index": 1, "robots": 1}
        check(home, site)
    assert home.rows("SELECT reason FROM outcome WHERE outcome = 'duplicate'") == [
        (f"same text as {site.url}/a/1.html",)
    ]
    assert home.rows("SELECT url FROM article") == [(f"{site.url}/a/1.html",)]
    seen = home.rows("SELECT kind, url FROM sighting WHERE article_id IS NOT NULL ORDER BY kind, url")
    assert seen == [(kind, site.url + path) for kind in ("column", "url") for path in ("/a/1.html", "/b/1.html")]


def test_edit_is_a_new_version(tmp_path):
    """Changed text makes a second version, and the first stays as it was, with its capture."""
    with SmallSite() as site:
        one(site)
        home = Home(tmp_path, profile(site.url))
        home.crawl("columns")
        one(site, EDITED)
        assert again(home, site, "/a/1.html") == {"changed": 1}
        check(home, site)
    assert home.rows("SELECT number, body FROM version ORDER BY number") == [
        (1, "\n".join(NEWS)),
        (2, "\n".join(EDITED)),
    ]
    assert home.rows("SELECT body FROM article") == [("\n".join(EDITED),)]
    assert home.rows("SELECT reason FROM outcome WHERE outcome = 'changed'") == [("body differs",)]
    assert home.rows("SELECT DISTINCT capture_id FROM version ORDER BY number") == home.rows(
        "SELECT id FROM capture WHERE url LIKE '%/a/1.html' ORDER BY id"
    )


def test_gone_and_back(tmp_path):
    """404 and 410 mark an article gone and keep it; when it is served again it lives again."""
    with SmallSite() as site:
        one(site)
        site.pages |= {"/list.html": listing("/a/1.html", "/a/2.html"), "/a/2.html": article("/a/2.html")}
        home = Home(tmp_path, profile(site.url))
        home.crawl("columns")
        kept = dict(site.pages)
        del site.pages["/a/1.html"]
        site.pages["/a/2.html"] = Answer("removed", 410)
        assert again(home, site, "/a/1.html", "/a/2.html") == {"gone": 2}
        assert home.rows("SELECT state, gone_at IS NULL, body <> '' FROM article") == [("gone", 0, 1)] * 2
        check(home, site)
        site.pages = kept
        assert again(home, site, "/a/1.html", "/a/2.html") == {"same": 2}
        assert home.rows("SELECT state, gone_at FROM article") == [("live", None)] * 2
        assert home.rows("SELECT count(*) FROM version") == [(2,)]
        check(home, site)


def test_what_is_missing_at_first_is_asked_for_again(tmp_path):
    """One 404, before an article was ever stored, must not lose it for good; nor is it asked for at every crawl."""
    with SmallSite() as site:
        site.pages = {"/list.html": listing("/a/1.html")}
        home = Home(tmp_path, profile(site.url))
        home.crawl("columns")
        assert home.counts() == {"gone": 1, "index": 1, "robots": 1}
        home.crawl("columns")
        assert site.asked("/a/") == ["/a/1.html"]
        check(home, site)
        for wait in (10 * 60, 3600, 6 * 3600, 86400, 3 * 86400):
            past(home, wait)
            home.crawl("columns")
        assert site.asked("/a/") == ["/a/1.html"] * 6
        assert home.rows("SELECT state FROM ledger WHERE kind = 'article'") == [("gone",)]
        site.pages["/a/1.html"] = article("/a/1.html")
        home.crawl("columns")
        assert len(site.asked("/a/")) == 6
        past(home, 26 * 86400)
        home.crawl("columns")
        assert home.counts() == {"new": 1, "index": 1, "robots": 1}
        check(home, site)


def past(home: Home, seconds: int) -> None:
    """Let so much time have passed for the ledger."""
    for column in ("discovered_at", "last_fetched_at", "next_check_at"):
        home.write(f"UPDATE ledger SET {column} = datetime({column}, '-{seconds} seconds') || '.000000'")


def test_unreadable_page_waits(tmp_path):
    """A page that is no article is a row with its reason and its capture, and closes when it can be read."""
    with SmallSite() as site:
        one(site)
        site.pages["/a/1.html"] = Answer(b"%PDF-1.7 \xe4\xe5", headers={"Content-Type": "application/pdf"})
        home = Home(tmp_path, profile(site.url))
        home.crawl("columns")
        assert home.counts() == {"index": 1, "rejected": 1, "robots": 1}
        [(reason, detail, digest, resolved)] = home.rows(
            "SELECT r.reason, r.detail, c.digest, r.resolved_at FROM rejected r JOIN capture c ON c.id = r.capture_id"
        )
        assert (reason, resolved) == ("not-html", None)
        assert detail
        page = read_capture(tmp_path / "data/warc", locator(home, f"{site.url}/a/1.html"), digest=digest)
        assert page.body == b"%PDF-1.7 \xe4\xe5"
        check(home, site)
        one(site)
        assert again(home, site, "/a/1.html") == {"new": 1}
        assert home.rows("SELECT resolved_at IS NULL FROM rejected") == [(0,)]
        check(home, site)


def test_failing_page_costs_itself(tmp_path):
    """A page that our own code fails on is rejected with the error, is not tried at every start, and harms no other."""
    with SmallSite() as site:
        one(site)
        home = Home(tmp_path, profile(site.url))
        home.crawl("columns")
        # A real refusal from below that no code expects: the database does not take this one article.
        with sqlite3.connect(tmp_path / "data/archive.db") as database:
            refuse = "SELECT RAISE(ABORT, 'not this one')"
            where = "NEW.url LIKE '%/a/2.html'"
            database.execute(f"CREATE TRIGGER odd BEFORE INSERT ON article WHEN {where} BEGIN {refuse}; END")
        database.close()
        site.pages |= {path: article(path) for path in ("/a/2.html", "/a/3.html")}
        site.pages["/list.html"] = listing("/a/3.html", "/a/2.html", "/a/1.html")
        assert home.crawl("columns").returncode == 0
        assert home.counts() == {"index": 1, "new": 1, "rejected": 1, "robots": 1}
        [(reason, detail)] = home.rows("SELECT reason, detail FROM rejected")
        assert reason == "unreadable"
        assert "not this one" in detail
        check(home, site)
        home.crawl("columns")
        assert home.counts() == {"index": 1, "robots": 1}


def test_failing_list_is_tried_again(tmp_path):
    """A list page that our own code fails on is counted as failed, keeps nothing of its links, and is tried again."""
    with SmallSite() as site:
        one(site)
        home = Home(tmp_path, profile(site.url))
        make_database(home)
        with sqlite3.connect(tmp_path / "data/archive.db") as database:
            refuse = "SELECT RAISE(ABORT, 'not this one')"
            database.execute(
                f"CREATE TRIGGER odd BEFORE INSERT ON ledger WHEN NEW.url LIKE '%/a/1.html' BEGIN {refuse}; END"
            )
        database.close()
        assert home.crawl("columns").returncode == 0
        assert home.counts() == {"failed": 1, "robots": 1}
        assert home.rows("SELECT count(*) FROM sighting") == [(0,)]
        check(home, site)
        with sqlite3.connect(tmp_path / "data/archive.db") as database:
            database.execute("DROP TRIGGER odd")
        database.close()
        home.crawl("columns")
        assert home.rows("SELECT title FROM article") == [(headline("/a/1.html"),)]


def test_moved_article_keeps_its_way(tmp_path):
    """An address that redirects within the site leads to an article at the new one; both responses are kept."""
    with SmallSite() as site:
        one(site)
        site.pages["/list.html"] = listing("/old/1.html")
        site.pages["/old/1.html"] = Answer(status=301, headers={"Location": "/a/1.html"})
        home = Home(tmp_path, profile(site.url))
        home.crawl("columns")
        assert home.counts() == {"index": 1, "new": 1, "redirect": 1, "robots": 1}
        check(home, site)
        found = read_capture(tmp_path / "data/warc", locator(home, f"{site.url}/a/1.html"))
        assert found.context.requested == f"{site.url}/old/1.html"
        before = len(site.requests)
        home.crawl("columns")
        assert site.requests[before:] == ["/robots.txt", "/list.html"]
    assert home.rows("SELECT url FROM article") == [(f"{site.url}/a/1.html",)]
