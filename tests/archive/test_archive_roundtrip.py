"""What goes into the archive comes out of it, for us and for other tools."""

from __future__ import annotations

import gzip
import json
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from archive_samples import capture, only_warc, place
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from storage.archive.reader import iterate, read_capture
from storage.archive.writer import Archive
from storage.errors import RecordDamaged, RecordMissing, WarcError
from storage.records import Capture, Context, Kind, Locator

anything = st.text(st.characters(exclude_categories=()), max_size=30)
wire_text = st.text(st.characters(max_codepoint=255), max_size=30)
"""What header bytes become when each is taken for one character."""
headers = st.lists(st.tuples(anything | wire_text, anything | wire_text), max_size=6).map(tuple)
maybe = st.none() | anything
contexts = st.builds(
    Context,
    kind=st.sampled_from(Kind),
    site=anything,
    channel=maybe,
    via=maybe,
    column=maybe,
    issue_date=st.none() | st.dates(),
    label=maybe,
    page_name=maybe,
    link_text=maybe,
    listed_day=st.none() | st.dates(),
    requested=maybe,
    page_number=st.integers(),
)
captures = st.builds(
    Capture,
    url=anything,
    fetched_at=st.integers(0, 2**34).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)),
    status=st.integers(-99, 9999),
    headers=headers,
    body=st.binary(max_size=3000),
    context=contexts,
    method=st.sampled_from(["GET", "POST", "get it"]) | anything,
    request_headers=headers,
    truncated=st.sampled_from([None, "length", "time", "disconnect"]),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(several=st.lists(captures, min_size=1, max_size=3))
