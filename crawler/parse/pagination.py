"""The link to the next page of a list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.parse.anchors import Anchor, absolute, anchors, base_of, host_of, key_of, visible
from crawler.parse.document import Document
from crawler.parse.linkshape import is_list_file, shape_of
from crawler.parse.scripted import reference_in
from crawler.parse.shapes import fold, plain

# Ordered by how surely they mean one page on: » and >> are also what 尾页 is called.
_NEXT_TEXTS = (
    re.compile(r"[\[<(]*\s*(?:下\s*一?\s*页|下\s*一?\s*頁|后\s*一?\s*页|next(?:\s*page)?)\s*[\])]*\s*[›»>→]*", re.I),
    re.compile(r"[›>→]"),
    re.compile(r"»|>>"),
)
_NUMBER = re.compile(r"[\[(]?\s*(?:第\s*)?(\d{1,4})\s*页?\s*[\])]?")
_QUOTED = r"""['"]?([\w./-]+)['"]?"""
_TRS_CALL = re.compile(
    rf"createPageHTML\w*\s*\(\s*(?:['\"]\w*[A-Za-z_]\w*['\"]\s*,\s*)?['\"]?(\d+)['\"]?\s*,\s*['\"]?(\d+)['\"]?\s*,\s*"
    rf"{_QUOTED}\s*,\s*{_QUOTED}"
)
_TRS_COUNT = re.compile(r"\bvar\s+countPage\s*=\s*['\"]?(\d+)")
_TRS_CURRENT = re.compile(r"\bvar\s+currentPage\s*=\s*['\"]?(\d+)")
_DISABLED = re.compile(r"(?:^|[\s_-])(?:disabled?|off|nolink|no)(?:$|[\s_-])", re.IGNORECASE)
_MORE = re.compile(
    r"\W*(?:点击|上拉|下拉)?(?:加载|查看|显示|浏览)?更多(?:新闻|内容|文章)?\W*|\W*load more\W*", re.IGNORECASE
)
_NEXT_CLASS = re.compile(r"(?:^|[\s_-])next(?:$|[\s_-]|page)", re.IGNORECASE)
_CLICKED = ("button", "input", "span", "li", "td", "div", "em", "i", "b", "img")
"""Elements that hand-made pagers turn pages with, by script, instead of a link."""
_PAGER_LEVELS = 3
"""How far around a page number the rest of its pager stands: number, item, list."""


def next_page(document: Document, selectors: Iterable[str] = ()) -> str | None:
    """Absolute address of the next page of a list, None on its last one.

    Tried in turn: the profile's selectors; `rel=next`; the words for it; an arrow of that class; the numbers of a
    pager, linked or to choose from; 加载更多; the script by which TRS pages count their files. Never this page itself,
    never another host's.
    """
    page_url, root = document.page.url, document.root
    every = [*anchors(root, page_url), *_clicked(root, page_url)]
    found = [anchor for anchor in every if _site_of(anchor.url) == _site_of(page_url)]
    for url in _candidates(document, found, selectors):
        if url and key_of(url) != key_of(page_url):
            return url
    return None


def _candidates(document: Document, found: list[Anchor], selectors: Iterable[str]) -> Iterator[str | None]:
    base = base_of(document.root, document.page.url)
    for selector in selectors:
        for element in document.select(selector):
            yield from (absolute(base, link.get("href") or "") for link in element.iter("a", "link"))
    for element in document.root.iter("link", "a"):
        if "next" in (element.get("rel") or "").lower().split():
            yield absolute(base, element.get("href") or "")
    yield from _by_words(found)
    yield from _by_signs(document, found)
    yield _by_number(document, found)
    yield _by_choice(document, base)
    yield from _by_more(document, found)
    yield _by_script(document.root, base, document.page.url)


def _site_of(url: str) -> str:
    """Host without `www`: a page that leaves it out of its links is on the same site."""
    return host_of(url).removeprefix("www.")


def _clicked(root: HtmlElement, page_url: str) -> Iterator[Anchor]:
    """Buttons and the like that lead somewhere by script."""
    base = base_of(root, page_url)
    for element in root.iter(*_CLICKED):
        if element.get("onclick") and (url := absolute(base, reference_in(element))):
            text = visible(element) or fold(element.get("value") or element.get("alt") or "")
            yield Anchor(url=url, text=text, element=element)


def _by_words(found: list[Anchor]) -> Iterator[str]:
    for pattern in _NEXT_TEXTS:
        for anchor in found:
            words = [visible(anchor.element), anchor.element.get("title") or "", anchor.text]
            if any(pattern.fullmatch(plain(word).strip()) for word in words) and not _is_off(anchor.element):
                yield anchor.url


def _by_signs(document: Document, found: list[Anchor]) -> Iterator[str]:
    """Links called next in their class that say nothing, or show an arrow."""
    for anchor in found:
        parent = anchor.element.getparent()
        classes = [anchor.element.get("class") or "", "" if parent is None else parent.get("class") or ""]
        silent = not re.search(r"\w", visible(anchor.element))
        called = any(map(_NEXT_CLASS.search, classes)) and not _is_off(anchor.element)
        if silent and called and _is_pager_beyond(document, anchor.url):
            yield anchor.url


def _by_more(document: Document, found: list[Anchor]) -> Iterator[str]:
    """加载更多 that leads to another page of this list; on a home page it leads to other lists."""
    for anchor in found:
        if _MORE.fullmatch(visible(anchor.element) or anchor.text) and _is_pager_beyond(document, anchor.url):
            yield anchor.url


def _is_pager_beyond(document: Document, url: str) -> bool:
    return _is_pager(url, document.page.url, document.page.context.page_number + 1)


def _by_choice(document: Document, base: str) -> str | None:
    """The page after the chosen one in a list of pages to choose from, where its values are addresses."""
    for select in document.root.iter("select"):
        numbered: dict[int, str] = {}
        current = document.page.context.page_number
        for option in select.iter("option"):
            match = _NUMBER.fullmatch(plain(visible(option)).strip())
            if match and (url := absolute(base, option.get("value") or "")):
                numbered[int(match[1])] = url
                current = int(match[1]) if option.get("selected") is not None else current
        url = numbered.get(current + 1, "")
        if len(numbered) > 1 and url and _is_pager(url, document.page.url, current + 1):
            return url
    return None


def _is_off(element: HtmlElement) -> bool:
    parent = element.getparent()
    classes = f"{element.get('class') or ''} {'' if parent is None else parent.get('class') or ''}"
    return _DISABLED.search(classes) is not None


def _by_number(document: Document, found: list[Anchor]) -> str | None:
    """The link whose text is the number after this page's, where it stands among numbers of other pages."""
    numbered = [(int(match[1]), anchor) for anchor in found if (match := _NUMBER.fullmatch(_number_text(anchor)))]
    current = _current_number({anchor.element: number for number, anchor in numbered}, document)
    for number, anchor in numbered:
        if number == current + 1 and _is_pager(anchor.url, document.page.url, number):
            return anchor.url
    return None


def _number_text(anchor: Anchor) -> str:
    return plain(visible(anchor.element)).strip()


def _current_number(numbers: dict[HtmlElement, int], document: Document) -> int:
    """The number of this page: the one in the pager that is no link, else the link to itself, else as walked."""
    for element in numbers:
        around = element.getparent()
        for _ in range(_PAGER_LEVELS):
            if around is None:
                break
            for other in around.iter("span", "strong", "b", "em", "i", "li", "font"):
                if next(other.iter("a"), None) is None and (match := _NUMBER.fullmatch(plain(visible(other)).strip())):
                    return int(match[1])
            around = around.getparent()
    own = key_of(document.page.url)
    base = base_of(document.root, document.page.url)
    for element, number in numbers.items():
        if key_of(absolute(base, element.get("href") or "") or "") == own:
            return number
    return document.page.context.page_number


def _is_pager(url: str, page_url: str, number: int) -> bool:
    """Whether an address is another page of this list: the same file, or one that carries the number.

    Files of lists are counted from the oldest page as well: then page 2 may be `index_57.html`.
    """
    one, other = urlsplit(url), urlsplit(page_url)
    if one.path == other.path:
        return shape_of(url) <= shape_of(page_url)
    carried = re.search(rf"(?<!\d)0*(?:{number}|{number - 1})(?!\d)\D*$", one.path) or is_list_file(url)
    return bool(carried) and _stem(one.path) == _stem(other.path)


def _stem(path: str) -> str:
    """A path without what differs between the pages of one list."""
    folder, _, name = re.sub(r"/p(?:age)?(?=/)", "", path).rpartition("/")
    name = re.sub(r"^(?:index|default|list)?[-_]?", "", re.sub(r"\.\w+$", "", name))
    return re.sub(r"[-_]?p?\d+", "", f"{folder}/{name}").rstrip("/")


def _by_script(root: HtmlElement, base: str, page_url: str) -> str | None:
    """`createPageHTML(20, 0, "index", "html")`: count, this page from 0, name and ending of the files."""
    for element in root.iter("script"):
        script = fold(element.text or "")
        if match := _TRS_CALL.search(script):
            return _counted(base, int(match[1]), int(match[2]), match[3], match[4])
        count, current = _TRS_COUNT.search(script), _TRS_CURRENT.search(script)
        if count and current:
            name = urlsplit(page_url).path.rpartition("/")[2] or "index.html"
            stem, _, ending = name.rpartition(".")
            return _counted(base, int(count[1]), int(current[1]), re.sub(r"_\d+$", "", stem), ending)
    return None


def _counted(base: str, count: int, current: int, name: str, ending: str) -> str | None:
    return absolute(base, f"{name}_{current + 1}.{ending.lstrip('.')}") if current + 1 < count else None
