"""Discover: what a list page, feed, issue index or e-paper page leads to goes into the ledger before it is fetched."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from crawler.keeper import Keeper
from crawler.parse.anchors import host_of
from crawler.parse.decode import decode, not_whole
from crawler.parse.document import Document
from crawler.parse.epaper import read_issue
from crawler.parse.frames import framed_indexes
from crawler.parse.listing import read_listing
from crawler.parse.notarticle import judge_page
from crawler.parse.refresh import refresh_target
from crawler.sites.profile import Generation
from storage.contexts import read_context
from storage.records import SITE_ZONE, Capture, Context, Kind, Link, Listing, Outcome, Page, Reason
from storage.store import issues, ledger, runs
from storage.store.ledger import Candidate
from storage.store.tables import IssueState

EMPTY_HANDED = (Reason.CHALLENGE, Reason.ERROR_PAGE, Reason.SCRIPT_SHELL)
"""Why a page that should list articles lists none, where the page itself tells."""
MOST_STEPS = 5
"""Index pages that lead on to each other by refresh, frame, section or a list of lists; the pages of one list are one.
A home page that refreshes to a frame set with a menu whose sections are frame sets again takes four."""
_INDEX_FILE = re.compile(r"(?<=/)(?:index|default)\.\w{3,5}$", re.IGNORECASE)
"""The name that most servers give a folder's own page."""
_DAY_IN_URL = re.compile(r"(?<!\d)(20\d\d)[-/]?([01]\d)[-/]?([0-3]\d)(?!\d)")


@dataclass(frozen=True, kw_only=True)
class Followed:
    """What came of one index page."""

    outcome: Outcome
    reason: str = ""
    links: int = 0
    """Links on it, known or not."""
    no_issue: bool = False
    """E-paper: this address does not lead to the issue of the day that was asked for."""


def follow(keeper: Keeper, session: Session, capture: Capture) -> Followed:
    """Read an index page and commit what it leads to; the caller's transaction holds all of it."""
    if capture.truncated:  # half a list would be taken for a whole one
        return Followed(outcome=Outcome.FAILED, reason=not_whole(capture), no_issue=True)
    if capture.status == 304:
        return Followed(outcome=Outcome.INDEX, reason="not modified")
    if not 200 <= capture.status < 300:
        return _refused(capture)
    if capture.context.kind is Kind.LISTING:
        return _follow_list(keeper, session, capture, decode(capture))
    return _follow_issue(keeper, session, capture, decode(capture))


def _refused(capture: Capture) -> Followed:
    """An index that answered with an error: a day without an issue is not an error, everything else is."""
    reason, missing = f"HTTP {capture.status}", capture.status in (404, 410)
    if missing and capture.context.kind is Kind.ISSUE:
        return Followed(outcome=Outcome.INDEX, reason=f"no issue here: {reason}", no_issue=True)
    if missing and capture.context.kind is Kind.EDITION and not may_still_come(capture):
        return Followed(outcome=Outcome.GONE, reason=reason, no_issue=True)
    return Followed(outcome=Outcome.FAILED, reason=reason, no_issue=True)


def may_still_come(capture: Capture) -> bool:
    """Whether a part of an issue that is not there was asked for on the issue's own day: it may not be whole yet."""
    day = capture.context.issue_date
    return capture.status == 404 and day is not None and capture.fetched_at.astimezone(SITE_ZONE).date() <= day


