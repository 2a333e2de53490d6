"""A gzip member read as a WARC record, and three records read as a Capture; every length and digest is checked."""

from __future__ import annotations

import base64
import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, BinaryIO

from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

from storage.archive.encode import CONVERSION, METADATA_VERSION
from storage.archive.httphead import Headers, decode_headers, decode_status, split_head
from storage.archive.members import Damage, Member, read_member
from storage.contexts import read_context
from storage.records import Capture, Context, Locator

_VERSIONS = ("WARC/1.1", "WARC/1.0")
_TRAILER = b"\r\n\r\n"


class Broken(Exception):
    """A record is not what it should be; the message says what, its catcher knows file and offset."""


@dataclass(frozen=True, kw_only=True)
class Record:
    """One WARC record that agrees with its own length and block digest."""

    offset: int
    length: int
    """Compressed bytes."""
    fields: Mapping[str, str]
    """Named fields, names in lower case."""
    block: bytes = field(repr=False)

    @property
    def kind(self) -> str:
        """WARC-Type."""
        return self.fields.get("warc-type", "")

    @property
    def id(self) -> str:
        """WARC-Record-ID."""
        return self.fields.get("warc-record-id", "")

    @property
    def concurrent_to(self) -> str:
        """For request and metadata records: the id of the response they belong to."""
        return self.fields.get("warc-concurrent-to", "")


def read_record(stream: BinaryIO, offset: int) -> Record:
    """The record in the member at a byte of a file.

    Raises:
        Broken: there is no whole member, or as `parse_record`.
    """
    member = read_member(stream, offset)
    if isinstance(member, Damage):
        raise Broken(member.what)
    return parse_record(member)


def parse_record(member: Member) -> Record:
    """The record in a member.

    Raises:
        Broken: the member holds no WARC record, or length or block digest do not agree.
    """
    head, separator, rest = member.data.partition(b"\r\n\r\n")
    try:
        parsed = StatusAndHeadersParser(_VERSIONS).parse(io.BytesIO(head + separator))
    except (StatusAndHeadersParserException, EOFError) as error:
        raise Broken("the gzip member holds no WARC record") from error
    fields = {str(name).lower(): str(value) for name, value in parsed.headers}
    said = fields.get("content-length", "")
    block = rest.removesuffix(_TRAILER)
    if not (said.isascii() and said.isdigit()) or int(said) != len(block) or len(block) == len(rest):
        raise Broken(f"Content-Length says {said or 'nothing'}, the record holds {len(block)} bytes")
    _agree("block", fields.get("warc-block-digest"), block)
    return Record(offset=member.offset, length=member.length, fields=fields, block=block)


def to_capture(file: str, response: Record, metadata: Record, request: Record | None) -> Capture:
    """The capture that three records were made of; two where a browser drew the page.

    Raises:
        Broken: they are whole but do not agree with each other or with what this version can read.
    """
    about = _about(metadata)
    drawn = response.kind == CONVERSION
    head, body = (b"", response.block) if drawn else split_head(response.block)
    status = about.get("status") if drawn else decode_status(head)
    if not isinstance(status, int):
        raise Broken("the response has no HTTP status line")
    payload_digest = response.fields.get("warc-payload-digest")
    _agree("payload", payload_digest, body)
    asked = request.block if request else b""
    return Capture(
        url=_text(about, "url"),
        fetched_at=time_of(response),
        status=status,
        headers=_headers(about, "headers", head),
        body=body,
        context=_context(about.get("context")),
        method=_text(about, "method"),
        request_headers=_headers(about, "request_headers", split_head(asked)[0]),
        digest=payload_digest or "",
        locator=Locator(file=file, offset=response.offset, length=response.length),
        truncated=response.fields.get("warc-truncated"),
        rendered=drawn,
    )


def time_of(record: Record) -> datetime:
    """WARC-Date, aware UTC.

    Raises:
        Broken: it is not a time in whole seconds, UTC.
    """
    text = record.fields.get("warc-date", "")
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError as error:
        raise Broken(f"WARC-Date {text!r} is not a time in whole seconds, UTC") from error


def _agree(name: str, said: str | None, data: bytes) -> None:
    """Check a digest, in hexadecimal or base 32 as other tools write it."""
    if not said:
        raise Broken(f"the record has no {name} digest")
    algorithm, _, value = said.partition(":")
    if algorithm.lower() not in hashlib.algorithms_guaranteed or algorithm.lower().startswith("shake"):
        raise Broken(f"the {name} digest uses an unknown algorithm, {algorithm!r}")
    real = hashlib.new(algorithm.lower(), data, usedforsecurity=False).digest()
    if value.lower() != real.hex() and value != base64.b32encode(real).decode():
        raise Broken(f"the {name} digest does not agree: {said} is said, {algorithm}:{real.hex()} is there")


def _about(metadata: Record) -> dict[str, Any]:
    try:
        about = json.loads(metadata.block)
    except (ValueError, RecursionError) as error:
        raise Broken("its metadata record is not JSON") from error
    if not isinstance(about, dict) or about.get("version") != METADATA_VERSION:
        raise Broken(
            f"its metadata record is not of version {METADATA_VERSION}; a newer version of this project can read it"
        )
    return about


def _text(about: Mapping[str, Any], key: str) -> str:
    value = about.get(key)
    if not isinstance(value, str):
        raise Broken(f"its metadata record has no text under {key!r}")
    return value


def _headers(about: Mapping[str, Any], key: str, head: bytes) -> Headers:
    """The exact headers where the head could not hold them, else those of the head."""
    if key not in about:
        return decode_headers(head)
    try:
        return tuple((str(name), str(value)) for name, value in about[key])
    except (TypeError, ValueError) as error:
        raise Broken(f"its metadata record has no pairs under {key!r}") from error


def _context(fields: object) -> Context:
    if not isinstance(fields, dict):
        raise Broken("its metadata record has no context")
    try:
        return read_context(fields)
    except ValueError as error:
        raise Broken(f"the context in its metadata record cannot be read ({error})") from error
