"""The one real article that may lie beside the checkout, served as one more article in the platform's form."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from demo.story import Story
from storage.records import SITE_ZONE, Moment

_INFO = re.compile(r"(?P<at>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\s*发布来源[:：]\s*(?P<source>.+)")
_EDITOR = re.compile(r"责任编辑[:：]\s*(?P<name>\S+)")


def read_seed(directory: Path | None) -> Story | None:
    """The article of the one text file in a directory; None where there is no such file.

    Raises:
        ValueError: the file is not the visible text of one article page.
    """
    file = next(iter(sorted(directory.glob("*.txt"))), None) if directory and directory.is_dir() else None
    if file is None:
        return None
    lines = [line.strip() for line in file.read_text("utf-8").splitlines() if line.strip()]
    info = _INFO.match(lines[1]) if len(lines) > 1 else None
    ends = [place for place, line in enumerate(lines) if _EDITOR.match(line)]
    if info is None or not ends:
        raise ValueError(f"{file}: is not the text of an article page (no 发布来源 in line 2, or no 责任编辑)")
    editor = _EDITOR.match(lines[ends[0]])
    assert editor is not None
    return Story(
        title=lines[0],
        published=Moment(at=datetime.fromisoformat(info["at"]).replace(tzinfo=SITE_ZONE)),
        source=info["source"].strip(),
        byline=lines[2],
        authors=tuple(lines[2].rpartition("记者")[2].split()),
        paragraphs=tuple(lines[3 : ends[0]]),
        editor=editor["name"],
    )
