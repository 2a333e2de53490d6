"""The website's addresses → what makes their answers, for its columns as they stand."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from urllib.parse import parse_qsl, urlencode, urlsplit

from demo.answer import Answer, document, redirect
from demo.pages import feeds, lists, own, platform
from demo.pages.lists import Line
from demo.png import png
from demo.render import JSON, renderings
from demo.story import Entry
from demo.website import PER_PAGE, Column

Route = Callable[[str], Answer]
"""Base address (`http://127.0.0.1:8765`) → answer. Only feeds, sitemaps and robots.txt depend on it."""

XML = "application/xml; charset=utf-8"
ROBOTS = "User-agent: *\nDisallow: /internal/\nAllow: /\n\nSitemap: {base}/sitemap.xml\n"
STYLE = "body { max-width: 52rem; margin: 1rem auto; font: 1rem/1.7 sans-serif }\nul { list-style: none; padding: 0 }\n"
FORBIDDEN = "/internal/202407/t20240718_9001.html"
"""Lists lead there, robots.txt forbids it."""
MISSING = "/content/2024-07/19/content_40199.html"
"""A list leads there, and there is nothing."""
HEADLINES = 12
COUNTY_PER_PAGE = 5
APP_PER_PAGE = 6
FEED_FROM_LISTS = 3
"""Articles of each column that the feed names beside its own."""

_MAKERS = {
    "yaowen": lists.platform_list,
    "zhenjie": lists.trs_list,
    "city": lists.numbered_list,
    "minsheng": lists.old_list,
}
_MENU = [("要闻", "/col/17.htmlx"), ("镇街", "/zhenjie/"), ("城事", "/city/list_1.html"), ("民生", "/minsheng/")]


def website_routes(columns: Sequence[Column]) -> Iterator[tuple[str, Route]]:
    """Every address of the website's articles, lists and feeds; what takes a query is in `queried_routes`."""
    named = {column.name: column for column in columns}
    for column in columns:
        for entry in column.entries:
            yield from article_routes(entry)
    for name in _MAKERS:
        yield from _list_routes(named[name])
    yield "/", _fixed(partial(_home, named))
    yield "/county/", _fixed(lambda: document(lists.county()))
    yield from _feed_routes(named)
    yield "/robots.txt", _robots
    yield "/style.css", _fixed(lambda: Answer(body=STYLE.encode(), headers={"Content-Type": "text/css"}))
    for path, title in {"/about.html": "关于我们", "/contact.html": "联系我们", FORBIDDEN: "内部通讯"}.items():
        yield path, _fixed(partial(document, own.about(title)))


def article_routes(entry: Entry) -> Iterator[tuple[str, Route]]:
    """An article, the addresses that redirect to it, its pictures."""
    for path, make in renderings(entry):
        yield path, _fixed(make)
    for place, path in enumerate(entry.via):
        onward = entry.via[place + 1] if place + 1 < len(entry.via) else entry.path
        yield path, _fixed(partial(redirect, onward, 301 if place == 0 else 302))
    for picture in entry.story.pictures:
        yield picture.path, _fixed(partial(_picture, picture.path))


def _fixed(make: Callable[[], Answer]) -> Route:
    return lambda _base: make()


def _picture(path: str) -> Answer:
    return Answer(body=png(path), headers={"Content-Type": "image/png"})


def _robots(base: str) -> Answer:
    return Answer(body=ROBOTS.format(base=base).encode(), headers={"Content-Type": "text/plain; charset=utf-8"})


def _lines(column: Column) -> list[Line]:
    made = [
        Line(path=one.listed, title=one.story.title, day=one.story.published.day.isoformat()) for one in column.entries
    ]
    if column.name == "city":
        made.insert(6, Line(path=MISSING, title="鹭洲街道开展夏季灭蚊行动 药械已发放到户", day="2024-07-19"))
    if column.name in ("zhenjie", "city"):
        made.insert(3, Line(path=FORBIDDEN, title="内部通讯：各镇街上半年信息报送情况通报", day="2024-07-18"))
    return made


