"""A WARC file as a sequence of captures, with everything that is not one named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from storage.archive.encode import CONVERSION
from storage.archive.members import Damage, members
from storage.archive.record import Broken, Record, parse_record, to_capture
from storage.records import Capture

CAPTURE_KINDS = frozenset({"response", CONVERSION})
"""Record types that complete a capture."""
COMMIT_KINDS = CAPTURE_KINDS | {"warcinfo"}
"""Record types after which a file is whole; a request or metadata record waits for its response."""
LEADING = {"response": frozenset({"request", "metadata"}), CONVERSION: frozenset({"metadata"})}
"""Record types that stand before one that completes a capture."""
_LEADING = frozenset({"request", "metadata"})


def records(path: Path) -> Iterator[Record | Damage]:
    """Every record and every damaged stretch of a file, in order.

    The file is read up to the size it has now; what a living writer appends meanwhile is left out.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as stream:
        end = path.stat().st_size
        for member in members(stream, end):
            if isinstance(member, Damage):
                yield member
                continue
            try:
                yield parse_record(member)
            except Broken as error:
                yield Damage(offset=member.offset, length=member.length, what=str(error))


class Grouper:
    """Puts request, metadata and response together as they come by."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._waiting: list[Record] = []

    def take(self, record: Record) -> Iterator[Capture | Damage]:
        """The capture that this record completes, and leading records whose response never came."""
        if record.kind in _LEADING:
            yield from self._orphans(record.concurrent_to)
            self._waiting.append(record)
            return
        yield from self._orphans(record.id)
        if record.kind in CAPTURE_KINDS:
            yield self._complete(record)
        self._waiting = []

    def rest(self) -> Iterator[Damage]:
        """Leading records at the end of the file whose response never came."""
        return self._orphans("")

    def _orphans(self, response_id: str) -> Iterator[Damage]:
        for record in self._waiting:
            if record.concurrent_to != response_id:
                what = f"a {record.kind} record whose response is not there"
                yield Damage(offset=record.offset, length=record.length, what=what)
        self._waiting = [record for record in self._waiting if record.concurrent_to == response_id]

    def _complete(self, response: Record) -> Capture | Damage:
        leading = {record.kind: record for record in self._waiting}
        try:
            if not leading.keys() >= LEADING[response.kind]:
                raise Broken("no request and metadata record stands before the response")
            return to_capture(self._file, response, leading["metadata"], leading.get("request"))
        except Broken as error:
            return Damage(offset=response.offset, length=response.length, what=str(error))


def captures(path: Path, file: str) -> Iterator[Capture | Damage]:
    """Every capture and every damaged stretch of a file, in order.

    Raises:
        OSError: the file cannot be read.
    """
    grouper = Grouper(file)
    for record in records(path):
        if isinstance(record, Damage):
            yield record
        else:
            yield from grouper.take(record)
    yield from grouper.rest()
