"""A disk that is full, or may not be written: in the middle of a crawl, at its start, and where the logs are."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from crawl_samples import ROOT, Home, SmallSite, profile
from small_disks import (
    NEW,
    disk,
    in_one_sentence,
    same,
    set_writable,
    site_of_articles,
    use_all_bytes,
    use_all_names,
    whole,
)

QUIET = ("LOG_LEVEL=ERROR", "CONCURRENT_REQUESTS=1")
SIZE = "size=24m,nr_inodes=100"


@pytest.fixture(scope="module")
def site() -> Iterator[SmallSite]:
    """The site of all tests here."""
    with site_of_articles() as one:
        yield one


@pytest.fixture(scope="module")
def undisturbed(site: SmallSite, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The archive of a crawl that nothing went wrong in."""
    home = Home(tmp_path_factory.mktemp("undisturbed"), profile(site.url))
    assert home.crawl("columns", *QUIET).returncode == 0
    return home


@pytest.fixture
def home(site: SmallSite, tmp_path: Path) -> Iterator[Home]:
    """A home whose database and whose archive lie on a small disk each."""
    with disk(tmp_path / "data", SIZE), disk(tmp_path / "data/warc", SIZE):
        yield Home(tmp_path, profile(site.url))


def fails(home: Home, code: int) -> str:
    """What a crawl says that fails with that exit code."""
    done = home.crawl("columns", *QUIET)
    assert done.returncode == code, done.stderr
    return in_one_sentence(done.stderr)


def goes_on(home: Home) -> None:
    """With the obstacle gone the next run has nothing to say."""
    done = home.crawl("columns", *QUIET)
    assert (done.returncode, done.stderr) == (0, "")


def at_request(site: SmallSite, number: int, do: Callable[[], object]) -> None:
    """Have something done when the site gets that many requests more."""
    last = len(site.requests) + number
    site.on_request = lambda count: do() if count == last else None


@pytest.mark.parametrize(
    ("full", "use_all", "code", "said"),
    [
        ("data/warc", use_all_bytes, 4, "cannot be written (No space left on device); make room"),
        ("data/warc", use_all_names, 4, "cannot be finished"),
        ("data", use_all_bytes, 3, "database or disk is full; make room"),
    ],
)
def test_disk_that_fills_up(home, site, undisturbed, full, use_all, code, said):
    """Else a full disk would leave half a record, a record without a row, or a page of traces."""
    at_request(site, 6, lambda: use_all(home.path / full))
    told = fails(home, code)
    assert said in told
    assert str(home.path / full) in told
    remove(home.path / full / "ballast")
    goes_on(home)
    same(home, undisturbed)


def remove(ballast: Path) -> None:
    """Make room again."""
    shutil.rmtree(ballast) if ballast.is_dir() else ballast.unlink()


def test_disk_without_names_at_the_start(home, site, undisturbed):
    """Else a disk with room and without inodes would be taken for one that is in order, or be traced to us."""
    for full, code, said in (("data/warc", 4, "no WARC file can be opened"), ("data", 3, "unable to open database")):
        use_all_names(home.path / full)
        told = fails(home, code)
        assert said in told
        assert "df -i" in told
        remove(home.path / full / "ballast")
    goes_on(home)
    same(home, undisturbed)


def test_disk_that_is_read_only(home, site, undisturbed):
    """A mount that came back read-only must cost nothing of what a run left unfinished on it, and be called by name."""
    home.crawl_until(site, 6, "columns", "CONCURRENT_REQUESTS=1")
    for place, code in (("data/warc", 4), ("data", 3)):
        set_writable(home.path / place, writable=False)
        told = fails(home, code)
        assert "mount" in told
        assert str(home.path / place) in told
        set_writable(home.path / place, writable=True)
    goes_on(home)
    same(home, undisturbed)


def test_archive_that_is_read_only_from_the_start(home, undisturbed):
    """The same where nothing is left to be recovered."""
    set_writable(home.path / "data/warc", writable=False)
    assert "data/warc: is not writable; check its owner and mode, and how it is mounted" in fails(home, 4)
    set_writable(home.path / "data/warc", writable=True)
    goes_on(home)
    same(home, undisturbed)


def test_log_on_a_full_disk(tmp_path, site):
    """What is said of a crawl is worth less than the crawl: it goes on without a log; without names it is left out."""
    job = '[[job]]\nname = "news"\nspider = "columns"\nevery = "1h"\n'
    home = Home(tmp_path, profile(site.url), more=job)
    with disk(tmp_path / "data/log", SIZE):
        ballast = use_all_names(tmp_path / "data/log")
        done = once(home)
        assert done.returncode == 1
        assert done.stderr.count("\n") == 1, done.stderr
        assert "skipped, could not be started: [Errno 28] No space left on device" in done.stderr
        remove(ballast)
        use_all_bytes(tmp_path / "data/log")
        done = once(home)
        assert done.returncode == 0
        assert done.stderr.count("\n") == 1, done.stderr
        assert (tmp_path / "data/log/news.log").stat().st_size == 0
        assert home.rows("SELECT outcome FROM planned ORDER BY id") == [("skipped",), ("ran",)]
        assert home.counts() == NEW
        whole(home)


def once(home: Home) -> subprocess.CompletedProcess[str]:
    """The timetable's job, now."""
    return subprocess.run(
        [sys.executable, "scheduler.py", "--once", "news"],
        cwd=ROOT,
        env=home.environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
