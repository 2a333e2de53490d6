"""Captures handed on: as a WARC file of their own, and as a WACZ that other people's tools accept."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from archive_samples import capture, place
from warcio.archiveiterator import ArchiveIterator

from storage.archive.extract import file_info, record_group
from storage.archive.wacz import PAGES, WARC, Page, write_wacz
from storage.archive.writer import Archive
from storage.errors import RecordMissing
from storage.records import Capture


@pytest.fixture
def written(tmp_path: Path) -> list[Capture]:
    """Five captures in an archive."""
    with Archive(tmp_path / "warc").open_writer() as writer:
        return [writer.write(capture(number)) for number in range(5)]


def test_extracted_records_are_a_warc_file(tmp_path: Path, written: list[Capture]) -> None:
    """Evidence handed to somebody else must be checkable with any WARC tool, request and metadata included."""
    chosen = written[3]
    directory = tmp_path / "warc"
    data = file_info(directory, place(chosen)) + record_group(directory, place(chosen)).data
    kinds, bodies = [], {}
    for record in ArchiveIterator(io.BytesIO(data), check_digests="raise"):
        kinds.append(record.rec_type)
        bodies[record.rec_type] = record.content_stream().read()
    assert sorted(kinds[1:3]) == ["metadata", "request"]
    assert kinds[0::3] == ["warcinfo", "response"]
    assert bodies["response"] == chosen.body


def test_wacz_is_valid(tmp_path: Path, written: list[Capture]) -> None:
    """A file that the specification's own validator refuses would be refused by replay tools."""
    target = tmp_path / "some.wacz"
    pages = [Page(locator=place(one), digest=one.digest, title=f"第{n}页") for n, one in enumerate(written[1:4])]
    with target.open("wb") as out:
        assert write_wacz(tmp_path / "warc", pages, out, title="三页") == 3
    done = subprocess.run(
        [str(Path(sys.executable).with_name("wacz")), "validate", "-f", str(target)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_wacz_index_finds_its_records(tmp_path: Path, written: list[Capture]) -> None:
    """An index that points beside the record would replay nothing."""
    out = io.BytesIO()
    write_wacz(
        tmp_path / "warc", [Page(locator=place(one), digest=one.digest, title="页") for one in written], out, title=""
    )
    with zipfile.ZipFile(out) as archive:
        data = archive.read(WARC)
        lines = archive.read("indexes/index.cdx").decode().splitlines()
        named = [json.loads(line) for line in archive.read(PAGES).decode().splitlines()]
    assert lines == sorted(lines)
    found = {}
    for line in lines:
        said = json.loads(line.split(" ", 2)[2])
        member = data[int(said["offset"]) : int(said["offset"]) + int(said["length"])]
        record = next(ArchiveIterator(io.BytesIO(member)))
        found[said["url"]] = record.content_stream().read()
    assert found == {one.url: one.body for one in written}
    assert [page.get("url") for page in named[1:]] == [one.url for one in written]


def test_a_capture_that_is_not_there_is_named(tmp_path: Path, written: list[Capture]) -> None:
    """An export must not leave out in silence what the archive has lost."""
    lost = place(written[0]).__class__(file="gone.warc.gz", offset=0, length=1)
    with pytest.raises(RecordMissing, match=r"gone\.warc\.gz"):
        write_wacz(tmp_path / "warc", [Page(locator=lost, digest="sha256:0", title="")], io.BytesIO(), title="")
