"""A page as a browser drew it is kept beside what the server sent, and never as if it were that."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from archive_samples import capture, only_warc, place, rows_of
from warcio.archiveiterator import ArchiveIterator

from storage.archive.reader import iterate, read_capture
from storage.archive.recover import recover
from storage.archive.verify import verify
from storage.archive.writer import Archive
from storage.records import Capture

DRAWN = capture(
    1,
    body="<html><body><a href='/a/1.html'>新渠通水</a></body></html>".encode(),
    headers=(("Content-Type", "text/html; charset=utf-8"),),
    request_headers=(),
    rendered=True,
    status=203,
)


@pytest.fixture
def written(tmp_path: Path) -> list[Capture]:
    """What a server sent and what a browser made of it, in one finished file."""
    with Archive(tmp_path).open_writer() as writer:
        return [writer.write(one) for one in (capture(0), DRAWN, capture(2))]


def test_comes_back_as_it_was(tmp_path: Path, written: list[Capture]) -> None:
    """A drawn page is read back with its status and headers, and as drawn; alone and in the order of all."""
    assert read_capture(tmp_path, place(written[1]), digest=written[1].digest) == written[1]
    assert replace(written[1], digest="", locator=None) == DRAWN
    assert list(iterate(tmp_path)) == written
    assert [one.rendered for one in written] == [False, True, False]


def test_is_no_response(tmp_path: Path, written: list[Capture]) -> None:
    """Other tools see a conversion under an address of its own, with its whole body as block, and no request."""
    with only_warc(tmp_path).open("rb") as stream:
        records = [
            (found.rec_type, found.rec_headers.get_header("WARC-Target-URI"), found.content_stream().read())
            for found in ArchiveIterator(stream, check_digests="raise")
        ]
    assert [kind for kind, _, _ in records] == [
        "warcinfo", "request", "metadata", "response", "metadata", "conversion", "request", "metadata", "response"
    ]  # fmt: skip
    assert records[5] == ("conversion", f"urn:rendered:{DRAWN.url}", DRAWN.body)
    done = subprocess.run([sys.executable, "-m", "warcio.cli", "check", str(only_warc(tmp_path))], check=False)
    assert done.returncode == 0


def test_is_not_found_under_the_page(tmp_path: Path, written: list[Capture]) -> None:
    """The index does not lead from the page's address to what the server never sent."""
    lines = next(tmp_path.glob("*.cdxj")).read_text("utf-8").splitlines()
    keys = [line.split(" ")[0] for line in lines]
    urls = [json.loads("{" + line.partition(" {")[2])["url"] for line in lines]
    plain = [f"example,paper)/html/2024-11/24/content_{number}.htm" for number in (0, 2)]
    assert keys == [*plain, f"urn:rendered:{DRAWN.url}"]
    assert sorted(urls) == [capture(0).url, capture(2).url, f"urn:rendered:{DRAWN.url}"]


def test_is_checked_and_recovered(tmp_path: Path, written: list[Capture]) -> None:
    """The check knows it; after a crash it is found like any capture, and half of one is cut off."""
    assert verify(tmp_path, rows_of(written)).problems == ()
    whole = only_warc(tmp_path)
    data = whole.read_bytes()
    for path in tmp_path.iterdir():
        path.unlink()
    name = whole.name + ".open"
    (tmp_path / name).write_bytes(data[: place(written[1]).offset + place(written[1]).length])
    found: list[Capture] = []
    assert recover(tmp_path, add=found.append).captures == 2
    assert found == written[:2]
    for path in tmp_path.iterdir():
        path.unlink()
    (tmp_path / name).write_bytes(data[: place(written[1]).offset + 20])
    found.clear()
    assert len(recover(tmp_path, add=found.append).cut) == 1
    assert found == written[:1]
