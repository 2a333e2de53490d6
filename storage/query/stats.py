"""Counting the archive: articles per day, month and hour, by column, source, editor and author."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, true
from sqlalchemy.orm import Session

from storage.records import SITE_ZONE, Moment, Precision
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
_NAMES = {By.COLUMN: ArticleRow.column, By.SOURCE: ArticleRow.source, By.EDITOR: ArticleRow.editor}


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

    An article with several authors counts for each of them; the editors of one article are counted as they stand there.
    Times count articles whose day is known; hours those whose time is.

    Args:
        since, until: First and last day of publication; articles without a known day are out as soon as one is given.
        limit: Only the first so many.
    """
    key, query = _counting(session, by)
    if since:
        query = query.where(ArticleRow.published_at >= Moment.of_day(since).at)
    if until:
        query = query.where(ArticleRow.published_at < Moment.of_day(until + timedelta(days=1)).at)
    number = func.count()
    order = (key,) if by in _SQLITE_TIMES else (number.desc(), key)
    rows = session.execute(query.add_columns(number).group_by(key).order_by(*order).limit(limit))
    return [Count(key=row[0] or "", number=row[1]) for row in rows]


def by_day_of(found: Iterable[Count]) -> dict[date, int]:
    """Counts by day, as a calendar needs them."""
    return {date.fromisoformat(one.key): one.number for one in found}


def last_twelve_months(session: Session, today: date) -> dict[date, int]:
    """Articles of each of the 365 days up to `today`; days without any are not in it."""
    return by_day_of(counts(session, By.DAY, since=today - timedelta(days=364), until=today))


def today_in_shanghai(moment: datetime) -> date:
    """The calendar day of a moment in the site's zone."""
    return moment.astimezone(SITE_ZONE).date()


def _counting(session: Session, by: By) -> tuple[ColumnElement[Any], Select[Any]]:
    """What is grouped by, and the query that yields it."""
    postgres = session.get_bind().dialect.name == "postgresql"
    if by is By.AUTHOR:
        unpack = func.jsonb_array_elements_text if postgres else func.json_each
        name = unpack(ArticleRow.authors).table_valued("value", name="name")
        return name.c.value, select(name.c.value).select_from(ArticleRow).join(name, true())
    if by in _NAMES:
        key: ColumnElement[Any] = func.coalesce(_NAMES[by], "")
        return key, select(key)
    at = ArticleRow.published_at
    if postgres:
        key = func.to_char(func.timezone(SITE_ZONE.key, at), _POSTGRES_TIMES[by])
    else:
        # China has kept +08:00 the whole year since 1991; SQLite knows no zones.
        key = func.strftime(_SQLITE_TIMES[by], at, "+8 hours")
    query = select(key).where(at.is_not(None))
    if by is By.HOUR:
        query = query.where(ArticleRow.published_precision != Precision.DAY)
    return key, query