def test_whatever_is_written_is_read_back_exactly(
    several: list[Capture], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Any bytes, headers, URL and context come back as they were; otherwise evidence would be changed."""
    directory = tmp_path_factory.mktemp("warc")
    secret = {"authorization", "proxy-authorization"}
    several = [one for one in several if not secret & {name.strip().lower() for name, _ in one.request_headers}]
    with Archive(directory).open_writer() as writer:
        written = [writer.write(one) for one in several]
    assert [replace_archived(one) for one in written] == several
    assert [read_capture(directory, place(one), digest=one.digest) for one in written] == written
    assert sorted(iterate(directory), key=lambda one: place(one).offset) == written


def replace_archived(written: Capture) -> Capture:
    """A written capture without what the archive added to it."""
    return Capture(
        **{name: getattr(written, name) for name in written.__dataclass_fields__ if name not in ("digest", "locator")}
    )


@settings(max_examples=60, deadline=None)
@given(one=captures, address=st.sampled_from(["http://", "https://"]))
def test_warcio_reads_every_record_and_agrees_with_it(
    one: Capture, address: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Another tool's reader finds four records, all digests right, and the same body bytes."""
    one = replace(one, url=address + one.url)  # warcio looks for HTTP heads behind web addresses only
    directory = tmp_path_factory.mktemp("warc")
    with Archive(directory, software="xha 0.1", contact="mail@example.org").open_writer() as writer:
        written = writer.write(one)
    kinds = []
    with only_warc(directory).open("rb") as stream:
        for record in (records := ArchiveIterator(stream, check_digests=True)):
            kinds.append(record.rec_type)
            payload = record.raw_stream.read()
            assert record.digest_checker.passed is not False, record.digest_checker.problems
            if record.rec_type == "response":
                assert payload == one.body
                assert record.rec_headers["WARC-Payload-Digest"] == written.digest
                assert record.rec_headers["WARC-Date"] == one.fetched_at.strftime("%Y-%m-%dT%H:%M:%SZ")
                assert record.rec_headers["WARC-Truncated"] == one.truncated
                assert records.get_record_offset() == place(written).offset
        assert records.err_count == 0
    assert kinds == ["warcinfo", "request", "metadata", "response"]


def test_gunzip_and_the_other_tools_take_the_file(tmp_path: Path) -> None:
    """`gunzip -t` passes and the first record says who wrote the file and in which format."""
    with Archive(tmp_path, software="xha 0.1", contact="mail@example.org").open_writer() as writer:
        for number in range(5):
            writer.write(capture(number))
    path = only_warc(tmp_path)
    assert subprocess.run(["gunzip", "-t", path]).returncode == 0
    text = gzip.decompress(path.read_bytes())
    assert text.startswith(b"WARC/1.1\r\nWARC-Type: warcinfo\r\n")
    assert b"\r\noperator: mail@example.org\r\nformat: WARC File Format 1.1\r\n" in text


def test_headers_that_no_longer_hold_are_renamed_in_the_file_only(tmp_path: Path) -> None:
    """Other readers see neither a chunked coding that is gone nor a length that never came; ours sees what was sent."""
    sent = (("Transfer-Encoding", "chunked"), ("content-length", "99"), ("Content-Encoding", "gzip"))
    with Archive(tmp_path).open_writer() as writer:
        written = writer.write(capture(body=gzip.compress("正文".encode(), mtime=0), headers=sent))
    text = gzip.decompress(only_warc(tmp_path).read_bytes())
    assert b"\r\nX-Archive-Orig-Transfer-Encoding: chunked\r\nX-Archive-Orig-content-length: 99\r\n" in text
    assert read_capture(tmp_path, place(written)).headers == sent
    with only_warc(tmp_path).open("rb") as stream:
        (body,) = (found.content_stream().read() for found in ArchiveIterator(stream) if found.rec_type == "response")
    assert body == "正文".encode()


def test_a_header_cannot_break_out_of_its_line(tmp_path: Path) -> None:
    """Line breaks inside a header neither end the head early nor get lost: others read one line, we the bytes."""
    sent = (("X-Odd", "one\r\n\r\ntwo\0"), ("X\nY", "three"))
    with Archive(tmp_path).open_writer() as writer:
        written = writer.write(capture(headers=sent, body=b"body"))
    assert gzip.decompress(only_warc(tmp_path).read_bytes()).endswith(
        b"X-Odd: one    two \r\nX Y: three\r\n\r\nbody\r\n\r\n"
    )
    assert read_capture(tmp_path, place(written)).headers == sent


def test_a_304_is_a_response_like_any_other(tmp_path: Path) -> None:
    """A 304 keeps its validators and reads back, for us and for warcio, with status 304 and no body."""
    sent = (("ETag", '"abc"'), ("Last-Modified", "Sun, 24 Nov 2024 02:15:00 GMT"))
    with Archive(tmp_path).open_writer() as writer:
        written = writer.write(capture(status=304, headers=sent, body=b""))
    assert read_capture(tmp_path, place(written)) == written
    with only_warc(tmp_path).open("rb") as stream:
        found = [
            (one.rec_type, one.http_headers.get_statuscode())
            for one in ArchiveIterator(stream)
            if one.rec_type == "response"
        ]
    assert found == [("response", "304")]


def test_the_metadata_record_tells_other_tools_the_context(tmp_path: Path) -> None:
    """The archive alone says why a page was fetched: plain JSON, dates as ISO days, nothing for what is not known."""
    with Archive(tmp_path).open_writer() as writer:
        writer.write(capture(7))
    with only_warc(tmp_path).open("rb") as stream:
        (about,) = (json.loads(one.raw_stream.read()) for one in ArchiveIterator(stream) if one.rec_type == "metadata")
    assert about["context"]["issue_date"] == "2024-11-24"
    assert about["context"]["link_text"] == "海湾新城通车 “第一” 桥"
    assert "via" not in about["context"]
    assert "headers" not in about, "headers that the response says exactly are not said twice"


def test_a_capture_from_before_a_context_field_existed_still_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Missing fields get their default and unknown ones are passed over, so archives of any age stay readable."""
    fields = {"kind": "listing", "site": "xihaian", "added_later": "value"}
    monkeypatch.setattr("storage.archive.encode.context_fields", lambda context: fields)
    with Archive(tmp_path).open_writer() as writer:
        written = writer.write(capture())
    assert read_capture(tmp_path, place(written)).context == Context(kind=Kind.LISTING, site="xihaian")


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "comic", "site": "x"},
        {"site": "x"},
        {"kind": "article", "site": 3},
        {"kind": "article", "site": "x", "listed_day": "soon"},
        [],
    ],
)
def test_a_context_that_cannot_be_read_is_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fields: object
) -> None:
    """A value of the wrong kind is named as damage with its place, never an error nobody expects."""
    monkeypatch.setattr("storage.archive.encode.context_fields", lambda context: fields)
    with Archive(tmp_path).open_writer() as writer:
        written = writer.write(capture())
    with pytest.raises(RecordDamaged, match="context"):
        read_capture(tmp_path, place(written))


def test_times_are_kept_in_utc_and_whole_seconds(tmp_path: Path) -> None:
    """A time in another zone is the same moment in the file; a naive one is refused before anything is written."""
    local = datetime(2024, 11, 24, 18, 15, 0, 999_999, tzinfo=timezone(timedelta(hours=8)))
    with Archive(tmp_path).open_writer() as writer:
        written = writer.write(capture(fetched_at=local))
        with pytest.raises(ValueError, match="aware"):
            writer.write(capture(fetched_at=local.replace(tzinfo=None)))
        with pytest.raises(ValueError, match="WARC-Truncated"):
            writer.write(capture(truncated="bored"))
    assert written.fetched_at == datetime(2024, 11, 24, 10, 15, tzinfo=UTC)
    assert list(iterate(tmp_path)) == [written]


def test_credentials_are_not_archived(tmp_path: Path) -> None:
    """A proxy's or a site's password never reaches a file that is kept for ever and may be given away."""
    asked = (("Proxy-Authorization", "Basic c2VjcmV0"), ("AUTHORIZATION", "Bearer s3cret"), ("Accept", "*/*"))
    with Archive(tmp_path).open_writer() as writer:
        written = writer.write(capture(request_headers=asked))
    text = gzip.decompress(only_warc(tmp_path).read_bytes()).lower()
    assert b"c2vjcmv0" not in text
    assert b"s3cret" not in text
    assert written.request_headers == (("Accept", "*/*"),)


@pytest.mark.parametrize(
    "name", ["../outside.warc.gz", "/etc/passwd", "a/b.warc.gz", "", ".warc.gz", "a.warc.gz\0", "a.txt"]
)
def test_a_row_cannot_lead_out_of_the_directory(tmp_path: Path, name: str) -> None:
    """A file name from the database is a plain name; the file outside exists, so only the name stops it."""
    inside = tmp_path / "archive"
    with Archive(tmp_path).open_writer() as writer:
        written = writer.write(capture())
    only_warc(tmp_path).rename(tmp_path / "outside.warc.gz")
    inside.mkdir()
    with pytest.raises(RecordMissing):
        read_capture(inside, Locator(file=name, offset=place(written).offset, length=place(written).length))


@pytest.mark.parametrize(
    ("offset", "length", "error"),
    [
        (10**12, 0, RecordMissing),
        (-1, 0, RecordMissing),
        (0, 0, RecordDamaged),
        (1, 0, RecordDamaged),
        (0, 1, RecordDamaged),
    ],
)
def test_a_wrong_place_is_named(tmp_path: Path, offset: int, length: int, error: type[WarcError]) -> None:
    """An offset into nowhere, into another record or into a record's middle names file and byte."""
    with Archive(tmp_path).open_writer() as writer:
        written = place(writer.write(capture()))
    at = offset if length == 0 else written.offset + offset
    with pytest.raises(error, match=f"{written.file} at byte {at}: "):
        read_capture(tmp_path, Locator(file=written.file, offset=at, length=written.length + length))


def test_another_record_than_a_response_is_refused(tmp_path: Path) -> None:
    """A place that is a whole record but no response is named for what it is."""
    with Archive(tmp_path).open_writer() as writer:
        writer.write(capture())
    with only_warc(tmp_path).open("rb") as stream:
        records = ArchiveIterator(stream)
        next(records).raw_stream.read()
        length = records.get_record_length()
    with pytest.raises(RecordDamaged, match="a warcinfo record, not a response"):
        read_capture(tmp_path, Locator(file=only_warc(tmp_path).name, offset=0, length=length))


def test_a_digest_that_the_row_does_not_share_is_named(tmp_path: Path) -> None:
    """A record that is whole but not the row's is refused when the row's digest is given."""
    with Archive(tmp_path).open_writer() as writer:
        first, second = writer.write(capture(1)), writer.write(capture(2))
    with pytest.raises(RecordDamaged, match="the row says"):
        read_capture(tmp_path, place(first), digest=second.digest)


def test_an_archive_compressed_anew_still_reads(tmp_path: Path) -> None:
    """Context is found by record ids when another tool moved the records and the lead no longer holds."""
    with Archive(tmp_path).open_writer() as writer:
        written = [writer.write(capture(number)) for number in range(3)]
    path = only_warc(tmp_path)
    anew, members = b"", path.read_bytes()
    with path.open("rb") as stream:
        for record in (records := ArchiveIterator(stream)):
            record.raw_stream.read()
            start, length = records.get_record_offset(), records.get_record_length()
            anew += gzip.compress(gzip.decompress(members[start : start + length]), 1)
    path.write_bytes(anew)
    found = list(iterate(tmp_path))
    assert [one.body for one in found] == [one.body for one in written]
    assert [read_capture(tmp_path, place(one)) for one in found] == found


def test_dates_travel_as_days(tmp_path: Path) -> None:
    """A day alone comes back as a day, the first and the last that a calendar has included."""
    about = Context(kind=Kind.EDITION, site="x", issue_date=date.min, listed_day=date.max)
    with Archive(tmp_path).open_writer() as writer:
        written = writer.write(capture(context=about))
    assert read_capture(tmp_path, place(written)).context == about
