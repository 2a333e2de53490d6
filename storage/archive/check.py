"""One WARC file under the strict check: its bytes, its rows, its index."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from storage.archive.cdxj import index_line
from storage.archive.files import is_living
from storage.archive.groups import COMMIT_KINDS, Grouper, records
from storage.archive.httphead import split_head, stated_lengths
from storage.archive.members import Damage
from storage.archive.names import WarcFile, index_path, locate
from storage.archive.record import Record
from storage.archive.seal import checksum_of, checksum_path
from storage.errors import RecordMissing
from storage.records import Capture, Locator


@dataclass(frozen=True, kw_only=True)
class Row:
    """What a `capture` row says of its record."""

    locator: Locator
    digest: str
    url: str
    status: int


class ProblemKind(StrEnum):
    """What can be wrong, and so what can be done about it."""

    DAMAGED = "damaged"
    """Bytes are not what they were; only a copy of the file helps."""
    MISSING = "missing"
    """A file is not there."""
    UNFINISHED = "unfinished"
    """A writer died; `recover` finishes the file."""
    ROW_WRONG = "row-wrong"
    """A row does not agree with the archive."""
    NO_ROW = "no-row"
    """A whole capture without a row; the row can be made from it."""
    INDEX = "index"
    """An index is missing or wrong, or a checksum file missing; `rebuild` makes it again."""

    @property
    def remedy(self) -> str:
        """What to do."""
        return _REMEDIES[self]


_REMEDIES = {
    ProblemKind.DAMAGED: "restore it, with its index and checksum, from a copy",
    ProblemKind.MISSING: "restore it from a copy",
    ProblemKind.UNFINISHED: "the next crawl finishes it, or `xha verify --repair`",
    ProblemKind.ROW_WRONG: "the record is the evidence: `xha reparse` into an empty database makes right rows",
    ProblemKind.NO_ROW: "`xha verify --repair` adds it",
    ProblemKind.INDEX: "`xha verify --repair` makes it again",
}


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing that is wrong."""

    kind: ProblemKind
    file: str
    offset: int | None
    """Byte in the file; None where the whole file is meant."""
    what: str
    locator: Locator | None = None
    """NO_ROW only: where the capture lies."""

    def __str__(self) -> str:
        place = self.file if self.offset is None else f"{self.file} at byte {self.offset}"
        return f"{place}: {self.what}; {self.kind.remedy}"


RowsAt = dict[int, list[Row]]
"""The rows of one file by offset."""


@dataclass(frozen=True, kw_only=True)
class FileReport:
    """What one file holds and what is wrong with it."""

    problems: tuple[Problem, ...] = ()
    records: int = 0
    captures: int = 0
    bytes: int = 0


def check_file(file: WarcFile, rows: RowsAt | None) -> FileReport:
    """Check one file, against its rows too where they are given; it is read once. Never raises over its content."""
    try:
        return _Check(file, rows).run()
    except RecordMissing as error:
        problem = Problem(kind=ProblemKind.MISSING, file=file.name, offset=None, what=str(error))
    except OSError as error:
        what = f"the file cannot be read ({error.strerror})"
        problem = Problem(kind=ProblemKind.DAMAGED, file=file.name, offset=None, what=what)
    return FileReport(problems=(problem,))


