"""The check names every kind of damage, with file and byte, and is silent over an archive that is whole."""

from __future__ import annotations

import gzip
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from archive_samples import GONE, capture, flip, kinds, only_warc, place, rows_of

from storage.archive.check import ProblemKind, Row
from storage.archive.encode import digest_of
from storage.archive.names import index_path
from storage.archive.reader import iterate, read_capture
from storage.archive.rebuild import rebuild
from storage.archive.seal import checksum_path
from storage.archive.verify import verify
from storage.archive.writer import Archive
from storage.errors import RecordDamaged, RecordMissing
from storage.records import Capture


def test_a_whole_archive_has_no_problem(archive: tuple[Path, list[Capture]]) -> None:
    """Silence, and counts that add up; a check that cries wolf is switched off."""
    directory, written = archive
    report = verify(directory, rows_of(written))
    assert report.ok
    assert (report.files, report.records, report.captures, report.rows) == (1, 19, 6, 6)
    assert report.bytes == only_warc(directory).stat().st_size


@pytest.mark.parametrize("cut", [1, 4, 8, 100, 500])
def test_a_truncated_file_is_found(archive: tuple[Path, list[Capture]], cut: int) -> None:
    """A gzip member that does not end is named with its offset; `warcio check` passes over it."""
    directory, written = archive
    path = only_warc(directory)
    path.write_bytes(path.read_bytes()[:-cut])
    problems = verify(directory, rows_of(written)).problems
    last = place(written[-1])
    assert any(one.offset == last.offset and "does not end" in one.what for one in problems)
    assert any(one.offset == last.offset and written[-1].url in one.what for one in problems)
    with pytest.raises(RecordDamaged, match=f"at byte {last.offset}: the gzip member does not end"):
        read_capture(directory, last)


def test_every_flipped_byte_is_found(archive: tuple[Path, list[Capture]]) -> None:
    """One changed bit anywhere in the file is a problem, and is named within the record it lies in."""
    directory, _ = archive
    path = only_warc(directory)
    original = path.read_bytes()
    starts = _member_offsets(original)
    chosen = random.Random(3).sample(range(len(original)), 120) + list(range(10)) + [len(original) - 1]
    for offset in chosen:
        path.write_bytes(original)
        flip(path, offset, 1 << (offset % 8))
        report = verify(directory)
        assert ProblemKind.DAMAGED in kinds(report), f"a changed bit at byte {offset} went unnoticed"
        holding = max(start for start in starts if start <= offset)
        assert report.problems[0].offset in (None, holding), f"of byte {offset}, which the member at {holding} holds"


def test_a_record_that_was_cut_out_is_found(archive: tuple[Path, list[Capture]]) -> None:
    """A whole capture removed cleanly leaves an archive in order by itself: the rows give it away."""
    directory, written = archive
    path = only_warc(directory)
    data = path.read_bytes()
    end_of = [place(one).offset + place(one).length for one in written]
    path.write_bytes(data[: end_of[1]] + data[end_of[2] :])
    assert kinds(verify(directory)) == [ProblemKind.DAMAGED, ProblemKind.DAMAGED]
    checksum_path(path).unlink()
    index_path(path).unlink()
    rebuild(directory)
    assert verify(directory).ok, "somebody who also replaced index and checksum"
    report = verify(directory, rows_of(written))
    assert {one.offset for one in report.problems} >= {place(one).offset for one in written[2:]}


NO_LEAD = "no request and metadata record stands before the response"


@pytest.mark.parametrize("number", [3, 5])
@pytest.mark.parametrize(("first", "last"), [(0, 1), (1, 2), (2, 3)])
def test_a_record_missing_from_its_capture_is_found(
    archive: tuple[Path, list[Capture]], number: int, first: int, last: int
) -> None:
    """Request, metadata or response alone cut out of a capture: what is left does not count as one."""
    directory, written = archive
    path = only_warc(directory)
    starts = _member_offsets(path.read_bytes())
    group = starts.index(place(written[number]).offset) - 2
    data = path.read_bytes()
    end = [*starts, len(data)][group + last]
    path.write_bytes(data[: starts[group + first]] + data[end:])
    report = verify(directory)
    (problem, *more) = [one for one in report.problems if GONE not in one.what]
    assert (problem.kind, report.captures) == (ProblemKind.DAMAGED, 5)
    assert problem.what in (NO_LEAD, "a request record whose response is not there")
    assert len(more) == (1 if first == 2 else 0)
    with pytest.raises(RecordDamaged, match=problem.what):
        list(iterate(directory))


def _member_offsets(data: bytes) -> list[int]:
    offsets, at = [], 0
    while at < len(data):
        offsets.append(at)
        at = min((found for end in range(at + 20, len(data)) if (found := _ends(data, at, end))), default=len(data))
    return offsets


def _ends(data: bytes, start: int, end: int) -> int:
    """`end` where a whole gzip member lies between, else 0; Python's own gzip as the judge."""
    if data[end : end + 3] not in (b"\x1f\x8b\x08", b""):
        return 0
    try:
        gzip.decompress(data[start:end])
    except (OSError, EOFError):
        return 0
    return end


def test_a_missing_file_is_found(archive: tuple[Path, list[Capture]]) -> None:
    """A file that rows point into, or that only its index still knows, is named."""
    directory, written = archive
    only_warc(directory).unlink()
    for rows in (rows_of(written), None):
        (problem,) = verify(directory, rows).problems
        assert (problem.kind, problem.file) == (ProblemKind.MISSING, place(written[0]).file)
        assert problem.what.endswith("; 6 captures lay in it" if rows else "; only its index is")
    with pytest.raises(RecordMissing, match="no such WARC file"):
        read_capture(directory, place(written[0]))


