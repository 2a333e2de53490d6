"""What lies beside a finished WARC file and bears witness of what it held: its checksum, its index, what was cut off.

None of it may be made again while it speaks against the file: it may be the last list of what was lost.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from storage.archive.names import OPEN, index_path
from storage.archive.seal import checksum_of, checksum_path

_SHA256 = re.compile(rb"[0-9A-Fa-f]{64}\b")


class Checksum(StrEnum):
    """What the checksum beside a file says of its bytes."""

    AGREES = "agrees"
    DIFFERS = "differs"
    MISSING = "missing"
    BROKEN = "broken"
    """It is none: an empty file, or one with something else in it."""


@dataclass(frozen=True, kw_only=True)
class Witness:
    """What lies beside one finished file."""

    checksum: Checksum
    index: bytes | None = field(repr=False)
    """The index as it lies there; None: there is none."""
    named: dict[int, str] = field(repr=False)
    """Offset → URL of every capture that the index names."""

    def gone(self, found: Collection[int]) -> dict[int, str]:
        """Captures that the index names and that are not at the offsets where captures were `found`."""
        return {offset: url for offset, url in self.named.items() if offset not in found}

    def accuses(self, found: Collection[int]) -> bool:
        """Whether it says that the file is not what it was; then only a copy of the file helps."""
        if self.checksum in (Checksum.MISSING, Checksum.BROKEN):
            return bool(self.gone(found))
        return self.checksum is Checksum.DIFFERS


def witness_of(warc: Path) -> Witness:
    """What lies beside a finished file, its bytes compared with their checksum.

    Raises:
        OSError: something of it cannot be read.
    """
    index = None
    with suppress(FileNotFoundError):
        index = index_path(warc).read_bytes()
    return Witness(checksum=_checksum(warc), index=index, named=_named(index or b"", warc.name))


def cuts_of(warc: Path) -> list[str]:
    """Names of the files that keep what recovery cut off the end of a file, finished or not."""
    prefix = f"{warc.name.removesuffix(OPEN)}.cut-"
    return sorted(path.name for path in warc.parent.iterdir() if path.name.startswith(prefix))


def _checksum(warc: Path) -> Checksum:
    try:
        said = checksum_path(warc).read_bytes()
    except FileNotFoundError:
        return Checksum.MISSING
    if not (found := _SHA256.match(said)):
        return Checksum.BROKEN
    return Checksum.AGREES if found[0].lower() == checksum_of(warc).encode() else Checksum.DIFFERS


def _named(index: bytes, file: str) -> dict[int, str]:
    """The captures of a file that its index names; lines that are none name nothing."""
    found = {}
    for line in index.splitlines():
        with suppress(ValueError, KeyError, TypeError):
            fields = json.loads(b"{" + line.partition(b" {")[2])
            if fields["filename"] == file:
                found[int(fields["offset"])] = str(fields["url"])
    return found
