"""Page → Article: every field read by its own witnesses, none costing another.

    unfold ──► headline ──► body ──► is it an article? ──► time, source, editor, authors, column ──► article

`read` is pure and never raises; `examine` is the same reading with everything that was heard on the way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from crawler.parse.document import Document
from crawler.parse.families import dzrb, generic, paperindex, shtml
from crawler.parse.families.generic import Generic, Told
from crawler.parse.fields import authors, column, editor, published, source, subtitle, title
from crawler.parse.fields.body import BodyReading
from crawler.parse.paging import next_part
from crawler.parse.scene import Scene
from crawler.parse.selected import selected
from crawler.parse.shapes import fold
from crawler.parse.vote import Ballot, Witness
from crawler.sites.profile import Selectors, SiteProfile
from storage.records import Article, How, Page, Reason, Rejection

FAMILIES: Mapping[str, Generic] = {
    family.name: family for family in (generic.Generic(), dzrb.Dzrb(), paperindex.PaperIndex(), shtml.Shtml())
}
FIELDS: Mapping[str, tuple[Callable[[Scene], list[Witness[Any]]], Callable[[Iterable[Witness[Any]]], Ballot[Any]]]] = {
    "published": (published.hear, published.decide),
    "source": (source.hear, source.decide),
    "editor": (editor.hear, editor.decide),
    "authors": (authors.hear, authors.decide),
    "column": (column.hear, column.decide),
}
"""Fields read from the scene, in order: who hears, who decides."""


@dataclass(frozen=True, kw_only=True)
class Examination:
    """A reading with everything that was heard."""

    page: Page
    """What was read; for an interface's answer the page made of it."""
    family: str
    result: Article | Rejection
    ballots: Mapping[str, Ballot[Any]] = field(default_factory=dict)
    """Field → all witnesses and the vote. Holds what was heard until a rejection."""
    body: BodyReading | None = None
    """What was read as the text, also where the page was rejected after that."""
    document: Document | None = None
    """The page as a tree, in which the elements of `body` stand; None where it never became one."""


def read(page: Page, profile: SiteProfile | None = None) -> Article | Rejection:
    """The article of a page, or why there is none. Pure; never raises.

    Args:
        page: a decoded page.
        profile: the site's whereabouts: its selectors are tried before the general rules; None: general rules only.
    """
    return examine(page, profile).result


def examine(page: Page, profile: SiteProfile | None = None) -> Examination:
    """The same reading, with all witnesses of all fields and the vote over them. Never raises."""
    name = profile.family_of(page.url) if profile else "generic"
    try:
        return _Reading(page, profile, FAMILIES[name]).examine()
    except Exception as error:  # the edge of the stage: one page that breaks the reader must not end the run
        detail = f"{type(error).__name__}: {error}"[:300]
        result = Rejection(url=page.url, reason=Reason.UNREADABLE, detail=detail)
        return Examination(page=page, family=name, result=result)


class _Reading:
    """One page being read: what was heard and what went wrong so far."""

    def __init__(self, page: Page, profile: SiteProfile | None, family: Generic) -> None:
        self.page = page
        self.profile = profile
        self.family = family.for_page(profile)
        known = {str(name): chosen for name, chosen in profile.selectors.items()} if profile else {}
        self.selectors = known.get(family.name, Selectors())
        self.told: Told = {}
        self.ballots: dict[str, Ballot[Any]] = {}
        self.problems: list[str] = []
        self.body: BodyReading | None = None
        self.document: Document | None = None

    def examine(self) -> Examination:
        return Examination(
            result=self._read(),
            page=self.page,
            family=self.family.name,
            ballots=self.ballots,
            body=self.body,
            document=self.document,
        )

    def _read(self) -> Article | Rejection:
        unfolded = self.family.unfold(self.page)
        if isinstance(unfolded, Rejection):
            return unfolded
        self.page, self.told = unfolded
        document = self.document = Document(self.page)
        if (refused := self.family.refuse(document)) is not None:
            return refused
        headline = self._title(document)
        body = self.body = self._body(document, headline, self._companions(document, headline))
        if (verdict := self.family.judge(document, body, headline)) is not None:
            reason, detail = verdict
            return Rejection(url=self.page.url, reason=reason, detail=detail)
        assert body is not None, "a page without a body was refused"
        captions = [text for text, reason in body.removed if reason == "caption"]
        scene = Scene(document, title=headline, body_text=body.text, body_element=body.element, captions=captions)
        for name, (hear, decide) in FIELDS.items():
            self._vote(name, decide, document, partial(hear, scene), partial(self.family.witnesses, name, scene))
        if headline is None:
            return Rejection(url=self.page.url, reason=Reason.NO_TITLE, detail="No headline was found on the page.")
        self.body = self.family.tidy(body, scene)
        return self.family.finish(self._article(headline, self.body, document), scene, self.profile)

    def _title(self, document: Document) -> str | None:
        ballot = self._vote(
            "title", title.decide, document, partial(title.hear, document), partial(self.family.title, document)
        )
        return fold(ballot.value) if isinstance(ballot.value, str) else None

    def _companions(self, document: Document, headline: str | None) -> subtitle.Companions:
        """The lines of kicker and subtitle; both are heard here, for they are no part of the body."""
        found = subtitle.companions(document, headline)
        for name in ("kicker", "subtitle"):
            self._vote(name, subtitle.decide(name), document, partial(subtitle.hear, name, found, document), tuple)
        return found

    def _vote(
        self,
        name: str,
        decide: Callable[[Iterable[Witness[Any]]], Ballot[Any]],
        document: Document,
        hear: Callable[[], Iterable[Witness[Any]]],
        own: Callable[[], Iterable[Witness[Any]]],
    ) -> Ballot[Any]:
        """Hear and decide one field; an error in it is a problem of this field alone (law 6)."""
        try:
            chosen = filter(partial(self.family.believes, name), selected(name, document, self.selectors))
            heard = [*chosen, *self.told.get(name, ()), *own()]
            heard += filter(partial(self.family.believes, name), hear())
            ballot = decide(heard)
        except Exception as error:  # one broken field must not cost the others; it is recorded on the article
            self.problems.append(f"{name}: {type(error).__name__}: {error}"[:200])
            ballot = Ballot(field=name)
        self.ballots[name] = ballot
        return ballot

    def _body(self, document: Document, headline: str | None, beside: subtitle.Companions) -> BodyReading | None:
        selectors = (*self.family.body, *self.selectors.body)
        return self.family.find_body(document, selectors, headline, beside.texts)

    def _article(self, headline: str, body: BodyReading, document: Document) -> Article:
        values = {name: self.ballots[name].value for name in FIELDS}
        how: dict[str, How] = {
            name: found for name, ballot in self.ballots.items() if (found := ballot.how) is not None
        }
        article = Article(
            url=self.page.url,
            title=headline,
            subtitle=self.ballots["subtitle"].value,
            kicker=self.ballots["kicker"].value,
            published=values["published"],
            source=values["source"],
            editor=values["editor"],
            authors=values["authors"] or (),
            column=values["column"],
            body=body.text,
            body_html=body.html,
            images=body.images,
            family=self.family.name,
            next_url=next_part(document),
            how=how | {"body": body.how},
            problems=tuple(self.problems),
        )
        return replace(article, how={**article.how, "images": body.how}) if body.images else article
