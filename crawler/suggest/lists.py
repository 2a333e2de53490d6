"""List pages → channels: where they are, what their articles' addresses look like, which selectors find the links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.parse.anchors import anchors, key_of
from crawler.parse.document import Document
from crawler.parse.links import selected_links, shaped_links
from crawler.parse.territory import Territory
from crawler.suggest.addresses import article_shape, host_name, shape_of
from crawler.suggest.candidates import Candidate, candidates
from crawler.suggest.choose import Suggestion, Trial, cover
from storage.records import Page

LEAST_LINKS = 3
"""A page with fewer links to articles says nothing of a list's markup."""
WELL = 0.98
"""Of the links that general rules find, so many must be found."""
PURE = 0.9
"""Of the links that a selector finds, so many must be known to the general rules: short headlines escape these."""
SURE_OF_LINKS = 0.95
"""How sure links by shape are that several of them agree on."""
MOST_CANDIDATES = 200
_PARTING = re.compile(r"[_|｜丨]+|\s*[-–—]+\s*|\s[·»>]\s")


@dataclass(frozen=True, kw_only=True)
class ListPage:
    """A page that lists articles, its links found by their shape."""

    page: Page
    document: Document = field(repr=False)
    ground: Territory = field(repr=False)
    urls: frozenset[str]
    """Of the articles, as `key_of` names them."""

    @classmethod
    def of(cls, page: Page, hosts: Sequence[str]) -> ListPage:
        """Find the links of a page by the shape links have anyway."""
        document = Document(page)

        def owns(host: str) -> bool:
            return any(host == own or host.endswith(f".{own}") for own in hosts)

        ground = Territory(page_url=page.url, owns=owns, elsewhere=lambda _: False)
        urls = frozenset(key_of(link.url) for link in shaped_links(document, ground))
        return cls(page=page, document=document, ground=ground, urls=urls)

    @property
    def elements(self) -> list[HtmlElement]:
        """The links to articles that say something."""
        found = anchors(self.document.root, self.page.url)
        return [anchor.element for anchor in found if anchor.text and key_of(anchor.url) in self.urls]

    @property
    def title(self) -> str:
        """What the page is called: the beginning of its `title`, behind which the site's name stands."""
        parts = (part.strip() for part in _PARTING.split(self.document.title_tag))
        return next(filter(None, parts), host_name(self.page.url))


@dataclass(frozen=True, kw_only=True)
class ChannelDraft:
    """A channel as it can be told from its pages."""

    name: str
    title: str
    start: str
    article: str | None
    links: tuple[Suggestion, ...]
    pages: int


def draft_channels(pages: Sequence[ListPage]) -> list[ChannelDraft]:
    """A channel for each list; the pages of one list are told by address or by the channel that led to them."""
    groups: dict[str, list[ListPage]] = {}
    for page in pages:
        if len(page.urls) >= LEAST_LINKS:
            groups.setdefault(page.page.context.channel or _list_of(page.page.url), []).append(page)
    drafts: dict[str, ChannelDraft] = {}
    for group in groups.values():
        first = min(group, key=lambda one: (one.page.context.page_number, len(one.page.url), one.page.url))
        name = _free(first.page.context.channel or _name_of(first.page.url), drafts)
        article = article_shape(f"http:{url}" for one in group for url in sorted(one.urls))
        if article and any(re.search(article, one.page.url) for one in group):
            article = None  # it fits the lists as well
        drafts[name] = ChannelDraft(
            name=name,
            title=first.title,
            start=first.page.url,
            article=article,
            links=tuple(_links(group, article)),
            pages=len(group),
        )
    return list(drafts.values())


def _links(group: Sequence[ListPage], article: str | None) -> list[Suggestion]:
    told = list(range(len(group)))
    offered = sorted({one for page in group for one in _offers(page)})[:MOST_CANDIDATES]
    found = cover(offered, lambda one: _try(one, group, article), told, lambda _: SURE_OF_LINKS)
    return found if sum(one.right for one in found) >= len(group) else []


def _offers(page: ListPage) -> Iterator[Candidate]:
    """Selectors of the first, the middle and the last link; none that counts siblings."""
    elements = page.elements
    for place in {0, len(elements) // 2, len(elements) - 1} if elements else ():
        yield from (one for one in candidates(elements[place], wider=0) if ":nth" not in one.css)


def _try(candidate: Candidate, group: Sequence[ListPage], article: str | None) -> Trial:
    right: set[int] = set()
    wrong = 0
    for number, page in enumerate(group):
        links = selected_links(page.document, (candidate.css,), article, page.ground)
        found = {key_of(link.url) for link in links}
        shared = len(found & page.urls)
        if found and shared >= WELL * len(page.urls) and shared >= PURE * len(found):
            right.add(number)
        else:
            wrong += bool(found)
    return Trial(candidate=candidate, right=frozenset(right), wrong=wrong, beyond=0, several=0)


def _list_of(url: str) -> str:
    """What the pages of one list have in common: the address without the number of the page."""
    folder, _, name = shape_of(url).rpartition("/")
    stem = re.sub(r"\\d\+|index|default|list|\\\.s?html?|[_?=]", "", name)
    return f"{host_name(url)}{folder}/{stem}"


def _name_of(url: str) -> str:
    """A channel's name from its address: `/zhenjie/` is zhenjie, `/col/17.htmlx` is col-17."""
    path = re.sub(r"(?:index|default)?\.\w+$", "", urlsplit(url).path)
    words = [word.lower() for word in re.findall(r"[A-Za-z]+|\d+", path)][-2:]
    name = "-".join(words) if words and words[-1].isdigit() else (words or ["home"])[-1]
    return name if re.match(r"[a-z0-9]", name) else f"list-{name}"


def _free(name: str, taken: dict[str, ChannelDraft]) -> str:
    number, free = 2, name
    while free in taken:
        free, number = f"{name}-{number}", number + 1
    return free
