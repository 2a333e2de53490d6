"""The article interface of the platform's app: an answer in JSON → a page to read, and what its keys tell.

{"position": "0", "title": …, "author": …, "source": …, "publishtime": "2021-02-24T10:49:09.0",
 "content": "<p>…</p><!--IMAGEARRAY#0-->", "images": [{"imagearray": [{"imageUrl": …}]}], "videos": […]}
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from html import escape, unescape
from itertools import islice
from typing import Any

from crawler.parse.dates import read_stamp
from crawler.parse.document import Document
from crawler.parse.families.dzrb_media import filled
from crawler.parse.families.generic import Told
from crawler.parse.fields.authors import authors_in
from crawler.parse.fields.body_worth import line_value
from crawler.parse.fields.editor import editor_in
from crawler.parse.fields.source import source_in
from crawler.parse.jsonread import Item, first, objects, read_json, text_of, unmarked
from crawler.parse.vote import Witness
from storage.records import Page, Reason, Rejection

BODY_ID = "interface-content"
"""The element of the page made of an answer that holds its text."""
SPECIAL = "3"
"""`position` of a special topic, whose content is a list of links; 0 is an article."""

MAX_STATES = 20
"""Scripts of one page that are looked into for data."""
MIN_CONTENT_CHARS = 80
"""Shorter content among a script's data is a summary."""
SHELL_CHARS = 60
"""A page with less prose than this shows no article."""

_CONTENT = ("content", "articleContent", "contentHtml", "htmlContent", "body")
_TITLE = ("title", "articleTitle", "docTitle", "headline", "subject")
_LISTS = ("list", "articleList", "SpecialTopicList", "articles", "items")
_ERROR = ("msg", "message", "error", "errmsg", "info")
_FIELDS: dict[str, tuple[tuple[str, ...], Callable[[str], Any], float]] = {
    "title": (_TITLE, str, 0.98),
    "published": (("publishTime", "pubTime", "publishDate", "pubDate"), read_stamp, 0.97),
    "source": (("source", "releaseSource", "copyfrom"), source_in, 0.97),
    "editor": (("liability", "responsibleEditor", "dutyEditor", "editor"), editor_in, 0.95),
    "authors": (("author", "authors", "reporter", "byline"), lambda text: authors_in(text) or None, 0.94),
    "kicker": (("introTitle", "leadTitle", "kicker"), str, 0.95),
    "subtitle": (("subTitle", "subHead"), str, 0.95),
    "column": (("colName", "columnName"), str, 0.85),
}
"""Field → keys tried in order, how their text becomes the value, how far it is trusted."""
_STATE = re.compile(r"<script\b[^>]{0,300}>\s*(?P<data>(?:(?:var|let|const)\s+)?[\w$.]+\s*=\s*[\[{]|[\[{])", re.I)
_BLOCKS = re.compile(r"<(?:p|br|div|li|td|section|h[1-6])[\s/>]", re.I)
_ESCAPED = re.compile(r"&lt;\s*(?:p|br|div|span|section)\b", re.I)


def from_answer(page: Page) -> tuple[Page, Told] | Rejection:
    """The page of an answer and what its keys tell; why it holds no article. Never raises."""
    data = read_json(page.text)
    if data is None:
        return _rejected(page, Reason.NOT_HTML, "The interface's answer is cut off or no JSON.")
    records = list(objects(data))
    texts = [record for record in records if isinstance(first(record, _CONTENT), str)]
    article = next((record for record in texts if first(record, _TITLE)), texts[0] if texts else None)
    return _no_article(page, records) if article is None else _read(page, article)


def from_state(page: Page) -> tuple[Page, Told] | Rejection | None:
    """The article of a page that a script draws, out of the data the script starts from.

    None where no script holds one, or where the page has a text to show: then the data may be another story's.
    """
    for script in islice(_STATE.finditer(page.text), MAX_STATES):
        records = objects(read_json(page.text[script.start("data") :]))
        articles = [one for one in records if first(one, _TITLE) and len(_content(one)) >= MIN_CONTENT_CHARS]
        if articles:
            return _read(page, max(articles, key=lambda one: len(_content(one)))) if _is_shell(page) else None
    return None


def _is_shell(page: Page) -> bool:
    return sum(max(line_value(block), 0.0) for block in Document(page).blocks) < SHELL_CHARS


def _read(page: Page, article: Item) -> tuple[Page, Told] | Rejection:
    if SPECIAL in (text_of(first(article, ("position",))), text_of(first(article, ("articleType",)))):
        return _rejected(page, Reason.LIST_PAGE, "The interface says that this is a special topic: a list of links.")
    told = dict(_told(article))
    if "title" not in told and (text := page.context.link_text):
        told["title"] = [Witness(value=text, rule="context", place="the link that led here", trust=0.8)]
    title = "".join(str(witness.value) for witness in told.get("title", ()))
    html = _page_of(title, filled(_as_html(_content(article)), article))
    return replace(page, text=html, content_type="text/html"), told


def _content(article: Item) -> str:
    return text_of(first(article, _CONTENT))


def _no_article(page: Page, records: Sequence[Item]) -> Rejection:
    if any(isinstance(first(record, (key,)), list) for record in records for key in _LISTS):
        return _rejected(page, Reason.LIST_PAGE, "The interface's answer is a list of articles.")
    if any(first(record, _TITLE) for record in records):
        return _rejected(page, Reason.NO_BODY, "The interface's answer has a title but no text.")
    said = next((unmarked(text) for record in records if (text := text_of(first(record, _ERROR)))), "nothing")
    return _rejected(page, Reason.ERROR_PAGE, f"The interface's answer holds no article; it says: {said[:200]}")


def _rejected(page: Page, reason: Reason, detail: str) -> Rejection:
    return Rejection(url=page.url, reason=reason, detail=detail)


def _as_html(content: str) -> str:
    """Content that was escaped once more is unescaped; plain text gets its line breaks."""
    if _ESCAPED.search(content) and not _BLOCKS.search(content):
        content = unescape(content)
    return content if _BLOCKS.search(content) else re.sub(r"\r\n?|\n", "<br>\n", content)


def _page_of(title: str, content: str) -> str:
    """The headline stands once, in a heading: a `title` beside it would be heard as a second witness."""
    return f'<html><body><h1>{escape(title)}</h1><div id="{BODY_ID}">{content}</div></body></html>'


def _told(article: Item) -> Iterable[tuple[str, list[Witness[Any]]]]:
    for field, (keys, read, trust) in _FIELDS.items():
        text = unmarked(text_of(first(article, keys)))
        if text and (value := read(text)) is not None:
            yield field, [Witness(value=value, rule="api", place=_key(article, keys), trust=trust)]


def _key(article: Item, keys: tuple[str, ...]) -> str:
    """The key as the answer spells it."""
    value = first(article, keys)
    return next(key for key, held in article.items() if held is value)
