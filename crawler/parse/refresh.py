"""Where a page sends its reader on: meta refresh, and the scripts of index pages that hold nothing else."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from crawler.parse.anchors import absolute, base_of, visible
from crawler.parse.document import Document
from storage.records import Page

LONGEST_WAIT_SECONDS = 30
"""A longer wait is a page that renews itself now and then, not one that sends its reader on."""
EMPTY_PAGE_CHARS = 120
"""A page with more visible text than this shows something itself; its scripts may move readers of other devices."""
EMPTY_PAGE_LINKS = 3
"""`If your browser does not move on, click here`, twice; a page with more links is an index of its own."""

_REFRESH = re.compile(
    r"""^\s*(\d+)(?:\.\d*)?\s*(?:[;,]\s*(?:url\s*=\s*)?(['"]?)(.*?)\2\s*)?$""", re.IGNORECASE | re.DOTALL
)
_MOVES = re.compile(
    r"""(?:(?:window|self|top|parent|document)\s*\.\s*)*location(?:\s*\.\s*href)?"""
    r"""(?:\s*=\s*|\s*\.\s*(?:replace|assign)\s*\(\s*)(['"])(?P<to>[^'"]+)\1\s*(?!\s*\+)""",
)
_COMMENT = re.compile(r"/\*.*?\*/|(?<![:\w])//[^\n]*", re.DOTALL)


def refresh_target(page: Page) -> str | None:
    """The absolute address a page sends its reader to at once, None where it shows something itself.

    Taken are `<META HTTP-EQUIV='REFRESH' CONTENT='0; URL=20240726/IssueIndex.htm'>` in any spelling and, on a page
    that shows nothing else, `location.href = '…'`. Of several moves the last one counts: scripts send phones away
    first. A refresh for readers without scripts, or after a long wait, is none. Never raises.
    """
    if "<" not in page.text:
        return None
    root = Document(page).root
    base = base_of(root, page.url)
    for meta in root.iter("meta"):
        if (meta.get("http-equiv") or "").strip().lower() == "refresh" and not _in_noscript(meta):
            return _of_meta(meta.get("content") or "", base)
    return _of_scripts(root, base) if _shows_nothing(root) else None


def _in_noscript(element: HtmlElement) -> bool:
    return next(element.iterancestors("noscript"), None) is not None


def _of_meta(content: str, base: str) -> str | None:
    match = _REFRESH.match(content)
    if match is None or not match[3] or int(match[1][:6]) > LONGEST_WAIT_SECONDS:
        return None
    return absolute(base, match[3])


def _shows_nothing(root: HtmlElement) -> bool:
    body = next(root.iter("body"), None)
    if body is not None and len(visible(body)) > EMPTY_PAGE_CHARS:
        return False
    return sum(1 for _ in root.iter("a", "area", "img", "iframe", "frame")) <= EMPTY_PAGE_LINKS


def _of_scripts(root: HtmlElement, base: str) -> str | None:
    scripts = [element.text or "" for element in root.iter("script")]
    scripts += [element.get("onload") or "" for element in root.iter("body")]
    moves = [match["to"] for script in scripts for match in _MOVES.finditer(_COMMENT.sub("", script))]
    return absolute(base, moves[-1]) if moves else None
