"""What every page family has: hooks that a family fills, and that do nothing for a page of an unknown site.

A family adds witnesses of its own and may silence general ones that mislead on its pages; all else is the general
reading, field by field.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from crawler.parse.document import Document
from crawler.parse.fields.body import BodyReading, find_body
from crawler.parse.notarticle import judge_page
from crawler.parse.scene import Scene
from crawler.parse.vote import Witness
from crawler.sites.profile import SiteProfile
from storage.records import Article, Page, Reason, Rejection

Told = Mapping[str, Sequence[Witness[Any]]]
"""Field → witnesses that were heard before the page became a document."""


class Generic:
    """A page of a site nobody has described."""

    name = "generic"
    body: tuple[str, ...] = ()
    """CSS selectors of the article's text, tried before the general search."""

    def for_page(self, profile: SiteProfile | None) -> Generic:
        """The family as it reads one page of a site; one that keeps what it found on the page returns a fresh one."""
        return self

    def unfold(self, page: Page) -> tuple[Page, Told] | Rejection:
        """The HTML to read, and what its wrapping already told (an interface's keys)."""
        return page, {}

    def refuse(self, document: Document) -> Rejection | None:
        """Why the page cannot be one article, where the family can tell at once."""
        return None

    def title(self, document: Document) -> Iterable[Witness[str]]:
        """Witnesses of the headline."""
        return ()

    def find_body(
        self, document: Document, selectors: tuple[str, ...], title: str | None, drop_lines: Collection[str]
    ) -> BodyReading | None:
        """The article's text; selectors are tried before the general search, lines to drop are other fields."""
        return find_body(document, selectors=selectors, title=title, drop_lines=drop_lines)

    def judge(self, document: Document, body: BodyReading | None, title: str | None) -> tuple[Reason, str] | None:
        """Why the page is no article after all, with one sentence for a person."""
        return judge_page(document, body, title)

    def witnesses(self, field: str, scene: Scene) -> Iterable[Witness[Any]]:
        """Further witnesses of one field."""
        return ()

    def believes(self, field: str, witness: Witness[Any]) -> bool:
        """Whether a general witness, or a selector's, is to be heard on this family's pages."""
        return True

    def tidy(self, body: BodyReading, scene: Scene) -> BodyReading:
        """The body without what only this family prints into it."""
        return body

    def finish(self, article: Article, scene: Scene, profile: SiteProfile | None) -> Article | Rejection:
        """The article with what only this family knows: edition, kicker, subtitle."""
        return article
