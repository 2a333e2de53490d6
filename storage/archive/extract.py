"""A capture's records as bytes, to be handed on: whole gzip members, so that together they are a WARC file again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from storage.archive.encode import LEAD_FIELD, Group
from storage.archive.names import locate
from storage.archive.record import Broken, read_record
from storage.errors import RecordDamaged, WarcError
from storage.records import Locator


def record_group(directory: Path, locator: Locator) -> Group:
    """The records of the capture at a locator, with every digest as it was written.

    Raises:
        RecordMissing: no such file.
        RecordDamaged: what lies there is no whole record.
        WarcError: the file cannot be read.
    """
    with _opened(directory, locator) as stream:
        said = read_record(stream, locator.offset).fields.get(LEAD_FIELD.lower(), "")
        lead = min(int(said), locator.offset) if said.isascii() and said.isdigit() else 0
        stream.seek(locator.offset - lead)
        return Group(data=stream.read(lead + locator.length), response_offset=lead)


def file_info(directory: Path, locator: Locator) -> bytes:
    """The `warcinfo` record that the capture's file begins with: who wrote it, by which rules.

    Raises:
        RecordMissing, RecordDamaged, WarcError: as `record_group`.
    """
    with _opened(directory, locator) as stream:
        length = read_record(stream, 0).length
        stream.seek(0)
        return stream.read(length)


@contextmanager
def _opened(directory: Path, locator: Locator) -> Iterator[BinaryIO]:
    path = locate(directory, locator.file)
    try:
        with path.open("rb") as stream:
            yield stream
    except Broken as error:
        raise RecordDamaged(
            f"{path} at byte {locator.offset}: {error}; `xha verify` names all that is broken"
        ) from error
    except OSError as error:
        raise WarcError(f"{path}: cannot be read ({error.strerror}); check its owner and mode") from error