def _follow_list(keeper: Keeper, session: Session, capture: Capture, page: Page) -> Followed:
    context, moment = capture.context, capture.fetched_at
    channel = keeper.channel(context)
    if channel is None:
        return Followed(outcome=Outcome.FAILED, reason=f"channel {context.channel} is no longer in the site profile")
    own = _note_met(keeper, capture)
    if target := refresh_target(page):
        onward = _candidate(keeper, target, replace(context, via=_asked(capture), requested=None))
        if onward.canonical_url not in keeper.lists | own:
            if stop := _no_further(keeper, session, capture, target):
                return Followed(outcome=Outcome.FAILED, reason=f"refreshes {stop}")
            ledger.renew(session, [onward], now=moment)
            return Followed(outcome=Outcome.REDIRECT, reason="meta refresh", links=1)
    listing = read_listing(page, channel, keeper.profile)
    if listing.fell_back:
        runs.note(session, keeper.run_id, f"channel {channel.name}: article links found by shape, not by selectors")
    # An interface ends its list with an empty page; only a list that begins with one is worth a look.
    if not listing.links and not listing.sections and context.page_number == 1:
        told = judge_page(Document(page), None, None)
        why = f" ({told[1].rstrip('.')})" if told and told[0] in EMPTY_HANDED else ""
        runs.note(session, keeper.run_id, f"channel {channel.name}: no article links on {page.url}{why}")
    column = channel.title if channel.column else None
    base = Context(kind=Kind.ARTICLE, site=keeper.profile.name, channel=channel.name, via=page.url, column=column)
    found = ledger.discover(session, [_from_link(keeper, link, base) for link in listing.links], now=moment)
    beside = replace(base, via=_asked(capture))
    lists = not_met_yet(keeper, [_from_link(keeper, link, beside) for link in listing.sections])
    if lists and (stop := _no_further(keeper, session, capture)):
        runs.note(session, keeper.run_id, f"channel {channel.name}: lists lead {stop}, {page.url} the last")
    elif lists:
        ledger.renew(session, lists, now=moment)
    if listing.next_url and (found.unknown_here or keeper.full):
        _walk_on(keeper, session, capture, listing.next_url, channel.max_pages)
    return Followed(outcome=Outcome.INDEX, links=len(listing.links))


def _asked(capture: Capture) -> str:
    """The address whose ledger row a capture answers."""
    return capture.context.requested or capture.url


def _no_further(keeper: Keeper, session: Session, capture: Capture, target: str | None = None) -> str | None:
    """Why nobody goes on from an index page to a further one, `target` or any of the site; None: one may."""
    host = host_of(target) if target else None
    if host is not None and not keeper.profile.owns(host):
        return f"off the site to {host}"
    steps, context, seen = 0, capture.context, set[str]()
    while context.via and steps < MOST_STEPS and context.via not in seen:
        steps += context.page_number == 1
        seen.add(context.via)
        row = ledger.find(session, keeper.canonical(context.via))
        context = read_context(row.context) if row else replace(context, via=None)
    return f"on and on ({MOST_STEPS} in a row)" if steps >= MOST_STEPS else None


def _note_met(keeper: Keeper, capture: Capture) -> set[str]:
    """Note that this run has read an index page; its names."""
    own = {keeper.key_of(capture), keeper.canonical(capture.url)}
    if capture.run_id == keeper.run_id:  # what a dead run fetched is fetched again
        keeper.lists |= own
    return own


def _walk_on(keeper: Keeper, session: Session, capture: Capture, next_url: str, max_pages: int) -> None:
    """Make the next page of a list pending, unless the list has been walked as far as the profile allows."""
    context = capture.context
    if context.page_number >= max_pages:
        runs.note(session, keeper.run_id, f"channel {context.channel}: stopped after {max_pages} list pages")
        return
    onward = replace(context, via=_asked(capture), page_number=context.page_number + 1, requested=None)
    candidate = _candidate(keeper, next_url, onward)
    if candidate.canonical_url not in keeper.lists | {keeper.canonical(capture.url)}:
        ledger.renew(session, [candidate], now=capture.fetched_at)


def not_met_yet(keeper: Keeper, candidates: Iterable[Candidate]) -> list[Candidate]:
    """The list pages that this run has not met, noted as met. A folder and the index file in it are one list."""
    fresh = []
    for candidate in candidates:
        folder = _INDEX_FILE.sub("", candidate.canonical_url)
        # What has no name is a frame, and that of a home page may well be called index.
        names = {candidate.canonical_url, folder} if candidate.context.link_text else {candidate.canonical_url}
        if keeper.lists.isdisjoint(names):
            fresh.append(candidate)
        keeper.lists |= names
    return fresh


def _follow_issue(keeper: Keeper, session: Session, capture: Capture, page: Page) -> Followed:
    context = capture.context
    _note_met(keeper, capture)
    paper = keeper.paper(context)
    generation = keeper.generation(paper, page.url) if paper else None
    if generation is None:
        return Followed(outcome=Outcome.INDEX, reason="led away from the e-paper", no_issue=True)
    shown = _day_in(page.url)
    day = context.issue_date or shown
    if shown and shown != day:
        return Followed(outcome=Outcome.INDEX, reason=f"led to the issue of {shown}", no_issue=True)
    if target := refresh_target(page):
        return _follow_refresh(keeper, session, capture, generation, target, day)
    listing = read_issue(page, generation, day or capture.fetched_at.date())
    day = day or listing.issue_day
    if day is None:
        return Followed(outcome=Outcome.INDEX, reason="does not say which day's issue it is", no_issue=True)
    if listing.issue_day and listing.issue_day != day:
        return Followed(outcome=Outcome.INDEX, reason=f"shows the issue of {listing.issue_day}", no_issue=True)
    if not listing.links:
        return _follow_frames(keeper, session, capture, page, day)
    _discover_issue(keeper, session, capture, listing, day)
    return Followed(outcome=Outcome.INDEX, links=len(listing.links))


