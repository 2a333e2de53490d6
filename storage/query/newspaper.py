"""The e-paper as a reader leafs through it: which days have an issue, and the pages and articles of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.query.editions import read_pages
from storage.store import issues
from storage.store.tables import ArticleRow, IssueRow, IssueState, SightingKind, SightingRow


@dataclass(frozen=True, kw_only=True)
class Day:
    """One day of a paper, as far as it was looked for."""

    day: date
    state: IssueState
    pages: int | None
    articles: int | None
    note: str


@dataclass(frozen=True, kw_only=True)
class Slot:
    """An article on a print page."""

    id: str
    title: str
    subtitle: str | None
    authors: tuple[str, ...]
    gone: bool


@dataclass(frozen=True, kw_only=True)
class PrintPage:
    """One page (版) of an issue."""

    label: str
    """版次 without 版; empty where no page says it."""
    name: str
    """版名; empty where it has none."""
    articles: tuple[Slot, ...]
    """In the order in which the page lists them."""


@dataclass(frozen=True, kw_only=True)
class Issue:
    """One day's issue."""

    paper: str
    day: Day
    pages: tuple[PrintPage, ...]
    """In the order of their 版次."""


def papers(session: Session) -> list[str]:
    """Codes of the papers that were looked for, the one with the most days first."""
    query = select(IssueRow.paper).group_by(IssueRow.paper).order_by(func.count().desc(), IssueRow.paper)
    return list(session.scalars(query))


def days(session: Session, paper: str, since: date, until: date) -> dict[date, Day]:
    """What is known of each day; days that were never looked for are not in it."""
    query = select(IssueRow).where(IssueRow.paper == paper, IssueRow.day.between(since, until))
    return {row.day: _day(row) for row in session.scalars(query.order_by(IssueRow.day))}


def newest(session: Session, paper: str) -> date | None:
    """The last day of which the archive has articles in print."""
    query = select(func.max(IssueRow.day)).where(IssueRow.paper == paper, IssueRow.articles > 0)
    return session.scalar(query)


def first(session: Session, paper: str) -> date | None:
    """The first day of which the archive has articles in print."""
    query = select(func.min(IssueRow.day)).where(IssueRow.paper == paper, IssueRow.articles > 0)
    return session.scalar(query)


def issue(session: Session, paper: str, day: date) -> Issue | None:
    """One day's issue; None where the day was never looked for."""
    row = issues.find(session, paper, day)
    if row is None:
        return None
    return Issue(paper=paper, day=_day(row), pages=_pages(session, paper, day))


def issue_before(session: Session, paper: str, day: date) -> date | None:
    """The last day before another that has an issue; None where there is none."""
    there = select(IssueRow.day).where(IssueRow.paper == paper, IssueRow.articles > 0, IssueRow.day < day)
    return session.scalar(there.order_by(IssueRow.day.desc()).limit(1))


def issue_after(session: Session, paper: str, day: date) -> date | None:
    """The first day after another that has an issue; None where there is none."""
    there = select(IssueRow.day).where(IssueRow.paper == paper, IssueRow.articles > 0, IssueRow.day > day)
    return session.scalar(there.order_by(IssueRow.day).limit(1))


def _pages(session: Session, paper: str, day: date) -> tuple[PrintPage, ...]:
    """Sightings are in the order in which the print pages list their articles."""
    query = (
        select(
            ArticleRow.id,
            ArticleRow.title,
            ArticleRow.subtitle,
            ArticleRow.authors,
            ArticleRow.gone_at,
            SightingRow.label,
            SightingRow.page_name,
        )
        .join(SightingRow, SightingRow.article_id == ArticleRow.id)
        .where(SightingRow.kind == SightingKind.EDITION, SightingRow.day == day)
        .where(SightingRow.place.startswith(f"{paper} {day}", autoescape=True))
        .order_by(SightingRow.id)
    )
    found: dict[str, list[Slot]] = {}
    names: dict[str, str] = {}
    for row in session.execute(query):
        label = row.label or ""
        names[label] = names.get(label) or row.page_name or ""
        slot = Slot(
            id=row.id,
            title=row.title,
            subtitle=row.subtitle,
            authors=tuple(row.authors),
            gone=row.gone_at is not None,
        )
        found.setdefault(label, []).append(slot)
    return tuple(
        PrintPage(label=label, name=names[label], articles=tuple(found[label])) for label in sorted(found, key=_place)
    )


def _place(label: str) -> tuple[bool, str, int, str]:
    """Order of print: sections by their letter, pages by number, what is no 版次 last."""
    pages = read_pages(label)
    return (pages is None, pages.section if pages else "", pages.first if pages else 0, label)


def _day(row: IssueRow) -> Day:
    return Day(day=row.day, state=row.state, pages=row.pages, articles=row.articles, note=row.note)
