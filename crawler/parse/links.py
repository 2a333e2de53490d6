"""Article links of a list page: by selectors, by the shape the profile gives, or by the shape links have anyway."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date

from lxml.html import HtmlElement

from crawler.parse.anchors import Anchor, anchors, han, host_of, is_empty_word, key_of
from crawler.parse.document import Document
from crawler.parse.linkshape import Shape, pattern_of, shape_of
from crawler.parse.listed_day import day_beside
from crawler.parse.territory import ADVERTS, FURNITURE, NO_NEWS_HOST, Marked, Territory
from storage.records import SITE_ZONE, Link

HEADLINE_HAN = 6
"""Chinese characters that make a link's text a headline; navigation says what it leads to in two to five."""
SHORTEST_HAN = 2
"""Chinese characters of the shortest headline that others under the same address pattern vouch for."""
PATTERN_OF_ITS_OWN = 3
"""Headlines under one address pattern that vouch for short headlines under the same."""

ABOUT_THE_SITE = re.compile(
    r"备案|许可证|网安备|举报|版权所有|联系我们|关于我们|本站|网站(?:地图|声明|简介|首页)|法律(?:声明|顾问)|隐私|免责|收藏|设为首页"
    r"|服务条款|服务协议|刊登|跟贴|客户端|扫码|登录|注册|投稿|数字报|电子报|电子版|往期|广告(?:服务|刊例|合作|投放|招商)|招聘|English"
)
_ADVERT = re.compile(r"\W*(?:广告|推广|赞助)(?:\W.*)?$")


def selected_links(document: Document, selectors: Iterable[str], article: str | None, ground: Territory) -> list[Link]:
    """Article links that the first fruitful selector finds.

    Args:
        article: Shape of an article's address; None: any within the site that is no picture or file.
    """
    every = {anchor.element: anchor for anchor in anchors(document.root, document.page.url)}
    for selector in selectors:
        chosen = [link for element in document.select(selector) for link in element.iter("a", "area")]
        fitting = [every[link] for link in chosen if link in every and _fits(every[link], article, ground)]
        if any(anchor.text for anchor in fitting):
            return _links(fitting, document)
    return []


def _fits(anchor: Anchor, article: str | None, ground: Territory) -> bool:
    if says_advert(anchor):
        return False
    if article is not None:
        return ground.owns(host_of(anchor.url)) and re.search(article, anchor.url) is not None
    return ground.holds(anchor.url)


def patterned_links(document: Document, article: str, ground: Territory) -> list[Link]:
    """Links whose address has the shape the profile gives for articles, adverts left out."""
    found = anchors(document.root, document.page.url)
    adverts = Marked(document.root, ADVERTS)
    fitting = [anchor for anchor in found if _fits(anchor, article, ground) and not adverts.holds(anchor.element)]
    return [link for link in _links(fitting, document) if not is_empty_word(link.text)]


def shaped_links(document: Document, ground: Territory) -> list[Link]:
    """Links that look like articles: a dated or numbered address, and a text that reads like a headline.

    A short text counts where its address has the pattern of several headlines. Navigation, page numbers, adverts and
    what sites say about themselves are left out.
    """
    furniture = Marked(document.root, FURNITURE | ADVERTS, frozenset(("nav", "footer")))
    likely = []
    for anchor in anchors(document.root, document.page.url):
        shape = shape_of(anchor.url)
        if shape is Shape.OTHER or not ground.holds(anchor.url) or says_advert(anchor):
            continue
        if NO_NEWS_HOST.match(host_of(anchor.url)):
            continue
        if furniture.holds(anchor.element) or (shape < Shape.DATED and ABOUT_THE_SITE.search(anchor.text)):
            continue
        likely.append(anchor)
    patterns = Counter(pattern_of(url) for url in {anchor.url for anchor in likely if _is_headline(anchor.text)})
    told = {key_of(anchor.url) for anchor in likely if _reads_well(anchor, patterns)}
    return _links([anchor for anchor in likely if key_of(anchor.url) in told], document)


def _reads_well(anchor: Anchor, patterns: Counter[str]) -> bool:
    if _is_headline(anchor.text):
        return True
    return han(anchor.text) >= SHORTEST_HAN and patterns[pattern_of(anchor.url)] >= PATTERN_OF_ITS_OWN


def _is_headline(text: str) -> bool:
    count = han(text)
    return count >= HEADLINE_HAN or (count >= HEADLINE_HAN - 2 and len(text) >= 2 * HEADLINE_HAN)


def says_advert(anchor: Anchor) -> bool:
    """Whether a link calls itself an advertisement."""
    return _ADVERT.match(anchor.text) is not None or "sponsored" in (anchor.element.get("rel") or "")


def _links(found: list[Anchor], document: Document) -> list[Link]:
    """One link an address, in page order, with the best text and the day beside any of its links."""
    today = document.page.fetched_at.astimezone(SITE_ZONE).date()
    groups: dict[str, list[Anchor]] = {}
    for anchor in found:
        groups.setdefault(key_of(anchor.url), []).append(anchor)
    elements = {key: frozenset(anchor.element for anchor in group) for key, group in groups.items()}
    every = frozenset(element for group in elements.values() for element in group)
    links = []
    for key, group in groups.items():
        text = next((anchor.text for anchor in group if not is_empty_word(anchor.text)), "")
        day = _first_day(group, today, every, elements[key])
        links.append(Link(url=group[0].url.partition("#")[0] or group[0].url, text=text, day=day))
    return links


def _first_day(
    group: list[Anchor], today: date, links: frozenset[HtmlElement], same: frozenset[HtmlElement]
) -> date | None:
    days = (day_beside(anchor.element, today, links, same) for anchor in group)
    return next((day for day in days if day), None)
