"""The archive alone gives the same rows, whatever happened while it was written (Shows 4)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from crawl_checks import check, check_counts, locator, table
from crawl_samples import ROOT, Answer, Home, SmallSite, article, listing
from paper_samples import FRIDAY, h5, paper_profile, pc, refresh

from storage.query.health import faults
from storage.query.reports import run_reports
from storage.store.database import Database

TABLES = ("article", "version", "sighting", "image", "rejected")
READ_AGAIN = (
    "from crawler.reparse import reparse; from storage.config import load_config; print(reparse(load_config()))"
)
MONDAY = FRIDAY.replace(day=29)
FIRST = ("河堤上的柳树是去年春天栽的，如今已经高过人头，傍晚乘凉的人就坐在树下说话。",)
SECOND = ("镇上说，明年还要沿着河堤再栽三百棵，一直栽到新桥头，让两岸的人都能走在树荫里。",)


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home after a life of edits, moves, copies, deletions, returns, cuts, a death and two days of the paper."""
    with SmallSite() as site:
        channel = f'[[channel]]\nname = "news"\ntitle = "要闻"\nstart = ["{site.url}/list.html"]\nlinks = [".list a"]\n'
        home = Home(tmp_path_factory.mktemp("crawled"), paper_profile(site.url) + channel)
        live(site, home)
        check(home)
        return home


def live(site: SmallSite, home: Home) -> None:
    """What happens to the site between crawls."""
    paths = [f"/a/{number}.html" for number in range(1, 6)]
    site.pages = {path: Answer(article(path), headers={"ETag": f'"{path}"'}) for path in paths}
    site.pages |= pc(FRIDAY) | h5(FRIDAY) | pc(MONDAY)
    site.pages |= {
        "/list.html": listing(*paths, "/copy.html", "/old.html", "/long.html", "/cut.html", "/none.html", "/file.html"),
        "/copy.html": article(paths[0]),
        "/old.html": Answer(status=301, headers={"Location": "/a/6.html"}),
        "/a/6.html": article("/a/6.html", foot='<p><img src="/i/6.jpg"></p>'),
        "/long.html": article("/a/8.html", body=FIRST, foot='<div><a href="/long_2.html">下一页</a></div>'),
        "/long_2.html": article("/a/8.html", body=SECOND),
        "/cut.html": Answer(article("/a/9.html"), promised=9_000),
        "/file.html": Answer(b"%PDF-1.7", headers={"Content-Type": "application/pdf"}),
        "/epaper/html/qdx/content/20240727/IssueIndex.htm": refresh("../20240726/IssueIndex.htm"),
    }
    home.crawl_until(site, 7, "columns")
    home.crawl("columns")
    home.crawl("epaper", since=FRIDAY.isoformat(), until=MONDAY.isoformat())
    site.pages[paths[1]] = article(paths[1], body=(FIRST[0], SECOND[0]))
    site.pages["/long_2.html"] = article("/a/8.html", body=(SECOND[0].replace("三百", "五百"),))
    site.pages |= {"/cut.html": article("/a/9.html"), "/file.html": article("/a/10.html")}
    moved = [site.pages.pop(path) for path in paths[2:4]]
    site.pages["/a/6.html"] = Answer(b"%PDF-1.7", headers={"Content-Type": "application/pdf"})
    given = [*paths[:4], "/long_2.html", "/cut.html", "/file.html", "/a/6.html"]
    home.crawl("article", urls=" ".join(site.url + path for path in given))
    site.pages[paths[2]] = moved[0]
    home.crawl("article", urls=" ".join(site.url + path for path in paths[1:4]))


def read_again(home: Home, database: Path) -> subprocess.CompletedProcess[str]:
    """Read the archive of a home into a database."""
    environment = home.environment | {"XHA_DATABASE": f"sqlite:///{database}"}
    command = [sys.executable, "-c", READ_AGAIN]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def other(home: Home, path: Path, database: str) -> Home:
    """The same archive with another database, for looking into."""
    seen = Home(path, (home.path / "site.toml").read_text("utf-8"))
    (path / "data").mkdir(exist_ok=True)
    (path / "data/archive.db").symlink_to(path / database)
    return seen


