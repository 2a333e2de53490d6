"""An e-paper's issue index or print page → the pages and articles it leads to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from crawler.parse.anchors import absolute, base_of, is_empty_word, key_of, text_of, visible
from crawler.parse.dates import day_in_url, find_moments
from crawler.parse.document import Document
from crawler.parse.pagelabels import Label, covering, is_stray, read_label, read_name
from crawler.parse.shapes import fold
from crawler.sites.profile import Generation
from storage.records import Kind, Link, Listing, Page

_TOKEN = re.compile(r"[^\s'\"()<>,;|]+")
"""What in `onclick="view('20240726/Articel01002NR.htm', 1)"` could be an address."""
_WHOLE = frozenset(("href", "src", "daoxiang", "data-href", "data-url", "data-src"))
"""Attributes that are an address from end to end."""
_ENDS = re.compile(r"\.s?html?(?:[?#]|$)", re.IGNORECASE)
_BESIDE_DAY = re.compile(r"[\W\d_]|星期.|第.{1,6}[版期]|农历.{2,8}|[前后上下]一[版期]")
_BESIDE_DAY_CHARS = 16
"""A line that says which day's issue this is says little else: `青岛西海岸报 2024年07月26日 星期五 第01版 要闻`."""
_NO_PAGE_LINE = re.compile(r"今天|现在|当前|今日|往期|摄|讯|电$|记者|供图|[。，；]|截至|截止|以来|至今")
"""A clock, a list of older issues, a caption, a sentence."""
_NO_LINES = frozenset(("head", "title", "script", "style", "a", "option", "meta"))
_CURRENT = re.compile(r"(?:^|[\s_-])(?:on|cur|curr|current|active|act|sel|selected|hover|now|this)(?:$|[\s_-])", re.I)


@dataclass(frozen=True, kw_only=True)
class _Mention:
    """One place on the page that leads to a print page or an article, or names a print page."""

    element: HtmlElement
    url: str | None
    is_article: bool
    text: str


def read_issue(page: Page, generation: Generation, day: date) -> Listing:
    """Pages (`EDITION`) and articles of an issue, from its index or from one of its pages. Never raises.

    Addresses are taken from any attribute that carries one; an address of another day's issue is left out.

    Args:
        generation: Which file names are pages and which are articles.
        day: The day that is being walked; decides where the page itself shows several days.

    Returns:
        `issue_day` is the day the page says it belongs to; where that is not `day`, `day` has no issue here. 版次 and
        版名 of an article come from its own number where it carries one, else from the page that lists it.
    """
    document = Document(page)
    mentions = list(_mentions(document, generation))
    shown = _issue_day(document, mentions, day)
    own = [one for one in mentions if _belongs(one, shown)]
    pages = _Pages(document, generation, own)
    links = {**pages.links(), **_articles(own, pages, generation)}
    ordered = {key_of(one.url): None for one in own if one.url}
    return Listing(links=tuple(links[key] for key in ordered if key in links), issue_day=shown)


def _mentions(document: Document, generation: Generation) -> Iterator[_Mention]:
    base = base_of(document.root, document.page.url)
    for element in document.root.iter():
        found = _addresses(element, base, generation)
        for url, is_article in found:
            text = _written(element, url) if element.tag == "script" else _said(element, is_article)
            yield _Mention(element=element, url=url, is_article=is_article, text=text)
        if not found and (element.tag == "a" or not len(element)) and element.tag not in ("script", "style", "title"):
            text = fold(element.text_content())
            if read_label(text):
                yield _Mention(element=element, url=None, is_article=False, text=text)


def _said(element: HtmlElement, is_article: bool) -> str:
    """What an element that leads somewhere says; a script says nothing. `04-05版` is no date beside a headline."""
    if element.tag in ("script", "frame", "iframe", "body"):
        return ""
    return text_of(element) if is_article else visible(element) or fold(element.get("title") or "")


