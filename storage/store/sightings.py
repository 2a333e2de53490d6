"""Where articles were seen: at an address, in a column, on a print page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, bindparam, insert, select, tuple_, update
from sqlalchemy.orm import Session

from storage.records import Context
from storage.store.batches import batches
from storage.store.tables import SightingKind, SightingRow
from storage.store.types import address_key

Key = tuple[str, SightingKind, str]
"""(canonical URL, kind, place): what makes a sighting one."""

# Said for every page, and so made once.
_OF_ADDRESS = select(SightingRow).where(SightingRow.canonical_url == bindparam("canonical_url"))
_AT = select(SightingRow).where(
    tuple_(SightingRow.canonical_url, SightingRow.kind, SightingRow.place).in_(bindparam("keys", expanding=True))
)
_ADD = insert(SightingRow.__table__)


@dataclass(frozen=True, kw_only=True)
class Sighting:
    """One way in which an article was seen."""

    canonical_url: str
    """Of the address that was seen."""
    kind: SightingKind
    place: str
    """`url`: the address fetched; `column`: the channel's name; `edition`: `<paper> <day> <label>`."""
    url: str
    """The address as found."""
    site: str
    column: str | None = None
    day: date | None = None
    label: str | None = None
    page_name: str | None = None

    @property
    def key(self) -> Key:
        """As the table keeps it."""
        return address_key(self.canonical_url), self.kind, address_key(self.place)


def of_address(url: str, canonical_url: str, site: str) -> Sighting:
    """The sighting that reading a text at `url` makes."""
    return Sighting(canonical_url=canonical_url, kind=SightingKind.URL, place=url, url=url, site=site)


def of_context(url: str, canonical_url: str, context: Context) -> Sighting | None:
    """The sighting that the list or print page in `context` makes; None for a URL given by hand."""
    if context.channel is None:
        return None
    if context.issue_date is None:
        return Sighting(
            canonical_url=canonical_url,
            kind=SightingKind.COLUMN,
            place=context.channel,
            url=url,
            site=context.site,
            column=context.column,
        )
    return Sighting(
        canonical_url=canonical_url,
        kind=SightingKind.EDITION,
        place=" ".join(filter(None, (context.channel, context.issue_date.isoformat(), context.label))),
        url=url,
        site=context.site,
        column=context.column,
        day=context.issue_date,
        label=context.label,
        page_name=context.page_name,
    )


def see(session: Session, sightings: Iterable[Sighting], *, at: datetime) -> set[Key]:
    """Write down sightings made at `at`, in any order of time; the caller holds `locks.RECORDS`.

    A new one is linked to the article its address is known to show.

    Returns:
        Keys of those that were not there before.
    """
    wanted = {sighting.key: sighting for sighting in sightings}
    rows = {_key_of(row): row for row in _rows(session, list(wanted))}
    new = [sighting for key, sighting in wanted.items() if key not in rows]
    for row in rows.values():
        _seen_at(row, at)
    if new:
        shown = shown_at(session, [sighting.canonical_url for sighting in new])
        session.execute(_ADD, [_values(one, shown.get(address_key(one.canonical_url)), at) for one in new])
    return {sighting.key for sighting in new}


def read(session: Session, canonical_url: str, sightings: Iterable[Sighting], article_id: str, *, at: datetime) -> None:
    """Write down that an article's text was read at an address at `at`; the caller holds `locks.RECORDS`.

    Every sighting of the address points to that article from now on.

    Args:
        sightings: Of this address, those that this reading makes.
    """
    rows = {_key_of(row): row for row in session.scalars(_OF_ADDRESS, {"canonical_url": canonical_url})}
    for row in rows.values():
        row.article_id = article_id
    wanted = {sighting.key: sighting for sighting in sightings}
    for key in wanted.keys() & rows.keys():
        _seen_at(rows[key], at)
    if new := [_values(sighting, article_id, at) for key, sighting in wanted.items() if key not in rows]:
        session.execute(_ADD, new)


def shown_at(session: Session, canonical_urls: Iterable[str]) -> dict[str, str]:
    """Canonical URL (as a key) → id of the article whose text was last read there."""
    found: dict[str, str] = {}
    for some in batches(sorted({address_key(url) for url in canonical_urls})):
        for row in session.execute(_shown(some)):
            found[row.canonical_url] = row.article_id
    return found


def seen_again(session: Session, canonical_url: str, *, at: datetime) -> None:
    """An address showed at `at` what it showed before; the caller holds `locks.RECORDS`."""
    session.execute(
        update(SightingRow)
        .where(
            SightingRow.canonical_url == canonical_url,
            SightingRow.kind == SightingKind.URL,
            SightingRow.last_seen_at < at,
        )
        .values(last_seen_at=at)
    )


def of_article(session: Session, article_id: str) -> list[SightingRow]:
    """All sightings of an article, oldest first."""
    query = select(SightingRow).where(SightingRow.article_id == article_id)
    return list(session.scalars(query.order_by(SightingRow.first_seen_at, SightingRow.id)))


def _shown(urls: Sequence[str]) -> Select[str, str | None]:
    return select(SightingRow.canonical_url, SightingRow.article_id).where(
        SightingRow.canonical_url.in_(urls),
        SightingRow.kind == SightingKind.URL,
        SightingRow.article_id.is_not(None),
    )


def _rows(session: Session, keys: Sequence[Key]) -> Iterable[SightingRow]:
    for some in batches(keys):
        yield from session.scalars(_AT, {"keys": some})


def _key_of(row: SightingRow) -> Key:
    return row.canonical_url, row.kind, row.place


def _seen_at(row: SightingRow, at: datetime) -> None:
    row.first_seen_at = min(row.first_seen_at, at)
    row.last_seen_at = max(row.last_seen_at, at)


def _values(sighting: Sighting, article_id: str | None, at: datetime) -> dict[str, object]:
    return {
        "article_id": article_id,
        "site": sighting.site,
        "canonical_url": sighting.canonical_url,
        "kind": sighting.kind,
        "place": sighting.place,
        "url": sighting.url,
        "column": sighting.column,
        "day": sighting.day,
        "label": sighting.label,
        "page_name": sighting.page_name,
        "first_seen_at": at,
        "last_seen_at": at,
    }
