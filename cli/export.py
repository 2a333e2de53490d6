"""`xha export`: articles as a file for other programs, for readers, or as evidence."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO, TypeVar

import typer

from cli.asking import Author, Channel, Column, Edition, Editor, Since, Source, State, Until, Words, question
from cli.given import configuration, opened
from cli.progress import Bar, progress
from cli.screen import plain, say, some

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from storage.config import Config

Thing = TypeVar("Thing")


class FileFormat(StrEnum):
    """What `export` writes."""

    JSONL = "jsonl"
    CSV = "csv"
    MARKDOWN = "markdown"
    PARQUET = "parquet"
    SQLITE = "sqlite"
    WACZ = "wacz"


WHOLE_FILES = (FileFormat.PARQUET, FileFormat.SQLITE, FileFormat.WACZ)
"""Formats that are no stream of text: they need a file."""


def export(
    ctx: typer.Context,
    words: Words = None,
    format: Annotated[
        FileFormat,
        typer.Option(
            help="jsonl (one JSON object a line), csv (opens in Excel), markdown; into a file: parquet, sqlite, wacz."
        ),
    ] = FileFormat.JSONL,
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
    """Write articles to a file, in any of six formats.

    All of them, or those that words and filters find; the newest first. A FILE appears when it is complete; what stood
    there before stays until then. wacz holds the raw pages, every state of each article, for ReplayWeb.page and whoever
    checks evidence; parquet and sqlite are tables with the columns of the CSV. csv is for spreadsheets: the file begins
    with a byte order mark, and a text that would be a formula with an apostrophe; jsonl is exact.

    \b
    Examples:
      xha export --output articles.jsonl
      xha export --format csv --since 2024-01-01 --until 2024-12-31 -o 2024.csv
      xha export 港口 --source 青岛西海岸报 | head -1
      xha export 台风 --format wacz -o typhoon.wacz
    """
    from storage.errors import ConfigError
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
    file = None if output is None or str(output) == "-" else output
    if file is None and format in WHOLE_FILES:
        raise ConfigError(f"{format.value} is no text; name a file: --output articles.{format.value}")
    config = configuration(ctx)
    with opened(config) as database, database.read() as session:
        ids = list(find(session, asked_for, filters))
        quiet = file is None and sys.stdout.isatty()  # a bar would run through what is written
        with nullcontext(Bar()) if quiet else progress("writing articles", len(ids)) as bar:
            if file is None:
                number = write_text(session, ids, format, bar, plain())
            else:
                with completed(file) as part:
                    number = write_file(session, ids, format, bar, part, config)
    thing = "raw page" if format is FileFormat.WACZ else "article"
    say(f"{some(number, thing)} written{f' to {file}' if file else ''}.")


def write_text(session: Session, ids: Sequence[str], format: FileFormat, bar: Bar, out: TextIO) -> int:
    """Articles as text; how many."""
    from storage.query import shape
    from storage.query.export import WRITERS

    return WRITERS[format](counted(shape.articles(session, ids), bar), out)


def write_file(session: Session, ids: Sequence[str], format: FileFormat, bar: Bar, path: Path, config: Config) -> int:
    """Articles, or the pages they were read from, as a file; how many."""
    from storage.query import shape, tabular
    from storage.query.evidence import write_evidence

    if format is FileFormat.WACZ:
        return write_evidence(session, counted(ids, bar), config.archive_directory, path, title="西海岸新闻档案")
    articles = counted(shape.articles(session, ids), bar)
    if format is FileFormat.PARQUET:
        return tabular.write_parquet(articles, path)
    if format is FileFormat.SQLITE:
        return tabular.write_sqlite(articles, path)
    with path.open("w", encoding="utf-8", newline="") as out:
        return write_text(session, ids, format, bar, out)


def counted(things: Iterable[Thing], bar: Bar) -> Iterator[Thing]:
    """The same, shown to the bar as they go."""
    for number, thing in enumerate(things, start=1):
        yield thing
        bar.show(number)


@contextmanager
def completed(path: Path) -> Iterator[Path]:
    """Where to write a file, which takes its name when the block has come to its end, and leaves nothing where it has
    not. A device or a pipe is written to as it is: nothing may take its place.

    Raises:
        OSError: it cannot be written, or is a directory.
    """
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if path.exists() and not path.is_file():
        yield path
        return
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        try:
            part.touch()
        except OSError as error:  # in the user's words: the name that was given
            raise OSError(error.errno, error.strerror, str(path)) from error
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
