"""Links as they stand on a page: absolute addresses and what a reader is told about where they lead."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit, urlunsplit

from lxml.html import HtmlElement

from crawler.parse.dates import find_moments
from crawler.parse.scripted import reference_in
from crawler.parse.shapes import HAN, fold, plain
from storage.secrets import without_user

MAX_URL_BYTES = 16_000
"""Longer addresses, percent-encoded, lead nowhere: RFC 9112 asks servers to take 8,000, and few take more."""
_SCHEMES = ("http", "https")
_UNSEEN = ("script", "style", "template", "noscript")
_BREAKS = ("br", "p", "div", "li", "td", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6")
CUT_OFF = re.compile(r"(?:…|(?<!\.)\.{2,}|(?<!。)。{2,})$")  # from the first dot alone, or it would start at each
_SAYS_NOTHING = re.compile(
    r"\W*(?:\[?图\]?|图文|组图|视频|阅读(?:全文|更多)|(?:查看)?(?:详细|详情|全文|原文|更多)"
    r"|点击(?:查看|进入|阅读)?|more|read more|\d+)?\W*",
    re.IGNORECASE,
)
"""Texts that a second link to the same article carries beside its headline."""
_MOMENT_AT_END = re.compile(r"[\[(【]?\s*(?:\d{1,2}[-/月.]\d{1,2}日?(?:\s+\d{1,2}:\d{2})?|\d{1,2}:\d{2})\s*[\])】]?$")
_MOMENT_AT_START = re.compile(r"[\[(【]?\s*\d\d[-/]\d\d\s*[\])】]?(?![\d月年])\s*")


@dataclass(frozen=True, kw_only=True)
class Anchor:
    """One link on a page."""

    url: str
    """Absolute, without white space, user name and password; its fragment kept."""
    text: str
    """What the link says, one line: its headline, else its text, title or picture's description; may be empty."""
    element: HtmlElement = field(repr=False, compare=False)


def base_of(root: HtmlElement, page_url: str) -> str:
    """The address that relative links start from: `<base href>`, else the page's own."""
    for element in root.iter("base"):
        if base := absolute(page_url, element.get("href") or ""):
            return base
    return page_url


def absolute(base: str, href: str) -> str | None:
    """The http address a reference leads to, None where it leads to none (`javascript:`, `mailto:`, `#`, broken).

    A user name and password in it are left out: they do not tell one page from another, and what a page gives away is
    not to be used, nor kept in every row and log that names the address.
    """
    reference = re.sub(r"[\t\r\n]", "", href).strip().replace("\\", "/")
    if not reference or reference.startswith("#"):
        return None
    try:
        url = without_user(urljoin(base, reference))
        parts = urlsplit(url)
        known = parts.scheme in _SCHEMES and bool(parts.hostname) and not _too_long(url)
    except ValueError:
        return None
    return url.replace(" ", "%20") if known else None


def _too_long(url: str) -> bool:
    if 12 * len(url) <= MAX_URL_BYTES:  # no sign takes more than four bytes of three letters each
        return False
    data = url.encode("utf-8", "replace")
    return len(data) + 2 * sum(byte > 127 for byte in data) > MAX_URL_BYTES


def key_of(url: str) -> str:
    """What tells two links of one page apart: the address without scheme and fragment."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return urlunsplit(("", parts.netloc.lower(), parts.path or "/", parts.query, ""))


def host_of(url: str) -> str:
    """Host name in lower case, without port; empty where there is none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def anchors(root: HtmlElement, page_url: str) -> list[Anchor]:
    """All links of a page, in page order, repeats included."""
    base = base_of(root, page_url)
    found = []
    for element in root.iter("a", "area"):
        href = element.get("href") or ""
        if not absolute(base, href):
            href = element.get("data-href") or element.get("data-url") or reference_in(element)
        if url := absolute(base, href):
            found.append(Anchor(url=url, text=text_of(element), element=element))
    return found


def text_of(element: HtmlElement) -> str:
    """What a link says: the headline inside it, else its text; its title where the text is cut or says nothing."""
    heading = next(element.iter("h1", "h2", "h3", "h4", "h5", "h6"), None)
    text = without_moment(visible(element if heading is None else heading))
    titles = [fold(element.get(name) or "") for name in ("title", "neirong", "alt")]
    titles += [fold(image.get(name) or "") for image in element.iter("img") for name in ("alt", "title")]
    told = CUT_OFF.sub("", text)
    for title in filter(None, titles):
        if is_empty_word(text) or (title.startswith(told) and len(title) > len(told)):
            return title
    return text


def is_empty_word(text: str) -> bool:
    """Whether a link's text names no article: nothing, a number, 详细, 阅读全文, [图].

    >>> [is_empty_word(text) for text in ("", "[图]", "阅读全文>>", "海边")]
    [True, True, True, False]
    """
    return _SAYS_NOTHING.fullmatch(text) is not None


def visible(element: HtmlElement) -> str:
    """Text of an element as one line, without scripts and styles."""
    pieces = []
    for text in element.xpath(".//text()"):
        parent = text.getparent()
        if not text.is_tail and (parent.tag in _UNSEEN or not isinstance(parent.tag, str)):
            continue
        pieces.append(" " + text if text.is_tail and parent.tag in _BREAKS else text)
    return fold("".join(pieces))


def without_moment(text: str) -> str:
    """A headline without the date that stands before or after it inside the link.

    >>> without_moment("2024-07-26 海边小镇办起书屋"), without_moment("海边小镇办起书屋(07-26)")
    ('海边小镇办起书屋', '海边小镇办起书屋')
    """
    line = plain(text)
    for found in find_moments(text):
        before, after = line[: found.start].strip("[(【 "), line[found.end :].strip("])】 :|-")
        spoken = "月" in found.text and (
            han(line[found.start - 1 : found.start]) or han(line[found.end : found.end + 1])
        )
        if not spoken and (not before or not after):  # 2024年7月26日起 is a part of the sentence
            return fold(text[found.end :] if not before else text[: found.start]).strip("[]()【】（）|·- ") or text
    start = _MOMENT_AT_START.match(line)
    cut = _MOMENT_AT_END.sub("", line)
    inner = text[start.end() if start else 0 : len(cut)]
    return fold(inner) if han(inner) else text


def han(text: str) -> int:
    """Number of Chinese characters.

    >>> han("A股3月")
    2
    """
    return len(re.findall(rf"[{HAN}]", text))
