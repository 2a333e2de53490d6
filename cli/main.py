"""The command `xha`: its options, its commands, its edge."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from cli import (
    crawl,
    db,
    demo,
    export,
    fetch,
    history,
    inspect,
    parse,
    rejected,
    reparse,
    runs,
    schedule,
    search,
    serve,
    show,
    sites,
    stats,
    verify,
)
from cli.asking import Asking
from cli.edge import guarded, use_utf8
from cli.given import Given


class Guarded(TyperGroup):
    """The group of commands, with the edge around whichever is called."""

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]  # Typer's own name for the same class
        """Call the command that was named."""
        return guarded(lambda: super(Guarded, self).invoke(ctx))


app = typer.Typer(
    cls=Guarded,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # plain help: it can be piped, and its examples can be copied
    pretty_exceptions_enable=False,
)

COMMANDS: dict[str, Callable[..., None]] = {
    "crawl": crawl.crawl,
    "fetch": fetch.fetch,
    "parse": parse.parse,
    "inspect": inspect.inspect,
    "search": search.search,
    "show": show.show,
    "history": history.history,
    "diff": history.diff,
    "stats": stats.stats,
    "runs": runs.runs,
    "rejected": rejected.rejected,
    "reparse": reparse.reparse,
    "serve": serve.serve,
    "verify": verify.verify,
    "export": export.export,
    "demo": demo.demo,
    "schedule": schedule.schedule,
}
for name, function in COMMANDS.items():
    app.command(name, cls=Asking if function in (search.search, export.export) else None)(function)
app.add_typer(sites.app, name="sites")
app.add_typer(db.app, name="db")


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"xha {version('xihaian-archive')}")
        raise typer.Exit


@app.callback()
def xha(
    ctx: typer.Context,
    config: Annotated[
        Path | None,
        typer.Option("--config", metavar="FILE", help="Configuration file [default: xha.toml, where there is one]"),
    ] = None,
    version: Annotated[  # noqa: ARG001  # its callback does the work
        bool, typer.Option("--version", is_eager=True, callback=_version, help="Say which version this is.")
    ] = False,
) -> None:
    """The archive of 西海岸新闻网 and 青岛西海岸报.

    \b
    Examples:
      xha demo                     see the whole of it at work on a replica of the site
      xha crawl                    fetch what is new on the website and in the e-paper
      xha search 港口 扩建         find articles that hold both words
      xha show ID                  everything known of one article

    Every command has examples: xha COMMAND --help. Exit codes: docs/commands.md.
    """
    ctx.obj = Given(config_file=config)


def main() -> None:
    """Run the command that the command line names.

    Raises:
        SystemExit: always, with the exit code of docs/commands.md.
    """
    use_utf8()
    guarded(lambda: app(prog_name="xha"))
