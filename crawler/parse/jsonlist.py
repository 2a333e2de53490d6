"""JSON list interfaces: articles, the next page, and directories of columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawler.parse.anchors import absolute
from crawler.parse.dates import read_stamp
from crawler.parse.jsonread import MAX_DEPTH, MAX_ITEMS, Item, children, first, objects, text_of, unmarked
from crawler.sites.profile import Directory, JsonList
from storage.records import Kind, Link, Listing, Page

_NESTED = ("articleList", "specialTopicList", "list", "children", "items")
_ADDRESSES = ("contentUrl", "url", "shareUrl", "articleUrl", "pcUrl", "webUrl", "link", "href")
_TITLES = ("title", "articleTitle", "mainTitle", "name", "subject", "headline")
_IDS = ("fileId", "articleId", "contentId", "newsId", "docId", "id")
_SAME_KEY = {"fileid": ("articleid", "contentid", "newsid", "id"), "colid": ("columnid", "channelid", "catid")}
"""The same thing under other names, in lower case: interfaces of one maker differ in them."""
_SPECIAL = "3"
"""articleType of a special topic: a list of its own. 0 is an article, 6 a live report, 10 a video."""
_DAYS = ("publishTime", "pubTime", "publishDate", "pubDate", "createTime", "time", "date")
_MORE = ("hasMore", "hasNext", "has_more", "hasnext")

ANY_JSON = JsonList(url="{url}", day=None)
"""For an answer nobody described: every item names its own address."""


def read_json_list(page: Page, data: object, rules: JsonList) -> Listing:
    """Articles of a JSON list. `fell_back` where they stood elsewhere than the profile says."""
    found = next((items for path in rules.items if (items := _at(data, path))), None)
    items = found if found is not None else _search(data)
    links: dict[str, Link] = {}
    guessed = found is None
    walked = list(_walk(items, rules))
    for item in walked:
        link, by_template = _link(item, page, rules)
        if link and link.url not in links:
            links[link.url] = link
            guessed = guessed or not by_template
    next_url = _next(page, data, walked, rules) if links else None
    return Listing(links=tuple(links.values()), next_url=next_url, fell_back=bool(links) and guessed)


def read_directory(data: object, rules: Directory) -> tuple[Link, ...]:
    """Lists of the columns whose name the profile asks for; `kind` LISTING."""
    found: dict[str, Link] = {}
    for item in objects(data):
        name, column = text_of(first(item, rules.name)), first(item, rules.id)
        match = re.search(rules.id_shape, text_of(column)) if column is not None else None
        if match and name and re.search(rules.keep, name):
            identity = next((group for group in match.groups() if group), match[0])
            for template in rules.list:
                url = template.format(id=identity)
                found.setdefault(url, Link(url=url, kind=Kind.LISTING, text=name))
    return tuple(found.values())


def links_anywhere(data: object, page_url: str) -> Iterator[Link]:
    """Every object of an answer that has a title and an address, wherever it stands."""
    for item in objects(data):
        title = text_of(first(item, _TITLES))
        url = next((link for key in _ADDRESSES if (link := _address(_value(item, key), page_url))), None)
        if title and url:
            yield Link(url=url, text=unmarked(title), day=_day(item, ANY_JSON))


def markup_of(data: object) -> str:
    """The longest text with links in an answer: a special topic's content is a list of links in HTML."""
    texts = [value for item in objects(data) for value in item.values() if isinstance(value, str) and "<a" in value]
    return max(texts, key=len, default="")


def _at(data: object, path: str) -> list[Item]:
    """Objects at a dotted path; `[]` walks a list."""
    places = [data]
    for step in path.split("."):
        key = step.removesuffix("[]")
        if key:
            places = [_value(place, key) for place in places if isinstance(place, dict)]
        if step.endswith("[]"):
            places = [item for place in places if isinstance(place, list) for item in place]
    return [place for place in places if isinstance(place, dict)]


