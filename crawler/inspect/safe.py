"""A page's tree → HTML that can be opened without fear: nothing runs, nothing is fetched, nothing is sent.

Two sieves, one behind the other: what is not shown is taken out of the tree, and nh3 lets through only the tags and
attributes named here. What opens the file is told once more by a content security policy (`marked`).
"""

from __future__ import annotations

from collections.abc import Collection

import nh3
from lxml import etree
from lxml.html import Element, HtmlElement

from crawler.inspect.marks import ASIDE, LABEL, LEFT_OUT, READ
from crawler.parse.lines import hides, words

PICTURE = "data-picture"
"""Attribute of what stands where a picture stood: nothing is fetched."""
_OURS = (READ, LABEL, LEFT_OUT, ASIDE, PICTURE)
TAGS = set(
    words(
        """a abbr address article aside b big blockquote br caption center cite code dd del details dfn div dl dt em
        figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i ins kbd li main mark nav ol p pre q s samp section small
        span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var"""
    )
)
ATTRIBUTES = {
    "*": {"title", *_OURS},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}


def strip_ours(root: HtmlElement) -> None:
    """Take away what a page has of the attributes by which we mark, so that it cannot mark itself."""
    for element in root.iter(etree.Element):
        for name in _OURS:
            element.attrib.pop(name, None)


def take_out_unseen(root: HtmlElement, shown: Collection[HtmlElement]) -> None:
    """Remove what a reader does not see.

    Args:
        shown: elements that hold lines all the same: text that a script unveils.
    """
    for element in list(root.iter(etree.Element)):
        if element is not root and element.tag != "head" and element not in shown and hides(element):
            _drop(element)
    for head in list(root.iter("head")):
        _drop(head)


def show_pictures(root: HtmlElement, captions: dict[HtmlElement, str]) -> None:
    """Put words where pictures stand: the article's are marked as such, of others only what describes them is left.

    Args:
        captions: pictures of the article, each with what is to be said of it.
    """
    for image in list(root.iter("img")):
        alt = (image.get("alt") or "").strip()
        text = captions.get(image, f"[{alt}]" if alt else "")
        if text:
            span = Element("span", {PICTURE: "1"} | ({READ: "images"} if image in captions else {}))
            span.text = text
            span.tail, image.tail = image.tail, None
            image.addnext(span)
        _drop(image)


def safe_html(root: HtmlElement) -> str:
    """What is left of a tree as the inside of a `body`; links keep where they lead to as a title."""
    for link in root.iter("a"):
        if href := (link.get("href") or "").strip():
            link.set("title", href)
    html = etree.tostring(root, encoding="unicode", method="html")
    return nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, link_rel=None)


def _drop(element: HtmlElement) -> None:
    """Remove an element and leave what stands behind it."""
    parent, before, tail = element.getparent(), element.getprevious(), element.tail
    if parent is None:
        return
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    element.tail = None
    parent.remove(element)
