"""Articles spread over several pages become one record, whatever dies or changes on the way."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Sequence
from pathlib import Path

from crawl_samples import Home, SmallSite, article, headline, listing, profile

from storage.query.details import Details, details
from storage.query.evidence import write_evidence
from storage.query.lookup import find_article
from storage.store.captures import StoredCapture
from storage.store.database import Database

FIRST, SECOND, THIRD = (
    "镇里的老茶馆开了三十年，来的都是熟客，门口的招牌换过四回，墙上的挂历却一直是那一本。",
    "掌柜姓钱，今年六十有二，他说这门手艺是从外公那里学来的，一天要烧二十壶水，从不间断。",
    "傍晚打烊之前，总有人来续最后一碗，说一说当天的收成和河里的水位，然后各自回家吃饭去。",
)
EDITED = SECOND.replace("姓钱", "姓周")


def pages_of(site: SmallSite, second: str = SECOND) -> None:
    """An article on three pages, in a list of two articles."""
    onward = '<div class=page><a href="{}">下一页</a></div>'
    site.pages = {
        "/list.html": listing("/a/100.html", "/a/200.html"),
        "/a/100.html": article("/a/100.html", body=(FIRST,), foot=onward.format("/a/100_2.html")),
        "/a/100_2.html": article("/a/100.html", body=(second,), foot=onward.format("100_3.html")),
        "/a/100_3.html": article("/a/100.html", body=(THIRD,)),
        "/a/200.html": article("/a/200.html"),
    }


def body_of(home: Home) -> list[str]:
    """Paragraphs of the article on three pages."""
    [(body,)] = home.rows("SELECT body FROM article WHERE canonical_url LIKE '%/a/100.html'")
    return body.splitlines()


def known(home: Home) -> Details:
    """Everything known of the article on three pages; its raw pages are written to `evidence.wacz` too."""
    [(wanted,)] = home.rows("SELECT id FROM article WHERE canonical_url LIKE '%/a/100.html'")
    with Database.open(f"sqlite:///{home.path / 'data/archive.db'}") as database, database.read() as session:
        write_evidence(session, [wanted], home.path / "data/warc", home.path / "evidence.wacz", title="")
        return details(session, find_article(session, wanted))


def last_parts(pages: Sequence[StoredCapture]) -> list[str]:
    """The last part of each page's address."""
    return [page.url.rpartition("/")[2] for page in pages]


def listed(path: Path) -> list[tuple[str, str]]:
    """Last part of the address, and title, of each page of a WACZ."""
    with zipfile.ZipFile(path) as archive:
        _, *lines = map(json.loads, archive.read("pages/pages.jsonl").decode().splitlines())
    return [(line["url"].rpartition("/")[2], line["title"]) for line in lines]


def test_pages_are_joined_in_order(tmp_path):
    """Three pages are one article with one version, and each page ends in a count of its own."""
    with SmallSite() as site:
        pages_of(site)
        home = Home(tmp_path, profile(site.url))
        done = home.crawl("columns")
    assert done.returncode == 0, done.stderr
    assert body_of(home) == [FIRST, SECOND, THIRD]
    assert home.counts() == {"index": 1, "new": 2, "part": 2, "robots": 1}
    assert home.rows("SELECT count(*) FROM version") == [(2,)]
    assert last_parts(known(home).current.pages) == ["100.html", "100_2.html", "100_3.html"]


def test_edit_of_a_further_page_is_an_edit(tmp_path):
    """A further page that says something else later makes a new version; the old one stays."""
    with SmallSite() as site:
        pages_of(site)
        home = Home(tmp_path, profile(site.url))
        home.crawl("columns")
        pages_of(site, second=EDITED)
        home.crawl("article", urls=f"{site.url}/a/100_2.html")
        # Given by hand the page keeps what is known of it: whose further page it is.
        assert home.counts()["changed"] == 1
    assert body_of(home) == [FIRST, EDITED, THIRD]
    bodies = home.rows("SELECT body FROM version WHERE article_id = (SELECT article_id FROM version WHERE number = 2)")
    assert bodies[0][0].splitlines() == [FIRST, SECOND, THIRD]
    before, after = known(home).versions
    assert last_parts(after.pages) == last_parts(before.pages) == ["100.html", "100_2.html", "100_3.html"]
    assert [page == old for page, old in zip(after.pages, before.pages, strict=True)] == [True, False, True]
    assert after.capture == after.pages[1]


def test_raw_pages_are_those_of_each_state(tmp_path):
    """Evidence of an article holds every page each of its states was read from, and no page of another state."""
    with SmallSite() as site:
        pages_of(site)
        home = Home(tmp_path, profile(site.url))
        home.crawl("columns")
        site.pages["/a/100_2.html"] = article("/a/100.html", body=(EDITED,))  # nothing leads to the third page now
        home.crawl("article", urls=f"{site.url}/a/100_2.html")
    before, after = known(home).versions
    assert last_parts(before.pages) == ["100.html", "100_2.html", "100_3.html"]
    assert last_parts(after.pages) == ["100.html", "100_2.html"]
    title = headline("/a/100.html")
    assert listed(home.path / "evidence.wacz") == [
        ("100.html", title),
        ("100_2.html", f"{title}（第2页）"),
        ("100_3.html", f"{title}（第3页）"),
        ("100_2.html", f"{title}（第2页）"),
    ]


def test_missing_page_costs_that_page(tmp_path):
    """A further page that is not there leaves the pages that are."""
    with SmallSite() as site:
        pages_of(site)
        del site.pages["/a/100_2.html"]
        home = Home(tmp_path, profile(site.url))
        home.crawl("columns")
    assert body_of(home) == [FIRST]
    assert home.counts()["gone"] == 1
