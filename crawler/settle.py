"""How a capture ends: its verdict's rows, its ledger row and its one count, in the caller's transaction."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial, wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from sqlalchemy.orm import Session

from crawler import patience
from crawler.follow import Followed, may_still_come
from crawler.keeper import INDEX_KINDS, Keeper, this_second
from crawler.parse.decode import not_whole
from crawler.parts import Joined, next_page
from crawler.patience import MISSING
from storage.dedupe.fingerprint import text_fingerprint
from storage.dedupe.judge import judge
from storage.errors import ArchiveError
from storage.records import Article, Capture, How, Kind, Outcome, Reason, Rejection
from storage.store import articles, ledger, outcomes, rechecks, rejected
from storage.store.ledger import Candidate
from storage.store.tables import LedgerRow, LedgerState

log = logging.getLogger(__name__)

REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True, kw_only=True)
class Settled:
    """How one capture ended."""

    outcome: Outcome
    reason: str = ""
    stored: Article | None = None
    """The article, where it was stored as new or changed."""
    no_issue: bool = False
    """See `Followed.no_issue`."""
    links: int = 0
    """Links followed from an index page."""


class OnTheWay(Protocol):
    """What sends captures on their way."""

    @property
    def keeper(self) -> Keeper:
        """The run's open resources."""


WayT = TypeVar("WayT", bound=OnTheWay)
More = ParamSpec("More")


def passing(keeper: Keeper, capture: Capture) -> Settled | None:
    """End what goes no further than the downloader: robots.txt, redirects, what a browser draws a page of.

    None for everything else.
    """
    if capture.context.kind in (Kind.ROBOTS, Kind.RESOURCE):
        outcome = Outcome(capture.context.kind.value)
    elif capture.status in REDIRECTS and capture.header("Location"):
        outcome = Outcome.REDIRECT
    else:
        return None
    with keeper.database.begin() as session:
        if capture.id is None or not outcomes.judged(session, capture.id):
            _count(keeper, session, capture, outcome, f"HTTP {capture.status}")
    return Settled(outcome=outcome, reason=f"HTTP {capture.status}")


def index(keeper: Keeper, session: Session, capture: Capture, followed: Followed) -> Settled:
    """End an index page."""
    if followed.outcome is Outcome.FAILED:
        return _fail(keeper, session, capture, followed.reason, no_issue=followed.no_issue)
    if followed.outcome is Outcome.GONE:
        patience.absent(session, _row(keeper, session, capture), capture, followed.reason)
    else:
        state = LedgerState.GONE if followed.no_issue else LedgerState.DONE
        _finish(keeper, session, capture, state, error=followed.reason if followed.no_issue else None)
    _count(keeper, session, capture, followed.outcome, followed.reason)
    return Settled(outcome=followed.outcome, reason=followed.reason, no_issue=followed.no_issue, links=followed.links)


def article(keeper: Keeper, session: Session, capture: Capture, reading: Joined | Rejection) -> Settled:
    """Judge what was read, store it, and end its ledger row."""
    settled = _judge(keeper, session, capture, reading)
    _finish(keeper, session, capture, LedgerState.DONE)
    return settled


def again(keeper: Keeper, session: Session, capture: Capture, reading: Joined | Rejection | None) -> Settled:
    """A capture judged before: nothing to do, unless it was read anew (`reading`); the ledger stays as it is."""
    if reading is None:
        return Settled(outcome=Outcome.SAME, reason="judged before")
    return _judge(keeper, session, capture, reading)


