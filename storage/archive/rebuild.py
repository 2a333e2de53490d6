"""Indexes and checksum files of finished files, made again where they are not there or wrong."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from pathlib import Path

from storage.archive import files
from storage.archive.cdxj import index_line, write_index
from storage.archive.groups import captures
from storage.archive.names import WarcFile, index_path, list_files
from storage.archive.seal import checksum_of, checksum_path, drop_drafts, write_checksum
from storage.archive.witness import Checksum, witness_of
from storage.errors import WarcError
from storage.records import Capture


def rebuild(directory: Path, names: Collection[str] | None = None) -> tuple[str, ...]:
    """Make the indexes and checksum files of finished files that are missing or wrong. Returns the names of those made.

    A checksum that is there is never replaced: it may be the only witness that the file has changed. Where it says so,
    or where there is none to be read and the index names what the file does not hold, the index is such a witness too,
    and stays. What processes left behind that died while they did this is taken away; a file at which a living one is
    at work, on whichever host, is left to it.

    Args:
        names: only these files; None: all.

    Raises:
        WarcError: a file cannot be read, or an index cannot be written.
    """
    drafts = tuple(path.name for path in directory.glob(f"*{files.DRAFT_SUFFIX}"))
    made: list[str] = []
    for file in list_files(directory):
        wanted, drafted = names is None or file.name in names, _has_draft(file, drafts)
        if file.unfinished or not (wanted or drafted):
            continue
        try:
            with files.locked(file.path, _mode(file.path)) as fd:
                if fd is not None and drafted:
                    drop_drafts(file.path)
                if fd is not None and wanted:
                    made += _make(file)
        except OSError as error:
            raise WarcError(f"{file.path}: its index cannot be rebuilt ({error}); check space and mode") from error
    return tuple(made)


def _has_draft(file: WarcFile, drafts: Sequence[str]) -> bool:
    beside = tuple(f"{target(file.path).name}." for target in (index_path, checksum_path))
    return any(name.startswith(beside) for name in drafts)


def _mode(path: Path) -> int:
    """How a finished file is opened to be locked: somebody may have taken the right to write it from everybody."""
    return os.O_RDWR if os.access(path, os.W_OK) else os.O_RDONLY


def _make(file: WarcFile) -> list[str]:
    offsets, lines = set(), []
    for found in captures(file.path, file.name):
        if isinstance(found, Capture) and found.locator:
            offsets.add(found.locator.offset)
            lines.append(index_line(found))
    witness = witness_of(file.path)
    if witness.accuses(offsets):
        return []
    made = []
    if witness.index != b"".join(sorted(lines)):
        write_index(file.path, lines)
        made.append(index_path(file.path).name)
    if witness.checksum is Checksum.MISSING:
        write_checksum(file.path, checksum_of(file.path))
        made.append(checksum_path(file.path).name)
    return made
