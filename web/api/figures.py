"""Counts of the archive."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request

from storage.errors import BadQuery, Wrong
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
    since: date | None = None,
    until: date | None = None,
    limit: Annotated[int, Query(ge=1, le=MOST_NAMES)] = 100,
) -> object:
    """Articles by day, month, year, hour of publication, column, source, editor or author.

    `since`, `until`: first and last day of publication. `limit` counts names; days and months come all.
    Without days the counts may be twenty minutes old.
    """
    if since and until and since > until:
        raise BadQuery(Wrong.DAYS_REVERSED, since=since, until=until)
    most = None if by in TIMES else limit
    if since is None and until is None:
        return counted(request, by)[:most]
    return counts(session, by, since=since, until=until, limit=most)


TIMES = (By.DAY, By.MONTH, By.YEAR, By.HOUR)
