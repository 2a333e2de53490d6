"""After a crash: files whose writer died are cut back to their last whole capture and finished."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from storage.archive import files
from storage.archive.cdxj import index_line
from storage.archive.groups import COMMIT_KINDS, captures, records
from storage.archive.members import Damage
from storage.archive.names import WarcFile, list_files
from storage.archive.seal import checksum_of, drop_drafts, seal
from storage.errors import WarcError
from storage.records import Capture


@dataclass(frozen=True, kw_only=True)
class Cut:
    """The end of a file, taken off."""

    file: str
    """Name as rows know it."""
    offset: int
    """Length the file was cut back to."""
    length: int
    """Bytes taken off."""
    kept_as: str
    """Name of the file beside it that holds these bytes."""
    why: str


@dataclass(frozen=True, kw_only=True)
class Recovery:
    """What was done."""

    cut: tuple[Cut, ...] = ()
    finished: tuple[str, ...] = ()
    """Files that lost their `.open`, cut or not."""
    removed: tuple[str, ...] = ()
    """Files that held no capture."""
    living: tuple[str, ...] = ()
    """Files left alone because a writer is at work on them."""
    captures: int = 0
    """Whole captures in the finished files; each was handed to `add`."""


def recover(directory: Path, *, add: Callable[[Capture], None] | None = None) -> Recovery:
    """Put every file in order whose writer has died. Safe at any time, in any number of processes, again and again.

    Args:
        add: called with every capture of such a file before the file counts as finished, so that rows that were not
            committed before the crash can be added. It is called again with the same captures when it did not come
            to its end, and must take that. Its errors are not caught; the file then stays as it is for the next start.

    Raises:
        WarcError: a file cannot be read, cut or renamed; nothing is lost, and the next call begins again.
    """
    total = Recovery()
    for file in list_files(directory):
        if not file.unfinished:
            continue
        try:
            with files.locked(file.path) as fd:
                done = Recovery(living=(file.name,)) if fd is None else _recover_file(file, fd, add)
        except OSError as error:
            raise WarcError(f"{file.path}: cannot be recovered ({error.strerror}); {files.remedy(error)}") from error
        total = _sum(total, done)
    return total


def _recover_file(file: WarcFile, fd: int, add: Callable[[Capture], None] | None) -> Recovery:
    drop_drafts(file.path)
    whole, why = _whole_until(file.path)
    size = os.fstat(fd).st_size
    cut = (_cut(file, fd, whole, size, why),) if whole < size else ()
    lines: list[bytes] = []
    for capture in captures(file.path, file.name):
        if isinstance(capture, Capture):
            lines.append(index_line(capture))
            if add:
                add(capture)
    if not lines and whole == 0:
        file.path.unlink()
        return Recovery(cut=cut, removed=(file.name,))
    seal(file.path, lines, checksum_of(file.path))
    return Recovery(cut=cut, finished=(file.name,), captures=len(lines))


def _whole_until(path: Path) -> tuple[int, str]:
    """Where the last whole capture ends, and what follows it.

    Damage with something whole after it is not a crash's doing and stays: cutting there would take whole captures.
    """
    until, why = 0, ""
    for found in records(path):
        if isinstance(found, Damage):
            why = why or found.what
        elif found.kind in COMMIT_KINDS:
            until, why = found.offset + found.length, ""
        else:
            why = f"a {found.kind} record whose response is not there"
    return until, why


def _cut(file: WarcFile, fd: int, offset: int, size: int, why: str) -> Cut:
    kept = _free_name(file)
    with file.path.open("rb") as source, kept.open("xb") as target:
        source.seek(offset)
        shutil.copyfileobj(source, target)
        target.flush()
        os.fsync(target.fileno())
    files.sync_directory(kept.parent)
    os.ftruncate(fd, offset)
    os.fsync(fd)
    return Cut(file=file.name, offset=offset, length=size - offset, kept_as=kept.name, why=why)


def _free_name(file: WarcFile) -> Path:
    number = 1
    while (path := file.path.with_name(f"{file.name}.cut-{number}")).exists():
        number += 1
    return path


def _sum(one: Recovery, other: Recovery) -> Recovery:
    return Recovery(
        cut=one.cut + other.cut,
        finished=one.finished + other.finished,
        removed=one.removed + other.removed,
        living=one.living + other.living,
        captures=one.captures + other.captures,
    )
