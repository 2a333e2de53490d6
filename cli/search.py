"""`xha search`: articles by words and filters."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.text import Text

from cli.asking import (
    MOST,
    Author,
    Channel,
    Column,
    Edition,
    Editor,
    Since,
    Source,
    State,
    Until,
    Words,
    question,
)
from cli.chinese import Chinese
from cli.formats import Format, print_csv, print_json
from cli.given import asked
from cli.screen import NARROW, cell, clean, plain, say, screen, table, when, whole

if TYPE_CHECKING:
    from storage.query.facets import Facets
    from storage.query.shape import ArticleShape
    from storage.query.snippet import Piece
    from storage.search.question import Question

SHOWN = 20
"""Rows of a table where no limit is given: what a screen holds. Programs that read JSON or CSV get everything."""
WITHOUT = {
    "or": "For one of two, write OR in capitals.",
    "and": "All words must be there anyway: leave it out.",
    "not": "For articles without a word, write a minus before it: -word.",
    "(": "There are no groups: OR joins the words beside it, and all else must be there.",
}
"""What to do instead of what joins words elsewhere."""


class Sort(StrEnum):
    """Which article comes first."""

    NEWEST = "newest"
    RELEVANCE = "relevance"


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
    channel: Channel = "",
    edition: Edition = "",
    state: State = "",
    sort: Annotated[Sort, typer.Option(help="newest, or relevance: of the newest 1,000.")] = Sort.NEWEST,
    limit: Annotated[
        int | None,
        typer.Option(min=0, max=MOST, metavar="N", help="At most so many, 0: all [default: 20 in a table, else all]"),
    ] = None,
    cursor: Annotated[
        str | None, typer.Option(metavar="PLACE", help="Where the next page begins, as the page before said.")
    ] = None,
    facets: Annotated[
        bool, typer.Option("--facets", help="Instead of articles: how many there are of each source, author, month …")
    ] = False,
    format: Annotated[Format, typer.Option(help="table, json (one array) or csv.")] = Format.TABLE,
) -> None:
    """Find articles by words, the newest first.

    Case, full and half width, Traditional and Simplified make no difference; words in Latin letters and numbers are
    found whole. Nothing found is an answer: exit code 0, an empty array.

    \b
    Examples:
      xha search 攻坚
      xha search 港口 扩建 -招聘 --since 2024-01-01 --source 青岛西海岸报
      xha search '台风 OR 风暴潮' --sort relevance
      xha search '"红色 预警"' --format json --limit 0
      xha search --editor 徐丽 --edition '2021-02-24 01版'
    """
    from storage.query import shape
    from storage.query.export import WRITERS
    from storage.query.facets import facets as facets_of
    from storage.query.search import RANKED, Order, count
    from storage.query.search import search as find

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
    if limit is None and format is Format.TABLE:
        limit = SHOWN
    order = Order(sort)
    with asked(ctx) as session:
        if facets:
            print_facets(facets_of(session, asked_for, filters), format)
            return
        page = find(session, asked_for, filters, order=order, limit=limit or MOST, cursor=cursor)
        found = shape.articles(session, page.ids)
        if format is Format.TABLE:
            print_table(list(found), asked_for)
        else:
            WRITERS[format](found, plain())
        if page.cursor:
            say(f"{count(session, asked_for, filters)} found; the next page: --cursor {page.cursor}, all: --limit 0")
        elif order is Order.RELEVANCE and count(session, asked_for, filters).more:
            say(f"Only the newest {RANKED:,} answers are ordered by relevance; without --sort there are all.")


def print_table(found: Sequence[ArticleShape], asked_for: Question) -> None:
    """One row an article: id, when, where from, headline with the place of the words."""
    from storage.query.shape import beside_headline
    from storage.query.snippet import BEFORE_CHARACTERS, WHOLE_CHARACTERS, mark, snippet

    if not found:
        say("Nothing found.")
        for word in asked_for.like_operators:
            say(f"'{word}' was looked for as a word. {WITHOUT[word]}")
        return
    console = screen()
    narrow = console.width < NARROW
    rows = table("id", "published", "source", "article", fixed=("id", "published"))
    rows.columns[2].max_width = 14 if narrow else 24
    room = min(WHOLE_CHARACTERS, max(console.width - BESIDE_CELLS, 2 * BEFORE_CHARACTERS))  # two lines of the column
    for article in found:
        text = Text()
        append(text, mark(clean(article["title"]), asked_for.words), console, "bold")
        instead = [*map(clean, beside_headline(article))]
        if pieces := snippet(clean(article["body"]), asked_for.words, length=room, instead=instead):
            text.append("\n")
            append(text, pieces, console, "")
        published = when(article["published_at"], days_only=narrow)
        rows.add_row(whole(article["id"]), whole(published), cell(article["source"]), Chinese(text))
    console.put(rows)


def print_facets(found: Facets, format: Format) -> None:
    """One row a value: of what kind it is, the value, and how many articles carry it."""
    values = [
        {"facet": kind.value, "value": one.name, "articles": one.number}
        for kind, several in found.by_kind.items()
        for one in several
    ]
    if format is Format.JSON:
        print_json(values)
    elif format is Format.CSV:
        print_csv(values, ("facet", "value", "articles"))
    elif values:
        rows = table("facet", "value", "articles", fixed=("facet",), numbers=("articles",))
        for one in values:
            rows.add_row(whole(one["facet"]), cell(one["value"]), whole(f"{one['articles']:,}"))
        screen().put(rows)
    else:
        say("Nothing found.")
    if found.of.more:
        say(f"Counted over the newest {found.of.number:,}; there are more.")


def append(text: Text, pieces: Sequence[Piece], console: Console, style: str) -> None:
    """Add pieces with hits in red, or in [brackets] where there are no colours."""
    for piece in pieces:
        if not piece.hit:
            text.append(piece.text, style)
        elif console.color_system is None:
            text.append(f"[{piece.text}]", style)
        else:
            text.append(piece.text, f"bold red {style}")
