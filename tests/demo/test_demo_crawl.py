"""End to end: what the replica publishes is what the archive holds, article by article and field by field."""

from __future__ import annotations

import json
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from demo_samples import Home, as_stored, canonical, crawl_all, home_of, run, stored

from crawler.render import can_render
from demo.answer import cut, refuse, stall
from demo.replica import Replica
from demo.server import ReplicaServer
from demo.story import Expected
from storage.query.evidence import write_evidence
from storage.store.database import Database

pytestmark = pytest.mark.slow

SEED = Path(__file__).resolve().parents[3] / "shared" / "seed"
FIELDS = ("title", "published", "source", "editor", "authors", "edition", "kicker", "subtitle", "body")


@dataclass(frozen=True)
class Crawled:
    """A replica after a crawl of everything."""

    server: ReplicaServer
    home: Home
    expected: dict[str, Expected]
    """By canonical address."""


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    """All columns, then all issues, once for all tests here that do not change the site."""
    with ReplicaServer(Replica.build(SEED)) as server:
        home = home_of(tmp_path_factory.mktemp("crawled") / "home", server)
        crawl_all(home)
        known = server.replica.expected(rendered=can_render() is None)
        yield Crawled(server, home, {canonical(home, server, one.path): one for one in known})


def test_every_article_is_stored_once(crawled):
    """An article that is missing, stored twice, or was never written is the one thing an archive must not have."""
    assert set(stored(crawled.home)) == set(crawled.expected)


@pytest.mark.parametrize("field", FIELDS)
def test_fields_are_as_published(crawled, field):
    """A field that is read wrongly on any page of any family is wrong in the archive for ever."""
    found = stored(crawled.home)
    wanted = {key: as_stored(one)[field] for key, one in crawled.expected.items() if key in found}
    assert wanted
    wrong = {key: (found[key][field], value) for key, value in wanted.items() if found[key][field] != value}
    assert not wrong, f"{len(wrong)} of {len(wanted)}; found, wanted: {list(wrong.items())[:4]}"


def test_reprints_are_sightings(crawled):
    """The paper's print of a website article is a second sighting of it, no second article."""
    reprints = {key: one for key, one in crawled.expected.items() if one.again and one.edition is None}
    assert reprints
    for key, one in reprints.items():
        query = (
            "SELECT s.canonical_url FROM sighting s JOIN article a ON a.id = s.article_id "
            "WHERE a.canonical_url = ? AND s.kind = 'url'"
        )
        seen = {url for (url,) in crawled.home.rows(query, key)}
        printed = {canonical(crawled.home, crawled.server, path) for path in one.again if "/html/" in path}
        assert printed <= seen


def test_evidence_holds_every_page_of_an_article(crawled, tmp_path):
    """A file of evidence that holds the first of three pages proves a third of what the article says."""
    ((wanted,),) = crawled.home.rows("SELECT DISTINCT article_id FROM outcome WHERE outcome = 'part'")
    with Database.open(f"sqlite:///{crawled.home.path / 'data/archive.db'}") as database, database.read() as session:
        directory, file = crawled.home.path / "data" / "warc", tmp_path / "a.wacz"
        assert write_evidence(session, [wanted], directory, file, title="三页") == 3
    with zipfile.ZipFile(file) as archive:
        _, *lines = map(json.loads, archive.read("pages/pages.jsonl").decode().splitlines())
    first = lines[0]["url"]
    assert [line["url"] for line in lines] == [
        first,
        first.replace(".html", "_2.html"),
        first.replace(".html", "_3.html"),
    ]


def test_runs_add_up(crawled):
    """Every response ends in one count; what failed is what the replica made fail."""
    reasons = Counter(
        dict(crawled.home.rows("SELECT reason, count(*) FROM outcome WHERE outcome IN ('failed', 'gone') GROUP BY 1"))
    )
    assert reasons == {"forbidden by robots.txt": 1, "HTTP 404": 1}
    assert crawled.home.rows("SELECT reason FROM outcome WHERE outcome = 'rejected'") == []
    assert not [path for path in crawled.server.requests if path.startswith("/internal/")]


