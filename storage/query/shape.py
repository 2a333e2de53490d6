"""The one JSON shape of an article: what search, show, fetch and export print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, TypedDict

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session

from storage.records import SITE_ZONE, Article, Moment
from storage.store.batches import batches
from storage.store.tables import ArticleRow, SightingKind, SightingRow

# What is shown of them, as rows: objects of the mapped classes take several times as long to make. The statements are
# made once: making one takes longer than running it.
_ARTICLES = select(
    ArticleRow.id,
    ArticleRow.url,
    ArticleRow.title,
    ArticleRow.subtitle,
    ArticleRow.kicker,
    ArticleRow.published_at,
    ArticleRow.published_precision,
    ArticleRow.source,
    ArticleRow.editor,
    ArticleRow.authors,
    ArticleRow.column,
    ArticleRow.edition_day,
    ArticleRow.edition_label,
    ArticleRow.edition_page_name,
    ArticleRow.body,
    ArticleRow.first_seen_at,
    ArticleRow.last_changed_at,
).where(ArticleRow.id.in_(bindparam("ids", expanding=True)))
_SIGHTINGS = (
    select(
        SightingRow.article_id,
        SightingRow.url,
        SightingRow.kind,
        SightingRow.column,
        SightingRow.day,
        SightingRow.label,
        SightingRow.page_name,
    )
    .where(SightingRow.article_id.in_(bindparam("ids", expanding=True)))
    .order_by(SightingRow.first_seen_at, SightingRow.id)
)


class EditionShape(TypedDict):
    """Where an article was printed."""

    date: str
    """Day of the issue."""
    label: str | None
    """版次 without 版."""
    page_name: str | None
    """版名."""


class ArticleShape(TypedDict):
    """One article. Every key is always there; None, or an empty list, means: not known."""

    id: str | None
    """None for a page that was read and not stored."""
    url: str
    """Address it was read from."""
    urls: list[str]
    """Every address it was seen at, that one first."""
    title: str
    subtitle: str | None
    """Line under the headline."""
    kicker: str | None
    """Line above it: 引题."""
    published_at: str | None
    """ISO 8601 with +08:00; a day alone where no time is known."""
    source: str | None
    editor: str | None
    authors: list[str]
    column: str | None
    """栏目 as the page names it, else of the list that led there."""
    edition: EditionShape | None
    """Of the page it was read from, else of the print page the same text was seen on."""
    body: str
    """Paragraphs, one a line."""
    first_seen_at: str | None
    last_changed_at: str | None


def articles(session: Session, ids: Iterable[str]) -> Iterator[ArticleShape]:
    """The articles with those ids, in that order, but for those that are gone from the database: the search index hears
    of what somebody deleted in plain SQL when the next one writes. Read in batches."""
    for some in batches(list(ids)):
        rows = {row.id: row for row in session.execute(_ARTICLES, {"ids": some})}
        seen = _sightings(session, some)
        yield from (shape_of(rows[one], seen.get(one, ())) for one in some if one in rows)


def shape_of(row: ArticleRow | Row[Any], sightings: Sequence[SightingRow | Row[Any]]) -> ArticleShape:
    """A stored article; `sightings`: all of it, oldest first."""
    return ArticleShape(
        id=row.id,
        url=row.url,
        urls=list(dict.fromkeys((row.url, *(sighting.url for sighting in sightings)))),
        title=row.title,
        subtitle=row.subtitle,
        kicker=row.kicker,
        published_at=_published(row),
        source=row.source,
        editor=row.editor,
        authors=list(row.authors),
        column=row.column or _listed_in(sightings),
        edition=_edition_of(row, sightings),
        body=row.body,
        first_seen_at=shanghai(row.first_seen_at),
        last_changed_at=shanghai(row.last_changed_at),
    )


def shape_of_reading(article: Article, article_id: str | None = None) -> ArticleShape:
    """An article that was read and is not stored."""
    edition = article.edition
    return ArticleShape(
        id=article_id,
        url=article.url,
        urls=[article.url],
        title=article.title,
        subtitle=article.subtitle,
        kicker=article.kicker,
        published_at=article.published.iso() if article.published else None,
        source=article.source,
        editor=article.editor,
        authors=list(article.authors),
        column=article.column,
        edition=_edition(edition.day, edition.label, edition.page_name) if edition else None,
        body=article.body,
        first_seen_at=None,
        last_changed_at=None,
    )


def beside_headline(article: ArticleShape) -> Sequence[str]:
    """The lines under and above the headline, as far as there are any."""
    return [line for line in (article["subtitle"], article["kicker"]) if line]


def shanghai(moment: datetime) -> str:
    """A time as ISO 8601 in the site's zone, to the second.

    >>> from datetime import UTC
    >>> shanghai(datetime(2024, 7, 26, 1, 2, 3, tzinfo=UTC))
    '2024-07-26T09:02:03+08:00'
    """
    return moment.astimezone(SITE_ZONE).isoformat(timespec="seconds")


def _published(row: ArticleRow | Row[Any]) -> str | None:
    if row.published_at is None or row.published_precision is None:
        return None
    return Moment(at=row.published_at, precision=row.published_precision).iso()


def _listed_in(sightings: Sequence[SightingRow | Row[Any]]) -> str | None:
    listed = (sighting.column for sighting in sightings if sighting.kind is SightingKind.COLUMN)
    return next(filter(None, listed), None)


def _edition_of(row: ArticleRow | Row[Any], sightings: Sequence[SightingRow | Row[Any]]) -> EditionShape | None:
    if row.edition_day is not None:
        return _edition(row.edition_day, row.edition_label, row.edition_page_name)
    for seen in sightings:
        if seen.kind is SightingKind.EDITION and seen.day is not None:
            return _edition(seen.day, seen.label, seen.page_name)
    return None


def _edition(day: date, label: str | None, page_name: str | None) -> EditionShape:
    return EditionShape(date=day.isoformat(), label=label, page_name=page_name)


def _sightings(session: Session, ids: Sequence[str]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in session.execute(_SIGHTINGS, {"ids": ids}):
        found.setdefault(str(row.article_id), []).append(row)
    return found
