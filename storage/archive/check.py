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
from storage.archive.names import WarcFile, locate
from storage.archive.record import Record
from storage.archive.witness import Checksum, Witness, cuts_of, witness_of
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
    """Bytes are not what they were, or not there any more; only a copy of the file helps."""
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
    CHECKSUM = "checksum"
    """A checksum file holds no checksum; `rebuild` leaves what is left of it alone."""

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
    ProblemKind.CHECKSUM: "restore it from a copy; without one, remove it: `xha verify --repair` makes it again",
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
    """Check one file, against its rows too where they are given. Never raises over its content."""
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
        self._witness: Witness | None = None
        self._damage: list[Damage] = []
        self._no_row: list[Problem] = []
        self._differ: list[tuple[int, str]] = []
        self._offsets: set[int] = set()
        self._lines: list[bytes] = []
        self._problems: list[Problem] = []
        self._records = 0

    def run(self) -> FileReport:
        living = self._file.unfinished and is_living(self._file.path)
        # It may have been finished, and so renamed, since it was listed.
        path = locate(self._file.path.parent, self._file.name)
        size = path.stat().st_size
        self._witness = None if self._file.unfinished else witness_of(path)
        for found in self._contents(path):
            if isinstance(found, Capture):
                self._capture(found)
            else:
                self._damage.append(found)
        self._judge(path, size, living)
        captures = len(self._offsets)
        return FileReport(problems=tuple(self._problems), records=self._records, captures=captures, bytes=size)

    def _judge(self, path: Path, size: int, living: bool) -> None:
        lost = self._lost(size)
        doubted = False
        if self._witness:
            doubted = self._witness.accuses(self._offsets) or bool(lost and not self._is_as_finished())
            self._judge_finished(self._witness, lost, doubted)
        else:
            self._judge_unfinished(living)
        for at, what in self._differ:  # a record of a file that is not what it was is no evidence against a row
            self._add(ProblemKind.DAMAGED if doubted else ProblemKind.ROW_WRONG, at, what)
        self._rows_left(lost)
        if lost:
            self._tell_lost(path, lost)

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
        at = capture.locator.offset
        self._offsets.add(at)
        self._lines.append(index_line(capture))
        if self._rows is None:
            return
        rows = self._rows.pop(at, [])
        if not rows:
            what = f"a whole capture of {capture.url} has no row"
            missing = Problem(
                kind=ProblemKind.NO_ROW, file=self._file.name, offset=at, what=what, locator=capture.locator
            )
            self._no_row.append(missing)
        if len(rows) > 1:
            self._add(ProblemKind.ROW_WRONG, at, f"{len(rows)} rows point to the same record")
        self._differ += [(at, what) for row in rows for what in _differences(row, capture)]

    def _judge_unfinished(self, living: bool) -> None:
        """What comes after the last whole capture is for the writer, or for `recover`; rows may lag behind."""
        if not living:
            self._add(ProblemKind.UNFINISHED, None, "its writer has died")
        for damage in self._damage:
            if damage.offset < self._whole_until:
                self._add(ProblemKind.DAMAGED, damage.offset, damage.what)

    def _judge_finished(self, witness: Witness, lost: dict[int, str], doubted: bool) -> None:
        if not (lost and doubted):  # else they may be what is lost, moved: a row made now would be wrong
            self._problems += self._no_row
        for damage in self._damage:
            self._add(ProblemKind.DAMAGED, damage.offset, damage.what)
        if not self._records and not self._damage:
            self._add(ProblemKind.DAMAGED, None, "the file holds no record")
        if self._damage:
            return  # the index may rightly know more than can still be read, and the checksum has nothing to add
        if witness.checksum is Checksum.DIFFERS:
            self._add(ProblemKind.DAMAGED, None, "its bytes are not those of its checksum file")
        if not doubted and not lost.keys() & witness.named.keys():  # else it may be the last list of what is lost
            self._beside(witness)

    def _beside(self, witness: Witness) -> None:
        if witness.index is None:
            self._add(ProblemKind.INDEX, None, "its index is not there")
        elif witness.index != self._index():
            self._add(ProblemKind.INDEX, None, "its index does not agree with its records")
        if witness.checksum is Checksum.MISSING:
            self._add(ProblemKind.INDEX, None, "its checksum file is not there")
        if witness.checksum is Checksum.BROKEN:
            self._add(ProblemKind.CHECKSUM, None, "its checksum file is broken (it does not begin with 64 hex digits)")

    def _index(self) -> bytes:
        return b"".join(sorted(self._lines))

    def _lost(self, size: int) -> dict[int, str]:
        """Offset → URL of captures that rows or the index name, and that are not there for no damage that is seen.

        In a file that is what was finished, a row that says so is wrong, unless it lies behind the end (a disk that
        lost what it had taken, before recovery cut the file back) or the index says the same.
        """
        gone = self._witness.gone(self._offsets) if self._witness else {}
        rows = {offset: rows[0].url for offset, rows in (self._rows or {}).items()}
        if self._is_as_finished():
            lost = {offset: url for offset, url in rows.items() if offset in gone or offset >= size}
        else:
            lost = gone | rows
        return {offset: url for offset, url in lost.items() if not self._damage_at(offset)}

    def _is_as_finished(self) -> bool:
        if self._witness is None:
            return False
        if self._witness.checksum in (Checksum.MISSING, Checksum.BROKEN):
            return self._witness.index == self._index()
        return self._witness.checksum is Checksum.AGREES

    def _damage_at(self, offset: int) -> Damage | None:
        return next((one for one in self._damage if one.offset <= offset < one.offset + one.length), None)

    def _rows_left(self, lost: dict[int, str]) -> None:
        """Rows whose offset no capture starts at, and that are not told of as lost."""
        unreadable: dict[int, dict[int, str]] = {}
        for offset, rows in sorted((self._rows or {}).items()):
            if damage := self._damage_at(offset):
                unreadable.setdefault(damage.offset, {})[offset] = rows[0].url
            elif offset not in lost:
                for row in rows:
                    what = f"the row of {row.url} points here; no capture starts here"
                    self._add(ProblemKind.ROW_WRONG, offset, what)
        for stretch in unreadable.values():
            self._add(ProblemKind.DAMAGED, min(stretch), f"{_several(stretch)} cannot be read any more")

    def _tell_lost(self, path: Path, lost: dict[int, str]) -> None:
        cuts = cuts_of(path)
        kept = f"; what was cut off its end is kept as {', '.join(cuts)}" if cuts else ""
        self._add(ProblemKind.DAMAGED, min(lost), f"{_several(lost)} cannot be found any more{kept}")


def _several(captures: dict[int, str]) -> str:
    """Captures, by offset and URL, in a phrase."""
    first = captures[min(captures)]
    return f"the capture of {first}" if len(captures) == 1 else f"{len(captures)} captures (the first of {first})"


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
