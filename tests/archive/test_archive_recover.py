"""What a dead writer leaves behind is put in order; what a living one does is left alone."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from archive_samples import capture, only_warc, place, rows_of

from storage.archive import files
from storage.archive.check import ProblemKind
from storage.archive.reader import iterate, read_capture
from storage.archive.recover import recover
from storage.archive.verify import verify
from storage.archive.writer import Archive, Writer
from storage.errors import WarcError
from storage.records import Capture

DYING_WRITER = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from archive_samples import capture
from storage.archive import files
from storage.archive.writer import Archive

real = files.write_all
die_in, calls = int(sys.argv[3]), 0

def write_all(fd, data):
    global calls
    calls += 1
    if calls == die_in:
        real(fd, data[: int(len(data) * float(sys.argv[4]))])
        os.kill(os.getpid(), signal.SIGKILL)
    real(fd, data)

files.write_all = write_all
writer = Archive(Path(sys.argv[1])).open_writer()
for number in range(1_000_000):
    print(number, writer.write(capture(number)).locator.offset, flush=True)
"""


def start(directory: Path, die_in: int = 0, share: float = 0.0) -> subprocess.Popen[str]:
    """A writer in a process of its own that kills itself in its `die_in`-th write, after that share of its bytes."""
    arguments = [str(directory), str(Path(__file__).parent), str(die_in), str(share)]
    return subprocess.Popen([sys.executable, "-c", DYING_WRITER, *arguments], stdout=subprocess.PIPE, text=True)


def abandoned(directory: Path, count: int) -> tuple[Path, list[Capture]]:
    """An unfinished file with whole captures and no writer."""
    writer = Archive(directory).open_writer()
    written = [writer.write(capture(number)) for number in range(count)]
    assert writer._file
    writer._file.close()  # what the kernel does when a process dies: the lock goes, the file stays
    return only_warc(directory), written


@pytest.mark.parametrize("share", [0.0, 0.3, 0.7, 0.999, 1.0])
def test_killed_in_the_middle_of_a_write(tmp_path: Path, share: float) -> None:
    """SIGKILL inside a record costs at most that capture: the rest is whole, and the half is kept beside it."""
    with start(tmp_path, die_in=5, share=share) as child:
        said = [int(line.split()[0]) for line in child.stdout or ()]
    assert child.returncode == -signal.SIGKILL
    assert said == [0, 1, 2]
    whole = 3 if share < 1 else 4
    found: list[Capture] = []
    done = recover(tmp_path, add=found.append)
    assert [one.url for one in found] == [capture(number).url for number in range(whole)]
    assert done.captures == whole
    assert len(done.cut) == (0 if share in (0.0, 1.0) else 1)
    for cut in done.cut:
        assert (tmp_path / cut.kept_as).stat().st_size == cut.length > 0
    assert verify(tmp_path, rows_of(found)).problems == ()
    assert list(iterate(tmp_path)) == found


def test_killed_in_the_first_record(tmp_path: Path) -> None:
    """A file that holds nothing whole is taken away, its bytes kept."""
    with start(tmp_path, die_in=1, share=0.5) as child:
        assert list(child.stdout or ()) == []
    done = recover(tmp_path)
    assert len(done.removed) == 1
    assert [path.name for path in tmp_path.iterdir()] == [done.cut[0].kept_as]
    assert recover(tmp_path) == type(done)()


def test_killed_from_outside_at_any_moment(tmp_path: Path) -> None:
    """Whatever the moment, every capture that the writer had reported is there, at its offset."""
    moments = random.Random(20241124)
    for attempt in range(3):
        directory = tmp_path / str(attempt)
        with start(directory) as child:
            assert child.stdout
            child.stdout.readline()
            time.sleep(moments.uniform(0, 0.05))
            child.kill()
            said = 1 + len([line for line in child.stdout if line.endswith("\n")])
        found: list[Capture] = []
        recover(directory, add=found.append)
        assert said <= len(found) <= said + 1
        assert verify(directory, rows_of(found)).problems == ()


@pytest.mark.parametrize("cut_back", [1, 12, 300, 1200])
def test_the_tail_is_cut_to_the_last_whole_capture(tmp_path: Path, cut_back: int) -> None:
    """A response cut anywhere goes with its request and metadata records; nobody finds records without a response."""
    path, written = abandoned(tmp_path, 3)
    os.truncate(path, path.stat().st_size - cut_back)
    assert list(iterate(tmp_path)) == written[:2]
    assert [one.kind for one in verify(tmp_path).problems] == [ProblemKind.UNFINISHED]
    tail = path.read_bytes()[place(written[1]).offset + place(written[1]).length :]
    done = recover(tmp_path)
    assert done.cut[0].offset == place(written[1]).offset + place(written[1]).length
    assert (tmp_path / done.cut[0].kept_as).read_bytes() == tail
    assert list(iterate(tmp_path)) == written[:2]
    assert verify(tmp_path, rows_of(written[:2])).problems == ()


def test_a_tail_of_zeros_is_cut(tmp_path: Path) -> None:
    """What a power cut leaves (space allotted, bytes never written) is no capture and goes."""
    path, written = abandoned(tmp_path, 2)
    with path.open("ab") as stream:
        stream.write(bytes(5_000))
    assert recover(tmp_path).cut[0].length == 5_000
    assert verify(tmp_path, rows_of(written)).problems == ()


