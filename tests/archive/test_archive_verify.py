"""The check names every kind of damage, with file and byte, and is silent over an archive that is whole."""

from __future__ import annotations

import gzip
import random
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from archive_samples import capture, flip, only_warc, place, rows_of

from storage.archive.check import ProblemKind, Row
from storage.archive.encode import ascii_url, digest_of, member, new_record_id, warc_date
from storage.archive.names import index_path
from storage.archive.reader import iterate, read_capture
from storage.archive.seal import checksum_path, rebuild
from storage.archive.verify import Report, verify
from storage.archive.writer import Archive
from storage.errors import RecordDamaged, RecordMissing
from storage.records import Capture, Locator


@pytest.fixture
def archive(tmp_path: Path) -> tuple[Path, list[Capture]]:
    """A directory with one finished file of six captures."""
    with Archive(tmp_path).open_writer() as writer:
        written = [writer.write(capture(number)) for number in range(6)]
    return tmp_path, written


def kinds(report: Report) -> list[ProblemKind]:
    return [problem.kind for problem in report.problems]


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
    chosen = random.Random(3).sample(range(len(original)), 120) + list(range(10)) + [len(original) - 1]
    for offset in chosen:
        path.write_bytes(original)
        flip(path, offset, 1 << (offset % 8))
        report = verify(directory)
        assert ProblemKind.DAMAGED in kinds(report), f"a changed bit at byte {offset} went unnoticed"
        assert all(one.offset is None or one.offset <= offset for one in report.problems[:1])


def test_a_record_that_was_cut_out_is_found(archive: tuple[Path, list[Capture]]) -> None:
    """A whole capture removed cleanly leaves an archive in order by itself: the rows give it away."""
    directory, written = archive
    path = only_warc(directory)
    data = path.read_bytes()
    end_of = [place(one).offset + place(one).length for one in written]
    path.write_bytes(data[: end_of[1]] + data[end_of[2] :])
    assert kinds(verify(directory)) == [ProblemKind.INDEX, ProblemKind.DAMAGED]
    checksum_path(path).unlink()
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
    (problem, *more) = report.problems
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


@pytest.mark.parametrize("harm", ["removed", "changed"])
def test_an_index_that_does_not_agree_is_found_and_rebuilt(archive: tuple[Path, list[Capture]], harm: str) -> None:
    """An index line lost, or the whole index, is named; rebuilding gives the same bytes again."""
    directory, written = archive
    (index,) = directory.glob("*.cdxj")
    original = index.read_bytes()
    index.unlink() if harm == "removed" else index.write_bytes(original.partition(b"\n")[2])
    assert kinds(verify(directory, rows_of(written))) == [ProblemKind.INDEX]
    assert rebuild(directory) == 6
    assert index.read_bytes() == original
    assert verify(directory, rows_of(written)).ok


@pytest.mark.parametrize(
    ("head", "what"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", "Content-Length says 9, the body has 4"),
        (b"200 OK\r\n\r\n", "no HTTP status line"),
    ],
)
def test_a_response_that_contradicts_itself_is_found(tmp_path: Path, head: bytes, what: str) -> None:
    """A whole record with right digests whose HTTP head is not true of its body is named."""
    with Archive(tmp_path).open_writer() as writer:
        written = writer.write(capture(body=b"body"))
    _replace_response(tmp_path, written, head + b"body", digest_of(b"body"))
    assert any(what in one.what for one in verify(tmp_path).problems)


@pytest.mark.parametrize("said", ["", "sha256:00", "crc7:00", digest_of(b"other")])
def test_a_payload_digest_that_is_not_the_bodys_is_found(tmp_path: Path, said: str) -> None:
    """The digest a row names must be that of the bytes, not only of what the record says about itself."""
    with Archive(tmp_path).open_writer() as writer:
        written = writer.write(capture(body=b"body"))
    _replace_response(tmp_path, written, b"HTTP/1.1 200 OK\r\n\r\nbody", said)
    assert any("payload digest" in one.what for one in verify(tmp_path).problems)


