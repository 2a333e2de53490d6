"""`xha db`: the database itself."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.article_view import print_fields
from cli.formats import print_json
from cli.given import configuration, opened
from cli.progress import indexing
from cli.screen import moment, say, screen

HELP = """Make, upgrade or describe the database.

\b
Examples:
  xha db status
  xha db upgrade
  xha db reindex
"""

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help=HELP)


@app.command()
def upgrade(ctx: typer.Context) -> None:
    """Make the database, or bring its schema up to date.

    Every command that uses one does so by itself. The search index is looked after too: triggers that are missing are
    put back, and what was changed without them is taken in.

    \b
    Examples:
      xha db upgrade
      XHA_DATABASE=postgresql://me@db.example.com/news xha db upgrade
    """
    from storage.query.health import contents
    from storage.store.database import Database

    with indexing() as told:
        database = Database.open(configuration(ctx).database_url, told)
    with database, database.read() as session:
        say(f"{database.url}: schema {contents(session).revision}, up to date.")


@app.command()
def reindex(ctx: typer.Context) -> None:
    """Make the search index anew.

    Never needed for right answers. It puts the index in order of time after a backfill of many years, and drops what
    edits have left in it: searches become faster, and the index smaller. Until it is whole, others find what is in it
    so far; the web pages say how much is missing.

    \b
    Examples:
      xha db reindex
    """
    from storage.store.indexing import upkeep

    with opened(configuration(ctx)) as database:
        with indexing() as told:
            upkeep.rebuild(database, told)
        say("The search index is new.")


@app.command()
def status(ctx: typer.Context, json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False) -> None:
    """Say where the database is and what it holds.

    \b
    Examples:
      xha db status
      xha db status --json
    """
    from storage.query.health import contents
    from storage.query.shape import shanghai

    config = configuration(ctx)
    with opened(config) as database, database.read() as session:
        held = contents(session)
        url = database.url
    times = {"oldest": held.oldest, "newest": held.newest, "last_fetched_at": held.last_fetched_at}
    told = {name: shanghai(at) if at else None for name, at in times.items()}
    if json:
        place = {"database": url, "archive": str(config.archive_directory), "revision": held.revision}
        print_json({**place, "rows": held.rows, "sites": held.sites, "stale_entries": held.stale_entries, **told})
        return
    print_fields(
        screen(),
        {
            "database": url,
            "archive": str(config.archive_directory),
            "schema": held.revision,
            "articles": ", ".join(f"{number} of {site}" for site, number in held.sites.items()) or "none",
            "published": f"{moment(told['oldest'])} to {moment(told['newest'])}" if held.oldest else None,
            "last fetched": moment(told["last_fetched_at"]),
            "search index": _stale(held.stale_entries),
            **{f"rows in {table}": str(number) for table, number in held.rows.items()},
        },
    )


def _stale(entries: int) -> str:
    """What edits have left in the index; no answer depends on it."""
    if not entries:
        return "nothing stale"
    return f"{entries:,} stale {'entry' if entries == 1 else 'entries'} of edited articles; `xha db reindex` drops them"
