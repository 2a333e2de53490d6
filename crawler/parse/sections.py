"""Links from a home page to the site's other list pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml.html import HtmlElement

from crawler.parse.anchors import CUT_OFF, Anchor, anchors, han, host_of, key_of, visible
from crawler.parse.document import Document
from crawler.parse.links import ABOUT_THE_SITE, says_advert
from crawler.parse.linkshape import Shape, is_file, shape_of
from crawler.parse.shapes import HAN, fold
from crawler.parse.territory import NAVIGATION, NO_NEWS_HOST, Marked, Territory
from storage.records import Kind, Link

SECTION_HAN = (2, 10)
"""Chinese characters of a section's name, least and most."""
NUMBERED_SECTION_HAN = 5
"""Chinese characters of a section's name, at most, where its address could be an article's as well."""
MOST_SECTIONS = 100
"""More than any home page's navigation; a page with more is a directory of something else."""

_NO_SECTION = re.compile(
    r"首页|主页|返回|上一|下一|末页|尾页|更多|论坛|社区|商城|团购|邮箱|搜索|会员|微信|微博|抖音|手机|客户端|触屏|电脑版|繁体|无障碍|声明|说明|直播间?$|专题$"
)
_MORE = re.compile(r"\W*(?:(?:查看)?更多|more)\W*", re.IGNORECASE)
_NAME = re.compile(rf"[{HAN}·A-Za-z0-9]+")


def section_links(
    document: Document, section: str | None, ground: Territory, same_site: Callable[[str], bool]
) -> list[Link]:
    """Links to other list pages of the same site.

    Args:
        section: Shape of their address; None: navigation-like links, by text and address, and 更多 beside a heading.
        same_site: Whether a host is of the same site as this page (the whole profile may span several).
    """
    found: dict[str, Link] = {}
    navigation = Marked(document.root, NAVIGATION, frozenset(("nav",)))
    for anchor in anchors(document.root, document.page.url):
        if not ground.holds(anchor.url):
            continue
        if section is not None:
            name = anchor.text if re.search(section, anchor.url) else None
        else:
            leads_on = same_site(host_of(anchor.url)) and _may_be_section(anchor, ground, navigation)
            name = _section_name(anchor) if leads_on else None
        if name:
            link = Link(url=anchor.url.partition("#")[0], kind=Kind.LISTING, text=name)
            found.setdefault(key_of(anchor.url), link)
    return list(found.values())[:MOST_SECTIONS]


def _section_name(anchor: Anchor) -> str | None:
    """What a section is called, None where the link's text names none."""
    text = visible(anchor.element)
    if _MORE.fullmatch(text) or (not text and _MORE.fullmatch(anchor.text)):
        return next(_names_around(anchor.element), None)
    name = re.sub(r"\s", "", text or anchor.text)
    if CUT_OFF.search(name):
        return None
    least, most = SECTION_HAN
    fits = least <= han(name) <= most and len(name) <= most + 2
    return name if fits and not _NO_SECTION.search(name) and not ABOUT_THE_SITE.search(name) else None


def _names_around(element: HtmlElement) -> Iterator[str]:
    """Names that stand with a 更多 link: the heading of its box."""
    around = element.getparent()
    for _ in range(3):
        if around is None:
            return
        for text in around.xpath(".//text()"):
            name = re.sub(r"\s", "", fold(text))
            if SECTION_HAN[0] <= han(name) <= SECTION_HAN[1] and _NAME.fullmatch(name) and not _MORE.fullmatch(name):
                yield name
        around = around.getparent()


def _may_be_section(anchor: Anchor, ground: Territory, navigation: Marked) -> bool:
    if NO_NEWS_HOST.match(host_of(anchor.url)) or says_advert(anchor):
        return False
    home = re.fullmatch(r"https?://[^/]+/?(?:(?:index|default)\.\w+)?", anchor.url.partition("#")[0]) is not None
    if (
        (home and host_of(anchor.url) == host_of(ground.page_url))
        or shape_of(anchor.url) is Shape.DATED
        or is_file(anchor.url)
    ):
        return False
    if shape_of(anchor.url) is Shape.OTHER:
        return True
    # The rest may as well be early articles with short headlines: a shorter name, or its place in the menu decides.
    if navigation.holds(anchor.element):
        return re.search(r"[/_-]\d{1,4}(?:/|\.s?html?)?$|[?&]id=\d{1,4}$", anchor.url) is not None
    named = han(visible(anchor.element)) <= NUMBERED_SECTION_HAN
    return named and re.search(r"/\d{1,4}/?$|[?&]id=\d{1,4}$", anchor.url) is not None
