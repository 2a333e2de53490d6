"""Counts of the archive."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request

from storage.query.filters import Filters
from storage.query.stats import By, Count, counts
from web.api import models
from web.counted import counted
from web.reading import Searching

MOST_NAMES = 1_000

routes = APIRouter(tags=["stats"], responses={400: {"model": models.Problem}})


_Since = Annotated[str, Query(description="First day of publication, 2024-07-26")]
_Until = Annotated[str, Query(description="Last day of publication")]


def _whole(request: Request, by: By, since: _Since = "", until: _Until = "") -> list[Count] | None:
    return None if since or until else counted(request, by)


_Whole = Annotated[list[Count] | None, Depends(_whole)]
"""Counts without days. Asked for before the session: whoever waits for them has no turn, and no transaction whose time
runs."""


@routes.get("/stats/{by}", response_model=list[models.Count])
def stats(
    whole: _Whole,
    session: Searching,
    by: By,
    since: _Since = "",
    until: _Until = "",
    limit: Annotated[int, Query(ge=1, le=MOST_NAMES)] = 100,
) -> object:
    """Articles by day, month, year, hour of publication, column, source, editor or author.

    `limit` counts names; days and months come all.
    Without days the counts may be twenty minutes old.
    """
    most = None if by in TIMES else limit
    if whole is not None:
        return whole[:most]
    days = Filters.read(since=since, until=until)
    return counts(session, by, since=days.since, until=days.until, limit=most)


TIMES = (By.DAY, By.MONTH, By.YEAR, By.HOUR)
