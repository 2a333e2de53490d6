"""Answers that take long and may be a little old: computed once for many readers, renewed behind their backs."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any, TypeVar

Answer = TypeVar("Answer")

LONGEST_WAIT_SECONDS = 10.0
"""For an answer that is being computed; it is computed to its end, for who asks later."""
MOST_WAITING = 4
"""Readers at a time. Each keeps a thread, of which others need some for what is there at once."""

log = logging.getLogger(__name__)


class NotYet(Exception):
    """What is computed for all is not there in time for this reader; it will be for later ones."""


@dataclass(frozen=True)
class _Held:
    answer: Any
    until: float


class Kept:
    """Answers by key. The very first reader waits, and one who comes after long silence; others get what is there.

    >>> kept = Kept(seconds=60)
    >>> kept.get("one", lambda: 1), kept.get("one", lambda: 2)
    (1, 1)
    >>> kept.close()

    Args:
        seconds: How old an answer may be before it is renewed.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._held: dict[Hashable, _Held] = {}
        self._under_way: dict[Hashable, Future[Any]] = {}
        self._left: set[Hashable] = set()
        self._failed: dict[Hashable, Exception] = {}
        self._lock = threading.Lock()
        self._waiting = threading.BoundedSemaphore(MOST_WAITING)
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="kept")

    def get(self, key: Hashable, compute: Callable[[], Answer]) -> Answer:
        """The answer to a key, at most twice as old as it may be; `compute` is called in a thread of its own, never
        twice at a time for one key.

        Raises:
            NotYet: there is none young enough, and too many wait for one, or it takes too long.
            Whatever `compute` raises, where there is no answer young enough; once more to the first who comes after
                that, where somebody had not waited for it.
        """
        with self._lock:
            if failure := self._failed.pop(key, None):  # of who went away; computing again would have him come for ever
                raise failure
            held = self._held.get(key)
            renewal = self._under_way.get(key)
            if renewal is None and (held is None or held.until < time.monotonic()):
                renewal = self._under_way[key] = self._worker.submit(self._renew, key, compute)
        if held is not None and (renewal is None or time.monotonic() < held.until + self._seconds):
            answer: Answer = held.answer
            return answer
        assert renewal is not None, "without an answer one is being computed"
        if not self._waiting.acquire(blocking=False):
            raise NotYet("too many wait")
        try:
            wait([renewal], LONGEST_WAIT_SECONDS)
            if not renewal.done():
                with self._lock:
                    self._left.add(key)
                raise NotYet("it takes longer")
            return renewal.result()  # type: ignore[no-any-return]  # `compute`'s, as the key says
        finally:
            self._waiting.release()

    def close(self) -> None:
        """Wait for what is being computed, and begin nothing more."""
        self._worker.shutdown(cancel_futures=True)

    def _renew(self, key: Hashable, compute: Callable[[], Any]) -> Any:
        try:
            answer = compute()
            with self._lock:
                self._held[key] = _Held(answer, time.monotonic() + self._seconds)
            return answer
        except Exception as error:
            log.exception("%s cannot be computed anew", key)  # whoever waits for it gets the error; others do not wait
            with self._lock:
                if key in self._left:
                    self._failed[key] = error
            raise
        finally:
            with self._lock:
                del self._under_way[key]
                self._left.discard(key)
