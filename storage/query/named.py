"""Articles counted by the names they carry: source, editor, author, column, as the index labels them.

The labels are the one definition of what an article names: a filter finds by them, facets and figures count them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Integer, Select, TableValuedAlias, cast, func, select, true
from sqlalchemy.orm import Session

from storage.query.filters import Filters
from storage.records import SITE_ZONE
from storage.search.names import is_one_name
from storage.store.indexing.documents import UNKNOWN_MOMENT, LabelKind
from storage.store.tables import SearchEntryRow, SearchLabelRow

_SECOND = 1_000_000
"""Microseconds."""


def is_counted(kind: str, name: str) -> bool:
    """Whether a label is counted: of several editors in one field each is, not all together."""
    return kind != LabelKind.EDITOR or is_one_name(name)


def numbers(session: Session, kind: LabelKind, since: date | None, until: date | None) -> dict[str, int]:
    """Name → articles that carry it.

    Args:
        since, until: First and last day of publication; articles without a known day are out as soon as one is given.
    """
    names, carried = _names(session, kind), _carried(session)
    query = _carrying(select(carried.c.value, func.count()), carried).where(carried.c.value.in_(_labels_of(kind)))
    rows = session.execute(query.where(*_within(since, until)).group_by(carried.c.value))
    return {names[label]: number for label, number in rows if label in names}


def nameless(session: Session, kind: LabelKind, since: date | None, until: date | None) -> int:
    """Articles that carry no name of a kind."""
    carried, within = _carried(session), _within(since, until)
    named = _carrying(select(func.count(SearchEntryRow.number.distinct())), carried)
    every = session.scalar(select(func.count()).select_from(SearchEntryRow).where(*within)) or 0
    return every - (session.scalar(named.where(carried.c.value.in_(_labels_of(kind)), *within)) or 0)


def numbers_by_month(session: Session, kind: LabelKind, only: Collection[str]) -> Iterator[tuple[str, str, int]]:
    """(name, month, articles) of a few names, in the order of the months; articles of no known day are left out."""
    names = {label: name for label, name in _names(session, kind).items() if name in only}
    carried, month = _carried(session), _month(session)
    query = _carrying(select(carried.c.value, month, func.count()), carried).where(carried.c.value.in_(names))
    known = SearchEntryRow.moment > UNKNOWN_MOMENT
    for label, at, number in session.execute(query.where(known).group_by(carried.c.value, month).order_by(month)):
        yield names[label], at, number


def _names(session: Session, kind: LabelKind) -> dict[int, str]:
    rows = session.execute(select(SearchLabelRow.id, SearchLabelRow.name).where(SearchLabelRow.kind == kind))
    return {label: name for label, name in rows if is_counted(kind, name)}


def _labels_of(kind: LabelKind) -> Select[int]:
    return select(SearchLabelRow.id).where(SearchLabelRow.kind == kind)


def _carried(session: Session) -> TableValuedAlias:
    """The labels of an entry, one a row."""
    labels = SearchEntryRow.labels
    if session.get_bind().dialect.name == "postgresql":
        return func.unnest(cast(func.string_to_array(labels, " "), ARRAY(Integer))).table_valued("value", name="value")
    return func.json_each("[" + func.replace(labels, " ", ",") + "]").table_valued("value", name="value")


def _carrying(query: Select[Any], carried: TableValuedAlias) -> Select[Any]:
    return query.select_from(SearchEntryRow).join(carried, true())


def _within(since: date | None, until: date | None) -> list[ColumnElement[bool]]:
    first, end = Filters(since=since, until=until).moments()
    moment = SearchEntryRow.moment
    within = [moment >= first] if first is not None else [moment > UNKNOWN_MOMENT] if end is not None else []
    return within if end is None else [*within, moment < end]


def _month(session: Session) -> ColumnElement[str]:
    """As the site's calendar has it."""
    seconds = SearchEntryRow.moment // _SECOND
    if session.get_bind().dialect.name == "postgresql":
        return func.to_char(func.timezone(SITE_ZONE.key, func.to_timestamp(seconds)), "YYYY-MM")
    # China has kept +08:00 the whole year since 1991; SQLite knows no zones.
    return func.strftime("%Y-%m", seconds, "unixepoch", "+8 hours")
