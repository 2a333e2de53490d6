"""HTML text → lxml tree, for any text: bounded in size, never raising, never losing what stands behind a stray tag."""

from __future__ import annotations

import re

import lxml.html
from lxml import etree
from lxml.html import HtmlElement

from crawler.parse.lines import words

MAX_CHARS = 10_000_000
"""Longer documents are cut. The longest news pages, with all their scripts, stay below a tenth of it."""
MAX_TAGS = 100_000
"""A document is cut at this many `<`. Bounds memory: an element costs some 400 bytes. Long pages have 20,000."""
MAX_DEPTH = 250
"""Deeper opening tags are dropped where the parser gave up on depth (libxml2 stops at 2048 and loses the rest)."""

_END = re.compile(r"</(?:[hH][tT][mM][lL]|[bB][oO][dD][yY])\s*>")  # classes, for re.I looks at every character
_DECLARATION = re.compile(r"<\?xml[^>]{0,200}\?>", re.I)
_NO_CONTROLS = bytes(32 if (byte < 32 and byte not in b"\t\n\r") or byte == 127 else byte for byte in range(256))
"""Control signs, which libxml2 ends a document at, as blanks; on bytes, for there it takes no time."""
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)[^<>]*>")
_VOID = words("area base br col embed hr img input link meta param source track wbr")
_ONE_CLASS = etree.ElementDefaultClassLookup(element=HtmlElement)
"""All elements are of one class: lxml.html's choice by tag is Python code that runs for each element."""
_OF_HEAD = words("title meta link script style base noscript template object bgsound basefont")
_EMPTY = "<html><body></body></html>"


def parse_html(text: str) -> HtmlElement:
    """The tree of a document; an empty one where there is nothing to parse.

    Comments are left out, the text around them joined. A closing `</html>` or `</body>` in mid-page is taken out
    first: libxml2 drops all that follows it, browsers do not. Lines of `pre` become `<br>` lines.
    """
    text = _END.sub("", bounded(text, MAX_TAGS))
    if "<?" in text:
        text = _DECLARATION.sub("", text)
    root, too_deep = _parsed(text)
    if too_deep:
        root, _ = _parsed(_flattened(text))
    _open_body(root)
    inner: set[HtmlElement] = set()
    for pre in root.iter("pre"):
        if pre not in inner:
            inner.update(pre.iter("pre"))
            _break_lines(pre)
    return root


def bounded(text: str, tags: int) -> str:
    """The first `MAX_CHARS` of a document, and of these as much as holds so many `<`.

    >>> bounded("<a><b><c>", 2)
    '<a><b>'
    """
    text = text[:MAX_CHARS]
    if text.count("<") <= tags:
        return text
    end = 0
    for _ in range(tags + 1):
        end = text.find("<", end) + 1
    return text[: end - 1]


def _parsed(text: str) -> tuple[HtmlElement, bool]:
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    parser.set_element_class_lookup(_ONE_CLASS)
    try:
        data = text.encode("utf-8", "replace").translate(_NO_CONTROLS)
        root = lxml.html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        root = lxml.html.document_fromstring(_EMPTY)
    last = parser.error_log.last_error  # too great a depth ends the parsing, so nothing is said after it
    return root, last is not None and "depth" in last.message


def _open_body(root: HtmlElement) -> None:
    """Begin the body where a browser does: libxml2 keeps tags it does not know (`main`) in a head nobody closed."""
    head = root.find("head")
    children = [] if head is None else list(head)
    first = next((at for at, child in enumerate(children) if child.tag not in _OF_HEAD), len(children))
    moved = children[first:]
    if moved:
        body = root.find("body")
        if body is None:
            body = lxml.html.Element("body")
            root.append(body)
        if body.text:
            moved[-1].tail = (moved[-1].tail or "") + body.text
            body.text = None
        body[0:0] = moved


def _flattened(text: str) -> str:
    """The document without the tags that nest deeper than `MAX_DEPTH`; all text stays."""
    depth = 0

    def keep(match: re.Match[str]) -> str:
        nonlocal depth
        if match[2].lower() in _VOID:
            return match[0]
        if not match[1]:
            depth += 1
            return match[0] if depth <= MAX_DEPTH else ""
        depth -= 1
        return match[0] if depth < MAX_DEPTH else ""

    return _TAG.sub(keep, text)


def _break_lines(pre: HtmlElement) -> None:
    for element in list(pre.iter()):
        if element is not pre and element.tail and "\n" in element.tail:
            first, *rest = element.tail.splitlines()
            element.tail = None
            for line in reversed(rest):
                element.addnext(_br(line))
            element.tail = first
        if element.text and "\n" in element.text:
            first, *rest = element.text.splitlines()
            element.text = first
            element[0:0] = [_br(line) for line in rest]


def _br(tail: str) -> HtmlElement:
    br = lxml.html.Element("br")
    br.tail = tail
    return br
