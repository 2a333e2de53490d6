"""The ledger: every URL somebody should fetch, committed before anything is fetched from it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, bindparam, func, insert, or_, select, update
from sqlalchemy.orm import Session

from storage.contexts import context_fields, read_context
from storage.records import Context, Kind
from storage.store import comebacks, sightings
from storage.store.batches import batches
from storage.store.locks import exclusive
from storage.store.tables import LedgerRow, LedgerState
from storage.store.types import address_key

LONGEST_WAIT = timedelta(days=30)
"""No page waits longer to be tried again. What is to wait until later than that was written by a clock that was ahead,
and is due."""


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A URL found on a page, or given by hand."""

    url: str
    """Address to fetch, as found."""
    canonical_url: str
    context: Context


@dataclass(frozen=True, kw_only=True)
class Discovered:
    """What a page's links added."""

    new: int
    """URLs nobody knew: the ledger has a row more for each."""
    unknown_here: int
    """URLs this channel or print page had not listed before; 0 ends an incremental walk through its pages."""


@dataclass(frozen=True, kw_only=True)
class Task:
    """A ledger row leased for fetching."""

    id: int
    url: str
    canonical_url: str
    context: Context
    tries: int
    """1 for the first try since the row was last finished or renewed."""
    etag: str | None
    last_modified: str | None


def discover(session: Session, candidates: Sequence[Candidate], *, now: datetime) -> Discovered:
    """Add URLs nobody knows as pending, and note where articles are listed, linked to the article if stored.

    A URL that is known keeps its row, and its state unless it was given up (see `comebacks`); an article known from
    elsewhere still gets its new sighting.

    Args:
        now: When the page that lists them was fetched.
    """
    exclusive(session)
    wanted = _distinct(candidates)
    known = _known(session, list(wanted))
    new = set(wanted) - known
    _add(session, [candidate for key, candidate in wanted.items() if key in new], now)
    if known:
        comebacks.bring_back(session, sorted(known), listed_at=now)
    listed = [
        sighting
        for candidate in candidates
        if candidate.context.kind is Kind.ARTICLE
        and (sighting := sightings.of_context(candidate.url, candidate.canonical_url, candidate.context))
    ]
    unseen = {key for key, _, _ in sightings.see(session, listed, at=now)}
    articles = {address_key(sighting.canonical_url) for sighting in listed}
    return Discovered(new=len(new), unknown_here=len(unseen | (new - articles)))


def renew(session: Session, candidates: Sequence[Candidate], *, now: datetime) -> int:
    """Make rows pending, known or not: start pages and list pages for this run, URLs given by hand.

    A row that another worker holds at this moment stays with that worker. ETag and Last-Modified are kept.

    Returns:
        Number of rows made pending.
    """
    exclusive(session)
    wanted = _distinct(candidates)
    known = _known(session, list(wanted))
    _add(session, [candidate for key, candidate in wanted.items() if key not in known], now)
    renewed = 0
    for key in known:
        candidate = wanted[key]
        result = session.execute(
            update(LedgerRow)
            .where(LedgerRow.canonical_url == key, ~_held(now))
            .values(
                state=LedgerState.PENDING,
                next_check_at=None,
                tries=0,
                url=candidate.url,
                channel=candidate.context.channel,
                issue_day=candidate.context.issue_date,
                context=context_fields(candidate.context),
                **_NOBODYS,
            )
            .returning(LedgerRow.id)
        )
        renewed += len(result.all())
    return renewed + len(wanted) - len(known)


def lease(
    session: Session,
    *,
    site: str,
    owner: str,
    limit: int,
    now: datetime,
    lease_seconds: float,
    kinds: Collection[Kind] | None = None,
    channels: Collection[str] | None = None,
    urls: Collection[str] | None = None,
) -> list[Task]:
    """Take up to `limit` rows that are due, in the order of their discovery (of many `urls`: part by part).

    Due are: pending rows; rows whose lease ran out; done and failed rows whose next check has come. Two workers never
    get the same row, and nobody gets what he holds: a clock that is set forward makes no page be fetched twice.

    Args:
        owner: Who holds them, `runs.owner_of` a run.
        kinds, channels, urls: Only rows of these (`urls`: canonical); None: of any.
    """
    others = or_(LedgerRow.leased_by.is_(None), LedgerRow.leased_by != owner)
    query = select(LedgerRow).where(LedgerRow.site == site, _due(now), others)
    if kinds is not None:
        query = query.where(LedgerRow.kind.in_(kinds))
    if channels is not None:
        query = query.where(LedgerRow.channel.in_(channels))
    query = query.order_by(LedgerRow.id).with_for_update(skip_locked=True)
    parts = [query] if urls is None else (query.where(LedgerRow.canonical_url.in_(some)) for some in batches([*urls]))
    rows: list[LedgerRow] = []
    for part in parts:
        rows += session.scalars(part.limit(limit - len(rows)))
        if len(rows) == limit:
            break
    for row in rows:
        row.state = LedgerState.LEASED
        row.tries += 1
        row.leased_by = owner
        row.leased_until = now + timedelta(seconds=lease_seconds)
    session.flush()
    return [_task(row) for row in rows]


