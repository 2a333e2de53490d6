"""What the index is asked: a question and filters in terms of grams, labels and time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy.orm import Session

from storage.query.filters import Filters
from storage.search.grams import Grams, grams_of_word
from storage.search.numbers import gram_number, is_own
from storage.search.question import Question
from storage.store.indexing.documents import UNKNOWN_MOMENT

Key = tuple[int, str]
"""(moment of publication, article id): the order of articles, the newest first and unknown moments last."""


class Entry(NamedTuple):
    """An article that was found, as the index knows it. Entries sort as their keys do."""

    moment: int
    """Of publication."""
    article_id: str
    number: int
    """In the index."""
    digest: str
    """Of its texts."""
    labels: str
    """Numbers of what it is filtered by, separated by blanks."""

    @property
    def key(self) -> Key:
        """Its place in the order."""
        return self[:2]


FIRST: Key = (2**62, "")
"""Newer than every article."""
LAST: Key = (-(2**63), "")
"""Older than every article."""
ANY_NUMBER = 2**62
"""Above the number of every entry in the index."""


@dataclass(frozen=True, kw_only=True)
class Window:
    """Between which articles to look; both ends excluded."""

    before: Key = FIRST
    after: Key = LAST
    arrived: int = ANY_NUMBER
    """Only entries whose number is below this: those that were in the index when it was the next one."""

    def has(self, entry: Entry) -> bool:
        """Whether an article lies within."""
        return self.after < entry.key < self.before


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Articles that are not ruled out by the index. All conditions must hold."""

    groups: tuple[tuple[Grams, ...], ...] = ()
    """Of each group the grams of one word must be there."""
    without: tuple[str, ...] = ()
    """Grams that must not be there."""
    labels: tuple[tuple[int, ...], ...] = ()
    """Of each group one label must be there; of an empty one none can be: nothing is found."""
    without_labels: tuple[int, ...] = ()
    window: Window = Window()
    exact: bool = True
    """Whether what is not ruled out is an answer; else the texts have to be looked at."""

    @property
    def impossible(self) -> bool:
        """Whether nothing can be found."""
        return not all(self.labels) or self.window.after >= self.window.before

    @property
    def everything(self) -> bool:
        """Whether nothing must be there."""
        return not self.groups and not self.labels


def plan(
    session: Session, question: Question, filters: Filters, *, before: Key = FIRST, arrived: int = ANY_NUMBER
) -> Plan:
    """What to ask for the articles that answer a question and pass the filters.

    Args:
        before: Only those that are older than this.
        arrived: Only those whose number in the index is below this.
    """
    numbered = session.get_bind().dialect.name == "postgresql"
    groups = tuple(tuple(map(grams_of_word, group)) for group in question.all)
    negatives = [(word, grams_of_word(word)) for word in question.none]
    certain = [grams.all[0] for _, grams in negatives if _is_exact(grams, numbered)]
    labels = filters.labels(session)
    exact = all(_is_exact(grams, numbered) for group in groups for grams in group)
    if not groups and not labels.one_of:
        exact = not negatives  # an index of what is there cannot give what is not
    return Plan(
        groups=groups,
        without=tuple(certain),
        labels=labels.one_of,
        without_labels=labels.none_of,
        window=_window(filters, before, arrived),
        exact=exact and len(certain) == len(negatives),
    )


def _is_exact(grams: Grams, numbered: bool) -> bool:
    return grams.exact and (not numbered or is_own(gram_number(grams.all[0])))


def _window(filters: Filters, before: Key, arrived: int) -> Window:
    since, until = filters.moments()
    dated = since is not None or until is not None
    oldest = since if since is not None else UNKNOWN_MOMENT + 1
    return Window(
        before=min(before, (until, "")) if until is not None else before,
        after=(oldest, "") if dated else LAST,
        arrived=arrived,
    )


def required(groups: Sequence[Sequence[Grams]]) -> tuple[tuple[str, ...], list[Sequence[Grams]]]:
    """Grams that must all be there, and the groups that leave a choice."""
    single = [group[0] for group in groups if len(group) == 1]
    grams = dict.fromkeys(gram for one in single for gram in one.all)
    return tuple(grams), [group for group in groups if len(group) > 1]
