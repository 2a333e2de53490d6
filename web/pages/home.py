"""Home: a day's news by column, the day's paper, what was edited or removed, whether the archive is up to date."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from storage.query import frontpage, newspaper
from storage.query.stats import today_in_shanghai
from web.reading import Reading
from web.render import page

LATE = timedelta(days=1)
"""A last complete crawl longer ago: the timetable asks every quarter of an hour, so something is wrong."""
LATELY = 8
"""Edits and removals shown: what fits beside a day's news."""

routes = APIRouter(include_in_schema=False)


@routes.get("/", response_class=HTMLResponse)
def home(request: Request, session: Reading) -> HTMLResponse:
    """The newest day the archive knows, which is today where it is up to date."""
    today = today_in_shanghai(datetime.now(UTC))
    shown = frontpage.newest_day(session, today) or today
    issues = [
        issue
        for paper in newspaper.papers(session)
        if (day := newspaper.newest(session, paper)) and (issue := newspaper.issue(session, paper, day))
    ]
    fresh = frontpage.freshness(session)
    late = fresh.last_run_at is None or datetime.now(UTC) - fresh.last_run_at > LATE
    return page(
        request,
        "home.html",
        late=late and not fresh.running,
        today=today,
        shown=shown,
        columns=frontpage.of_day(session, shown),
        issues=issues,
        edited=frontpage.edited(session, LATELY),
        removed=frontpage.removed(session, LATELY),
        fresh=fresh,
    )
