"""Pages of one site as they were read by the general rules: what stands where on each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lxml.html import HtmlElement

from crawler.inspect.inspection import Inspection, inspect_page
from crawler.inspect.spots import Spots, holder_of
from crawler.parse.document import Document
from crawler.parse.fields.published import same_moment
from crawler.parse.fields.source import same_source
from crawler.parse.jsonread import looks_like_json
from crawler.parse.lines import lines_of
from crawler.parse.selected import READERS, selected
from crawler.parse.shapes import letters
from crawler.sites.profile import Selectors, SiteProfile
from storage.records import Article, Page

FIELDS = ("title", "kicker", "subtitle", "published", "source", "editor", "authors", "column")
"""Fields that a selector's text alone can give; the body is more than a text."""
MUST_BE_SURE = 0.7
"""Below it what the general rules read is not worth writing a selector for."""


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One article page, read without the selectors of any profile."""

    page: Page
    inspection: Inspection

    @classmethod
    def of(cls, page: Page, profile: SiteProfile | None) -> Sample:
        """Read a page; of the profile only its families are used."""
        plain = profile.model_copy(update={"selectors": {}}) if profile else None
        return cls(page=page, inspection=inspect_page(page, plain))

    @property
    def is_article(self) -> bool:
        """Whether it is an article that stands in HTML as it was sent: selectors find nothing in JSON."""
        return isinstance(self.inspection.result, Article) and not looks_like_json(self.page.text)

    @property
    def family(self) -> str:
        """Whose reader it got."""
        return self.inspection.examination.family

    @cached_property
    def document(self) -> Document:
        """The page as a tree."""
        return self.inspection.document

    @cached_property
    def values(self) -> Mapping[str, Any]:
        """Field → what was read surely enough."""
        return {
            field.name: field.value
            for field in self.inspection.fields
            if field.value is not None and field.how is not None and field.how.confidence >= MUST_BE_SURE
        }

    @cached_property
    def holders(self) -> Mapping[str, HtmlElement]:
        """Field → the smallest element that holds what was read."""
        spots = Spots(self.inspection)
        found = {}
        for field in self.inspection.fields:
            if field.name in self.values and (holder := holder_of(spots.of(field))) is not None:
                found[field.name] = holder
        return found

    def confidence(self, name: str) -> float:
        """How sure a field is; 0 where it was not read."""
        how = self.inspection.field(name).how
        return how.confidence if how else 0.0

    def heard(self, name: str) -> bool:
        """Whether anything at all was read, surely or not."""
        return self.inspection.field(name).value is not None

    def read(self, name: str, css: str) -> Any:
        """What one selector reads of a field; None where it finds nothing that is a value."""
        found = selected(name, self.document, Selectors.model_validate({name: (css,)}))
        return found[0].value if found else None

    def first_reads(self, name: str, css: str, value: Any) -> bool:
        """Whether the first element that a selector finds is the one its value stands in."""
        first = self.document.select(css)[0]
        text = first.get("content") or first.get("value") or " ".join(line.text for line in lines_of(first)[0])
        got = READERS[name](text) if text else None
        return got is not None and same(name, got, value)


def same(name: str, one: Any, other: Any) -> bool:
    """Whether two values of a field say the same."""
    if name == "published":
        return same_moment(one, other)
    if name == "authors":
        return set(one) == set(other)
    if name == "source":
        return same_source(one, other)
    return letters(str(one)) == letters(str(other))
