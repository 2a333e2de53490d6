"""What elements say of themselves by tag, id and class: the article, comments, or something beside it. Weak hints."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml.html import HtmlElement

from crawler.parse.lines import words

MAX_NAME_CHARS = 200
"""Of an element's id and classes together; what is longer is no name."""
_TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_COMMENT = words("comment comments cmt cmts reply replies pinglun pl discuss discussion review reviews guestbook tie")
_ASIDE = words(
    """footer foot copyright sidebar aside related relate recommend recommended recom hot rank ranking nav navbar menu
    breadcrumb crumb crumbs share sharebar toolbar header login links friendlink ad ads advert banner tags tag pager
    pagination feed"""
)
_ARTICLE = words(
    """article articlebody artibody content contents contenttext body text txt main detail details zoom news story post
    editor entry neirong zw zhengwen ucap para paragraph"""
)


def tokens_of(element: HtmlElement) -> frozenset[str]:
    """The words in an element's id and class: `main-Content_2` → main, content, 2."""
    return _tokens(element.get("id") or "", element.get("class") or "")


@lru_cache(maxsize=4096)
def _tokens(name: str, classes: str) -> frozenset[str]:
    """A page has a few dozen classes and thousands of elements."""
    return frozenset(token.lower() for token in _TOKEN.findall(f"{name} {classes}"[:MAX_NAME_CHARS]))


def aside_kind(element: HtmlElement) -> str:
    """What an element says it is beside the article: `comments`, `aside` (navigation, footer, others) or nothing."""
    if element.tag in ("nav", "footer", "aside"):
        return "aside"
    if not (element.get("id") or element.get("class")) or element.tag in ("body", "html"):
        return ""
    tokens = tokens_of(element)
    if tokens & _COMMENT:
        return "comments"
    return "aside" if tokens & _ASIDE and not tokens & _ARTICLE else ""


def is_article_hint(element: HtmlElement) -> bool:
    """Whether an element says by tag, itemprop, id or class that it is the article. A weak hint: many say so."""
    if element.tag == "article" or (element.get("itemprop") or "").lower() == "articlebody":
        return True
    return bool(tokens_of(element) & _ARTICLE) if element.get("id") or element.get("class") else False
