"""What the shape of an address says of the page behind it, where nothing else is known of a site."""

from __future__ import annotations

import re
from enum import IntEnum
from urllib.parse import parse_qsl, urlsplit

from crawler.parse.dates import day_in_url

_FILES = re.compile(
    r"\.(?:jpe?g|png|gif|webp|bmp|svg|ico|css|js|pdf|docx?|xlsx?|pptx?|zip|rar|7z|apk|exe|ipa|mp3|mp4|m3u8|flv|swf"
    r"|xml|rss|txt)$",
    re.IGNORECASE,
)
_LIST_WORD = (
    r"index|default|lists?|node|channels?|columns?|col|category|categories|cate|cat|class|lm|lanmu|forum|more|pages?"
    r"|search|tags?|special|topic|zt|zhuanti|home|main|sitemap|space|user|member"
)
_LIST_NAME = re.compile(rf"(?:{_LIST_WORD})(?:[-_]?\d+)*(?:[-_](?:p|page)?\d+)*", re.IGNORECASE)
_LIST_FOLDER = re.compile(rf"/(?:{_LIST_WORD})/(?:\d+[-_/])*\d*(?:\.\w+)?/?$", re.IGNORECASE)
_SCRIPT_LISTS = re.compile(r"(?:lists?|forumdisplay|category|channel|search|tags?|space|login|register|more)", re.I)
_SCRIPT_SHOWS = re.compile(r"(?:show|view|detail|article|read|content|news)\w*", re.IGNORECASE)
_LIST_KEYS = re.compile(
    r"(?:cat|c|col|column|channel|class|type|node|f|lm|sort|tag|site|p|u|user|parent|area|dept|menu|part)_?id"
    r"|fid|uid|pid|lm|page|pageno|pagenum|pageindex|p|pn|start|offset|limit|size",
    re.IGNORECASE,
)
_ARTICLE_KEYS = re.compile(r"\w*id|nid|aid|tid|no|news|article|art|a|code|info|guid|uuid", re.IGNORECASE)
_MONTH_FOLDER = re.compile(r"/(?:19|20)\d\d[-_/]?(?:0[1-9]|1[0-2])(?:/|$)")
_HASH = re.compile(r"[0-9a-f]{16,40}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_ROUTE = re.compile(r"/[\w/.-]*|[\w/-]*\d\.s?html?", re.IGNORECASE)
"""A path that stands in the query: `?s=/news/detail/id/12.html`, `?12.html`."""
_PAIRS = re.compile(r"/([a-z_]*id)/(\d+)(?=[/.]|$)", re.IGNORECASE)
"""A parameter that stands in the path: `/detail/id/12.html`, `/lists/catid/3`."""

CODE_CHARS, CODE_DIGITS = 8, 3
"""A name of so many characters with so many digits among them is a code: `5f3c0a9b8c7d`."""


class Shape(IntEnum):
    """How much an address looks like an article's; more is more."""

    OTHER = 0
    """A list, a file, a page about the site, or nothing to tell by."""
    NUMBERED = 1
    """A number or a key that names one thing: `/a/123.html`, `?id=123`."""
    DATED = 2
    """A number under a day or a month: `/2024-07/26/content_123.htm`, `/202407/t20240726_123.html`."""


def shape_of(url: str) -> Shape:
    """What an address looks like; never raises.

    >>> shape_of("http://a.cn/content/2024-07/26/content_123.htm").name, shape_of("http://a.cn/p/12345.html").name
    ('DATED', 'NUMBERED')
    >>> {shape_of(f"http://a.cn/{name}.html").name for name in ("node_12", "list/12", "index_2", "forum-58-1")}
    {'OTHER'}
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return Shape.OTHER
    if _FILES.search(parts.path):
        return Shape.OTHER
    if by_query := _shape_of_query(parts.path, parts.query):
        return by_query
    name = parts.path.rstrip("/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    dated = day_in_url(parts.path) is not None
    keys = [key for key, _ in _PAIRS.findall(parts.path)]
    if keys and not dated:
        return Shape.OTHER if all(map(_LIST_KEYS.fullmatch, keys)) else Shape.NUMBERED
    if _LIST_NAME.fullmatch(name):
        folder = parts.path.rsplit("/", 1)[0]
        whole_day = re.search(r"(?:19|20)\d\d[-_/]?\d\d[-_/]?\d\d$", folder)
        return Shape.DATED if dated and not whole_day and re.search(r"\d$", folder) else Shape.OTHER
    if _LIST_FOLDER.search(parts.path) and not dated:
        return Shape.OTHER
    if parts.path.endswith("/") and not dated:
        return Shape.NUMBERED if re.fullmatch(r"\d{3,}", name) else Shape.OTHER
    return _shape_of_name(parts.path, name, dated)


def is_file(url: str) -> bool:
    """Whether an address is a picture's, a document's or a program's, by its ending.

    >>> is_file("http://a.cn/rss.xml"), is_file("http://a.cn/1.html")
    (True, False)
    """
    return _FILES.search(url.partition("?")[0]) is not None


def _shape_of_name(path: str, name: str, dated: bool) -> Shape:
    if dated or _MONTH_FOLDER.search(path):
        return Shape.DATED if re.search(r"\d", name) or dated else Shape.OTHER
    if re.fullmatch(r"\d+(?:[-_]\d+)*", name) or _HASH.fullmatch(name):
        return Shape.NUMBERED
    coded = len(name) >= CODE_CHARS and len(re.findall(r"\d", name)) >= CODE_DIGITS
    return Shape.NUMBERED if coded or re.search(r"\d{2,}|[-_]\d+", name) else Shape.OTHER


def _shape_of_query(path: str, query: str) -> Shape | None:
    """What the query says, None where it does not say anything."""
    pairs = parse_qsl(query, keep_blank_values=True)
    routes = [part for pair in pairs for part in pair if len(part) > 1 and _ROUTE.fullmatch(part)]
    if routes:
        return shape_of("http://x/" + routes[0].lstrip("/"))
    if path in ("", "/") and re.search(r"(?:^|&)p=\d+$", query):
        return Shape.NUMBERED  # an article's number in WordPress; a link to a list's page says nothing but its number
    named = [value for key, value in pairs if _names_one(key, value)]
    if not named:
        return Shape.OTHER if any(_LIST_KEYS.fullmatch(key) for key, _ in pairs) else None
    actions = [value for key, value in pairs if key.lower() in ("m", "mod", "a", "act", "action", "c", "do", "s", "r")]
    script = path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    words = [word for word in (script, *actions) if word and not (word == "index" and actions)]
    if any(map(_SCRIPT_LISTS.fullmatch, words)) and not any(map(_SCRIPT_SHOWS.fullmatch, words)):
        return Shape.OTHER
    return Shape.DATED if day_in_url(path) else Shape.NUMBERED


def _names_one(key: str, value: str) -> bool:
    """Whether a parameter names one thing that is no list."""
    if _LIST_KEYS.fullmatch(key) or not _ARTICLE_KEYS.fullmatch(key):
        return False
    return re.fullmatch(r"\w*\d\w*(?:-\w+)*", value, re.ASCII) is not None


def is_list_file(url: str) -> bool:
    """Whether the last part of an address is called as lists are: `index_57.html`, `list-3-2.htm`.

    >>> is_list_file("http://a.cn/xw/index_57.html"), is_list_file("http://a.cn/xw/57.html")
    (True, False)
    """
    name = url.partition("?")[0].rpartition("/")[2].rpartition(".")[0]
    return _LIST_NAME.fullmatch(name) is not None


def pattern_of(url: str) -> str:
    """An address with every digit made 0: links of one list have one pattern."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return parts.netloc.lower() + re.sub(r"\d", "0", f"{parts.path}?{parts.query}")
