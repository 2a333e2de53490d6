"""Which links of a list page can lead to articles: where they point, and in which part of the page they stand."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.parse.anchors import host_of, key_of

NAVIGATION = frozenset(("nav", "navbar", "navi", "navigation", "daohang", "menu", "submenu", "topnav", "mainnav"))
"""Words in a class or an id that name the part of the page that leads to sections."""
FURNITURE = NAVIGATION | frozenset(
    (
        *(
            "foot",
            "footer",
            "copyright",
            "copy",
            "friend",
            "friends",
            "friendlink",
            "friendlinks",
            "yqlj",
            "youlian",
            "breadcrumb",
        ),
        *("breadcrumbs", "crumb", "crumbs", "bread", "location", "weizhi", "dqwz", "pager", "pagination", "pages"),
        *("fenye", "turnpage", "toolbar", "share", "login"),
    )
)
"""Words in a class or an id that name a part of the page without articles."""
ADVERTS = frozenset(
    ("ad", "ads", "adv", "advert", "adverts", "advertisement", "guanggao", "gg", "sponsored", "tuiguang")
)
NO_NEWS_HOST = re.compile(
    r"^(?:bbs|club|forum|tuan|shop|mall|mail|passport|login|sso|member|user|i|my|search|so|e?paper|szb)\."
)
"""Hosts of a site without news of its own: forums, shops, mail, logins, and e-papers, which have their own walk."""
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_WHOLE_PAGE_LINKS = 20
"""A part with fewer links than this may hold most of a short page's links and still be its navigation."""


@dataclass(frozen=True, kw_only=True)
class Territory:
    """Which addresses a list page may lead to."""

    page_url: str
    owns: Callable[[str], bool]
    """Whether a host belongs to the site."""
    elsewhere: Callable[[str], bool]
    """Whether an address belongs to another channel that knows more of it (an e-paper)."""

    def holds(self, url: str) -> bool:
        """Whether a link to `url` leads somewhere else within the site."""
        return self.owns(host_of(url)) and not self.elsewhere(url) and key_of(url) != key_of(self.page_url)


class Marked:
    """Which elements of a page stand inside a part whose class, id or tag names what it is."""

    def __init__(self, root: HtmlElement, words: frozenset[str], tags: frozenset[str] = frozenset()) -> None:
        self._words, self._tags = words, tags
        self._links = sum(1 for _ in root.iter("a"))
        self._known: dict[HtmlElement, bool] = {}

    def holds(self, element: HtmlElement) -> bool:
        """Whether the element, or one around it, is such a part."""
        return self._is(element) or any(self._is(around) for around in element.iterancestors())

    def _is(self, element: HtmlElement) -> bool:
        if element not in self._known:
            named = element.tag in self._tags or not self._words.isdisjoint(_class_words(element))
            # What holds more than half of all links is the page itself, whatever it is called.
            self._known[element] = named and 2 * _links_in(element) <= max(self._links, _WHOLE_PAGE_LINKS)
        return self._known[element]


def _links_in(element: HtmlElement) -> int:
    return sum(1 for _ in element.iter("a"))


def _class_words(element: HtmlElement) -> set[str]:
    """Words of class and id: `topNav main-list ad2` → top, nav, main, list, ad."""
    return {word.lower() for word in _WORD.findall(f"{element.get('class') or ''} {element.get('id') or ''}")}
