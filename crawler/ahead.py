"""Reading pages ahead of the way, in processes of their own, handed on in the order they came.

Reading is pure (law 3), so it does not matter where it happens. Judging and storing are not: both see what was stored
before, and so they stay in one process, in the archive's order.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context

from crawler import worker
from crawler.sites.profile import SiteProfile
from crawler.worker import Reading, is_article
from storage.errors import ArchiveError
from storage.records import Capture, Reason, Rejection

CHUNK_CAPTURES = 64
"""Captures handed over, and stored, at a time: fewer, and handing over costs more than it brings."""
CHUNK_BYTES = 2_000_000
"""A chunk ends here too. Bounds memory: each worker has at most two of them, and one more is being stored."""
CHUNKS_PER_WORKER = 2
"""One is being read, one waits."""
MOST_DEADLY = 5
"""So many pages in a row are no accident: a reader that is broken, or a machine without memory."""
DIED = "the reader died on it"

Chunk = Sequence[tuple[Capture, Reading | None]]
"""Captures in their order, each with what it says; None where it is not read as an article, or could not be."""


def read_ahead(
    source: Iterable[Capture], profile: SiteProfile, workers: int = 1, *, apart: bool = False
) -> Generator[Chunk]:
    """Read captures, some at a time.

    A page that ends the process that reads it, alone in it, is handed on as unreadable.

    Args:
        source: any number of captures; no more are held than `workers` can work on.
        workers: processes that read; 1 reads in this one.
        apart: read in no case in this one, which is not to end with such a page.

    Raises:
        ArchiveError: MOST_DEADLY pages did that one after the other; it is rather the machine.
    """
    chunks = _chunks(source)
    if workers == 1 and not apart:
        for captures in chunks:
            yield _joined(captures, worker.parse_all(filter(is_article, captures), profile))
        return
    left: deque[list[Capture]] = deque()
    deadly: list[Capture] = []
    while True:
        try:
            for chunk in _in_order(chunks, left, profile, workers):
                if any(reading for _, reading in chunk):
                    deadly.clear()
                yield chunk
            return
        except BrokenProcessPool:  # which of the pages did it can only be seen one by one
            while left:
                yield _joined(left[0], _one_by_one(list(filter(is_article, left.popleft())), profile, deadly))


def read_apart(capture: Capture, profile: SiteProfile) -> Reading | None:
    """Read one page in a process that may die of it; None as for a chunk.

    Raises:
        BrokenProcessPool: it did.
    """
    with _readers(1, profile) as pool:
        (reading,) = pool.submit(worker.work, [capture]).result()
    return reading


def _in_order(
    chunks: Iterator[list[Capture]], left: deque[list[Capture]], profile: SiteProfile, workers: int
) -> Iterator[Chunk]:
    """Read chunks by several processes; `left`: those that were taken and not handed on.

    Raises:
        BrokenProcessPool: one of the processes died.
    """
    futures: deque[Future[list[Reading | None]]] = deque()
    with _readers(workers, profile) as pool:
        for chunk in chunks:
            left.append(chunk)
            futures.append(pool.submit(worker.work, list(filter(is_article, chunk))))
            if len(futures) > workers * CHUNKS_PER_WORKER:
                readings = futures.popleft().result()
                yield _joined(left.popleft(), readings)
        while futures:
            readings = futures.popleft().result()
            yield _joined(left.popleft(), readings)


def _one_by_one(pages: Sequence[Capture], profile: SiteProfile, deadly: list[Capture]) -> list[Reading | None]:
    """Read pages, each alone; those that end their reader are unreadable. `deadly`: those that did so just before."""
    readings: list[Reading | None] = []
    while len(readings) < len(pages):
        try:
            with _readers(1, profile) as pool:
                for page in pages[len(readings) :]:
                    readings += pool.submit(worker.work, [page]).result()
                    deadly.clear()
        except BrokenProcessPool as error:
            deadly.append(pages[len(readings)])
            if len(deadly) == MOST_DEADLY:
                raise ArchiveError(
                    f"{MOST_DEADLY} pages in a row ended the process that read them, the last {deadly[-1].url}; by "
                    "want of memory mostly: make room, with fewer --workers too, and run it again"
                ) from error
            readings.append(Rejection(url=deadly[-1].url, reason=Reason.UNREADABLE, detail=DIED))
    return readings


@contextmanager
def _readers(workers: int, profile: SiteProfile) -> Iterator[ProcessPoolExecutor]:
    """Processes that read. Fresh interpreters: what this one holds open (database, terminal) is not for two."""
    pool = ProcessPoolExecutor(workers, get_context("spawn"), initializer=worker.begin, initargs=(profile,))
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


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
