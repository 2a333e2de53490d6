"""Content codings undone: gzip, deflate, br, zstd. Bounded; a broken stream keeps what came, and says so."""

from __future__ import annotations

import importlib
import zlib
from collections.abc import Callable
from types import ModuleType

MAX_BYTES = 20_000_000
"""No page is longer after decompression; a longer one is cut there. Ten times the largest news pages known."""
MAX_CODINGS = 4
"""More codings on top of each other than any server applies; a longer header is not obeyed."""

BREAKS_OFF = "data breaks off"
TOO_LONG = f"more than {MAX_BYTES // 1_000_000} MB"

_Undo = Callable[[bytes], tuple[bytes, bool]]
"""Undoes one coding: what comes out, and whether that is all of it."""
_GZIP = b"\x1f\x8b"
_PIECE_BYTES = 4096


def inflate(data: bytes, codings: str) -> bytes:
    """Undo the codings of a Content-Encoding header, the last applied first.

    Args:
        data: the body as sent.
        codings: the header's value, e.g. `gzip` or `deflate, br`; unknown names are passed over.

    Returns:
        At most `MAX_BYTES` bytes. A body that is not coded as its header says comes back as it is; one that breaks
        off comes back as far as it went.

    >>> inflate(zlib.compress(b"text"), "deflate")
    b'text'
    >>> inflate(b"<html>", "gzip")
    b'<html>'
    """
    return unpack(data, codings)[0]


def unpack(data: bytes, codings: str) -> tuple[bytes, str]:
    """The same, and why what came out is not the whole body; empty where it is.

    >>> unpack(zlib.compress(b"text")[:-5], "deflate")[1]
    'deflate data breaks off'
    """
    fault = ""
    names = [name.strip().lower() for name in codings.split(",")][:MAX_CODINGS]
    for name in reversed(names):
        undo = _UNDO.get(name)
        if undo is not None:
            data, fault = _undone(data, name, undo, fault)
    if data.startswith(_GZIP):  # no page begins so: a header was lost, or a file was kept packed
        data, fault = _undone(data, "gzip", _gunzip, fault)
    return data[:MAX_BYTES], fault or (TOO_LONG if len(data) > MAX_BYTES else "")


def _undone(data: bytes, name: str, undo: _Undo, fault: str) -> tuple[bytes, str]:
    """One coding undone, and the first fault so far. Where nothing comes out the data is not what its header says."""
    out, whole = undo(data)
    if not whole and (out or data.startswith(_GZIP)):
        fault = fault or (TOO_LONG if len(out) >= MAX_BYTES else f"{name} {BREAKS_OFF}")
    return out or data, fault


def _gunzip(data: bytes) -> tuple[bytes, bool]:
    """All members of a gzip stream, one after the other. What follows the last and is no member does not count."""
    out = bytearray()
    stream = zlib.decompressobj(wbits=31)
    ended = -1
    for start in range(0, len(data), _PIECE_BYTES):
        piece = data[start : start + _PIECE_BYTES]
        try:
            while piece and len(out) < MAX_BYTES:
                out += stream.decompress(piece, MAX_BYTES - len(out))
                piece = stream.unused_data
                if stream.eof:
                    stream, ended = zlib.decompressobj(wbits=31), len(out)
        except zlib.error:
            break
        if len(out) >= MAX_BYTES:
            return bytes(out), ended == len(out) and not piece and start + _PIECE_BYTES >= len(data)
    return bytes(out), ended == len(out)


def _pump(step: Callable[[bytes, int], bytes], data: bytes) -> bytes:
    """Feed a decompressor piece by piece, so that what came before a break is kept."""
    out = bytearray()
    for start in range(0, len(data), _PIECE_BYTES):
        try:
            out += step(data[start : start + _PIECE_BYTES], MAX_BYTES - len(out))
        except zlib.error:
            break
        if len(out) >= MAX_BYTES:
            break
    return bytes(out)


def _undeflate(data: bytes) -> tuple[bytes, bool]:
    """`deflate` is zlib by the standard and raw by many servers."""
    for bits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        stream = zlib.decompressobj(wbits=bits)
        if out := _pump(stream.decompress, data):
            return out, stream.eof
    return b"", False


def _unbrotli(data: bytes) -> tuple[bytes, bool]:
    brotli = _optional("brotli")
    if brotli is None:
        return b"", False
    stream = brotli.Decompressor()
    out = bytearray()
    try:
        for start in range(0, len(data), _PIECE_BYTES):  # given whole, a body that breaks off loses what was decoded
            out += stream.process(data[start : start + _PIECE_BYTES], output_buffer_limit=MAX_BYTES)
            while len(out) < MAX_BYTES and not stream.is_finished() and not stream.can_accept_more_data():
                out += stream.process(b"", output_buffer_limit=MAX_BYTES)
            if len(out) >= MAX_BYTES or stream.is_finished():
                break
    except brotli.error:
        return bytes(out), False
    return bytes(out), stream.is_finished()


def _unzstd(data: bytes) -> tuple[bytes, bool]:
    zstd = _optional("compression.zstd") or _optional("backports.zstd")
    if zstd is None:
        return b"", False
    stream = zstd.ZstdDecompressor()
    out = bytearray()
    for start in range(0, len(data), _PIECE_BYTES):
        try:
            out += stream.decompress(data[start : start + _PIECE_BYTES], MAX_BYTES - len(out))
        except (zstd.ZstdError, EOFError):
            break
        if len(out) >= MAX_BYTES or stream.eof:
            break
    return bytes(out), stream.eof


def _optional(name: str) -> ModuleType | None:
    """A decompressor that is only there with the extras of other packages; servers send br only where we ask for it."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


_UNDO: dict[str, _Undo] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _undeflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
