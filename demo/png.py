"""Pictures: real PNG files of a few hundred bytes, a different one for every name."""

from __future__ import annotations

import struct
import zlib

from demo.dice import Dice

WIDTH, HEIGHT = 48, 32


def png(name: str) -> bytes:
    """A picture of sky over sea in colours that its name determines."""
    dice = Dice(f"picture {name}")
    sky = bytes((dice.number(120, 200), dice.number(170, 220), dice.number(220, 255)))
    sea = bytes((dice.number(10, 60), dice.number(90, 140), dice.number(120, 180)))
    horizon = dice.number(10, 22)
    rows = b"".join(b"\x00" + (sky if row < horizon else sea) * WIDTH for row in range(HEIGHT))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    chunks = _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows, 9)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
