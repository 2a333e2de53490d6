"""The index: one CDXJ file beside every WARC file, one line a capture, sorted by bytes.

    com,example)/a?b=1 20241124101500 {"url": …, "mime": …, "status": …, "digest": …, "length": …, "offset": …, …}

An index holds nothing that its WARC file does not: `rebuild` makes it again.
"""

from __future__ import annotations

import heapq
import json
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

from storage.archive.encode import RENDERED, ascii_url
from storage.archive.files import write_atomically
from storage.archive.names import INDEX_SUFFIX, index_path
from storage.errors import WarcError
from storage.records import Capture

_MERGE_FILES = 200  # far below the 1024 descriptors a process may commonly have open
_URL = re.compile(r"([a-z][a-z0-9+.-]*)://(?:[^/?#@]*@)?(\[[^\]/?#]*\]|[^:/?#]*)(?::(\d*))?([^?#]*)(?:\?([^#]*))?")
_DEFAULT_PORTS = {"http": "80", "https": "443"}


def surt(url: str) -> str:
    """The sort key of a URL: host reversed, lower case, `www.` and default port off, query sorted. Never raises.

    >>> surt("http://www.Example.com:80/A?b=2&a=1#top")
    'com,example)/a?a=1&b=2'
    >>> surt("https://news.example.com:8443")
    'com,example,news:8443)/'
    """
    plain = ascii_url(url.strip()).lower()
    found = _URL.match(plain)
    if not found:
        return plain
    scheme, host, port, path, query = found.groups()
    host = re.sub(r"^www\d*\.", "", host).strip(".")
    key = host if host.startswith("[") else ",".join(reversed(host.split(".")))
    if port and port != _DEFAULT_PORTS.get(scheme):
        key += f":{port}"
    return f"{key}){path or '/'}" + (f"?{'&'.join(sorted(query.split('&')))}" if query else "")


def index_line(capture: Capture) -> bytes:
    """The line of an archived capture, newline included."""
    assert capture.locator, "only an archived capture has a line"
    mime = (capture.header("content-type") or "").partition(";")[0].strip().lower()
    fields = {
        "url": RENDERED + capture.url if capture.rendered else capture.url,
        "mime": mime or "unk",
        "status": str(capture.status),
        "digest": capture.digest,
        "length": str(capture.locator.length),
        "offset": str(capture.locator.offset),
        "filename": capture.locator.file,
    }
    return f"{surt(fields['url'])} {capture.fetched_at:%Y%m%d%H%M%S} {json.dumps(fields)}\n".encode("ascii")


def write_index(warc: Path, lines: Iterable[bytes]) -> None:
    """Write the index of a WARC file, sorted. Raises OSError; the old index then stands."""
    write_atomically(index_path(warc), sorted(lines))


def merge(directory: Path, target: Path) -> int:
    """All index files of a directory as one sorted file, as replay tools want it. Returns how many lines it has.

    Raises:
        WarcError: an index cannot be read or the target cannot be written.
    """
    sources = [path for path in sorted(directory.glob(f"*{INDEX_SUFFIX}")) if path.resolve() != target.resolve()]
    try:
        with ExitStack() as stack:
            while len(sources) > _MERGE_FILES:
                draft = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "part"
                with draft.open("wb") as stream:
                    stream.writelines(_merged(sources[:_MERGE_FILES]))
                sources = [*sources[_MERGE_FILES:], draft]
            counter = _Counter(_merged(sources))
            write_atomically(target, counter)
    except OSError as error:
        raise WarcError(f"{target}: the index cannot be merged ({error}); check space, owner and mode") from error
    return counter.count


class _Counter:
    """Passes lines on and counts them."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._lines = lines
        self.count = 0

    def __iter__(self) -> Iterator[bytes]:
        for line in self._lines:
            self.count += 1
            yield line


def _merged(sources: list[Path]) -> Iterator[bytes]:
    with ExitStack() as stack:
        streams: list[BinaryIO] = [stack.enter_context(path.open("rb")) for path in sources]
        yield from heapq.merge(*streams)
