"""A capture's records as bytes, to be handed on: a WARC file of its own."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from storage.archive.encode import LEAD_FIELD
from storage.archive.members import Damage, read_member
from storage.archive.names import locate
from storage.archive.record import Broken, Record, parse_record
from storage.errors import RecordDamaged, WarcError
from storage.records import Locator


def record_group(directory: Path, locator: Locator) -> bytes:
    """The `warcinfo` of the capture's file and its own records, compressed as they lie there: whole gzip members, so
    that together they are a WARC file that any tool reads, with every digest as it was written.

    Raises:
        RecordMissing: no such file.
        RecordDamaged: what lies there is no whole record.
        WarcError: the file cannot be read.
    """
    path = locate(directory, locator.file)
    try:
        with path.open("rb") as stream:
            info = _record(stream, 0)
            response = _record(stream, locator.offset)
            said = response.fields.get(LEAD_FIELD.lower(), "")
            begin = locator.offset - (int(said) if said.isascii() and said.isdigit() else 0)
            return _bytes(stream, 0, info.length) + _bytes(stream, begin, locator.offset + locator.length - begin)
    except Broken as error:
        raise RecordDamaged(
            f"{path} at byte {locator.offset}: {error}; `xha verify` names all that is broken"
        ) from error
    except OSError as error:
        raise WarcError(f"{path}: cannot be read ({error.strerror}); check its owner and mode") from error


def _record(stream: BinaryIO, offset: int) -> Record:
    member = read_member(stream, offset)
    if isinstance(member, Damage):
        raise Broken(member.what)
    return parse_record(member)


def _bytes(stream: BinaryIO, offset: int, length: int) -> bytes:
    stream.seek(max(offset, 0))
    return stream.read(length)