def _written(script: HtmlElement, url: str) -> str:
    """What a link that a script writes into the page says: `document.write('<a href="Articel01002NR.htm">…</a>')`."""
    name = url.rpartition("/")[2].partition("?")[0]
    link = re.search(rf"{re.escape(name)}[^<>]{{0,120}}>\s*([^<>]{{2,80}}?)\s*<", script.text or "")
    return fold(link[1]) if link else ""


def _addresses(element: HtmlElement, base: str, generation: Generation) -> list[tuple[str, bool]]:
    """Addresses of pages and articles in an element's attributes (a script: in its text), each with whether it is an
    article's."""
    found: dict[str, bool] = {}
    values = [(name.lower(), value) for name, value in element.attrib.items()]
    if element.tag == "script":
        values.append(("", element.text or ""))
    for name, value in values:
        if not _ENDS.search(value) and ".htm" not in value.lower() and ".shtm" not in value.lower():
            continue
        for token in [value.strip()] if name in _WHOLE and "(" not in value else _TOKEN.findall(_unescaped(value)):
            url = absolute(base, token.removeprefix("javascript:"))
            kind = _kind(url, generation) if url else None
            if url and kind:
                found.setdefault(url.partition("#")[0], kind is Kind.ARTICLE)
    return list(found.items())


def _unescaped(script: str) -> str:
    r"""A piece of script without the backslashes before its slashes and quotes: `\/content\/Page01NU.htm\"`."""
    return re.sub(r"\\(?=[/\"'])", "", script)


def _kind(url: str, generation: Generation) -> Kind | None:
    name = unquote(urlsplit(url).path.rpartition("/")[2])
    if re.search(generation.article, name):
        return Kind.ARTICLE
    return Kind.EDITION if re.search(generation.page, name) else None


def _belongs(mention: _Mention, shown: date | None) -> bool:
    linked = day_in_url(mention.url) if mention.url else None
    return shown is None or linked is None or linked == shown


def _issue_day(document: Document, mentions: list[_Mention], day: date) -> date | None:
    """The day a page says it belongs to: in print, else by where it leads, else by its address."""
    printed = _printed_days(document)
    linked = {found for one in mentions if one.url and (found := day_in_url(one.url))}
    own = day_in_url(document.page.url)
    if day in printed or (not printed and day in linked):
        return day
    if printed:
        return next((one for one in printed if one in linked or not linked), printed[0])
    if linked and own not in linked:
        return max(linked)
    return own


def _printed_days(document: Document) -> list[date]:
    """Days in the page's title and in its lines that hold little but a date; today's and links to issues left out."""
    lines = [document.title_tag]
    for element in document.root.iter():
        if element.tag not in _NO_LINES:
            texts = [element.text or "", *(child.tail or "" for child in element)]
            lines += [fold(text) for text in texts if any(char.isdigit() for char in text)]
    days: dict[date, None] = {}
    for line in lines:
        for found in find_moments(line)[:1]:
            rest = _BESIDE_DAY.sub("", line[: found.start] + line[found.end :])
            if len(rest) <= _BESIDE_DAY_CHARS and not _NO_PAGE_LINE.search(line):
                days.setdefault(found.moment.day)
    return list(days)


