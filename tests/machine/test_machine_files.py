"""A process that may have no more open files: from its start, and in the middle of a crawl."""

from __future__ import annotations

import resource
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from crawl_samples import ROOT, Home, SmallSite, profile
from small_disks import in_one_sentence, site_of_articles, whole

QUIET = ("LOG_LEVEL=ERROR", "CONCURRENT_REQUESTS=1")


@pytest.fixture
def site() -> Iterator[SmallSite]:
    """The site."""
    with site_of_articles() as one:
        yield one


@pytest.fixture
def home(tmp_path: Path, site: SmallSite) -> Home:
    """A home for it."""
    return Home(tmp_path, profile(site.url))


def test_too_few_files_from_the_start(home, site):
    """Whatever cannot be opened first, it is named; with files enough the next run takes what none has got."""
    ends = {limit: run_with(home, limit) for limit in range(10, 16)}
    told = {limit: in_one_sentence(done.stderr) for limit, done in ends.items() if done.returncode}
    assert len(told) >= 3, ends
    assert all("Too many open files" in said or "ulimit -n" in said for said in told.values()), told
    done = home.crawl("columns", *QUIET)
    assert (done.returncode, done.stderr) == (0, "")
    whole(home)


def run_with(home: Home, limit: int) -> subprocess.CompletedProcess[str]:
    """A crawl that may have so many open files."""
    limited = ["sh", "-c", f'ulimit -n {limit}; exec "$@"', "sh", *home.command("columns", *QUIET)]
    return subprocess.run(limited, cwd=ROOT, env=home.environment, capture_output=True, text=True, check=False)


def test_too_many_files_in_the_middle(home, site):
    """Else pages would wait for hours because of our machine, or the site be told to be down."""
    with home.start("columns", *QUIET) as crawl:
        site.on_request = lambda count: limit_to_now(crawl.pid) if count == 6 else None
        said = in_one_sentence(crawl.communicate(timeout=120)[1])
    assert home.rows("SELECT count(*) FROM outcome WHERE outcome = 'failed'") == [(0,)]
    assert crawl.returncode == 1
    assert "no connection can be opened (Too many open files)" in said
    assert "ulimit -n" in said
    assert home.rows("SELECT state FROM run") == [("failed",)]
    site.on_request = lambda count: None
    done = home.crawl("columns", *QUIET)
    assert (done.returncode, done.stderr) == (0, "")
    whole(home)


def limit_to_now(process: int) -> None:
    """Let a process open nothing more, once the connection it has is closed."""
    highest = max(int(one.name) for one in Path(f"/proc/{process}/fd").iterdir())
    resource.prlimit(process, resource.RLIMIT_NOFILE, (highest, highest))
