"""Files that the command line names: read whole, within bounds, or not at all with a reason."""

from __future__ import annotations

import sys
from pathlib import Path

LARGEST_BYTES = 64_000_000
"""Twice what a crawl keeps of a page. A device or a film that somebody named by mistake must not fill the memory."""


def read_whole(path: Path) -> bytes | str:
    """What a file holds (`-`: standard input), or why it could not be opened."""
    try:
        if str(path) == "-":
            data = sys.stdin.buffer.read(LARGEST_BYTES + 1)
        else:
            with path.open("rb") as stream:
                data = stream.read(LARGEST_BYTES + 1)
    except OSError as error:
        return f"cannot be opened: {error.strerror}"
    except ValueError as error:  # a name that no file can have
        return f"cannot be opened: {error}"
    return f"is larger than {LARGEST_BYTES:,} bytes" if len(data) > LARGEST_BYTES else data
