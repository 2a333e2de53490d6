"""`xha verify` in all that can be asked of it wrongly, or that comes between."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from cli_samples import Crawled

from storage.store import engines


@pytest.mark.parametrize("others", [["--repair"], ["--share", "0.5"]])
def test_verify_does_not_pass_over_what_it_was_asked_for(ask, others: list[str]):
    """Who asked for a repair and got exit code 0 would believe that there was one."""
    done = ask("verify", "--last", *others)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == f"Error: --last checks and mends nothing: give it without {others[0]}\n"


def test_result_that_cannot_be_kept_is_no_fault_of_the_archive(
    ask, crawled: Crawled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """ "All is well" and then "the database is locked" leaves open which of the two was meant."""
    monkeypatch.setattr(engines, "BUSY_TIMEOUT_SECONDS", 0.1)
    path = crawled.home.path / "data/archive.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        done = ask("verify")
        monkeypatch.setenv("XHA_ARCHIVE", str(tmp_path))
        wrong = ask("verify")
        other.execute("ROLLBACK")
    assert done.exit_code == 3
    well, error = done.stderr.splitlines()
    assert well.endswith("rows: all is well.")
    assert error.startswith("Error: the check found nothing wrong; only the result could not be kept (")
    assert "another program holds it" in error
    assert (wrong.exit_code, "is not there" in wrong.stdout) == (4, True), "what is wrong decides"
    assert wrong.stderr.splitlines()[1].startswith("Error: all that is wrong was told; only the result could not be")


def test_archive_that_is_a_file_is_named_as_that(ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Owner and mode of a file may be what they like: another name helps."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("XHA_ARCHIVE", str(tmp_path / "file"))
    done = ask("verify")
    said = f"Error: {tmp_path}/file: is a file, where WARC files lie in a directory; name a directory\n"
    assert (done.exit_code, done.stderr) == (4, said)


@pytest.mark.parametrize("share", ["nan", "0", "-1", "1.5", "inf", "0.0001", "a half", ""])
def test_share_that_is_none_is_refused(ask, share: str):
    """A share that compares with nothing passes every bound, and checks who knows what."""
    done = ask("verify", f"--share={share}")
    said = f"Error: Invalid value for '--share': {share!r} is no number from 0.001 to 1, as 0.25 for a quarter\n"
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.endswith(said)


def test_share_is_told_as_what_is_checked(ask):
    """Who asks for six tenths and gets a half must have been able to read that before."""
    told = " ".join(ask("verify", "--help", columns=100).stdout.split())
    assert "--share SHARE" in told
    assert "a whole number of parts: 0.6 takes a half, 0.7 all" in told
