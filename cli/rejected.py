"""`xha rejected`: pages that could not be read as articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cli.asking import MOST
from cli.formats import Format, print_csv, print_json
from cli.given import asked
from cli.screen import cell, say, screen, table, when, whole

if TYPE_CHECKING:
    from storage.records import Reason

COLUMNS = ("id", "url", "reason", "detail", "rejected_at", "capture_id")


def rejected(
    ctx: typer.Context,
    reason: Annotated[str, typer.Option(metavar="REASON", help="Only these, e.g. no-body or list-page.")] = "",
    limit: Annotated[int, typer.Option(min=0, max=MOST, metavar="N", help="At most so many, 0: all.")] = 0,
    format: Annotated[Format, typer.Option(help="table, json (one array) or csv.")] = Format.TABLE,
) -> None:
    """List the pages from which no article could be read.

    Each with its reason. They are in the archive as they came; when the reader has become better:
    xha reparse --only-rejected

    \b
    Examples:
      xha rejected
      xha rejected --reason no-body --limit 10
      xha rejected --format csv > rejected.csv
    """
    from storage.query.reports import rejected_reports

    chosen = read_reason(reason)
    with asked(ctx) as session:
        waiting = rejected_reports(session, chosen, limit or None)
    if format is Format.JSON:
        print_json(waiting)
    elif format is Format.CSV:
        print_csv(waiting, COLUMNS)
    elif not waiting:
        say("No page waits.")
    else:
        rows = table("rejected", "reason", "page", fixed=("rejected", "reason"))
        for page in waiting:
            place = f"{page['url']}\n{page['detail']}".strip()
            rows.add_row(whole(when(page["rejected_at"])), whole(page["reason"]), cell(place))
        screen().put(rows)


def read_reason(text: str) -> Reason | None:
    """A reason by its name; None for an empty text.

    Raises:
        BadQuery: there is none of that name; says which there are.
    """
    from storage.errors import BadQuery
    from storage.records import Reason  # the name above is for types alone

    if not text:
        return None
    try:
        return Reason(text)
    except ValueError as error:
        raise BadQuery(f"--reason: there is no {text!r}; there are: {', '.join(Reason)}") from error
