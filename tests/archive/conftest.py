"""An archive for the tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from archive_samples import capture

from storage.archive.writer import Archive
from storage.records import Capture


@pytest.fixture
def archive(tmp_path: Path) -> tuple[Path, list[Capture]]:
    """A directory with one finished file of six captures."""
    with Archive(tmp_path).open_writer() as writer:
        written = [writer.write(capture(number)) for number in range(6)]
    return tmp_path, written