class _Check:
    """One check on its way through a file."""

    def __init__(self, file: WarcFile, rows: RowsAt | None) -> None:
        self._file = file
        self._rows = None if rows is None else dict(rows)
        self._whole_until = 0
        self._damage: list[Damage] = []
        self._no_row: list[Problem] = []
        self._lines: list[bytes] = []
        self._problems: list[Problem] = []
        self._records = self._captures = 0

    def run(self) -> FileReport:
        living = self._file.unfinished and is_living(self._file.path)
        # It may have been finished, and so renamed, since it was listed.
        path = locate(self._file.path.parent, self._file.name)
        size = path.stat().st_size
        for found in self._contents(path):
            if isinstance(found, Capture):
                self._capture(found)
            else:
                self._damage.append(found)
        if self._file.unfinished:
            self._judge_unfinished(living)
        else:
            self._judge_finished(path)
        self._rows_left()
        return FileReport(problems=tuple(self._problems), records=self._records, captures=self._captures, bytes=size)

    def _add(self, kind: ProblemKind, offset: int | None, what: str) -> None:
        self._problems.append(Problem(kind=kind, file=self._file.name, offset=offset, what=what))

    def _contents(self, path: Path) -> Iterator[Capture | Damage]:
        grouper = Grouper(self._file.name)
        for found in records(path):
            if isinstance(found, Damage):
                yield found
                continue
            self._records += 1
            if found.kind in COMMIT_KINDS:
                self._whole_until = found.offset + found.length
            yield from grouper.take(found)
            yield from _false_length(found)
        yield from grouper.rest()

    def _capture(self, capture: Capture) -> None:
        assert capture.locator, "a capture that was read has its place"
        self._captures += 1
        self._lines.append(index_line(capture))
        if self._rows is None:
            return
        at = capture.locator.offset
        rows = self._rows.pop(at, [])
        if not rows:
            what = f"a whole capture of {capture.url} has no row"
            missing = Problem(
                kind=ProblemKind.NO_ROW, file=self._file.name, offset=at, what=what, locator=capture.locator
            )
            self._no_row.append(missing)
        if len(rows) > 1:
            self._add(ProblemKind.ROW_WRONG, at, f"{len(rows)} rows point to the same record")
        for row in rows:
            for what in _differences(row, capture):
                self._add(ProblemKind.ROW_WRONG, at, what)

    def _judge_unfinished(self, living: bool) -> None:
        """What comes after the last whole capture is for the writer, or for `recover`; rows may lag behind."""
        if not living:
            self._add(ProblemKind.UNFINISHED, None, "its writer has died")
        for damage in self._damage:
            if damage.offset < self._whole_until:
                self._add(ProblemKind.DAMAGED, damage.offset, damage.what)

    def _judge_finished(self, path: Path) -> None:
        self._problems += self._no_row
        for damage in self._damage:
            self._add(ProblemKind.DAMAGED, damage.offset, damage.what)
        if not self._records and not self._damage:
            self._add(ProblemKind.DAMAGED, None, "the file holds no record")
        if self._damage:
            return  # the index may rightly know more than can still be read, and the checksum has nothing to add
        self._index(path)
        self._checksum(path)

    def _index(self, path: Path) -> None:
        try:
            agrees = index_path(path).read_bytes() == b"".join(sorted(self._lines))
        except FileNotFoundError:
            self._add(ProblemKind.INDEX, None, "its index is not there")
        else:
            if not agrees:
                self._add(ProblemKind.INDEX, None, "its index does not agree with its records")

    def _checksum(self, path: Path) -> None:
        try:
            said = checksum_path(path).read_bytes()
        except FileNotFoundError:
            self._add(ProblemKind.INDEX, None, "its checksum file is not there")
        else:
            if said.split(b" ")[0] != checksum_of(path).encode():
                what = "its bytes are not those of its checksum file"
                self._add(ProblemKind.DAMAGED, None, what)

    def _rows_left(self) -> None:
        """Rows whose offset no capture starts at."""
        for offset, rows in sorted((self._rows or {}).items()):
            hurt = any(damage.offset <= offset < damage.offset + damage.length for damage in self._damage)
            for row in rows:
                if hurt:
                    self._add(ProblemKind.DAMAGED, offset, f"the capture of {row.url} cannot be read any more")
                else:
                    self._add(
                        ProblemKind.ROW_WRONG, offset, f"the row of {row.url} points here; no capture starts here"
                    )


def _false_length(record: Record) -> Iterator[Damage]:
    """An HTTP Content-Length that the body does not have; the writer renames such a header."""
    if record.kind == "response":
        head, body = split_head(record.block)
        for said in stated_lengths(head):
            if said != str(len(body)):
                what = f"HTTP Content-Length says {said}, the body has {len(body)} bytes"
                yield Damage(offset=record.offset, length=record.length, what=what)


def _differences(row: Row, capture: Capture) -> Iterator[str]:
    assert capture.locator, "a capture that was read has its place"
    if row.locator.length != capture.locator.length:
        yield f"the row says {row.locator.length} bytes, the record takes {capture.locator.length}"
    if row.digest != capture.digest:
        yield f"the row says {row.digest}, the record {capture.digest}"
    if row.url != capture.url:
        yield f"the row says {row.url}, the record {capture.url}"
    if row.status != capture.status:
        yield f"the row says status {row.status}, the record {capture.status}"
