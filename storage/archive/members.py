"""Gzip members, one at a time, strictly.

warcio reads on over a member that ends too early or whose checksum is wrong; here both are named, and what follows
a damaged stretch is found again.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

_CHUNK_BYTES = 32 * 1024
_MAGIC = b"\x1f\x8b\x08"  # RFC 1952, 2.3.1: ID1, ID2, CM = deflate
_RECORD_START = b"WARC/"
_GZIP_WBITS = 16 + zlib.MAX_WBITS
MEMBER_MAX_BYTES = 1 << 30
"""A record is held in memory while it is checked; nothing this project writes comes near one GiB."""


@dataclass(frozen=True, kw_only=True)
class Member:
    """One whole gzip member."""

    offset: int
    length: int
    """Compressed bytes."""
    data: bytes = field(repr=False)
    """What was compressed."""


@dataclass(frozen=True, kw_only=True)
class Damage:
    """A stretch of a WARC file that is not what it should be."""

    offset: int
    length: int
    what: str
    """What is wrong, without file and offset."""


def read_member(stream: BinaryIO, offset: int) -> Member | Damage:
    """The gzip member that starts at `offset`. The length of a Damage is what was looked at, not its extent."""
    stream.seek(offset)
    inflate = zlib.decompressobj(_GZIP_WBITS)
    parts, taken, size = [], 0, 0
    while not inflate.eof:
        chunk = stream.read(_CHUNK_BYTES)
        if not chunk:
            return Damage(offset=offset, length=taken, what="the gzip member does not end")
        taken += len(chunk)
        try:
            part = inflate.decompress(chunk)
        except zlib.error as error:
            return Damage(offset=offset, length=taken, what=f"the gzip member is damaged ({error})")
        parts.append(part)
        size += len(part)
        if size > MEMBER_MAX_BYTES:
            return Damage(offset=offset, length=taken, what=f"the gzip member holds more than {MEMBER_MAX_BYTES} bytes")
    length = taken - len(inflate.unused_data)
    return Member(offset=offset, length=length, data=b"".join(parts))


def members(stream: BinaryIO, end: int) -> Iterator[Member | Damage]:
    """All members from the file's start to byte `end`, and between them the stretches that are none."""
    offset = 0
    while offset < end:
        found = read_member(stream, offset)
        if isinstance(found, Member):
            yield found
            offset += found.length
            continue
        following = _next_whole(stream, offset + 1)
        until = end if following is None else following
        yield Damage(offset=offset, length=until - offset, what=found.what)
        offset = until


def _next_whole(stream: BinaryIO, offset: int) -> int | None:
    """Where, from `offset` on, the next whole member that holds a WARC record starts."""
    while True:
        stream.seek(offset)
        window = stream.read(_CHUNK_BYTES)
        if len(window) < len(_MAGIC):
            return None
        at = window.find(_MAGIC)
        if at < 0:
            offset += len(window) - len(_MAGIC) + 1
            continue
        if _begins_record(stream, offset + at) and isinstance(read_member(stream, offset + at), Member):
            return offset + at
        offset += at + 1


def _begins_record(stream: BinaryIO, offset: int) -> bool:
    """Whether the bytes at `offset` inflate to the start of a record; cheap, before a whole member is tried."""
    stream.seek(offset)
    try:
        start = zlib.decompressobj(_GZIP_WBITS).decompress(stream.read(_CHUNK_BYTES), len(_RECORD_START))
    except zlib.error:
        return False
    return start == _RECORD_START
