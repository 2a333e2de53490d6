"""Runs: the timetable and what became of it, what each run came to, why pages failed, which fields are read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from storage.query.reports import causes, planned_reports, results, run_report, run_reports
from storage.query.stats import COVERED, Coverage, coverage
from storage.query.upcoming import upcoming
from web import charts
from web.reading import InForce, Reading, RowId, kept
from web.render import page

SHOWN = 40
"""Runs and planned runs: a working day of them."""
CAUSES_OF_DAYS = 30
MOST_RESULTS = 500

routes = APIRouter(include_in_schema=False, prefix="/runs")


@routes.get("", response_class=HTMLResponse)
def every(request: Request, session: Reading, config: InForce) -> HTMLResponse:
    """The newest first."""
    now = datetime.now(UTC)
    covered = kept(request, "coverage", coverage)
    return page(
        request,
        "runs.html",
        runs=run_reports(session, SHOWN),
        upcoming=upcoming(config.job, now),
        planned=planned_reports(session, SHOWN),
        causes=causes(session, now - timedelta(days=CAUSES_OF_DAYS)),
        days=CAUSES_OF_DAYS,
        coverage=covered,
        over_time=charts.plot_shares(_shares(covered)),
        fields=list(COVERED),
    )


def _shares(covered: Sequence[Coverage]) -> dict[str, list[charts.Share]]:
    """Field → the share of each month's articles that have it."""
    return {
        name: [charts.Share(key=one.month, share=one.fields[name] / one.articles) for one in covered]
        for name in COVERED
    }


@routes.get("/{run_id}", response_class=HTMLResponse)
def one(request: Request, session: Reading, run_id: RowId) -> HTMLResponse:
    """One run, with how each of its responses ended."""
    run = run_report(session, run_id)
    found = results(session, run_id, limit=MOST_RESULTS)
    left_out = sum(run["counts"].values()) - run["counts"].get("robots", 0) - len(found)
    return page(request, "run.html", run=run, results=found, left_out=max(left_out, 0))
