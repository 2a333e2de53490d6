"""A page of a channel → the articles it lists, its next page, the sections it leads to."""

from __future__ import annotations

import re
from dataclasses import replace

from crawler.parse.anchors import absolute, host_of, key_of, text_of
from crawler.parse.document import Document
from crawler.parse.feeds import is_xml_list, read_feed
from crawler.parse.frames import framed_pages
from crawler.parse.jsonlist import ANY_JSON, markup_of, read_directory, read_json_list
from crawler.parse.jsonread import read_json
from crawler.parse.links import patterned_links, selected_links, shaped_links
from crawler.parse.pagination import next_page
from crawler.parse.scriptlists import scripted_links
from crawler.parse.sections import section_links
from crawler.parse.territory import Territory
from crawler.sites.profile import Channel, Directory, SiteProfile
from storage.records import Kind, Link, Listing, Page


def read_listing(page: Page, channel: Channel, profile: SiteProfile) -> Listing:
    """What a page of a channel leads to. Never raises; a page that lists nothing gives an empty listing.

    The page's content decides how it is read, not what the channel calls it: a feed that answers with an HTML page
    is read by its links, a list page that answers with JSON as a JSON list.
    """
    ground = _territory(page, profile)
    data = read_json(page.text) if page.text.lstrip("\ufeff \t\r\n")[:1] != "<" else None
    if is_xml_list(page.text):
        listing = _of_its_own(read_feed(page), channel, ground)
    elif data is not None:
        listing = _read_json(page, data, channel, profile)
    else:
        listing = _read_html(page, channel, profile)
    return replace(
        listing,
        links=tuple(link for link in listing.links if profile.owns(host_of(link.url))),
        sections=tuple(link for link in listing.sections if profile.owns(host_of(link.url))),
        next_url=listing.next_url if listing.next_url and profile.owns(host_of(listing.next_url)) else None,
    )


def _territory(page: Page, profile: SiteProfile) -> Territory:
    stems = tuple(
        key_of(template.split("{", 1)[0])
        for paper in profile.paper
        for generation in paper.generation
        for template in generation.issue
    )
    at_home = {host_of(start) for channel in profile.channel for start in channel.start}
    hosts = {host_of(stem) for stem in stems} - at_home
    return Territory(
        page_url=page.url,
        owns=profile.owns,
        elsewhere=lambda url: host_of(url) in hosts or any(map(key_of(url).startswith, stems)),
    )


def _of_its_own(listing: Listing, channel: Channel, ground: Territory) -> Listing:
    """A sitemap lists whatever a site has: kept is what the channel calls an article, and no e-paper page."""
    shape = channel.article
    links = [link for link in listing.links if (re.search(shape, link.url) if shape else ground.holds(link.url))]
    return replace(listing, links=tuple(links))


def _read_json(page: Page, data: object, channel: Channel, profile: SiteProfile) -> Listing:
    directories = [rules for rules in channel.directory if re.search(rules.match, page.url)]
    if directories:
        return Listing(sections=tuple(link for rules in directories for link in read_directory(data, rules)))
    listing = read_json_list(page, data, channel.json_list or ANY_JSON)
    if not listing.links and (markup := markup_of(data)):
        return replace(_read_html(replace(page, text=markup), channel, profile), next_url=None, fell_back=True)
    return replace(listing, fell_back=listing.fell_back or (bool(listing.links) and channel.json_list is None))


def _read_html(page: Page, channel: Channel, profile: SiteProfile) -> Listing:
    document, ground = Document(page), _territory(page, profile)
    links = selected_links(document, channel.links, channel.article, ground)
    fell_back = not links
    if not links and channel.article:
        links = patterned_links(document, channel.article, ground)
    if not links:
        links = shaped_links(document, ground) or scripted_links(document, ground)
    return Listing(
        links=tuple(links),
        next_url=next_page(document, channel.next),
        sections=(
            *framed_pages(document, ground, inline=not links),
            *_sections(document, channel, profile, ground, {key_of(link.url) for link in links}),
        ),
        fell_back=fell_back and bool(links),
    )


def _sections(
    document: Document, channel: Channel, profile: SiteProfile, ground: Territory, articles: set[str]
) -> list[Link]:
    """Sections and columns that a start page leads to; other pages lead to none, or there would be no end of them.

    Args:
        articles: Keys of the articles found on the page: none of them is a section as well.
    """
    if not _is_start(document.page):
        return []
    found: dict[str, Link] = {}
    for rules in channel.directory:
        if re.search(rules.match, document.page.url):
            found |= {link.url: link for link in _directory(document, rules)}
    if channel.sections:
        home = _site_of(document.page.url, profile)
        sections = section_links(document, channel.section, ground, lambda host: _under(host, home))
        found |= {link.url: link for link in sections if key_of(link.url) not in articles}
    return list(found.values())


def _is_start(page: Page) -> bool:
    """Whether no link led to a page: it is one of the channel's start pages, or what a start page redirects or
    refreshes to, or shows in a frame."""
    return page.context.link_text is None and page.context.page_number == 1


def _directory(document: Document, rules: Directory) -> list[Link]:
    found = []
    for selector in rules.select:
        for element in document.select(selector):
            name = text_of(element)
            values = (element.get(key.lower()) or "" for key in rules.id)
            match = next((match for value in values if (match := re.search(rules.id_shape, value))), None)
            if match and re.search(rules.keep, name):
                identity = next((group for group in match.groups() if group), match[0])
                urls = (absolute(document.page.url, template.format(id=identity)) for template in rules.list)
                found += [Link(url=url, kind=Kind.LISTING, text=name) for url in urls if url]
    return found


def _site_of(url: str, profile: SiteProfile) -> str:
    """The host of the profile that a page belongs to, without what stands before it."""
    host = host_of(url)
    return next((own for own in profile.hosts if _under(host, own)), host)


def _under(host: str, own: str) -> bool:
    return host == own or host.endswith("." + own)
