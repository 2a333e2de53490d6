"""A page that ends the process that reads it: the run dies, the archive goes on."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from crawl_samples import ROOT, Home, SmallSite, article, listing, profile

from crawler import ahead
from crawler.ahead import DIED, MOST_DEADLY, Chunk, read_ahead
from crawler.sites.profile import load_profile
from storage.errors import ArchiveError
from storage.records import Capture, Context, Kind, Rejection

PATHS = [f"/a/{number}.html" for number in range(100, 106)]
DEADLY = """
import os, signal
import crawler.parse.decode as module

real = module.decode

def decode(capture):
    if os.environ.get("DEADLY", "deadly").encode() in capture.body:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(capture)

module.decode = decode
"""
"""What a fault in a C library or the kernel's want of memory does, in whatever process reads the page."""
READ_AGAIN = [sys.executable, "-m", "cli", "reparse"]


def test_a_page_that_ends_its_reader_does_not_end_every_run(tmp_path: Path) -> None:
    """One such page must not keep all that come after it out of the archive for ever."""
    (tmp_path / "sitecustomize.py").write_text(DEADLY, "utf-8")
    deadly = {"PYTHONPATH": f"{tmp_path}:{ROOT}"}
    with SmallSite() as site:
        pages = {path: article(path) for path in PATHS}
        site.pages = {"/list.html": listing(*PATHS), **pages, PATHS[1]: article(PATHS[1], foot="<!-- deadly -->")}
        home = Home(tmp_path / "home", profile(site.url))
        codes = [home.crawl("columns", environment=deadly).returncode for _ in range(3)]
    assert codes == [-signal.SIGKILL, -signal.SIGKILL, 0]
    query = "SELECT r.url, r.reason, r.detail, o.outcome FROM rejected r JOIN outcome o ON o.capture_id = r.capture_id"
    assert home.rows(query) == [(site.url + PATHS[1], "unreadable", "the reader died on it", "rejected")]
    assert home.rows("SELECT count(*) FROM article") == [(5,)]
    assert site.asked(PATHS[1]) == [PATHS[1]]
    left = home.rows("SELECT count(*) FROM capture c LEFT JOIN outcome o ON o.capture_id = c.id WHERE o.id IS NULL")
    assert left == [(0,)]
    assert home.rows("SELECT counts FROM run WHERE counts LIKE '%rejected%'") != []  # that of the run that fetched it


def test_a_list_that_ends_its_reader_does_not_end_every_run(tmp_path: Path) -> None:
    """A start page is asked for in every run: one such list must not keep the other lists from being walked."""
    (tmp_path / "sitecustomize.py").write_text(DEADLY, "utf-8")
    with SmallSite() as site:
        site.pages = {"/list.html": f"{listing(*PATHS[:2])}<!-- deadly -->", "/more.html": listing(*PATHS[2:])}
        site.pages |= {path: article(path) for path in PATHS}
        more = f'[[channel]]\nname = "more"\ntitle = "民生"\nstart = ["{site.url}/more.html"]\n'
        home = Home(tmp_path / "home", profile(site.url, more))
        deadly = {"PYTHONPATH": f"{tmp_path}:{ROOT}"}
        codes = [home.crawl("columns", environment=deadly).returncode for _ in range(3)]
        assert codes == [-signal.SIGKILL, -signal.SIGKILL, 0]
        assert home.rows("SELECT count(*) FROM article") == [(4,)]
        failed = home.rows("SELECT url, reason FROM outcome WHERE outcome = 'failed'")
        assert failed == [(f"{site.url}/list.html", "the reader died on it")] * 2
        site.pages["/list.html"] = listing(*PATHS[:2])
        assert home.crawl("columns", environment=deadly).returncode == 0
    assert home.rows("SELECT count(*) FROM article") == [(6,)]


def test_a_page_that_ends_its_reader_does_not_end_every_reparse(tmp_path: Path) -> None:
    """One such page must not keep all that come after it from being read again; a broken machine is not its fault."""
    (tmp_path / "sitecustomize.py").write_text(DEADLY, "utf-8")
    with SmallSite() as site:
        site.pages = {"/list.html": listing(*PATHS), **{path: article(path) for path in PATHS}}
        site.pages[PATHS[1]] = article(PATHS[1], foot="<!-- deadly -->")
        home = Home(tmp_path / "home", profile(site.url))
        assert home.crawl("columns").returncode == 0
    assert [read_again(home, tmp_path).returncode for _ in range(2)] == [-signal.SIGKILL, 0]
    rows = home.rows("SELECT url, detail FROM rejected")
    assert rows == [(site.url + PATHS[1], "the reader died on it")]
    ((counts,),) = home.rows("SELECT counts FROM run WHERE id = (SELECT max(id) FROM run)")
    assert json.loads(counts) == {"rejected": 1, "robots": 1, "same": 6}
    broken = read_again(home, tmp_path, "--workers", "2", DEADLY="<html")
    assert (broken.returncode, len(broken.stderr.splitlines())) == (1, 1)
    named = f"pages in a row ended the process that read them, the last {site.url}{PATHS[MOST_DEADLY - 1]}"
    assert named in broken.stderr
    assert read_again(home, tmp_path).returncode == 0, "what failed so is read by another process again"


def test_pages_that_end_their_readers_here_and_there_end_no_reparse(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A large archive has many such pages by and by: counted over all of it, they would close it for ever."""
    (tmp_path / "sitecustomize.py").write_text(DEADLY, "utf-8")
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}:{ROOT}")
    monkeypatch.setattr(ahead, "MOST_DEADLY", 2)
    monkeypatch.setattr(ahead, "CHUNK_CAPTURES", 1)
    site = load_profile("xihaian")
    here_and_there = "dll-d-d"
    died = [died_in(chunk) for chunk in read_ahead(map(page, here_and_there), site, apart=True)]
    assert died == [letter == "d" for letter in here_and_there]
    with pytest.raises(ArchiveError, match=r"2 pages in a row ended the process that read them, the last http"):
        list(read_ahead(map(page, "-dd"), site, apart=True))


def page(letter: str) -> Capture:
    """An article page; `d`: one that ends its reader; `l`: a list."""
    return Capture(
        url=f"http://paper.example/{letter}.html",
        fetched_at=datetime(2024, 11, 24, tzinfo=UTC),
        status=200,
        headers=(("Content-Type", "text/html; charset=utf-8"),),
        body=article(PATHS[0], foot="<!-- deadly -->" if letter == "d" else "").encode(),
        context=Context(kind=Kind.LISTING if letter == "l" else Kind.ARTICLE, site="xihaian"),
    )


def died_in(chunk: Chunk) -> bool:
    """Whether the one page of a chunk ended its reader."""
    [(_, reading)] = chunk
    return isinstance(reading, Rejection) and reading.detail == DIED


def read_again(home: Home, path: Path, *options: str, **more: str) -> subprocess.CompletedProcess[str]:
    """`xha reparse`, with deadly pages."""
    environment = home.environment | {"PYTHONPATH": f"{path}:{ROOT}"} | more
    command = [*READ_AGAIN, *options]
    return subprocess.run(command, env=environment, cwd=path, capture_output=True, text=True, timeout=120, check=False)
