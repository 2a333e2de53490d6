"""Articles and their versions: what is known of a page just read, and storing what the judge said of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy import bindparam, func, insert, literal, select, tuple_, update
from sqlalchemy.orm import Session

from storage.dedupe.canonical import article_id as id_of
from storage.dedupe.judge import Known
from storage.records import Article, Capture, Outcome, Verdict
from storage.store import captures, images, rejected, sightings
from storage.store.locks import exclusive
from storage.store.readings import article_of, columns_of, images_of
from storage.store.tables import ArticleRow, ArticleState, VersionRow
from storage.store.types import UtcDateTime, address_key

_ARTICLE, _VERSION = ArticleRow.__table__, VersionRow.__table__
# Said for every page, and so made once.
_AT = select(ArticleRow).where(ArticleRow.canonical_url == bindparam("canonical_url"))
_TWIN = (
    select(ArticleRow)
    .where(
        ArticleRow.text_fingerprint == bindparam("text_fingerprint"),
        ArticleRow.canonical_url != bindparam("canonical_url"),
    )
    .order_by(ArticleRow.first_seen_at, ArticleRow.id)
    .limit(1)
)
_TAKEN = select(ArticleRow.id).where(ArticleRow.id == bindparam("id"))
_MADE_BY = select(VersionRow).where(VersionRow.capture_id == bindparam("capture_id"))
_ADD = insert(_ARTICLE)
_ADD_VERSION = insert(_VERSION).returning(_VERSION.c.id)
_SHOW_VERSION = update(_ARTICLE).where(_ARTICLE.c.id == bindparam("of"))


def known(
    session: Session, canonical_url: str, text_fingerprint: str, *, capture: Capture | None = None
) -> tuple[Known | None, Known | None]:
    """What the judge must know: the article of this address, and one with this text at another address.

    In a transaction that writes, no other worker judges or stores until it ends.

    Args:
        capture: Compare with the article as it was when this was fetched, so that an older capture judged late (after
            a crash, or from the archive) is not taken for an edit back. None: as it is now.
    """
    exclusive(session)
    row = _at(session, canonical_url)
    twin = session.scalar(_TWIN, {"text_fingerprint": text_fingerprint, "canonical_url": canonical_url})
    return (
        _known(session, row, _in_force(session, row, capture)) if row else None,
        _known(session, twin, _current(session, twin)) if twin else None,
    )


def store(session: Session, article: Article, verdict: Verdict, capture: Capture) -> tuple[str, int | None]:
    """Write all rows of an article just judged: article, version, images, sightings. In one transaction with `known`.

    Storing the same capture twice is storing it once. If it is read differently the second time (a better reader), its
    version takes the new reading; it is no edit. All times come from the capture, none from the clock.

    Returns:
        (article id, version id): the version this capture made, or None where it made none.

    Raises:
        ValueError: the capture has no row id yet.
    """
    if capture.id is None:
        raise ValueError(f"{capture.url}: write its capture row first")
    exclusive(session)
    version = session.scalar(_MADE_BY, {"capture_id": capture.id})
    if version is not None or verdict.outcome is not Outcome.NEW:
        article_id, version_id = _met_again(session, version, article, verdict, capture)
    else:
        article_id, version_id = _new(session, article, verdict, capture)
    _seen(session, article_id, capture, verdict.canonical_url)
    return article_id, version_id


def complete(session: Session, article: Article, verdict: Verdict, capture: Capture) -> str | None:
    """Give a state of an article the text of a further page; the article's id, or None where it has no state.

    No edit: the page belongs to the state that is there, and was not known when that was stored.

    Args:
        verdict: What the judge said of the article as it reads now.
        capture: The further page; the state is the one that stood when it was fetched.
    """
    exclusive(session)
    row = _at(session, verdict.canonical_url)
    if row is None:
        return None  # a duplicate: its text stands at another address
    _reread(session, row, _in_force(session, row, capture), article, verdict)
    _seen_at(row, capture.fetched_at)
    session.flush()
    return row.id


def gone(session: Session, canonical_url: str, at: datetime) -> str | None:
    """Mark the article of an address gone, seen by a response fetched `at`; its id, or None where there is none.

    The second address of a duplicate has no article of its own: its text still stands at the first.
    """
    exclusive(session)
    row = _at(session, canonical_url)
    if row is None:
        return None
    if row.last_seen_at <= at and (row.gone_at is None or at < row.gone_at):
        row.state, row.gone_at = ArticleState.GONE, at
        session.flush()
    return row.id


def unchanged(session: Session, canonical_url: str, at: datetime) -> str | None:
    """Note that an address shows what it did (a 304 fetched `at`); the id of the article shown there, or None."""
    exclusive(session)
    row = by_url(session, canonical_url)
    if row is not None:
        _seen_at(row, at)
        sightings.seen_again(session, canonical_url, at=at)
        session.flush()
    return row.id if row else None


def by_id(session: Session, article_id: str) -> ArticleRow | None:
    """The article with that id."""
    return session.get(ArticleRow, article_id)


def by_url(session: Session, canonical_url: str) -> ArticleRow | None:
    """The article of an address; for the second address of a duplicate, the article whose text stands there."""
    row = _at(session, canonical_url)
    if row is None and (shown := sightings.shown_at(session, [canonical_url])):
        row = by_id(session, next(iter(shown.values())))
    return row


def by_prefix(session: Session, prefix: str, *, limit: int = 10) -> Sequence[ArticleRow]:
    """Articles whose id begins with `prefix`, in order of id."""
    query = select(ArticleRow).where(ArticleRow.id.startswith(prefix.lower(), autoescape=True))
    return session.scalars(query.order_by(ArticleRow.id).limit(limit)).all()


def versions(session: Session, article_id: str) -> Sequence[VersionRow]:
    """All states of an article, oldest first."""
    query = select(VersionRow).where(VersionRow.article_id == article_id)
    return session.scalars(query.order_by(VersionRow.seen_at, VersionRow.capture_id)).all()


def _at(session: Session, canonical_url: str) -> ArticleRow | None:
    return session.scalar(_AT, {"canonical_url": canonical_url})


def _row(session: Session, article_id: str) -> ArticleRow:
    row = session.get(ArticleRow, article_id)
    assert row is not None, f"the judge named article {article_id}, which is not there"
    return row


def _current(session: Session, row: ArticleRow) -> VersionRow:
    version = session.get(VersionRow, row.version_id)
    assert version is not None, f"article {row.id} has no current version"
    return version


def _in_force(session: Session, row: ArticleRow, capture: Capture | None) -> VersionRow:
    """The version that stood when `capture` was fetched; the first one where it is older than all."""
    if capture is None or capture.id is None:
        return _current(session, row)
    order = (VersionRow.seen_at, VersionRow.capture_id)
    query = select(VersionRow).where(VersionRow.article_id == row.id)
    before = query.where(tuple_(*order) <= tuple_(literal(capture.fetched_at, UtcDateTime()), literal(capture.id)))
    found = session.scalar(before.order_by(*(column.desc() for column in order)).limit(1))
    return found or session.scalars(query.order_by(*order).limit(1)).one()


def _known(session: Session, row: ArticleRow, version: VersionRow) -> Known:
    capture = captures.by_id(session, version.capture_id)
    return Known(
        article_id=row.id,
        canonical_url=row.canonical_url,
        fingerprint=version.fingerprint,
        text_fingerprint=version.text_fingerprint,
        article=article_of(version),
        digest=capture.digest if capture else "",
    )


def _new(session: Session, article: Article, verdict: Verdict, capture: Capture) -> tuple[str, int]:
    at, article_id = capture.fetched_at, _free_id(session, verdict.canonical_url)
    row = {
        "id": article_id,
        "site": capture.context.site,
        "canonical_url": verdict.canonical_url,
        "state": ArticleState.LIVE,
        "first_seen_at": at,
        "last_seen_at": at,
        "last_changed_at": at,
    }
    session.execute(_ADD, row | _columns(article, verdict))
    version_id = _add_version(session, article_id, 1, article, verdict, capture)
    session.execute(_SHOW_VERSION, {"of": article_id, "version_id": version_id})
    images.add(session, article_id, images_of(article))
    return article_id, version_id


def _free_id(session: Session, canonical_url: str) -> str:
    """The id made from the address; from the address with a mark where two addresses (one in 2**50) make the same."""
    key = address_key(canonical_url)
    marks = (id_of(key + "\n" * number) for number in count())
    return next(found for found in marks if session.scalar(_TAKEN, {"id": found}) is None)


def _met_again(
    session: Session, version: VersionRow | None, article: Article, verdict: Verdict, capture: Capture
) -> tuple[str, int | None]:
    """An article that is there: the one whose `version` this capture made before, else the one the judge names."""
    article_id, version_id = (version.article_id, version.id) if version else (verdict.article_id, None)
    assert article_id is not None, "the judge names the article of every verdict but NEW"
    row = _row(session, article_id)
    if version is not None:
        _reread(session, row, version, article, verdict)
    elif verdict.outcome is Outcome.CHANGED:
        version_id = _changed(session, row, article, verdict, capture)
    _seen_at(row, capture.fetched_at)
    session.flush()
    return article_id, version_id


def _changed(session: Session, row: ArticleRow, article: Article, verdict: Verdict, capture: Capture) -> int:
    """A further state of an article. One older than the current state goes into the history and changes nothing."""
    last = session.scalar(select(func.max(VersionRow.number)).where(VersionRow.article_id == row.id)) or 0
    version_id = _add_version(session, row.id, last + 1, article, verdict, capture)
    current = session.get(VersionRow, row.version_id) if row.version_id else None
    if current is None or (current.seen_at, current.capture_id) <= (capture.fetched_at, capture.id):
        row.version_id, row.last_changed_at = version_id, capture.fetched_at
        _show(session, row, article, verdict)
    return version_id


def _add_version(
    session: Session, article_id: str, number: int, article: Article, verdict: Verdict, capture: Capture
) -> int:
    row = {
        "article_id": article_id,
        "number": number,
        "capture_id": capture.id,
        "seen_at": capture.fetched_at,
        "images": images_of(article),
    }
    return int(session.execute(_ADD_VERSION, row | _columns(article, verdict)).scalar_one())


def _reread(session: Session, row: ArticleRow, version: VersionRow, article: Article, verdict: Verdict) -> None:
    """Give a version the reading that its own capture yields now."""
    version.images = images_of(article)
    _set(version, _columns(article, verdict))
    if row.version_id == version.id:
        _show(session, row, article, verdict)
    session.flush()


def _show(session: Session, row: ArticleRow, article: Article, verdict: Verdict) -> None:
    _set(row, _columns(article, verdict))
    images.replace(session, row.id, images_of(article))
    session.flush()


def _set(row: ArticleRow | VersionRow, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def _columns(article: Article, verdict: Verdict) -> dict[str, Any]:
    fingerprints = {"fingerprint": verdict.fingerprint, "text_fingerprint": verdict.text_fingerprint}
    return columns_of(article) | fingerprints


def _seen(session: Session, article_id: str, capture: Capture, canonical_url: str) -> None:
    """The article was seen by `capture`, at its own address or another."""
    at = capture.fetched_at
    listed = sightings.of_context(capture.url, canonical_url, capture.context)
    address = sightings.of_address(capture.url, canonical_url, capture.context.site)
    sightings.read(session, canonical_url, [address] if listed is None else [address, listed], article_id, at=at)
    rejected.resolve(session, canonical_url, at=at)
    session.flush()


def _seen_at(row: ArticleRow, at: datetime) -> None:
    row.first_seen_at = min(row.first_seen_at, at)
    row.last_seen_at = max(row.last_seen_at, at)
    if row.gone_at is not None and row.gone_at <= at:
        row.state, row.gone_at = ArticleState.LIVE, None
