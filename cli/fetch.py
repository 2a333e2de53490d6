"""`xha fetch`: given pages, now."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.article_view import print_article
from cli.crawl import shown_in
from cli.edge import Interrupted
from cli.formats import print_json
from cli.given import configuration
from cli.progress import progress
from cli.saved import read_whole
from cli.screen import clean, say, screen

if TYPE_CHECKING:
    from crawler.fetch import Fetch, Fetched
    from storage.query.shape import ArticleShape

NOT_READ = 1
"""Exit code where a page came to no article."""


def fetch(
    ctx: typer.Context,
    urls: Annotated[
        list[str] | None, typer.Argument(metavar="URL", help="Pages to fetch; - reads addresses from standard input.")
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option("--file", metavar="FILE", help="File of addresses, one a line; # begins a comment."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Fetch and show; store nothing.")] = False,
    json: Annotated[bool, typer.Option("--json", help="One array of articles, as search prints it.")] = False,
) -> None:
    """Fetch given pages now, store them, print what was read.

    A page that came to no article (gone, rejected, failed) is named on standard error, and the exit code is 1.

    \b
    Examples:
      xha fetch http://epaper.xihaiannews.com/shtml/jnsx/20170424/49341.shtml
      xha fetch --dry-run https://dzrb.dzng.com/articleContent/1176_1111015.html
      xha fetch --file addresses.txt
      grep 2024 addresses.txt | xha fetch -
    """
    from crawler.fetch import fetch as fetch_all
    from crawler.fetch import look

    wanted = addresses(urls or [], file)
    with progress("fetching") as bar:
        done = (look if dry_run else fetch_all)(configuration(ctx), wanted, on_progress=shown_in(bar))
    articles = [shape(page, dry_run=dry_run) for page in done.pages if page.details]
    if json:
        print_json(articles)
    else:
        print_pages(done, dry_run=dry_run)
    unread = [page for page in done.pages if page.details is None]
    for page in unread:
        say(f"{page.outcome.value}: {page.url} ({page.reason})")
    if done.run.state != "finished":
        raise Interrupted("what was not fetched waits in the ledger.")
    if unread or not done.pages:
        raise typer.Exit(NOT_READ)


def addresses(urls: list[str], file: Path | None) -> list[str]:
    """All addresses that were given, each once.

    Raises:
        ConfigError: there are none, or they cannot be read.
    """
    from storage.errors import ConfigError

    given = [url for url in urls if url != "-"]
    for path in filter(None, (file, Path("-") if "-" in urls else None)):
        data = read_whole(path)
        if isinstance(data, str):
            raise ConfigError(f"{path}: {data}")
        try:
            given += lines(data.decode("utf-8"))
        except UnicodeDecodeError as error:
            raise ConfigError(f"the list of addresses is not UTF-8: {error}") from error
    if not given:
        raise ConfigError("no address was given: xha fetch URL…, --file FILE, or - for standard input")
    return list(dict.fromkeys(given))


def lines(text: str) -> list[str]:
    """Lines that are no comments."""
    return [line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]


def shape(page: Fetched, *, dry_run: bool) -> ArticleShape:
    """The article in its JSON shape; with neither id nor times where it was not stored."""
    from storage.query.shape import ArticleShape

    assert page.details is not None
    unknown = {"id": None, "first_seen_at": None, "last_changed_at": None} if dry_run else {}
    return ArticleShape(**{**page.details.article, **unknown})  # type: ignore[typeddict-item]


def print_pages(done: Fetch, *, dry_run: bool) -> None:
    """Each article for a person."""
    console = screen()
    for page in done.pages:
        if page.details:
            stored = f"{page.outcome.value} ({page.reason}), id {page.details.article['id']}:"
            console.print(clean("read, not stored:" if dry_run else stored), style="dim")
            print_article(console, page.details.article, page.details.how)
            console.print()
