"""What the archive asks of the operating system: whole writes, locks, and names that survive a power cut."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

DRAFT_SUFFIX = ".draft"
"""Ends the name of a file whose content is still being written; nobody reads one."""

_REMEDIES = {
    errno.ENOSPC: "make room on the disk (`df -h`, and `df -i` for names), then run again",
    errno.EDQUOT: "make room within the quota, then run again",
    errno.EROFS: "mount it to be written, then run again",
    errno.EMFILE: "let a process have more open files (`ulimit -n`), then run again",
    errno.ENFILE: "let the system have more open files (`sysctl fs.file-max`), then run again",
}


def remedy(error: OSError) -> str:
    """What a person can do about a file that cannot be written.

    >>> remedy(OSError(errno.EROFS, "Read-only file system"))
    'mount it to be written, then run again'
    """
    return _REMEDIES.get(error.errno or 0, "check space, owner and mode")


def write_all(fd: int, data: bytes) -> None:
    """Write every byte of `data` at the file's position.

    Raises:
        OSError: some bytes may have been written; the caller cuts the file back.
    """
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]


def sync_directory(directory: Path) -> None:
    """Make created, renamed and removed names durable; fsync of a file does not cover its name."""
    fd = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def write_atomically(path: Path, lines: Iterable[bytes]) -> None:
    """Replace a file by new content: whole or not at all.

    Raises:
        OSError: the old content stands.
    """
    draft = path.with_name(f"{path.name}.{os.getpid()}{DRAFT_SUFFIX}")
    try:
        with draft.open("wb") as stream:
            stream.writelines(lines)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    sync_directory(path.parent)


def same_file(fd: int, path: Path) -> bool:
    """Whether `path` still names the open file; false once somebody renamed or removed it."""
    try:
        return os.path.samestat(os.fstat(fd), path.stat())
    except FileNotFoundError:
        return False


@contextmanager
def locked(path: Path, mode: int = os.O_RDWR) -> Iterator[int | None]:
    """Hold the lock of a file: that of its writer, and of whoever makes what lies beside it.

    The lock is the kernel's: it ends with the process that holds it, however that dies.

    Args:
        mode: how it is opened; NFS gives no lock of its own on what is open for reading alone.

    Yields:
        A descriptor, or None where a living process has the lock or the file is gone.

    Raises:
        OSError: the file cannot be opened so.
    """
    try:
        fd = os.open(path, mode | os.O_CLOEXEC)
    except FileNotFoundError:
        yield None
        return
    try:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
        else:
            yield fd if same_file(fd, path) else None
    finally:
        os.close(fd)


def is_living(path: Path) -> bool:
    """Whether a writer holds the file. A shared lock is tried, so that two readers do not take each other for one."""
    try:
        fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(fd, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(fd)
    return False
