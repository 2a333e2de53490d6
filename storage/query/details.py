"""Everything known of one article: fields, how they were read, where it was seen, its states, its record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from storage.errors import StoreError
from storage.query.rawpages import REMEDY, raw_pages
from storage.query.shape import ArticleShape, shanghai, shape_of
from storage.store import articles, sightings
from storage.store.captures import StoredCapture
from storage.store.tables import ArticleRow, ArticleState, SightingKind, VersionRow

COMPARED = {
    "title": "title",
    "subtitle": "subtitle",
    "kicker": "kicker",
    "published_at": "published_at",
    "published_precision": "published_at",
    "source": "source",
    "editor": "editor",
    "authors": "authors",
    "column": "column",
    "edition_day": "edition",
    "edition_label": "edition",
    "edition_page_name": "edition",
    "body": "body",
    "images": "images",
}
"""Column of a version → what it is called where versions are compared."""

FIELD_NAMES = {"published": "published_at"}
"""Names of fields while they are read → in JSON, where they differ."""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One way in which the article was seen."""

    kind: SightingKind
    url: str
    place: str
    first_seen_at: datetime
    last_seen_at: datetime


@dataclass(frozen=True, kw_only=True)
class State:
    """One version."""

    number: int
    """1 for the oldest; by time of fetching, also where an older capture was read later."""
    seen_at: datetime
    changed: tuple[str, ...]
    """Fields that differ from the version before; empty for the first."""
    capture: StoredCapture
    """What showed it first."""
    pages: tuple[StoredCapture, ...]
    """What its text was read from, in reading order: that capture alone, or one of each of the article's pages."""


@dataclass(frozen=True, kw_only=True)
class Details:
    """One article, whole."""

    article: ArticleShape
    site: str
    canonical_url: str
    paper: str | None
    """Code of the paper it was read from in print; None for a page of the website, wherever it was printed too."""
    family: str
    state: ArticleState
    gone_at: datetime | None
    last_seen_at: datetime
    body_html: str
    how: Mapping[str, Mapping[str, Any]]
    """Field as in the JSON shape → {rule, place, confidence}."""
    problems: tuple[str, ...]
    images: tuple[Mapping[str, Any], ...]
    """{url, caption} in order."""
    sightings: tuple[Seen, ...]
    versions: tuple[State, ...]
    """Oldest first."""
    current: State
    """The one whose fields these are."""

    def as_json(self) -> dict[str, Any]:
        """What the one shape of an article leaves out, ready for JSON."""
        return {
            "site": self.site,
            "canonical_url": self.canonical_url,
            "paper": self.paper,
            "family": self.family,
            "state": self.state.value,
            "gone_at": shanghai(self.gone_at) if self.gone_at else None,
            "last_seen_at": shanghai(self.last_seen_at),
            "how": self.how,
            "problems": list(self.problems),
            "images": list(self.images),
            "sightings": [_seen_json(seen) for seen in self.sightings],
            "versions": [_state_json(state) for state in self.versions],
        }


def details(session: Session, row: ArticleRow) -> Details:
    """All that is known of an article.

    Raises:
        StoreError: it has no current version, or one of its versions no capture: the database is damaged.
    """
    seen = sightings.of_article(session, row.id)
    versions = articles.versions(session, row.id)
    states = _states(session, versions)
    current = next((index for index, version in enumerate(versions) if version.id == row.version_id), None)
    if current is None:
        raise StoreError(f"article {row.id} has no current version: {REMEDY}")
    return Details(
        article=shape_of(row, seen),
        site=row.site,
        canonical_url=row.canonical_url,
        paper=row.edition_paper,
        family=row.family,
        state=row.state,
        gone_at=row.gone_at,
        last_seen_at=row.last_seen_at,
        body_html=row.body_html,
        how={FIELD_NAMES.get(name, name): how for name, how in row.how.items()},
        problems=tuple(row.problems),
        images=tuple(versions[current].images),
        sightings=tuple(
            Seen(
                kind=one.kind,
                url=one.url,
                place=_place(one.kind, one.place, one.column, one.page_name),
                first_seen_at=one.first_seen_at,
                last_seen_at=one.last_seen_at,
            )
            for one in seen
        ),
        versions=tuple(states),
        current=states[current],
    )


def _states(session: Session, versions: Sequence[VersionRow]) -> list[State]:
    states = []
    for index, version in enumerate(versions):
        pages = raw_pages(session, version)
        (capture,) = (page for page in pages if page.id == version.capture_id)
        changed = changes(versions[index - 1], version) if index else ()
        state = State(number=index + 1, seen_at=version.seen_at, changed=changed, capture=capture, pages=pages)
        states.append(state)
    return states


def changes(before: VersionRow, after: VersionRow) -> tuple[str, ...]:
    """Names of the fields that differ between two states."""
    differ = (name for column, name in COMPARED.items() if getattr(before, column) != getattr(after, column))
    return tuple(dict.fromkeys(differ))


def _place(kind: SightingKind, place: str, column: str | None, page_name: str | None) -> str:
    if kind is SightingKind.URL:
        return ""
    return " ".join(filter(None, (place, page_name if kind is SightingKind.EDITION else column)))


def _seen_json(seen: Seen) -> dict[str, Any]:
    return {
        "kind": seen.kind.value,
        "url": seen.url,
        "place": seen.place,
        "first_seen_at": shanghai(seen.first_seen_at),
        "last_seen_at": shanghai(seen.last_seen_at),
    }


def _state_json(state: State) -> dict[str, Any]:
    return {
        "number": state.number,
        "seen_at": shanghai(state.seen_at),
        "changed": list(state.changed),
        "capture": _capture_json(state.capture),
        "pages": [_capture_json(page) for page in state.pages],
    }


def _capture_json(capture: StoredCapture) -> dict[str, Any]:
    return {
        "id": capture.id,
        "url": capture.url,
        "fetched_at": shanghai(capture.fetched_at),
        "status": capture.status,
        "digest": capture.digest,
        "file": capture.locator.file,
        "offset": capture.locator.offset,
        "length": capture.locator.length,
    }
