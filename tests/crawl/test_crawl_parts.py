"""Articles spread over several pages become one record, whatever dies or changes on the way."""

from __future__ import annotations

from crawl_samples import Home, SmallSite, article, listing, profile

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


def test_missing_page_costs_that_page(tmp_path):
    """A further page that is not there leaves the pages that are."""
    with SmallSite() as site:
        pages_of(site)
        del site.pages["/a/100_2.html"]
        home = Home(tmp_path, profile(site.url))
        home.crawl("columns")
    assert body_of(home) == [FIRST]
    assert home.counts()["gone"] == 1
