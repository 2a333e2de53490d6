"""What lies beside a finished file tells of what it has lost, and is made again only where it tells of nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from archive_samples import GONE, capture, flip, kinds, only_warc, place, rows_of

from storage.archive.check import ProblemKind
from storage.archive.names import index_path
from storage.archive.rebuild import rebuild
from storage.archive.seal import checksum_path
from storage.archive.verify import verify
from storage.archive.writer import Archive
from storage.records import Capture


@pytest.mark.parametrize("harm", ["removed", "changed"])
def test_an_index_that_does_not_agree_is_found_and_rebuilt(archive: tuple[Path, list[Capture]], harm: str) -> None:
    """An index line lost, or the whole index, is named; rebuilding gives the same bytes again."""
    directory, written = archive
    (index,) = directory.glob("*.cdxj")
    original = index.read_bytes()
    index.unlink() if harm == "removed" else index.write_bytes(original.partition(b"\n")[2])
    assert kinds(verify(directory, rows_of(written))) == [ProblemKind.INDEX]
    assert rebuild(directory) == (index.name,)
    assert index.read_bytes() == original
    assert verify(directory, rows_of(written)).ok


def test_a_checksum_file_that_is_not_there_is_made_and_named(archive: tuple[Path, list[Capture]]) -> None:
    """Who is told that an index was made, where it was the checksum, looks for harm in the wrong place."""
    directory, written = archive
    checksum = checksum_path(only_warc(directory))
    held = checksum.read_bytes()
    checksum.unlink()
    assert kinds(verify(directory, rows_of(written))) == [ProblemKind.INDEX]
    assert rebuild(directory) == (checksum.name,)
    assert checksum.read_bytes() == held
    assert rebuild(directory) == ()


BROKEN = {"empty": b"", "words": b"garbage", "short": b"0" * 63, "long": b"0" * 65, "zeros": bytes(80)}


@pytest.mark.parametrize("said", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_checksum_file_is_told_from_a_changed_file(archive: tuple[Path, list[Capture]], said: bytes) -> None:
    """A file of which every record, row and index line agrees must not be called damaged."""
    directory, written = archive
    checksum = checksum_path(only_warc(directory))
    checksum.write_bytes(said)
    (problem,) = verify(directory, rows_of(written)).problems
    assert problem.kind is ProblemKind.CHECKSUM
    assert "its checksum file is broken" in str(problem)
    assert rebuild(directory) == ()
    assert checksum.read_bytes() == said, "what is left of it may still be compared"
    checksum.unlink()
    assert rebuild(directory) == (checksum.name,)
    assert verify(directory, rows_of(written)).ok


def test_rebuilding_never_blesses_a_changed_file(archive: tuple[Path, list[Capture]]) -> None:
    """A checksum that is there stays: it may be the only witness that the file is not what it was."""
    directory, _ = archive
    checksum = checksum_path(only_warc(directory))
    said = checksum.read_bytes()
    flip(only_warc(directory), 5)
    rebuild(directory)
    assert checksum.read_bytes() == said
    assert kinds(verify(directory)) == [ProblemKind.DAMAGED]


def end_of(written: list[Capture], count: int) -> int:
    """Where the first captures of a file end."""
    return place(written[count - 1]).offset + place(written[count - 1]).length if count else 0


@pytest.mark.parametrize("beside", ["checksum and index", "checksum", "index", "nothing"])
@pytest.mark.parametrize("left", [4, 0])
def test_captures_that_are_gone_are_told_once_and_with_what_helps(
    archive: tuple[Path, list[Capture]], left: int, beside: str
) -> None:
    """Cut cleanly, a file looks whole: who followed the advice for a wrong row would lose what the file has lost."""
    directory, written = archive
    path = only_warc(directory)
    path.write_bytes(path.read_bytes()[: end_of(written, left)])
    for name, witness in (("checksum", checksum_path(path)), ("index", index_path(path))):
        if name not in beside:
            witness.unlink()
    problems = verify(directory, rows_of(written)).problems
    assert {one.kind for one in problems} == {ProblemKind.DAMAGED}
    (told,) = [one for one in problems if GONE in one.what]
    assert told.offset == place(written[left]).offset
    assert told.what == f"{6 - left} captures (the first of {written[left].url}) {GONE}"
    assert str(told).endswith("; restore it, with its index and checksum, from a copy")
    assert len(problems) == 1 + ("checksum" in beside) + (left == 0)


def test_what_tells_of_lost_captures_stays(archive: tuple[Path, list[Capture]]) -> None:
    """An index made again from what is left would wipe out the last list of what is lost."""
    directory, written = archive
    path = only_warc(directory)
    path.write_bytes(path.read_bytes()[: end_of(written, 4)])
    index, checksum = index_path(path).read_bytes(), checksum_path(path).read_bytes()
    assert rebuild(directory) == ()
    assert (index_path(path).read_bytes(), checksum_path(path).read_bytes()) == (index, checksum)
    checksum_path(path).unlink()
    assert rebuild(directory) == ()
    assert index_path(path).read_bytes() == index
    assert not checksum_path(path).exists(), "it would be one for the captures that are left"
    assert GONE in " ".join(map(str, verify(directory).problems))


def test_records_that_moved_are_no_evidence_against_rows(archive: tuple[Path, list[Capture]]) -> None:
    """Cut in its middle, a file holds others where rows point: neither are those rows wrong nor others missing."""
    directory, written = archive
    path = only_warc(directory)
    data = path.read_bytes()
    path.write_bytes(data[: end_of(written, 1)] + data[end_of(written, 2) :])
    for _ in range(2):
        problems = verify(directory, rows_of(written)).problems
        assert {one.kind for one in problems} == {ProblemKind.DAMAGED}
        assert GONE in " ".join(one.what for one in problems)
        checksum_path(path).unlink(missing_ok=True)


def test_a_record_that_moved_to_where_a_row_points_is_no_evidence_against_it(tmp_path: Path) -> None:
    """Other bytes under a row's address say that the file was changed: who took the row for wrong would mend that."""
    with Archive(tmp_path).open_writer() as writer:
        written = [writer.write(capture(number)) for number in range(100, 150)]
    leads = [place(written[number]).offset - end_of(written, number) for number in range(1, 50)]
    gone = next(number for number in range(1, 49) if leads[number - 1] == leads[number])
    path = only_warc(tmp_path)
    data = path.read_bytes()
    path.write_bytes(data[: end_of(written, gone)] + data[end_of(written, gone + 1) :])
    problems = verify(tmp_path, rows_of(written)).problems
    assert {one.kind for one in problems} == {ProblemKind.DAMAGED}
    assert place(written[gone]).offset in {one.offset for one in problems if "the row says" in one.what}