def extend(session: Session, owner: str, *, now: datetime, lease_seconds: float) -> int:
    """Move the end of all leases of `owner`, for a worker that waits long for its turn; their number."""
    result = session.execute(
        update(LedgerRow)
        .where(LedgerRow.leased_by == owner)
        .values(leased_until=now + timedelta(seconds=lease_seconds))
        .returning(LedgerRow.id)
    )
    return len(result.all())


def finish(
    session: Session,
    canonical_url: str,
    *,
    state: LedgerState,
    now: datetime,
    etag: str | None = None,
    last_modified: str | None = None,
    next_check_at: datetime | None = None,
    error: str | None = None,
) -> bool:
    """Say how the fetch of a URL ended and give its lease back.

    Args:
        state: `done`, `gone`, `failed`; or `pending` to have it fetched again at `next_check_at`.
        etag, last_modified: Of a whole response; None leaves what is there (a 304 names neither).

    Returns:
        Whether the URL is in the ledger.
    """
    values: dict[str, object] = {"state": state, "last_fetched_at": now, "next_check_at": next_check_at}
    values |= {"error": error, **_NOBODYS}
    if etag is not None:
        values["etag"] = etag
    if last_modified is not None:
        values["last_modified"] = last_modified
    if state in (LedgerState.DONE, LedgerState.GONE):
        values["tries"] = 0
    return session.execute(_FINISH, {"of": canonical_url, **values}).first() is not None


def readdress(session: Session, canonical_url: str, url: str) -> None:
    """Make a page pending at another address of it, and give its lease back."""
    statement = update(LedgerRow).where(LedgerRow.canonical_url == canonical_url)
    session.execute(statement.values(url=url, state=LedgerState.PENDING, next_check_at=None, **_NOBODYS))


def release(session: Session, owner: str) -> int:
    """Give back all rows `owner` holds, as if they had never been taken. Their number.

    They are due at once, by whatever clock: that of a host that is ahead must not make them wait for it.
    """
    result = session.execute(
        update(LedgerRow)
        .where(LedgerRow.state == LedgerState.LEASED, LedgerRow.leased_by == owner)
        .values(state=LedgerState.PENDING, next_check_at=None, tries=LedgerRow.tries - 1, **_NOBODYS)
        .returning(LedgerRow.id)
    )
    return len(result.all())


def due_count(session: Session, site: str, now: datetime) -> int:
    """How many rows of a site `lease` could hand out."""
    query = select(func.count()).select_from(LedgerRow).where(LedgerRow.site == site, _due(now))
    return session.scalar(query) or 0


def find(session: Session, canonical_url: str) -> LedgerRow | None:
    """The row of a URL."""
    return session.scalar(_FIND, {"of": canonical_url})


# Said for every page, and so made once.
_TABLE = LedgerRow.__table__
_FIND = select(LedgerRow).where(LedgerRow.canonical_url == bindparam("of"))
_KNOWN = select(_TABLE.c.canonical_url).where(_TABLE.c.canonical_url.in_(bindparam("keys", expanding=True)))
_FINISH = update(_TABLE).where(_TABLE.c.canonical_url == bindparam("of")).returning(_TABLE.c.id)
_ADD = insert(_TABLE)
_NOBODYS: dict[str, None] = {"leased_by": None, "leased_until": None}


def _held(now: datetime) -> ColumnElement[bool]:
    return and_(LedgerRow.state == LedgerState.LEASED, LedgerRow.leased_until > now)


def _due(now: datetime) -> ColumnElement[bool]:
    come = or_(LedgerRow.next_check_at <= now, LedgerRow.next_check_at > now + LONGEST_WAIT)
    return or_(
        and_(LedgerRow.state == LedgerState.PENDING, or_(LedgerRow.next_check_at.is_(None), come)),
        and_(LedgerRow.state == LedgerState.LEASED, LedgerRow.leased_until <= now),
        and_(LedgerRow.state.in_((LedgerState.DONE, LedgerState.FAILED)), come),
    )


def _distinct(candidates: Sequence[Candidate]) -> dict[str, Candidate]:
    """The first candidate for each canonical URL, in order."""
    found: dict[str, Candidate] = {}
    for candidate in candidates:
        found.setdefault(address_key(candidate.canonical_url), candidate)
    return found


def _known(session: Session, keys: Sequence[str]) -> set[str]:
    return {url for some in batches(keys) for url in session.scalars(_KNOWN, {"keys": some})}


def _add(session: Session, candidates: Sequence[Candidate], now: datetime) -> None:
    rows = [
        {
            "site": candidate.context.site,
            "canonical_url": candidate.canonical_url,
            "url": candidate.url,
            "kind": candidate.context.kind,
            "channel": candidate.context.channel,
            "issue_day": candidate.context.issue_date,
            "found_on": candidate.context.via,
            "context": context_fields(candidate.context),
            "discovered_at": now,
        }
        for candidate in candidates
    ]
    if rows:
        session.execute(_ADD, rows)


def _task(row: LedgerRow) -> Task:
    return Task(
        id=row.id,
        url=row.url,
        canonical_url=row.canonical_url,
        context=read_context(row.context),
        tries=row.tries,
        etag=row.etag,
        last_modified=row.last_modified,
    )
