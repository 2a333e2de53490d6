"""What the answers to a question have in common: how many there are of each source, author, month …"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.query import hits
from storage.query.filters import Filters
from storage.query.plan import Key, plan
from storage.query.search import COUNTED, Count
from storage.records import SITE_ZONE
from storage.search.names import is_one_name
from storage.search.question import Question
from storage.store.batches import batches
from storage.store.indexing.documents import UNKNOWN_MOMENT
from storage.store.tables import SearchEntryRow, SearchLabelRow

SHOWN = 20
"""Values of one facet, the most frequent ones; months all."""


class FacetKind(StrEnum):
    """By what answers are counted. Each is also the name of a filter, but for the months."""

    MONTH = "month"
    SOURCE = "source"
    COLUMN = "column"
    CHANNEL = "channel"
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
    """Over how many answers was counted, and whether there are older ones that were not."""


def facets(session: Session, question: Question | None = None, filters: Filters | None = None) -> Facets:
    """Counts over the newest 1,000 answers to a question.

    An article counts once for each value it carries: two authors, two columns.

    Raises:
        StoreError: the database went away.
    """
    question = question or Question()
    asked = plan(session, question, filters or Filters())
    keys = list(islice(hits.newest_first(session, asked, question), COUNTED + 1))
    counted = keys[:COUNTED]
    by_kind = {FacetKind.MONTH: _months(counted), **_labelled(session, counted)}
    return Facets(
        by_kind={kind: values for kind, values in by_kind.items() if values},
        of=Count(number=len(counted), more=len(keys) > COUNTED),
    )


def _months(keys: Sequence[Key]) -> list[Facet]:
    times = (
        datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=moment)
        for moment, _ in keys
        if moment != UNKNOWN_MOMENT
    )
    counts = Counter(time.astimezone(SITE_ZONE).strftime("%Y-%m") for time in times)
    return [Facet(name=month, number=number) for month, number in sorted(counts.items(), reverse=True)]


def _labelled(session: Session, keys: Sequence[Key]) -> dict[FacetKind, list[Facet]]:
    counts: Counter[int] = Counter()
    for some in batches([article_id for _, article_id in keys]):
        query = select(SearchEntryRow.labels).where(SearchEntryRow.article_id.in_(some))
        for carried in session.scalars(query):
            counts.update(map(int, carried.split()))
    found: dict[FacetKind, list[Facet]] = {kind: [] for kind in FacetKind if kind is not FacetKind.MONTH}
    for labels in batches(sorted(counts)):
        wanted = SearchLabelRow.id.in_(labels), SearchLabelRow.kind.in_(list(found))
        for row in session.scalars(select(SearchLabelRow).where(*wanted)):
            if row.kind != FacetKind.EDITOR or is_one_name(row.name):
                found[FacetKind(row.kind)].append(Facet(name=row.name, number=counts[row.id]))
    return {kind: sorted(values, key=lambda one: (-one.number, one.name))[:SHOWN] for kind, values in found.items()}
