"""A damaged archive: nothing but the documented errors, no capture that was never written, no damage unseen."""

from __future__ import annotations

import gzip
import random
import shutil
import zlib
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from property_samples import tries

from storage.archive.check import Row
from storage.archive.names import list_files
from storage.archive.reader import iterate, read_capture
from storage.archive.recover import recover
from storage.archive.verify import verify
from storage.archive.writer import Archive
from storage.errors import RecordDamaged, RecordMissing, WarcError
from storage.records import Capture, Context, Kind, Locator

START = datetime(2024, 11, 24, 10, 15, tzinfo=UTC)


def capture(number: int) -> Capture:
    """A capture that differs from every other number's; the last one was drawn by a browser."""
    return Capture(
        url=f"http://paper.example/{number}.htm",
        fetched_at=START + timedelta(seconds=number),
        status=200,
        headers=(("Content-Type", "text/html"),),
        body=random.Random(number).randbytes(60) + b"<p>" * 40,
        context=Context(kind=Kind.ARTICLE, site="xihaian", link_text="海湾新城通车"),
        request_headers=(("Host", "paper.example"),),
        rendered=number == 4,
    )


class Kept:
    """An archive of five captures in one finished file, and a copy of it to be damaged."""

    def __init__(self, folder: Path) -> None:
        self.whole, self.copy = folder / "whole", folder / "copy"
        with Archive(self.whole).open_writer() as writer:
            self.captures = [writer.write(capture(number)) for number in range(5)]
        (found,) = list_files(self.whole)
        self.name = found.name
        self.data = found.path.read_bytes()

    def damaged(self, data: bytes, *, unfinished: bool = False) -> Path:
        """The copy, its WARC file replaced."""
        shutil.rmtree(self.copy, ignore_errors=True)
        shutil.copytree(self.whole, self.copy)
        (self.copy / self.name).write_bytes(data)
        if unfinished:
            for path in self.copy.iterdir():
                path.rename(path.with_name(f"{path.name}.open")) if path.name == self.name else path.unlink()
        return self.copy

    def rows(self) -> list[Row]:
        """What the database says."""
        return [Row(locator=place(one), digest=one.digest, url=one.url, status=one.status) for one in self.captures]


def place(found: Capture) -> Locator:
    """The locator of an archived capture."""
    assert found.locator
    return found.locator


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """The archive."""
    return Kept(tmp_path_factory.mktemp("kept"))


@st.composite
def damages(draw: st.DrawFn) -> list[tuple[str, float, float, bytes]]:
    """What is done to a file: kind, from, to (as shares of its length), bytes."""
    kinds = st.sampled_from(["flip", "cut", "insert", "overwrite", "double", "end"])
    shares = st.floats(0, 1, exclude_max=True)
    return draw(st.lists(st.tuples(kinds, shares, shares, st.binary(min_size=1, max_size=40)), min_size=1, max_size=3))


def done_to(data: bytes, damage: list[tuple[str, float, float, bytes]]) -> bytes:
    """The bytes after that."""
    for kind, one, other, given_bytes in damage:
        start, end = sorted((int(one * len(data)), int(other * len(data))))
        if kind == "flip" and data:
            data = data[:start] + bytes([data[start] ^ (given_bytes[0] or 1)]) + data[start + 1 :]
        elif kind == "cut":
            data = data[:start] + data[min(end, start + 300) :]
        elif kind == "insert":
            data = data[:start] + given_bytes + data[start:]
        elif kind == "overwrite":
            data = data[:start] + given_bytes + data[start + len(given_bytes) :]
        elif kind == "double":
            data = data[:end] + data[start:end] + data[end:]
        elif kind == "end":
            data = data[:start]
    return data


def without_place(found: Capture) -> tuple[object, ...]:
    """What a capture says, wherever it lies."""
    return (found.url, found.fetched_at, found.status, found.headers, found.body, found.context, found.digest)