def _follow_refresh(
    keeper: Keeper, session: Session, capture: Capture, generation: Generation, target: str, day: date | None
) -> Followed:
    """An index that refreshes to the next one: that is followed only if it stays with the day asked for."""
    leads_to = _day_in(target)
    if day and leads_to and leads_to != day:
        return Followed(outcome=Outcome.REDIRECT, reason=f"refreshes to the issue of {leads_to}", no_issue=True)
    if keeper.canonical(target) == keeper.canonical(capture.url):
        return Followed(outcome=Outcome.INDEX, reason="refreshes to itself", no_issue=True)
    if stop := _no_further(keeper, session, capture, target):
        return Followed(outcome=Outcome.FAILED, reason=f"refreshes {stop}", no_issue=True)
    if leads_to and not day and not keeper.full and _is_complete(session, capture, leads_to):
        return Followed(outcome=Outcome.INDEX, reason=f"the newest issue, of {leads_to}, is complete")
    name = target.split("?", 1)[0].rsplit("/", 1)[-1]
    kind = Kind.EDITION if re.search(generation.page, name) else Kind.ISSUE
    onward = replace(capture.context, kind=kind, via=_asked(capture), issue_date=day or leads_to, requested=None)
    ledger.renew(session, not_met_yet(keeper, [_candidate(keeper, target, onward)]), now=capture.fetched_at)
    return Followed(outcome=Outcome.REDIRECT, reason="meta refresh", links=1)


def _follow_frames(keeper: Keeper, session: Session, capture: Capture, page: Page, day: date) -> Followed:
    """An index that lists nothing itself: the list may stand in one of its frames."""
    onward = replace(capture.context, kind=Kind.ISSUE, via=_asked(capture), issue_date=day, requested=None)
    frames = [_candidate(keeper, url, onward) for url in framed_indexes(page, day)]
    fresh = not_met_yet(keeper, frames)
    if not fresh or _no_further(keeper, session, capture):
        return Followed(outcome=Outcome.INDEX, reason="lists neither pages nor articles", no_issue=True)
    ledger.renew(session, fresh, now=capture.fetched_at)
    return Followed(outcome=Outcome.INDEX, reason="its frames may list the issue")


def _is_complete(session: Session, capture: Capture, day: date) -> bool:
    row = issues.find(session, capture.context.channel or "", day)
    return row is not None and row.state is IssueState.COMPLETE


def _discover_issue(keeper: Keeper, session: Session, capture: Capture, listing: Listing, day: date) -> None:
    context = capture.context
    base = Context(
        kind=Kind.ARTICLE, site=keeper.profile.name, channel=context.channel, via=capture.url, issue_date=day
    )
    candidates = []
    for link in listing.links:
        named = replace(link, label=link.label or context.label, page_name=link.page_name or _name(link, context))
        candidates.append(_from_link(keeper, named if link.kind is Kind.ARTICLE else link, base))
    ledger.discover(session, candidates, now=capture.fetched_at)
    if keeper.full:
        pages = [candidate for candidate in candidates if candidate.context.kind is Kind.EDITION]
        ledger.renew(session, not_met_yet(keeper, pages), now=capture.fetched_at)


def _name(link: Link, context: Context) -> str | None:
    """The page's own name, for an article listed on it under no other label."""
    return context.page_name if link.label in (None, context.label) else None


def _from_link(keeper: Keeper, link: Link, base: Context) -> Candidate:
    context = replace(
        base,
        kind=link.kind,
        label=link.label,
        page_name=link.page_name,
        link_text=link.text or None,
        listed_day=link.day,
    )
    return _candidate(keeper, link.url, context)


def _candidate(keeper: Keeper, url: str, context: Context) -> Candidate:
    return Candidate(url=url, canonical_url=keeper.canonical(url), context=context)


def _day_in(url: str) -> date | None:
    """The issue day in an e-paper address, None where it has none."""
    for year, month, day in _DAY_IN_URL.findall(url):
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            continue
    return None
