"""Selectors of an article's text: tried by reading every page again with each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from crawler.parse.reader import examine
from crawler.sites.profile import Selectors, SiteProfile
from crawler.suggest.candidates import PLACE_COST, Candidate, candidates
from crawler.suggest.choose import Suggestion, Trial, cover
from crawler.suggest.samples import Sample
from storage.records import Article

MOST_CANDIDATES = 40
"""A trial reads every page, which takes some hundredths of a second each."""
ALIKE = 0.98
"""Two readings of a text are the same from this overlap on (F1 over characters in equal lines): a caption more or a
button less is no other text."""


def suggest_body(samples: Sequence[Sample], profile: SiteProfile) -> list[Suggestion]:
    """Selectors of the text, to be tried in this order; none where none fits.

    Args:
        samples: article pages of one family.
        profile: that brings pages to their family; its selectors are not used.
    """
    told = [number for number, sample in enumerate(samples) if "body" in sample.values]
    offered = sorted({one for number in told for one in _offers(samples[number])})[:MOST_CANDIDATES]
    trials = _Trials(samples, profile)
    return cover(offered, trials.attempt, told, lambda number: samples[number].confidence("body"))


def _offers(sample: Sample) -> Iterator[Candidate]:
    body = sample.inspection.body
    elements = [body.element if body else None, sample.holders.get("body")]
    for element in dict.fromkeys(elements):
        if element is not None:
            yield from (one for one in candidates(element) if one.cost < PLACE_COST)


class _Trials:
    """Candidates tried on every page. Those that find the same elements are read once."""

    def __init__(self, samples: Sequence[Sample], profile: SiteProfile) -> None:
        self.samples = samples
        self.profile = profile
        self.known: dict[tuple[int, tuple[HtmlElement, ...]], str | None] = {}

    def attempt(self, candidate: Candidate) -> Trial:
        """One candidate."""
        right: set[int] = set()
        beyond = several = wrong = 0
        for number, sample in enumerate(self.samples):
            found = tuple(sample.document.select(candidate.css))
            text = self._read(number, candidate.css, found) if found else None
            if text is None:
                continue
            if "body" not in sample.values:
                beyond += 1
            elif overlap(text, sample.values["body"]) >= ALIKE:
                right.add(number)
                several += len(found) > 1
            else:
                wrong += 1
                break
        return Trial(candidate=candidate, right=frozenset(right), wrong=wrong, beyond=beyond, several=several)

    def _read(self, number: int, css: str, found: tuple[HtmlElement, ...]) -> str | None:
        """The text as it is read with one selector; None where the selector had no part in it."""
        if (number, found) not in self.known:
            sample = self.samples[number]
            selectors = {sample.family: Selectors(body=(css,))}
            examined = examine(sample.page, self.profile.model_copy(update={"selectors": selectors}))
            chosen = examined.body is not None and examined.body.how.rule == "selector"
            text = examined.result.body if chosen and isinstance(examined.result, Article) else None
            self.known[number, found] = text
        return self.known[number, found]


def overlap(one: str, other: str) -> float:
    """How much two texts have in common: F1 over the characters of equal lines, in [0, 1].

    >>> overlap("港口\\n码头", "港口\\n码头"), overlap("港口", "码头"), overlap("", "")
    (1.0, 0.0, 1.0)
    """
    lines, others = Counter(one.splitlines()), Counter(other.splitlines())
    shared = sum(len(line) * count for line, count in (lines & others).items())
    total = len(one.replace("\n", "")) + len(other.replace("\n", ""))
    return 2 * shared / total if total else 1.0
