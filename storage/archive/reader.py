"""Reading the archive back: one capture by its locator, or all of them in the order of time."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from operator import itemgetter
from pathlib import Path
from typing import BinaryIO

from storage.archive.encode import LEAD_FIELD
from storage.archive.groups import CAPTURE_KINDS, LEADING, captures, records
from storage.archive.members import Damage
from storage.archive.names import WarcFile, list_files, locate
from storage.archive.record import Broken, Record, read_record, time_of, to_capture
from storage.errors import RecordDamaged, RecordMissing, WarcError
from storage.records import Capture, Locator

_REMEDY = "restore the file from a copy; `xha verify` names everything that is broken"
_EARLIEST = datetime.min.replace(tzinfo=UTC)


def read_capture(directory: Path, locator: Locator, *, digest: str | None = None) -> Capture:
    """The capture at a locator, exactly as it was written; `digest`: what its row says, checked too.

    Raises:
        RecordMissing: no such file, or the file ends before the offset.
        RecordDamaged: what is there is not a whole capture of that length and digest.
    """
    path = locate(directory, locator.file)
    try:
        with path.open("rb") as stream:
            found = _read_at(stream, path, locator)
    except Broken as error:
        raise RecordDamaged(f"{path} at byte {locator.offset}: {error}; {_REMEDY}") from error
    except OSError as error:
        raise WarcError(f"{path}: cannot be read ({error.strerror}); check its owner and mode") from error
    if digest is not None and found.digest != digest:
        raise RecordDamaged(
            f"{path} at byte {locator.offset}: the row says {digest}, the record {found.digest}; "
            "`xha verify` names every row that is wrong"
        )
    return found


def iterate(directory: Path, *, on_damage: Callable[[RecordDamaged], None] | None = None) -> Iterator[Capture]:
    """All captures of a directory. Holds one capture per file that overlaps in time with others, never more.

    Within a file in the order they were written, between files by `fetched_at`. The end of an unfinished file may
    be cut off: its writer is at work or has died.

    Args:
        on_damage: called with every damaged stretch, after which reading goes on; without it, damage is raised.

    Raises:
        RecordDamaged: a stretch of a file is not what it should be, and there is no `on_damage`.
        WarcError: directory or file cannot be read.
    """
    waiting = sorted(((_first_time(file), file.name, file) for file in list_files(directory)), key=itemgetter(0, 1))
    heap: list[tuple[datetime, int, Capture, Iterator[Capture]]] = []
    started = 0
    while heap or started < len(waiting):
        while started < len(waiting) and (not heap or waiting[started][0] <= heap[0][0]):
            _push(heap, started, _of_file(waiting[started][2], on_damage))
            started += 1
        if heap:
            _, number, capture, rest = heapq.heappop(heap)
            yield capture
            _push(heap, number, rest)


def _push(heap: list[tuple[datetime, int, Capture, Iterator[Capture]]], number: int, source: Iterator[Capture]) -> None:
    """Queue a file by its next capture; the file's number decides between equal times and is there only once."""
    capture = next(source, None)
    if capture:
        heapq.heappush(heap, (capture.fetched_at, number, capture, source))


def _first_time(file: WarcFile) -> datetime:
    """The time of a file's first capture, from its first leading record; where that cannot be read, the earliest time.

    The file's name is no guide: it says when the file was made, by a clock that may have been set since.
    """
    try:
        found = (one for one in records(locate(file.path.parent, file.name)) if isinstance(one, Record))
        return next((time_of(one) for one in found if one.kind in ("request", "metadata")), _EARLIEST)
    except (Broken, OSError):
        return _EARLIEST


def _of_file(file: WarcFile, on_damage: Callable[[RecordDamaged], None] | None) -> Iterator[Capture]:
    path = locate(file.path.parent, file.name)  # it may have been finished, and so renamed, since it was listed
    damaged: list[Damage] = []
    try:
        for found in captures(path, file.name):
            if isinstance(found, Damage):
                damaged.append(found)
                continue
            # Damage is known to lie before the end only when something whole follows it.
            _report(path, damaged, on_damage)
            damaged = []
            yield found
    except OSError as error:
        raise WarcError(f"{path}: cannot be read ({error.strerror}); check its owner and mode") from error
    if not file.unfinished:
        _report(path, damaged, on_damage)


def _report(path: Path, damaged: list[Damage], on_damage: Callable[[RecordDamaged], None] | None) -> None:
    for damage in damaged:
        error = RecordDamaged(f"{path} at byte {damage.offset}: {damage.what}; {_REMEDY}")
        if on_damage is None:
            raise error
        on_damage(error)


def _read_at(stream: BinaryIO, path: Path, locator: Locator) -> Capture:
    if not 0 <= locator.offset < path.stat().st_size:
        raise RecordMissing(f"{path} at byte {locator.offset}: the file ends before; {_REMEDY}")
    response = read_record(stream, locator.offset)
    if response.length != locator.length:
        raise Broken(f"the record takes {response.length} bytes, its row says {locator.length}")
    if response.kind not in CAPTURE_KINDS:
        raise Broken(f"a {response.kind} record, not a response")
    leading = _leading(stream, response)
    if leading:
        return to_capture(locator.file, response, leading["metadata"], leading.get("request"))
    # Not where the response says: the file was compressed anew by another tool. Its records still name each other.
    for found in captures(path, locator.file):
        if isinstance(found, Capture) and found.locator and found.locator.offset == locator.offset:
            return found
    raise Broken("its request and metadata records are not there")


def _leading(stream: BinaryIO, response: Record) -> dict[str, Record] | None:
    """Request and metadata record of a response, if they lie where it says."""
    said = response.fields.get(LEAD_FIELD.lower(), "")
    offset = response.offset - (int(said) if said.isascii() and said.isdigit() else 0)
    found: dict[str, Record] = {}
    try:
        while 0 <= offset < response.offset:
            record = read_record(stream, offset)
            if record.concurrent_to == response.id:
                found[record.kind] = record
            offset += record.length
    except Broken:
        return None
    return found if found.keys() >= LEADING[response.kind] else None
