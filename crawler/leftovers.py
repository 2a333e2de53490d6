"""What dead runs archived and did not settle goes the rest of its way."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool

from crawler import settle
from crawler.ahead import read_apart
from crawler.keeper import Keeper
from crawler.settle import Settled
from crawler.way import Way
from crawler.worker import is_article
from storage.records import Capture
from storage.store import attempts

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


def _settle(keeper: Keeper, capture: Capture, deaths: int) -> Settled:
    if deaths >= MOST_DEATHS:
        return settle.broken(keeper, capture, f"{deaths} runs died on it")
    if not deaths or not is_article(capture):
        return Way(keeper).travel(capture)
    try:
        reading = read_apart(capture, keeper.profile)
    except BrokenProcessPool:
        return settle.broken(keeper, capture, "the reader died on it")
    return Way(keeper).travel(capture, reading)


def _attempt(keeper: Keeper, capture: Capture) -> int:
    assert capture.id is not None, "what is recovered has its row"
    with keeper.database.begin() as session:
        return attempts.begin(session, capture.id, keeper.run_id)
