"""Whether work grows as its size does, asked so that what else the machine does is not the answer."""

from __future__ import annotations

import time
from collections.abc import Callable

TIMES = 8
"""As much to do."""
ROUNDS = 5
"""Another process may lengthen one round; not five, one after the other, by as much."""


def processor_seconds(work: Callable[[], object]) -> float:
    """What one call takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def assert_grows_evenly(seconds: Callable[[int], float], size: int) -> None:
    """Eight times as much takes some eight times as long, not sixty-four.

    Args:
        seconds: Processor time of the work of a size.
    """
    growths = []
    for _ in range(ROUNDS):
        small, large = (min(seconds(some) for _ in range(2)) for some in (size, size * TIMES))
        growths.append(round(large / (small + 0.01), 1))
        if growths[-1] < 2 * TIMES:
            return
    raise AssertionError(f"with {TIMES} times as much to do it takes so many times as long: {growths}")
