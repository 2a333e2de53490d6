"""Figures: when and where articles appear, and who signs them; each plot with its data as CSV."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from storage.errors import Missing, NotFound
from storage.query.spreadsheet import write_rows
from storage.query.stats import (
    COVERED,
    By,
    Count,
    by_day_of,
    coverage,
    last_twelve_months,
    over_months,
    today_in_shanghai,
)
from web import charts
from web.counted import counted
from web.reading import kept
from web.render import page

MOST_NAMES = 20
"""Names a list of bars shows; the CSV has all."""

HOURS_APART = 3
"""Between the hours that are written below their bars: on a phone more of them would be one grey line."""

routes = APIRouter(include_in_schema=False, prefix="/figures")


@routes.get("", response_class=HTMLResponse)
def figures(request: Request) -> HTMLResponse:
    """All plots. They may be some minutes old: counting a million articles takes longer than a reader waits."""
    today = today_in_shanghai(datetime.now(UTC))
    days = kept(request, "year", lambda session: last_twelve_months(session, today))
    months = counted(request, By.MONTH)
    newest = counted(request, By.DAY)
    if not days and newest:  # an archive of older years: its own last twelve months say more than an empty year
        today = max(by_day_of(newest))
        days = {day: number for day, number in by_day_of(newest).items() if (today - day).days < 365}
    return page(
        request,
        "figures.html",
        until=today,
        heat=charts.heat_map(days, today),
        total=sum(one.number for one in months),
        months=charts.plot({"": months}),
        over_time={by.value: charts.plot(_over_time(request, by)) for by in (By.COLUMN, By.SOURCE)},
        names={by.value: charts.bars(_names(request, by)[:MOST_NAMES]) for by in (By.AUTHOR, By.EDITOR, By.SOURCE)},
        hours=charts.uprights(_whole_day(_names(request, By.HOUR)), every=HOURS_APART),
    )


@routes.get("/{name}.csv")
def data(request: Request, name: str) -> Response:
    """The numbers behind a plot."""
    if name in ("column-by-month", "source-by-month"):
        series = _over_time(request, By(name.partition("-")[0]))
        rows = [(key, one.key, one.number) for key, some in series.items() for one in some]
        return _csv(name, (name.partition("-")[0], "month", "articles"), rows)
    if name == "coverage":
        covered = kept(request, "coverage", coverage)
        lines = [(one.month, one.articles, *(one.fields[field] for field in COVERED)) for one in covered]
        return _csv(name, ("month", "articles", *COVERED), lines)
    if name not in list(By):
        known = ", ".join([*(by.value for by in By), "column-by-month", "source-by-month", "coverage"])
        raise NotFound(Missing.FIGURES, text=name, known=known)
    return _csv(name, (name, "articles"), [(one.key, one.number) for one in _names(request, By(name))])


def _names(request: Request, by: By) -> list[Count]:
    return [one for one in counted(request, by) if one.key]


def _over_time(request: Request, by: By) -> dict[str, list[Count]]:
    return kept(request, ("months", by), lambda session: over_months(session, by))


def _whole_day(found: list[Count]) -> list[Count]:
    numbers = {one.key: one.number for one in found}
    return [Count(key=f"{hour:02d}", number=numbers.get(f"{hour:02d}", 0)) for hour in range(24)]


def _csv(name: str, heading: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> Response:
    out = io.StringIO()
    write_rows(out, heading, rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(out.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)
