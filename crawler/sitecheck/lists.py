"""What a channel's list pages lead to, and which of its selectors find it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from crawler.parse.document import Document
from crawler.parse.epaper import read_issue
from crawler.parse.feeds import is_xml_list
from crawler.parse.jsonread import looks_like_json
from crawler.parse.listing import read_listing
from crawler.parse.pagination import next_page
from crawler.sitecheck.fields import Tried, lost_of
from crawler.sites.profile import Channel, Generation, SiteProfile
from storage.records import SITE_ZONE, Kind, Page


@dataclass(frozen=True, kw_only=True)
class ListCheck:
    """One list page."""

    url: str
    articles: int
    """Links to articles."""
    sections: int
    """Links to further lists; of an e-paper to print pages."""
    fell_back: bool
    """Whether the articles were found by shape, the profile's selectors finding nothing."""
    onward: bool
    """Whether it leads to a next page."""


@dataclass(frozen=True, kw_only=True)
class LinkCheck:
    """One kind of a channel's selectors: `links`, `next` or `directory`."""

    name: str
    selectors: tuple[Tried, ...]
    covered: int
    """Pages on which one of them found something."""

    @property
    def lost(self) -> tuple[Tried, ...]:
        """As `FieldCheck.lost`."""
        return lost_of(self.selectors, self.covered)


def check_list(page: Page, channel: Channel, profile: SiteProfile) -> ListCheck:
    """What one list page leads to, as a crawl reads it."""
    listing = read_listing(page, channel, profile)
    return ListCheck(
        url=page.url,
        articles=len(listing.links),
        sections=len(listing.sections),
        # A channel without selectors asks for links by shape.
        fell_back=listing.fell_back and bool(channel.links or channel.json_list),
        onward=listing.next_url is not None,
    )


def check_issue(page: Page, generation: Generation) -> ListCheck:
    """What an issue's index or one of its print pages leads to."""
    day = page.context.issue_date or page.fetched_at.astimezone(SITE_ZONE).date()
    links = read_issue(page, generation, day).links
    pages = sum(link.kind is Kind.EDITION for link in links)
    return ListCheck(url=page.url, articles=len(links) - pages, sections=pages, fell_back=False, onward=False)


def check_links(pages: Sequence[Page], channel: Channel, profile: SiteProfile) -> list[LinkCheck]:
    """Every selector of a channel on every page of it that is HTML; a directory's on the pages that are one."""
    documents = [Document(page) for page in pages if not looks_like_json(page.text) and not is_xml_list(page.text)]
    directories = [one for one in documents if any(re.search(rules.match, one.page.url) for rules in channel.directory)]
    plain = [one for one in documents if one not in directories]
    checks = (
        _tried("links", channel.links, plain, lambda css, one: _leads(css, one.page, channel, profile)),
        _tried("next", channel.next, [one for one in plain if next_page(one)], lambda css, one: bool(one.select(css))),
        _tried("directory", _of_directories(channel), directories, lambda css, one: bool(one.select(css))),
    )
    return [check for check in checks if check.selectors]


def _of_directories(channel: Channel) -> tuple[str, ...]:
    return tuple(dict.fromkeys(css for rules in channel.directory for css in rules.select))


def _leads(css: str, page: Page, channel: Channel, profile: SiteProfile) -> bool:
    """Whether a selector by itself finds articles on a list page."""
    alone = channel.model_copy(update={"links": (css,)})
    listing = read_listing(page, alone, profile)
    return bool(listing.links) and not listing.fell_back


def _tried(
    name: str, selectors: Sequence[str], documents: Sequence[Document], finds: Callable[[str, Document], bool]
) -> LinkCheck:
    found = [[finds(css, document) for document in documents] for css in selectors]
    return LinkCheck(
        name=name,
        selectors=tuple(
            Tried(css=css, found=sum(each), of=len(documents)) for css, each in zip(selectors, found, strict=True)
        ),
        covered=sum(map(any, zip(*found, strict=True))) if found else 0,
    )
