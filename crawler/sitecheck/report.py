"""What a check found: channel by channel, field by field, and in sentences what no longer fits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from crawler.sitecheck.fields import CheckedPage, FieldCheck, check_fields
from crawler.sitecheck.lists import LinkCheck, ListCheck, check_issue, check_links, check_list
from crawler.sitecheck.names import named
from crawler.sites.profile import SiteProfile
from storage.records import Page, Rejection


@dataclass(frozen=True, kw_only=True)
class Pages:
    """What came of one channel, or of one generation of an e-paper."""

    name: str
    """Of the channel; of a generation `paper/generation`."""
    indexes: tuple[Page, ...] = ()
    """List pages; of an e-paper issue indexes and print pages."""
    articles: tuple[Page, ...] = ()
    failures: tuple[tuple[str, str], ...] = ()
    """Addresses that gave no page, each with the reason."""
    left_out: str = ""
    """Why nothing of it was fetched; empty where it was."""


@dataclass(frozen=True, kw_only=True)
class Unread:
    """An article page that came to no article."""

    url: str
    reason: str
    detail: str


@dataclass(frozen=True, kw_only=True)
class ChannelCheck:
    """One channel or generation."""

    name: str
    title: str
    seen_live: bool
    lists: tuple[ListCheck, ...] = ()
    links: tuple[LinkCheck, ...] = ()
    indexes: int = 0
    """Pages that list: list pages, issue indexes, print pages."""
    articles: int = 0
    """Article pages that came."""
    unread: tuple[Unread, ...] = ()
    fields: Mapping[str, Sequence[FieldCheck]] = field(default_factory=dict)
    """Family → its fields on this channel's pages."""
    failures: tuple[tuple[str, str], ...] = ()
    left_out: str = ""


@dataclass(frozen=True, kw_only=True)
class SiteCheck:
    """A whole check."""

    site: str
    channels: tuple[ChannelCheck, ...]
    faults: tuple[str, ...]
    """What no longer fits, a sentence each; empty where the profile holds."""

    def as_json(self) -> dict[str, Any]:
        """Ready for JSON."""
        return asdict(self)


def report_on(came: Sequence[Pages], profile: SiteProfile) -> SiteCheck:
    """Check what came of a site's channels against its profile."""
    pages = {one.name: [CheckedPage(page=page, profile=profile) for page in one.articles] for one in came}
    channels = tuple(_channel(one, pages[one.name], profile) for one in came)
    every = [page for checked in pages.values() for page in checked]
    faults = (*(fault for one in channels for fault in _faults(one)), *_lost(every))
    return SiteCheck(site=profile.name, channels=channels, faults=faults)


def _channel(came: Pages, pages: Sequence[CheckedPage], profile: SiteProfile) -> ChannelCheck:
    known = named(came.name, profile)
    read = [page for page in pages if page.is_article]
    made = ChannelCheck(
        name=came.name,
        title=known.title,
        seen_live=known.seen_live,
        indexes=len(came.indexes),
        articles=len(pages),
        unread=tuple(_unread(page) for page in pages if not page.is_article),
        fields={family: check_fields(found) for family, found in _by_family(read).items()},
        failures=came.failures,
        left_out=came.left_out,
    )
    if known.generation:
        return replace(made, lists=tuple(check_issue(page, known.generation) for page in came.indexes))
    assert known.channel, "what is named is a channel or a generation"
    lists = tuple(check_list(page, known.channel, profile) for page in came.indexes)
    return replace(made, lists=lists, links=tuple(check_links(came.indexes, known.channel, profile)))


def _by_family(pages: Sequence[CheckedPage]) -> dict[str, list[CheckedPage]]:
    found: dict[str, list[CheckedPage]] = {}
    for page in pages:
        found.setdefault(page.family, []).append(page)
    return found


def _unread(page: CheckedPage) -> Unread:
    result = page.chosen.result
    assert isinstance(result, Rejection), "an article was read"
    return Unread(url=page.page.url, reason=result.reason.value, detail=result.detail)


def _faults(one: ChannelCheck) -> Iterator[str]:
    """What is wrong with a channel's lists, and whether any of its articles can be read."""
    where = f"channel {one.name}" if "/" not in one.name else f"e-paper {one.name}"
    if one.left_out:
        return
    if not one.indexes:
        why = f": {one.failures[0][1]}" if one.failures else ""
        yield f"{where}: no page of it came{why}"
        return
    by_shape = sum(found.articles for found in one.lists if found.fell_back)
    for check in one.links:
        for tried in check.lost:
            instead = f"; {by_shape} links were found by shape instead" if check.name == "links" and by_shape else ""
            yield f"{where}: {check.name} {tried.css!r} matches nothing on {_pages(tried.of)}{instead}"
    if by_shape and not one.links and all(found.fell_back for found in one.lists if found.articles):
        yield f"{where}: its {by_shape} articles were found by general rules, not where the profile says"
    if one.lists and not any(found.articles or found.sections for found in one.lists):
        yield f"{where}: no article links on {_pages(len(one.lists))}"
    if one.articles and len(one.unread) == one.articles:
        yield f"{where}: none of {one.articles} article pages could be read ({one.unread[0].reason})"


def _lost(pages: Sequence[CheckedPage]) -> Iterator[str]:
    """Selectors of fields that match nothing on any page of their family, whatever channel led to it."""
    for family, found in _by_family([page for page in pages if page.is_article]).items():
        for check in check_fields(found):
            for tried in check.lost:
                yield f"selectors.{family}: {check.name} {tried.css!r} matches nothing on {_pages(tried.of)}"


def _pages(number: int) -> str:
    return f"{number} page{'' if number == 1 else 's'}"