def test_the_life_was_full(crawled):
    """What is compared below holds every kind of event, or the comparison would prove little."""
    outcomes = {row[0] for row in crawled.rows("SELECT DISTINCT outcome FROM outcome")}
    assert outcomes == {
        "changed", "duplicate", "failed", "gone", "index", "new", "part", "redirect", "rejected", "retried", "robots",
        "same",
    }  # fmt: skip
    assert crawled.rows("SELECT state, count(*) FROM run GROUP BY state") == [("finished", 4), ("interrupted", 1)]
    assert crawled.rows("SELECT count(*) FROM article WHERE state = 'gone'") == [(1,)]
    assert crawled.rows("SELECT max(number) FROM version") == [(2,)]


def test_empty_database_ends_up_the_same(crawled, tmp_path):
    """Row for row, times included; row numbers alone differ."""
    done = read_again(crawled, tmp_path / "again.db")
    assert done.returncode == 0, done.stderr
    again = other(crawled, tmp_path, "again.db")
    for name in TABLES:
        assert table(again, name, times=True) == table(crawled, name, times=True), name
    days = "SELECT paper, day, state, pages, articles, index_url FROM issue ORDER BY day"
    assert again.rows(days) == crawled.rows(days)
    check_counts(again)


def test_reading_again_changes_nothing(crawled, tmp_path):
    """Captures read twice into one database are what they were read once; the run says how many it read."""
    (tmp_path / "same.db").write_bytes(backup(crawled, tmp_path / "copy.db"))
    same = other(crawled, tmp_path, "same.db")
    before = [table(same, name, times=True) for name in (*TABLES, "ledger", "issue")]
    done = read_again(crawled, tmp_path / "same.db")
    assert done.returncode == 0, done.stderr
    assert [table(same, name, times=True) for name in (*TABLES, "ledger", "issue")] == before
    check_counts(same)
    with Database.open(f"sqlite:///{tmp_path / 'same.db'}") as database, database.read() as session:
        [last] = run_reports(session, 1)
        assert list(faults(session)) == []
    assert last["spider"] == "reparse"
    assert last["counts"]["same"] > 0
    assert [(sum(last["counts"].values()),)] == same.rows("SELECT count(*) FROM capture")


def backup(home: Home, path: Path) -> bytes:
    """The database of a home as one file."""
    home.rows(f"VACUUM INTO '{path}'")
    return path.read_bytes()


def test_damage_costs_what_is_damaged(crawled, tmp_path):
    """A broken record is named and not zero; everything that is whole is read all the same."""
    [(url,)] = crawled.rows("SELECT url FROM article WHERE url LIKE '%/a/1.html'")
    place = locator(crawled, url.replace("/a/1.html", "/a/5.html"))
    broken = tmp_path / "warc"
    broken.mkdir()
    for path in (crawled.path / "data/warc").iterdir():
        data = bytearray(path.read_bytes())
        if path.name == place.file:
            data[place.offset + place.length // 2] ^= 0xFF
        (broken / path.name).write_bytes(data)
    home = Home(tmp_path, (crawled.path / "site.toml").read_text("utf-8"), more=f'archive = "{broken}"\n')
    done = read_again(home, tmp_path / "data/archive.db")
    assert done.returncode != 0
    assert f"{place.file} at byte {place.offset}" in done.stderr.splitlines()[-1]
    assert f"{place.file} at byte {place.offset}" in home.rows("SELECT notes FROM run")[0][0]
    titles = {row["title"] for row in table(home, "article")}
    assert titles < {row["title"] for row in table(crawled, "article")}
    assert len(titles) == len(table(crawled, "article")) - 1
