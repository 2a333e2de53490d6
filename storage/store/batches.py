"""Keys in groups small enough for one query."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")

KEYS_PER_QUERY = 200
"""Keys looked up at once; three values each stay below the 999 parameters that old SQLite builds allow."""


def batches(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """`items` in order, `KEYS_PER_QUERY` at a time.

    >>> [len(some) for some in batches(range(450))]
    [200, 200, 50]
    """
    for start in range(0, len(items), KEYS_PER_QUERY):
        yield items[start : start + KEYS_PER_QUERY]
