"""Finishing a WARC file: index and checksum beside it, `.open` off its name, in an order that a crash may break off.

Gzip checks what was compressed, not every bit of how: a bit of padding may change unseen. The checksum sees it, and
`sha256sum --check *.sha256` needs nothing of this project.
"""

from __future__ import annotations

import glob
import hashlib
from collections.abc import Iterable
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


def drop_drafts(warc: Path) -> None:
    """Take away what processes left behind that died while they made index or checksum of a file, finished or not.

    Only for whoever holds the file's lock: without it, they may be those of a living process, on another host too.

    Raises:
        OSError: one cannot be removed.
    """
    final = warc.with_name(warc.name.removesuffix(OPEN))
    for target in (index_path(final), checksum_path(final)):
        for draft in final.parent.glob(f"{glob.escape(target.name)}.*{DRAFT_SUFFIX}"):
            draft.unlink(missing_ok=True)


def write_checksum(warc: Path, checksum: str) -> None:
    """Write the checksum file of a WARC file. Raises OSError; the old one then stands."""
    write_atomically(checksum_path(warc), [f"{checksum}  {warc.name}\n".encode()])
