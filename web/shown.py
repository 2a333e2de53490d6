"""How a capture may be shown: drawn as a page, read as text, or only taken away."""

from __future__ import annotations

import re
from enum import StrEnum

from crawler.parse.decode import decode
from crawler.parse.notarticle import is_data
from storage.records import Capture

_PAGE = re.compile(r"text/html|application/xhtml\+xml")
_TEXT = re.compile(r"text/.+|application/(?:.+\+)?(?:json|xml)|application/(?:x-)?(?:java|ecma)script")
_BINARY = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]|^%PDF-")
"""Bytes that no text holds (MIME Sniffing Standard, 3), and a document whose first bytes could be one."""
_LOOK_INTO_CHARS = 1445
"""How much a browser looks at to tell what something is (MIME Sniffing Standard, 5.2)."""


class Shown(StrEnum):
    """What can be done with a capture."""

    PAGE = "page"
    """HTML or XHTML: a browser draws it."""
    TEXT = "text"
    """Data or text: shown as it is, not interpreted."""
    FILE = "file"
    """Anything else: its record can be taken away."""


def shown_as(capture: Capture) -> Shown:
    """By the media type that the server named; where it named none, by what is there, as the crawler does."""
    declared = (capture.header("Content-Type") or "").partition(";")[0].strip().lower()
    if declared:
        if _PAGE.fullmatch(declared):
            return Shown.PAGE
        return Shown.TEXT if _TEXT.fullmatch(declared) else Shown.FILE
    text = decode(capture).text
    if _BINARY.search(text[:_LOOK_INTO_CHARS]):
        return Shown.FILE
    return Shown.TEXT if is_data(text) else Shown.PAGE
