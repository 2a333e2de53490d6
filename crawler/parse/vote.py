"""Independent witnesses of one field vote; agreement raises the confidence, disagreement lowers it.

A witness is trusted with the share of pages on which its kind is right by itself. As odds, trusts multiply: two
agreeing witnesses of 0.8 and 0.7 are worth 0.9, and what others say against it takes its share away. Witnesses of the
same rule are not independent (three labels may be three copies of one label), so a rule has one vote per value.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from storage.records import How

T = TypeVar("T")

FLOOR = 0.5
"""Below it a field stays empty: an honest unknown beats a guess that is more likely wrong than right."""
CEILING = 0.99
"""No reading of a page nobody has checked is surer than this; also keeps odds finite."""


@dataclass(frozen=True, kw_only=True)
class Witness(Generic[T]):
    """One reading of one field."""

    value: T | None
    """What it read; None says that the page leaves the field empty on purpose (a label without a value)."""
    rule: str
    """The kind of evidence: `selector`, `label`, `position`, `meta`, `json-ld`, `heading`, `url`, `context`, `api` …"""
    place: str = ""
    """Where on the page: a CSS-like path, a meta name, a label as printed."""
    trust: float
    """How often its kind is right by itself, in (0, 1)."""


@dataclass(frozen=True, kw_only=True)
class Side(Generic[T]):
    """The witnesses that say the same."""

    witnesses: tuple[Witness[T], ...]
    """The most trusted first."""
    share: float
    """Of the vote. What all sides leave over to 1 is how likely it is that none of them is right."""


@dataclass(frozen=True, kw_only=True)
class Ballot(Generic[T]):
    """The vote over one field: every witness and what came out."""

    field: str
    witnesses: tuple[Witness[T], ...] = ()
    """All of them, the most trusted first."""
    value: T | None = None
    """The winner; None where nobody spoke, where emptiness won, or where the winner fell below the floor."""
    confidence: float = 0.0
    """Of the winner, also where it fell below the floor."""
    sides: tuple[Side[T], ...] = dataclasses.field(default=(), repr=False)
    """Who agreed with whom: the winning side first, the others by their most trusted witness."""

    @property
    def winners(self) -> tuple[Witness[T], ...]:
        """The witnesses that agreed on the winner."""
        return self.sides[0].witnesses if self.sides else ()

    @property
    def how(self) -> How | None:
        """How the value was read, by its most trusted witness; None where the field is empty."""
        if self.value is None:
            return None
        first = self.winners[0]
        return How(rule=first.rule, place=first.place, confidence=round(self.confidence, 3))


def odds(trust: float) -> float:
    """Trust as odds.

    >>> round(odds(0.8), 3)
    4.0
    """
    trust = min(max(trust, 1 - CEILING), CEILING)
    return trust / (1 - trust)


def vote(
    name: str,
    witnesses: Iterable[Witness[T]],
    same: Callable[[T, T], bool] = lambda one, other: one == other,
    best: Callable[[Sequence[T]], T] = lambda values: values[0],
    floor: float = FLOOR,
) -> Ballot[T]:
    """Count the witnesses of one field.

    Args:
        name: the field.
        witnesses: in any order; earlier ones win ties.
        same: whether two values say the same thing.
        best: picks the value to keep from agreeing ones, the most trusted first.
        floor: the confidence below which the field stays empty.

    Returns:
        The ballot; its value is None when the confidence stays below the floor.
    """
    heard = tuple(sorted(witnesses, key=lambda witness: -witness.trust))
    groups = _agreeing(heard, same)
    if not groups:
        return Ballot(field=name)
    weights = [_weight(group) for group in groups]
    top = max(range(len(groups)), key=lambda place: weights[place])
    whole = 1 + sum(weights)
    sides = [Side(witnesses=tuple(one), share=weight / whole) for one, weight in zip(groups, weights, strict=True)]
    sides.insert(0, sides.pop(top))
    confidence = min(sides[0].share, CEILING)
    values = [witness.value for witness in sides[0].witnesses if witness.value is not None]
    value = best(values) if values and confidence >= floor else None
    return Ballot(field=name, witnesses=heard, value=value, confidence=confidence, sides=tuple(sides))


def _agreeing(heard: Iterable[Witness[T]], same: Callable[[T, T], bool]) -> list[list[Witness[T]]]:
    groups: list[list[Witness[T]]] = []
    for witness in heard:
        home = next((group for group in groups if _agree(group[0].value, witness.value, same)), None)
        if home is None:
            groups.append([witness])
        else:
            home.append(witness)
    return groups


def _agree(one: T | None, other: T | None, same: Callable[[T, T], bool]) -> bool:
    if one is None or other is None:
        return one is other
    return same(one, other)


def _weight(group: Iterable[Witness[T]]) -> float:
    """Product of the odds over the rules that agree. Trust below one half is no vote against: it adds nothing."""
    best: dict[str, float] = {}
    for witness in group:
        best[witness.rule] = max(best.get(witness.rule, 0.0), odds(witness.trust))
    weight = 1.0
    strong = [value for value in best.values() if value > 1]
    for value in strong or [max(best.values())]:
        weight *= value
    return weight
