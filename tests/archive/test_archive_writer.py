"""Writing under circumstances: rotation, several writers, full disks, failures half-way."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from archive_samples import capture, only_warc, place, rows_of

from storage.archive import files, names
from storage.archive.reader import iterate, read_capture
from storage.archive.recover import recover
from storage.archive.verify import verify
from storage.archive.writer import Archive, Writer
from storage.errors import WarcError
from storage.records import Capture


def test_a_file_that_reached_its_size_is_closed(tmp_path: Path) -> None:
    """Files rotate by size, every file is complete by itself, and every locator stays true."""
    with Archive(tmp_path, max_bytes=6_000).open_writer() as writer:
        written = [writer.write(capture(number)) for number in range(20)]
    sizes = [path.stat().st_size for path in tmp_path.glob("*.warc.gz")]
    assert len(sizes) > 3
    assert all(size >= 6_000 for size in sorted(sizes)[1:])
    assert [read_capture(tmp_path, place(one)) for one in written] == written
    assert verify(tmp_path, rows_of(written)).problems == ()


def test_a_capture_can_be_read_while_its_file_is_being_written(tmp_path: Path) -> None:
    """Readers find a record the moment it was written, under the name that its row will always say."""
    with Archive(tmp_path).open_writer() as writer:
        first = writer.write(capture(1))
        assert only_warc(tmp_path).name.endswith(".warc.gz.open")
        assert read_capture(tmp_path, place(first)) == first
        assert list(iterate(tmp_path)) == [first]
    assert only_warc(tmp_path).name == place(first).file
    assert read_capture(tmp_path, place(first)) == first


def test_nothing_is_left_of_a_writer_that_wrote_nothing(tmp_path: Path) -> None:
    """A crawl that fetched nothing leaves no file, and closing twice is closing once."""
    writer = Archive(tmp_path / "new").open_writer()
    writer.close()
    writer.close()
    assert list((tmp_path / "new").iterdir()) == []


def test_a_closed_writer_goes_on_with_a_new_file(tmp_path: Path) -> None:
    """A capture that comes after close is kept like any other."""
    writer = Archive(tmp_path).open_writer()
    first = writer.write(capture(1))
    writer.close()
    second = writer.write(capture(2))
    writer.close()
    assert place(first).file != place(second).file
    assert verify(tmp_path, rows_of([first, second])).problems == ()


def test_two_writers_share_a_directory(tmp_path: Path) -> None:
    """Writers at work at the same time, even in one process and second, never write into each other's files."""

    def work(start: int) -> list[Capture]:
        with Archive(tmp_path, max_bytes=4_000).open_writer() as writer:
            return [writer.write(capture(number)) for number in range(start, start + 25)]

    with ThreadPoolExecutor() as pool:
        written = [one for part in pool.map(work, [0, 100, 200]) for one in part]
    assert verify(tmp_path, rows_of(written)).problems == ()
    assert {one.url for one in iterate(tmp_path)} == {one.url for one in written}


def test_one_writer_serves_several_threads(tmp_path: Path) -> None:
    """Calls from several threads take turns: no record lands inside another."""
    with Archive(tmp_path).open_writer() as writer, ThreadPoolExecutor(4) as pool:
        written = list(pool.map(lambda number: writer.write(capture(number)), range(40)))
    assert verify(tmp_path, rows_of(written)).problems == ()


@pytest.mark.parametrize("already", [0, 2])
def test_a_failed_write_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, already: int
) -> None:
    """When the disk is full half-way through a record, that capture alone is lost and the next one is whole."""
    writer = Archive(tmp_path).open_writer()
    written = [writer.write(capture(number)) for number in range(already)]
    with monkeypatch.context() as broken:
        broken.setattr(files, "write_all", _half)
        with pytest.raises(WarcError, match=r"\.warc\.gz\.open: cannot be written \(No space left on device\)"):
            writer.write(capture(50))
    written.append(writer.write(capture(51)))
    writer.close()
    assert list(iterate(tmp_path)) == written
    assert verify(tmp_path, rows_of(written)).problems == ()


def test_a_file_whose_only_write_failed_is_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that got its first record and then no capture leaves nothing behind when the writer closes."""
    real, calls = files.write_all, []

    def second_fails(fd: int, data: bytes) -> None:
        calls.append(fd)
        real(fd, data) if len(calls) == 1 else _half(fd, data)

    monkeypatch.setattr(files, "write_all", second_fails)
    with Archive(tmp_path).open_writer() as writer, pytest.raises(WarcError, match="cannot be written"):
        writer.write(capture())
    assert list(tmp_path.iterdir()) == []


def test_an_interrupt_in_the_middle_of_a_write_leaves_no_half_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C is passed on, and the file is closed without the half record."""
    with Archive(tmp_path).open_writer() as writer:
        written = writer.write(capture(1))
        with monkeypatch.context() as broken:
            broken.setattr(files, "write_all", _interrupted)
            with pytest.raises(KeyboardInterrupt):
                writer.write(capture(2))
    assert verify(tmp_path, rows_of([written])).problems == ()


