"""Other readers of news pages, each asked as its own documentation says for Chinese, and two floors.

Each takes a page's text and gives a line for the scorer. None of them has a field for the source or the editor.
These packages are the extra `bench`; nothing else of this project imports them.
"""

from __future__ import annotations

import functools
import warnings
from collections.abc import Callable, Mapping
from typing import Any

import lxml.html
from bs4 import BeautifulSoup

Prediction = Mapping[str, Any]
BLOCKS = ["p", "div", "br", "li", "h1", "h2", "h3", "h4", "tr", "section", "blockquote"]


def with_gne(html: str) -> Prediction:
    """GeneralNewsExtractor, which was made on pages like these."""
    from gne import GeneralNewsExtractor

    found = GeneralNewsExtractor().extract(html)
    return _line(found["title"], found["publish_time"], [found["author"]] if found["author"] else [], found["content"])


def with_readability(html: str) -> Prediction:
    """readability-lxml: headline and the article as HTML."""
    from readability import Document

    document = Document(html)
    return _line(document.short_title(), None, [], _text(document.summary()))


def with_goose(html: str) -> Prediction:
    """goose3 with its Chinese stop words."""
    found = _goose().extract(raw_html=html)
    return _line(found.title, found.publish_date, list(found.authors), found.cleaned_text)


def with_trafilatura(html: str) -> Prediction:
    """trafilatura; its dates are days."""
    from trafilatura import bare_extraction

    found = bare_extraction(html, with_metadata=True)
    if found is None:
        return {}
    return _line(found.title, found.date, found.author.split("; ") if found.author else [], found.text)


def with_newspaper(html: str) -> Prediction:
    """newspaper4k with Chinese as its language."""
    from newspaper import Article

    article = Article("https://news.example/page.html", language="zh", fetch_images=False)
    article.download(input_html=html)
    article.parse()
    when = article.publish_date
    return _line(article.title, when.isoformat() if when else None, list(article.authors), article.text)


def soup_of(html: str) -> object:
    """The floor of readers that hand a whole page to BeautifulSoup."""
    return BeautifulSoup(html, "lxml")


def tree_of(html: str) -> object:
    """The floor of all: lxml's parsing alone."""
    return lxml.html.document_fromstring(html.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))


PEERS: Mapping[str, tuple[str, Callable[[str], Prediction]]] = {
    "gne": ("gne", with_gne),
    "readability": ("readability-lxml", with_readability),
    "goose3": ("goose3", with_goose),
    "trafilatura": ("trafilatura", with_trafilatura),
    "newspaper4k": ("newspaper4k", with_newspaper),
}
"""Name → its distribution and how it is asked."""
FLOORS: Mapping[str, Callable[[str], object]] = {
    "BeautifulSoup, whole page": soup_of,
    "lxml parse alone": tree_of,
}


@functools.cache
def _goose() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba's, on import
        from goose3 import Goose
        from goose3.text import StopWordsChinese

    return Goose({"stopwords_class": StopWordsChinese, "enable_image_fetching": False})


def _line(title: str | None, when: str | None, authors: list[str], body: str | None) -> Prediction:
    return {"title": title, "published_at": when or None, "authors": authors, "body": body or ""}


def _text(html: str) -> str:
    """The text of an article given as HTML, its blocks as lines."""
    root = lxml.html.fromstring(html)
    for element in root.iter(*BLOCKS):
        element.tail = "\n" + (element.tail or "")
    return "".join(map(str, root.itertext()))
