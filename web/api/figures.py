"""Counts of the archive."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request

from storage.query.filters import Filters
from storage.query.stats import By, counts
from web.api import models
from web.counted import counted
from web.reading import Reading

MOST_NAMES = 1_000

routes = APIRouter(tags=["stats"], responses={400: {"model": models.Problem}})


@routes.get("/stats/{by}", response_model=list[models.Count])
def stats(
    request: Request,
    session: Reading,
    by: By,
    since: Annotated[str, Query(description="First day of publication, 2024-07-26")] = "",
    until: Annotated[str, Query(description="Last day of publication")] = "",
    limit: Annotated[int, Query(ge=1, le=MOST_NAMES)] = 100,
) -> object:
    """Articles by day, month, year, hour of publication, column, source, editor or author.

    `limit` counts names; days and months come all.
    Without days the counts may be twenty minutes old.
    """
    days = Filters.read(since=since, until=until)
    most = None if by in TIMES else limit
    if days == Filters():
        return counted(request, by)[:most]
    return counts(session, by, since=days.since, until=days.until, limit=most)


TIMES = (By.DAY, By.MONTH, By.YEAR, By.HOUR)
