"""`xha schedule`: the timetable."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.given import Given


def schedule(
    ctx: typer.Context,
    once: Annotated[
        str, typer.Option(metavar="JOB", help="Run one job of the timetable now, and end with its exit code.")
    ] = "",
) -> None:
    """Run the timetable of xha.toml.

    Until SIGTERM or Ctrl-C; the same as `python scheduler.py`. What it promises is told in docs/scheduling.md;
    what it did: xha runs

    \b
    Examples:
      xha schedule
      xha schedule --once epaper
    """
    import scheduler

    file = ctx.ensure_object(Given).config_file
    options = [*(["--config", str(file)] if file else []), *(["--once", once] if once else [])]
    raise typer.Exit(scheduler.main(options))
