"""Runs and the timetable."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query

from storage.query import reports
from storage.query.shape import shanghai
from storage.query.upcoming import upcoming
from web.api import models
from web.reading import MOST_ROWS, InForce, Reading, RowId

MOST = 200

routes = APIRouter(tags=["runs"])

Limit = Annotated[int, Query(ge=1, le=MOST)]
Before = Annotated[int | None, Query(ge=1, le=MOST_ROWS, description="The last `id` of the page before")]
After = Annotated[int, Query(ge=0, le=MOST_ROWS, description="The last `id` of the page before")]


@routes.get("/runs", response_model=list[models.Run])
def runs(session: Reading, limit: Limit = 20, before: Before = None) -> object:
    """The newest runs first; with `before` those that are older than the run of that id."""
    return reports.run_reports(session, limit, before=before)


@routes.get("/runs/{run_id}", response_model=models.Run, responses=models.NOT_FOUND)
def run(session: Reading, run_id: RowId) -> object:
    """One run."""
    return reports.run_report(session, run_id)


@routes.get("/runs/{run_id}/outcomes", response_model=list[models.Outcome], responses=models.NOT_FOUND)
def outcomes(session: Reading, run_id: RowId, limit: Limit = 100, after: After = 0) -> object:
    """How each response of a run ended, in the order they were judged; with `after` those behind the one of that id."""
    reports.run_report(session, run_id)
    return reports.results(session, run_id, after=after, limit=limit)


@routes.get("/planned", response_model=list[models.Planned], responses=models.NOT_FOUND)
def planned(session: Reading, limit: Limit = 20, before: Before = None) -> object:
    """What the timetable planned and what became of it, the newest due time first; with `before` what comes behind the
    planned run of that id."""
    return reports.planned_reports(session, limit, before=before)


@routes.get("/timetable", response_model=list[models.Upcoming])
def timetable(config: InForce) -> object:
    """The jobs of the timetable and when each is due next, the next one first."""
    jobs = upcoming(config.job, datetime.now(UTC))
    return [{**asdict(one), "next_at": shanghai(one.next_at) if one.next_at else None} for one in jobs]
