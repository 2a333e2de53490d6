"""`xha search`: articles by words and filters."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.text import Text

from cli.asking import Author, Column, Edition, Editor, Since, Source, Until, Words, question
from cli.chinese import Chinese
from cli.formats import Format
from cli.given import asked
from cli.screen import NARROW, cell, clean, say, screen, table, when, whole

if TYPE_CHECKING:
    from storage.query.shape import ArticleShape
    from storage.query.snippet import Piece

SHOWN = 20
"""Rows of a table where no limit is given: what a screen holds. Programs that read JSON or CSV get everything."""

BESIDE_CELLS = 42
"""What the other columns of a narrow table take."""


def search(
    ctx: typer.Context,
    words: Words = None,
    since: Since = "",
    until: Until = "",
    source: Source = "",
    editor: Editor = "",
    author: Author = "",
    column: Column = "",
    edition: Edition = "",
    limit: Annotated[
        int | None, typer.Option(min=0, metavar="N", help="At most so many, 0: all [default: 20 in a table, else all]")
    ] = None,
    format: Annotated[Format, typer.Option(help="table, json (one array) or csv.")] = Format.TABLE,
) -> None:
    """Find articles by words in title or body, the newest first.

    Case, full and half width make no difference. Nothing found is an answer: exit code 0, an empty array.

    \b
    Examples:
      xha search 攻坚
      xha search 港口 扩建 --since 2024-01-01 --source 青岛西海岸报
      xha search '"红色 预警"' --format json --limit 0
      xha search --editor 徐丽 --edition '2021-02-24 01版'
    """
    from storage.query import export, shape
    from storage.query.search import search as find

    asked_for, filters = question(
        words,
        since=since,
        until=until,
        source=source,
        editor=editor,
        author=author,
        column=column,
        edition=edition,
    )
    if limit is None and format is Format.TABLE:
        limit = SHOWN
    with asked(ctx) as session:
        ids = find(session, asked_for, filters, limit=limit + 1 if limit else None)
        wanted = list(islice(ids, limit or None))
        found = shape.articles(session, wanted)
        if format is Format.TABLE:
            print_table(list(found), asked_for, more=next(ids, None) is not None)
        else:
            export.WRITERS[format](found, sys.stdout)


def print_table(found: Sequence[ArticleShape], words: Sequence[str], *, more: bool) -> None:
    """One row an article: id, when, where from, headline with the place of the words."""
    from storage.query.snippet import BEFORE_CHARACTERS, WHOLE_CHARACTERS, mark, snippet

    if not found:
        say("Nothing found.")
        return
    console = screen()
    narrow = console.width < NARROW
    rows = table("id", "published", "source", "article", fixed=("id", "published"))
    rows.columns[2].max_width = 14 if narrow else 24
    room = min(WHOLE_CHARACTERS, max(console.width - BESIDE_CELLS, 2 * BEFORE_CHARACTERS))  # two lines of the column
    for article in found:
        text = Text()
        append(text, mark(clean(article["title"]), words), console, "bold")
        if pieces := snippet(clean(article["body"]), words, length=room):
            text.append("\n")
            append(text, pieces, console, "")
        published = when(article["published_at"], days_only=narrow)
        rows.add_row(whole(article["id"]), whole(published), cell(article["source"]), Chinese(text))
    console.put(rows)
    if more:
        say(f"More were found than the {len(found)} shown; --limit 0 shows all.")


def append(text: Text, pieces: Sequence[Piece], console: Console, style: str) -> None:
    """Add pieces with hits in red, or in [brackets] where there are no colours."""
    for piece in pieces:
        if not piece.hit:
            text.append(piece.text, style)
        elif console.color_system is None:
            text.append(f"[{piece.text}]", style)
        else:
            text.append(piece.text, f"bold red {style}")
