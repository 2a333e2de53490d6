"""Articles, their versions, and what changed between them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from storage.query.details import details
from storage.query.history import compare
from storage.query.lookup import find_article
from web.api import models
from web.reading import Reading, Searching

routes = APIRouter(tags=["articles"], responses=models.NOT_FOUND)


@routes.get("/articles/{article_id}", response_model=models.WholeArticle)
def article(session: Reading, article_id: str) -> dict[str, object]:
    """One article with everything known of it. `article_id`: its id, or the beginning of it (3 characters or more)."""
    found = details(session, find_article(session, article_id))
    return {**found.article, **found.as_json()}


@routes.get("/articles/{article_id}/versions", response_model=list[models.State])
def versions(session: Reading, article_id: str) -> object:
    """The states of an article, oldest first."""
    return details(session, find_article(session, article_id)).as_json()["versions"]


@routes.get("/articles/{article_id}/diff", response_model=list[models.Change])
def diff(
    session: Searching, article_id: str, before: Annotated[int, Query(ge=1)], after: Annotated[int, Query(ge=1)]
) -> object:
    """What differs between two states, by their numbers."""
    return compare(session, find_article(session, article_id).id, before, after)
