"""Turns at what few may do at a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.exc import TimeoutError as PoolTimeout


class Turns:
    """So many at a time, and those who wait for one. Waiting takes no thread.

    Args:
        at_once: Turns.
        longest_seconds: For which one waits.
        most_waiting: Whoever comes beyond would not get a turn in time, and is told so at once.
    """

    def __init__(self, at_once: int, *, longest_seconds: float, most_waiting: int) -> None:
        self._free = asyncio.Semaphore(at_once)
        self._longest_seconds = longest_seconds
        self._most_waiting = most_waiting
        self._waiting = 0

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """A turn, when there is one.

        Raises:
            PoolTimeout: none was free in time, or too many wait already.
        """
        if self._waiting >= self._most_waiting:
            raise PoolTimeout("too many wait for a turn")
        self._waiting += 1
        try:
            async with asyncio.timeout(self._longest_seconds):
                await self._free.acquire()
        except TimeoutError as error:
            raise PoolTimeout("no turn in time") from error
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._free.release()
