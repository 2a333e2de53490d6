"""Asking for a place in the printed paper: a day, a 版次, a 版名, or several of them."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from storage.errors import BadQuery, Wrong
from storage.search.fold import fold

Found = TypeVar("Found")

_DAY = re.compile(
    r"(?P<year>\d{4})(?:(?P<month>\d\d)(?P<day>\d\d)|[-/.年](?P<month1>\d{1,2})[-/.月](?P<day1>\d{1,2})日?)"
)
_MEANT_AS_DAY = re.compile(r"\d{4}[-/.年\d][-/.年月日\d]*")
_LABEL = re.compile(
    r"第?(?P<section>[A-Z]{0,2})(?P<first>\d{1,3})(?:[-—–~至、](?P<again>[A-Z]{0,2})(?P<last>\d{1,3}))?版?"
)


@dataclass(frozen=True, kw_only=True)
class Pages:
    """The print pages a 版次 names: one, or several that were merged (`04-05`)."""

    section: str
    first: int
    last: int

    def within(self, other: Pages) -> bool:
        """Whether all of them belong to `other`."""
        return self.section == other.section and other.first <= self.first and self.last <= other.last


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where one article stood: what is known of it."""

    day: date | None = None
    label: str | None = None
    page_name: str | None = None


@dataclass(frozen=True, kw_only=True)
class EditionFilter:
    """What was asked for; None: anything."""

    day: date | None = None
    pages: Pages | None = None
    page_name: str | None = None
    """Folded; part of the 版名."""
    label: str | None = None
    """The whole 版次 as `plain_label` writes it: 04 is then not in 04-05."""

    def matches(self, place: Place) -> bool:
        """Whether an article stood there."""
        if self.day is not None and place.day != self.day:
            return False
        if self.pages is not None:
            stood = read_pages(place.label or "")
            if stood is None or not self.pages.within(stood):
                return False
        if self.label is not None and plain_label(place.label or "") != self.label:
            return False
        return self.page_name is None or self.page_name in fold(place.page_name or "")


def read_pages(label: str) -> Pages | None:
    """The pages a 版次 names, or None where it is none.

    >>> read_pages("01版") == read_pages("1") == read_pages("第０１版")
    True
    >>> read_pages("05").within(read_pages("04-05"))
    True
    """
    found = _LABEL.fullmatch(unicodedata.normalize("NFKC", label).strip().upper())
    if found is None or (found["again"] and found["again"] != found["section"]):
        return None
    first = int(found["first"])
    return Pages(section=found["section"], first=first, last=int(found["last"] or first))


def plain_label(label: str) -> str:
    """A 版次 in one form, however it was printed; empty where there is none.

    >>> [plain_label(label) for label in ("第１版", "a4~5", "特刊", "")]
    ['01', 'A04-05', '特刊', '']
    """
    pages = read_pages(label)
    if pages is None:
        return fold(label).strip()
    last = f"-{pages.last:02d}" if pages.last != pages.first else ""
    return f"{pages.section}{pages.first:02d}{last}"


def read_place(key: str) -> Place:
    """The place that a label of the index stands for (`indexing.documents.place_key`)."""
    day, label, page_name = json.loads(key)
    return Place(day=date.fromisoformat(day) if day else None, label=label, page_name=page_name)


def read_day(text: str, name: str) -> date:
    """A calendar day as a person writes it.

    >>> {read_day(text, "since").isoformat() for text in ("2024-7-26", "20240726", "2024/07/26", "2024年7月26日")}
    {'2024-07-26'}

    Raises:
        BadQuery: it is none; `name` says where it stood.
    """
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", text).strip())
    try:
        if found is None:
            raise ValueError(text)
        return date(int(found["year"]), int(found["month"] or found["month1"]), int(found["day"] or found["day1"]))
    except ValueError as error:
        raise BadQuery(Wrong.NO_DAY, name=name, text=text) from error


def read_edition(text: str) -> EditionFilter:
    """What `--edition` asks for: `2024-07-26`, `01`, `01版`, `要闻`, or several: `2024-07-26 01版 要闻`.

    Raises:
        BadQuery: it looks like a day and is none, or asks for two days or two 版次.
    """
    day: date | None = None
    pages: Pages | None = None
    names: list[str] = []
    for part in text.split():
        plain = unicodedata.normalize("NFKC", part)
        if _MEANT_AS_DAY.fullmatch(plain):
            day = _once(day, read_day(plain, "edition"), text)
        elif found := read_pages(plain):
            pages = _once(pages, found, text)
        else:
            names.append(fold(part))
    return EditionFilter(day=day, pages=pages, page_name=" ".join(names) or None)


def _once(before: Found | None, found: Found, text: str) -> Found:
    if before is not None and before != found:
        raise BadQuery(Wrong.TWO_PLACES, text=text)
    return found