@tries()
@given(damages())
def test_reading_gives_what_was_written_or_a_documented_error(
    kept: Kept, damage: list[tuple[str, float, float, bytes]]
) -> None:
    """Else a flipped bit would become an article, or a traceback in the middle of a re-parse."""
    folder = kept.damaged(done_to(kept.data, damage))
    written = {without_place(one) for one in kept.captures}
    reported: list[RecordDamaged] = []
    assert {without_place(one) for one in iterate(folder, on_damage=reported.append)} <= written
    for one in kept.captures:
        with suppress(RecordDamaged, RecordMissing):
            assert read_capture(folder, place(one), digest=one.digest) == one
    with suppress(WarcError):
        list(iterate(folder))


@tries()
@given(damages())
@example([("flip", 0.0012, 0.5, b"\x01")])  # in the gzip header, which no checksum of gzip's covers
def test_no_change_of_a_finished_file_goes_unseen(kept: Kept, damage: list[tuple[str, float, float, bytes]]) -> None:
    """Else the archive would be no evidence: somebody could change a byte and nobody would ever be told."""
    data = done_to(kept.data, damage)
    report = verify(kept.damaged(data), kept.rows())
    assert report.ok == (data == kept.data)
    for problem in report.problems:
        assert str(problem).startswith(kept.name)


@tries()
@given(st.data())
def test_what_was_changed_and_packed_anew_is_not_read(kept: Kept, data: st.DataObject) -> None:
    """Else who knows gzip could put other words into a page, and no checksum of gzip's would tell."""
    members: list[bytes] = []
    rest = kept.data
    while rest:
        inflate = zlib.decompressobj(31)
        members.append(inflate.decompress(rest))
        rest = inflate.unused_data
    number = data.draw(st.integers(1, len(members) - 1))
    record = bytearray(members[number])
    block = record.index(b"\r\n\r\n") + 4
    at = data.draw(st.integers(block, len(record) - 5))
    record[at] ^= data.draw(st.integers(1, 255))
    members[number] = bytes(record)
    folder = kept.damaged(b"".join(gzip.compress(one, mtime=0) for one in members))
    reported: list[RecordDamaged] = []
    found = [without_place(one) for one in iterate(folder, on_damage=reported.append)]
    assert len(found) == len(kept.captures) - 1
    assert set(found) < {without_place(one) for one in kept.captures}
    assert reported


@tries(0.5)
@given(damages())
def test_recovery_keeps_every_capture_that_is_still_whole(
    kept: Kept, damage: list[tuple[str, float, float, bytes]]
) -> None:
    """Else the start after a crash would throw away what could still be read, or fail and never start again."""
    folder = kept.damaged(done_to(kept.data, damage), unfinished=True)
    readable = [without_place(one) for one in iterate(folder, on_damage=lambda _: None)]
    added: list[Capture] = []
    done = recover(folder, add=added.append)
    assert [without_place(one) for one in added] == readable
    assert done.captures == len(readable)
    assert recover(folder).finished == ()
    assert [without_place(one) for one in iterate(folder, on_damage=lambda _: None)] == readable
    taken_off = sum((folder / cut.kept_as).stat().st_size for cut in done.cut)
    left = sum(file.path.stat().st_size for file in list_files(folder))
    if not done.removed:
        assert taken_off + left == len(done_to(kept.data, damage)), "what was cut off is kept beside it"


@tries()
@given(st.text(st.characters(exclude_categories=()), max_size=30), st.integers(-(2**40), 2**70), st.integers(-5, 2**70))
def test_any_locator_is_answered(kept: Kept, name: str, offset: int, length: int) -> None:
    """Else one wrong row would end `xha show --raw` or a re-parse in a traceback."""
    for file in (name, kept.name):
        with suppress(RecordMissing, RecordDamaged):
            found = read_capture(kept.whole, Locator(file=file, offset=offset, length=length))
            assert found in kept.captures