def _judge(keeper: Keeper, session: Session, capture: Capture, reading: Joined | Rejection) -> Settled:
    if isinstance(reading, Rejection):
        return _reject(keeper, session, capture, reading)
    article, canonical = _with_context(reading.article, capture), keeper.canonical(reading.first_url)
    known, same_text = articles.known(session, canonical, text_fingerprint(article), capture=capture)
    verdict = judge(article, canonical, known, same_text, digest=capture.digest)
    if (own := keeper.canonical(capture.url)) != canonical:  # the other one is resolved as the article is stored
        rejected.resolve(session, own, at=capture.fetched_at)
    if reading.next_url:
        further = next_page(keeper, capture, reading)
        ledger.discover(session, [further], now=capture.fetched_at)
        keeper.further.add(further.canonical_url)
    if canonical != own and not reading.known_part:
        article_id, why = articles.complete(session, article, verdict, capture), f"page {reading.pages}"
        _count(keeper, session, capture, Outcome.PART, why, article_id=article_id)
        return Settled(outcome=Outcome.PART, reason=f"{why} of {canonical}")
    state = replace(capture, url=reading.first_url)  # of a further page, edited: the article's state, at its address
    article_id, version_id = articles.store(session, article, verdict, state)
    _count(keeper, session, capture, verdict.outcome, verdict.reason, article_id=article_id, version_id=version_id)
    fresh = verdict.outcome in (Outcome.NEW, Outcome.CHANGED)
    return Settled(outcome=verdict.outcome, reason=verdict.reason, stored=article if fresh else None)


def _reject(keeper: Keeper, session: Session, capture: Capture, rejection: Rejection) -> Settled:
    assert capture.id is not None, "archived captures have their row before they are judged"
    canonical = keeper.canonical(capture.url)
    rejected.add(session, rejection, canonical_url=canonical, capture_id=capture.id, at=capture.fetched_at)
    _count(keeper, session, capture, Outcome.REJECTED, str(rejection.reason))
    return Settled(outcome=Outcome.REJECTED, reason=f"{rejection.reason}: {rejection.detail}")


def answer(keeper: Keeper, session: Session, capture: Capture) -> Settled:
    """End an article page that did not come as a page: cut short, 304, gone, or an error."""
    canonical = keeper.canonical(capture.url)
    if capture.truncated:
        return _fail(keeper, session, capture, not_whole(capture))
    if capture.status == 304:
        article_id = articles.unchanged(session, canonical, capture.fetched_at)
        _finish(keeper, session, capture, LedgerState.DONE)
        _count(keeper, session, capture, Outcome.SAME, "not modified", article_id=article_id)
        return Settled(outcome=Outcome.SAME, reason="not modified")
    if may_still_come(capture) and articles.by_url(session, canonical) is None:
        return _fail(keeper, session, capture, f"HTTP {capture.status}: the issue may not be whole yet")
    if capture.status in (MISSING, 410):
        return _missing(keeper, session, capture)
    return _fail(keeper, session, capture, f"HTTP {capture.status}")


def _missing(keeper: Keeper, session: Session, capture: Capture) -> Settled:
    """End an article page that is not there. It counts as gone; whether the page is need not be settled by one 404."""
    canonical, reason, at = keeper.canonical(capture.url), f"HTTP {capture.status}", capture.fetched_at
    row, shown = _row(keeper, session, capture), articles.by_url(session, canonical)
    absence = rechecks.absence(session, shown, at) if shown and capture.context.recheck else None
    if shown is None:
        patience.absent(session, row, capture, reason)
    elif capture.status == MISSING and absence and absence.doubtful:
        failed, look = LedgerState.FAILED, absence.next_look
        ledger.finish(session, row.canonical_url, state=failed, now=at, next_check_at=look, error=reason)
    else:
        articles.gone(session, canonical, absence.since if absence else at)
        patience.give_up(session, row, at, reason, since=shown.gone_at or row.discovered_at)
    _count(keeper, session, capture, Outcome.GONE, reason, article_id=shown.id if shown else None)
    return Settled(outcome=Outcome.GONE, reason=reason)


def silence(keeper: Keeper, url: str, reason: str) -> None:
    """Count a fetch that got no usable response; its ledger row stays leased until `put_off` or the end of the run."""
    keeper.count(Outcome.FAILED, url, reason=reason)


