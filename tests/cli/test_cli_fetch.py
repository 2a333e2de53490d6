"""`xha fetch`: given pages, kept or only looked at."""

from __future__ import annotations

import json
from pathlib import Path

from cli_samples import EMPTY, GONE, PATHS, UNREACHABLE, Crawled, rows_of, xha
from crawl_samples import Home, SmallSite, article, headline, profile

from crawler.throwaway import thrown_away
from storage.config import load_config


def test_fetch_stores_and_prints(fresh: Home, site: SmallSite):
    """A page given by hand goes the same way as every other, and its reader sees what came of it."""
    url = site.url + PATHS[0]
    done = xha(fresh, "fetch", url, columns=100)
    assert done.returncode == 0
    assert done.stdout.startswith("new (first seen), id ")
    assert headline(PATHS[0]) in done.stdout
    assert "云栖日报  (label" in done.stdout
    assert fresh.rows("SELECT url FROM article") == [(url,)]
    again = xha(fresh, "fetch", url)
    assert again.stdout.startswith("same (")
    assert fresh.rows("SELECT count(*) FROM version") == [(1,)]


def test_fetch_takes_files_and_standard_input(fresh: Home, site: SmallSite, tmp_path: Path):
    """Lists of addresses come from files and other programs; a comma in one is not the end of it."""
    odd = "/a/1.html?x=1,2"
    site.pages[odd] = article("/a/7.html")
    (tmp_path / "list.txt").write_text(f"# a list\n\n{site.url}{PATHS[1]}\n{site.url}{odd}\n", "utf-8")
    stdin = f"{site.url}{PATHS[2]}\n{site.url}{PATHS[1]}\n"
    done = xha(fresh, "fetch", "-", "--file", str(tmp_path / "list.txt"), "--json", stdin=stdin)
    del site.pages[odd]
    assert done.returncode == 0, done.stderr
    found = {one["url"].removeprefix(site.url): one for one in json.loads(done.stdout)}
    assert set(found) == {PATHS[1], PATHS[2], odd}
    assert found[PATHS[1]]["id"] == fresh.rows("SELECT id FROM article WHERE url LIKE ?", f"%{PATHS[1]}")[0][0]


def test_fetch_of_pages_that_are_no_articles(fresh: Home, site: SmallSite):
    """A script that fetches must see which pages came to nothing."""
    urls = [site.url + path for path in (GONE, EMPTY, PATHS[0])]
    done = xha(fresh, "fetch", *urls)
    assert done.returncode == 1
    assert f"gone: {urls[0]} (HTTP 404)\n" in done.stderr
    assert f"rejected: {urls[1]} (no-body: " in done.stderr
    assert headline(PATHS[0]) in done.stdout
    assert xha(fresh, "fetch", f"{UNREACHABLE}/a.html").returncode == 6


def test_dry_run_keeps_nothing(crawled: Crawled, site: SmallSite, tmp_path: Path):
    """A look at a page must leave the archive as it was, also where variables say which archive that is."""
    home = Home(tmp_path / "home", profile(site.url, delay=0.05))
    xha(home, "crawl", "columns")
    place = {"XHA_DATABASE": f"sqlite:///{home.path}/data/archive.db", "XHA_ARCHIVE": f"{home.path}/data/warc"}
    rows, files = rows_of(home), sorted((home.path / "data/warc").iterdir())
    [(pace,)] = home.rows("SELECT next_at FROM pace")
    url, new = site.url + PATHS[0], site.url + "/a/555.html"
    site.pages["/a/555.html"] = article("/a/555.html")
    done = xha(home, "fetch", "--dry-run", url, new, GONE.join((site.url, "")), "--json", environment=place)
    told = xha(home, "fetch", "--dry-run", new, columns=80)
    del site.pages["/a/555.html"]
    assert done.returncode == 1
    shown = json.loads(done.stdout)
    assert [one["url"] for one in shown] == [url, new]
    assert all(one["id"] is one["first_seen_at"] is one["last_changed_at"] is None and one["body"] for one in shown)
    assert told.stdout.startswith("read, not stored:\n")
    assert rows_of(home) == rows
    assert sorted((home.path / "data/warc").iterdir()) == files
    assert home.rows("SELECT next_at FROM pace")[0][0] > pace  # its requests took their turns like everybody's


def test_thrown_away_archive_is_another_one(fresh: Home):
    """A configuration remembers the addresses it was asked for; a dry run must not write to those."""
    config = load_config(fresh.path / "xha.toml")
    real = (config.database_url, config.archive_directory, config.database_file)
    with thrown_away(config) as place:
        assert not set(real) & {place.database_url, place.archive_directory, place.database_file}


def test_dry_run_without_an_archive(fresh: Home, site: SmallSite):
    """The first thing somebody tries must not make an archive."""
    assert xha(fresh, "fetch", "--dry-run", site.url + PATHS[0]).returncode == 0
    assert not (fresh.path / "data").exists()
    done = xha(fresh, "fetch", "--dry-run", f"{UNREACHABLE}/a.html")
    assert (done.returncode, done.stderr) == (
        6,
        "Error: no answer from 127.0.0.1:9; nothing was noted for a later try\n",
    )
