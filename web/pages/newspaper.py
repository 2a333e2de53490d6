"""The e-paper: a calendar of its issues, and one issue's pages and articles in reading order."""

from __future__ import annotations

import calendar
from datetime import date

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from storage.errors import Missing, NotFound
from storage.query import newspaper
from storage.query.editions import read_day
from storage.query.filters import FIRST_DAY, LAST_DAY
from web.channels import titles
from web.reading import InForce, Reading
from web.render import page

routes = APIRouter(include_in_schema=False, prefix="/paper")


@routes.get("")
def newest(request: Request, session: Reading) -> Response:
    """The newest issue of the paper that was followed longest."""
    for paper in newspaper.papers(session):
        if day := newspaper.newest(session, paper):
            return RedirectResponse(f"/paper/{paper}/{day}", status_code=302)
    return page(request, "nopaper.html")


@routes.get("/{paper}/{day}", response_class=HTMLResponse)
def issue(request: Request, session: Reading, config: InForce, paper: str, day: str) -> HTMLResponse:
    """One day's issue beside the calendar of its month; also of a day that had none."""
    wanted = read_day(day, "day")
    if not FIRST_DAY <= wanted < LAST_DAY:
        raise NotFound(Missing.ISSUE, day=wanted)
    papers = newspaper.papers(session)
    if paper not in papers:
        raise NotFound(Missing.PAPER, text=paper, known=", ".join(papers) or "–")
    return page(
        request,
        "paper.html",
        paper=paper,
        papers=papers,
        titles=titles(config.site),
        wanted=wanted,
        issue=newspaper.issue(session, paper, wanted),
        before=newspaper.issue_before(session, paper, wanted),
        after=newspaper.issue_after(session, paper, wanted),
        weeks=calendar.Calendar().monthdatescalendar(wanted.year, wanted.month),
        days=newspaper.days(session, paper, wanted.replace(day=1), _last(wanted)),
        earlier=_last_month(wanted),
        later=_next_month(wanted),
        first=newspaper.first(session, paper),
        newest=newspaper.newest(session, paper),
    )


def _last(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _last_month(day: date) -> date:
    """The same day a month before, or the last that month has."""
    year, month = (day.year, day.month - 1) if day.month > 1 else (day.year - 1, 12)
    return date(max(year, 1), month, min(day.day, calendar.monthrange(max(year, 1), month)[1]))


def _next_month(day: date) -> date:
    year, month = (day.year, day.month + 1) if day.month < 12 else (day.year + 1, 1)
    return date(min(year, 9999), month, min(day.day, calendar.monthrange(min(year, 9999), month)[1]))
