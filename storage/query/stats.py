"""Counting the archive: articles per day, month and hour, by column, source, editor and author."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from storage.query.filters import FIRST_DAY, LAST_DAY
from storage.query.named import nameless, numbers, numbers_by_month
from storage.records import SITE_ZONE, Moment, Precision
from storage.store.indexing.documents import LabelKind
from storage.store.tables import ArticleRow


class By(StrEnum):
    """What articles are counted by."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    HOUR = "hour"
    COLUMN = "column"
    SOURCE = "source"
    EDITOR = "editor"
    AUTHOR = "author"


_SQLITE_TIMES = {By.DAY: "%Y-%m-%d", By.MONTH: "%Y-%m", By.YEAR: "%Y", By.HOUR: "%H"}
_POSTGRES_TIMES = {By.DAY: "YYYY-MM-DD", By.MONTH: "YYYY-MM", By.YEAR: "YYYY", By.HOUR: "HH24"}
_NAMES = {
    By.COLUMN: LabelKind.COLUMN,
    By.SOURCE: LabelKind.SOURCE,
    By.EDITOR: LabelKind.EDITOR,
    By.AUTHOR: LabelKind.AUTHOR,
}


@dataclass(frozen=True, kw_only=True)
class Count:
    """Articles of one kind."""

    key: str
    """The day (`2024-07-26`), month, hour (`09`), name …; empty where the article does not say."""
    number: int


def counts(
    session: Session, by: By, *, since: date | None = None, until: date | None = None, limit: int | None = None
) -> list[Count]:
    """Articles by one of their fields: times in their order, names from the most to the least.

    Names are what the search index labels an article with, so that a filter finds what is counted here: each author and
    editor by himself, and the column that the article names, else those of the lists that show it. Times count articles
    whose day is known; hours those whose time is.

    Args:
        since, until: First and last day of publication; articles without a known day are out as soon as one is given.
        limit: Only the first so many.
    """
    if kind := _NAMES.get(by):
        return _named(session, kind, since, until)[:limit]
    key, query = _counting(session, by)
    if since:
        query = query.where(ArticleRow.published_at >= _midnight(since))
    if until:
        query = query.where(ArticleRow.published_at < _midnight(until) + timedelta(days=1))
    rows = session.execute(query.add_columns(func.count()).group_by(key).order_by(key).limit(limit))
    return [Count(key=row[0], number=row[1]) for row in rows]


def over_months(session: Session, by: By, *, most: int = 8) -> dict[str, list[Count]]:
    """Articles per month of the `most` frequent names: name → its months in order, those without any left out.

    Args:
        by: `column`, `source`, `editor` or `author`.
    """
    names = [one.key for one in counts(session, by, limit=most + 1) if one.key][:most]
    found: dict[str, list[Count]] = {name: [] for name in names}
    for name, month, number in numbers_by_month(session, _NAMES[by], names):
        found[name].append(Count(key=month, number=number))
    return found


COVERED = {
    "published_at": ArticleRow.published_at.is_not(None),
    "source": ArticleRow.source.is_not(None),
    "editor": ArticleRow.editor.is_not(None),
    "column": ArticleRow.column.is_not(None),
}
"""Field → whether an article has it. Title and text every article has: without them it is none."""


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """How many of the articles first seen in a month have each field: a fall says that a page has changed its shape."""

    month: str
    articles: int
    fields: dict[str, int]
    """Field → articles that have it."""


def coverage(session: Session, *, months: int = 12) -> list[Coverage]:
    """The last months in which articles were first seen, in their order."""
    month = _part(session, By.MONTH, ArticleRow.first_seen_at)
    filled = [func.count(case((there, 1))) for there in COVERED.values()]
    query = select(month, func.count(), *filled).group_by(month).order_by(month.desc()).limit(months)
    found = [
        Coverage(month=row[0], articles=row[1], fields=dict(zip(COVERED, row[2:], strict=True)))
        for row in session.execute(query)
    ]
    return found[::-1]


def by_day_of(found: Iterable[Count]) -> dict[date, int]:
    """Counts by day, as a calendar needs them."""
    return {date.fromisoformat(one.key): one.number for one in found}


def last_twelve_months(session: Session, today: date) -> dict[date, int]:
    """Articles of each of the 365 days up to `today`; days without any are not in it."""
    return by_day_of(counts(session, By.DAY, since=today - timedelta(days=364), until=today))


def today_in_shanghai(moment: datetime) -> date:
    """The calendar day of a moment in the site's zone."""
    return moment.astimezone(SITE_ZONE).date()


def _named(session: Session, kind: LabelKind, since: date | None, until: date | None) -> list[Count]:
    """Who has no name counts under an empty one; an article without authors counts for nobody."""
    found = numbers(session, kind, since, until)
    if kind is not LabelKind.AUTHOR and (rest := nameless(session, kind, since, until)):
        found[""] = rest
    return [Count(key=name, number=number) for name, number in sorted(found.items(), key=lambda one: (-one[1], one[0]))]


def _counting(session: Session, by: By) -> tuple[ColumnElement[Any], Select[Any]]:
    """Which part of a time is grouped by, and the query that yields it."""
    key = _part(session, by, ArticleRow.published_at)
    query = select(key).where(ArticleRow.published_at.is_not(None))
    if by is By.HOUR:
        query = query.where(ArticleRow.published_precision != Precision.DAY)
    return key, query


def _part(session: Session, by: By, at: InstrumentedAttribute[Any]) -> ColumnElement[str]:
    """A part of a time as the site's calendar has it."""
    if session.get_bind().dialect.name == "postgresql":
        return func.to_char(func.timezone(SITE_ZONE.key, at), _POSTGRES_TIMES[by])
    # China has kept +08:00 the whole year since 1991; SQLite knows no zones.
    return func.strftime(_SQLITE_TIMES[by], at, "+8 hours")


def _midnight(day: date) -> datetime:
    """The first moment of a day; of one beyond all calendars, that of the nearest that can be expressed."""
    return Moment.of_day(min(max(day, FIRST_DAY), LAST_DAY)).at
