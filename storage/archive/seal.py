"""Finishing a WARC file: index and checksum beside it, `.open` off its name, in an order that a crash may break off.

Gzip checks what was compressed, not every bit of how: a bit of padding may change unseen. The checksum sees it, and
`sha256sum --check *.sha256` needs nothing of this project.
"""

from __future__ import annotations

import glob
import hashlib
import os
from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path

from storage.archive.cdxj import lines_of, write_index
from storage.archive.files import DRAFT_SUFFIX, sync_directory, write_atomically
from storage.archive.names import OPEN, index_path, list_files
from storage.errors import WarcError

CHECKSUM_SUFFIX = ".sha256"


def seal(unfinished: Path, lines: Iterable[bytes], checksum: str) -> Path:
    """Finish a file whose writing is over; `checksum`: SHA-256 of its bytes, hexadecimal. Returns its new path.

    Raises:
        OSError: the file is still called `.open`; sealing it again begins anew.
    """
    final = unfinished.with_name(unfinished.name.removesuffix(OPEN))
    write_index(final, lines)
    _write_checksum(final, checksum)
    unfinished.rename(final)
    sync_directory(final.parent)
    return final


def checksum_of(warc: Path) -> str:
    """SHA-256 of a file's bytes, hexadecimal."""
    with warc.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def checksum_path(warc: Path) -> Path:
    """Where the checksum of a finished file lies: beside it."""
    return warc.with_name(warc.name + CHECKSUM_SUFFIX)


def rebuild(directory: Path, names: Collection[str] | None = None) -> int:
    """Make the index of finished files again, and their checksum where there is none. Returns the index lines.

    A checksum that is there is never replaced: it may be the only witness that the file has changed. What processes
    left behind that died while they did this is taken away.

    Args:
        names: only these files; None: all.

    Raises:
        WarcError: a file cannot be read, or an index cannot be written.
    """
    _drop_dead_drafts(directory)
    count = 0
    for file in list_files(directory):
        if file.unfinished or (names is not None and file.name not in names):
            continue
        try:
            lines = list(lines_of(file.path, file.name))
            write_index(file.path, lines)
            if not checksum_path(file.path).exists():
                _write_checksum(file.path, checksum_of(file.path))
        except OSError as error:
            raise WarcError(f"{file.path}: its index cannot be rebuilt ({error}); check space and mode") from error
        count += len(lines)
    return count


def drop_drafts(unfinished: Path) -> None:
    """Take away what a process left behind that died while it finished this file. Only for whoever holds its lock.

    Raises:
        OSError: one cannot be removed.
    """
    final = unfinished.with_name(unfinished.name.removesuffix(OPEN))
    for target in (index_path(final), checksum_path(final)):
        for draft in final.parent.glob(f"{glob.escape(target.name)}.*{DRAFT_SUFFIX}"):
            draft.unlink(missing_ok=True)


def _drop_dead_drafts(directory: Path) -> None:
    for draft in directory.glob(f"*{DRAFT_SUFFIX}"):
        writer = draft.name.removesuffix(DRAFT_SUFFIX).rpartition(".")[2]
        if writer.isascii() and writer.isdigit() and not _lives(int(writer)):
            with suppress(OSError):  # it does no harm; a directory that cannot be written is told of below
                draft.unlink()


def _lives(pid: int) -> bool:
    """Whether there is a process of that number; one that took the number of a dead one only delays what is done."""
    try:
        os.kill(pid, 0)  # signal 0 asks only
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:  # it is there, and another user's
        pass
    return True


def _write_checksum(warc: Path, checksum: str) -> None:
    write_atomically(checksum_path(warc), [f"{checksum}  {warc.name}\n".encode()])
