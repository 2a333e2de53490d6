"""`xha demo`: the whole job on the replica, the same again, and gone without a trace."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from cli_samples import XHA, Bare, Crawled, environment_of, xha
from crawl_checks import check
from crawl_samples import Home, SmallSite, article, listing, profile
from lxml.html import fromstring

from demo.run import PORT, SEED

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Demo:
    """A demo that was shown once."""

    home: Home
    port: int
    said: str

    def copy(self, path: Path) -> Home:
        """Its archive, to be changed."""
        shutil.copytree(self.home.path, path)
        return Bare(path)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The demo in a directory of its own: no configuration, as after a fresh clone, and its usual port in use."""
    home = Bare(tmp_path_factory.mktemp("demo"))
    with socket.socket() as other:
        with suppress(OSError):  # somebody else has it
            other.bind(("127.0.0.1", PORT))
            other.listen()
        done = xha(home, "demo", columns=80)
    assert done.returncode == 0, done.stderr
    port = json.loads((home.path / "data/demo/replica.json").read_text())["port"]
    assert port != PORT
    return Demo(home, port, done.stdout)


@pytest.fixture
def busy() -> Iterator[int]:
    """A port that is in use."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        one.listen()
        yield one.getsockname()[1]


def told(said: str, name: str) -> str:
    """One entry of the summary."""
    found = re.search(rf"^{name} +(.*(?:\n {{8,}}.*)*)", said, re.MULTILINE)
    assert found, name
    return " ".join(found[1].split())


def test_summary_is_what_the_archive_holds(demo: Demo):
    """The first numbers anybody sees of this project must be true."""
    [(articles,)] = demo.home.rows("SELECT count(*) FROM article")
    [(captures,)] = demo.home.rows("SELECT count(*) FROM capture")
    [(rejected,)] = demo.home.rows("SELECT count(*) FROM rejected WHERE resolved_at IS NULL")
    [(complete,)] = demo.home.rows("SELECT count(*) FROM issue WHERE state = 'complete'")
    files = list((demo.home.path / "data/warc").glob("*.warc.gz"))
    assert articles > 60
    assert told(demo.said, "articles") == str(articles)
    assert f"e-paper days  complete {complete}" in demo.said
    assert sum(int(number) for number in re.findall(r" (\d+)(?:,|$)", told(demo.said, "rejected"))) == rejected
    size = sum(file.stat().st_size for file in files)
    assert told(demo.said, "captures") == f"{captures} in {len(files)} WARC files, {size:,} bytes"
    assert f"{articles} articles stored" in told(demo.said, "this run")


def test_the_three_commands_work(demo: Demo):
    """Whoever saw the demo types what it proposes, in the directory where it ran."""
    commands = re.findall(r"^  (.*xha (?:search|show) .*)$", demo.said, re.MULTILINE)
    assert len(commands) == 3
    environment = environment_of(demo.home)
    del environment["XHA_HOME"]
    for command in commands:
        run = subprocess.run(
            command, shell=True, cwd=demo.home.path, env=environment, capture_output=True, text=True, check=True
        )
        assert len(run.stdout) > 100
        assert run.stderr == ""


def test_search_finds_the_page_that_is_real(demo: Demo):
    """The seed article is read as a person reads it, where its text lies beside the checkout."""
    if not SEED.is_dir():
        pytest.skip(f"{SEED} is not there")
    found = json.loads(xha(demo.home, "search", "攻坚", "--editor", "徐丽", "--format", "json").stdout)
    [seed] = [one for one in found if one["title"].startswith("苦干实干加油干")]
    assert seed["published_at"] == "2021-02-24T10:49:09+08:00"
    assert seed["source"] == "大众报业·青岛西海岸报"
    assert seed["authors"] == ["李涛", "梁玉鹏", "董梅雪"]


def test_pages_call_channels_as_the_replica_does(demo: Demo):
    """Else the first page a stranger sees has codes, and the name of another site, where channels should be."""
    command = [XHA, "serve", "--port", "0"]
    environment = environment_of(demo.home)
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None
            at = re.search(r"http://\S+?(?=/)", server.stderr.readline())
            assert at
            with httpx.Client(transport=httpx.HTTPTransport(retries=20), timeout=30, trust_env=False) as client:
                page = fromstring(client.get(f"{at[0]}/search?q=台风").text)
        finally:
            server.terminate()
    shown = {link.text_content() for link in page.cssselect(".facets a[href*=channel]")}
    assert {"澜港新闻网", "镇街", "旧闻"} <= shown
    assert not shown & {"www", "zhenjie", "sitemap", "西海岸新闻网"}


def test_second_time_stores_nothing(demo: Demo, tmp_path: Path):
    """Fetching what is known is rude, and storing it again is wrong. The port is the one it had."""
    home = demo.copy(tmp_path / "again")
    before = home.rows("SELECT id, version_id FROM article ORDER BY id")
    done = xha(home, "demo", columns=140)
    assert done.returncode == 0, done.stderr
    assert re.search(r"\d+ list pages and 0 article pages fetched in \d+ s, nothing new stored", done.stdout)
    assert home.rows("SELECT id, version_id FROM article ORDER BY id") == before
    kinds = home.rows("SELECT DISTINCT kind FROM capture WHERE run_id > 3")
    assert {kind for (kind,) in kinds} <= {"listing", "issue", "edition", "robots", "resource"}


def test_growth_is_all_that_is_fetched(demo: Demo, tmp_path: Path):
    """An archive that keeps itself finds what is new, and takes that alone."""
    home = demo.copy(tmp_path / "grown")
    [(before,)] = home.rows("SELECT count(*) FROM article")
    done = xha(home, "demo", "--grow", "3", columns=140)
    assert "the replica published 3 more; " in done.stdout
    assert re.search(r"list pages and 3 article pages fetched in \d+ s, 3 articles stored", done.stdout)
    assert home.rows("SELECT count(*) FROM article") == [(before + 3,)]
    assert home.rows("SELECT count(*) FROM capture WHERE run_id > 3 AND kind = 'article'") == [(3,)]


def test_archive_of_the_demo_reads_again_as_it_was(demo: Demo, tmp_path: Path):
    """Also without being told that the demo has a profile of its own."""
    home = demo.copy(tmp_path / "again")
    done = xha(home, "reparse", environment={"XHA_DATABASE": "sqlite:///other/archive.db"})
    assert done.returncode == 0, done.stderr
    other = Bare(home.path / "other")
    (other.path / "data").mkdir()
    for file in other.path.glob("archive.db*"):
        file.rename(other.path / "data" / file.name)
    query = (
        "SELECT id, site, canonical_url, title, published_at, source, editor, authors, body FROM article ORDER BY id"
    )
    assert other.rows(query) == home.rows(query)


def test_ports(demo: Demo, busy: int, tmp_path: Path):
    """Addresses must stay the same, and a port in use is told with the way out of it."""
    done = xha(demo.home, "demo", "--port", str(demo.port % 60000 + 1))
    assert done.returncode == 2
    assert f"Error: the demo's articles have addresses of port {demo.port}; leave --port out" in done.stderr
    home = Bare(tmp_path)
    done = xha(home, "demo", "--port", str(busy))
    assert done.returncode == 2
    assert f"Error: port {busy} is in use by another program; leave --port out, and a free one is found" in done.stderr
    assert not (tmp_path / "data/demo").exists()
    assert xha(home, "demo", "--port", "0").returncode == 2


def test_other_peoples_archives_are_left_alone(crawled: Crawled):
    """Invented articles among real ones would spoil an archive, and removing it would be worse."""
    before = sorted(crawled.home.path.rglob("*.warc.gz"))
    done = xha(crawled.home, "demo")
    assert done.returncode == 2
    assert "holds the site small" in done.stderr
    assert "XHA_HOME=demo-archive xha demo" in done.stderr
    assert xha(crawled.home, "demo", "--remove").stderr == "There is no demo here.\n"
    assert sorted(crawled.home.path.rglob("*.warc.gz")) == before
    assert not (crawled.home.path / "data/demo").exists()


def test_records_of_another_site_count_too(crawled: Crawled, tmp_path: Path):
    """An archive whose database was lost is still an archive."""
    shutil.copytree(crawled.home.path / "data/warc", tmp_path / "data/warc")
    home = Bare(tmp_path)
    assert "holds the site small" in xha(home, "demo").stderr
    assert xha(home, "demo", "--remove").stderr == "There is no demo here.\n"
    assert list((tmp_path / "data/warc").glob("*.warc.gz"))


def test_remove_takes_the_demo_and_nothing_else(demo: Demo, tmp_path: Path):
    """The real site can then be crawled into the same directory."""
    home = demo.copy(tmp_path / "removed")
    (tmp_path / "site.toml").write_text(profile("http://127.0.0.1:9"), "utf-8")
    silent = xha(home, "crawl", environment={"XHA_SITE": str(tmp_path / "site.toml")})
    assert silent.returncode == 6  # a crawl that got no answer leaves nothing worth keeping
    (home.path / "data/warc/notes.txt").write_text("mine")
    done = xha(home, "demo", "--remove")
    assert (done.returncode, done.stderr) == (0, "The demo is gone.\n")
    assert [path.relative_to(home.path) for path in home.path.rglob("*") if path.is_file()] == [
        Path("data/warc/notes.txt")
    ]
    assert xha(home, "demo", "--remove").stderr == "There is no demo here.\n"


def test_remove_leaves_what_was_crawled_since(demo: Demo, tmp_path: Path):
    """`make demo`, later `make crawl`: the invented articles must go, and nothing that is real with them."""
    home = demo.copy(tmp_path / "mixed")
    paths = [f"/a/{number}.html" for number in range(1, 4)]
    with SmallSite({path: article(path) for path in paths} | {"/list.html": listing(*paths)}) as site:
        (tmp_path / "site.toml").write_text(profile(site.url), "utf-8")
        done = xha(home, "crawl", "columns", environment={"XHA_SITE": str(tmp_path / "site.toml")})
        assert done.returncode == 0, done.stderr
    files = {name for (name,) in home.rows("SELECT warc_file FROM capture WHERE run_id = 4")}
    done = xha(home, "demo", "--remove")
    assert (done.returncode, done.stderr) == (0, "The demo is gone.\n")
    assert home.rows("SELECT site, count(*) FROM article GROUP BY site") == [("small", 3)]
    for table in ("ledger", "sighting", "run", "pace"):
        assert home.rows(f"SELECT DISTINCT site FROM {table}") == [("small",)]
    for table in ("issue", "story", "rejected"):
        assert home.rows(f"SELECT count(*) FROM {table}") == [(0,)]
    assert {path.name for path in (home.path / "data/warc").glob("*.warc.gz")} == files
    assert not (home.path / "data/demo").exists()
    check(home)
    assert xha(home, "verify").returncode == 0
    assert json.loads(xha(home, "search", "云栖镇", "--format", "json").stdout)
    assert json.loads(xha(home, "search", "新区", "--format", "json").stdout) == []
    assert xha(home, "demo", "--remove").stderr == "There is no demo here.\n"


def test_without_the_real_page(tmp_path: Path, busy: int):
    """The demo works where ../shared is not there, and says what is missing."""
    driver = f"""
import pathlib, sys
import demo.run
demo.run.SEED = pathlib.Path("/nowhere/seed")
sys.argv = ["xha", "demo", "--port", "{busy}"]
from cli.main import main
main()
"""
    home = Bare(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", driver],
        cwd=tmp_path,
        env=environment_of(home),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr.startswith("The text of the one real page is not at /nowhere/seed: the replica does without")
    assert done.stderr.count("\n") == 2
