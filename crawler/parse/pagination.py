"""The link to the next page of a list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.parse.anchors import Anchor, absolute, anchors, base_of, host_of, key_of, visible
from crawler.parse.document import Document
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
_PAGER_LEVELS = 3
"""How far around a page number the rest of its pager stands: number, item, list."""


def next_page(document: Document, selectors: Iterable[str] = ()) -> str | None:
    """Absolute address of the next page of a list, None on its last one.

    Tried in turn: the profile's selectors; `rel=next`; the words for it; the numbers of a pager; the script by which
    TRS pages count their files. Never this page itself, never another host's.
    """
    page_url, root = document.page.url, document.root
    found = [anchor for anchor in anchors(root, page_url) if host_of(anchor.url) == host_of(page_url)]
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
    yield _by_number(document, found)
    yield _by_script(document.root, base, document.page.url)


def _by_words(found: list[Anchor]) -> Iterator[str]:
    for pattern in _NEXT_TEXTS:
        for anchor in found:
            words = [visible(anchor.element), anchor.element.get("title") or "", anchor.text]
            if any(pattern.fullmatch(plain(word).strip()) for word in words) and not _is_off(anchor.element):
                yield anchor.url


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
    """Whether an address is another page of this list: the same file, or one that carries the number."""
    one, other = urlsplit(url), urlsplit(page_url)
    if one.path == other.path:
        return True
    carried = re.search(rf"(?<!\d)0*(?:{number}|{number - 1})(?!\d)\D*$", one.path)
    return carried is not None and _stem(one.path) == _stem(other.path)


def _stem(path: str) -> str:
    """A path without what differs between the pages of one list."""
    folder, _, name = re.sub(r"/page(?=/)", "", path).rpartition("/")
    name = re.sub(r"^(?:index|default|list)?[-_]?", "", re.sub(r"\.\w+$", "", name))
    return re.sub(r"[-_]?\d+", "", f"{folder}/{name}").rstrip("/")


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
