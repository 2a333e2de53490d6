"""Kill a crawl at any moment and crawl again: the same articles are stored as if nothing had happened (Shows 3)."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from crawl_checks import check, table
from crawl_samples import Answer, Home, SmallSite, article, listing, profile
from paper_samples import FRIDAY, paper_profile, pc

ONE_AT_A_TIME = "CONCURRENT_REQUESTS=1"
"""Which of two addresses of one text is met first must not be chance where two crawls are compared."""
TABLES = ("article", "version", "sighting", "image", "rejected")
PARTS = ("村口的石桥修了三个月，今天终于拆掉了围栏，头一个走过去的是每天赶早市的卖菜人。",)
MORE = ("桥面比从前宽了一半，栏杆还是用的老石头，缺了角的地方留着没有补，说是留给孩子们看。",)
BIG = "/a/9.html"
"""A page that takes long to read."""
BETWEEN_LOOKS_SECONDS = 0.2
"""A spider looks into the ledger as soon as a page is through and twice a second: between them it only waits."""
ROWS = f"SELECT count(*) FROM capture WHERE url LIKE '%{BIG}'"
VERDICTS = f"SELECT count(*) FROM outcome WHERE url LIKE '%{BIG}'"


@pytest.fixture(scope="module")
def site() -> Iterator[SmallSite]:
    """Two list pages, articles, a copy, a moved one, one on two pages, one that is gone, and a page that is none."""
    first = [f"/a/{number}.html" for number in range(1, 7)]
    second = ["/b/1.html", "/old/7.html", "/a/8.html", "/none.html", "/file.html", BIG]
    with SmallSite() as site:
        site.pages = {path: article(path) for path in first}
        site.pages |= {
            "/list.html": listing(*first, onward="/list_2.html"),
            "/list_2.html": listing(*second),
            "/b/1.html": article("/a/1.html"),
            "/old/7.html": Answer(status=301, headers={"Location": "/a/7.html"}),
            "/a/7.html": article("/a/7.html", foot='<p><img src="/i/7.jpg"></p>'),
            "/a/8.html": article("/a/8.html", body=PARTS, foot='<div><a href="/a/8_2.html">下一页</a></div>'),
            "/a/8_2.html": article("/a/8.html", body=MORE),
            "/file.html": Answer(b"%PDF-1.7 \xe4\xe5", headers={"Content-Type": "application/pdf"}),
            BIG: article(BIG, foot="".join(f"<div><span>{number}</span></div>" for number in range(30_000))),
        }
        yield site


@pytest.fixture(scope="module")
def undisturbed(site: SmallSite, tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What an undisturbed crawl stores, and how many requests it takes."""
    site.requests.clear()
    home = Home(tmp_path_factory.mktemp("undisturbed"), profile(site.url))
    home.crawl("columns", ONE_AT_A_TIME)
    assert home.counts() == {
        "duplicate": 1, "gone": 1, "index": 2, "new": 9, "part": 1, "redirect": 1, "rejected": 1, "robots": 1
    }  # fmt: skip
    assert len(site.requests) == 17
    return {name: table(home, name) for name in TABLES}


def compare(home: Home, undisturbed: dict[str, object]) -> None:
    """All that holds after the crawl that follows a kill."""
    check(home)
    for name in TABLES:
        assert table(home, name) == undisturbed[name], name
    waiting = home.rows("SELECT state, error FROM ledger WHERE state IN ('pending', 'leased', 'failed')")
    assert waiting == [("failed", "HTTP 404")]  # the page that is missing is asked for again later
    *dead, last = home.rows("SELECT state, why <> '', finished_at IS NOT NULL FROM run ORDER BY id")
    assert last == ("finished", 0, 1)
    assert set(dead) <= {("interrupted", 1, 1)}


@pytest.mark.parametrize("number", [1, 2, 3, 4, 6, 8, 10, 12, 14, 16])
def test_killed_at_a_request(tmp_path, site, undisturbed, number):
    """Killed while the site answers its request number n, the crawl goes on where it was."""
    home = Home(tmp_path, profile(site.url))
    home.crawl_until(site, number, "columns", ONE_AT_A_TIME)
    home.crawl("columns", ONE_AT_A_TIME)
    assert home.rows("SELECT state FROM run WHERE id = 1") == [("interrupted",)]
    compare(home, undisturbed)


def test_killed_again_and_again(tmp_path, site, undisturbed):
    """Crawls that all die after a few requests bring the work to its end between them."""
    home = Home(tmp_path, profile(site.url))
    for _ in range(5):
        home.crawl_until(site, 5, "columns", ONE_AT_A_TIME)
    home.crawl("columns", ONE_AT_A_TIME)
    compare(home, undisturbed)


