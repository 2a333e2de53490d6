"""Reading pages ahead of the way, in processes of their own, handed on in the order they came.

Reading is pure (law 3), so it does not matter where it happens. Judging and storing are not: both see what was stored
before, and so they stay in one process, in the archive's order.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait

from crawler.keeper import INDEX_KINDS
from crawler.parse.decode import decode
from crawler.parse.reader import read
from crawler.sites.profile import SiteProfile
from storage.errors import ArchiveError
from storage.records import Article, Capture, Kind, Rejection

CHUNK_CAPTURES = 64
"""Captures handed over, and stored, at a time: fewer, and handing over costs more than it brings."""
CHUNK_BYTES = 2_000_000
"""A chunk ends here too. Bounds memory: each worker has at most two of them, and one more is being stored."""
CHUNKS_PER_WORKER = 2
"""One is being read, one waits."""

Reading = Article | Rejection
Chunk = Sequence[tuple[Capture, Reading | None]]
"""Captures in their order, each with what it says; None where it is not read as an article, or could not be."""


def is_article(capture: Capture) -> bool:
    """Whether a response is to be read as an article: it came whole, and is neither an index nor robots.txt."""
    others = (*INDEX_KINDS, Kind.ROBOTS)
    return capture.status == 200 and not capture.truncated and capture.context.kind not in others


def parse(capture: Capture, profile: SiteProfile) -> Reading:
    """Capture → page → what it says."""
    return read(decode(capture), profile)


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
            yield list(zip(chunk, _read_all(chunk, profile), strict=True))
        return
    # A fresh interpreter each: what this process holds open (database, terminal) is not for two.
    pool = ProcessPoolExecutor(workers, get_context("spawn"), initializer=_begin, initargs=(profile,))
    try:
        yield from _in_order(pool, source, workers * CHUNKS_PER_WORKER)
    except BrokenProcessPool as error:
        raise ArchiveError(
            "A reading process was ended from outside, by want of memory mostly; run again with --workers 1"
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _in_order(pool: ProcessPoolExecutor, source: Iterable[Capture], ahead: int) -> Iterator[Chunk]:
    under_way: deque[tuple[list[Capture], Future[list[Reading | None]]]] = deque()
    for chunk in _chunks(source):
        under_way.append((chunk, pool.submit(_work, chunk)))
        if len(under_way) > ahead:
            yield _arrived(*under_way.popleft())
    while under_way:
        yield _arrived(*under_way.popleft())


def _arrived(chunk: list[Capture], readings: Future[list[Reading | None]]) -> Chunk:
    return list(zip(chunk, readings.result(), strict=True))


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


def _read_all(chunk: Iterable[Capture], profile: SiteProfile) -> list[Reading | None]:
    return [_read(capture, profile) if is_article(capture) else None for capture in chunk]


def _read(capture: Capture, profile: SiteProfile) -> Reading | None:
    try:
        return parse(capture, profile)
    except Exception:  # not foreseen: the way reads it again, and there it costs its page alone (law 6)
        return None


_profile: SiteProfile


def _begin(profile: SiteProfile) -> None:
    """Make this process a worker. Ctrl-C is its parent's affair; without a parent it ends."""
    global _profile
    _profile = profile
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    assert parent is not None, "a worker was started by somebody"
    wait([parent.sentinel])
    os._exit(1)


def _work(chunk: list[Capture]) -> list[Reading | None]:
    return _read_all(chunk, _profile)
