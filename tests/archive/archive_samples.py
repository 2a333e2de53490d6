"""Captures and damage for the tests of the archive."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from storage.archive.check import ProblemKind, Row
from storage.archive.verify import Report
from storage.records import Capture, Context, Kind, Locator

START = datetime(2024, 11, 24, 10, 15, tzinfo=UTC)

GONE = "cannot be found any more"
"""What the check says of captures that a file has lost."""


def capture(number: int = 0, *, body: bytes | None = None, **changes: object) -> Capture:
    """A capture that differs from every other number's in URL, body and time."""
    values: dict[str, object] = {
        "url": f"http://paper.example/html/2024-11/24/content_{number}.htm",
        "fetched_at": START + timedelta(seconds=number),
        "status": 200,
        "headers": (("Server", "nginx"), ("Content-Type", "text/html; charset=utf-8")),
        "body": random.Random(number).randbytes(700) + b"<p>" + b"a" * 200 if body is None else body,
        "request_headers": (("Host", "paper.example"), ("User-Agent", "xha")),
        "context": Context(
            kind=Kind.ARTICLE,
            site="xihaian",
            channel="paper",
            column="要闻",
            issue_date=date(2024, 11, 24),
            label="04-05",
            page_name="综合",
            link_text="海湾新城通车 “第一” 桥",
            listed_day=date(2024, 11, 23),
            page_number=3,
        ),
    }
    return Capture(**{**values, **changes})


def place(found: Capture) -> Locator:
    """The locator of an archived capture."""
    assert found.locator
    return found.locator


def rows_of(written: Iterable[Capture]) -> list[Row]:
    """What the database would say of these captures."""
    return [Row(locator=place(one), digest=one.digest, url=one.url, status=one.status) for one in written]


def only_warc(directory: Path) -> Path:
    """The one WARC file of a directory, finished or not."""
    (path,) = (path for path in directory.iterdir() if path.name.endswith((".warc.gz", ".warc.gz.open")))
    return path


def flip(path: Path, offset: int, mask: int = 0x40) -> None:
    """Change bits of one byte in place."""
    data = bytearray(path.read_bytes())
    data[offset] ^= mask
    path.write_bytes(data)


def kinds(report: Report) -> list[ProblemKind]:
    """What a check found, in order."""
    return [problem.kind for problem in report.problems]
