"""What is new: a day's articles by column, what was edited or removed lately, how fresh the archive is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, literal_column, select, text
from sqlalchemy.orm import InstrumentedAttribute, Session

from storage.records import Moment
from storage.store import issues
from storage.store.indexing import due
from storage.store.tables import (
    ArticleRow,
    ArticleState,
    LedgerRow,
    LedgerState,
    RunRow,
    RunState,
    SightingKind,
    SightingRow,
    VersionRow,
)
from storage.store.tables.reading import IS_EDIT

SPIDERS_THAT_LOOK = ("columns", "epaper")
"""Whose runs tell whether the archive is up to date; single addresses and re-parses do not."""
MOST_AT_ONCE = 100
"""Runs that may be under way together: the last to begin need not be the last to end."""


@dataclass(frozen=True, kw_only=True)
class Headline:
    """An article in a list: what one line of it says."""

    id: str
    title: str
    published: Moment | None
    source: str | None
    columns: tuple[str, ...]
    """栏目 as the page names it, else those of all lists that show it: what a filter finds it by."""
    state: ArticleState
    changed_at: datetime
    """When its current state was fetched, or since when it is gone."""


@dataclass(frozen=True, kw_only=True)
class Freshness:
    """Whether the archive is up to date."""

    last_run_at: datetime | None
    """When a crawl of lists last finished in order; None: never."""
    running: bool
    """Whether a crawl is under way."""
    waiting: int
    """Addresses that are known and were never fetched."""
    owed_days: tuple[date, ...]
    """Issues of the e-paper that are not whole yet, oldest first."""
    unindexed: int
    """Articles that searches may not find as they are: see `unindexed`."""


def newest_day(session: Session, today: date) -> date | None:
    """The last day up to today on which the website published an article, as far as the archive knows; None: it has
    none. A page whose date is wrong, and lies ahead, hides no other."""
    until = ArticleRow.published_at < Moment.of_day(today + timedelta(days=1)).at
    newest = session.scalar(select(func.max(ArticleRow.published_at)).where(_on_web(session), until))
    return Moment(at=newest).day if newest else None


def of_day(session: Session, day: date, *, limit: int = 200) -> dict[str, list[Headline]]:
    """The website's articles of a day by column, the newest first; those without a column under an empty name, those of
    several under each.
    """
    at = ArticleRow.published_at
    within = (at >= Moment.of_day(day).at, at < Moment.of_day(day + timedelta(days=1)).at)
    query = _headlines(ArticleRow.last_changed_at).where(*within, _on_web(session))
    rows = session.execute(query.order_by(at.desc(), ArticleRow.id).limit(limit)).all()
    found: dict[str, list[Headline]] = {}
    for headline in _named(session, rows):
        for column in headline.columns or ("",):
            found.setdefault(column, []).append(headline)
    return found


def edited(session: Session, limit: int = 10) -> list[Headline]:
    """Articles whose text the site changed, the last changed first."""
    # By the article's id, too: it is what the edits' index leads to, and `version_id` has none.
    current = (VersionRow.article_id == ArticleRow.id) & (VersionRow.id == ArticleRow.version_id)
    query = _headlines(VersionRow.seen_at).join(VersionRow, current)
    query = query.where(text(f"version.{IS_EDIT}")).order_by(VersionRow.seen_at.desc(), ArticleRow.id).limit(limit)
    return _named(session, session.execute(query).all())


def removed(session: Session, limit: int = 10) -> list[Headline]:
    """Articles the site no longer serves, the last removed first."""
    query = _headlines(ArticleRow.gone_at).where(ArticleRow.gone_at.is_not(None))
    rows = session.execute(query.order_by(ArticleRow.gone_at.desc(), ArticleRow.id).limit(limit)).all()
    return _named(session, rows)


def freshness(session: Session) -> Freshness:
    """Whether the archive is up to date."""
    looked = RunRow.spider.in_(SPIDERS_THAT_LOOK)
    ended = select(RunRow.finished_at).where(looked, RunRow.state == RunState.FINISHED)
    ended = ended.order_by(RunRow.id.desc()).limit(MOST_AT_ONCE)
    under_way = select(RunRow.id).where(looked, RunRow.state == RunState.RUNNING).limit(1)
    never = select(func.count()).where(
        LedgerRow.site.in_(_sites()),  # few; the index begins with them
        LedgerRow.state.in_((LedgerState.PENDING, LedgerState.LEASED)),
        LedgerRow.last_fetched_at.is_(None),
    )
    return Freshness(
        last_run_at=session.scalar(select(func.max(ended.subquery().c.finished_at))),
        running=session.scalar(under_way) is not None,
        waiting=session.scalar(never) or 0,
        owed_days=tuple(issues.unsettled(session)),
        unindexed=unindexed(session),
    )


def _sites() -> Select[str]:
    """The sites of the ledger, each found behind the one before: all of its rows, or of the runs, would be gone through
    to tell which differ."""
    first = select(func.min(LedgerRow.site).label("site")).cte("sites", recursive=True)
    behind = select(func.min(LedgerRow.site)).where(LedgerRow.site > first.c.site).scalar_subquery()
    sites = first.union_all(select(behind).where(first.c.site.is_not(None)))
    return select(sites.c.site).where(sites.c.site.is_not(None))


def unindexed(session: Session) -> int:
    """How many articles wait for the search index: all while it is being made anew, and what was changed in plain SQL
    since a transaction of ours last ended."""
    return due.waiting(session.connection())


def _on_web(session: Session) -> ColumnElement[Any]:
    """Whether an article is the website's. SQLite is told that most are: else it takes the index of print pages, which
    leads to all of them, and not the index by time that is made for them."""
    condition = ArticleRow.edition_day.is_(None)
    sqlite = session.get_bind().dialect.name == "sqlite"
    return func.likelihood(condition, literal_column("0.9")) if sqlite else condition


def _headlines(changed_at: InstrumentedAttribute[Any]) -> Select[*tuple[Any, ...]]:
    """Light columns only: a body is a hundred times as long as all of them."""
    return select(
        ArticleRow.id,
        ArticleRow.title,
        ArticleRow.published_at,
        ArticleRow.published_precision,
        ArticleRow.source,
        ArticleRow.column,
        ArticleRow.state,
        changed_at.label("changed_at"),
    )


def _named(session: Session, rows: Sequence[Row[*tuple[Any, ...]]]) -> list[Headline]:
    """Rows of `_headlines`, with the columns of the lists that show them where the page names none."""
    nameless = [row.id for row in rows if not row.column]
    listed = (SightingRow.kind == SightingKind.COLUMN, SightingRow.column.is_not(None))
    query = select(SightingRow.article_id, SightingRow.column).where(SightingRow.article_id.in_(nameless), *listed)
    columns: dict[str, dict[str, None]] = {}
    for row in session.execute(query.order_by(SightingRow.id)):
        columns.setdefault(row.article_id, {})[row.column] = None
    return [
        Headline(
            id=row.id,
            title=row.title,
            published=Moment(at=row.published_at, precision=row.published_precision) if row.published_at else None,
            source=row.source,
            columns=(row.column,) if row.column else tuple(columns.get(row.id, ())),
            state=row.state,
            changed_at=row.changed_at,
        )
        for row in rows
    ]