def _list_routes(column: Column) -> Iterator[tuple[str, Route]]:
    lines = _lines(column)
    count = max(1, -(-len(lines) // PER_PAGE))
    for number in range(1, count + 1):
        shown = lines[(number - 1) * PER_PAGE : number * PER_PAGE]
        text = _MAKERS[column.name](column.title, shown, number, count)
        charset = "gbk" if column.name == "minsheng" else "utf-8"
        content_type = "text/html" if column.name == "minsheng" else "text/html; charset=utf-8"
        answer = partial(document, text, charset=charset, content_type=content_type)
        for path in list_paths(column.name, number):
            yield path, _fixed(answer)


def list_paths(name: str, number: int) -> tuple[str, ...]:
    """Addresses of a page of a column's list."""
    return {
        "yaowen": (f"/col/17_{number}.htmlx",) if number > 1 else ("/col/17.htmlx",),
        "zhenjie": (f"/zhenjie/index_{number - 1}.html",) if number > 1 else ("/zhenjie/", "/zhenjie/index.html"),
        "city": (f"/city/list_{number}.html",),
        "minsheng": (f"/minsheng/p{number}.html",) if number > 1 else ("/minsheng/", "/minsheng/p1.html"),
    }[name]


def _home(named: Mapping[str, Column]) -> Answer:
    newest = sorted(
        (one for name in _MAKERS for one in named[name].entries), key=lambda one: one.story.published, reverse=True
    )
    return document(own.home(_MENU, [(one.story.title, one.listed) for one in newest[:HEADLINES]]))


def _feed_routes(named: Mapping[str, Column]) -> Iterator[tuple[str, Route]]:
    recent = [one for name in ("yaowen", "zhenjie", "city") for one in named[name].entries[:FEED_FROM_LISTS]]
    feed = (*named["opinion"].entries, *recent)
    yield "/rss.xml", lambda base: document(feeds.rss("澜港新闻网·言论", feed, base), content_type=XML)
    maps = {
        "/sitemap-2023.xml": named["archive"].entries,
        "/sitemap-2024.xml": tuple(one for one in named["zhenjie"].entries if not one.via),
    }
    yield "/sitemap.xml", lambda base: document(feeds.sitemap_index(list(maps), base), content_type=XML)
    for path, entries in maps.items():
        yield path, partial(_sitemap, entries)


def _sitemap(entries: Sequence[Entry], base: str) -> Answer:
    return document(feeds.sitemap(entries, base), content_type=XML)


def queried_routes(columns: Sequence[Column]) -> dict[str, Callable[[Mapping[str, str]], Answer]]:
    """Path → what makes an answer of the parameters in any order."""
    named = {column.name: column for column in columns}
    return {
        "/index.php/article/articleList": partial(_app_list, named["app"].entries),
        "/county/data.json": partial(_county_list, named["county"].entries),
    }


def _app_list(entries: Sequence[Entry], asked: Mapping[str, str]) -> Answer:
    items = [_app_item(entry) for entry in entries] if asked.get("columnId") == "23" else []
    start = (_number(asked.get("page", "1")) - 1) * APP_PER_PAGE
    return document(platform.interface_list(items[start : start + APP_PER_PAGE]), content_type=JSON)


def _app_item(entry: Entry) -> dict[str, str]:
    asked = dict(parse_qsl(urlsplit(entry.path).query))
    return {
        "fileId": asked["articleId"],
        "colID": asked["colID"],
        "colName": "客户端",
        "title": entry.story.title,
        "source": entry.story.source or "",
        "publishtime": entry.story.published.iso()[:19],
        "picSmall": entry.story.pictures[0].path if entry.story.pictures else "",
    }


def _county_list(entries: Sequence[Entry], asked: Mapping[str, str]) -> Answer:
    start = (_number(asked.get("page", "1")) - 1) * COUNTY_PER_PAGE
    shown = entries[start : start + COUNTY_PER_PAGE]
    items = [{"url": entry.listed, "title": entry.story.title} for entry in shown]
    more = start + COUNTY_PER_PAGE < len(entries)
    return document(json.dumps({"items": items, "more": more}, ensure_ascii=False), content_type=JSON)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and int(text) > 0 else 1


def sorted_query(target: str) -> str:
    """An address with its parameters in order of name: one key for all orders."""
    parts = urlsplit(target)
    return f"{parts.path}?{urlencode(sorted(parse_qsl(parts.query)))}" if parts.query else parts.path
