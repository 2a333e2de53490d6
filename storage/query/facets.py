"""What the answers to a question have in common: how many there are of each source, author, month …"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import islice

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from storage.query import hits
from storage.query.editions import plain_label, read_place
from storage.query.filters import Filters, StateFilter
from storage.query.plan import Key, plan
from storage.query.search import COUNTED, Count
from storage.records import SITE_ZONE
from storage.search.names import is_one_name
from storage.search.question import Question
from storage.store.batches import batches
from storage.store.indexing.documents import GONE, UNKNOWN_MOMENT, LabelKind
from storage.store.tables import SearchEntryRow, SearchLabelRow

SHOWN = 20
"""Values of one facet, the most frequent ones; months all."""


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
    by_kind = {FacetKind.MONTH: _months(counted), **_labelled(session, [article_id for _, article_id in counted])}
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


def _labelled(session: Session, ids: Sequence[str]) -> dict[FacetKind, list[Facet]]:
    carried = _carried(session, ids)
    meaning = _meaning(session, {label for labels in carried for label in labels})
    counts: Counter[tuple[FacetKind, str]] = Counter()
    for labels in carried:
        counts.update({meaning[label] for label in labels if label in meaning})  # two 版名 of one 版次 count once
    if live := len(carried) - counts[FacetKind.STATE, GONE]:
        counts[FacetKind.STATE, StateFilter.LIVE] = live
    found: dict[FacetKind, list[Facet]] = {kind: [] for kind in FacetKind}
    for (kind, name), number in counts.items():
        if number:
            found[kind].append(Facet(name=name, number=number))
    return {kind: sorted(some, key=lambda one: (-one.number, one.name))[:SHOWN] for kind, some in found.items() if some}


def _carried(session: Session, ids: Sequence[str]) -> list[list[str]]:
    """Of each article the ids of its labels, as text."""
    entry = SearchEntryRow
    queries = (select(entry.labels).where(entry.article_id.in_(some)) for some in batches(ids))
    return [labels.split() for query in queries for labels in session.scalars(query)]


def _meaning(session: Session, labels: set[str]) -> dict[str, tuple[FacetKind, str]]:
    """Label → what it is counted as, of those that are counted."""
    row = SearchLabelRow
    found = {}
    for some in batches(sorted(map(int, labels))):
        query = select(row.id, row.kind, row.key, row.name).where(row.id.in_(some), row.kind.in_(_KINDS))
        for one in session.execute(query):
            if name := _name(one):
                found[str(one.id)] = (_KINDS[LabelKind(one.kind)], name)
    return found


def _name(label: Row[int, str, str, str]) -> str | None:
    """The value a label stands for, as a filter takes it; None: none that is counted."""
    if label.kind == LabelKind.PAGE:
        return plain_label(read_place(label.key).label or "") or None
    if label.kind == LabelKind.EDITOR and not is_one_name(label.name):
        return None
    return str(label.name)
