"""`xha crawl`: what it fetches, what it says, and how it ends."""

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
from cli_samples import PATHS, UNREACHABLE, command, environment_of, xha
from crawl_samples import Home, SmallSite, article, listing, profile

PATIENCE_SECONDS = 30


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
