"""Why a page was rejected, in figures: what was counted on it and the thresholds that decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from crawler.parse.document import Document
from crawler.parse.fields.body import BodyReading
from crawler.parse.notarticle import (
    ALBUM_CHARS,
    HOME_TIMES,
    LITTLE_CHARS,
    MANY_LINKS,
    MOSTLY,
    ROWS,
    SHELL_CHARS,
    SHELL_SCRIPT,
    SUMMARIES,
)
from crawler.parse.pagecase import ALBUM_PICTURES, LONG_CHARS, Case
from crawler.parse.vote import FLOOR
from storage.records import Reason


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure of a page beside its threshold."""

    reason: Reason
    """The reason whose check asks for it."""
    what: str
    """What was counted, with its unit."""
    value: float
    """On this page."""
    sign: str
    """`>=`, `<=` or `>`: how the value must stand to the limit to speak for the reason."""
    limit: float

    @property
    def met(self) -> bool:
        """Whether the figure speaks for the reason."""
        if self.sign == ">":
            return self.value > self.limit
        return self.value >= self.limit if self.sign == ">=" else self.value <= self.limit


def figures_of(document: Document, body: BodyReading | None, headline: str | None) -> tuple[Figure, ...]:
    """What the checks for pages that are no articles looked at, in their order.

    Args:
        document: the page.
        body: what was read as its text; None where nothing was.
        headline: the headline, where one was found.
    """
    case = Case(document=document, body=body, headline=headline)
    return tuple(
        Figure(reason=reason, what=what, value=round(value, 2), sign=sign, limit=limit)
        for reason, what, value, sign, limit in _counted(case)
    )


def title_figure(confidence: float) -> Figure:
    """How sure the best headline was, beside what is asked of one."""
    what = "confidence of the best headline"
    return Figure(reason=Reason.NO_TITLE, what=what, value=round(confidence, 3), sign="<=", limit=FLOOR)


def _counted(case: Case) -> Iterator[tuple[Reason, str, float, str, float]]:
    announced = "times, sources or people beside a headline (0 or 1)"
    sentences = "characters of sentences outside of links"
    read = "characters read as the text"
    own, linked = case.own_chars or 1, sum(len(line.text) for line in case.linked)
    yield Reason.CHALLENGE, sentences, case.sentences, "<=", LITTLE_CHARS
    yield Reason.ERROR_PAGE, sentences, case.sentences, "<=", LITTLE_CHARS
    yield Reason.ERROR_PAGE, announced, case.announced, "<=", 0
    yield Reason.SCRIPT_SHELL, "characters outside of links and footer", case.shown_chars, "<=", SHELL_CHARS * 2
    scripts = case.script_chars / (len(case.document.page.text) or 1)
    yield Reason.SCRIPT_SHELL, "share of the document that is script", scripts, ">", SHELL_SCRIPT
    yield Reason.ALBUM, "pictures", case.pictures, ">=", ALBUM_PICTURES
    yield Reason.ALBUM, "characters of text for each picture", len(case.text) / (case.pictures or 1), "<=", ALBUM_CHARS
    yield Reason.LIST_PAGE, announced, case.announced, "<=", 0
    yield Reason.LIST_PAGE, "linked headlines with a day", len(case.rows), ">=", ROWS
    yield Reason.LIST_PAGE, "linked headlines", len(case.linked), ">=", MANY_LINKS
    yield Reason.LIST_PAGE, "characters of linked headlines for each of its own", linked / own, ">", HOME_TIMES
    yield Reason.LIST_PAGE, "sentences that follow a linked headline", case.following, ">=", SUMMARIES
    yield Reason.LIST_PAGE, "their share of all sentences", case.following / (case.prose or 1), ">=", MOSTLY
    yield Reason.LIST_PAGE, read, len(case.text), "<=", LONG_CHARS
    yield Reason.NO_BODY, read, len(case.text), "<=", 0