def test_what_lies_on_another_host_is_counted_and_no_fault(archive: tuple[Path, list[Capture]]) -> None:
    """Else hosts with a directory each would fail at every check; but what lay here once and is gone is a fault."""
    directory, written = archive
    far = "xha-20241124T101500Z-far-away-4711-00001.warc.gz"
    rows = rows_of(written)
    rows += [replace(row, locator=replace(row.locator, file=far)) for row in rows[:4]]
    report = verify(directory, rows)
    assert (report.ok, report.elsewhere) == (True, {"far-away": 4})
    for beside in (checksum_path(directory / far), index_path(directory / far)):
        beside.touch()
        report = verify(directory, rows)
        assert (kinds(report)[:1], report.elsewhere) == ([ProblemKind.MISSING], {})
        beside.unlink()


def test_swapped_rows_are_found(archive: tuple[Path, list[Capture]]) -> None:
    """Two rows that point to each other's records are two problems."""
    directory, written = archive
    rows = rows_of(written)
    rows[1], rows[2] = replace(rows[1], locator=rows[2].locator), replace(rows[2], locator=rows[1].locator)
    report = verify(directory, rows)
    assert set(kinds(report)) == {ProblemKind.ROW_WRONG}
    assert {one.offset for one in report.problems} == {place(one).offset for one in written[1:3]}


CHANGES: list[Callable[[Row], Row]] = [
    lambda row: replace(row, digest=digest_of(b"other")),
    lambda row: replace(row, url=row.url + "?x"),
    lambda row: replace(row, status=404),
    lambda row: replace(row, locator=replace(row.locator, length=row.locator.length + 1)),
    lambda row: replace(row, locator=replace(row.locator, offset=row.locator.offset + 1)),
    lambda row: replace(row, locator=replace(row.locator, file="../" + row.locator.file)),
]


@pytest.mark.parametrize("change", CHANGES)
def test_every_field_of_a_row_is_compared(archive: tuple[Path, list[Capture]], change: Callable[[Row], Row]) -> None:
    """A row that differs from its record in one field is a problem."""
    directory, written = archive
    rows = rows_of(written)
    rows[4] = change(rows[4])
    assert ProblemKind.ROW_WRONG in kinds(verify(directory, rows))


def test_a_capture_without_a_row_can_be_repaired(archive: tuple[Path, list[Capture]]) -> None:
    """The problem carries the place from which the missing row can be made."""
    directory, written = archive
    (problem,) = verify(directory, rows_of(written[:3] + written[4:])).problems
    assert problem.kind is ProblemKind.NO_ROW
    assert problem.locator
    assert read_capture(directory, problem.locator) == written[3]


def test_two_rows_for_one_record_are_found(archive: tuple[Path, list[Capture]]) -> None:
    """A capture stored twice is a problem: nothing is stored twice."""
    directory, written = archive
    (problem,) = verify(directory, rows_of([*written, written[0]])).problems
    assert (problem.kind, problem.offset) == (ProblemKind.ROW_WRONG, place(written[0]).offset)


def test_an_empty_file_and_a_file_that_is_no_warc_are_found(tmp_path: Path) -> None:
    """Neither passes for an archive without captures."""
    (tmp_path / "empty.warc.gz").touch()
    (tmp_path / "other.warc.gz").write_bytes(gzip.compress(b"not a record", mtime=0))
    (tmp_path / "text.warc.gz").write_bytes(b"not even compressed")
    report = verify(tmp_path)
    damaged = {one.file: one.what for one in report.problems if one.kind is ProblemKind.DAMAGED}
    assert damaged["empty.warc.gz"] == "the file holds no record"
    assert "no WARC record" in damaged["other.warc.gz"]
    assert "damaged" in damaged["text.warc.gz"]


def test_parts_cover_the_whole_archive(tmp_path: Path) -> None:
    """Checks of a share each, one after the other, come round to every file and every row exactly once."""
    with Archive(tmp_path, max_bytes=1).open_writer() as writer:
        written = [writer.write(capture(number)) for number in range(12)]
    reports = [verify(tmp_path, rows_of(written), share=0.25, turn=turn) for turn in range(8, 12)]
    assert all(report.ok for report in reports)
    assert sum(report.files for report in reports) == 12
    assert sum(report.rows for report in reports) == 12
    assert max(report.files for report in reports) < 12
    gone = place(written[5]).file
    (tmp_path / gone).unlink()
    found = [
        one.file for turn in range(4) for one in verify(tmp_path, rows_of(written), share=0.25, turn=turn).problems
    ]
    assert found == [gone]
    with pytest.raises(ValueError, match="share"):
        verify(tmp_path, share=0)


def test_reading_everything_stops_at_damage_or_reports_it(archive: tuple[Path, list[Capture]]) -> None:
    """A re-parse learns of damage: raised by default, else reported while the whole captures around it still come."""
    directory, written = archive
    flip(only_warc(directory), place(written[2]).offset + 300)
    with pytest.raises(RecordDamaged, match=f"at byte {place(written[2]).offset}: "):
        list(iterate(directory))
    said: list[RecordDamaged] = []
    assert list(iterate(directory, on_damage=said.append)) == written[:2] + written[3:]
    assert str(place(written[2]).offset) in str(said[0])


def test_the_cut_end_of_a_finished_file_is_damage(archive: tuple[Path, list[Capture]]) -> None:
    """Only an unfinished file may end in the middle of a record."""
    directory, _ = archive
    path = only_warc(directory)
    path.write_bytes(path.read_bytes()[:-5])
    with pytest.raises(RecordDamaged, match="does not end"):
        list(iterate(directory))
