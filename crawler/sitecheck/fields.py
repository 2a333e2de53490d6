"""What a profile's selectors find on article pages, beside what the general rules read there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from crawler.inspect.inspection import Inspection, inspect_page, said
from crawler.parse.jsonread import looks_like_json
from crawler.parse.selected import selected
from crawler.sites.profile import Selectors, SiteProfile
from crawler.suggest.body import ALIKE, overlap
from crawler.suggest.samples import same
from storage.records import Article, Page

ALWAYS = ("title", "published", "source", "body")
"""Fields that an article page has, so that a selector which finds nothing has lost its element."""
CHECKED = ("title", "kicker", "subtitle", "published", "source", "editor", "authors", "column", "body", "images")


class Answer(StrEnum):
    """What selectors and general rules say of one field of one page."""

    AGREE = "agree"
    """Both read the same."""
    DIFFER = "differ"
    """Both read something, and not the same."""
    SELECTOR = "selector only"
    """The general rules read nothing."""
    RULES = "rules only"
    """The selectors find nothing; or there are none."""
    NOTHING = "nothing"
    """Neither reads anything: it may well not be on the page."""


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One field on which selectors and general rules differ."""

    url: str
    selector: str
    """What the selectors read."""
    rules: str
    """What the general rules read."""


@dataclass(frozen=True, kw_only=True)
class Tried:
    """One selector, tried on every page it is meant for."""

    css: str
    found: int
    """Pages on which it found something."""
    of: int
    """Pages."""


@dataclass(frozen=True, kw_only=True)
class FieldCheck:
    """One field over several pages."""

    name: str
    selectors: tuple[Tried, ...]
    answers: dict[Answer, int]
    """Answer → pages."""
    covered: int
    """Pages on which at least one of the selectors found something."""
    differences: tuple[Difference, ...] = ()

    @property
    def lost(self) -> tuple[Tried, ...]:
        """Selectors that found nothing anywhere, where the others do not make up for it.

        None of a field that few articles have (a kicker, pictures), where the general rules read none either: the pages
        may well have none.
        """
        missed = self.name in ALWAYS or Answer.RULES in self.answers
        return lost_of(self.selectors, self.covered) if missed else ()


@dataclass(frozen=True, kw_only=True)
class CheckedPage:
    """One article page, read with the profile's selectors and without."""

    page: Page
    profile: SiteProfile = field(repr=False)

    @cached_property
    def chosen(self) -> Inspection:
        """Read as a crawl reads it."""
        return inspect_page(self.page, self.profile)

    @cached_property
    def plain(self) -> Inspection:
        """Read by the general rules and the family alone."""
        return inspect_page(self.page, self.profile.model_copy(update={"selectors": {}}))

    @property
    def family(self) -> str:
        """Whose reader it got."""
        return self.chosen.examination.family

    @property
    def is_article(self) -> bool:
        """Whether it could be read."""
        return isinstance(self.chosen.result, Article)

    @property
    def takes_selectors(self) -> bool:
        """Whether it stands in HTML as it was sent: the keys of an interface's answer are read without selectors."""
        return not looks_like_json(self.page.text)

    @property
    def selectors(self) -> Selectors:
        """The profile's, for its family."""
        known = {str(name): chosen for name, chosen in self.profile.selectors.items()}
        return known.get(self.family, Selectors())

    def finds(self, name: str, css: str) -> bool:
        """Whether a selector finds what is a value of its field; of text and pictures, any element."""
        if name in ("body", "images"):
            return any(one.tag == "img" or one.text_content().strip() for one in self.chosen.document.select(css))
        return bool(selected(name, self.chosen.document, Selectors.model_validate({name: (css,)})))

    def by_selector(self, name: str) -> Any:
        """What a field's selectors read; None where they find nothing."""
        if name in ("body", "images"):
            found = any(self.finds(name, css) for css in getattr(self.selectors, name))
            return self.chosen.field(name).value if found else None
        heard = selected(name, self.chosen.document, self.selectors)
        return heard[0].value if heard else None


def lost_of(selectors: Sequence[Tried], covered: int) -> tuple[Tried, ...]:
    """Selectors that found nothing anywhere.

    None where one of them found something on every page: an alternative for another skin is no fault then.

    Args:
        selectors: alternatives, all tried on the same pages.
        covered: pages on which at least one of them found something.
    """
    pages = max((one.of for one in selectors), default=0)
    if not pages or covered == pages:
        return ()
    return tuple(one for one in selectors if not one.found)


def check_fields(pages: Sequence[CheckedPage]) -> list[FieldCheck]:
    """Every field that has selectors or was read, over pages of one family."""
    checks = [_check(name, pages) for name in CHECKED]
    return [one for one in checks if one.selectors or set(one.answers) != {Answer.NOTHING}]


def _check(name: str, pages: Sequence[CheckedPage]) -> FieldCheck:
    fitting = [page for page in pages if page.takes_selectors]
    known: tuple[str, ...] = getattr(pages[0].selectors, name)
    found = [[page.finds(name, css) for page in fitting] for css in known]
    answers = [_answer(name, page) for page in pages]
    return FieldCheck(
        name=name,
        selectors=tuple(
            Tried(css=css, found=sum(each), of=len(fitting)) for css, each in zip(known, found, strict=True)
        ),
        answers={answer: answers.count(answer) for answer in Answer if answer in answers},
        covered=sum(map(any, zip(*found, strict=True))) if found else 0,
        differences=tuple(_differences(name, pages, answers)),
    )


def _answer(name: str, page: CheckedPage) -> Answer:
    chosen, plain = page.by_selector(name), page.plain.field(name).value
    if chosen is None:
        return Answer.NOTHING if plain is None else Answer.RULES
    if plain is None:
        return Answer.SELECTOR
    return Answer.AGREE if _alike(name, chosen, plain) else Answer.DIFFER


def _alike(name: str, one: Any, other: Any) -> bool:
    if name == "body":
        return overlap(one, other) >= ALIKE
    return set(one) == set(other) if name == "images" else same(name, one, other)


def _differences(name: str, pages: Sequence[CheckedPage], answers: Sequence[Answer]) -> Iterator[Difference]:
    for page, answer in zip(pages, answers, strict=True):
        if answer is Answer.DIFFER:
            told = (said(value) for value in (page.by_selector(name), page.plain.field(name).value))
            chosen, plain = (text.replace("\n", " ") for text in told)
            yield Difference(url=page.page.url, selector=chosen, rules=plain)
