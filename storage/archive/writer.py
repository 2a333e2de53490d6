"""Writing the archive: captures appended to gzip WARC 1.1 files, on disk before anybody speaks of them."""

from __future__ import annotations

import fcntl
import hashlib
import os
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from types import TracebackType

from storage.archive import files
from storage.archive.cdxj import index_line
from storage.archive.encode import archivable, digest_of, group, warcinfo
from storage.archive.names import OPEN, new_name
from storage.archive.pending import PendingLines
from storage.archive.seal import seal
from storage.errors import WarcError
from storage.records import Capture, Locator

DEFAULT_MAX_BYTES = 1_000_000_000
"""A file is closed when it reaches this size; 1 GB is the custom of the field (WARC 1.1, annex C)."""
TRUNCATION_REASONS = frozenset({"length", "time", "disconnect", "unspecified"})
"""WARC 1.1, 5.13."""
_FORMAT = {
    "format": "WARC File Format 1.1",
    "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
}


@dataclass(frozen=True, kw_only=True)
class _OpenFile:
    """The file being written."""

    name: str
    path: Path
    fd: int
    lines: PendingLines

    def close(self) -> None:
        """Let go of it, and of its lock."""
        self.lines.close()
        os.close(self.fd)


@dataclass(frozen=True)
class Archive:
    """A directory of WARC files. Any number of processes may write and read it at once."""

    directory: Path
    max_bytes: int = DEFAULT_MAX_BYTES
    software: str = "xihaian-archive"
    """What writes; goes into the first record of every file."""
    contact: str = ""
    """Who runs it: a mail or web address."""

    def open_writer(self, prefix: str = "xha") -> Writer:
        """A writer with files of its own; the directory is made where it is missing.

        Raises:
            WarcError: the directory cannot be made or written.
        """
        try:
            self.directory.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WarcError(f"{self.directory}: cannot be made ({error.strerror}); name another directory") from error
        if not os.access(self.directory, os.W_OK | os.X_OK):
            raise WarcError(f"{self.directory}: is not writable; check its owner and mode, and how it is mounted")
        return Writer(self, prefix)


