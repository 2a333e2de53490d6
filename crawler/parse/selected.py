"""What a profile's selectors find, as witnesses: tried in order, the first that yields a value speaks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crawler.parse.dates import find_moments, read_stamp
from crawler.parse.document import Document
from crawler.parse.fields.authors import authors_in
from crawler.parse.fields.column import column_in
from crawler.parse.fields.editor import editor_in
from crawler.parse.fields.source import source_in
from crawler.parse.lines import lines_of
from crawler.parse.shapes import fold
from crawler.parse.vote import Witness
from crawler.sites.profile import Selectors
from storage.records import Moment

TRUST = 0.97
"""Somebody looked at the site's pages and wrote the selector down."""


def moment_in(text: str) -> Moment | None:
    """The time in a text that is known to hold one."""
    found = find_moments(text)
    return found[0].moment if found else read_stamp(text)


READERS: dict[str, Callable[[str], Any]] = {
    "title": lambda text: fold(text) or None,
    "subtitle": lambda text: fold(text) or None,
    "kicker": lambda text: fold(text) or None,
    "published": moment_in,
    "source": source_in,
    "editor": editor_in,
    "authors": lambda text: authors_in(text) or None,
    "column": column_in,
}
"""How the text of a selected element becomes the field's value; None: it holds none."""


def selected(name: str, document: Document, selectors: Selectors) -> list[Witness[Any]]:
    """The witness of a field's selectors: one, or none."""
    for css in getattr(selectors, name):
        for element in document.select(css):
            text = (
                element.get("content") or element.get("value") or " ".join(line.text for line in lines_of(element)[0])
            )
            if text and (value := READERS[name](text)) is not None:
                return [Witness(value=value, rule="selector", place=css, trust=TRUST)]
    return []
