"""`xha runs`: what ran, what was planned, and how every response of a run ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from cli.article_view import heading, print_fields
from cli.asking import MOST
from cli.formats import Format, print_csv, print_json
from cli.given import asked
from cli.screen import NARROW, Screen, cell, moment, say, screen, table, when, whole

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

RUN_COLUMNS = (
    "id", "site", "spider", "arguments", "started_at", "finished_at", "seconds", "state", "why", "counts", "notes",
    "planned_id", "led_by",
)  # fmt: skip
PLANNED_COLUMNS = ("id", "job", "due_at", "outcome", "reason", "started_at", "finished_at", "exit_code", "run_id")
RESULT_COLUMNS = ("url", "outcome", "reason", "article_id", "title")


def runs(
    ctx: typer.Context,
    run: Annotated[
        int | None,
        typer.Argument(metavar="ID", max=MOST, help="One run, with every response of it [default: the newest runs]"),
    ] = None,
    planned: Annotated[bool, typer.Option("--planned", help="Only what the timetable planned.")] = False,
    limit: Annotated[
        int, typer.Option(min=1, max=MOST, metavar="N", help="At most so many runs, and so many planned ones.")
    ] = 20,
    format: Annotated[Format, typer.Option(help="table, json, or csv (with --planned: of these).")] = Format.TABLE,
) -> None:
    """Show what ran, what was planned, and how it ended.

    The newest runs and the newest due times of the timetable, or one run with all its responses.

    JSON: {"runs": […], "planned": […]}; of one run its row with "results".

    \b
    Examples:
      xha runs
      xha runs 12
      xha runs --planned --limit 100
      xha runs 12 --format csv
    """
    from storage.query import reports

    with asked(ctx) as session:
        if run is not None:
            one_run(session, run, format)
            return
        ran = [] if planned else reports.run_reports(session, limit)
        due = reports.planned_reports(session, limit)
    if format is Format.JSON:
        print_json({"planned": due} if planned else {"runs": ran, "planned": due})
    elif format is Format.CSV:
        print_csv(due if planned else ran, PLANNED_COLUMNS if planned else RUN_COLUMNS)
    else:
        print_runs(screen(), ran, due, planned=planned)


def one_run(session: Session, number: int, format: Format) -> None:
    """A run and how every response of it ended.

    Raises:
        NotFound: there is no such run.
    """
    from storage.query import reports

    report = reports.run_report(session, number)
    results = [
        {**{name: getattr(result, name) for name in RESULT_COLUMNS}, "outcome": result.outcome.value}
        for result in reports.results(session, number)
    ]
    if format is Format.JSON:
        print_json({**report, "results": results})
    elif format is Format.CSV:
        print_csv(results, RESULT_COLUMNS)
    else:
        print_run(screen(), report, results)


def print_runs(
    console: Screen, ran: Sequence[Mapping[str, Any]], due: Sequence[Mapping[str, Any]], *, planned: bool
) -> None:
    """Both lists as tables, the newest first."""
    if not planned and not ran:
        say("Nothing ran yet.")
    if ran:
        headings = ("id", "spider", "started", "seconds", "state", "notes", "counts")
        rows = table(*headings, fixed=("spider", "started", "state"), numbers=("id", "seconds", "notes"))
        for run in ran:
            rows.add_row(
                whole(run["id"]),
                whole(run["spider"]),
                whole(when(run["started_at"])[5 if console.width < NARROW else 0 :]),
                whole("" if run["seconds"] is None else f"{run['seconds']:.0f}"),
                whole(run["state"]),
                whole(len(run["notes"]) or ""),
                cell("\n".join(filter(None, (counts_of(run["counts"]), run["why"], helped(run))))),
            )
        console.put(rows)
    if due:
        if ran:
            heading(console, "Planned")
        console.put(planned_table(due))
    elif planned:
        say("The timetable has planned nothing yet: `xha schedule` runs it.")


def planned_table(due: Sequence[Mapping[str, Any]]) -> Table:
    """What became of each due time."""
    rows = table(
        "due", "job", "outcome", "exit", "run", "reason", fixed=("due", "job", "outcome"), numbers=("exit", "run")
    )
    for plan in due:
        rows.add_row(
            whole(when(plan["due_at"])), whole(plan["job"]), whole(plan["outcome"]), whole(plan["exit_code"]),
            whole(plan["run_id"]), cell(plan["reason"]),
        )  # fmt: skip
    return rows


def print_run(console: Screen, report: Mapping[str, Any], results: Sequence[Mapping[str, Any]]) -> None:
    """One run for a person."""
    arguments = " ".join(f"{name}={value}" for name, value in report["arguments"].items())
    print_fields(
        console,
        {
            "run": f"{report['id']}, {report['state']}",
            "spider": f"{report['spider']} {arguments}".strip(),
            "site": report["site"],
            "started": moment(report["started_at"]),
            "finished": moment(report["finished_at"]),
            "counts": counts_of(report["counts"]),
            **({"crew": helped(report)} if report["led_by"] else {}),
            **({"why": report["why"]} if report["why"] else {}),
            **({"notes": "\n".join(report["notes"])} if report["notes"] else {}),
        },
    )
    console.print()
    rows = table("outcome", "why", "article", "page", fixed=("outcome", "article"))
    for result in results:
        page = "\n".join(filter(None, (result["title"], result["url"])))
        rows.add_row(whole(result["outcome"]), cell(result["reason"]), whole(result["article_id"]), cell(page))
    console.put(rows)


def helped(run: Mapping[str, Any]) -> str:
    """Of a run that had its share in another one's crawl: which."""
    return f"helped run {run['led_by']}" if run["led_by"] else ""


def counts_of(counts: Mapping[str, int]) -> str:
    """`new 5, index 2`: what there was, in the order of docs/schema.md."""
    return ", ".join(f"{name} {number}" for name, number in counts.items())
