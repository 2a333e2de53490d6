"""Choices that look random and are the same for ever: on every machine, in every version of Python."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """A stream of choices that a name determines.

    >>> one, other = Dice("port 7"), Dice("port 7")
    >>> [one.number(1, 6) for _ in range(5)] == [other.number(1, 6) for _ in range(5)]
    True
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._thrown = 0

    def _throw(self) -> int:
        self._thrown += 1
        return int.from_bytes(hashlib.sha256(f"{self._name}/{self._thrown}".encode()).digest()[:8])

    def number(self, first: int, last: int, step: int = 1) -> int:
        """A number from `first` to `last`, both included, in steps."""
        return first + self._throw() % ((last - first) // step + 1) * step

    def choice(self, options: Sequence[T]) -> T:
        """One of several."""
        return options[self._throw() % len(options)]

    def some(self, options: Sequence[T], count: int) -> list[T]:
        """Several different ones, in their own order."""
        places = list(range(len(options)))
        while len(places) > count:
            places.pop(self._throw() % len(places))
        return [options[place] for place in places]
