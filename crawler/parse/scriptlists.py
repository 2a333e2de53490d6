"""Lists that a page carries in its scripts: markup to be written into it, or the data it is drawn from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from crawler.parse.document import Document
from crawler.parse.jsonlist import links_anywhere
from crawler.parse.jsonread import read_json
from crawler.parse.links import HEADLINE_HAN, shaped_links
from crawler.parse.linkshape import Shape, shape_of
from crawler.parse.shapes import HAN
from crawler.parse.territory import Territory
from storage.records import Link

_HEADLINE = re.compile(rf"(?:[^{HAN}]*[{HAN}]){{{HEADLINE_HAN}}}")


def scripted_links(document: Document, ground: Territory) -> list[Link]:
    """Article links in a page's scripts, for a page that shows none itself. By shape, as elsewhere.

    Taken are `document.write("<li><a …")`, records in CDATA sections, and the state that a page drawn by a script
    brings along (`window.__STATE__ = {…}`, `<script type="application/json">`).
    """
    scripts = [element.text or "" for element in document.root.iter("script")]
    written = "\n".join(re.sub(r"\\(?=[/\"'])", "", text) for text in scripts if "<a" in text.lower())
    if written and (links := shaped_links(Document(replace(document.page, text=written)), ground)):
        return links
    return list({link.url: link for text in scripts for link in _of_state(text, document, ground)}.values())


def _of_state(text: str, document: Document, ground: Territory) -> Iterator[Link]:
    data = read_json(text) if "{" in text else None
    for link in links_anywhere(data, document.page.url) if data is not None else ():
        if ground.holds(link.url) and shape_of(link.url) is not Shape.OTHER and _HEADLINE.match(link.text):
            yield link
