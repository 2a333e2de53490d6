"""What two sequences have in common: the longest stretches first, within a bound on the work."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile


@dataclass(frozen=True, kw_only=True, order=True)
class Stretch:
    """A stretch that both have, in the same order."""

    old: int
    """Where it begins in the one."""
    new: int
    """Where it begins in the other."""
    size: int


@dataclass(kw_only=True)
class Budget:
    """Steps that may still be taken. One of them looks at one pair of equal things."""

    left: int


def common_stretches(old: Sequence[str], new: Sequence[str], budget: Budget) -> list[Stretch]:
    """Runs that both have, in order, none overlapping another, longer ones preferred (Ratcliff and Obershelp, 1988).

    What both begin and end with is found whatever the budget is. Where it ends before the work does, what lies between
    the stretches found until then counts as different.

    >>> common_stretches("港口扩建", "港口将扩建", Budget(left=100))
    [Stretch(old=0, new=0, size=2), Stretch(old=2, new=3, size=2)]
    """
    head = _alike_from_start(old, new)
    tail = _alike_from_start(old[head:][::-1], new[head:][::-1])
    found = [Stretch(old=0, new=0, size=head), Stretch(old=len(old) - tail, new=len(new) - tail, size=tail)]
    places: dict[str, list[int]] = {}
    for place in range(head, len(new) - tail):
        places.setdefault(new[place], []).append(place)
    gaps = deque([(head, len(old) - tail, head, len(new) - tail)])
    while gaps:  # the outer ones first, so that a budget that ends leaves no side of a text out
        old_from, old_to, new_from, new_to = gaps.popleft()
        if old_from == old_to or new_from == new_to:
            continue
        stretch = _longest(old, places, (old_from, old_to, new_from, new_to), budget)
        if stretch.size:
            found.append(stretch)
            gaps.append((old_from, stretch.old, new_from, stretch.new))
            gaps.append((stretch.old + stretch.size, old_to, stretch.new + stretch.size, new_to))
    return _joined(sorted(stretch for stretch in found if stretch.size))


def _alike_from_start(one: Sequence[str], other: Sequence[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _longest(
    old: Sequence[str], places: dict[str, list[int]], gap: tuple[int, int, int, int], budget: Budget
) -> Stretch:
    """The longest stretch in a gap, the first of several; the longest met until the budget ended."""
    old_from, old_to, new_from, new_to = gap
    best = Stretch(old=old_from, new=new_from, size=0)
    ending: dict[int, int] = {}
    for at in range(old_from, old_to):
        if budget.left <= 0:
            break
        known = places.get(old[at], [])
        lengths: dict[int, int] = {}
        for place in known[bisect_left(known, new_from) : bisect_left(known, new_to)]:
            size = lengths[place] = ending.get(place - 1, 0) + 1
            if size > best.size:
                best = Stretch(old=at - size + 1, new=place - size + 1, size=size)
        budget.left -= len(lengths) + 1
        ending = lengths
    return best


def _joined(stretches: Sequence[Stretch]) -> list[Stretch]:
    """Runs that touch on both sides as one."""
    found: list[Stretch] = []
    for stretch in stretches:
        last = found[-1] if found else None
        if last and (last.old + last.size, last.new + last.size) == (stretch.old, stretch.new):
            found[-1] = Stretch(old=last.old, new=last.new, size=last.size + stretch.size)
        else:
            found.append(stretch)
    return found
