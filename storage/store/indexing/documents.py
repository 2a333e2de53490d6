"""What the index keeps of an article: the grams of its texts, its time, and its labels."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from hashlib import blake2b
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Connection, bindparam, func, select

from storage.search.names import names_in, plain_name, plain_text
from storage.search.question import grams_in, text_of
from storage.store.batches import batches
from storage.store.tables import ArticleRow, ArticleState, SightingKind, SightingRow, VersionRow
from storage.store.types import storable

UNKNOWN_MOMENT = -(2**62)
"""Stands for the time of publication where none is known: such articles come last."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

# Made once: making a statement takes longer than running it, and these run for every article that is stored.
_IDS: BindParameter[str] = bindparam("ids", expanding=True)
_STATES = select(func.count()).where(VersionRow.article_id == ArticleRow.id).scalar_subquery()
_ARTICLES = select(
    ArticleRow.id,
    ArticleRow.kicker,
    ArticleRow.title,
    ArticleRow.subtitle,
    ArticleRow.body,
    ArticleRow.published_at,
    ArticleRow.source,
    ArticleRow.editor,
    ArticleRow.authors,
    ArticleRow.column,
    ArticleRow.edition_paper,
    ArticleRow.edition_day,
    ArticleRow.edition_label,
    ArticleRow.edition_page_name,
    ArticleRow.state,
    _STATES.label("states"),
).where(ArticleRow.id.in_(_IDS))
_SIGHTINGS = select(
    SightingRow.article_id,
    SightingRow.kind,
    SightingRow.place,
    SightingRow.column,
    SightingRow.day,
    SightingRow.label,
    SightingRow.page_name,
).where(SightingRow.article_id.in_(_IDS), SightingRow.kind != SightingKind.URL)


class LabelKind(StrEnum):
    """What a label says of an article."""

    SOURCE = "source"
    EDITOR = "editor"
    AUTHOR = "author"
    COLUMN = "column"
    CHANNEL = "channel"
    PLACE = "place"
    """A print page of one day: day, 版次, 版名."""
    PAGE = "page"
    """The same without the day."""
    STATE = "state"


GONE, EDITED = "gone", "edited"
"""Keys of the labels of kind `state`: no longer served by the site; more than one state is kept."""


class Label(NamedTuple):
    """Something articles are filtered by."""

    kind: str
    key: str
    """As it is compared."""
    name: str
    """As it is shown."""


@dataclass(frozen=True, kw_only=True)
class Document:
    """One article as the index sees it."""

    article_id: str
    text: str
    """Its texts as they are, `BETWEEN` between them."""
    moment: int
    labels: frozenset[Label]

    @cached_property
    def digest(self) -> str:
        """Another text has another one."""
        return blake2b(self.text.encode(errors="surrogatepass"), digest_size=12).hexdigest()

    def grams(self) -> str:
        """What words look for in it, separated by blanks."""
        return grams_in(self.text)


def moment_of(published_at: datetime | None) -> int:
    """A time of publication as the index orders by it."""
    return UNKNOWN_MOMENT if published_at is None else (published_at - _EPOCH) // _MICROSECOND


def documents(connection: Connection, ids: Sequence[str]) -> dict[str, Document]:
    """Article id → document, of those articles that are there."""
    found: dict[str, Document] = {}
    for some in batches(ids):
        seen = _sightings(connection, some)
        for row in connection.execute(_ARTICLES, {"ids": some}):
            found[row.id] = Document(
                article_id=row.id,
                text=text_of(row.kicker, row.title, row.subtitle, row.body),
                moment=moment_of(row.published_at),
                labels=frozenset(_labels(row, seen.get(row.id, ()))),
            )
    return found


def place_key(day: date | None, label: str | None, page_name: str | None) -> str:
    """The key of a label of kind `place`, or, without a day, of kind `page`."""
    return json.dumps([day.isoformat() if day else None, label, page_name], ensure_ascii=False)


def _sightings(connection: Connection, ids: Sequence[str]) -> Mapping[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for one in connection.execute(_SIGHTINGS, {"ids": ids}):
        found.setdefault(str(one.article_id), []).append(one)
    return found


def _labels(row: Any, seen: Iterable[Any]) -> Iterable[Label]:
    """What the article says of itself, and what the places say where it was seen."""
    yield from _label(LabelKind.SOURCE, row.source, plain_text)
    for name in names_in(row.editor):
        yield from _label(LabelKind.EDITOR, name, plain_name)
    for author in row.authors:
        yield from _label(LabelKind.AUTHOR, author, plain_name)
    own = list(_label(LabelKind.COLUMN, row.column, plain_text))
    yield from own
    yield from _label(LabelKind.CHANNEL, row.edition_paper, str)
    if row.edition_day:
        yield from _printed(row.edition_day, row.edition_label, row.edition_page_name)
    for one in seen:
        yield from _label(LabelKind.CHANNEL, one.place.split(" ")[0], str)
        if one.kind is SightingKind.EDITION:
            yield from _printed(one.day, one.label, one.page_name)
        elif not own:
            yield from _label(LabelKind.COLUMN, one.column, plain_text)
    if row.state is ArticleState.GONE:
        yield Label(LabelKind.STATE, GONE, GONE)
    if row.states > 1:
        yield Label(LabelKind.STATE, EDITED, EDITED)


def _label(kind: LabelKind, name: str | None, key_of: Callable[[str], str | None]) -> Iterable[Label]:
    if name and (key := key_of(name)):
        yield Label(kind, key, storable(name.strip()))


def _printed(day: date, label: str | None, page_name: str | None) -> Iterable[Label]:
    yield Label(LabelKind.PLACE, place_key(day, label, page_name), f"{day} {label or ''} {page_name or ''}".strip())
    yield Label(LabelKind.PAGE, place_key(None, label, page_name), f"{label or ''} {page_name or ''}".strip())