def test_what_a_disk_lost_is_lost_before_and_after_recovery(tmp_path: Path) -> None:
    """A disk that lies about what it took leaves rows without bytes: no row is wrong then, and a copy alone helps."""
    path, written = abandoned(tmp_path, 3)
    end = place(written[0]).offset + place(written[0]).length
    os.truncate(path, end)
    with path.open("ab") as stream:
        stream.write(bytes(500))
    said = f"2 captures (the first of {written[1].url}) cannot be found any more"
    found = verify(tmp_path, rows_of(written)).problems
    assert [(one.kind, one.offset) for one in found][1:] == [(ProblemKind.DAMAGED, place(written[1]).offset)]
    assert found[1].what == said
    (cut,) = recover(tmp_path).cut
    (problem,) = verify(tmp_path, rows_of(written)).problems
    assert (problem.kind, problem.offset) == (ProblemKind.DAMAGED, place(written[1]).offset)
    assert problem.what == f"{said}; what was cut off its end is kept as {cut.kept_as}"


def test_damage_in_the_middle_is_not_cut(tmp_path: Path) -> None:
    """Whole captures behind a damaged one stay in the file at their offsets; the damage stays for `verify` to name."""
    path, written = abandoned(tmp_path, 4)
    data = bytearray(path.read_bytes())
    data[place(written[1]).offset + 200] ^= 1
    path.write_bytes(data)
    done = recover(tmp_path)
    assert done.cut == ()
    assert done.captures == 3
    assert read_capture(tmp_path, place(written[3])) == written[3]
    assert {one.offset for one in verify(tmp_path, rows_of(written)).problems} >= {place(written[1]).offset}


def test_a_living_writer_is_left_alone(tmp_path: Path) -> None:
    """Recovery beside a running crawl touches nothing, in the same process or another."""
    with start(tmp_path) as child:
        assert child.stdout
        child.stdout.readline()
        done = recover(tmp_path)
        report = verify(tmp_path)
        child.kill()
    assert len(done.living) == 1
    assert (done.cut, done.finished, done.removed) == ((), (), ())
    assert report.problems == ()
    with Archive(tmp_path / "own").open_writer() as writer:
        written = writer.write(capture())
        assert recover(tmp_path / "own").living == (place(written).file,)


def test_a_recovery_that_fails_half_way_begins_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When rows cannot be added the file stays unfinished, so the next start offers the same captures again."""
    _, written = abandoned(tmp_path, 3)
    offered: list[Capture] = []

    def add(one: Capture) -> None:
        offered.append(one)
        if len(offered) == 2:
            raise RuntimeError("database locked")

    with pytest.raises(RuntimeError, match="database locked"):
        recover(tmp_path, add=add)
    with monkeypatch.context() as broken:
        broken.setattr("storage.archive.seal.write_index", _failing)
        with pytest.raises(WarcError, match="cannot be recovered"):
            recover(tmp_path, add=offered.append)
    assert only_warc(tmp_path).name.endswith(".open")
    recover(tmp_path, add=offered.append)
    assert offered == written[:2] + written + written


def test_cut_bytes_never_overwrite_earlier_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A recovery that dies between keeping and cutting keeps the bytes a second time rather than lose either."""
    path, _ = abandoned(tmp_path, 2)
    with path.open("ab") as stream:
        stream.write(b"half a record")
    with monkeypatch.context() as broken:
        broken.setattr(os, "ftruncate", _failing)
        with pytest.raises(WarcError):
            recover(tmp_path)
    recover(tmp_path)
    kept = sorted(tmp_path.glob("*.cut-*"))
    assert [one.name[-5:] for one in kept] == ["cut-1", "cut-2"]
    assert {one.read_bytes() for one in kept} == {b"half a record"}


def test_what_was_half_written_beside_a_file_goes_with_its_writer(tmp_path: Path) -> None:
    """A writer that dies while it finishes a file must not leave rubbish for ever; drafts of others are theirs."""
    path, _ = abandoned(tmp_path, 1)
    name = path.name.removesuffix(".warc.gz.open")
    drafts = [tmp_path / f"{name}.cdxj.4711.draft", tmp_path / f"{name}.warc.gz.sha256.4711.draft"]
    other = tmp_path / "another.cdxj.4711.draft"
    for draft in (*drafts, other):
        draft.write_bytes(b"half")
    recover(tmp_path)
    assert [draft.exists() for draft in (*drafts, other)] == [False, False, True]


def test_a_lock_is_not_taken_on_a_file_that_was_renamed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two recoveries at once the second finds the file gone and leaves it."""
    path, _ = abandoned(tmp_path, 1)
    monkeypatch.setattr(files, "same_file", lambda fd, path: False)
    assert recover(tmp_path).living == (path.name.removesuffix(".open"),)


def test_a_directory_that_is_not_there_needs_no_recovery(tmp_path: Path) -> None:
    """The first start of all has nothing to put in order."""
    assert recover(tmp_path / "none").captures == 0


def _failing(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_iterate_merges_files_by_time(tmp_path: Path) -> None:
    """Two writers that took turns are read back in the order of time, as a re-parse needs it to see edits in order."""
    archive = Archive(tmp_path)
    with Writer(archive) as one, Writer(archive) as other:
        written = [(one if number % 3 else other).write(capture(number)) for number in range(30)]
    assert list(iterate(tmp_path)) == written
