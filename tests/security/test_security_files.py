"""Files: what a row or a link says leads nowhere but into the archive, and what is written is nobody's to change."""

from __future__ import annotations

import os
import stat
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.process import CrawlProcess
from storage.archive.check import Row
from storage.archive.names import is_safe, list_files
from storage.archive.reader import iterate, read_capture
from storage.archive.rebuild import rebuild
from storage.archive.recover import recover
from storage.archive.verify import verify
from storage.archive.writer import Archive
from storage.errors import RecordMissing
from storage.records import Capture, Context, Kind, Locator
from storage.store.database import Database
from storage.store.processlock import FileLock

CAPTURE = Capture(
    url="http://paper.example/1.htm",
    fetched_at=datetime(2024, 11, 24, 10, 15, tzinfo=UTC),
    status=200,
    headers=(("Content-Type", "text/html"),),
    body=b"<p>page",
    context=Context(kind=Kind.ARTICLE, site="xihaian"),
)
OUTSIDE = (
    "../../etc/passwd",
    "/etc/passwd",
    "../outside.warc.gz",
    "sub/inside.warc.gz",
    "..\\outside.warc.gz",
    "/tmp/outside.warc.gz",
    "a.warc.gz\0.txt",
    "a.warc.gz\n",
    "~/a.warc.gz",
    ".hidden.warc.gz",
    "-.warc.gz",
    "ａ.warc.gz",
    "",
    ".",
    "..",
    "a" * 300 + ".warc.gz",
)
"""Names that a row could say and that are no names of files in the archive."""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive of one capture, and a file of the same kind outside of it."""
    for name in ("archive", "elsewhere"):
        with Archive(tmp_path / name).open_writer() as writer:
            writer.write(CAPTURE)
    (found,) = list_files(tmp_path / "elsewhere")
    found.path.rename(tmp_path / "outside.warc.gz")
    return tmp_path / "archive"


@pytest.mark.parametrize("name", OUTSIDE)
def test_no_name_leads_out_of_the_archive(archive: Path, name: str) -> None:
    """Else who can write to the database could have any file of the machine printed by `xha show --raw`."""
    assert not is_safe(name)
    with pytest.raises(RecordMissing, match="is not the name of a WARC file"):
        read_capture(archive, Locator(file=name, offset=0, length=100))
    row = Row(locator=Locator(file=name, offset=0, length=100), digest="sha256:0", url=CAPTURE.url, status=200)
    said = [str(problem) for problem in verify(archive, [row]).problems if problem.file == name]
    assert len(said) == 1
    assert "no WARC file can be called so" in said[0]


@pytest.mark.parametrize("suffix", ["", ".open"])
def test_no_link_leads_out_of_the_archive(archive: Path, suffix: str) -> None:
    """Else who can write to the directory could have a re-parse take pages that were never fetched."""
    link = archive / f"link.warc.gz{suffix}"
    link.symlink_to(archive.parent / "outside.warc.gz")
    before = (archive.parent / "outside.warc.gz").read_bytes()
    with pytest.raises(RecordMissing, match="is a link"):
        read_capture(archive, Locator(file="link.warc.gz", offset=0, length=100))
    row = Row(locator=Locator(file="link.warc.gz", offset=0, length=9), digest="sha256:0", url=CAPTURE.url, status=200)
    assert "a link, which is not followed" in " ".join(str(one) for one in verify(archive, [row]).problems)
    assert [one.url for one in iterate(archive)] == [CAPTURE.url]
    assert recover(archive).finished == ()
    for index in archive.glob("*.cdxj"):
        index.unlink()
    assert len(rebuild(archive)) == 1
    assert (archive.parent / "outside.warc.gz").read_bytes() == before


def test_logs_and_locks_follow_no_link(tmp_path: Path) -> None:
    """Else a link in the place of a log would have us append to, or empty, whatever it leads to."""
    victim = tmp_path / "victim"
    victim.write_text("precious", "utf-8")
    for name in ("job.log", "lock"):
        (tmp_path / name).symlink_to(victim)
    with pytest.raises(OSError, match="symbolic links"):
        CrawlProcess(
            [sys.executable, "-c", "print('page')"],
            directory=tmp_path,
            environment={},
            log=tmp_path / "job.log",
            keep_open=1,
        )
    with pytest.raises(OSError, match="symbolic links"):
        FileLock(tmp_path / "lock").take()
    assert victim.read_text("utf-8") == "precious"


@pytest.mark.parametrize(("umask", "never"), [(0o022, 0o133), (0o077, 0o177)])
def test_what_is_written_is_as_open_as_the_umask_says(tmp_path: Path, umask: int, never: int) -> None:
    """Else others on the machine could change the evidence, or read an archive that was closed to them."""
    before = os.umask(umask)
    try:
        home = tmp_path / "home"
        with Archive(home / "warc").open_writer() as writer:
            writer.write(CAPTURE)
        Database.open(f"sqlite:///{home}/archive.db").close()
        lock = FileLock(home / "scheduler.lock")
        assert lock.take()
        lock.give_back()
        process = CrawlProcess(
            [sys.executable, "-c", "print('page')"],
            directory=home,
            environment={},
            log=home / "log" / "job.log",
            keep_open=1,
        )
        assert process.wait(limit=timedelta(seconds=60), grace=timedelta(seconds=1)) == (0, "")
    finally:
        os.umask(before)
    files = [path for path in home.rglob("*") if path.is_file()]
    assert len(files) >= 6
    for path in files:
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode & never == 0, f"{path} {mode:o}"
        assert mode & 0o600 == 0o600
    for path in home.rglob("*"):
        if path.is_dir():
            assert stat.S_IMODE(path.stat().st_mode) & umask == 0
