"""What measurements are meant to come to. They are of a million articles of 800 characters, on two cores, warm."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

SEARCH_MS: Mapping[str, float] = MappingProxyType({"page": 10, "count": 15, "relevance": 30})
"""What is asked → milliseconds within which 95 of 100 are answered, in every class of words, on SQLite."""
HARD_PHRASE_MS = 100
"""The same of a rare phrase of frequent pairs, on both databases."""
POSTGRES_MS = 50
"""The same of every other class on PostgreSQL."""
INDEX_SHARE = 0.7
"""Size of the index in shares of the text, on SQLite."""
ADD_MS, LONGEST_ADD_MS = 5, 100
"""Of adding one article: 95 of 100, and all."""
INDEXED_A_SECOND = 700
"""Articles, while the index is made."""
PAGE_MS = 100
"""Of one kind of web page at 50 requests a second: 95 of 100."""


@dataclass(frozen=True, kw_only=True)
class Goal:
    """One goal beside what was measured."""

    name: str
    measured: float
    bound: float
    least: bool = False
    """Whether the bound is the least that will do, not the most."""

    @property
    def met(self) -> bool:
        """Whether it was reached."""
        return self.measured >= self.bound if self.least else self.measured <= self.bound

    def __str__(self) -> str:
        return f"{self.name}: {self.measured:,.2f} ({'at least' if self.least else 'at most'} {self.bound:,g})"


def verdict(goals: Iterable[Goal]) -> str:
    """How many were met, and each that was missed, the one farthest off first."""
    known = list(goals)
    missed = sorted((one for one in known if not one.met), key=_distance, reverse=True)
    return "\n".join([f"goals: {len(known) - len(missed)} of {len(known)} met", *(f"  missed {one}" for one in missed)])


def _distance(goal: Goal) -> float:
    return goal.bound / goal.measured if goal.least else goal.measured / goal.bound


def percentile(values: Sequence[float], share: int) -> float:
    """The value that so many in a hundred do not exceed."""
    return statistics.quantiles(values, n=100, method="inclusive")[share - 1]
