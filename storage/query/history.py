"""The states of an article, and what changed from one to the next, field by field."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from storage.errors import Missing, NotFound
from storage.query.details import changes
from storage.query.difference import Line, Piece, blocks, difference, in_one, lines
from storage.query.lookup import SHOWN_BY
from storage.records import Moment
from storage.store import articles
from storage.store.tables import VersionRow

LONG_FIELDS = ("body", "images")
"""Fields of many lines."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """One field that differs between two states."""

    field: str
    """As in the JSON shape of an article."""
    before: str
    """As a person reads it; empty where the field was."""
    after: str

    @property
    def long(self) -> bool:
        """Whether it is compared line by line."""
        return self.field in LONG_FIELDS

    @property
    def lines(self) -> tuple[Line, ...]:
        """Both side by side, line by line."""
        return lines(self.before, self.after)

    @property
    def blocks(self) -> tuple[tuple[bool, tuple[Line, ...]], ...]:
        """The lines in blocks: those between which nothing changed can be folded away."""
        return tuple(blocks(self.lines))

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Both in one, as fine as what is shown side by side."""
        return in_one(self.lines) if self.long else difference(self.before, self.after)


@dataclass(frozen=True, kw_only=True)
class Version:
    """One state of an article."""

    number: int
    """1 for the oldest; by time of fetching, also where an older capture was read later."""
    seen_at: datetime
    capture_id: int
    current: bool
    """Whether it is the state the article shows now."""
    title: str
    body: str
    changes: tuple[Change, ...]
    """Against the state before; empty for the first."""


def history(session: Session, article_id: str) -> tuple[Version, ...]:
    """All states of an article, oldest first.

    Raises:
        NotFound: there is no article of that id.
    """
    row = articles.by_id(session, article_id)
    if row is None:
        raise NotFound(Missing.ARTICLE, SHOWN_BY, text=article_id)
    states = articles.versions(session, article_id)
    return tuple(
        Version(
            number=index + 1,
            seen_at=state.seen_at,
            capture_id=state.capture_id,
            current=state.id == row.version_id,
            title=state.title,
            body=state.body,
            changes=_changes(states[index - 1], state) if index else (),
        )
        for index, state in enumerate(states)
    )


def compare(session: Session, article_id: str, before: int, after: int) -> tuple[Change, ...]:
    """What differs between two states of an article, by their numbers.

    Raises:
        NotFound: no such article, or no state of that number; says how many there are.
    """
    states = articles.versions(session, article_id)
    for number in (before, after):
        if not 1 <= number <= len(states):
            if not states:
                raise NotFound(Missing.ARTICLE, SHOWN_BY, text=article_id)
            raise NotFound(Missing.VERSION, text=article_id, number=number, most=len(states))
    return _changes(states[before - 1], states[after - 1])


def _changes(before: VersionRow, after: VersionRow) -> tuple[Change, ...]:
    return tuple(
        Change(field=name, before=_shown(before, name), after=_shown(after, name)) for name in changes(before, after)
    )


def _shown(state: VersionRow, field: str) -> str:
    """A field's value as a person reads it."""
    if field == "published_at":
        if state.published_at is None or state.published_precision is None:
            return ""
        return Moment(at=state.published_at, precision=state.published_precision).iso()
    if field == "edition":
        parts = (state.edition_day.isoformat() if state.edition_day else None, state.edition_label)
        return " ".join(filter(None, (*parts, state.edition_page_name)))
    if field == "authors":
        return "、".join(state.authors)
    if field == "images":
        return "\n".join(_image(image) for image in state.images)
    return str(getattr(state, field) or "")


def _image(image: dict[str, str | None]) -> str:
    return " ".join(filter(None, (image.get("url"), image.get("caption"))))
