"""Which selectors to suggest for a field: those that read on every page what the general rules read, and no more."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from crawler.suggest.candidates import Candidate, candidates, meta_candidates
from crawler.suggest.samples import Sample, same

MOST_SELECTORS = 3
"""Of one field: a site has so many skins at a time, at most."""
MOST_CANDIDATES = 400
"""Looked at for one field, the best first."""
SEVERAL_COST = 3.0
"""Of a selector that finds more than one element on a page, the right one first."""


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """A selector, and on how many pages it does what it should."""

    css: str
    right: int
    """Pages on which it reads what the general rules read."""
    of: int
    """Pages on which these read anything."""
    beyond: int
    """Pages on which it reads something where these read nothing."""
    confidence: float
    """In [0, 1]: how sure the values are it was made from, less the fewer pages they stand on."""


@dataclass(frozen=True, kw_only=True)
class Trial:
    """One candidate tried on every page."""

    candidate: Candidate
    right: frozenset[int] = field(repr=False)
    """Numbers of the pages on which it is right."""
    wrong: int
    beyond: int
    several: int
    """Pages on which it finds more than one element."""

    @property
    def cost(self) -> float:
        """Of the selector, with what its results say against it."""
        return self.candidate.cost + SEVERAL_COST * bool(self.several) + self.beyond


def suggest(name: str, samples: Sequence[Sample]) -> list[Suggestion]:
    """Selectors of a field, to be tried in this order; none where none fits.

    Args:
        samples: article pages of one family.
    """
    told = [number for number, sample in enumerate(samples) if name in sample.values]
    offered = sorted({one for number in told for one in _offers(name, samples[number])})[:MOST_CANDIDATES]
    return cover(offered, lambda one: _try(name, one, samples), told, lambda number: samples[number].confidence(name))


def cover(
    offered: Iterable[Candidate],
    attempt: Callable[[Candidate], Trial],
    told: Sequence[int],
    confidence: Callable[[int], float],
) -> list[Suggestion]:
    """The fewest selectors that are right on the most pages and wrong on none.

    Args:
        offered: the best first.
        attempt: tries one on every page.
        told: numbers of the pages on which there is something to read.
        confidence: of what was read on a page.
    """
    trials = list(_tried(offered, attempt, frozenset(told)))
    least = min(2, len(told))  # what fits one page of several is an accident
    found: list[Suggestion] = []
    left = set(told)
    while left and len(found) < MOST_SELECTORS:
        fitting = [trial for trial in trials if len(trial.right & left) >= least]
        if not fitting:
            break
        best = min(fitting, key=lambda trial: (-len(trial.right & left), trial.cost, trial.candidate))
        left -= best.right
        found.append(
            Suggestion(
                css=best.candidate.css,
                right=len(best.right),
                of=len(told),
                beyond=best.beyond,
                confidence=sureness([confidence(number) for number in best.right]),
            )
        )
    return found


def _tried(
    offered: Iterable[Candidate], attempt: Callable[[Candidate], Trial], told: frozenset[int]
) -> Iterator[Trial]:
    """Trials of the candidates that are right somewhere and wrong nowhere, as long as a better one may come."""
    best = math.inf
    for candidate in offered:
        if candidate.cost >= best:
            return
        trial = attempt(candidate)
        if trial.right and not trial.wrong:
            yield trial
            if trial.right >= told:
                best = min(best, trial.cost)


def sureness(values: Sequence[float]) -> float:
    """Mean confidence of the values, by Laplace's rule of succession for so many pages without a failure.

    >>> round(sureness([0.9]), 2), round(sureness([0.9] * 10), 2)
    (0.6, 0.82)
    """
    return round(sum(values) / len(values) * (len(values) + 1) / (len(values) + 2), 3)


def _offers(name: str, sample: Sample) -> Iterator[Candidate]:
    if (holder := sample.holders.get(name)) is not None:
        yield from candidates(holder)
    ballot = sample.inspection.field(name).ballot
    for witness in ballot.winners if ballot else ():
        if witness.rule == "meta":
            yield from meta_candidates(sample.document, witness.place)


def _try(name: str, candidate: Candidate, samples: Sequence[Sample]) -> Trial:
    right: set[int] = set()
    wrong = beyond = several = 0
    for number, sample in enumerate(samples):
        value = sample.read(name, candidate.css)
        if value is None:
            continue
        if not sample.first_reads(name, candidate.css, value):
            wrong += 1  # it finds other things before the right one
            break
        if name not in sample.values:
            beyond += not sample.heard(name)
            wrong += sample.heard(name) and not same(name, value, sample.inspection.field(name).value)
        elif same(name, value, sample.values[name]):
            right.add(number)
            several += len(sample.document.select(candidate.css)) > 1
        else:
            wrong += 1
            break
    return Trial(candidate=candidate, right=frozenset(right), wrong=wrong, beyond=beyond, several=several)
