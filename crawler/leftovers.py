"""What dead runs archived and did not settle goes the rest of its way; pages that they may have died of, with care."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool

from crawler import settle
from crawler.ahead import DIED, read_apart
from crawler.keeper import INDEX_KINDS, Keeper
from crawler.settle import Settled
from crawler.way import Way
from crawler.worker import is_article
from storage.records import Capture
from storage.store import attempts, ledger

MOST_DEATHS = 5
"""So many runs may die while they have a capture in hand, of whatever; the next one does not touch it."""


def settle_leftovers(keeper: Keeper) -> Iterator[Settled]:
    """Judge what is unjudged, the oldest first, one capture for each step. Left early, the rest waits.

    A page may end the process itself (a fault in a C library, more memory than there is). Where a run died with a page
    in hand, the next has another process read it, and if that dies too, the page waits as unreadable.
    """
    for capture in keeper.recover():
        keeper.keep_alive()
        yield _settle(keeper, capture, _attempt(keeper, capture))


def settle_index(keeper: Keeper, capture: Capture) -> Settled:
    """Send an index page its way; if it ended its reader when it was last fetched, another process reads it first."""
    with keeper.database.read() as session:
        row = ledger.find(session, keeper.key_of(capture))
    return _settle(keeper, capture, deaths=int(row is not None and row.error == DIED))


def _settle(keeper: Keeper, capture: Capture, deaths: int) -> Settled:
    if deaths >= MOST_DEATHS:
        return settle.broken(keeper, capture, f"{deaths} runs died on it")
    article = is_article(capture)
    if not deaths or not (article or capture.context.kind in INDEX_KINDS):
        return Way(keeper).travel(capture)
    try:
        reading = read_apart(capture, keeper.profile)
    except BrokenProcessPool:
        return settle.broken(keeper, capture, DIED)
    return Way(keeper).travel(capture, reading if article else None)


def _attempt(keeper: Keeper, capture: Capture) -> int:
    assert capture.id is not None, "what is recovered has its row"
    with keeper.database.begin() as session:
        return attempts.begin(session, capture.id, keeper.run_id)
