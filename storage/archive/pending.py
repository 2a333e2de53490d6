"""Index lines of a WARC file that is still being written: on its disk, so that a long crawl takes no more memory."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

READ_BYTES = 1 << 20


class PendingLines:
    """Lines in the order of their records, in a file without a name: where the file system has such files, nothing
    stays of it when its process dies.

    A line is put down before its record and kept after it, so that neither ever stands without the other.
    """

    def __init__(self, directory: Path) -> None:
        """Raises OSError: the directory takes no file."""
        self._file = tempfile.TemporaryFile(dir=directory, buffering=0)  # noqa: SIM115 - closed with the WARC file
        self._end = 0
        self._put = 0

    def put(self, line: bytes) -> None:
        """Write a line, after those that are kept. Raises OSError; those kept stand."""
        self._put = 0
        while self._put < len(line):
            self._put += os.pwrite(self._file.fileno(), line[self._put :], self._end + self._put)

    def keep(self) -> None:
        """The line that was put down last has its record."""
        self._end, self._put = self._end + self._put, 0

    @property
    def empty(self) -> bool:
        """Whether no line is kept."""
        return not self._end

    def read(self) -> list[bytes]:
        """All lines that are kept, each with its newline. Raises OSError, also where some cannot be read."""
        self._file.seek(0)
        found = b"".join(iter(lambda: self._file.read(READ_BYTES), b""))[: self._end]
        if len(found) < self._end:
            raise OSError(errno.EIO, "lines of its index are missing")
        return found.splitlines(keepends=True)

    def close(self) -> None:
        """Let go of them."""
        self._file.close()
