"""Search, a page at a time."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from storage.query.cursor import LONGEST
from storage.query.facets import facets
from storage.query.search import PAGE_LENGTH, Order, search_with_newest
from storage.query.shape import articles
from web.api import models
from web.asking import Asking
from web.reading import Searching

MOST = 100

routes = APIRouter(tags=["articles"], responses={400: {"model": models.Problem}})


class Answers(models.Model):
    """A page of articles."""

    articles: list[models.Article]
    cursor: str | None
    """What to give for the next page, with the same question; null: this was the last one."""
    total: int
    """How many answers there are, as far as they are counted beside a page: at most 300, and fewer where they are hard
    to find. `/api/facets` counts 1,000."""
    more: bool
    """Whether there are, or may be, more than that."""


class Facet(models.Model):
    """One value, and how many answers carry it."""

    name: str
    number: int


class Counts(models.Model):
    """What the newest answers have in common."""

    facets: dict[str, list[Facet]]
    """`month`, `source`, `column`, `channel`, `edition` (版次), `editor`, `author`, `state` → values, the most frequent
    first."""
    of: int
    """Over how many answers was counted."""
    more: bool
    """Whether there are older ones, which were not counted."""


@routes.get("/articles", response_model=Answers)
def find(
    session: Searching,
    asked: Asking,
    sort: Order = Order.NEWEST,
    limit: Annotated[int, Query(ge=1, le=MOST)] = PAGE_LENGTH,
    cursor: Annotated[str, Query(max_length=LONGEST, description="Of the page before")] = "",
) -> dict[str, object]:
    """Articles that words and filters find. Pages do not shift while articles arrive; by relevance one that is edited
    meanwhile is left out of the later pages."""
    page, newest = search_with_newest(
        session, asked.question, asked.filters, order=sort, limit=limit, cursor=cursor or None
    )
    total, found = newest.count, list(articles(session, page.ids))
    return {"articles": found, "cursor": page.cursor, "total": total.number, "more": total.more}


@routes.get("/facets", response_model=Counts)
def values(session: Searching, asked: Asking) -> Counts:
    """How many of the newest 1,000 answers there are of each month, source, column, channel, 版次, editor, author and
    state."""
    found = facets(session, asked.question, asked.filters)
    named = {
        kind.value: [Facet(name=one.name, number=one.number) for one in some] for kind, some in found.by_kind.items()
    }
    return Counts(facets=named, of=found.of.number, more=found.of.more)
