"""Reading pages ahead of the way, in processes of their own, handed on in the order they came.

Reading is pure (law 3), so it does not matter where it happens. Judging and storing are not: both see what was stored
before, and so they stay in one process, in the archive's order.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from crawler import worker
from crawler.sites.profile import SiteProfile
from crawler.worker import Reading, is_article
from storage.errors import ArchiveError
from storage.records import Capture

CHUNK_CAPTURES = 64
"""Captures handed over, and stored, at a time: fewer, and handing over costs more than it brings."""
CHUNK_BYTES = 2_000_000
"""A chunk ends here too. Bounds memory: each worker has at most two of them, and one more is being stored."""
CHUNKS_PER_WORKER = 2
"""One is being read, one waits."""

Chunk = Sequence[tuple[Capture, Reading | None]]
"""Captures in their order, each with what it says; None where it is not read as an article, or could not be."""


def read_ahead(source: Iterable[Capture], profile: SiteProfile, workers: int = 1) -> Generator[Chunk]:
    """Read captures, some at a time.

    Args:
        source: any number of captures; no more are held than `workers` can work on.
        workers: processes that read; 1 reads in this one.

    Raises:
        ArchiveError: a worker was ended from outside, by want of memory mostly.
    """
    if workers == 1:
        for chunk in _chunks(source):
            yield _joined(chunk, worker.parse_all(filter(is_article, chunk), profile))
        return
    # A fresh interpreter each: what this process holds open (database, terminal) is not for two.
    pool = ProcessPoolExecutor(workers, get_context("spawn"), initializer=worker.begin, initargs=(profile,))
    try:
        yield from _in_order(pool, source, workers * CHUNKS_PER_WORKER)
    except BrokenProcessPool as error:
        raise ArchiveError(
            "A reading process was ended from outside, by want of memory mostly; run again with --workers 1"
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def read_apart(capture: Capture, profile: SiteProfile) -> Reading | None:
    """Read one page in a process that may die of it; None as for a chunk.

    Raises:
        BrokenProcessPool: it did.
    """
    with ProcessPoolExecutor(1, get_context("spawn"), initializer=worker.begin, initargs=(profile,)) as pool:
        (reading,) = pool.submit(worker.work, [capture]).result()
    return reading


def _in_order(pool: ProcessPoolExecutor, source: Iterable[Capture], ahead: int) -> Iterator[Chunk]:
    under_way: deque[tuple[list[Capture], Future[list[Reading | None]]]] = deque()
    for chunk in _chunks(source):
        under_way.append((chunk, pool.submit(worker.work, list(filter(is_article, chunk)))))
        if len(under_way) > ahead:
            first, readings = under_way.popleft()
            yield _joined(first, readings.result())
    for first, readings in under_way:
        yield _joined(first, readings.result())


def _joined(chunk: Sequence[Capture], readings: Iterable[Reading | None]) -> Chunk:
    said = iter(readings)
    return [(capture, next(said) if is_article(capture) else None) for capture in chunk]


def _chunks(source: Iterable[Capture]) -> Iterator[list[Capture]]:
    chunk: list[Capture] = []
    size = 0
    for capture in source:
        chunk.append(capture)
        size += len(capture.body)
        if len(chunk) == CHUNK_CAPTURES or size >= CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk
