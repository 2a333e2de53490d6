"""How long it takes to add articles one by one to an archive that holds many."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from sqlalchemy import func, select

from bench.crawled import write
from bench.goals import ADD_MS, LONGEST_ADD_MS, Goal, percentile
from bench.searchcorpus import rows
from storage.store.database import Database
from storage.store.indexing import upkeep
from storage.store.tables import ArticleRow

Clock = Callable[[], float]
"""Seconds."""


def soak(database: Database, number: int, clock: Clock) -> list[Goal]:
    """Add articles one by one, each with all that a crawl writes beside it; prints how long that took, and the index's
    share of it."""
    waits, shares = [], []
    with database.read() as session:
        known = session.scalar(select(func.count()).select_from(ArticleRow)) or 0
    for place, row in enumerate(rows(known, number)):
        started = clock()
        with database.begin() as session:
            write(session.connection(), [row], lambda _: None)
            indexing = clock()
            upkeep.catch_up(session)  # at its end the transaction looks once more, and finds nothing left to do
            shares.append((clock() - indexing) * 1_000)
        waits.append((clock() - started) * 1_000)
        if place % 500 == 0:
            show(f"adding {place:,}")
    show("")
    print(f"{number:,} articles added one by one: {_spread(waits)}; of that the index took {_spread(shares)}")
    return [
        Goal(name="p95 of adding, ms", measured=percentile(waits, 95), bound=ADD_MS),
        Goal(name="longest add, ms", measured=max(waits), bound=LONGEST_ADD_MS),
    ]


def _spread(times: Sequence[float]) -> str:
    return f"p50 {percentile(times, 50):.1f} ms, p95 {percentile(times, 95):.1f} ms, longest {max(times):.1f} ms"


def show(text: str) -> None:
    """Say where the work is, on a line of the terminal that is written over."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{text}")
