"""Read the archive again, without any network: the same way, from the captures that are there.

A capture the database knows is only read anew (a better reader makes better fields, never an edit). One it does not
know goes the whole way, list pages included, so that an empty database ends up as the crawl left it. Pages may be read
in several processes; everything behind that happens here, one capture after the other.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from crawler.ahead import Chunk, read_ahead
from crawler.keeper import Keeper
from crawler.report import RunReport
from crawler.settle import Settled
from crawler.way import Way
from crawler.worker import Reading
from storage.archive.reader import iterate, read_capture
from storage.config import Config
from storage.errors import RecordDamaged
from storage.records import SITE_ZONE, Capture, Outcome
from storage.store import attempts, captures, issues, rejected
from storage.store.outcomes import REPARSE


def reparse(
    config: Config,
    *,
    only_rejected: bool = False,
    workers: int = 1,
    on_progress: Callable[[int], None] | None = None,
) -> RunReport:
    """Read captures of the archive directory again into the configured database.

    A page that ends the process that reads it ends this one as well; the next one has others read, and there such a
    page waits as unreadable.

    Args:
        only_rejected: Only the pages that wait because they could not be read.
        workers: Processes that read pages. The rows are the same for any number: judging and storing are done here,
            in the archive's order.
        on_progress: Called with the number of captures read so far.

    Raises:
        ArchiveError: the database or the archive cannot be used.
        RecordDamaged: records are damaged; raised when all others have been read, and names the first.
    """
    started = time.monotonic()
    arguments = {"only": "rejected"} if only_rejected else {}
    keeper = Keeper.open(config, spider=REPARSE, arguments=arguments)
    state = "failed"
    outcomes: dict[Outcome, int] = {}
    try:
        days: set[tuple[str, date]] = set()
        damaged: list[RecordDamaged] = []
        last: datetime | None = None
        source = _rejected(keeper) if only_rejected else iterate(config.archive_directory, on_damage=damaged.append)
        with closing(read_ahead(source, keeper.profile, workers, apart=_died(keeper))) as chunks:
            for chunk in chunks:
                for settled in _settled(keeper, chunk):
                    outcomes[settled.outcome] = outcomes.get(settled.outcome, 0) + 1
                last = chunk[-1][0].fetched_at
                days |= _days_of(chunk)
                keeper.keep_alive()
                if on_progress:
                    on_progress(sum(outcomes.values()))
        if last and not only_rejected:
            _settle_days(keeper, days, last)
        for damage in damaged:
            keeper.note(str(damage))
        if damaged:
            raise damaged[0]
        state = "finished"
    except KeyboardInterrupt:
        state = "interrupted"
        raise
    finally:
        keeper.close(state, read_again=outcomes)
    return RunReport(
        run_id=keeper.run_id,
        spider=REPARSE,
        state=state,
        counts=outcomes,
        seconds=time.monotonic() - started,
    )


def _died(keeper: Keeper) -> bool:
    """Whether the re-parse before this one did not come to its end."""
    with keeper.database.read() as session:
        return attempts.last_ended_early(session, keeper.run_id)


def _settled(keeper: Keeper, chunk: Chunk) -> list[Settled]:
    """Send a chunk its way, in one transaction: after a crash a re-parse begins again and finds what is there."""
    with keeper.database.batch() as session:
        return [_again(keeper, session, capture, reading) for capture, reading in chunk]


def _again(keeper: Keeper, session: Session, capture: Capture, reading: Reading | None) -> Settled:
    known = captures.add(session, replace(capture, run_id=None), keeper.canonical(capture.url))
    return Way(keeper, again=True).travel(known, reading)


def _days_of(chunk: Chunk) -> set[tuple[str, date]]:
    """Issues of e-papers that the captures belong to."""
    contexts = [capture.context for capture, _ in chunk]
    return {(one.channel, one.issue_date) for one in contexts if one.channel and one.issue_date}


def _rejected(keeper: Keeper) -> Iterator[Capture]:
    with keeper.database.read() as session:
        rows = [captures.by_id(session, row.capture_id) for row in rejected.waiting(session)]
    for row in rows:
        assert row is not None, "a rejected page points to its capture"
        yield read_capture(keeper.config.archive_directory, row.locator, digest=row.digest)


def _settle_days(keeper: Keeper, days: set[tuple[str, date]], last: datetime) -> None:
    """What the crawl knew of each day when it last looked."""
    today = last.astimezone(SITE_ZONE).date()
    with keeper.database.begin() as session:
        for paper, day in sorted(days):
            if not issues.is_settled(session, paper, day):
                issues.settle(session, site=keeper.profile.name, paper=paper, day=day, today=today, now=last)
