"""What the answers to a question have in common: how many there are of each source, author, month …"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from sqlalchemy.orm import Session

from storage.query.bykeys import rows_by_key
from storage.query.editions import plain_label, read_place
from storage.query.filters import Filters, StateFilter
from storage.query.named import is_counted
from storage.query.plan import FIRST, Entry
from storage.query.search import Count, Newest, newest
from storage.records import SITE_ZONE
from storage.search.question import Question
from storage.store.indexing.documents import GONE, UNKNOWN_MOMENT, LabelKind, moment_of

SHOWN = 20
"""Values of one facet, the most frequent ones; months all."""
VALUES_KEPT = 5_000
"""Labels whose value stays worked out. Of a paper of sixteen pages a year has some two thousand, most of one day each;
those that many articles carry are a few hundred."""


class FacetKind(StrEnum):
    """By what answers are counted. Each is also the name of a filter, but for the months.

    The filters `source`, `column` and `edition` find parts; `filters.WHOLE` before a value makes it find what was
    counted.
    """

    MONTH = "month"
    SOURCE = "source"
    COLUMN = "column"
    CHANNEL = "channel"
    EDITION = "edition"
    """By 版次: how many stood on the first page."""
    EDITOR = "editor"
    AUTHOR = "author"
    STATE = "state"


@dataclass(frozen=True, kw_only=True)
class Facet:
    """One value, and how many answers carry it."""

    name: str
    """As a filter takes it; a month as `2024-07`."""
    number: int


@dataclass(frozen=True, kw_only=True)
class Facets:
    """Counts over the newest answers."""

    by_kind: Mapping[FacetKind, Sequence[Facet]]
    """The most frequent value first, months from the newest on; kinds without any value are left out."""
    of: Count
    """Over how many answers was counted, and whether there are, or may be, older ones that were not."""


def facets(session: Session, question: Question | None = None, filters: Filters | None = None) -> Facets:
    """Counts over the newest 1,000 answers to a question.

    An article counts once for each value it carries: two authors, two columns.

    Raises:
        StoreError: the database went away.
    """
    return facets_of(session, newest(session, question or Question(), filters or Filters()))


def facets_of(session: Session, found: Newest) -> Facets:
    """Counts over answers that have been found.

    Raises:
        StoreError: the database went away.
    """
    by_kind = {FacetKind.MONTH: _months(found.entries), **_labelled(session, found.entries)}
    return Facets(by_kind={kind: values for kind, values in by_kind.items() if values}, of=found.count)


def _months(entries: Sequence[Entry]) -> list[Facet]:
    """From the newest on, as they come: the calendar is asked once for each month."""
    counts: dict[str, int] = {}
    month, begins = "", FIRST[0]
    for one in entries:
        if one.moment == UNKNOWN_MOMENT:
            break  # these come last
        if one.moment < begins:
            first = _first_of_month(one.moment)
            month, begins = f"{first:%Y-%m}", moment_of(first)
        counts[month] = counts.get(month, 0) + 1
    return [Facet(name=name, number=number) for name, number in counts.items()]


def _first_of_month(moment: int) -> datetime:
    """The midnight in the site's zone that its month begins with."""
    at = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=moment)).astimezone(SITE_ZONE)
    return at.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


_KINDS = {
    LabelKind.SOURCE: FacetKind.SOURCE,
    LabelKind.COLUMN: FacetKind.COLUMN,
    LabelKind.CHANNEL: FacetKind.CHANNEL,
    LabelKind.PAGE: FacetKind.EDITION,
    LabelKind.EDITOR: FacetKind.EDITOR,
    LabelKind.AUTHOR: FacetKind.AUTHOR,
    LabelKind.STATE: FacetKind.STATE,
}
"""Which labels of the index are counted as what."""


def _labelled(session: Session, entries: Sequence[Entry]) -> dict[FacetKind, list[Facet]]:
    by_label = Counter(" ".join(one.labels for one in entries).split())
    meaning = _meaning(session, by_label)
    counts: Counter[tuple[FacetKind, str]] = Counter()
    for label, value in meaning.items():
        counts[value] += by_label[label]
    _count_once(counts, entries, meaning)
    if live := len(entries) - counts[FacetKind.STATE, GONE]:
        counts[FacetKind.STATE, StateFilter.LIVE] = live
    found: dict[FacetKind, list[Facet]] = {kind: [] for kind in FacetKind}
    for (kind, name), number in counts.items():
        if number:
            found[kind].append(Facet(name=name, number=number))
    return {kind: sorted(some, key=lambda one: (-one.number, one.name))[:SHOWN] for kind, some in found.items() if some}


def _count_once(
    counts: Counter[tuple[FacetKind, str]],
    entries: Sequence[Entry],
    meaning: Mapping[str, tuple[FacetKind, str]],
) -> None:
    """Take off what an article counts twice for: two labels that mean the same, as two 版名 of one 版次 do."""
    of_value = Counter(meaning.values())
    several = {label: value for label, value in meaning.items() if of_value[value] > 1}
    for one in entries if several else ():
        values = [several[label] for label in one.labels.split() if label in several]
        if len(values) > 1:
            counts.subtract(Counter(values) - Counter(set(values)))


def _meaning(session: Session, labels: Iterable[str]) -> dict[str, tuple[FacetKind, str]]:
    """Label → what it is counted as, of those that are counted."""
    found, query = {}, "SELECT id, kind, key, name FROM search_label WHERE id"
    for number, kind, key, name in rows_by_key(session, query, [*map(int, labels)]):
        if (counted := _KINDS.get(kind)) and (value := _value(kind, key, name)):
            found[str(number)] = (counted, value)
    return found


@lru_cache(maxsize=VALUES_KEPT)
def _value(kind: str, key: str, name: str) -> str | None:
    """What a label stands for, as a filter takes it; None: nothing that is counted."""
    if kind == LabelKind.PAGE:
        return plain_label(read_place(key).label or "") or None
    return name if is_counted(kind, name) else None
