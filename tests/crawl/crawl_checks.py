"""What must hold after any crawl: the counts add up, the archive holds what the rows say, the database is whole."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from crawl_samples import Home, SmallSite
from warcio.archiveiterator import ArchiveIterator

from storage.archive.reader import read_capture
from storage.archive.verify import verify
from storage.query.health import faults
from storage.records import Locator
from storage.store import captures
from storage.store.database import Database

TIMES = ("first_seen_at", "last_seen_at", "last_changed_at", "gone_at", "seen_at", "rejected_at", "resolved_at")
SURROGATES = ("id", "version_id", "capture_id", "story_id")
"""Row numbers, which follow the order of writing; an article's own id is no such number."""
LATE = 0.3
"""Seconds that a request may come too soon behind one that a busy machine delivered late."""
MOST_LATE = 4
"""Requests in a row that may be so late that it takes the one before them to see whether the next came too soon."""


def make_database(home: Home) -> None:
    """An empty database, where a test needs one before the first crawl."""
    (home.path / "data").mkdir()
    Database.open(f"sqlite:///{home.path / 'data/archive.db'}").close()


def check(home: Home, site: SmallSite | None = None, *, drawn: int = 0) -> None:
    """Laws 2 and 5, and what the database promises of itself.

    Args:
        site: Where nothing was killed: every request it served is one capture.
        drawn: Captures that no site served: pages as a browser drew them.
    """
    check_counts(home)
    check_archive(home)
    database = Database.open(f"sqlite:///{home.path / 'data/archive.db'}")
    with database, database.read() as session:
        assert list(faults(session)) == []
    if site is not None:
        assert home.rows("SELECT count(*) FROM capture") == [(len(site.requests) + drawn,)]


def check_pace(moments: Iterable[float], delay: float) -> None:
    """No request came sooner than the delay after the one before, counted from where that belonged if it was late
    itself, which few are; and all of them took no less than their delays together.

    What is judged is when they arrived: how a busy machine delivers them is no fault of who sent them.

    Args:
        moments: When each request reached its site, in seconds of one clock.
        delay: The seconds between two.
    """
    times = sorted(moments)
    early = [
        place
        for place in range(1, len(times))
        if all(
            times[place] - times[place - back] < back * delay - LATE for back in range(1, min(place, MOST_LATE + 1) + 1)
        )
    ]
    assert early == []
    close = [place for place in range(1, len(times)) if times[place] - times[place - 1] < delay - LATE]
    assert len(close) <= 1 + len(times) // 10, "too many for deliveries that were late"
    assert times[-1] - times[0] >= (len(times) - 1) * delay - LATE


def check_counts(home: Home) -> None:
    """Each response has exactly one outcome, that of its own run; a run says of itself what its rows say."""
    outcomes = home.rows("SELECT capture_id, count(*) FROM outcome WHERE capture_id IS NOT NULL GROUP BY capture_id")
    assert [row for row in outcomes if row[1] != 1] == []
    assert {row[0] for row in outcomes} == {row[0] for row in home.rows("SELECT id FROM capture")}
    strangers = "SELECT o.id FROM outcome o JOIN capture c ON c.id = o.capture_id WHERE c.run_id <> o.run_id"
    assert home.rows(strangers) == []
    for run_id, state, counts in home.rows("SELECT id, state, counts FROM run WHERE spider <> 'reparse'"):
        rows = home.rows("SELECT outcome, count(*) FROM outcome WHERE run_id = ? GROUP BY outcome", run_id)
        assert state != "running"
        assert json.loads(counts) == dict(rows), f"run {run_id}"


def check_archive(home: Home) -> None:
    """The WARC files are in order, open with warcio, and each row leads to the record whose digest it names."""
    directory = home.path / "data/warc"
    database = Database.open(f"sqlite:///{home.path / 'data/archive.db'}")
    with database, database.read() as session:
        rows = list(captures.every(session, limit=100_000))
    assert verify(directory, rows).problems == ()
    found = {}
    for path in sorted(directory.glob("*.warc.gz")):
        with path.open("rb") as stream:
            records = ArchiveIterator(stream, check_digests="raise")
            for record in records:
                record.content_stream().read()
                found[path.name, records.get_record_offset()] = record.rec_headers.get_header("WARC-Payload-Digest")
    for row in rows:
        assert found[row.locator.file, row.locator.offset] == row.digest
        assert read_capture(directory, row.locator, digest=row.digest).url == row.url


def table(home: Home, name: str, *, times: bool = False) -> list[dict[str, Any]]:
    """All rows of a table as what they say: without row numbers, captures by what they are, in an order of their own.

    Args:
        times: With the times of fetching, which differ from crawl to crawl.
    """
    columns = [row[1] for row in home.rows(f"PRAGMA table_info({name})")]
    left_out = set(SURROGATES) - ({"id"} if name == "article" else set())
    left_out |= set() if times else set(TIMES)
    rows = []
    for values in home.rows(f"SELECT * FROM {name}"):
        known = dict(zip(columns, values, strict=True))
        row = {key: value for key, value in known.items() if key not in left_out}
        if times and known.get("capture_id") is not None:
            row["capture"] = home.rows("SELECT url, fetched_at, digest FROM capture WHERE id = ?", known["capture_id"])
        rows.append(row)
    return sorted(rows, key=repr)


def locator(home: Home, url: str) -> Locator:
    """Where the last response of an address lies."""
    [place] = home.rows("SELECT warc_file, offset, length FROM capture WHERE url = ? ORDER BY id DESC LIMIT 1", url)
    return Locator(file=place[0], offset=place[1], length=place[2])
