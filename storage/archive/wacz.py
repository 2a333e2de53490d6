"""WACZ: captures, their index and a list of pages in one file that replay tools open (WACZ 1.1.1).

archive/data.warc.gz      the records, as they lie in the archive
indexes/index.cdx         one CDXJ line a capture, sorted
pages/pages.jsonl         what a person would look for: title and address
datapackage.json          names, sizes and digests of all of these
datapackage-digest.json   the digest of that
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from storage.archive.cdxj import index_line
from storage.archive.extract import file_info, record_group
from storage.archive.reader import read_capture
from storage.records import Locator

WARC, INDEX, PAGES = "archive/data.warc.gz", "indexes/index.cdx", "pages/pages.jsonl"
SOFTWARE = "xha"
VERSION = "1.1.1"
"""Of the WACZ specification."""
COPY_BYTES = 1 << 20
SPOOLED_BYTES = 64_000_000
"""WARC data up to here is collected in memory; more goes to a file that has no name."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """A capture to take along, and what a person calls it."""

    locator: Locator
    digest: str
    title: str
    text: str = ""
    """For the full-text search of replay tools; may be empty."""


def write_wacz(directory: Path, pages: Iterable[Page], out: IO[bytes], *, title: str) -> int:
    """Write captures of an archive directory as one WACZ file. Returns how many pages it holds.

    Args:
        out: Where to; must be seekable.
        title: Of the whole collection.

    Raises:
        RecordMissing, RecordDamaged, WarcError: a capture cannot be read; `out` then holds no WACZ.
    """
    lines: list[bytes] = []
    named: list[str] = [json.dumps({"format": "json-pages-1.0", "id": "pages", "title": "All Pages"})]
    with tempfile.SpooledTemporaryFile(max_size=SPOOLED_BYTES) as data:
        for page in pages:
            capture = read_capture(directory, page.locator, digest=page.digest)
            if not named[1:]:
                data.write(file_info(directory, page.locator))
            group = record_group(directory, page.locator)
            offset = data.tell() + group.response_offset
            data.write(group.data)
            placed = replace(page.locator, file=Path(WARC).name, offset=offset)
            lines.append(index_line(replace(capture, locator=placed)))
            named.append(_page_line(page, capture.url, capture.fetched_at))
        with ZipFile(out, "w", allowZip64=True) as archive:
            _write(archive, data, lines, named, title)
    return len(named) - 1


def _page_line(page: Page, url: str, at: datetime) -> str:
    said = {"id": page.digest.partition(":")[2][:22], "url": url, "ts": f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"}
    return json.dumps(said | {"title": page.title} | ({"text": page.text} if page.text else {}), ensure_ascii=False)


def _write(archive: ZipFile, data: IO[bytes], lines: list[bytes], named: list[str], title: str) -> None:
    resources = [
        _store(archive, WARC, data),
        _add(archive, INDEX, b"".join(sorted(lines))),
        _add(archive, PAGES, ("\n".join(named) + "\n").encode()),
    ]
    package = {
        "profile": "data-package",
        "title": title,
        "wacz_version": VERSION,
        "software": SOFTWARE,
        "created": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "resources": resources,
    }
    said = json.dumps(package, ensure_ascii=False, indent=2).encode()
    archive.writestr("datapackage.json", said, ZIP_DEFLATED)
    digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(said).hexdigest()}"}
    archive.writestr("datapackage-digest.json", json.dumps(digest), ZIP_DEFLATED)


def _store(archive: ZipFile, name: str, data: IO[bytes]) -> dict[str, object]:
    """A member that is not compressed again: replay tools read single records out of it."""
    digest = hashlib.sha256()
    size = data.tell()
    data.seek(0)
    with archive.open(name, "w", force_zip64=True) as member:
        while chunk := data.read(COPY_BYTES):
            digest.update(chunk)
            member.write(chunk)
    assert archive.getinfo(name).compress_type == ZIP_STORED, "ZipFile stores unless told otherwise"
    return {"name": Path(name).name, "path": name, "hash": f"sha256:{digest.hexdigest()}", "bytes": size}


def _add(archive: ZipFile, name: str, content: bytes) -> dict[str, object]:
    archive.writestr(name, content, ZIP_DEFLATED)
    said = f"sha256:{hashlib.sha256(content).hexdigest()}"
    return {"name": Path(name).name, "path": name, "hash": said, "bytes": len(content)}