class Writer:
    """Appends captures. One file at a time, opened with the first capture, locked while it is open.

    May be called from several threads; calls take turns. Not for use on both sides of a fork.
    """

    def __init__(self, archive: Archive, prefix: str = "xha") -> None:
        self._archive = archive
        self._prefix = prefix
        self._serial = 0
        self._file: _OpenFile | None = None
        self._size = 0
        self._checksum = hashlib.sha256()
        self._turn = Lock()

    def __enter__(self) -> Writer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def write(self, capture: Capture) -> Capture:
        """Archive one response; when this returns, it has reached the disk.

        Returns:
            The capture as it will be read back: digest and locator set, its time in whole seconds UTC, without
            the request headers that are never archived.

        Raises:
            WarcError: it could not be written (disk full, directory gone). The file is cut back to where it was and
                the writer can be used again.
            ValueError: `fetched_at` is naive or `truncated` is no WARC-Truncated reason.
        """
        checked = _checked(capture)
        made = group(checked)
        with self._turn:
            if self._file and self._size >= self._archive.max_bytes:
                self._finish()
            file = self._file or self._open()
            offset = self._size + made.response_offset
            length = len(made.data) - made.response_offset
            written = replace(checked, locator=Locator(file=file.name, offset=offset, length=length))
            self._append(file, made.data, index_line(written))
            return written

    def close(self) -> None:
        """Finish the open file: index written, `.open` taken off its name. Closing twice is closing once.

        Raises:
            WarcError: index or name could not be written; the records are safe, `recover` does the rest.
        """
        with self._turn:
            if self._file:
                self._finish()

    def leave(self) -> None:
        """Let go of the open file without finishing it: recovery will offer its captures again, and finish it then."""
        with self._turn:
            if self._file:
                self._file.close()
                self._file = None

    def _open(self) -> _OpenFile:
        """Make the next file and write its first record."""
        directory = self._archive.directory
        try:
            with ExitStack() as undo:
                lines = undo.enter_context(closing(PendingLines(directory)))
                file = self._claim(directory, lines)
                undo.pop_all()
        except OSError as error:
            raise WarcError(
                f"{directory}: no WARC file can be opened ({error.strerror}); {files.remedy(error)}"
            ) from error
        self._file, self._size, self._checksum = file, 0, hashlib.sha256()
        now = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
        fields = {"software": self._archive.software, "operator": self._archive.contact, **_FORMAT}
        self._append(file, warcinfo(file.name, now, fields))
        try:
            files.sync_directory(directory)
        except OSError as error:
            self._drop(file)
            raise WarcError(f"{directory}: cannot be synced ({error.strerror}); check the disk") from error
        return file

    def _claim(self, directory: Path, lines: PendingLines) -> _OpenFile:
        while True:
            self._serial += 1
            name = new_name(self._prefix, datetime.now(UTC), self._serial)
            path = directory / (name + OPEN)
            try:
                fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
            except FileExistsError:
                continue
            fcntl.flock(fd, fcntl.LOCK_EX)
            ours = files.same_file(fd, path)  # else: somebody's recovery saw it empty, before it was locked
            # A name used before: the clock was set back, a process id came again, or another writer of this process
            # finished its file a moment ago; so it is looked for only now.
            if ours and not (directory / name).exists():
                return _OpenFile(name=name, path=path, fd=fd, lines=lines)
            if ours:
                path.unlink()
            os.close(fd)

    def _append(self, file: _OpenFile, data: bytes, line: bytes = b"") -> None:
        """Add a record, and the line of the index that it is to have, where it is to have one."""
        try:
            file.lines.put(line)
            files.write_all(file.fd, data)
            os.fsync(file.fd)
        except BaseException as error:
            # Whatever stopped the write, half a record must not stay: the next one would be appended to it.
            self._cut_back(file)
            if isinstance(error, OSError):
                raise WarcError(f"{file.path}: cannot be written ({error.strerror}); {files.remedy(error)}") from error
            raise
        file.lines.keep()
        self._size += len(data)
        self._checksum.update(data)

    def _cut_back(self, file: _OpenFile) -> None:
        try:
            os.ftruncate(file.fd, self._size)
            os.lseek(file.fd, self._size, os.SEEK_SET)
        except OSError:
            # The file stays `.open` and unlocked, for `recover` to cut; the next capture goes to a new one.
            file.close()
            self._file = None
            return
        if self._size == 0:
            self._drop(file)

    def _drop(self, file: _OpenFile) -> None:
        """Take away a file that holds no capture."""
        with suppress(OSError):  # an empty file left behind harms nobody; recovery removes it
            file.path.unlink()
        file.close()
        self._file = None

    def _finish(self) -> None:
        file = self._file
        assert file, "called with an open file only"
        if file.lines.empty:
            self._drop(file)
            return
        try:
            seal(file.path, file.lines.read(), self._checksum.hexdigest())
        except OSError as error:
            raise WarcError(f"{file.path}: cannot be finished ({error}); the next start will do it") from error
        finally:
            file.close()
            self._file = None


def _checked(capture: Capture) -> Capture:
    if capture.fetched_at.tzinfo is None:
        raise ValueError("Capture.fetched_at must be aware")
    if capture.truncated is not None and capture.truncated not in TRUNCATION_REASONS:
        raise ValueError(f"{capture.truncated!r} is no WARC-Truncated reason; one of {sorted(TRUNCATION_REASONS)} is")
    return replace(
        capture,
        fetched_at=capture.fetched_at.astimezone(UTC).replace(microsecond=0),
        request_headers=() if capture.rendered else archivable(capture.request_headers),
        digest=digest_of(capture.body),
    )