class _Pages:
    """The print pages a page lists, and which of them it is itself."""

    def __init__(self, document: Document, generation: Generation, mentions: list[_Mention]) -> None:
        self._generation = generation
        self._labels: dict[str, Label] = {}
        """By key of the page's address."""
        self._urls: dict[str, str] = {}
        for one in mentions:
            if one.url and not one.is_article:
                self._add(one)
        self._remember(document)
        self._numbers = {self._number(url): self._labels[key] for key, url in self._urls.items() if key in self._labels}
        """By the number in the file name: `Page01BC.htm` may be printed as A01."""
        self.named = [
            *self._labels.values(),
            *(label for one in mentions if not one.url and (label := read_label(one.text))),
        ]
        self.own = self._own(document, mentions)

    def _remember(self, document: Document) -> None:
        """What the index called this page, where the page itself does not name it."""
        context, key = document.page.context, key_of(document.page.url)
        known = self._labels.get(key)
        if context.label and (known is None or known.name is None):
            self._labels[key] = Label(text=context.label, name=context.page_name)

    def _add(self, mention: _Mention) -> None:
        """Join what several links to one page say: one its number, another its name, a third 下一版."""
        assert mention.url
        key = key_of(mention.url)
        self._urls.setdefault(key, mention.url)
        known = self._labels.get(key)
        label = read_label(mention.text, bare=True)
        if label:
            name = label.name or (known.name if known else None)
            self._labels[key] = Label(text=label.text if not known or "-" not in known.text else known.text, name=name)
            return
        number = self._number(mention.url)
        name = read_name(mention.text, number)
        text = known.text if known else number
        if text:
            self._labels[key] = Label(text=text, name=(known.name if known else None) or name)

    def _number(self, url: str) -> str | None:
        """The number in a page's file name."""
        match = re.search(self._generation.page, unquote(urlsplit(url).path.rpartition("/")[2]))
        return match.groupdict().get("label") if match else None

    def links(self) -> dict[str, Link]:
        """Links to the pages, by key."""
        found = {}
        for key, url in self._urls.items():
            label = self._labels.get(key)
            found[key] = Link(
                url=url,
                kind=Kind.EDITION,
                label=label.text if label else None,
                page_name=label.name if label else None,
            )
        return found

    def of_number(self, number: str) -> Label:
        """The page an article's number belongs to; the number itself where no listed page holds it."""
        return self._numbers.get(number) or covering(number, self.named) or Label(text=number)

    def _own(self, document: Document, mentions: list[_Mention]) -> Label | None:
        """The page that this page shows: by its address, by the mark in its list, by its own heading."""
        url = document.page.url
        if label := self._labels.get(key_of(url)):
            return label
        if number := self._number(url):
            return self.of_number(number)
        for one in mentions:
            if one.url and not one.is_article and _is_current(one.element):
                return self._labels.get(key_of(one.url))
        headings = [label for one in mentions if not one.url and (label := read_label(one.text))]
        headings += [label for text in document.title_tag.split() if (label := read_label(text))]
        if headings:
            return covering(headings[0].text.partition("-")[0], self.named) or headings[0]
        return next(iter(self._labels.values()), None)  # an index without a number shows the first page


def _is_current(element: HtmlElement) -> bool:
    around = element.getparent()
    classes = [element.get("class") or "", "" if around is None else around.get("class") or ""]
    return any(_CURRENT.search(name) for name in classes)


def _articles(mentions: list[_Mention], pages: _Pages, generation: Generation) -> dict[str, Link]:
    """Articles by key: the first text that names one, the page by number, by group or by the page listing them."""
    groups = _groups(mentions, pages)
    found: dict[str, Link] = {}
    for place, one in enumerate(mentions):
        if not one.url or not one.is_article:
            continue
        key = key_of(one.url)
        text = "" if is_empty_word(one.text) or is_stray(one.text) else one.text
        if known := found.get(key):
            text = known.text or text
        match = re.search(generation.article, unquote(urlsplit(one.url).path.rpartition("/")[2]))
        number = match.groupdict().get("label") if match else None
        label = pages.of_number(number) if number else groups.get(place, pages.own)
        if known and not number:
            label = Label(text=known.label, name=known.page_name) if known.label else label
        found[key] = Link(
            url=known.url if known else one.url,
            text=text,
            label=label.text if label else None,
            page_name=label.name if label else None,
        )
    return found


def _groups(mentions: list[_Mention], pages: _Pages) -> dict[int, Label]:
    """Where a page lists the whole issue under headings: place of an article → the heading before it.

    A list of pages followed by the articles of one page is no such thing: then only one page's name stands directly
    before articles.
    """
    current: Label | None = None
    grouped: dict[int, Label] = {}
    for place, one in enumerate(mentions):
        if one.is_article:
            if current:
                grouped[place] = current
        elif label := read_label(one.text, bare=one.url is not None):
            current = covering(label.text.partition("-")[0], pages.named) or label
    return grouped if len({label.text for label in grouped.values()}) > 1 else {}