def put_off(keeper: Keeper, unheard: Mapping[str, str]) -> None:
    """Let ledger rows wait, longer each time. `unheard`: canonical URL → why it could not be fetched."""
    with keeper.database.begin() as session:
        for key, reason in unheard.items():
            patience.wait(session, key, reason, this_second())


def costs_its_page(
    travel: Callable[Concatenate[WayT, Capture, More], Settled],
) -> Callable[Concatenate[WayT, Capture, More], Settled]:
    """Law 6: a page that our own code fails on is that page's loss, in this run and in every later one."""

    @wraps(travel)
    def guarded(way: WayT, capture: Capture, /, *more: More.args, **named: More.kwargs) -> Settled:
        try:
            return travel(way, capture, *more, **named)
        except ArchiveError:
            raise  # a database or an archive that cannot be used ends the run
        except Exception as error:  # the edge of the way: what is not foreseen must not come back at every start
            log.exception("%s cannot be settled", capture.url)
            return broken(way.keeper, capture, f"{type(error).__name__}: {error}"[:300])

    return guarded


def broken(keeper: Keeper, capture: Capture, detail: str) -> Settled:
    """End a page that nothing can be done with: an index is tried again later, an article waits as unreadable."""
    with keeper.database.begin() as session:
        if capture.context.kind in INDEX_KINDS:
            return _fail(keeper, session, capture, detail, no_issue=True)
        _finish(keeper, session, capture, LedgerState.DONE)
        return _reject(keeper, session, capture, Rejection(url=capture.url, reason=Reason.UNREADABLE, detail=detail))


def _with_context(article: Article, capture: Capture) -> Article:
    """The column a page itself does not name is the one whose list led to it."""
    if article.column or not capture.context.column:
        return article
    how = {**article.how, "column": How(rule="context", place=capture.context.via or "", confidence=0.9)}
    return replace(article, column=capture.context.column, how=how)


def _fail(keeper: Keeper, session: Session, capture: Capture, reason: str, *, no_issue: bool = False) -> Settled:
    patience.wait(session, _row(keeper, session, capture).canonical_url, reason, capture.fetched_at)
    _count(keeper, session, capture, Outcome.FAILED, reason)
    return Settled(outcome=Outcome.FAILED, reason=reason, no_issue=no_issue)


def _finish(keeper: Keeper, session: Session, capture: Capture, state: LedgerState, error: str | None = None) -> None:
    finish = partial(
        ledger.finish,
        session,
        keeper.key_of(capture),
        state=state,
        now=capture.fetched_at,
        etag=capture.header("ETag"),
        last_modified=capture.header("Last-Modified"),
        error=error,
    )
    if not finish():
        _discover(keeper, session, capture)
        finish()


def _row(keeper: Keeper, session: Session, capture: Capture) -> LedgerRow:
    if (row := ledger.find(session, keeper.key_of(capture))) is None:
        _discover(keeper, session, capture)
        row = ledger.find(session, keeper.key_of(capture))
    assert row is not None, "it was discovered just now"
    return row


def _discover(keeper: Keeper, session: Session, capture: Capture) -> None:
    """A re-parse into an empty database meets captures whose URL no ledger knows yet."""
    url, context = capture.context.requested or capture.url, replace(capture.context, requested=None)
    candidate = Candidate(url=url, canonical_url=keeper.key_of(capture), context=context)
    ledger.discover(session, [candidate], now=capture.fetched_at)


def _count(
    keeper: Keeper,
    session: Session,
    capture: Capture,
    outcome: Outcome,
    reason: str,
    *,
    article_id: str | None = None,
    version_id: int | None = None,
) -> None:
    outcomes.record(
        session,
        run_id=capture.run_id or keeper.run_id,
        outcome=outcome,
        url=capture.url,
        reason=reason,
        capture_id=capture.id,
        article_id=article_id,
        version_id=version_id,
        now=this_second(),
    )
