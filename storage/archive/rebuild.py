"""Indexes and checksum files of finished files, made again where they are not there or wrong."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from storage.archive.cdxj import index_line, write_index
from storage.archive.groups import captures
from storage.archive.names import WarcFile, list_files
from storage.archive.seal import checksum_of, checksum_path, drop_dead_drafts, write_checksum
from storage.archive.witness import witness_of
from storage.errors import WarcError
from storage.records import Capture


def rebuild(directory: Path, names: Collection[str] | None = None) -> int:
    """Make the index of finished files again, and their checksum where there is none. Returns the index lines.

    A checksum that is there is never replaced: it may be the only witness that the file has changed. Where it says so,
    or where there is none and the index names what the file does not hold, the index is such a witness too, and stays.
    What processes left behind that died while they did this is taken away.

    Args:
        names: only these files; None: all.

    Raises:
        WarcError: a file cannot be read, or an index cannot be written.
    """
    drop_dead_drafts(directory)
    count = 0
    for file in list_files(directory):
        if file.unfinished or (names is not None and file.name not in names):
            continue
        try:
            count += _make(file)
        except OSError as error:
            raise WarcError(f"{file.path}: its index cannot be rebuilt ({error}); check space and mode") from error
    return count


def _make(file: WarcFile) -> int:
    offsets, lines = set(), []
    for found in captures(file.path, file.name):
        if isinstance(found, Capture) and found.locator:
            offsets.add(found.locator.offset)
            lines.append(index_line(found))
    if witness_of(file.path).accuses(offsets):
        return 0
    write_index(file.path, lines)
    if not checksum_path(file.path).exists():
        write_checksum(file.path, checksum_of(file.path))
    return len(lines)
