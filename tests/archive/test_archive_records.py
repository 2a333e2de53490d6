"""Records that contradict themselves are found, however well they are packed."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from archive_samples import capture, only_warc, place

from storage.archive.encode import ascii_url, digest_of, member, new_record_id, warc_date
from storage.archive.reader import read_capture
from storage.archive.verify import verify
from storage.archive.writer import Archive
from storage.errors import RecordDamaged
from storage.records import Capture, Locator


@pytest.mark.parametrize(
    ("head", "what"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", "Content-Length says 9, the body has 4"),
        (b"200 OK\r\n\r\n", "no HTTP status line"),
    ],
)
def test_a_response_that_contradicts_itself_is_found(tmp_path: Path, head: bytes, what: str) -> None:
    """A whole record with right digests whose HTTP head is not true of its body is named."""
    with Archive(tmp_path).open_writer() as writer:
        written = writer.write(capture(body=b"body"))
    _replace_response(tmp_path, written, head + b"body", digest_of(b"body"))
    assert any(what in one.what for one in verify(tmp_path).problems)


@pytest.mark.parametrize("said", ["", "sha256:00", "crc7:00", digest_of(b"other")])
def test_a_payload_digest_that_is_not_the_bodys_is_found(tmp_path: Path, said: str) -> None:
    """The digest a row names must be that of the bytes, not only of what the record says about itself."""
    with Archive(tmp_path).open_writer() as writer:
        written = writer.write(capture(body=b"body"))
    _replace_response(tmp_path, written, b"HTTP/1.1 200 OK\r\n\r\nbody", said)
    assert any("payload digest" in one.what for one in verify(tmp_path).problems)


def _replace_response(directory: Path, written: Capture, block: bytes, digest: str) -> None:
    """Put another response in the place of the last one, leading records kept and belonging to it."""
    path = only_warc(directory)
    text = gzip.decompress(path.read_bytes()[place(written).offset :]).decode("latin-1")
    record_id = text.partition("WARC-Record-ID: ")[2].partition("\r\n")[0]
    assert record_id != new_record_id()
    fields = [("WARC-Record-ID", record_id), ("WARC-Target-URI", ascii_url(written.url))]
    fields += [("WARC-Date", warc_date(written)), ("WARC-Payload-Digest", digest)]
    response = member("response", fields, "application/http; msgtype=response", block)
    path.write_bytes(path.read_bytes()[: place(written).offset] + response)


EDITS = [
    (r"(WARC-Block-Digest: sha256:)[0-9a-f]", r"\1-", "block digest does not agree"),
    (r"WARC-Block-Digest: [^\r]*\r\n", "", "no block digest"),
    (r"\r\nContent-Length: \d+", r"\r\nContent-Length: 3", "Content-Length says 3"),
    (r"\r\nContent-Length: \d+", "", "Content-Length says nothing"),
    (r"^WARC/1.1", "WARC/9.9", "no WARC record"),
    (r"WARC-Date: [^\r]*", "WARC-Date: yesterday", "'yesterday' is not a time"),
    (r"WARC-Record-ID: [^\r]*", "WARC-Record-ID: <urn:uuid:0>", "no request and metadata record"),
    (r"\r\n\r\n$", "", "Content-Length says"),
]


@pytest.mark.parametrize(("pattern", "replacement", "what"), EDITS)
def test_a_record_edited_and_compressed_again_is_found(
    tmp_path: Path, pattern: str, replacement: str, what: str
) -> None:
    """Gzip alone is content with an edited record; each field of ours that can contradict it does."""
    with Archive(tmp_path).open_writer() as writer:
        written = writer.write(capture())
    path = only_warc(tmp_path)
    data, at = path.read_bytes(), place(written).offset
    text, count = re.subn(pattern, replacement, gzip.decompress(data[at:]).decode("latin-1"), count=1)
    assert count == 1
    path.write_bytes(data[:at] + gzip.compress(text.encode("latin-1"), mtime=0))
    assert any(what in one.what and one.offset == at for one in verify(tmp_path).problems)
    with pytest.raises(RecordDamaged):
        read_capture(tmp_path, Locator(file=path.name, offset=at, length=path.stat().st_size - at))


def test_metadata_of_a_newer_version_is_not_guessed_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a later version of this project wrote in another form is refused with a word about why."""
    monkeypatch.setattr("storage.archive.encode.METADATA_VERSION", 2)
    with Archive(tmp_path).open_writer() as writer:
        written = writer.write(capture())
    with pytest.raises(RecordDamaged, match="newer version"):
        read_capture(tmp_path, place(written))


@pytest.mark.parametrize("block", [b"no json", b"[]", b'{"version": 2}', b'{"version": 1, "url": 3}', b"[" * 100_000])
def test_metadata_that_cannot_be_read_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: bytes) -> None:
    """A capture whose context cannot be read again is a problem, and no error escapes."""
    monkeypatch.setattr("storage.archive.encode._metadata_block", lambda *_: block)
    with Archive(tmp_path).open_writer() as writer:
        written = writer.write(capture())
    assert any("its metadata record" in one.what for one in verify(tmp_path).problems)
    with pytest.raises(RecordDamaged, match="its metadata record"):
        read_capture(tmp_path, place(written))


def test_a_record_beyond_all_measure_is_damage(
    archive: tuple[Path, list[Capture]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A member that would fill the memory is given up and named, instead of being held."""
    monkeypatch.setattr("storage.archive.members.MEMBER_MAX_BYTES", 1_000)
    directory, _ = archive
    assert any("more than 1000 bytes" in one.what for one in verify(directory).problems)
