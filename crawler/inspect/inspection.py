"""One page, looked at: every field with its witnesses and its vote, and why a page is no article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from crawler.inspect.figures import Figure, figures_of, title_figure
from crawler.parse.document import Document
from crawler.parse.fields.body import BodyReading
from crawler.parse.notarticle import judge_page
from crawler.parse.reader import Examination, examine
from crawler.parse.vote import Ballot
from crawler.sites.profile import SiteProfile
from storage.records import Article, Edition, How, Moment, Page, Reason, Rejection

FIELDS = (
    "title",
    "kicker",
    "subtitle",
    "published",
    "source",
    "editor",
    "authors",
    "column",
    "edition",
    "body",
    "images",
)
"""In the order in which they are shown."""


@dataclass(frozen=True, kw_only=True)
class FieldView:
    """One field: what was read, how, and who said what."""

    name: str
    value: Any = None
    """As in `Article`; None where the field is empty."""
    how: How | None = None
    ballot: Ballot[Any] | None = None
    """None for fields that are read without a vote."""

    @property
    def text(self) -> str:
        """The value in one line; empty where there is none."""
        return said(self.value)


@dataclass(frozen=True, kw_only=True)
class Inspection:
    """A page with everything that was heard on it."""

    examination: Examination
    fields: tuple[FieldView, ...]
    figures: tuple[Figure, ...] = ()
    """Of a rejection: what was counted, and the thresholds that decided."""

    @property
    def page(self) -> Page:
        """What was read; for an interface's answer the page made of it."""
        return self.examination.page

    @property
    def result(self) -> Article | Rejection:
        """The article, or why there is none."""
        return self.examination.result

    @property
    def document(self) -> Document:
        """The page as a tree; that of the reading, where it became one."""
        return self.examination.document or Document(self.page)

    @property
    def body(self) -> BodyReading | None:
        """What was read as the text."""
        return self.examination.body

    def field(self, name: str) -> FieldView:
        """A field by name.

        Raises:
            KeyError: there is no such field.
        """
        return {field.name: field for field in self.fields}[name]


def inspect_page(page: Page, profile: SiteProfile | None = None) -> Inspection:
    """Read a page and keep everything that was heard. Never raises.

    Args:
        page: a decoded page.
        profile: the site's whereabouts; None: general rules only.
    """
    examined = examine(page, profile)
    return Inspection(examination=examined, fields=tuple(_fields(examined)), figures=_figures(examined))


def said(value: Any) -> str:
    """A field's value in one line: a time in ISO 8601, names joined with 、, pictures counted; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, Moment):
        return value.iso()
    if isinstance(value, Edition):
        label = f"{value.label}版" if value.label else None
        return " ".join(filter(None, (value.paper, value.day.isoformat(), label, value.page_name)))
    return "、".join(map(said, value)) if isinstance(value, tuple) else str(value)


def _fields(examined: Examination) -> Iterator[FieldView]:
    values, how = _values(examined)
    for name in FIELDS:
        yield FieldView(name=name, value=values.get(name), how=how.get(name), ballot=examined.ballots.get(name))


def _values(examined: Examination) -> tuple[dict[str, Any], Mapping[str, How]]:
    """Field → value, and → how it was read; of a rejected page what was heard until then."""
    result, body = examined.result, examined.body
    if isinstance(result, Article):
        values = {name: getattr(result, name) or None for name in FIELDS}
        return values | {"images": tuple(image.url for image in result.images) or None}, result.how
    values = {name: ballot.value for name, ballot in examined.ballots.items()}
    how = {name: known for name, ballot in examined.ballots.items() if (known := ballot.how) is not None}
    return (values | {"body": body.text}, how | {"body": body.how}) if body else (values, how)


def _figures(examined: Examination) -> tuple[Figure, ...]:
    """The figures of a rejection that figures decided."""
    result, document = examined.result, examined.document
    ballot = examined.ballots.get("title")
    if not isinstance(result, Rejection) or document is None or ballot is None:
        return ()
    if result.reason is Reason.NO_TITLE:
        return (title_figure(ballot.confidence),)
    headline = ballot.value if isinstance(ballot.value, str) else None
    verdict = judge_page(document, examined.body, headline)
    return figures_of(document, examined.body, headline) if verdict == (result.reason, result.detail) else ()
