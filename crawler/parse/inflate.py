"""Content codings undone: gzip, deflate, br, zstd. Bounded, and a broken stream keeps what came."""

from __future__ import annotations

import importlib
import zlib
from collections.abc import Callable
from types import ModuleType

MAX_BYTES = 20_000_000
"""No page is longer after decompression; a longer one is cut there. Ten times the largest news pages known."""
MAX_CODINGS = 4
"""More codings on top of each other than any server applies; a longer header is not obeyed."""

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
    names = [name.strip().lower() for name in codings.split(",")][:MAX_CODINGS]
    for name in reversed(names):
        undo = _UNDO.get(name)
        if undo is not None:
            data = undo(data) or data
    if data.startswith(_GZIP):  # no page begins so: a header was lost, or a file was kept packed
        data = _gunzip(data) or data
    return data[:MAX_BYTES]


def _gunzip(data: bytes) -> bytes:
    """All members of a gzip stream, one after the other."""
    out = bytearray()
    stream = zlib.decompressobj(wbits=31)
    for start in range(0, len(data), _PIECE_BYTES):
        piece = data[start : start + _PIECE_BYTES]
        try:
            while piece and len(out) < MAX_BYTES:
                out += stream.decompress(piece, MAX_BYTES - len(out))
                piece = stream.unused_data
                if stream.eof:
                    stream = zlib.decompressobj(wbits=31)
        except zlib.error:
            break
    return bytes(out)


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


def _undeflate(data: bytes) -> bytes:
    """`deflate` is zlib by the standard and raw by many servers."""
    return _pump(zlib.decompressobj().decompress, data) or _pump(zlib.decompressobj(wbits=-15).decompress, data)


def _unbrotli(data: bytes) -> bytes:
    brotli = _optional("brotli")
    if brotli is None:
        return b""
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
        return bytes(out)
    return bytes(out)


def _unzstd(data: bytes) -> bytes:
    zstd = _optional("compression.zstd") or _optional("backports.zstd")
    if zstd is None:
        return b""
    stream = zstd.ZstdDecompressor()
    out = bytearray()
    for start in range(0, len(data), _PIECE_BYTES):
        try:
            out += stream.decompress(data[start : start + _PIECE_BYTES], MAX_BYTES - len(out))
        except (zstd.ZstdError, EOFError):
            break
        if len(out) >= MAX_BYTES or stream.eof:
            break
    return bytes(out)


def _optional(name: str) -> ModuleType | None:
    """A decompressor that is only there with the extras of other packages; servers send br only where we ask for it."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


_UNDO: dict[str, Callable[[bytes], bytes]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _undeflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
