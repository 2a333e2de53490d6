"""`xha reparse`: the archive, read again."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer

from cli.edge import Interrupted
from cli.given import configuration, opened
from cli.progress import progress
from cli.runs import counts_of
from cli.screen import say, some

if TYPE_CHECKING:
    from storage.config import Config


def reparse(
    ctx: typer.Context,
    only_rejected: Annotated[
        bool, typer.Option("--only-rejected", help="Only the pages that could not be read so far.")
    ] = False,
    workers: Annotated[
        int, typer.Option("--workers", min=1, max=64, help="Processes that read pages; the rows are the same.")
    ] = 1,
) -> None:
    """Read the whole archive again, without any network.

    With a better reader, or into an empty database. Captures that the database knows get the new
    reading; none becomes an edit. Others go the whole way.

    \b
    Examples:
      xha reparse
      xha reparse --workers 4
      xha reparse --only-rejected
      XHA_DATABASE=sqlite:///data/again.db xha reparse
    """
    from crawler.reparse import reparse as read_again
    from demo.place import with_own_profile

    config = with_own_profile(configuration(ctx))
    try:
        with progress("reading again", how_many(config, only_rejected=only_rejected)) as bar:
            report = read_again(config, only_rejected=only_rejected, workers=workers, on_progress=bar.show)
    except KeyboardInterrupt as error:
        raise Interrupted("what was read is stored; `xha reparse` begins again.") from error
    counts = {outcome.value: number for outcome, number in report.counts.items()}
    say(
        f"Read again: {some(sum(counts.values()), 'capture')} in {report.seconds:.0f} s"
        f"{': ' + counts_of(counts) if counts else ''} (run {report.run_id})."
    )


def how_many(config: Config, *, only_rejected: bool) -> int | None:
    """Captures to read, as far as the database knows; None where it knows nothing yet."""
    from storage.errors import StoreError
    from storage.query.health import contents

    with suppress(StoreError), opened(config) as database, database.read() as session:
        rows = contents(session).rows
        return (None if only_rejected else rows["capture"]) or None
    return None
