"""Finishing a WARC file: index and checksum beside it, `.open` off its name, in an order that a crash may break off.

Gzip checks what was compressed, not every bit of how: a bit of padding may change unseen. The checksum sees it, and
`sha256sum --check *.sha256` needs nothing of this project.
"""

from __future__ import annotations

import glob
import hashlib
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from storage.archive.cdxj import write_index
from storage.archive.files import DRAFT_SUFFIX, sync_directory, write_atomically
from storage.archive.names import OPEN, index_path

CHECKSUM_SUFFIX = ".sha256"


def seal(unfinished: Path, lines: Iterable[bytes], checksum: str) -> Path:
    """Finish a file whose writing is over; `checksum`: SHA-256 of its bytes, hexadecimal. Returns its new path.

    Raises:
        OSError: the file is still called `.open`; sealing it again begins anew.
    """
    final = unfinished.with_name(unfinished.name.removesuffix(OPEN))
    write_index(final, lines)
    write_checksum(final, checksum)
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


def drop_drafts(unfinished: Path) -> None:
    """Take away what a process left behind that died while it finished this file. Only for whoever holds its lock.

    Raises:
        OSError: one cannot be removed.
    """
    final = unfinished.with_name(unfinished.name.removesuffix(OPEN))
    for target in (index_path(final), checksum_path(final)):
        for draft in final.parent.glob(f"{glob.escape(target.name)}.*{DRAFT_SUFFIX}"):
            draft.unlink(missing_ok=True)


def drop_dead_drafts(directory: Path) -> None:
    """Take away what processes left behind that died while they made an index or a checksum again."""
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


def write_checksum(warc: Path, checksum: str) -> None:
    """Write the checksum file of a WARC file. Raises OSError; the old one then stands."""
    write_atomically(checksum_path(warc), [f"{checksum}  {warc.name}\n".encode()])
