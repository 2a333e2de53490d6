"""The index says where every capture lies, in the order and form that replay tools expect."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from archive_samples import capture
from hypothesis import given
from hypothesis import strategies as st

from storage.archive import cdxj
from storage.archive.cdxj import merge, surt
from storage.archive.reader import read_capture
from storage.archive.rebuild import rebuild
from storage.archive.writer import Archive
from storage.errors import WarcError
from storage.records import Locator


def test_every_line_leads_to_its_capture(tmp_path: Path) -> None:
    """Key, time and place of each line are those of a capture, and the lines are sorted as bytes."""
    with Archive(tmp_path).open_writer() as writer:
        written = {one.url: one for one in (writer.write(capture(number)) for number in (3, 1, 22, 0))}
    (index,) = tmp_path.glob("*.cdxj")
    lines = index.read_bytes().splitlines()
    assert lines == sorted(lines)
    assert len(lines) == 4
    for line in lines:
        key, stamp, fields = line.decode().split(" ", 2)
        about = json.loads(fields)
        one = written[about["url"]]
        assert key == "example,paper)" + one.url.removeprefix("http://paper.example")
        assert stamp == one.fetched_at.strftime("%Y%m%d%H%M%S")
        assert (about["status"], about["mime"], about["digest"]) == ("200", "text/html", one.digest)
        where = Locator(file=about["filename"], offset=int(about["offset"]), length=int(about["length"]))
        assert read_capture(tmp_path, where) == one


@pytest.mark.parametrize("files_at_once", [200, 3])
def test_merging_gives_one_sorted_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files_at_once: int) -> None:
    """All lines of all files, sorted, also where there are more files than may be open at once; and again the same."""
    monkeypatch.setattr(cdxj, "_MERGE_FILES", files_at_once)
    with Archive(tmp_path, max_bytes=1).open_writer() as writer:
        for number in range(10):
            writer.write(capture(number * 7 % 10))
    lines = sorted(line for path in tmp_path.glob("*.cdxj") for line in path.read_bytes().splitlines(keepends=True))
    for _ in range(2):
        assert merge(tmp_path, tmp_path / "index.cdxj") == 10
        assert (tmp_path / "index.cdxj").read_bytes() == b"".join(lines)


def test_a_failed_merge_leaves_the_old_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One error that names the target, the old file as it was, no draft left over."""
    target = tmp_path / "index.cdxj"
    target.write_bytes(b"old\n")
    with Archive(tmp_path).open_writer() as writer:
        writer.write(capture())
    next(tmp_path.glob("*.sha256")).unlink()
    before = sorted(path.name for path in tmp_path.iterdir())

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("storage.archive.files.os.fsync", full)
    with pytest.raises(WarcError, match=r"index\.cdxj"):
        merge(tmp_path, target)
    with pytest.raises(WarcError, match="cannot be rebuilt"):
        rebuild(tmp_path)
    assert target.read_bytes() == b"old\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://www.paper.example/", "example,paper)/"),
        ("https://user:pw@Paper.example:443/A/B?b=2&a=1#x", "example,paper)/a/b?a=1&b=2"),
        ("http://paper.example:8080", "example,paper:8080)/"),
        ("http://[::1]:80/x", "[::1])/x"),
        ("http://10.0.0.1/x?", "1,0,0,10)/x"),
        ("http://paper.example/新闻 1", "example,paper)/%e6%96%b0%e9%97%bb%201"),
        ("mailto:someone", "mailto:someone"),
    ],
)
def test_keys(url: str, key: str) -> None:
    """Addresses that replay tools take for the same have the same key; neighbours on a site sort together."""
    assert surt(url) == key


@given(st.text(st.characters(exclude_categories=())))
def test_a_key_never_raises_and_never_breaks_a_line(url: str) -> None:
    """Whatever a URL is, its key is one word of printable ASCII."""
    key = surt("http://" + url)
    assert key.isascii()
    assert key.isprintable()
    assert " " not in key


def test_drafts_of_dead_processes_go(tmp_path: Path) -> None:
    """A rebuild that was killed must not leave half an index beside the file for ever."""
    index, draft = drafted(tmp_path)
    assert rebuild(tmp_path, ()) == ()
    assert (index.exists(), draft.exists()) == (True, False)


def test_drafts_of_a_living_process_are_left_to_it(tmp_path: Path) -> None:
    """On a shared directory its number says nothing here: taken away, its draft would cost it the whole rebuild."""
    index, draft = drafted(tmp_path)
    held = index.read_bytes()
    index.write_bytes(b"")
    (warc,) = tmp_path.glob("*.warc.gz")
    hold = "import fcntl, sys; file = open(sys.argv[1]); fcntl.flock(file, fcntl.LOCK_EX); print(flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(warc)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as living:
        assert living.stdout
        living.stdout.readline()
        assert rebuild(tmp_path) == ()
        assert (index.read_bytes(), draft.exists()) == (b"", True)
        living.communicate(b"\n")
    assert rebuild(tmp_path) == (index.name,)
    assert (index.read_bytes(), draft.exists()) == (held, False)


def drafted(directory: Path) -> tuple[Path, Path]:
    """The index of an archive of one file, and a draft of it by a process whose number no process here has."""
    with Archive(directory).open_writer() as writer:
        writer.write(capture(1))
    (index,) = directory.glob("*.cdxj")
    with subprocess.Popen([sys.executable, "-c", ""]) as dead:
        dead.wait()
    draft = index.with_name(f"{index.name}.{dead.pid}.draft")
    draft.write_text("half an ind")
    return index, draft
