"""What stands beside the answers to a question: counted for its first page, and shown beside the others."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock

from cachetools import TTLCache

from storage.query.facets import Facets

MOST_QUESTIONS = 500
"""Of those asked last; with a hundred facets and its words one takes 100 KB at most."""
REMEMBERED_SECONDS = 600
"""How old they may be: a reader who leafs through answers looks at each page for a while."""


class Remembered:
    """Facets by question. Counting takes longer than finding a page, and would be done anew for each of them.

    Args:
        clock: What tells seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._held: TTLCache[str, Facets] = TTLCache(MOST_QUESTIONS, REMEMBERED_SECONDS, timer=clock)
        self._lock = Lock()

    def put(self, question: str, counted: Facets) -> Facets:
        """Remember what was counted for a question, and give it back."""
        with self._lock:
            self._held[question] = counted
        return counted

    def get(self, question: str) -> Facets | None:
        """What was counted for a question; None where that is too long ago."""
        with self._lock:
            held: Facets | None = self._held.get(question)
        return held
