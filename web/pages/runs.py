"""Runs: the timetable and what became of it, what each run came to, why pages failed, which fields are read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from sqlalchemy.orm import Session
from starlette.responses import HTMLResponse

from storage.query.reports import causes, planned_reports, results, run_report, run_reports
from storage.query.stats import COVERED, Coverage, coverage
from storage.query.upcoming import upcoming
from web import charts
from web.reading import MOST_ROWS, InForce, Reading, RowId, kept
from web.render import page

SHOWN = 40
"""Runs and planned runs: a working day of them."""
CAUSES_OF_DAYS = 30
RESULTS = 500
"""Responses of a run on one page."""

routes = APIRouter(include_in_schema=False, prefix="/runs")

_Before = Annotated[int | None, Query(ge=1, le=MOST_ROWS)]


def _covered(request: Request) -> Sequence[Coverage]:
    return kept(request, "coverage", coverage)


_Covered = Annotated[Sequence[Coverage], Depends(_covered)]
"""Asked for before the session: whoever waits for it has no turn, and no transaction whose time runs."""


@routes.get("", response_class=HTMLResponse)
def every(
    request: Request,
    covered: _Covered,
    session: Reading,
    config: InForce,
    before: _Before = None,
    planned_before: _Before = None,
) -> HTMLResponse:
    """The newest runs and planned runs, with what belongs to them; or a further page of one of the two.

    Args:
        before: The runs that are older than the one of that id.
        planned_before: The planned runs behind the one of that id.
    """
    if before is not None:
        return page(request, "oldruns.html", **_runs(session, before))
    if planned_before is not None:
        return page(request, "oldruns.html", **_planned(session, planned_before))
    now = datetime.now(UTC)
    return page(
        request,
        "runs.html",
        **_runs(session),
        **_planned(session),
        upcoming=upcoming(config.job, now),
        causes=causes(session, now - timedelta(days=CAUSES_OF_DAYS)),
        days=CAUSES_OF_DAYS,
        coverage=covered,
        over_time=charts.plot_shares(_shares(covered)),
        fields=list(COVERED),
    )


def _runs(session: Session, before: int | None = None) -> dict[str, Any]:
    found = run_reports(session, SHOWN + 1, before=before)
    return {"runs": found[:SHOWN], "last_run": found[SHOWN - 1]["id"] if len(found) > SHOWN else None}


def _planned(session: Session, before: int | None = None) -> dict[str, Any]:
    found = planned_reports(session, SHOWN + 1, before=before)
    return {"planned": found[:SHOWN], "last_planned": found[SHOWN - 1]["id"] if len(found) > SHOWN else None}


def _shares(covered: Sequence[Coverage]) -> dict[str, list[charts.Share]]:
    """Field → the share of each month's articles that have it."""
    return {
        name: [charts.Share(key=one.month, share=one.fields[name] / one.articles) for one in covered]
        for name in COVERED
    }


@routes.get("/{run_id}", response_class=HTMLResponse)
def one(
    request: Request, session: Reading, run_id: RowId, after: Annotated[int, Query(ge=0, le=MOST_ROWS)] = 0
) -> HTMLResponse:
    """One run, with how each of its responses ended, a page at a time.

    Args:
        after: The page that begins behind the response of that id.
    """
    run = run_report(session, run_id)
    found = results(session, run_id, after=after, limit=RESULTS + 1)
    last = found[RESULTS - 1].id if len(found) > RESULTS else None
    return page(request, "run.html", run=run, results=found[:RESULTS], after=after, last=last)