def test_killed_with_many_on_the_wire(tmp_path, site, undisturbed):
    """The same with several requests at once; which of two copies is the article is then chance."""
    home = Home(tmp_path, profile(site.url))
    home.crawl_until(site, 7, "columns")
    home.crawl("columns")
    check(home)
    stored = {row["title"] for row in table(home, "article")}
    assert stored == {row["title"] for row in undisturbed["article"]}
    assert len(table(home, "article")) == len(stored)


class Grip:
    """The database's only write lock, held against a crawl so that it stands still before its next transaction."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.database = sqlite3.connect(home.path / "data/archive.db", isolation_level=None, check_same_thread=False)
        self.archived = archive_size(home)
        """Bytes in the archive when it was taken."""

    def take(self) -> None:
        """Wait for the lock and hold it."""
        self.database.execute("BEGIN IMMEDIATE")

    def let_go(self) -> None:
        """Give it back for a moment."""
        self.database.execute("ROLLBACK")

    def count(self, query: str) -> int:
        """One number."""
        return self.database.execute(query).fetchone()[0]


def wait_until(holds: Callable[[], bool], *, seconds: float) -> bool:
    """Look every millisecond; whether it came to that in time."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.001)
    return True


def archive_size(home: Home) -> int:
    """Bytes in the WARC file that is being written."""
    return sum(path.stat().st_size for path in (home.path / "data/warc").glob("*.open"))


def killed_at_big_page(path: Path, site: SmallSite, just_then: Callable[[Grip], bool]) -> Home:
    """A home whose crawl was killed at the moment `just_then` waits for while nothing can be written.

    The grip is taken before the answer to `BIG` is sent. A crawl that wanted to write something else just then stands
    still before that; then another one is killed.
    """
    for attempt in range(5):
        home, grips = Home(path / str(attempt), profile(site.url)), []

        def hold(_: int, home: Home = home, grips: list[Grip] = grips) -> None:
            if site.requests[-1] == BIG and not grips:
                time.sleep(BETWEEN_LOOKS_SECONDS)
                grips.append(Grip(home))
                grips[0].take()

        with home.start("columns", ONE_AT_A_TIME) as crawl:
            site.on_request = hold
            wait_until(lambda grips=grips: bool(grips) and grips[0].database.in_transaction, seconds=60)
            site.on_request = lambda count: None
            caught = just_then(grips[0])
            crawl.kill()
            crawl.communicate(timeout=60)
        grips[0].database.close()
        if caught:
            return home
    raise AssertionError("five crawls were not killed at that moment")


def test_killed_between_archive_and_row(tmp_path, site, undisturbed):
    """A response that reached the archive and has no row yet is found there: it is not fetched again."""

    def archived(grip: Grip) -> bool:
        return wait_until(lambda: archive_size(grip.home) > grip.archived, seconds=3) and grip.count(ROWS) == 0

    home = killed_at_big_page(tmp_path, site, archived)
    before = len(site.requests)
    home.crawl("columns", ONE_AT_A_TIME)
    assert BIG not in site.requests[before:]
    compare(home, undisturbed)


def test_killed_between_row_and_verdict(tmp_path, site, undisturbed):
    """A response that has its row and was not judged is judged by the next run: it is not fetched again."""

    def has_row(grip: Grip) -> bool:
        end = time.monotonic() + 30
        while grip.count(ROWS) == 0 and time.monotonic() < end:
            grip.let_go()
            time.sleep(0.001)
            grip.take()
        return grip.count(ROWS) == 1 and grip.count(VERDICTS) == 0

    home = killed_at_big_page(tmp_path, site, has_row)
    before = len(site.requests)
    home.crawl("columns", ONE_AT_A_TIME)
    assert BIG not in site.requests[before:]
    assert home.rows("SELECT run_id FROM outcome WHERE url LIKE ?", f"%{BIG}") == [(1,)]
    compare(home, undisturbed)


@pytest.mark.parametrize("number", [2, 4, 6])
def test_killed_in_the_paper(tmp_path, number):
    """An e-paper day that a run died in is completed by the next."""
    with SmallSite(pc(FRIDAY)) as site:
        home = Home(tmp_path, paper_profile(site.url))
        day = {"since": FRIDAY.isoformat(), "until": FRIDAY.isoformat()}
        home.crawl_until(site, number, "epaper", ONE_AT_A_TIME, **day)
        home.crawl("epaper", ONE_AT_A_TIME, **day)
        check(home)
        assert home.rows("SELECT state, pages, articles FROM issue") == [("complete", 2, 4)]
        assert len({row["title"] for row in table(home, "article")}) == 4
        assert {row["edition_page_name"] for row in table(home, "article")} == {"要闻", "民生"}
