"""`xha parse`: saved pages, read without network or database."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from cli.article_view import print_article
from cli.given import configuration
from cli.saved import read_whole
from cli.screen import Screen, clean, plain, say, screen

if TYPE_CHECKING:
    from crawler.parse.saved import SavedPage
    from crawler.sites.profile import SiteProfile

NOT_OPENED = 1
"""Exit code where a file could not be read at all."""


def parse(
    ctx: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Saved pages; - reads one from standard input.")],
    url: Annotated[
        str, typer.Option(metavar="URL", help="Address of the page [default: the one it names as its own]")
    ] = "",
    jsonl: Annotated[bool, typer.Option("--jsonl", help="One JSON object a line and file.")] = False,
) -> None:
    """Read saved pages; nothing is fetched or stored.

    Title, time, source, editor, authors, text, and how each was read. A page that is no article is answered with its
    reason, and the rest goes on; the exit code is 0. It is 1 where a file could not be opened.

    \b
    Examples:
      xha parse page.html
      xha parse saved/*.html --jsonl > articles.jsonl
      xha show ID --raw | xha parse - --url http://epaper.xihaiannews.com/shtml/jnsx/20170424/49341.shtml
    """
    from crawler.sites.profile import load_profile
    from storage.errors import ConfigError

    if url and len(files) > 1:
        raise ConfigError("--url is the address of one page; give one FILE with it")
    profile = load_profile(configuration(ctx).site)
    console = screen()
    failed = False
    for index, path in enumerate(files):
        answer = read_file(path, url or None, profile)
        failed = failed or isinstance(answer, str)
        if jsonl:
            print(json.dumps(as_json(path, answer), ensure_ascii=False), file=plain())
        else:
            if index:
                console.print()
            print_answer(console, path, answer)
    if failed:
        raise typer.Exit(NOT_OPENED)


def read_file(path: Path, url: str | None, profile: SiteProfile) -> SavedPage | str:
    """What a file holds, or why it could not be opened."""
    from crawler.parse.saved import read_saved

    data = read_whole(path)
    if isinstance(data, str):
        return data
    return read_saved(data, url=url, place=path.resolve().as_uri(), profile=profile)


def as_json(path: Path, answer: SavedPage | str) -> dict[str, Any]:
    """One line of --jsonl: the same keys for every file; `reason` is null for an article."""
    from crawler.parse.saved import SavedPage
    from storage.query.shape import shape_of_reading
    from storage.records import Article

    reading = answer.result if isinstance(answer, SavedPage) else None
    article = shape_of_reading(reading) if isinstance(reading, Article) else None
    fields = ("title", "subtitle", "kicker", "published_at", "source", "editor", "authors", "column", "edition", "body")
    known = {name: article[name] if article else None for name in fields}  # type: ignore[literal-required]
    return {
        "file": str(path),
        "url": answer.url if isinstance(answer, SavedPage) else None,
        **known,
        "how": how_of_reading(reading) if isinstance(reading, Article) else {},
        "family": reading.family if isinstance(reading, Article) else None,
        "charset": answer.charset if isinstance(answer, SavedPage) else None,
        **why_not(answer),
    }


def how_of_reading(article: Any) -> dict[str, dict[str, Any]]:
    """Field as in the JSON shape → how it was read."""
    from storage.query.details import FIELD_NAMES

    return {FIELD_NAMES.get(name, name): asdict(how) for name, how in article.how.items()}


def why_not(answer: SavedPage | str) -> dict[str, str | None]:
    """`reason` and `detail` of what came to no article."""
    from storage.records import Article

    if isinstance(answer, str):
        return {"reason": "not-opened", "detail": answer}
    if isinstance(answer.result, Article):
        return {"reason": None, "detail": None}
    return {"reason": answer.result.reason.value, "detail": answer.result.detail}


def print_answer(console: Screen, path: Path, answer: SavedPage | str) -> None:
    """One file for a person."""
    from storage.query.shape import shape_of_reading
    from storage.records import Article

    if isinstance(answer, str):
        say(f"{path}: {answer}")
        return
    console.print(Text(clean(f"{path} ({answer.charset}):"), style="dim"))
    if isinstance(answer.result, Article):
        article = shape_of_reading(answer.result)
        print_article(console, {**article, "url": answer.url or ""}, how_of_reading(answer.result))
    else:
        why = why_not(answer)
        console.print(Text(clean(f"no article: {why['reason']}. {why['detail']}"), style="yellow"))