def _replace_response(directory: Path, written: Capture, block: bytes, digest: str) -> None:
    """Put another response in the place of the last one, leading records kept and belonging to it."""
    path = only_warc(directory)
    text = gzip.decompress(path.read_bytes()[place(written).offset :]).decode("latin-1")
    record_id = text.partition("WARC-Record-ID: ")[2].partition("\r\n")[0]
    assert record_id != new_record_id()
    fields = [("WARC-Record-ID", record_id), ("WARC-Target-URI", ascii_url(written.url))]
    fields += [("WARC-Date", warc_date(written)), ("WARC-Payload-Digest", digest)]
    response = member("response", fields, "application/http; msgtype=response", block)
    path.write_bytes(path.read_bytes()[: place(written).offset] + response)


EDITS = [
    (r"(WARC-Block-Digest: sha256:)[0-9a-f]", r"\1-", "block digest does not agree"),
    (r"WARC-Block-Digest: [^\r]*\r\n", "", "no block digest"),
    (r"\r\nContent-Length: \d+", r"\r\nContent-Length: 3", "Content-Length says 3"),
    (r"\r\nContent-Length: \d+", "", "Content-Length says nothing"),
    (r"^WARC/1.1", "WARC/9.9", "no WARC record"),
    (r"WARC-Date: [^\r]*", "WARC-Date: yesterday", "'yesterday' is not a time"),
    (r"WARC-Record-ID: [^\r]*", "WARC-Record-ID: <urn:uuid:0>", "no request and metadata record"),
    (r"\r\n\r\n$", "", "Content-Length says"),
]


@pytest.mark.parametrize(("pattern", "replacement", "what"), EDITS)
def test_a_record_edited_and_compressed_again_is_found(
    tmp_path: Path, pattern: str, replacement: str, what: str
) -> None:
    """Gzip alone is content with an edited record; each field of ours that can contradict it does."""
    with Archive(tmp_path).open_writer() as writer:
        written = writer.write(capture())
    path = only_warc(tmp_path)
    data, at = path.read_bytes(), place(written).offset
    text, count = re.subn(pattern, replacement, gzip.decompress(data[at:]).decode("latin-1"), count=1)
    assert count == 1
    path.write_bytes(data[:at] + gzip.compress(text.encode("latin-1"), mtime=0))
    assert any(what in one.what and one.offset == at for one in verify(tmp_path).problems)
    with pytest.raises(RecordDamaged):
        read_capture(tmp_path, Locator(file=path.name, offset=at, length=path.stat().st_size - at))


def test_metadata_of_a_newer_version_is_not_guessed_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a later version of this project wrote in another form is refused with a word about why."""
    monkeypatch.setattr("storage.archive.encode.METADATA_VERSION", 2)
    with Archive(tmp_path).open_writer() as writer:
        written = writer.write(capture())
    with pytest.raises(RecordDamaged, match="newer version"):
        read_capture(tmp_path, place(written))


@pytest.mark.parametrize("block", [b"no json", b"[]", b'{"version": 2}', b'{"version": 1, "url": 3}', b"[" * 100_000])
def test_metadata_that_cannot_be_read_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: bytes) -> None:
    """A capture whose context cannot be read again is a problem, and no error escapes."""
    monkeypatch.setattr("storage.archive.encode._metadata_block", lambda *_: block)
    with Archive(tmp_path).open_writer() as writer:
        written = writer.write(capture())
    assert any("its metadata record" in one.what for one in verify(tmp_path).problems)
    with pytest.raises(RecordDamaged, match="its metadata record"):
        read_capture(tmp_path, place(written))


def test_a_record_beyond_all_measure_is_damage(
    archive: tuple[Path, list[Capture]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A member that would fill the memory is given up and named, instead of being held."""
    monkeypatch.setattr("storage.archive.members.MEMBER_MAX_BYTES", 1_000)
    directory, _ = archive
    assert any("more than 1000 bytes" in one.what for one in verify(directory).problems)


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


def test_rebuilding_never_blesses_a_changed_file(archive: tuple[Path, list[Capture]]) -> None:
    """A checksum that is there stays: it may be the only witness that the file is not what it was."""
    directory, _ = archive
    checksum = checksum_path(only_warc(directory))
    said = checksum.read_bytes()
    flip(only_warc(directory), 5)
    rebuild(directory)
    assert checksum.read_bytes() == said
    assert kinds(verify(directory)) == [ProblemKind.DAMAGED]


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
