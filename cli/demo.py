"""`xha demo`: the whole job on the bundled replica of the site."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.article_view import heading, print_fields
from cli.crawl import print_reports, shown_in
from cli.edge import Interrupted
from cli.given import Given, configuration
from cli.progress import progress
from cli.screen import Screen, clean, say, screen

if TYPE_CHECKING:
    from crawler.report import RunReport
    from demo.run import Shown

MOST_TOLD = 10
"""Sources, columns or reasons named in the summary."""


def demo(
    ctx: typer.Context,
    port: Annotated[
        int | None,
        typer.Option(min=1, max=65535, metavar="PORT", help="Of the replica [default: what it had, 8765, a free one]"),
    ] = None,
    grow: Annotated[int, typer.Option(min=0, metavar="N", help="Let the replica publish N more articles first.")] = 0,
    remove: Annotated[bool, typer.Option("--remove", help="Take the demo away again, and nothing else.")] = False,
) -> None:
    """See the whole job at work on a replica of the site.

    Crawls the replica, which runs on 127.0.0.1 meanwhile: columns, then three weeks of e-paper; says
    what came. It goes into the archive in force, which may hold nothing else by then. A second
    run finds nothing new. --remove also works when the real site was crawled here since.

    \b
    Examples:
      xha demo
      xha demo --grow 5
      XHA_HOME=demo-archive xha demo --port 9000
      xha demo --remove
    """
    config = configuration(ctx)
    if remove:
        from demo.removal import remove as take_away

        say("The demo is gone." if take_away(config) else "There is no demo here.")
        return
    from demo.run import SEED, run

    if not SEED.is_dir():
        say(f"The text of the one real page is not at {SEED}: the replica does without that article.")
    reports: list[RunReport] = []
    try:
        with progress("starting the replica") as bar:
            shown = run(config, port=port, grow=grow, on_progress=shown_in(bar), on_end=reports.append)
    finally:
        print_reports(reports)
    print_shown(screen(), shown)
    if not shown.finished:
        raise Interrupted("`xha demo` goes on where this ended.")
    print_next(screen(), shown, before_command(ctx))


def print_shown(console: Screen, shown: Shown) -> None:
    """What the archive holds now."""
    heading(console, "The archive")
    print_fields(
        console,
        {
            "articles": str(sum(shown.sources.values())),
            "by source": told(shown.sources, "no source given"),
            "by column": told(shown.columns, "no column given"),
            "e-paper days": told(shown.days),
            "rejected": told(shown.rejected) or "none",
            "captures": f"{shown.captures} in {shown.warc_files} WARC files, {shown.warc_bytes:,} bytes",
            "this run": this_run(shown),
        },
    )


def told(counts: Mapping[str, int], unnamed: str = "") -> str:
    """`青岛西海岸报 40, no source given 2`."""
    shown = [f"{name or unnamed} {number}" for name, number in counts.items()]
    rest = len(shown) - MOST_TOLD
    return ", ".join(shown[:MOST_TOLD]) + (f" and {rest} more" if rest > 0 else "")


def this_run(shown: Shown) -> str:
    """What was fetched and stored, in one sentence."""
    fetched = f"{shown.lists} list pages and {shown.pages} article pages fetched in {shown.seconds:.0f} s"
    grown = f"the replica published {shown.grown} more; " if shown.grown else ""
    return f"{grown}{fetched}, {f'{shown.stored} articles stored' if shown.stored else 'nothing new stored'}"


def print_next(console: Screen, shown: Shown, xha: str) -> None:
    """Three commands that work."""
    if shown.article_id is None:
        return
    heading(console, "Three commands to type next")
    for command in (f"search {shown.word}", f"show {shown.article_id}", f"show {shown.article_id} --raw"):
        console.print(clean(f"  {xha} {command}"), soft_wrap=True)
    console.print()
    more = "More: serve (in a browser), demo --grow 5, runs, verify. demo --remove takes the demo away again."
    console.print(more, style="dim")


def before_command(ctx: typer.Context) -> str:
    """`xha` as this user has to type it to reach this archive."""
    program = Path(sys.argv[0])
    found = shutil.which("xha")
    name = "xha" if found and program.exists() and Path(found).samefile(program) else _relative(program)
    home = os.environ.get("XHA_HOME")
    file = ctx.ensure_object(Given).config_file
    before = [f"XHA_HOME={shlex.quote(home)}"] if home else []
    return " ".join([*before, shlex.quote(name), *(["--config", shlex.quote(str(file))] if file else [])])


def _relative(program: Path) -> str:
    here = Path.cwd()
    whole = program.resolve() if program.exists() else program
    return str(whole.relative_to(here)) if whole.is_relative_to(here) else str(program)
