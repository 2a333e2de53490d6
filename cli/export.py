"""`xha export`: articles as a file for other programs."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from cli.asking import Author, Channel, Column, Edition, Editor, Since, Source, State, Until, Words, question
from cli.given import asked
from cli.progress import Bar, progress
from cli.screen import say, some

if TYPE_CHECKING:
    from storage.query.shape import ArticleShape


class FileFormat(StrEnum):
    """What `export` writes."""

    JSONL = "jsonl"
    CSV = "csv"


def export(
    ctx: typer.Context,
    words: Words = None,
    format: Annotated[FileFormat, typer.Option(help="jsonl (one JSON object a line) or csv.")] = FileFormat.JSONL,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="File to write [default: standard output]")
    ] = None,
    since: Since = "",
    until: Until = "",
    source: Source = "",
    editor: Editor = "",
    author: Author = "",
    column: Column = "",
    channel: Channel = "",
    edition: Edition = "",
    state: State = "",
) -> None:
    """Write articles as JSON lines or CSV.

    All of them, or those that words and filters find; the newest first. A FILE appears when it is complete;
    what stood there before stays until then.

    \b
    Examples:
      xha export --output articles.jsonl
      xha export --format csv --since 2024-01-01 --until 2024-12-31 -o 2024.csv
      xha export 港口 --source 青岛西海岸报 | head -1
    """
    from storage.query import shape
    from storage.query.export import WRITERS
    from storage.query.search import find

    asked_for, filters = question(
        words,
        since=since,
        until=until,
        source=source,
        editor=editor,
        author=author,
        column=column,
        channel=channel,
        edition=edition,
        state=state,
    )
    to_file = output is not None and str(output) != "-"
    with asked(ctx) as session:
        ids = list(find(session, asked_for, filters))
        quiet = not to_file and sys.stdout.isatty()  # a bar would run through what is written
        with (
            nullcontext(Bar()) if quiet else progress("writing articles", len(ids)) as bar,
            written(output) if output and to_file else nullcontext(sys.stdout) as out,
        ):
            number = WRITERS[format](counted(shape.articles(session, ids), bar), out)
    say(f"{some(number, 'article')} written{f' to {output}' if to_file else ''}.")


def counted(articles: Iterable[ArticleShape], bar: Bar) -> Iterator[ArticleShape]:
    """The same articles, shown to the bar as they go."""
    for number, article in enumerate(articles, start=1):
        yield article
        bar.show(number)


@contextmanager
def written(path: Path) -> Iterator[TextIO]:
    """A file that takes its name when the block has come to its end, and leaves nothing where it has not.

    A device or a pipe is written to as it is: nothing may take its place.

    Raises:
        OSError: it cannot be written, or is a directory.
    """
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if path.exists() and not path.is_file():
        with path.open("w", encoding="utf-8", newline="") as out:
            yield out
        return
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with _opened(part, path) as out:
            yield out
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _opened(part: Path, path: Path) -> TextIO:
    try:
        return part.open("w", encoding="utf-8", newline="")
    except OSError as error:  # in the user's words: the name that was given
        raise OSError(error.errno, error.strerror, str(path)) from error