def test_a_file_that_cannot_be_cut_back_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When even cutting back fails, later captures go to a new file and recovery cleans the old one."""
    writer = Archive(tmp_path).open_writer()
    written = [writer.write(capture(1))]
    with monkeypatch.context() as broken:
        broken.setattr(files, "write_all", _half)
        broken.setattr(os, "ftruncate", _failing)
        with pytest.raises(WarcError):
            writer.write(capture(2))
    written.append(writer.write(capture(3)))
    writer.close()
    assert place(written[0]).file != place(written[1]).file
    assert len(recover(tmp_path).cut) == 1
    assert verify(tmp_path, rows_of(written)).problems == ()


def test_a_file_that_cannot_be_finished_waits_for_recovery(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the index cannot be written the records are safe all the same, and the next start finishes the file."""
    writer = Archive(tmp_path).open_writer()
    written = writer.write(capture(1))
    with monkeypatch.context() as broken:
        broken.setattr("storage.archive.seal.write_index", _failing)
        with pytest.raises(WarcError, match="next start"):
            writer.close()
    assert read_capture(tmp_path, place(written)) == written
    assert recover(tmp_path).finished == (place(written).file,)
    assert verify(tmp_path, rows_of([written])).problems == ()


def test_a_name_is_never_used_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that was set back and a process id used again do not overwrite a file."""
    monkeypatch.setattr("storage.archive.writer.new_name", lambda prefix, at, serial: f"same-{serial}.warc.gz")
    archive = Archive(tmp_path)
    written = []
    for number in range(3):
        with archive.open_writer() as writer:
            written.append(writer.write(capture(number)))
    assert [place(one).file for one in written] == ["same-1.warc.gz", "same-2.warc.gz", "same-3.warc.gz"]
    assert list(iterate(tmp_path)) == written


def test_a_directory_that_cannot_be_used_is_named_before_the_crawl(tmp_path: Path) -> None:
    """A file where the directory should be is one clear error when the writer is opened, not at the first page."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(WarcError, match="file/warc"):
        Archive(tmp_path / "file" / "warc").open_writer()


def test_a_read_only_directory_is_named_before_the_crawl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A directory without write permission is refused when the writer is opened (asked of the system, root or not)."""
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(WarcError, match="not writable"):
        Archive(tmp_path).open_writer()


WRITER_UNDER_LIMIT = """
import resource, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from archive_samples import capture
from storage.archive.writer import Archive
from storage.errors import WarcError

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
writer = Archive(Path(sys.argv[1])).open_writer()
try:
    for number in range(50):
        writer.write(capture(number))
except WarcError as error:
    print(error)
"""


def test_a_real_size_limit_ends_like_a_full_disk(tmp_path: Path) -> None:
    """The kernel itself refuses to write more: the error is one sentence and what was written before is whole."""
    arguments = [str(tmp_path), str(Path(__file__).parent)]
    child = subprocess.run([sys.executable, "-c", WRITER_UNDER_LIMIT, *arguments], capture_output=True, text=True)
    assert "cannot be written (File too large)" in child.stdout
    assert child.stderr == ""
    recover(tmp_path)
    found = list(iterate(tmp_path))
    assert 0 < len(found) < 50
    assert verify(tmp_path, rows_of(found)).problems == ()


def test_a_capture_is_on_disk_before_anybody_hears_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every byte of a capture has been synced when `write` returns, so that no row outlives its record."""
    synced: list[int] = []
    real = os.fsync

    def fsync(fd: int) -> None:
        real(fd)
        synced.append(os.fstat(fd).st_size)

    monkeypatch.setattr(os, "fsync", fsync)
    with Archive(tmp_path).open_writer() as writer:
        for number in range(3):
            where = place(writer.write(capture(number)))
            assert only_warc(tmp_path).stat().st_size == where.offset + where.length
            assert where.offset + where.length in synced


def test_names_tell_host_process_and_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name holds only plain characters, whatever the host is called, and its time can be read again."""
    monkeypatch.setattr("socket.gethostname", lambda: "新区 host/../" + "x" * 300)
    name = names.new_name("xha", capture().fetched_at, 7)
    assert names.is_safe(name)
    assert name.startswith("xha-20241124T101500Z-host-x")
    assert name.endswith(f"-{os.getpid()}-00007.warc.gz")


def _half(fd: int, data: bytes) -> None:
    os.write(fd, data[: len(data) // 2])
    _failing()


def _interrupted(fd: int, data: bytes) -> None:
    os.write(fd, data[: len(data) // 2])
    raise KeyboardInterrupt


def _failing(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_new_writer_takes_no_file_that_recovery_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between making a file and locking it recovery may take the empty file away; the writer then makes another."""
    real, calls = files.same_file, []

    def after_removal(fd: int, path: Path) -> bool:
        if not calls:
            calls.append(path)
            path.unlink()
        return real(fd, path)

    monkeypatch.setattr(files, "same_file", after_removal)
    with Writer(Archive(tmp_path)) as writer:
        written = writer.write(capture())
    assert calls
    assert read_capture(tmp_path, place(written)) == written
