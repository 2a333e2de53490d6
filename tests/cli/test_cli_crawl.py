"""`xha crawl` and `fetch`: what they fetch, what they say, and how they end."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_samples import EMPTY, GONE, PATHS, Crawled, command, environment_of, rows_of, xha
from crawl_samples import Home, SmallSite, article, headline, listing, profile

from crawler.throwaway import thrown_away
from storage.config import load_config

PATIENCE_SECONDS = 30
UNREACHABLE = "http://127.0.0.1:9"
"""The discard port, at which nothing listens."""


def until(condition: Callable[[], object]) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


@pytest.fixture
def slow_site():
    """A site of its own."""
    with SmallSite() as site:
        site.pages = {"/list.html": listing(*PATHS), **{path: article(path) for path in PATHS}}
        yield site


@pytest.fixture
def slow(slow_site: SmallSite, tmp_path: Path) -> Home:
    """A home for it, whose crawls take some seconds because they are polite."""
    return Home(tmp_path / "slow", profile(slow_site.url, delay=0.15))


def start(home: Home, *arguments: str) -> subprocess.Popen[str]:
    """The command, under way."""
    return subprocess.Popen(
        command(*arguments), env=environment_of(home), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def stored(home: Home) -> int:
    """Articles in the archive."""
    if not (home.path / "data/archive.db").exists() or not home.rows(
        "SELECT 1 FROM sqlite_master WHERE name = 'article'"
    ):
        return 0
    return home.rows("SELECT count(*) FROM article")[0][0]


def test_crawl_runs_columns_then_epaper_and_tells_of_both(fresh: Home):
    """Without a word it does the whole job, and ends with what became of it."""
    done = xha(fresh, "crawl", columns=100)
    assert done.returncode == 0
    assert fresh.rows("SELECT spider, state FROM run ORDER BY id") == [("columns", "finished"), ("epaper", "finished")]
    lines = done.stdout.splitlines()
    assert lines[0].split() == ["run", "spider", "state", "seconds", "counts"]
    assert [line.split()[:3] for line in lines if re.match(r" +\d", line)] == [
        ["1", "columns", "finished"],
        ["2", "epaper", "finished"],
    ]
    assert "new 32" in done.stdout
    assert re.fullmatch(r"37 responses in \d+ s\.\n", done.stderr)


def test_second_crawl_fetches_the_list_alone(fresh: Home, site: SmallSite):
    """Everything known is left alone; nothing is stored twice."""
    xha(fresh, "crawl", "columns")
    before, asked = stored(fresh), len(site.asked())
    done = xha(fresh, "crawl", "columns")
    assert "index 1" in done.stdout
    assert stored(fresh) == before
    assert site.asked()[asked:] == ["/list.html"]


def test_notes_are_said_in_full(slow: Home, slow_site: SmallSite):
    """A run that fell back from selectors to shapes reads what it was not told to read: somebody must look."""
    slow_site.pages["/list.html"] = listing(*PATHS[:6]).replace("class=list", "class=other")
    note = "channel news: article links found by shape, not by selectors"
    done = xha(slow, "crawl", "columns", columns=80)
    assert f"Run 1: {note}" in done.stdout.splitlines()
    assert re.search(r"finished +1  new 6", xha(slow, "runs", columns=80).stdout)
    assert f"notes     {note}" in xha(slow, "runs", "1", columns=80).stdout


def test_options_reach_the_spider_they_are_for(fresh: Home):
    """An option that is dropped, or given to the wrong spider, makes another crawl than the one asked for."""
    until_day = ("--since", "2024-7-1", "--until", "20240702")
    assert xha(fresh, "crawl", "--full", "--channel", "news", *until_day).returncode == 0
    told = [(spider, json.loads(arguments)) for spider, arguments in fresh.rows("SELECT spider, arguments FROM run")]
    assert told == [
        ("columns", {"channel": "news", "full": "1"}),
        ("epaper", {"since": "2024-07-01", "until": "2024-07-02", "full": "1"}),
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["crawl", "pages"], "there is no spider 'pages'; there are: article, columns, epaper"),
        (["crawl", "article"], "xha fetch URL…"),
        (["crawl", "--since", "soon"], "--since: 'soon' is not a day; write it as 2024-07-26"),
        (["crawl", "--since", "2024-02-02", "--until", "2024-01-01"], "lies after"),
        (["crawl", "--since", "2999-01-01"], "--since 2999-01-01 lies in the future; the newest issue is that of 20"),
        (["crawl", "columns", "--since", "2024-01-01"], "--since is for epaper, which this crawl does not run"),
        (["crawl", "epaper", "--channel", "news"], "--channel is for columns"),
        (["crawl", "--channel", "nowhere"], "no channel 'nowhere' in site 'small'; there are: news"),
        (["fetch"], "no address was given"),
        (["fetch", "ftp://127.0.0.1/"], "'ftp://127.0.0.1/' is not an http:// or https:// address"),
        (["fetch", "http://["], "'http://[' is not an http:// or https:// address"),
        (["fetch", "--dry-run", "http://[x]/a"], "'http://[x]/a' is not an http:// or https:// address"),
        (["fetch", "http://127.0.0.1:99999/"], "'http://127.0.0.1:99999/' is not an http:// or https:// address"),
        (["fetch", "--file", "nowhere.txt"], "nowhere.txt: cannot be opened: No such file or directory"),
    ],
)
def test_wrong_input_is_told_in_a_line(fresh: Home, site: SmallSite, arguments, said):
    """One line that says what is wrong, and nothing fetched."""
    asked = len(site.requests)
    done = xha(fresh, *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert len(site.requests) == asked


def test_site_that_cannot_be_reached(tmp_path: Path):
    """The live site cannot be reached from everywhere: one sentence with the host and the way on, and a short table."""
    home = Home(tmp_path, profile(UNREACHABLE))
    done = xha(home, "crawl")
    assert done.returncode == 6
    assert re.fullmatch(r"Error: The site cannot be reached: no answer from 127\.0\.0\.1:9 .*make demo\n", done.stderr)
    assert len(done.stdout.splitlines()) == 3
    assert home.rows("SELECT count(*) FROM ledger WHERE state IN ('pending', 'failed')") == [(1,)]


def test_database_that_cannot_be_used(fresh: Home):
    """A file that is something else ends every command with the store's exit code and one line."""
    (fresh.path / "data").mkdir()
    (fresh.path / "data/archive.db").write_text("not a database" * 100)
    for arguments in (["crawl"], ["search", "渠"], ["db", "upgrade"], ["reparse"], ["fetch", "http://127.0.0.1:9/a"]):
        done = xha(fresh, *arguments)
        assert done.returncode == 3, arguments
        assert "not a database" in done.stderr
        assert done.stderr.count("\n") == 1


