"""Names of WARC files, and the only way from a name to a path.

A file is called `<name>.warc.gz.open` while its writer lives and `<name>.warc.gz` when it is finished. Rows and
index lines always say `<name>.warc.gz`: whoever reads looks for both.
"""

from __future__ import annotations

import os
import re
import socket
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from storage.errors import RecordElsewhere, RecordMissing, WarcError

SUFFIX = ".warc.gz"
OPEN = ".open"
INDEX_SUFFIX = ".cdxj"

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,200}\.warc\.gz")
"""One path segment of plain characters: what a row says can never leave the archive directory."""
_MADE = re.compile(r".*-\d{8}T\d{6}Z-(?P<host>[A-Za-z0-9-]+)-\d+-\d{5}\.warc\.gz")
"""What `new_name` makes."""
_HOST_MAX_CHARACTERS = 40  # keeps the whole name far below the 255 bytes a file name may have


@dataclass(frozen=True, kw_only=True)
class WarcFile:
    """A WARC file in an archive directory."""

    name: str
    """Name as rows know it, without `.open`."""
    path: Path
    """Where its bytes are now."""
    unfinished: bool
    """True while it is called `.open`: being written, or left behind by a writer that died."""


def new_name(prefix: str, at: datetime, serial: int) -> str:
    """`xha-20241124T101500Z-host-4711-00001.warc.gz`: sorts by time, tells writers apart by host and process."""
    return f"{prefix}-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{_this_host()}-{os.getpid()}-{serial:05d}{SUFFIX}"


def other_host(name: str) -> str | None:
    """The host whose worker wrote a file, where that is not this one: it may lie in an archive directory over there.

    >>> other_host("xha-20241124T101500Z-far-away-4711-00001.warc.gz")
    'far-away'
    >>> other_host("renamed.warc.gz") is None
    True
    """
    found = _MADE.fullmatch(name)
    return found["host"] if found and found["host"] != _this_host() else None


def _this_host() -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", socket.gethostname())[:_HOST_MAX_CHARACTERS].strip("-") or "host"


def is_safe(name: str) -> bool:
    """Whether a name is one plain `*.warc.gz` path segment.

    >>> is_safe("a.warc.gz"), is_safe("../a.warc.gz"), is_safe("/etc/passwd")
    (True, False, False)
    """
    return _NAME.fullmatch(name) is not None


def index_path(path: Path) -> Path:
    """Where the index of a WARC file lies: beside it, `.cdxj` instead of `.warc.gz`."""
    return path.with_name(path.name.removesuffix(OPEN).removesuffix(SUFFIX) + INDEX_SUFFIX)


def locate(directory: Path, name: str) -> Path:
    """The path of a WARC file, finished or not.

    Raises:
        RecordElsewhere: no such file here, and a worker on another host wrote it.
        RecordMissing: no such file, a link, or a name that is not a plain file name.
    """
    if not is_safe(name):
        raise RecordMissing(f"{name!r} is not the name of a WARC file; the row that says so is wrong")
    # The finished name is asked for twice: the writer may rename the file between the first and the second look.
    for candidate in (name, name + OPEN, name):
        path = directory / candidate
        if path.is_symlink():
            raise RecordMissing(f"{path} is a link, which could lead anywhere; move the file itself into the archive")
        if path.is_file():
            return path
    if host := other_host(name):
        raise RecordElsewhere(
            f"{directory / name}: no such WARC file here; a worker on {host} wrote it: read it there, or copy it here "
            "with its .cdxj"
        )
    raise RecordMissing(f"{directory / name}: no such WARC file; restore it from a copy, or see `xha verify`")


def list_files(directory: Path) -> list[WarcFile]:
    """All WARC files of an archive directory, finished and unfinished, by name. Empty where there is no directory.

    Links are none: what they lead to lies outside of the archive.

    Raises:
        WarcError: the directory cannot be listed.
    """
    try:
        paths = sorted(directory.iterdir())
    except FileNotFoundError:
        return []
    except NotADirectoryError as error:
        raise WarcError(f"{directory}: is a file, where WARC files lie in a directory; name a directory") from error
    except OSError as error:
        raise WarcError(f"{directory}: cannot be listed ({error.strerror}); check its owner and mode") from error
    found: dict[str, WarcFile] = {}
    for path in paths:
        name = path.name.removesuffix(OPEN)
        if is_safe(name) and path.is_file() and not path.is_symlink():
            # `x.warc.gz` sorts before `x.warc.gz.open`: where both were seen during a rename, the finished one counts.
            found.setdefault(name, WarcFile(name=name, path=path, unfinished=path.name != name))
    return list(found.values())
