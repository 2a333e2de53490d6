"""File systems of a test's own, small enough to fill, and a site and a home to crawl on them."""

from __future__ import annotations

import base64
import errno
import random
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from crawl_checks import check, table
from crawl_samples import Home, SmallSite, article, listing

PATHS = [f"/a/{number}.html" for number in range(101, 113)]
NEW = {"index": 1, "new": len(PATHS), "robots": 1}
COMPARED = ("article", "version", "sighting", "ledger")
"""What must be the same whatever happened on the way."""
PAGE_BYTES = 20_000
"""Of an article's page, when compressed: so that a few of them need more room than is left in a file's last block."""


@contextmanager
def disk(place: Path, options: str) -> Iterator[Path]:
    """A file system in memory at a directory. Skips the test where this user may mount none."""
    place.mkdir(parents=True, exist_ok=True)
    done = mount("-t", "tmpfs", "-o", options, "tmpfs", str(place))
    if done.returncode:
        pytest.skip(f"no file system can be mounted here ({done.stderr.strip()}): a full or read-only disk needs root")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def mount(*arguments: str) -> subprocess.CompletedProcess[str]:
    """What `mount` says."""
    try:
        return subprocess.run(["mount", *arguments], capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        return subprocess.CompletedProcess(arguments, 1, "", str(error))


def set_writable(place: Path, *, writable: bool) -> None:
    """Mount it anew, to be read only or to be written again."""
    subprocess.run(["mount", "-o", f"remount,{'rw' if writable else 'ro'}", str(place)], check=True)


def use_all_bytes(place: Path) -> Path:
    """Leave no block free; the file that fills it."""
    ballast = place / "ballast"
    with ballast.open("wb", buffering=0) as stream:
        try:
            while True:
                stream.write(b"\0" * 4096)
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
    return ballast


def use_all_names(place: Path) -> Path:
    """Leave no inode free; the directory whose removal gives them back."""
    ballast = place / "ballast"
    ballast.mkdir()
    try:
        for number in range(100_000):
            (ballast / str(number)).touch()
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        return ballast
    raise AssertionError("there is no end of names here")


@contextmanager
def site_of_articles() -> Iterator[SmallSite]:
    """A list and articles, each with something that does not compress."""
    with SmallSite() as site:
        site.pages = {"/list.html": listing(*PATHS)}
        for number, path in enumerate(PATHS):
            ballast = base64.b64encode(random.Random(number).randbytes(PAGE_BYTES)).decode()
            site.pages[path] = article(path, foot=f"<!-- {ballast} -->")
        yield site


def whole(home: Home) -> None:
    """The archive of a crawl that nothing disturbed, whatever came before it: each article once, and all in order."""
    check(home)
    assert home.rows("SELECT count(*), count(DISTINCT url) FROM article") == [(len(PATHS), len(PATHS))]
    assert home.rows("SELECT count(*) FROM version") == [(len(PATHS),)]
    assert home.rows("SELECT count(*) FROM ledger WHERE state <> 'done'") == [(0,)]
    assert not list((home.path / "data/warc").glob("*.open"))


def same(home: Home, undisturbed: Home) -> None:
    """Both hold the same articles, in the same states, seen in the same places, with the same things left to do."""
    whole(home)
    for name in COMPARED:
        assert contents(home, name) == contents(undisturbed, name), name


def contents(home: Home, name: str) -> list[object]:
    """A table without times, and without numbers that tell only how a run went."""
    left_out = {"discovered_at", "last_fetched_at", "context", "run_id"}
    return [{key: value for key, value in row.items() if key not in left_out} for row in table(home, name)]


def in_one_sentence(said: str) -> str:
    """What a person is told when a run fails: one line, no traceback."""
    assert "Traceback" not in said, said
    assert said.count("\n") == 1, said
    assert said.startswith("Error: "), said
    return said