def test_archive_that_cannot_be_written(fresh: Home):
    """A file where the WARC directory should be ends the crawl with the archive's exit code."""
    (fresh.path / "data").mkdir()
    (fresh.path / "data/warc").write_text("a file")
    done = xha(fresh, "crawl")
    assert done.returncode == 4
    assert "warc" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signal_ends_a_crawl_in_order(slow: Home, slow_site: SmallSite, number):
    """What is under way is finished, the row is closed, nothing stays leased, and the next crawl does the rest."""
    process = start(slow, "crawl")
    until(lambda: stored(slow) > 2)
    process.send_signal(number)
    out, said = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 130
    assert said == ("Interrupted: what was not fetched waits in the ledger, and the next crawl takes it first.\n")
    assert "interrupted" in out
    assert slow.rows("SELECT spider, state FROM run") == [("columns", "interrupted")]
    assert slow.rows("SELECT count(*) FROM ledger WHERE state = 'leased'") == [(0,)]
    assert not list((slow.path / "data/warc").glob("*.open"))
    assert stored(slow) < len(PATHS)
    assert xha(slow, "crawl").returncode == 0
    assert stored(slow) == len(PATHS)
    assert all(len(slow_site.asked(path)) == 1 for path in PATHS)


def test_signal_before_the_engine_runs(slow: Home):
    """A Ctrl-C in the first second leaves no run that looks as if it went on."""
    process = start(slow, "crawl")
    until(lambda: (slow.path / "data/archive.db").exists() and has_run(slow))
    process.send_signal(signal.SIGINT)
    said = process.communicate(timeout=PATIENCE_SECONDS)[1]
    assert process.returncode == 130
    assert said.startswith("Interrupted: ")
    assert slow.rows("SELECT state FROM run") == [("interrupted",)]


def has_run(home: Home) -> bool:
    """Whether a run has its row."""
    return bool(home.rows("SELECT 1 FROM sqlite_master WHERE name = 'run'")) and bool(home.rows("SELECT 1 FROM run"))


def test_bar_in_a_terminal(slow: Home):
    """Whoever waits sees how far it is; Ctrl-C in the terminal ends it, and the bar leaves the screen."""
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        command("crawl", "columns"),
        env=environment_of(slow, 100) | {"TERM": "xterm"},
        stdin=follower,
        stdout=subprocess.PIPE,
        stderr=follower,
        start_new_session=True,
    )
    assert process.stdout is not None
    os.close(follower)
    said, stopped = b"", False
    while process.poll() is None or select.select([leader], [], [], 0)[0]:
        if select.select([leader], [], [], 0.1)[0]:
            try:
                said += os.read(leader, 65536)
            except OSError:  # its other end was closed
                break
        if not stopped and re.search(rb"new \d", said):
            process.send_signal(signal.SIGINT)
            stopped = True
    os.close(leader)
    process.stdout.close()
    assert process.wait(PATIENCE_SECONDS) == 130
    shown = re.sub(rb"\x1b\[[0-9;?]*[a-zA-Z]", b"", said).decode()
    assert "columns" in shown
    assert re.search(r"\d+/\d+", shown)
    assert shown.rstrip().endswith("the next crawl takes it first.")


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