def test_days_without_an_issue_are_recorded(crawled):
    """A weekend is no error, and the Sunday that leads to Monday's issue has none of its own."""
    days = dict(crawled.home.rows("SELECT day, state FROM issue"))
    assert {str(day) for day, state in days.items() if state == "none"} == {
        "2019-07-20",
        "2019-07-21",
        "2024-07-20",
        "2024-07-21",
        "2024-07-27",
        "2024-07-28",
    }


def test_a_run_says_that_it_fell_back(crawled):
    """Selectors that find nothing any more must be noticed by whoever reads the run."""
    [(notes,)] = crawled.home.rows("SELECT notes FROM run WHERE spider = 'columns' ORDER BY id LIMIT 1")
    assert "channel city: article links found by shape, not by selectors" in notes


@pytest.mark.skipif(can_render() is not None, reason=f"a list drawn by script: {can_render()}")
def test_a_list_drawn_by_script_is_unfolded(crawled):
    """Without a browser the county's list is empty; 加载更多 must be clicked until it is whole."""
    drawn = {key for key, one in crawled.expected.items() if one.scripted}
    assert len(drawn) > 10
    assert drawn <= set(stored(crawled.home))
    assert "/county/data.json?page=3" in crawled.server.requests


def test_only_what_is_new_is_fetched(tmp_path):
    """After five new articles a crawl fetches these five and no other article; an unchanged site gives nothing."""
    lists = "www,yaowen,zhenjie,city,feed"
    with ReplicaServer(Replica.build()) as server:
        home = home_of(tmp_path / "home", server)
        run(home, "columns", channel=lists)
        server.forget()
        run(home, "columns", channel=lists)
        articles = {entry.path for entry in server.replica.entries()}
        assert not articles & set(server.requests)
        new = server.replica.grow(5)
        server.forget()
        run(home, "columns", channel=lists)
        assert sorted(path for path in server.requests if path in articles.union(new)) == sorted(new)
    assert home.counts()["new"] == 5


def test_edits_and_removals_are_noticed(tmp_path):
    """An edited article gets a second version, a removed one is marked gone; both keep what they were."""
    with ReplicaServer(Replica.build()) as server:
        home = home_of(tmp_path / "home", server)
        run(home, "columns", channel="zhenjie")
        edited, deleted = [e.path for e in server.replica.entries() if e.path.startswith("/zhenjie/")][:2]
        server.replica.edit(edited)
        server.replica.delete(deleted)
        run(home, "article", urls=f"{server.url}{edited},{server.url}{deleted}")
    assert home.counts()["changed"] == home.counts()["gone"] == 1
    versions = "SELECT count(*) FROM version v JOIN article a ON a.id = v.article_id WHERE a.url LIKE ?"
    assert home.rows(versions, f"%{edited}") == [(2,)]
    assert home.rows("SELECT state FROM article WHERE url LIKE ?", f"%{deleted}") == [("gone",)]


def test_faults_of_a_moment_cost_nothing(tmp_path):
    """A crawl that met refusals, a cut body and a stall ends with the same articles as one that met none."""
    with ReplicaServer(Replica.build()) as server:
        home = home_of(tmp_path / "home", server)
        server.replica.misbehave("^/zhenjie/$", refuse(503, retry_after=1), times=1)
        server.replica.misbehave("^/zhenjie/2", cut(0.4), times=1)
        server.replica.misbehave("^/zhenjie/index_1", stall(8), times=1)
        run(home, "columns", channel="zhenjie")
        wanted = {e.path for e in server.replica.entries() if e.path.startswith("/zhenjie/")}
        assert set(stored(home)) == {canonical(home, server, path) for path in wanted}
    assert home.counts()["retried"] >= 2