def _search(data: object) -> list[Item]:
    """The first list, from the outside in, whose objects have a title and an id or address, or hold such."""
    level = [data]
    for _ in range(MAX_DEPTH):
        for place in level:
            items: list[Item] = [item for item in place if isinstance(item, dict)] if isinstance(place, list) else []
            if any(_is_article(item) or any(_is_article(inner) for inner in _inner(item)) for item in items):
                return items
        level = [inner for place in level for inner in children(place)][:MAX_ITEMS]
    return []


def _is_article(item: Item) -> bool:
    return bool(first(item, _TITLES)) and first(item, (*_IDS, *_ADDRESSES)) is not None


def _inner(item: Item, nested: str | None = None) -> list[Item]:
    """Items inside an item: a block of a home page, a special topic."""
    for key in (nested, *_NESTED):
        value = _value(item, key) if key else None
        inner: list[Item] = [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
        if inner:
            return inner
    return []


def _walk(items: list[Item], rules: JsonList) -> Iterator[Item]:
    """Every article in page order. A block is its articles; it is one itself only where it has a time of its own."""
    stack = [(item, 0) for item in reversed(items[:MAX_ITEMS])]
    for _ in range(MAX_ITEMS):
        if not stack:
            return
        item, depth = stack.pop()
        inner = _inner(item, rules.nested) if depth < MAX_DEPTH else []
        stack.extend((one, depth + 1) for one in reversed(inner))
        if not inner or (text_of(_value(item, "articleType")) != _SPECIAL and _day(item, rules)):
            yield item


def _link(item: Item, page: Page, rules: JsonList) -> tuple[Link | None, bool]:
    """The link of an item, and whether the profile's template made it."""
    title = text_of(first(item, (rules.title, *_TITLES)))
    url = _filled(rules.url, item, page.url)
    by_template = url is not None
    if url is None:
        url = next((link for key in _ADDRESSES if (link := _address(_value(item, key), page.url))), None)
    if url is None or not title:
        return None, by_template
    kind = Kind.LISTING if text_of(_value(item, "articleType")) == _SPECIAL else Kind.ARTICLE
    return Link(url=url, kind=kind, text=unmarked(title), day=_day(item, rules)), by_template


def _address(value: object, base: str) -> str | None:
    return absolute(base, value) if isinstance(value, str) and re.search(r"[/.]", value) else None


def _filled(template: str, item: Item, page_url: str) -> str | None:
    """The template with the item's values; a column the item does not name is the one whose list this is."""
    known = {key.lower(): value for key, value in item.items()}
    asked = {key.lower(): value for key, value in parse_qsl(urlsplit(page_url).query)}
    values: dict[str, str] = {}
    for name in set(re.findall(r"\{(\w+)\}", template)):
        keys = _names_of(name)
        value = next((text for source in (known, asked) for key in keys if (text := text_of(source.get(key)))), "")
        if not value:
            return None
        values[name] = value
    return absolute(page_url, template.format(**values))


def _day(item: Item, rules: JsonList) -> date | None:
    keys = (rules.day, *_DAYS) if rules.day else _DAYS
    moments = (read_stamp(value) for key in keys if (value := text_of(first(item, (key,)))))
    return next((moment.day for moment in moments if moment), None)


def _names_of(key: str) -> tuple[str, ...]:
    """A key in lower case, and what else the same thing is called."""
    return (key.lower(), *_SAME_KEY.get(key.lower(), ()))


def _value(item: Item, key: str) -> Any:
    """What an object holds under a key; letter case differs between interfaces of one maker."""
    return first(item, (key,))


def _next(page: Page, data: object, items: list[Item], rules: JsonList) -> str | None:
    if rules.next is None or (isinstance(data, dict) and any(data.get(key) is False for key in _MORE)):
        return None
    keys = _names_of(rules.last)
    last = next((text for item in reversed(items) if (text := text_of(first(item, keys)))), "0")
    filled = rules.next.format(page=page.context.page_number + 1, last=last)
    if not filled.startswith("?"):
        return filled
    parts = urlsplit(page.url)
    asked = dict(parse_qsl(parts.query, keep_blank_values=True)) | dict(parse_qsl(filled[1:]))
    return urlunsplit(parts._replace(query=urlencode(asked)))
